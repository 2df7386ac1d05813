// Builds Arrow tables of scores.
#ifndef INFLUENCE_COLUMNS_SCORE_OUTPUT_H_
#define INFLUENCE_COLUMNS_SCORE_OUTPUT_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "columns/arrow.h"
#include "columns/column_builder.h"
#include "columns/score_input.h"
#include "model/population_columns.h"

namespace influence {

// The optional columns, beside score, low, high, coverage and errors.
struct OutputChoice {
  bool bands = false;
  bool points = false;
  bool reasons = false;
  ScoreUnit unit = ScoreUnit::kPoints;
};

// The schema of a table of scores. `id` is the input's id column, or released.
Owned<ArrowSchema> ScoreSchema(Owned<ArrowSchema> id,
                               const std::vector<Factor>& factors,
                               const OutputChoice& choice,
                               const Metadata& metadata);

// A table of scores under construction.
class ScoreTable {
 public:
  ScoreTable(size_t rows, size_t factors, const OutputChoice& choice);

  // Fills the rows from `begin`, a multiple of kColumnPadding, to `end`, by
  // calling score(begin, end, columns) once or piece by piece. `columns` has no
  // reasons; pass them to Finish(). Any number of threads may fill rows of
  // their own.
  template <typename Score>
  void Fill(size_t begin, size_t end, Score score) {
    if (choice_.unit == ScoreUnit::kMicropoints) {
      score(begin, end, columns_);
      return;
    }
    std::vector<Micros> micros((3 + points_.size()) * kPieceRows);
    for (; begin < end; begin += kPieceRows) {
      const size_t piece_end = std::min(end, begin + kPieceRows);
      const ScoreColumns piece = PieceAt(begin, micros.data());
      score(begin, piece_end, piece);
      Widen(piece, begin, piece_end - begin);
    }
  }

  // Returns the finished array. `id` is the input's column, cut to the table's
  // rows, or null. `reasons` holds the parts in row order, if they are wanted.
  Owned<ArrowArray> Finish(
      const TableLayout& layout, Owned<ArrowArray>* id,
      const std::vector<std::array<ReasonColumns, 2>>& reasons);

 private:
  // Rows that are scored before they are widened to decimals: few enough to
  // stay in the cache.
  static constexpr size_t kPieceRows = 2048;
  static_assert(kPieceRows % kColumnPadding == 0);

  ScoreColumns PieceAt(size_t begin, Micros* micros) const;
  void Widen(const ScoreColumns& piece, size_t begin, size_t rows) const;

  size_t rows_;
  OutputChoice choice_;
  // Its micros are null if the table has decimals.
  ScoreColumns columns_;
  Shared score_, high_, coverage_, band_, scored_, error_, error_field_;
  std::vector<Shared> points_;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_SCORE_OUTPUT_H_
