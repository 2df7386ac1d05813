// Reads Arrow tables of edges: the schema once, then row by row.
#ifndef INFLUENCE_COLUMNS_EDGE_COLUMNS_H_
#define INFLUENCE_COLUMNS_EDGE_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "columns/arrow.h"
#include "columns/text_column.h"
#include "columns/value_column.h"
#include "model/error.h"

namespace influence {

class EdgeColumns {
 public:
  // Opens a schema and an array of it; both must outlive this. Checks that
  // every edge has ids of 1 .. kMaxIdBytes bytes and a valid weight. Fails with
  // INVALID_ARGUMENT, MALFORMED, TOO_LARGE, OUT_OF_RANGE or INVALID_UTF8,
  // naming the column and, for a fault of one row, the row.
  Error Open(const ArrowSchema& schema, const ArrowArray& array);

  size_t rows() const { return rows_; }

  // `digits` is a buffer of TextColumn::kDigits bytes for ids that are numbers.
  std::string_view Source(size_t row, char* digits) const {
    return source_.View(row, digits);
  }
  std::string_view Target(size_t row, char* digits) const {
    return target_.View(row, digits);
  }
  uint64_t Weight(size_t row) const;

 private:
  Error OpenWeights(const ArrowSchema& schema, const ArrowArray& array,
                    int64_t first);
  Error CheckIds(const TextColumn& ids, const char* name) const;

  size_t rows_ = 0;
  TextColumn source_, target_;
  bool has_weight_ = false;  // without it every weight is 1
  ValueColumn weight_;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_EDGE_COLUMNS_H_
