#include "cli/column_scorer.h"

#include <array>
#include <cstring>

#include "cli/failure.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

// An array or a schema over memory of someone else, with at most as many
// children as there are signals. It owns nothing, so releasing it only says so.
template <typename Struct>
void ReleaseNothing(Struct* of) {
  for (int64_t i = 0; i < of->n_children; ++i) {
    Struct* child = of->children[i];
    if (child->release != nullptr) child->release(child);
  }
  of->release = nullptr;
}

template <typename Struct>
class Borrowed {
 public:
  Borrowed() { value.release = ReleaseNothing<Struct>; }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;

  void AddChild(Struct* child) {
    children_[static_cast<size_t>(value.n_children++)] = child;
    value.children = children_.data();
  }
  Struct value = {};

 private:
  std::array<Struct*, kSignals> children_ = {};
};

using Schema = Borrowed<ArrowSchema>;

void Describe(const char* format, const char* name, Schema* schema) {
  schema->value.format = format;
  schema->value.name = name;
  schema->value.flags = ARROW_FLAG_NULLABLE;
}

class Array : public Borrowed<ArrowArray> {
 public:
  void Fill(size_t length, const void* known, const void* values,
            int64_t buffers) {
    buffers_ = {known, values};
    value.length = static_cast<int64_t>(length);
    value.null_count = known == nullptr ? 0 : -1;  // not counted
    value.n_buffers = buffers;
    value.buffers = buffers_.data();
  }

 private:
  std::array<const void*, 2> buffers_ = {};
};

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
    Schema* row_schema = is_flat ? &schema : &item_schema_;
    Array* rows = is_flat ? &array : &items_;
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

  Schema schema;
  Array array;

 private:
  std::array<std::string, kSignals> names_;
  std::array<Schema, kSignals> signal_schemas_;
  std::array<Array, kSignals> signals_;
  Schema item_schema_;
  Array items_;
  Schema list_schema_;
  Array lists_;
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
