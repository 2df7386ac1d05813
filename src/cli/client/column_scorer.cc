// Asks the library for scores in micropoints by columns, of a batch of the
// command's own or of a stream that the library made.
#include "cli/client/column_scorer.h"

#include <utility>

#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/client/batch_table.h"
#include "cli/client/library.h"

namespace influence::cli {

void Scores::Release() {
  if (schema_.release != nullptr) schema_.release(&schema_);
  if (array_.release != nullptr) array_.release(&array_);
}

const ArrowArray* Scores::Find(const ArrowSchema& schema,
                               const std::string& name) const {
  for (int64_t i = 0; i < schema.n_children; ++i) {
    if (schema.children[i]->name == name) return array_.children[i];
  }
  return nullptr;
}

const ArrowArray& Scores::Child(const ArrowSchema& schema,
                                const std::string& name) const {
  const ArrowArray* const child = Find(schema, name);
  if (child != nullptr) return *child;
  throw Failure(kInternal, "the library's answer has no column " + name);
}

std::string_view Scores::id(size_t row) const {
  const auto* const offsets =
      static_cast<const int32_t*>(ids_->buffers[1]) + ids_->offset;
  return {static_cast<const char*>(ids_->buffers[2]) + offsets[row],
          static_cast<size_t>(offsets[row + 1] - offsets[row])};
}

void Scores::Read(const ArrowSchema& schema,
                  const std::vector<std::string>& names) {
  columns_.clear();
  ids_ = Find(schema, "id");
  for (const std::string& name : names) {
    const ArrowArray& child = Child(schema, name);
    columns_.push_back(static_cast<const int64_t*>(child.buffers[1]) +
                       child.offset);
  }
  const ArrowArray& error = Child(schema, "error");
  refused_ = nullptr;
  if (error.null_count != error.length) {
    refused_ = static_cast<const uint8_t*>(error.buffers[0]);
    refused_offset_ = static_cast<size_t>(error.offset);
  }
}

ColumnScorer::ColumnScorer(const Engine& engine,
                           const abi1::AlgorithmDescription& algorithm,
                           uint32_t threads)
    : engine_(engine),
      names_({"score_micropoints", "coverage_micropoints", "low_micropoints",
              "high_micropoints"}) {
  abi1::ColumnsOptions options;
  options.set_threads(threads);
  options.set_points(true);
  options.set_score_unit(abi1::SCORE_UNIT_MICROPOINTS);
  options_ = options.SerializeAsString();
  for (const abi1::Row& row : algorithm.algorithm().rows()) {
    names_.push_back("points_" + FactorName(row.factor()) + "_micropoints");
  }
}

void ColumnScorer::Score(const RowBatch& batch, Scores* scores) const {
  scores->Release();
  BatchTable table(batch);
  engine_.ScoreColumns(options_, &table.schema.value, &table.array.value,
                       &scores->schema_, &scores->array_);
  scores->Read(scores->schema_, names_);
}

ScoredStream::ScoredStream(const ColumnScorer& scorer, ArrowArrayStream* in,
                           std::function<void()> explain)
    : scorer_(scorer), explain_(std::move(explain)) {
  scorer.engine_.ScoreStream(scorer.options_, in, &stream_);
  if (stream_.get_schema(&stream_, &schema_) != 0) {
    explain_();
    ThrowStreamError(&stream_);
  }
}

ScoredStream::~ScoredStream() {
  if (schema_.release != nullptr) schema_.release(&schema_);
  if (stream_.release != nullptr) stream_.release(&stream_);
}

bool ScoredStream::Next(Scores* scores) {
  scores->Release();
  scores->array_ = {};
  if (stream_.get_next(&stream_, &scores->array_) != 0) {
    explain_();
    ThrowStreamError(&stream_);
  }
  if (scores->array_.release == nullptr) return false;
  scores->Read(schema_, scorer_.names_);
  return true;
}

}  // namespace influence::cli
