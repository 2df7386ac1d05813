// Scores as Arrow tables.
#ifndef INFLUENCE_COLUMNS_OUTPUT_H_
#define INFLUENCE_COLUMNS_OUTPUT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "columns/arrow.h"
#include "columns/build.h"
#include "columns/input.h"
#include "model/columns.h"

namespace influence {

// What comes back besides score, low, high, coverage and errors.
struct OutputChoice {
  bool bands = false;
  bool points = false;
  bool reasons = false;
};

// The schema of a table of scores. `id` is that of the input, or null; it is
// copied.
Owned<ArrowSchema> ScoreSchema(const ArrowSchema* id,
                               const std::vector<Factor>& factors,
                               const OutputChoice& choice,
                               const Metadata& metadata);

// A table of scores in the making.
class ScoreTable {
 public:
  ScoreTable(size_t rows, size_t factors, const OutputChoice& choice);

  // Where the scores go; its reasons are null, and Finish() takes them.
  const ScoreColumns& columns() const { return columns_; }

  // The finished array. `id` is the input's, already of the table's rows, or
  // null. The parts of the reasons are in row order, if they are asked for.
  Owned<ArrowArray> Finish(
      const TableLayout& layout, Owned<ArrowArray>* id,
      const std::vector<std::array<ReasonColumns, 2>>& reasons);

 private:
  size_t rows_;
  OutputChoice choice_;
  ScoreColumns columns_;
  Shared score_, high_, coverage_, band_, scored_, error_, error_field_;
  std::vector<Shared> points_;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_OUTPUT_H_
