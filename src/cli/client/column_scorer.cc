#include "cli/client/column_scorer.h"

#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/client/batch_table.h"

namespace influence::cli {

void Scores::Release() {
  if (schema_.release != nullptr) schema_.release(&schema_);
  if (array_.release != nullptr) array_.release(&array_);
}

const ArrowArray& Scores::Child(const std::string& name) const {
  for (int64_t i = 0; i < schema_.n_children; ++i) {
    if (schema_.children[i]->name == name) return *array_.children[i];
  }
  throw Failure(kInternal, "the library's answer has no column " + name);
}

void Scores::Read(const std::vector<std::string>& names) {
  columns_.clear();
  for (const std::string& name : names) {
    const ArrowArray& child = Child(name);
    columns_.push_back(static_cast<const int64_t*>(child.buffers[1]) +
                       child.offset);
  }
  const ArrowArray& error = Child("error");
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
  scores->Read(names_);
}

}  // namespace influence::cli
