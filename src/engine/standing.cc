#include "engine/standing.h"

#include <algorithm>
#include <iterator>

#include "base/muldiv.h"
#include "columns/edges.h"
#include "engine/match.h"
#include "wire/standing.h"

namespace influence {
namespace {

Error TooLargeMessage(const char* field, size_t size) {
  return {Code::kTooLarge, field,
          "have " + std::to_string(size) + " bytes; the limit is " +
              std::to_string(kMaxRequestBytes)};
}

// What is wrong with an id or a weight; `what` and a number name its place.
Error CheckId(std::string_view id, const char* list, size_t i,
              const char* field) {
  if (!id.empty() && id.size() <= IdTable::kMaxIdBytes) return {};
  const std::string at =
      std::string(list) + "[" + std::to_string(i) + "]." + field;
  if (id.empty()) return {Code::kInvalidArgument, at, "is empty"};
  return {Code::kTooLarge, at,
          "has " + std::to_string(id.size()) + " bytes; the limit is " +
              std::to_string(IdTable::kMaxIdBytes)};
}

Error CheckWeight(uint64_t weight, const char* list, size_t i) {
  if (weight <= kMaxWeight) return {};
  return {Code::kOutOfRange,
          std::string(list) + "[" + std::to_string(i) + "].weight",
          std::to_string(weight) + " is over 2^63 - 1"};
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
      identity_{graph_->digest(), graph_->nodes(), graph_->edges(),
                seeds_.Digest(*graph_), ranks_.rule()} {}

void StandingEngine::Report(ByteBuffer* out) const {
  StandingReport report{};
  report.algorithm = core_->description.algorithm.id;
  report.fingerprint = core_->description.fingerprint;
  report.identity = identity_;
  report.added_edges = graph_->added_edges();
  report.self_loops = graph_->self_loops();
  report.weightless_edges = graph_->weightless();
  report.dangling_nodes = graph_->dangling();
  report.uniform = seeds_.uniform();
  report.seed_nodes =
      seeds_.uniform() ? graph_->nodes() : seeds_.Sorted().size();
  report.unknown_seeds = seeds_.unknown();
  report.weightless_seeds = seeds_.weightless();
  report.ranks_digest = ranks_.Digest();
  report.last_leak = ranks_.last_leak();
  // Two ranks of each node are kept: explaining one needs the step before.
  report.memory_bytes =
      graph_->MemoryBytes() + graph_->nodes() * 2 * sizeof(uint64_t);
  AppendStandingReport(report, out);
}

Micros StandingEngine::StandingOf(uint64_t rank) const {
  // As Ranks::StandingMicros(), of a part of a rank.
  return static_cast<Micros>(
      MulDivFloor(rank, graph_->nodes() * uint64_t{kOne}, kTotalRank).quotient);
}

uint64_t StandingEngine::PositionOf(uint64_t rank) const {
  uint64_t position = 1;
  for (uint32_t node = 0; node < graph_->nodes(); ++node) {
    if (ranks_[node] > rank) ++position;
  }
  return position;
}

Error StandingEngine::Explain(std::string_view bytes, ByteBuffer* out) const {
  NodeRequest request;
  Error error = ReadNodeRequest(bytes, &request);
  if (!error.ok()) return std::move(error).Within("request");
  const uint32_t node = graph_->Find(request.id);
  if (node == IdTable::kNone) {
    return {Code::kInvalidArgument, "request.id",
            Quoted(request.id) + " is no node of the graph"};
  }
  RankExplanation opened{};
  error = Stopped([&]() -> Error {
    opened = ranks_.Explain(node, request.top);
    return {};
  });
  if (!error.ok()) return error;
  NodeReport report{};
  report.id = graph_->Id(node);
  report.rank = opened.rank;
  report.standing = ranks_.StandingMicros(node);
  report.position = PositionOf(opened.rank);
  report.seed_rank = opened.seed_share;
  report.seed_standing = StandingOf(opened.seed_share);
  report.remainder_rank = opened.remainder;
  report.others = {{}, opened.others, StandingOf(opened.others)};
  report.others_count = opened.other_nodes;
  report.rounded_standing =
      report.standing - report.seed_standing - report.others.standing;
  for (const Share& share : opened.top) {
    report.top.push_back(
        {graph_->Id(share.node), share.amount, StandingOf(share.amount)});
    report.rounded_standing -= report.top.back().standing;
  }
  report.identity = identity_;
  AppendNodeReport(report, out);
  return {};
}

// --------------------------------------------------------------------- graph

Error GraphEngine::New(std::shared_ptr<const Engine::Core> core,
                       std::string_view bytes,
                       std::unique_ptr<GraphEngine>* out) {
  GraphOptions options;
  Error error = ReadGraphOptions(bytes, &options);
  if (error.ok()) {
    error = Match(options.algorithm, options.fingerprint, core->description);
  }
  if (!error.ok()) return std::move(error).Within("options");
  out->reset(new GraphEngine(std::move(core)));
  return {};
}

Error GraphEngine::CanGrow() const {
  if (is_lost_) {
    return {Code::kInvalidArgument, "graph",
            "has lost edges; it can only be released"};
  }
  if (graph_ != nullptr) {
    return {Code::kInvalidArgument, "graph",
            "has been run, and can have no more edges"};
  }
  return {};
}

Error GraphEngine::SpillTo(uint64_t memory_bytes, WriteFunction write,
                           ReadAtFunction read_at) {
  if (Error error = CanGrow(); !error.ok()) return error;
  if (Error error = CheckSpillMemory(memory_bytes); !error.ok()) return error;
  if (spills_ || builder_.edges() > 0) {
    return {Code::kInvalidArgument, "graph", "is not new"};
  }
  auto scratch = std::make_shared<Scratch>();
  Connect(std::move(write), std::move(read_at), scratch.get());
  builder_.SpillTo(std::move(scratch), memory_bytes);
  spills_ = true;
  return {};
}

// After a failure nobody knows what was added.
template <typename Body>
Error GraphEngine::Grow(Body body) {
  is_lost_ = true;  // what is thrown, std::bad_alloc, goes through
  Error error = Stopped(body);
  is_lost_ =
      error.code() == Code::kCancelled || error.code() == Code::kTooLarge;
  return error;
}

Error GraphEngine::Add(std::string_view bytes) {
  if (Error error = CanGrow(); !error.ok()) return error;
  if (bytes.size() > kMaxRequestBytes) {
    return TooLargeMessage("edges", bytes.size());
  }
  // Once to see that all of it can be taken, once to take it.
  Error fault;
  size_t i = 0;
  Error error = ReadEdges(bytes, [&](const WireEdge& edge) {
    if (fault.ok()) fault = CheckId(edge.from, "edges", i, "from");
    if (fault.ok()) fault = CheckId(edge.to, "edges", i, "to");
    if (fault.ok()) fault = CheckWeight(edge.weight, "edges", i);
    ++i;
  });
  if (!error.ok()) return std::move(error).Within("edges");
  if (!fault.ok()) return fault;
  return Grow([&]() -> Error {
    return ReadEdges(bytes, [&](const WireEdge& edge) {
      builder_.AddEdge(edge.from, edge.to, edge.weight);
    });
  });
}

Error GraphEngine::AddColumns(Owned<ArrowSchema> schema,
                              Owned<ArrowArray> array) {
  if (Error error = CanGrow(); !error.ok()) return error;
  EdgeColumns columns;
  Error error = columns.Open(*schema, *array);
  if (!error.ok()) return error;
  return Grow([&]() -> Error {
    char from[TextColumn::kDigits];
    char to[TextColumn::kDigits];
    for (size_t row = 0; row < columns.rows(); ++row) {
      builder_.AddEdge(columns.From(row, from), columns.To(row, to),
                       columns.Weight(row));
    }
    return {};
  });
}

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
  as_of_ = as_of;
  return Grow([&] { return tally->AddEdges(&builder_); });
}

Error GraphEngine::Seed(std::string_view bytes) {
  if (bytes.size() > kMaxRequestBytes) {
    return TooLargeMessage("seeds", bytes.size());
  }
  SeedList list;
  Error error = ReadSeeds(bytes, &list);
  for (size_t i = 0; error.ok() && i < list.seeds.size(); ++i) {
    error = CheckId(list.seeds[i].id, "seeds", i, "id");
    if (error.ok()) error = CheckWeight(list.seeds[i].weight, "seeds", i);
    if (!error.ok()) return error;
  }
  if (!error.ok()) return std::move(error).Within("seeds");
  const bool is_listed = !list.seeds.empty() || (!list.anew && !seeds_.empty());
  const bool is_uniform = list.uniform || (!list.anew && is_uniform_);
  if (is_uniform && is_listed) {
    return {Code::kInvalidArgument, "seeds",
            "are all nodes, or those of a list, and not both"};
  }
  std::vector<std::pair<std::string, uint64_t>> added;
  for (const WireSeed& seed : list.seeds) {
    added.emplace_back(seed.id, seed.weight);
  }
  if (list.anew) {
    seeds_.swap(added);
  } else {
    // All or none: only making room can fail, and room doubles.
    if (seeds_.capacity() - seeds_.size() < added.size()) {
      seeds_.reserve(
          std::max(2 * seeds_.capacity(), seeds_.size() + added.size()));
    }
    std::move(added.begin(), added.end(), std::back_inserter(seeds_));
  }
  is_uniform_ = is_uniform;
  return {};
}

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

Error GraphEngine::Run(std::string_view bytes,
                       const StandingRun::Progress& progress,
                       std::shared_ptr<const StandingEngine>* out) {
  RunOptions options;
  Error error = ReadRunOptions(bytes, &options);
  if (!error.ok()) return std::move(error).Within("options");
  if (seeds_.empty() && !is_uniform_) {
    return {Code::kInvalidArgument, "seeds",
            "there are none; without seeds there is no standing"};
  }
  const StandingRule& rule = core_->description.algorithm.standing;
  // Putting it in order takes as long as some steps.
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
      return {Code::kInvalidArgument, std::string("options.") + field,
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
