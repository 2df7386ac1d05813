// Graphs behind the C boundary: checks edges and seeds, keeps the seeds until a
// run, and reports standings. The first run turns the builder into a Graph;
// from then on edges are rejected and seeds may still change.
#include "engine/standing_calls.h"

#include <algorithm>
#include <iterator>

#include "base/muldiv.h"
#include "codec/codec.h"
#include "columns/edge_columns.h"
#include "engine/match.h"
#include "engine/request_options.h"

namespace influence {
namespace {

// The path of a field of an item: "edges[3].weight".
std::string FieldAt(const char* list, size_t row, const char* field) {
  return std::string(list) + "[" + std::to_string(row) + "]." + field;
}

Error CheckId(std::string_view id, const char* list, size_t row,
              const char* field) {
  if (!id.empty() && id.size() <= IdTable::kMaxIdBytes) return {};
  const auto fault = [&](Code code, std::string words) {
    return Error(code, FieldAt(list, row, field), std::move(words)).AtRow(row);
  };
  if (id.empty()) return fault(Code::kInvalidArgument, "is empty");
  return fault(Code::kTooLarge, "has " + std::to_string(id.size()) +
                                    " bytes; the limit is " +
                                    std::to_string(IdTable::kMaxIdBytes));
}

Error CheckWeight(const std::optional<uint64_t>& weight, const char* list,
                  size_t row) {
  if (weight.value_or(1) <= kMaxWeight) return {};
  return Error(Code::kOutOfRange, FieldAt(list, row, "weight"),
               std::to_string(*weight) + " is over 2^63 - 1")
      .AtRow(row);
}

// Checks all seeds one by one before decoding the list as a whole: the first
// pass names the seed at fault.
Error ReadSeeds(std::string_view bytes, msg::SeedList* list) {
  FirstFault fault;
  Items<msg::Seed> seeds("SeedList", msg::SeedList::kSeedsField, "seeds",
                         bytes);
  while (seeds.Next()) {
    if (!fault.ok()) continue;
    fault.Add(CheckId(seeds.item().id, "seeds", seeds.index(), "id"));
    fault.Add(CheckWeight(seeds.item().weight, "seeds", seeds.index()));
  }
  fault.Add(seeds.error());
  if (fault.ok()) fault.Add(Decode(bytes, list));
  if (!fault.ok()) return OfList("seeds", fault.Take());
  if (!Name(list->kind).empty()) return {};
  return {Code::kInvalidArgument, "seeds.kind",
          std::to_string(static_cast<int32_t>(list->kind)) +
              " is not a known kind"};
}

}  // namespace

// ------------------------------------------------------------------ standing

StandingEngine::StandingEngine(std::shared_ptr<const Engine::Core> core,
                               std::shared_ptr<const Graph> graph, Seeds seeds,
                               Ranks ranks)
    : core_(std::move(core)),
      graph_(std::move(graph)),
      seeds_(std::move(seeds)),
      ranks_(std::move(ranks)),
      identity_{graph_->digest(), seeds_.Digest(*graph_), graph_->nodes(),
                graph_->edges(), ranks_.rule()} {}

// The digest of the ranks is computed here and not in every run, because it
// reads all ranks.
void StandingEngine::Report(ByteBuffer* out) const {
  const std::string ranks_digest = ranks_.Digest();
  msg::StandingReport report;
  report.algorithm = core_->description.algorithm.id;
  report.fingerprint = core_->description.fingerprint;
  report.edges = {graph_->added_edges(), graph_->self_loops(),
                  graph_->weightless(), graph_->dangling()};
  report.seeds.emplace();
  report.seeds->kind =
      seeds_.uniform() ? SeedKind::kUniform : SeedKind::kListed;
  report.seeds->nodes =
      seeds_.uniform() ? graph_->nodes() : seeds_.Sorted().size();
  report.seeds->unknown = seeds_.unknown();
  report.seeds->weightless = seeds_.weightless();
  report.ranks_digest = ranks_digest;
  report.last_leak = ranks_.last_leak();
  // Two numbers per node are kept: its rank, and the amount it sent in the last
  // step, which explaining needs.
  report.memory_bytes =
      graph_->MemoryBytes() + graph_->nodes() * 2 * sizeof(uint64_t);
  report.graph = MessageOf(identity_);
  Encode(report, out);
}

Micros StandingEngine::StandingOf(uint64_t rank) const {
  // Ranks::StandingMicros() for a part of a rank.
  return static_cast<Micros>(
      MulDivFloor(rank, graph_->nodes() * uint64_t{kOne}, kTotalRank).quotient);
}

// A scan instead of a sorted copy: explaining is rare, and a copy would cost
// memory for every node.
uint64_t StandingEngine::PositionOf(uint64_t rank) const {
  uint64_t position = 1;
  for (uint32_t node = 0; node < graph_->nodes(); ++node) {
    if (ranks_[node] > rank) ++position;
  }
  return position;
}

// Each part of the standing is rounded down by itself; the difference to the
// rounded whole is reported as a part of its own, so the numbers sum.
Error StandingEngine::Explain(std::string_view bytes, ByteBuffer* out) const {
  msg::NodeRequest request;
  size_t top = 0;
  Error error = Decode(bytes, &request);
  if (error.ok()) error = ReadTop(request.top, &top);
  if (!error.ok()) return std::move(error).Within("request");
  const uint32_t node = graph_->Find(request.id);
  if (node == IdTable::kNone) {
    return {Code::kNotFound, "request.id",
            Quoted(request.id) + " is no node of the graph"};
  }
  RankExplanation opened{};
  error = Stopped([&]() -> Error {
    opened = ranks_.Explain(node, top);
    return {};
  });
  if (!error.ok()) return error;
  const auto share = [this](std::string_view source, uint64_t rank) {
    return msg::NodeShare{source, rank, StandingOf(rank)};
  };
  msg::NodeReport report;
  report.id = graph_->Id(node);
  report.rank = opened.rank;
  report.standing_micros = ranks_.StandingMicros(node);
  report.position = PositionOf(opened.rank);
  report.seed_rank = opened.seed_share;
  report.seed_standing_micros = StandingOf(opened.seed_share);
  report.remainder_rank = opened.remainder;
  report.others = share({}, opened.others);
  report.others_count = opened.other_nodes;
  report.rounded_standing_micros = report.standing_micros -
                                   report.seed_standing_micros -
                                   report.others->standing_micros;
  for (const Share& one : opened.top) {
    report.top.push_back(share(graph_->Id(one.node), one.amount));
    report.rounded_standing_micros -= report.top.back().standing_micros;
  }
  report.graph = MessageOf(identity_);
  Encode(report, out);
  return {};
}

// --------------------------------------------------------------------- graph

Error GraphEngine::New(std::shared_ptr<const Engine::Core> core,
                       std::string_view bytes,
                       std::unique_ptr<GraphEngine>* out) {
  msg::GraphOptions options;
  Error error = Decode(bytes, &options);
  if (error.ok()) {
    error = Match(options.algorithm, options.fingerprint, core->description);
  }
  if (!error.ok()) return std::move(error).Within("options");
  out->reset(new GraphEngine(std::move(core)));
  return {};
}

Error GraphEngine::CanGrow() const {
  if (is_lost_) {
    return {Code::kFailedPrecondition, "graph",
            "has lost edges; it can only be released"};
  }
  if (graph_ != nullptr) {
    return {Code::kFailedPrecondition, "graph",
            "has been run, and can have no more edges"};
  }
  return {};
}

// Nodes may exist already; only edges move to the scratch.
Error GraphEngine::SpillTo(uint64_t memory_bytes, WriteFunction write,
                           ReadAtFunction read_at) {
  if (Error error = CanGrow(); !error.ok()) return error;
  if (Error error = CheckSpillMemory(memory_bytes); !error.ok()) return error;
  if (spills_ || builder_.edges() > 0) {
    return {Code::kFailedPrecondition, "graph", "is not new"};
  }
  auto scratch = std::make_shared<Scratch>();
  Connect(std::move(write), std::move(read_at), scratch.get());
  builder_.SpillTo(std::move(scratch), memory_bytes);
  spills_ = true;
  return {};
}

// A failure in the middle leaves an unknown part of the edges added, so nothing
// but release is allowed afterwards.
template <typename Body>
Error GraphEngine::Grow(Body body) {
  is_lost_ = true;  // stays so if std::bad_alloc is thrown
  Error error = Stopped(body);
  is_lost_ =
      error.code() == Code::kCancelled || error.code() == Code::kTooLarge;
  return error;
}

Error GraphEngine::Add(std::string_view bytes) {
  if (Error error = CanGrow(); !error.ok()) return error;
  if (Error error = CheckSize("edges", bytes); !error.ok()) return error;
  const auto items = [bytes] {
    return Items<msg::Edge>("EdgeBatch", msg::EdgeBatch::kEdgesField, "edges",
                            bytes);
  };
  // Two passes: the first checks every edge, the second adds them, so that a
  // batch is added completely or not at all.
  FirstFault fault;
  Items<msg::Edge> checked = items();
  while (checked.Next()) {
    if (!fault.ok()) continue;
    const msg::Edge& edge = checked.item();
    const size_t row = checked.index();
    fault.Add(CheckId(edge.source, "edges", row, "source"));
    fault.Add(CheckId(edge.target, "edges", row, "target"));
    fault.Add(CheckWeight(edge.weight, "edges", row));
  }
  fault.Add(checked.error());
  if (!fault.ok()) return OfList("edges", fault.Take());
  return Grow([&]() -> Error {
    Items<msg::Edge> edges = items();
    while (edges.Next()) {
      const msg::Edge& edge = edges.item();
      builder_.AddEdge(edge.source, edge.target, edge.weight.value_or(1));
    }
    return edges.error();
  });
}

Error GraphEngine::AddColumns(Owned<ArrowSchema> schema,
                              Owned<ArrowArray> array) {
  if (Error error = CanGrow(); !error.ok()) return error;
  EdgeColumns columns;
  Error error = columns.Open(*schema, *array);
  if (!error.ok()) return error;
  return Grow([&]() -> Error {
    char source[TextColumn::kDigits];
    char target[TextColumn::kDigits];
    for (size_t row = 0; row < columns.rows(); ++row) {
      builder_.AddEdge(columns.Source(row, source), columns.Target(row, target),
                       columns.Weight(row));
    }
    return {};
  });
}

// Tallies of different points in time would mix differently decayed weights.
Error GraphEngine::AddTally(TallyEngine* tally) {
  if (Error error = CanGrow(); !error.ok()) return error;
  const Description& own = core_->description;
  const Description& theirs = tally->description();
  if (own.fingerprint != theirs.fingerprint) {
    return {Code::kAlgorithmMismatch, "tally",
            "is for " + Quoted(theirs.algorithm.id) + ", not for " +
                Quoted(own.algorithm.id)};
  }
  const int64_t as_of = tally->as_of_seconds();
  if (as_of_.value_or(as_of) != as_of) {
    return {Code::kInvalidArgument, "tally",
            "is as of " + std::to_string(as_of) + ", another as of " +
                std::to_string(*as_of_)};
  }
  Error error = Grow([&] { return tally->AddEdges(&builder_); });
  if (error.ok()) as_of_ = as_of;
  return error;
}

Error GraphEngine::Seed(std::string_view bytes) {
  if (Error error = CheckSize("seeds", bytes); !error.ok()) return error;
  msg::SeedList list;
  if (Error error = ReadSeeds(bytes, &list); !error.ok()) return error;
  const bool is_listed = !list.seeds.empty() || (!list.anew && !seeds_.empty());
  const bool is_uniform =
      list.kind == SeedKind::kUniform || (!list.anew && is_uniform_);
  if (is_uniform && is_listed) {
    return {Code::kInvalidArgument, "seeds",
            "are all nodes, or those of a list, and not both"};
  }
  std::vector<std::pair<std::string, uint64_t>> added;
  for (const msg::Seed& seed : list.seeds) {
    added.emplace_back(seed.id, seed.weight.value_or(1));
  }
  if (list.anew) {
    seeds_.swap(added);
  } else {
    // Reserving is the only step that can fail, so seeds are added completely
    // or not at all. Capacity doubles to keep many small lists linear.
    if (seeds_.capacity() - seeds_.size() < added.size()) {
      seeds_.reserve(
          std::max(2 * seeds_.capacity(), seeds_.size() + added.size()));
    }
    std::move(added.begin(), added.end(), std::back_inserter(seeds_));
  }
  is_uniform_ = is_uniform;
  return {};
}

// Building consumes the builder, so a failure in between loses the edges for
// good.
Error GraphEngine::PutInOrder() {
  if (graph_ != nullptr) return {};
  if (Error error = CanGrow(); !error.ok()) return error;
  auto graph = std::make_shared<Graph>();
  is_lost_ = true;
  Error error =
      Stopped([&] { return Graph::Build(std::move(builder_), graph.get()); });
  if (!error.ok()) return error;
  graph_ = std::move(graph);
  is_lost_ = false;
  return {};
}

// Ids are resolved only now, because seeds may be added before their nodes.
Error GraphEngine::CollectSeeds(Seeds* seeds) const {
  if (is_uniform_) {
    *seeds = Seeds::Uniform(*graph_);
    return {};
  }
  for (const auto& [id, weight] : seeds_) {
    Error error = seeds->Add(*graph_, id, weight);
    if (!error.ok()) return error;
  }
  return {};
}

// Digests that the caller expects are compared before the first step: a run on
// the wrong graph should not cost an hour.
Error GraphEngine::Run(std::string_view bytes,
                       const StandingRun::Progress& progress,
                       std::shared_ptr<const StandingEngine>* out) {
  msg::RunOptions options;
  Error error = Decode(bytes, &options);
  if (error.ok()) error = CheckThreads(options.threads);
  if (!error.ok()) return std::move(error).Within("options");
  if (seeds_.empty() && !is_uniform_) {
    return {Code::kFailedPrecondition, "seeds",
            "there are none; without seeds there is no standing"};
  }
  const StandingRule& rule = core_->description.algorithm.standing;
  // Ordering the edges takes as long as several steps, so the caller may cancel
  // before it.
  if (graph_ == nullptr && progress && !progress(0, rule.iterations)) {
    return {Code::kCancelled, "progress", "the caller's function said so"};
  }
  error = PutInOrder();
  if (!error.ok()) return error;
  Seeds seeds;
  error = CollectSeeds(&seeds);
  if (!error.ok()) return error;
  for (const auto& [expected, is, field] :
       {std::tuple{options.graph_digest, graph_->digest(), "graph_digest"},
        std::tuple{options.seeds_digest, seeds.Digest(*graph_),
                   "seeds_digest"}}) {
    if (!expected.empty() && expected != is) {
      return {Code::kFailedPrecondition, std::string("options.") + field,
              "is " + Quoted(expected) + "; there is " + Quoted(is)};
    }
  }
  Ranks ranks;
  error = Stopped([&] {
    return StandingRun::Run(*graph_, seeds, rule,
                            std::max<size_t>(1, options.threads), progress,
                            &ranks);
  });
  if (!error.ok()) return error;
  *out = std::make_shared<const StandingEngine>(core_, graph_, std::move(seeds),
                                                std::move(ranks));
  return {};
}

}  // namespace influence
