#include "columns/text_column.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"

namespace influence {

Error TextColumn::Open(const ArrowSchema& schema, const ArrowArray& array,
                       const std::string& name, int64_t first, int64_t rows,
                       unsigned takes) {
  ColumnFormat format;
  Error error = ReadFormat(schema, name, takes, &format);
  if (error.ok()) error = values_.Open(format, array, name, first, rows);
  if (error.ok() && format.values.is_text()) error = CheckUtf8(name);
  return error;
}

// Checks each text that rows refer to once, however many rows share it. A bad
// text that no row uses is no fault.
Error TextColumn::CheckUtf8(const std::string& name) const {
  const ValueColumn& values = values_.values();
  char digits[kDigits];
  const auto is_good = [&](const ValueColumn& column, size_t row) {
    return IsUtf8(column.Text(row, digits));
  };
  std::vector<bool> good;  // of a dictionary or of runs
  if (!values_.is_plain()) {
    good.resize(values.rows());
    for (size_t i = 0; i < good.size(); ++i) good[i] = is_good(values, i);
    if (std::find(good.begin(), good.end(), false) == good.end()) return {};
  }
  for (size_t row = 0; row < values_.rows(); ++row) {
    if (values_.IsNull(row)) continue;
    if (good.empty() ? is_good(values_, row) : good[values_.Entry(row)]) {
      continue;
    }
    return NotUtf8(name).AtRow(row);
  }
  return {};
}

std::string TextColumn::Get(size_t row) const {
  char digits[kDigits];
  return std::string(View(row, digits));
}

}  // namespace influence
