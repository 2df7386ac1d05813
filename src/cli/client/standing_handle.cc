// Calls of the graph and of its standing: every status becomes a Failure, and
// nodes are read as columns.
#include "cli/client/standing_handle.h"

#include <array>
#include <exception>

#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/client/borrowed_arrow.h"
#include "cli/client/library.h"
#include "cli/client/spilled.h"
#include "cli/client/tally_handle.h"

namespace influence::cli {
namespace {

// Some rows of a batch as the columns that the library takes.
class EdgeTable {
 public:
  EdgeTable(const EventBatch& batch, size_t first, size_t last) {
    for (const EventField end : {kActor, kSubject}) {
      arrays_[end].Fill(batch.rows(), nullptr, batch.offsets(end), 3,
                        batch.bytes(end));
    }
    constexpr size_t kWeight = 2;
    arrays_[kWeight].Fill(batch.rows(), batch.has_count(), batch.counts(), 2);
    constexpr std::array<const char*, 3> kNames = {"source", "target",
                                                   "weight"};
    for (size_t i = 0; i < kNames.size(); ++i) {
      Describe(i == kWeight ? "l" : "u", kNames[i], &schemas_[i]);
      schema.AddChild(&schemas_[i].value);
      array.AddChild(&arrays_[i].value);
    }
    Describe("+s", "", &schema);
    array.Fill(last - first, nullptr, nullptr, 1);
    array.value.offset = static_cast<int64_t>(first);
  }

  BorrowedSchema schema;
  BorrowedArray array;

 private:
  std::array<BorrowedSchema, 3> schemas_;
  std::array<BorrowedArray, 3> arrays_;
};

}  // namespace

abi1::StandingReport Standing::Report() const {
  Bytes report;
  CallError error;
  Check(influence_standing_report(standing_.get(), report.out(), error.out()),
        error);
  return Parse<abi1::StandingReport>(report.str());
}

std::optional<abi1::NodeReport> Standing::Find(
    const abi1::NodeRequest& request) const {
  const std::string bytes = request.SerializeAsString();
  Bytes report;
  CallError error;
  const influence_status status = influence_standing_explain(
      standing_.get(), DataOf(bytes), bytes.size(), report.out(), error.out());
  if (status == INFLUENCE_NOT_FOUND) return std::nullopt;
  if (status != INFLUENCE_OK && spilled_ != nullptr) spilled_->Rethrow();
  Check(status, error);
  return Parse<abi1::NodeReport>(report.str());
}

abi1::NodeReport Standing::Explain(const abi1::NodeRequest& request) const {
  std::optional<abi1::NodeReport> node = Find(request);
  if (!node.has_value()) {
    throw Failure(kBadData, Quoted(request.id()) + " is no node of the graph");
  }
  return *std::move(node);
}

void Standing::ForEach(const std::function<void(const Node&)>& use) const {
  struct Stream {
    ~Stream() {
      if (table.release != nullptr) table.release(&table);
      if (stream.release != nullptr) stream.release(&stream);
    }
    ArrowArrayStream stream = {};
    ArrowArray table = {};
  } ranks;
  CallError error;
  Check(influence_standing_ranks(standing_.get(), nullptr, 0, &ranks.stream,
                                 error.out()),
        error);
  for (;;) {
    if (ranks.stream.get_next(&ranks.stream, &ranks.table) != 0) {
      ThrowStreamError(&ranks.stream);
    }
    const ArrowArray& table = ranks.table;
    if (table.release == nullptr) return;
    const auto* const ends =
        static_cast<const int32_t*>(table.children[0]->buffers[1]);
    const auto* const text =
        static_cast<const char*>(table.children[0]->buffers[2]);
    const auto* const rank =
        static_cast<const uint64_t*>(table.children[1]->buffers[1]);
    const auto* const micros =
        static_cast<const int64_t*>(table.children[2]->buffers[1]);
    for (int64_t i = 0; i < table.length; ++i) {
      use({{text + ends[i], static_cast<size_t>(ends[i + 1] - ends[i])},
           rank[i],
           micros[i]});
    }
    ranks.table.release(&ranks.table);
  }
}

void Standing::Join(ArrowArrayStream* profiles) const {
  ArrowArrayStream joined = {};
  CallError error;
  Check(
      influence_standing_join(standing_.get(), profiles, &joined, error.out()),
      error);
  *profiles = joined;
}

Graph::Graph(const Engine& engine) {
  influence_graph* graph = nullptr;
  CallError error;
  Check(influence_graph_new(engine.get(), nullptr, 0, &graph, error.out()),
        error);
  graph_.reset(graph);
}

// The file's own failure is the cause, so it is reported first.
void Graph::Check(influence_status status, const CallError& error) const {
  if (status != INFLUENCE_OK && spilled_ != nullptr) spilled_->Rethrow();
  cli::Check(status, error);
}

void Graph::Spill(uint64_t memory_bytes, const std::string& folder) {
  auto spilled = std::make_shared<Spilled>(folder);
  CallError error;
  Check(influence_graph_spill(graph_.get(), memory_bytes, Spilled::Write,
                              Spilled::ReadAt, Spilled::Release,
                              Spilled::Share(spilled), error.out()),
        error);
  spilled_ = std::move(spilled);
}

void Graph::Add(std::string_view edges) {
  CallError error;
  Check(influence_graph_add(graph_.get(), DataOf(edges), edges.size(),
                            error.out()),
        error);
}

std::optional<RowFault> Graph::Add(const EventBatch& edges, size_t first,
                                   size_t last) {
  EdgeTable table(edges, first, last);
  CallError error;
  const influence_status status = influence_graph_add_columns(
      graph_.get(), &table.schema.value, &table.array.value, error.out());
  if (status != INFLUENCE_OK && spilled_ != nullptr) spilled_->Rethrow();
  return FaultOfRow(status, error);
}

void Graph::Add(const Tally& tally) {
  CallError error;
  const influence_status status =
      influence_graph_add_tally(graph_.get(), tally.get(), error.out());
  if (status != INFLUENCE_OK) tally.Rethrow();
  Check(status, error);  // the graph's own file
}

std::optional<RowFault> Graph::Seed(const abi1::SeedList& seeds) {
  const std::string bytes = seeds.SerializeAsString();
  CallError error;
  return FaultOfRow(influence_graph_seed(graph_.get(), DataOf(bytes),
                                         bytes.size(), error.out()),
                    error);
}

std::unique_ptr<Standing> Graph::Run(
    const abi1::RunOptions& options,
    const std::function<void(size_t, size_t)>& update) {
  // No exception may cross C.
  struct Watcher {
    const std::function<void(size_t, size_t)>& update;
    std::exception_ptr fault;
    static int32_t Tell(void* context, uint32_t done, uint32_t all) {
      auto* const self = static_cast<Watcher*>(context);
      try {
        self->update(done, all);
        return 0;
      } catch (...) {
        self->fault = std::current_exception();
        return 1;
      }
    }
  } watcher = {update, nullptr};
  const std::string bytes = options.SerializeAsString();
  influence_standing* standing = nullptr;
  CallError error;
  const influence_status status =
      influence_graph_run(graph_.get(), DataOf(bytes), bytes.size(),
                          Watcher::Tell, &watcher, &standing, error.out());
  if (watcher.fault != nullptr) std::rethrow_exception(watcher.fault);
  Check(status, error);
  return std::make_unique<Standing>(standing, spilled_);
}

}  // namespace influence::cli
