// The Arrow types that columns may have: one table for every function. What a
// type is good for is said once, here; a column says what it takes.
#ifndef INFLUENCE_COLUMNS_TYPES_H_
#define INFLUENCE_COLUMNS_TYPES_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "columns/arrow.h"
#include "model/columns.h"
#include "model/error.h"

namespace influence {

// What a column takes, or a type is.
enum Takes : unsigned {
  kTakesIntegers = 1,
  kTakesDecimals = 2,       // of scale 0 to kMaxDecimals
  kTakesWholeDecimals = 4,  // of scale 0
  kTakesFloats = 8,
  kTakesTexts = 16,  // text and bytes
  kTakesBooleans = 32,
  kTakesTimes = 64,  // dates and timestamps
};

// How the values of a type lie in memory.
enum class Storage : uint8_t {
  kNothing,    // of a type whose values are all null
  kBits,       // booleans
  kNumbers,    // one after the other
  kOffsets32,  // texts
  kOffsets64,
  kViews,
  kFixedBytes,
};

struct ValueType {
  unsigned is = 0;  // Takes; 0 if no column takes it, or all is null
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

// What a schema says of a column.
struct ColumnFormat {
  ValueType values;
  Reference reference = Reference::kNone;
  ColumnType index = ColumnType::kInt32;  // of a dictionary; or run ends
};

// Reads the type of a column that takes `takes`: INVALID_ARGUMENT, naming the
// column, its type, and what it takes. A dictionary and runs are of what it
// takes, and of no dictionary or runs themselves.
Error ReadFormat(const ArrowSchema& schema, const std::string& name,
                 unsigned takes, ColumnFormat* format);

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_TYPES_H_
