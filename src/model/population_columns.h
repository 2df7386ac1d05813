// A population by columns: descriptions of the caller's memory, and of the
// arrays that receive the scores. columns/ makes them from Arrow; scoring/
// reads and fills them.
#ifndef INFLUENCE_MODEL_POPULATION_COLUMNS_H_
#define INFLUENCE_MODEL_POPULATION_COLUMNS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/micros.h"
#include "model/algorithm.h"
#include "model/error.h"
#include "model/ledger.h"
#include "model/vocabulary.h"

namespace influence {

// A bit for each entry, the lowest of a byte first. Without bytes all bits are
// set.
struct Bitmap {
  const uint8_t* bytes = nullptr;
  size_t offset = 0;  // the bit of entry 0
  bool Get(size_t i) const {
    if (bytes == nullptr) return true;
    i += offset;
    return ((bytes[i / 8] >> (i % 8)) & 1) != 0;
  }
};

// The type of a column's numbers, which are in the machine's byte order.
enum class ColumnType : uint8_t {
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kDecimal32,  // signed integers of so many bits
  kDecimal64,
  kDecimal128,
  kDecimal256,
  kHalf,  // IEEE 754 binary16, binary32, binary64
  kFloat,
  kDouble,
};

// The bytes of one.
size_t SizeOf(ColumnType type);
inline bool IsFloat(ColumnType type) { return type >= ColumnType::kHalf; }

// Reads entry i of an array as an integer; the array needs no alignment. False
// if the value does not fit an int64_t. Not for floats.
bool LoadInteger(ColumnType type, const void* values, size_t i, int64_t* value);
// The same for a decimal, as high * 2^64 + low. False if it is negative.
bool LoadDecimal(ColumnType type, const void* values, size_t i, uint64_t* high,
                 uint64_t* low);

// The most places behind the point of a decimal; beyond six they are rounded.
inline constexpr int kMaxDecimals = 18;

// One signal of every entry.
struct SignalColumn {
  Signal signal;
  ColumnType type;
  // A value v is v / 10^decimals units: 0 .. 6; to kMaxDecimals of decimals; 0
  // or 6 of floats.
  int decimals;
  const void* values;  // that of entry 0
  Bitmap valid;        // an entry that is not is unknown
};

// A table. Its entries are the rows, each a person with one account; or, if
// has_accounts, accounts: row i has those from Offset(i) to Offset(i + 1).
struct Columns {
  size_t rows = 0;
  Bitmap valid;                       // of the rows
  std::vector<SignalColumn> signals;  // by signal, each at most once

  bool has_accounts = false;
  const int32_t* offsets32 = nullptr;  // either these
  const int64_t* offsets64 = nullptr;  // or these
  Bitmap lists_valid;                  // of the rows; a null list is empty
  // The standing of each row, as if the row's first or only account reported
  // it.
  std::optional<SignalColumn> standing;
  Bitmap accounts_valid;  // of the entries

  // Owns the memory behind the pointers that is not the caller's.
  std::vector<std::shared_ptr<void>> memory;

  size_t Offset(size_t i) const {
    return static_cast<size_t>(offsets64 != nullptr ? offsets64[i]
                                                    : offsets32[i]);
  }
};

// The reasons of one direction for a range of rows.
struct ReasonColumns {
  std::vector<int32_t> ends;  // of each row's reasons among these
  std::vector<int8_t> codes;
  std::vector<int8_t> factors;
  std::vector<int64_t> points;
  void Append(const Fixed<Reason, kMaxReasons>& reasons);
};

// The output arrays. An array that was not asked for is null. Every other array
// has an entry for each row from first_row on, a multiple of kColumnPadding,
// and its size is rounded up to a multiple of it.
inline constexpr size_t kColumnPadding = 512;
struct ScoreColumns {
  size_t first_row = 0;  // of the table: what entry 0 is of
  Micros* score = nullptr;
  Micros* high = nullptr;
  Micros* coverage = nullptr;
  int8_t* band = nullptr;
  std::array<Micros*, kFactorCount> points{};  // by row of the algorithm
  std::array<ReasonColumns*, 2> reasons{};     // lifted, held back
  // All set to begin with; cleared where a row has no score.
  uint8_t* scored = nullptr;
  // All zero to begin with; set where a row has no score.
  int32_t* error = nullptr;       // a Code
  int8_t* error_field = nullptr;  // FaultField
};

// Values of error_field: a signal's number, or one of these.
enum FaultField : int8_t { kFaultRow = 0, kFaultAccounts = kSignalCount + 1 };

}  // namespace influence

#endif  // INFLUENCE_MODEL_POPULATION_COLUMNS_H_
