// Arrow tables of edges, read: a schema, then its rows.
#ifndef INFLUENCE_COLUMNS_EDGES_H_
#define INFLUENCE_COLUMNS_EDGES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "columns/arrow.h"
#include "columns/text.h"
#include "model/columns.h"
#include "model/error.h"

namespace influence {

class EdgeColumns {
 public:
  // Reads a schema and an array of it, which must outlive this, and sees to it
  // that every edge has ids of 1 .. kMaxIdBytes and a weight that is one:
  // INVALID_ARGUMENT, MALFORMED, TOO_LARGE or OUT_OF_RANGE, naming the field.
  Error Open(const ArrowSchema& schema, const ArrowArray& array);

  size_t rows() const { return rows_; }

  // `digits` has room for a number, TextColumn::kDigits.
  std::string_view From(size_t row, char* digits) const {
    return from_.View(row, digits);
  }
  std::string_view To(size_t row, char* digits) const {
    return to_.View(row, digits);
  }
  uint64_t Weight(size_t row) const;

 private:
  Error OpenWeights(const ArrowSchema& schema, const ArrowArray& array,
                    int64_t first);
  Error CheckIds(const TextColumn& ids, const char* name) const;

  size_t rows_ = 0;
  TextColumn from_, to_;
  char weight_type_ = 0;  // the format's letter; 0: all are 1
  const void* weights_ = nullptr;
  size_t weights_at_ = 0;
  Bitmap weights_valid_;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_EDGES_H_
