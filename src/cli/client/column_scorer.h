// A batch of columns through the library, over the Arrow C data interface.
#ifndef INFLUENCE_CLI_CLIENT_COLUMN_SCORER_H_
#define INFLUENCE_CLI_CLIENT_COLUMN_SCORER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/client/engine_handle.h"
#include "cli/client/row_batch.h"

namespace influence::cli {

// The scores of a batch: one row for each person in its columns.
class Scores {
 public:
  Scores() = default;
  ~Scores() { Release(); }
  Scores(const Scores&) = delete;
  Scores& operator=(const Scores&) = delete;

  bool has_refused() const { return refused_ != nullptr; }
  // Whether the library has no score for that person.
  bool is_refused(size_t row) const {
    if (refused_ == nullptr) return false;
    const size_t bit = row + refused_offset_;
    return (refused_[bit / 8] >> (bit % 8) & 1) != 0;
  }
  // Score, coverage, low, high, then the points of each factor, each a column
  // of micropoints.
  const std::vector<const int64_t*>& columns() const { return columns_; }

 private:
  friend class ColumnScorer;
  void Release();
  const ArrowArray& Child(const std::string& name) const;
  void Read(const std::vector<std::string>& names);

  ArrowSchema schema_ = {};
  ArrowArray array_ = {};
  std::vector<const int64_t*> columns_;
  const uint8_t* refused_ = nullptr;
  size_t refused_offset_ = 0;
};

class ColumnScorer {
 public:
  ColumnScorer(const Engine& engine,
               const abi1::AlgorithmDescription& algorithm, uint32_t threads);

  // Replaces what is in `scores`. Throws Failure.
  void Score(const RowBatch& batch, Scores* scores) const;

 private:
  const Engine& engine_;
  std::string options_;             // a serialized ColumnsOptions
  std::vector<std::string> names_;  // of the columns wanted
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_COLUMN_SCORER_H_
