// Tables in, tables out: read, score on as many threads as asked, hand back.
#include <cerrno>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "columns/input.h"
#include "columns/output.h"
#include "columns/stream.h"
#include "engine/engine.h"
#include "engine/match.h"
#include "engine/standing_metadata.h"
#include "scoring/parallel.h"
#include "scoring/population.h"
#include "wire/request.h"

namespace influence {
namespace {

// Lists have 32-bit offsets, and a row has at most four reasons a direction.
constexpr size_t kMaxRowsWithReasons = size_t{1} << 28;

// One schema under one set of options, ready for its batches.
class TableScorer {
 public:
  explicit TableScorer(std::shared_ptr<const Engine::Core> core)
      : core_(std::move(core)) {}

  Error Open(std::string_view bytes, const ArrowSchema& schema) {
    ColumnsOptions options;
    Error error = ReadColumnsOptions(bytes, &options);
    if (!error.ok()) return std::move(error).Within("options");
    const Description& engine = core_->description;
    error = Match(options.algorithm, options.fingerprint, engine);
    if (!error.ok()) return std::move(error).Within("options");
    error = ChooseKernel(options.kernel, &kernel_);
    if (!error.ok()) return std::move(error).Within("options");
    threads_ = options.threads;
    choice_ = {options.bands, options.points, options.reasons};

    error = ReadSchema(schema, options.accept_doubles, &layout_);
    if (!error.ok()) return error;
    error = Unite(ReadMetadata(schema.metadata), &options.standing);
    if (error.ok()) error = Match(options.standing, engine);
    if (!error.ok()) return error;
    if (layout_.id.has_value()) {
      id_ = CopySchema(*schema.children[*layout_.id]);
      if (id_.released()) {
        return {Code::kInvalidArgument, "id",
                "its schema is broken or nests too deep"};
      }
    }
    std::vector<Factor> factors;
    for (const Row& row : engine.algorithm.rows) factors.push_back(row.factor);
    Metadata metadata = {{"influence.algorithm", engine.algorithm.id},
                         {"influence.fingerprint", engine.fingerprint},
                         {"influence.library_version", LibraryVersion()}};
    SetStanding(options.standing, &metadata);
    schema_ = ScoreSchema(layout_.id.has_value() ? id_.get() : nullptr, factors,
                          choice_, metadata);
    return {};
  }

  Owned<ArrowSchema> Schema() const { return CopySchema(*schema_); }

  Error Score(Owned<ArrowArray> array, Owned<ArrowArray>* out) const {
    Columns columns;
    Error error = ReadArray(layout_, *array, &columns);
    if (!error.ok()) return error;
    if (choice_.reasons && columns.rows > kMaxRowsWithReasons) {
      return {Code::kTooLarge, "array",
              std::to_string(columns.rows) +
                  " rows; with reasons the limit is " +
                  std::to_string(kMaxRowsWithReasons)};
    }
    ScoreTable table(columns.rows, core_->evaluator.rows().size(), choice_);
    const Population population(core_->evaluator, kernel_, columns);
    const size_t parts = PartsFor(columns.rows, threads_);
    std::vector<std::array<ReasonColumns, 2>> reasons(parts);
    RunParts(columns.rows, parts, [&](size_t part, size_t begin, size_t end) {
      ScoreColumns to = table.columns();
      if (choice_.reasons) to.reasons = {&reasons[part][0], &reasons[part][1]};
      population.Score(begin, end, to);
    });

    Owned<ArrowArray> id;
    if (layout_.id.has_value()) {
      // As the specification allows, this child alone outlives its parent.
      id = Owned<ArrowArray>(array->children[*layout_.id]);
      if (array->offset != 0 || id->length != array->length) {
        id->offset += array->offset;
        id->length = array->length;
        if (id->null_count != 0) id->null_count = -1;
      }
    }
    array.Reset();
    *out =
        table.Finish(layout_, layout_.id.has_value() ? &id : nullptr, reasons);
    return {};
  }

 private:
  std::shared_ptr<const Engine::Core> core_;
  const Kernel* kernel_ = nullptr;
  size_t threads_ = 1;
  OutputChoice choice_;
  TableLayout layout_;
  Owned<ArrowSchema> id_;
  Owned<ArrowSchema> schema_;
};

// The scores of another stream's tables.
class ScoredTables : public TableSource {
 public:
  ScoredTables(TableInput in, TableScorer scorer)
      : in_(std::move(in)), scorer_(std::move(scorer)) {}

  Owned<ArrowSchema> Schema() override { return scorer_.Schema(); }

  int Next(Owned<ArrowArray>* out) override {
    Owned<ArrowArray> table;
    words_.clear();
    const int code = in_.Next(&table);
    if (code != 0 || table.released()) return code;
    const Error error = scorer_.Score(std::move(table), out);
    if (error.ok()) return 0;
    words_ = error.ToString();
    return EINVAL;
  }

  const char* Words() override {
    return words_.empty() ? in_.Words() : words_.c_str();
  }

 private:
  TableInput in_;
  TableScorer scorer_;
  std::string words_;
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
