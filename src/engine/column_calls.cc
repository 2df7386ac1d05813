// Engine::ScoreColumns() and ScoreStream(): reads a schema once
// (columns/score_input), scores each batch on the threads that the options
// allow (scoring/column_scoring) and returns an Arrow table. The id column is
// moved through, never read.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "codec/codec.h"
#include "columns/score_input.h"
#include "columns/score_output.h"
#include "columns/table_stream.h"
#include "engine/engine.h"
#include "engine/match.h"
#include "engine/standing_metadata.h"
#include "model/graph_identity.h"
#include "scoring/column_scoring.h"
#include "scoring/parallel.h"

namespace influence {
namespace {

// The lists of reasons have 32-bit offsets, and a row has at most four reasons
// per direction.
constexpr size_t kMaxRowsWithReasons = size_t{1} << 28;

// One schema under one set of options, ready for its batches.
class TableScorer {
 public:
  explicit TableScorer(std::shared_ptr<const Engine::Core> core)
      : core_(std::move(core)) {}

  // Everything that can be wrong with options and schema is reported here,
  // before the first batch: a stream then fails only for its data.
  Error Open(std::string_view bytes, const ArrowSchema& schema) {
    msg::ColumnsOptions options;
    Error error = Decode(bytes, &options);
    if (error.ok()) error = CheckOptions(options);
    if (!error.ok()) return std::move(error).Within("options");
    threads_ = options.threads;
    choice_ = {options.bands, options.points, options.reasons,
               options.score_unit};

    error = ReadSchema(
        schema, options.float_rounding == FloatRounding::kHalfEven, &layout_);
    if (!error.ok()) return error;
    const Description& engine = core_->description;
    GraphIdentity graph;
    error = ReadGraph(options.graph, &graph);
    if (!error.ok()) return std::move(error).Within("options");
    error = Unite(schema, &graph);
    if (error.ok()) error = Match(graph, engine);
    if (!error.ok()) return error;
    Owned<ArrowSchema> id;
    if (layout_.id.has_value()) {
      error = CopySchema(*schema.children[*layout_.id], "id", &id);
      if (!error.ok()) return error;
    }
    std::vector<Factor> factors;
    for (const Row& row : engine.algorithm.rows) factors.push_back(row.factor);
    Metadata metadata = {{"influence.algorithm", engine.algorithm.id},
                         {"influence.fingerprint", engine.fingerprint},
                         {"influence.library_version", LibraryVersion()}};
    SetStanding(graph, &metadata);
    schema_ = ScoreSchema(std::move(id), factors, choice_, metadata);
    return {};
  }

  Owned<ArrowSchema> Schema() const { return CopySchema(schema_); }

  Error Score(Owned<ArrowArray> array, Owned<ArrowArray>* scores) const {
    Columns columns;
    Error error = ReadArray(layout_, *array, &columns);
    if (!error.ok()) return error;
    if (choice_.reasons && columns.rows > kMaxRowsWithReasons) {
      return {Code::kTooLarge, "array",
              std::to_string(columns.rows) +
                  " rows; with reasons the limit is " +
                  std::to_string(kMaxRowsWithReasons)};
    }
    // From here on nothing can fail but memory.
    ScoreTable table(columns.rows, core_->evaluator.rows().size(), choice_);
    const Population population(core_->evaluator, core_->kernel, columns);
    const size_t parts = PartsFor(columns.rows, threads_);
    std::vector<std::array<ReasonColumns, 2>> reasons(parts);
    RunParts(columns.rows, parts, [&](size_t part, size_t begin, size_t end) {
      table.Fill(begin, end, [&](size_t from, size_t to, ScoreColumns out) {
        if (choice_.reasons) {
          out.reasons = {&reasons[part][0], &reasons[part][1]};
        }
        population.Score(from, to, out);
      });
    });

    Owned<ArrowArray> id;
    if (layout_.id.has_value()) {
      // The specification allows moving a child out of its parent.
      id = Owned<ArrowArray>(array->children[*layout_.id]);
      if (array->offset != 0 || id->length != array->length) {
        id->offset += array->offset;
        id->length = array->length;
        if (id->null_count != 0) id->null_count = -1;
      }
    }
    array.Reset();
    *scores =
        table.Finish(layout_, layout_.id.has_value() ? &id : nullptr, reasons);
    return {};
  }

 private:
  Error CheckOptions(const msg::ColumnsOptions& options) const {
    FirstFault fault;
    fault.Add(CheckThreads(options.threads));
    const auto rounding = static_cast<int32_t>(options.float_rounding);
    if (rounding < 0 || rounding > static_cast<int32_t>(kFloatRoundingCount)) {
      fault.Add({Code::kInvalidArgument, "float_rounding",
                 std::to_string(rounding) + " is not a known rounding"});
    }
    const auto unit = static_cast<int32_t>(options.score_unit);
    if (unit < 0 || unit > static_cast<int32_t>(kScoreUnitCount)) {
      fault.Add({Code::kInvalidArgument, "score_unit",
                 std::to_string(unit) + " is not a known unit"});
    }
    fault.Add(
        Match(options.algorithm, options.fingerprint, core_->description));
    return fault.Take();
  }

  std::shared_ptr<const Engine::Core> core_;
  size_t threads_ = 1;
  OutputChoice choice_;
  TableLayout layout_;
  Owned<ArrowSchema> schema_;
};

// The stream of scores of another stream's tables.
class ScoredTables : public TableSource {
 public:
  ScoredTables(TableInput in, TableScorer scorer)
      : in_(std::move(in)), scorer_(std::move(scorer)) {}

  Owned<ArrowSchema> Schema() override { return scorer_.Schema(); }

  Error Next(Owned<ArrowArray>* out) override {
    Owned<ArrowArray> table;
    Error error = in_.Next(&table);
    if (!error.ok() || table.released()) return error;
    return scorer_.Score(std::move(table), out);
  }

  int Errno() const override { return in_.Errno(); }

 private:
  TableInput in_;
  TableScorer scorer_;
};

}  // namespace

Error Engine::ScoreColumns(std::string_view options, Owned<ArrowSchema> schema,
                           Owned<ArrowArray> array,
                           Owned<ArrowSchema>* out_schema,
                           Owned<ArrowArray>* out_array) const {
  TableScorer scorer(core_);
  Error error = scorer.Open(options, *schema);
  if (!error.ok()) return error;
  *out_schema = scorer.Schema();
  return scorer.Score(std::move(array), out_array);
}

Error Engine::ScoreStream(std::string_view options, Owned<ArrowArrayStream> in,
                          Owned<ArrowArrayStream>* out) const {
  TableInput input(std::move(in));
  Owned<ArrowSchema> schema;
  Error error = input.Schema(&schema);
  if (!error.ok()) return error;
  TableScorer scorer(core_);
  error = scorer.Open(options, *schema);
  if (!error.ok()) return error;
  *out = NewStream(
      std::make_unique<ScoredTables>(std::move(input), std::move(scorer)));
  return {};
}

}  // namespace influence
