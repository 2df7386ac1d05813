#include "cli/column_scorer.h"

#include <array>

#include "cli/borrowed.h"
#include "cli/failure.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

// A batch as a table: of signals, or of lists of accounts if anybody has
// several. The signals that no row of the batch states may be left out; what
// is not there is unknown.
class Table {
 public:
  explicit Table(const RowBatch& batch) {
    for (size_t i = 0; i < kSignals; ++i) {
      names_[i] = std::string(kColumnNames[kFirstSignalColumn + i]) + "_micros";
      Describe("l", names_[i].c_str(), &signal_schemas_[i]);
      signals_[i].Fill(batch.rows(), batch.known(i), batch.values(i), 2);
    }
    const bool is_flat = !batch.has_several_accounts();
    BorrowedSchema* row_schema = is_flat ? &schema : &item_schema_;
    BorrowedArray* rows = is_flat ? &array : &items_;
    for (size_t i = 0; i < kSignals; ++i) {
      if (!batch.has(i)) continue;
      row_schema->AddChild(&signal_schemas_[i].value);
      rows->AddChild(&signals_[i].value);
    }
    Describe("+s", "", row_schema);
    rows->Fill(batch.rows(), nullptr, nullptr, 1);
    if (is_flat) return;
    for (const BatchPerson& person : batch.people()) {
      if (!person.set_aside)
        offsets_.push_back(static_cast<int32_t>(person.row));
    }
    const size_t people = offsets_.size();
    offsets_.push_back(static_cast<int32_t>(batch.rows()));
    item_schema_.value.name = "item";
    Describe("+l", "accounts", &list_schema_);
    list_schema_.AddChild(&item_schema_.value);
    lists_.Fill(people, nullptr, offsets_.data(), 2);
    lists_.AddChild(&items_.value);
    Describe("+s", "", &schema);
    schema.AddChild(&list_schema_.value);
    array.Fill(people, nullptr, nullptr, 1);
    array.AddChild(&lists_.value);
  }

  BorrowedSchema schema;
  BorrowedArray array;

 private:
  std::array<std::string, kSignals> names_;
  std::array<BorrowedSchema, kSignals> signal_schemas_;
  std::array<BorrowedArray, kSignals> signals_;
  BorrowedSchema item_schema_;
  BorrowedArray items_;
  BorrowedSchema list_schema_;
  BorrowedArray lists_;
  std::vector<int32_t> offsets_;
};

}  // namespace

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
                           const wire::AlgorithmDescription& algorithm,
                           uint32_t threads)
    : engine_(engine), names_({"score", "coverage", "low", "high"}) {
  wire::ColumnsOptions options;
  options.set_threads(threads);
  options.set_points(true);
  options_ = options.SerializeAsString();
  for (const wire::Row& row : algorithm.algorithm().rows()) {
    names_.push_back("points_" + FactorName(row.factor()));
  }
}

void ColumnScorer::Score(const RowBatch& batch, Scores* scores) const {
  scores->Release();
  Table table(batch);
  engine_.ScoreColumns(options_, &table.schema.value, &table.array.value,
                       &scores->schema_, &scores->array_);
  scores->Read(names_);
}

}  // namespace influence::cli
