// Columns through the library, over the Arrow C data interface: a batch of
// rows, or a stream of tables.
#ifndef INFLUENCE_CLI_CLIENT_COLUMN_SCORER_H_
#define INFLUENCE_CLI_CLIENT_COLUMN_SCORER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
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
  size_t rows() const { return static_cast<size_t>(array_.length); }
  // The id of a row, of a stream.
  std::string_view id(size_t row) const;
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
  friend class ScoredStream;
  void Release();
  const ArrowArray* Find(const ArrowSchema& schema,
                         const std::string& name) const;
  const ArrowArray& Child(const ArrowSchema& schema,
                          const std::string& name) const;
  void Read(const ArrowSchema& schema, const std::vector<std::string>& names);

  ArrowSchema schema_ = {};
  ArrowArray array_ = {};
  std::vector<const int64_t*> columns_;
  const uint8_t* refused_ = nullptr;
  size_t refused_offset_ = 0;
  const ArrowArray* ids_ = nullptr;
};

class ColumnScorer {
 public:
  ColumnScorer(const Engine& engine,
               const abi1::AlgorithmDescription& algorithm, uint32_t threads);

  // Replaces what is in `scores`. Throws Failure.
  void Score(const RowBatch& batch, Scores* scores) const;

 private:
  friend class ScoredStream;
  const Engine& engine_;
  std::string options_;             // a serialized ColumnsOptions
  std::vector<std::string> names_;  // of the columns wanted
};

// A stream of tables as the library gives and takes them, scored a table at a
// time.
class ScoredStream {
 public:
  // Moves the stream in. `explain` throws if it knows better than the stream
  // what went wrong with it. Throws Failure, as Next() does.
  ScoredStream(const ColumnScorer& scorer, ArrowArrayStream* in,
               std::function<void()> explain);
  ~ScoredStream();
  ScoredStream(const ScoredStream&) = delete;
  ScoredStream& operator=(const ScoredStream&) = delete;

  // Replaces what is in `scores` by the next table's; false at the end.
  bool Next(Scores* scores);

 private:
  const ColumnScorer& scorer_;
  std::function<void()> explain_;
  ArrowArrayStream stream_ = {};
  ArrowSchema schema_ = {};
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_COLUMN_SCORER_H_
