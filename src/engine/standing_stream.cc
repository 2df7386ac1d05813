// Two table sources: RankTables walks the nodes of a standing, JoinedTables
// adds standing to a stream of profiles. The columns of the input are moved
// through; only its ids are read.
#include "engine/standing_stream.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "columns/column_builder.h"
#include "columns/schema_checks.h"
#include "columns/table_stream.h"
#include "columns/text_column.h"
#include "engine/request_options.h"
#include "engine/standing_metadata.h"

namespace influence {
namespace {

constexpr char kColumn[] = "standing_micros";

class RankTables : public TableSource {
 public:
  RankTables(std::shared_ptr<const StandingEngine> standing, size_t batch_rows)
      : standing_(std::move(standing)), batch_rows_(batch_rows) {}

  Owned<ArrowSchema> Schema() override {
    Metadata metadata;
    SetStanding(standing_->identity(), &metadata);
    return NewSchema("+s", "",
                     List(NewSchema("u", "id"), NewSchema("L", "rank"),
                          NewSchema("l", kColumn)),
                     {}, ToBytes(metadata));
  }

  Error Next(Owned<ArrowArray>* out) override {
    const Graph& graph = standing_->graph();
    const size_t rows = std::min(batch_rows_, graph.nodes() - next_);
    if (rows == 0) return {};
    std::vector<int32_t> ends = {0};
    std::vector<char> ids;
    std::vector<uint64_t> ranks;
    std::vector<Micros> standings;
    for (size_t i = 0; i < rows; ++i) {
      const auto node = static_cast<uint32_t>(next_ + i);
      const std::string_view id = graph.Id(node);
      ids.insert(ids.end(), id.begin(), id.end());
      ends.push_back(static_cast<int32_t>(ids.size()));
      ranks.push_back(standing_->ranks()[node]);
      standings.push_back(standing_->ranks().StandingMicros(node));
    }
    const Shared none;
    *out = NewArray(
        rows, 0, List(none),
        List(NewArray(rows, 0, List(none, ToBuffer(ends), ToBuffer(ids))),
             NewArray(rows, 0, List(none, ToBuffer(ranks))),
             NewArray(rows, 0, List(none, ToBuffer(standings)))));
    next_ += rows;
    return {};
  }

 private:
  std::shared_ptr<const StandingEngine> standing_;
  size_t batch_rows_;
  size_t next_ = 0;  // node
};

// Moves a column out of a table and cuts it to the table's rows.
Owned<ArrowArray> ColumnOf(ArrowArray* column, const ArrowArray& table) {
  Owned<ArrowArray> moved(column);
  if (table.offset != 0 || moved->length != table.length) {
    moved->offset += table.offset;
    moved->length = table.length;
    if (moved->null_count != 0) moved->null_count = -1;
  }
  return moved;
}

// Looks ids up starting from the last one found. Galloping makes ascending ids,
// which a tally produces, cost a few comparisons each; ids in another order
// cost a binary search.
class Finder {
 public:
  explicit Finder(const Graph& graph) : graph_(graph) {}

  // Returns the number of the node, or IdTable::kNone.
  uint32_t Find(std::string_view id) {
    const size_t nodes = graph_.nodes();
    if (last_ >= nodes || id < graph_.Id(static_cast<uint32_t>(last_))) {
      last_ = 0;
    }
    // Invariant: the first node that is not below `id` is in [last_, end].
    size_t end = last_;
    for (size_t step = 1; end < nodes && IsBelow(end, id); step *= 2) {
      last_ = end + 1;
      end += step;
    }
    end = std::min(end, nodes);
    while (last_ < end) {
      const size_t middle = last_ + (end - last_) / 2;
      if (IsBelow(middle, id)) {
        last_ = middle + 1;
      } else {
        end = middle;
      }
    }
    const auto node = static_cast<uint32_t>(last_);
    return last_ < nodes && graph_.Id(node) == id ? node : IdTable::kNone;
  }

 private:
  bool IsBelow(size_t node, std::string_view id) const {
    return graph_.Id(static_cast<uint32_t>(node)) < id;
  }

  const Graph& graph_;
  size_t last_ = 0;  // the first node not below the last id
};

class JoinedTables : public TableSource {
 public:
  JoinedTables(std::shared_ptr<const StandingEngine> standing, TableInput in)
      : standing_(std::move(standing)), in_(std::move(in)) {}

