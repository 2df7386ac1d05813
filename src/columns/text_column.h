// A column of ids or names: text, whole numbers or booleans, read as text.
#ifndef INFLUENCE_COLUMNS_TEXT_COLUMN_H_
#define INFLUENCE_COLUMNS_TEXT_COLUMN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "columns/arrow.h"
#include "columns/value_column.h"
#include "model/error.h"

namespace influence {

// The types that ids, networks and topics may have.
inline constexpr unsigned kTakesNames = kTakesTexts | kTakesIntegers;

class TextColumn {
 public:
  // Opens the rows `first` .. `first + rows` of a column of the types `takes`.
  // The array must outlive this. Fails with INVALID_ARGUMENT, or with MALFORMED
  // or INVALID_UTF8 and the row.
  Error Open(const ArrowSchema& schema, const ArrowArray& array,
             const std::string& name, int64_t first, int64_t rows,
             unsigned takes = kTakesNames);

  bool IsNull(size_t row) const { return values_.IsNull(row); }
  // Room for the digits of any number.
  static constexpr size_t kDigits = ValueColumn::kDigits;

  // Returns a text as it is, a number in decimal (written to `digits`), "true"
  // or "false", and "" for a null.
  std::string_view View(size_t row, char* digits) const {
    return values_.Text(row, digits);
  }
  std::string Get(size_t row) const;

 private:
  Error CheckUtf8(const std::string& name) const;

  ValueColumn values_;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_TEXT_COLUMN_H_
