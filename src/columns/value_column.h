// One column of any accepted type, read value by value: in place, through a
// dictionary or through runs. Open() checks everything that reading relies on.
#ifndef INFLUENCE_COLUMNS_VALUE_COLUMN_H_
#define INFLUENCE_COLUMNS_VALUE_COLUMN_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "columns/arrow.h"
#include "columns/column_types.h"
#include "model/error.h"
#include "model/population_columns.h"

namespace influence {

class ValueColumn {
 public:
  // Opens the rows `first` .. `first + rows` of a column. The array must
  // outlive this. Fails with INVALID_ARGUMENT, or with MALFORMED and the row if
  // a text is not within its buffer or an index not in its dictionary.
  Error Open(const ColumnFormat& format, const ArrowArray& array,
             const std::string& name, int64_t first, int64_t rows);

  size_t rows() const { return rows_; }
  // The type of the values.
  const ValueType& type() const { return values().type_; }

  bool IsNull(size_t row) const {
    if (all_null_ || !valid_.Get(row)) return true;
    return inner_ != nullptr && inner_->IsNull(Entry(row));
  }

  // Room for the digits of any number.
  static constexpr size_t kDigits = 24;
  // Returns a text as it is, an integer in decimal (written to `digits`),
  // "true" or "false", and "" for a null.
  std::string_view Text(size_t row, char* digits) const;

  // Reads a row that is not null as an integer, decimals without their point.
  // False if it does not fit an int64_t.
  bool Integer(size_t row, int64_t* value) const;

  // The column that holds the values, and the entry of it that a row refers to,
  // for callers that read the values directly.
  const ValueColumn& values() const {
    return inner_ != nullptr ? *inner_ : *this;
  }
  size_t Entry(size_t row) const;
  // The bytes of row 0, of kNumbers.
  const void* numbers() const { return numbers_; }
  const Bitmap& valid() const { return valid_; }
  bool is_plain() const { return inner_ == nullptr; }

 private:
  Error OpenPlain(const ValueType& type, const ArrowArray& array,
                  const std::string& name, int64_t first, int64_t rows);
  Error CheckOffsets(const std::string& name) const;
  Error CheckViews(const ArrowArray& array, const std::string& name);
  Error OpenDictionary(const ColumnFormat& format, const ArrowArray& array,
                       const std::string& name);
  Error OpenRuns(const ColumnFormat& format, const ArrowArray& array,
                 const std::string& name, int64_t first, int64_t rows);
  int64_t RunEnd(size_t run) const;

  ValueType type_;  // of the values; or of the indices or run ends
  size_t rows_ = 0;
  bool all_null_ = false;
  Bitmap valid_;
  const void* numbers_ = nullptr;       // of row 0: numbers, offsets, views
  const char* bytes_ = nullptr;         // of texts
  const void* const* views_ = nullptr;  // the buffers that views are of
  std::unique_ptr<ValueColumn> inner_;  // of a dictionary or of runs
  Reference reference_ = Reference::kNone;
  size_t runs_ = 0;
  int64_t first_ = 0;  // row 0 in the numbering of the runs
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_VALUE_COLUMN_H_