  // The output schema is fixed here; batches are then only checked against it.
  Error Open() {
    Error error = in_.Schema(&in_schema_);
    if (error.ok()) error = CheckStruct(*in_schema_, "in");
    if (!error.ok()) return error;
    std::vector<Owned<ArrowSchema>> fields;
    for (int64_t i = 0; i < in_schema_->n_children; ++i) {
      const ArrowSchema& field = *in_schema_->children[i];
      fields.emplace_back();
      error = CopySchema(field, ShownName(field.name), &fields.back());
      if (!error.ok()) return error;
      const std::optional<std::string_view> name = Bounded(field.name);
      if (name == kColumn || name == "standing") {
        return Refused(std::string(*name), "is there already");
      }
      if (name != "id") continue;
      if (id_ >= 0) return Refused("id", "occurs twice");
      id_ = i;
    }
    if (id_ < 0) return Refused("id", "is missing; standing is joined by it");
    fields.push_back(NewSchema("l", kColumn));
    Metadata metadata;
    error = ReadMetadata(in_schema_->metadata, &metadata);
    if (!error.ok()) return std::move(error).Within("schema");
    GraphIdentity graph = standing_->identity();
    error = Unite(metadata, &graph);
    if (!error.ok()) return error;
    SetStanding(graph, &metadata);
    schema_ = NewSchema("+s", "", std::move(fields), {}, ToBytes(metadata));
    return {};
  }

  Owned<ArrowSchema> Schema() override { return CopySchema(schema_); }

  Error Next(Owned<ArrowArray>* out) override {
    Owned<ArrowArray> table;
    Error error = in_.Next(&table);
    if (!error.ok() || table.released()) return error;
    return Join(std::move(table), out);
  }

  int Errno() const override { return in_.Errno(); }

 private:
  // A null row keeps its nullness, and its standing is null unless its id is a
  // node.
  Error Join(Owned<ArrowArray> table, Owned<ArrowArray>* out) const {
    const auto children = static_cast<size_t>(in_schema_->n_children);
    Error error = CheckArray(table.get(), "array", 1, children, 0, 0);
    if (!error.ok()) return error;
    for (size_t i = 0; i < children; ++i) {
      error = CheckCarried(table->children[i],
                           ShownName(in_schema_->children[i]->name), *table);
      if (!error.ok()) return error;
    }
    const auto rows = static_cast<size_t>(table->length);
    TextColumn ids;
    error = ids.Open(*in_schema_->children[id_], *table->children[id_], "id",
                     table->offset, table->length);
    if (!error.ok()) return error;
    Owned<ArrowArray> standings = StandingsOf(ids, rows);

    const Bitmap valid = Validity(*table, 0);
    Shared bits;
    if (valid.bytes != nullptr) {
      bits = NewBuffer((rows + 7) / 8, Content::kZero);
      for (size_t row = 0; row < rows; ++row) {
        SetBit(row, valid.Get(row), &bits);
      }
    }
    // The specification allows moving children out of their parent.
    std::vector<Owned<ArrowArray>> columns;
    for (size_t i = 0; i < children; ++i) {
      columns.push_back(ColumnOf(table->children[i], *table));
    }
    columns.push_back(std::move(standings));
    *out = NewArray(rows, bits == nullptr ? 0 : -1, List(bits),
                    std::move(columns));
    return {};
  }

  Owned<ArrowArray> StandingsOf(const TextColumn& ids, size_t rows) const {
    std::vector<Micros> standings(rows);
    Shared known = NewBuffer((rows + 7) / 8, Content::kZero);
    int64_t nulls = 0;
    char digits[TextColumn::kDigits];
    Finder finder(standing_->graph());
    for (size_t row = 0; row < rows; ++row) {
      const uint32_t node = finder.Find(ids.View(row, digits));
      if (node == IdTable::kNone) {
        ++nulls;
        continue;
      }
      standings[row] = standing_->ranks().StandingMicros(node);
      SetBit(row, true, &known);
    }
    return NewArray(rows, nulls, List(known, ToBuffer(standings)));
  }

  static void SetBit(size_t i, bool value, Shared* bits) {
    auto* const bytes = static_cast<uint8_t*>(bits->get());
    if (value) bytes[i / 8] = static_cast<uint8_t>(bytes[i / 8] | 1u << i % 8);
  }

  std::shared_ptr<const StandingEngine> standing_;
  TableInput in_;
  Owned<ArrowSchema> in_schema_, schema_;
  int64_t id_ = -1;
};

}  // namespace

Error RankStream(std::shared_ptr<const StandingEngine> standing,
                 std::string_view options, Owned<ArrowArrayStream>* out) {
  size_t batch_rows = 0;
  Error error = ReadStreamOptions(options, &batch_rows);
  if (!error.ok()) return error;
  *out =
      NewStream(std::make_unique<RankTables>(std::move(standing), batch_rows));
  return {};
}

Error JoinStream(std::shared_ptr<const StandingEngine> standing,
                 Owned<ArrowArrayStream> in, Owned<ArrowArrayStream>* out) {
  auto joined = std::make_unique<JoinedTables>(std::move(standing),
                                               TableInput(std::move(in)));
  Error error = joined->Open();
  if (!error.ok()) return error;
  *out = NewStream(std::move(joined));
  return {};
}

}  // namespace influence
