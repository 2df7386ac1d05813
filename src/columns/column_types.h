// The Arrow types that columns may have: one table for every function. Each
// type lists its uses once, here; each column names the uses it accepts.
#ifndef INFLUENCE_COLUMNS_COLUMN_TYPES_H_
#define INFLUENCE_COLUMNS_COLUMN_TYPES_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "columns/arrow.h"
#include "model/error.h"
#include "model/population_columns.h"

namespace influence {

// Uses of a type; a column accepts a set of them.
enum Takes : unsigned {
  kTakesIntegers = 1,
  kTakesDecimals = 2,       // of scale 0 to kMaxDecimals
  kTakesWholeDecimals = 4,  // of scale 0
  kTakesFloats = 8,
  kTakesTexts = 16,  // text and bytes
  kTakesBooleans = 32,
  kTakesTimes = 64,  // dates and timestamps
};

// The memory layout of a type's values.
enum class Storage : uint8_t {
  kNothing,    // the type null
  kBits,       // booleans
  kNumbers,    // one after the other
  kOffsets32,  // texts
  kOffsets64,
  kViews,
  kFixedBytes,
};

struct ValueType {
  unsigned is = 0;  // Takes; 0 for unsupported types and the type null
  Storage storage = Storage::kNothing;
  ColumnType number = ColumnType::kInt64;  // of kNumbers
  size_t width = 0;  // bytes of a value, of an offset or of a view
  int scale = 0;     // of decimals
  // A time is value * seconds_per_tick / ticks_per_second.
  int64_t seconds_per_tick = 1;
  int64_t ticks_per_second = 1;
  bool is_text() const { return (is & kTakesTexts) != 0; }
  bool is_null() const { return storage == Storage::kNothing; }
};

// How a column refers to its values.
enum class Reference : uint8_t { kNone, kDictionary, kRuns };

// The format of a column, read from its schema.
struct ColumnFormat {
  ValueType values;
  Reference reference = Reference::kNone;
  ColumnType index = ColumnType::kInt32;  // of a dictionary; or run ends
};

// Reads the type of a column that accepts `takes`. Fails with INVALID_ARGUMENT,
// naming the column, its type and the accepted ones. The values of a dictionary
// or of runs must be accepted and must not be a dictionary or runs themselves.
Error ReadFormat(const ArrowSchema& schema, const std::string& name,
                 unsigned takes, ColumnFormat* format);

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_COLUMN_TYPES_H_
