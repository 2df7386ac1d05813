// A column of names: text, whole numbers or booleans, read as text.
#ifndef INFLUENCE_COLUMNS_TEXT_H_
#define INFLUENCE_COLUMNS_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "columns/arrow.h"
#include "model/columns.h"
#include "model/error.h"

namespace influence {

class TextColumn {
 public:
  // The rows `first` .. `first + rows` of a column: utf8, binary, their large
  // forms, integers of any width, booleans, or dictionaries of these. What it
  // is opened on must outlive it. INVALID_ARGUMENT, MALFORMED.
  Error Open(const ArrowSchema& schema, const ArrowArray& array,
             const std::string& name, int64_t first, int64_t rows);

  bool IsNull(size_t row) const;
  // Room for the digits of any number.
  static constexpr size_t kDigits = 24;

  // Bytes as they are; a number in decimal, in `digits`; "true" or "false". ""
  // for a null.
  std::string_view View(size_t row, char* digits) const;
  std::string Get(size_t row) const;

 private:
  Error OpenDictionary(const ArrowSchema& schema, const ArrowArray& array,
                       const std::string& name, size_t rows);
  int64_t Signed(size_t row) const;

  char type_ = 0;  // the format's letter
  size_t at_ = 0;  // the array's entry of row 0
  const void* values_ = nullptr;
  const char* bytes_ = nullptr;
  Bitmap valid_;
  std::unique_ptr<TextColumn> dictionary_;  // values_ are its rows
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_TEXT_H_
