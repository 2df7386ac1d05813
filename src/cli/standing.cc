#include "cli/standing.h"

#include <array>
#include <exception>

#include "cli/borrowed.h"
#include "cli/failure.h"
#include "cli/library.h"
#include "cli/spilled.h"
#include "cli/tally.h"
#include "cli/text.h"

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
    constexpr std::array<const char*, 3> kNames = {"from", "to", "weight"};
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

wire::StandingReport Standing::Report() const {
  Bytes report;
  Bytes message;
  Check(influence_standing_report(standing_.get(), report.out(), message.out()),
        message);
  return Parse<wire::StandingReport>(report.str());
}

wire::NodeReport Standing::Explain(const wire::NodeRequest& request) const {
  const std::string bytes = request.SerializeAsString();
  Bytes report;
  Bytes message;
  const influence_status status =
      influence_standing_explain(standing_.get(), DataOf(bytes), bytes.size(),
                                 report.out(), message.out());
  if (status == INFLUENCE_INVALID_ARGUMENT) {
    throw Failure(kBadData, Quoted(request.id()) + " is no node of the graph");
  }
  if (status != INFLUENCE_OK && spilled_ != nullptr) spilled_->Rethrow();
  Check(status, message);
  return Parse<wire::NodeReport>(report.str());
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
  Bytes message;
  Check(influence_standing_columns(standing_.get(), nullptr, 0, &ranks.stream,
                                   message.out()),
        message);
  for (;;) {
    if (ranks.stream.get_next(&ranks.stream, &ranks.table) != 0) {
      throw Failure(kInternal, "the ranks end early");
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
  Bytes message;
  Check(influence_standing_join(standing_.get(), profiles, &joined,
                                message.out()),
        message);
  *profiles = joined;
}

Graph::Graph(const Engine& engine) {
  influence_graph* graph = nullptr;
  Bytes message;
  Check(influence_graph_new(engine.get(), nullptr, 0, &graph, message.out()),
        message);
  graph_.reset(graph);
}

// What the file said is said first.
void Graph::Check(influence_status status, const Bytes& message) const {
  if (status != INFLUENCE_OK && spilled_ != nullptr) spilled_->Rethrow();
  cli::Check(status, message);
}

void Graph::Spill(uint64_t memory_bytes, const std::string& folder) {
  auto spilled = std::make_shared<Spilled>(folder);
  Bytes message;
  Check(influence_graph_spill(graph_.get(), memory_bytes, Spilled::Write,
                              Spilled::ReadAt, spilled.get(), message.out()),
        message);
  spilled_ = std::move(spilled);
}

void Graph::Add(std::string_view edges) {
  Bytes message;
  Check(influence_graph_add(graph_.get(), DataOf(edges), edges.size(),
                            message.out()),
        message);
}

std::string Graph::Add(const EventBatch& edges, size_t first, size_t last) {
  EdgeTable table(edges, first, last);
  Bytes message;
  const influence_status status = influence_graph_add_columns(
      graph_.get(), &table.schema.value, &table.array.value, message.out());
  if (status != INFLUENCE_OK && spilled_ != nullptr) spilled_->Rethrow();
  return FaultOfRow(status, message);
}

void Graph::Add(const Tally& tally) {
  Bytes message;
  const influence_status status =
      influence_graph_add_tally(graph_.get(), tally.get(), message.out());
  if (status != INFLUENCE_OK) tally.Rethrow();
  Check(status, message);  // the graph's own file
}

std::string Graph::Seed(const wire::SeedList& seeds) {
  const std::string bytes = seeds.SerializeAsString();
  Bytes message;
  return FaultOfRow(influence_graph_seed(graph_.get(), DataOf(bytes),
                                         bytes.size(), message.out()),
                    message);
}

std::unique_ptr<Standing> Graph::Run(
    const wire::RunOptions& options,
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
  Bytes message;
  const influence_status status =
      influence_graph_run(graph_.get(), DataOf(bytes), bytes.size(),
                          Watcher::Tell, &watcher, &standing, message.out());
  if (watcher.fault != nullptr) std::rethrow_exception(watcher.fault);
  Check(status, message);
  return std::make_unique<Standing>(standing, spilled_);
}

}  // namespace influence::cli
