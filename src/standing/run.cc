// The iterations of STANDING.md on a Graph. A step sends the kept part of each
// rank along the edges and returns everything else, the leak, to the seeds, so
// ranks always sum to exactly 2^62. All sums are of integers: threads, segments
// and spilling change the time, never a bit.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/muldiv.h"
#include "scoring/parallel.h"
#include "standing/graph.h"

namespace influence {
namespace {

// Estimated work in units of one edge: of a row, of a node, and the least of a
// part. Parts are cut at blocks of nodes.
constexpr unsigned kBlockBits = 6;
constexpr uint64_t kRowWork = 6;
constexpr uint64_t kNodeWork = 2;
constexpr uint64_t kPartWork = uint64_t{1} << 16;  // no part is smaller

// D of STANDING.md: d * 2^64, rounded down, for d = 1 - teleport / 10^6. The
// two shifts keep both factors of the product within 64 bits.
uint64_t Damping(Micros teleport) {
  const uint64_t kept = static_cast<uint64_t>(kOne - teleport);  // below 2^20
  return MulDivFloor(kept << 44, uint64_t{1} << 20, uint64_t{kOne}).quotient;
}

// Divides a leak among the seeds: each gets its share rounded down, and the
// units left over go one each to the first seeds (STANDING.md). There are fewer
// of them than seeds.
class Division {
 public:
  Division(uint64_t leak, const std::vector<Seed>& seeds, uint64_t total)
      : leak_(leak), total_(total), rest_(leak) {
    for (const Seed& seed : seeds) rest_ -= Share(seed.weight);
  }
  // Equal shares for `nodes` nodes.
  Division(uint64_t leak, uint64_t nodes)
      : leak_(leak), total_(nodes), rest_(leak % nodes) {}

  uint64_t Share(uint64_t weight) const {
    return MulDivFloor(leak_, weight, total_).quotient;
  }
  // 1 if the seed at this position gets a left-over unit.
  uint64_t Extra(uint64_t index) const { return index < rest_ ? 1 : 0; }

 private:
  uint64_t leak_;
  uint64_t total_;
  uint64_t rest_;
};

// Four accumulators, so that additions need not wait for each other. An AVX-512
// gather does the same loads and is no faster.
uint64_t SumOf(const uint64_t* sent, const uint16_t* source, size_t count) {
  uint64_t a = 0, b = 0, c = 0, d = 0;  // independent sums
  for (; count >= 4; count -= 4, source += 4) {
    a += sent[source[0]];
    b += sent[source[1]];
    c += sent[source[2]];
    d += sent[source[3]];
  }
  for (; count > 0; --count, ++source) a += sent[*source];
  return (a + b) + (c + d);
}

// The shares of an uneven graph: one product of 64 by 64 bits per edge, of
// which the upper half is sent.
uint64_t SumOf(const uint64_t* sent, const uint64_t* shares,
               const uint16_t* source, size_t count) {
  uint64_t sum = 0;
  for (size_t i = 0; i < count; ++i) {
    sum += MultiplyHigh(sent[source[i]], shares[i]);
  }
  return sum;
}

// Orders shares: the largest first, then by node.
bool Before(const Share& a, const Share& b) {
  return a.amount != b.amount ? a.amount > b.amount : a.node < b.node;
}

}  // namespace

// The state between two iterations. The leak of a step is handed out at the
// beginning of the next one, in the same pass over all places.
class StandingRun::Step {
 public:
  Step(const Graph& graph, const Seeds& seeds, const StandingRule& rule,
       size_t threads)
      : graph_(graph),
        damping_(Damping(rule.teleport)),
        uniform_(seeds.uniform()),
        seeds_(seeds.Sorted()),
        total_(seeds.total()),
        leak_(kTotalRank),
        rank_(graph.nodes()),
        sent_(graph.nodes()) {
    Cut(threads);
    received_.resize(cuts_.size() - 1);
    team_.emplace(received_.size());
  }

  void Take() {
    HandOut(/*send=*/true);
    team_->Run(received_.size(), [this](size_t part) { Receive(part); });
    leak_ = kTotalRank;
    for (const uint64_t sum : received_) leak_ -= sum;
  }

  void Finish(Ranks* ranks) {
    HandOut(/*send=*/false);
    ranks->ranks_ = std::move(rank_);
    ranks->sent_ = std::move(sent_);
    ranks->leak_ = leak_;
  }

 private:
  // The first row and edge of a part in each segment.
  using Begins = std::vector<Graph::Begin>;

  void Cut(size_t threads);
  void HandOut(bool send);
  void Receive(size_t part);

  const Graph& graph_;
  const uint64_t damping_;
  const bool uniform_;
  const std::vector<Seed> seeds_;
  const uint64_t total_;
  uint64_t leak_;
  LargeArray<uint64_t> rank_, sent_;
  std::vector<size_t> cuts_;    // places: where each part begins, and the end
  std::vector<Begins> begins_;  // by cut, by segment
  std::vector<uint64_t> received_;
  std::optional<Team> team_;
};

size_t StandingRun::PartsOf(const Graph& graph, size_t threads) {
  if (graph.file_ != nullptr) return 1;  // one thread reads the file
  const uint64_t blocks = (graph.nodes() >> kBlockBits) + 1;
  const uint64_t work = (blocks * kNodeWork << kBlockBits) +
                        graph.sources_.size() + kRowWork * graph.rows_.size();
  return static_cast<size_t>(
      std::max<uint64_t>(1, std::min<uint64_t>(threads, work / kPartWork)));
}

// Cuts the places into parts of about equal work, at multiples of a block. A
// part owns its places, so no two threads add to the same rank.
void StandingRun::Step::Cut(size_t threads) {
  const size_t nodes = graph_.nodes();
  const size_t segments =
      graph_.file_ != nullptr ? 0 : graph_.segments_.size() - 1;
  const size_t parts = PartsOf(graph_, threads);
  std::vector<uint64_t> work((nodes >> kBlockBits) + 1,
                             kNodeWork << kBlockBits);
  uint64_t all = work.size() * work[0];
  if (parts > 1) {
    for (size_t i = 0; i < graph_.rows_.size(); ++i) {
      work[graph_.rows_[i] >> kBlockBits] += graph_.counts_[i] + kRowWork;
    }
    all += graph_.sources_.size() + kRowWork * graph_.rows_.size();
  }
  cuts_.push_back(0);
  uint64_t done = 0;
  for (size_t block = 0; block < work.size() && cuts_.size() < parts; ++block) {
    done += work[block];
    const size_t end = std::min(nodes, (block + 1) << kBlockBits);
    if (done >= all / parts * cuts_.size() && end > cuts_.back()) {
      cuts_.push_back(end);
    }
  }
  if (cuts_.back() != nodes) cuts_.push_back(nodes);

  begins_.resize(cuts_.size());
  for (size_t segment = 0; segment < segments; ++segment) {
    Graph::Begin at = graph_.segments_[segment];
    const uint64_t end = graph_.segments_[segment + 1].row;
    for (size_t cut = 0; cut < cuts_.size(); ++cut) {
      while (at.row < end && graph_.rows_[at.row] < cuts_[cut]) {
        at.edge += graph_.counts_[at.row++] + uint64_t{1};
      }
      begins_[cut].push_back(at);
    }
  }
}

// Adds the leak to the seeds. With `send` it also computes the amount that each
// node sends and resets the ranks to zero, ready to be summed.
void StandingRun::Step::HandOut(bool send) {
  const size_t nodes = graph_.nodes();
  const Division division =
      uniform_ ? Division(leak_, nodes) : Division(leak_, seeds_, total_);
  for (size_t i = 0; i < seeds_.size(); ++i) {
    rank_[graph_.PlaceOf(seeds_[i].node)] +=
        division.Share(seeds_[i].weight) + division.Extra(i);
  }
  const uint64_t everyone = uniform_ ? division.Share(1) : 0;
  const bool is_even = !graph_.even_.empty();
  if (!send && !uniform_) return;
  team_->Run(received_.size(), [&](size_t part) {
    const size_t end = nodes * (part + 1) / received_.size();
    for (size_t i = nodes * part / received_.size(); i < end; ++i) {
      if (uniform_) rank_[i] += everyone + division.Extra(graph_.NodeAt(i));
      if (!send) continue;
      const uint64_t kept = MultiplyHigh(rank_[i], damping_);
      sent_[i] = is_even ? MultiplyHigh(kept, graph_.even_[i]) : kept;
      rank_[i] = 0;
    }
  });
}

// Sums the amounts that the places of one part receive, one segment of sources
// at a time: the amounts of a segment fit the cache nearest to a processor.
void StandingRun::Step::Receive(size_t part) {
  constexpr size_t kSegment = size_t{1} << Graph::kLocalBits;
  const uint32_t* const rows = graph_.rows_.begin();
  const uint16_t* const counts = graph_.counts_.begin();
  uint64_t* const rank = rank_.begin();
  if (graph_.file_ != nullptr) {
    graph_.file_->ForEachRow([&](const GivenRow& row) {
      const uint64_t kept = sent_[row.node];
      if (row.shares == nullptr) {
        const uint64_t each = MultiplyHigh(kept, row.share);
        for (size_t i = 0; i < row.count; ++i) rank[row.to[i]] += each;
        return;
      }
      for (size_t i = 0; i < row.count; ++i) {
        rank[row.to[i]] += MultiplyHigh(kept, row.shares[i]);
      }
    });
  }
  for (size_t segment = 0; segment < begins_[part].size(); ++segment) {
    const uint64_t* const sent = sent_.begin() + segment * kSegment;
    const Graph::Begin begin = begins_[part][segment];
    const uint64_t end = begins_[part + 1][segment].row;
    const uint16_t* source = graph_.sources_.begin() + begin.edge;
    if (graph_.shares_.empty()) {
      for (uint64_t row = begin.row; row < end; ++row) {
        const size_t count = counts[row] + size_t{1};
        rank[rows[row]] += SumOf(sent, source, count);
        source += count;
      }
    } else {
      const uint64_t* shares = graph_.shares_.begin() + begin.edge;
      for (uint64_t row = begin.row; row < end; ++row) {
        const size_t count = counts[row] + size_t{1};
        rank[rows[row]] += SumOf(sent, shares, source, count);
        source += count;
        shares += count;
      }
    }
  }
  uint64_t sum = 0;
  for (size_t place = cuts_[part]; place < cuts_[part + 1]; ++place) {
    sum += rank[place];
  }
  received_[part] = sum;
}

Error StandingRun::Run(const Graph& graph, const Seeds& seeds,
                       const StandingRule& rule, size_t threads,
                       const Progress& progress, Ranks* ranks) {
  if (rule.teleport < 1 || rule.teleport >= kOne) {
    return Error(Code::kOutOfRange, "teleport_micros", "is not 1 to 999999");
  }
  if (rule.iterations < 1 || rule.iterations > kMaxIterations) {
    return Error(Code::kOutOfRange, "iterations", "is not 1 to 10000");
  }
  const size_t nodes = graph.nodes();
  if (nodes == 0) {
    return Error(Code::kFailedPrecondition, "graph", "has no nodes");
  }
  if (seeds.empty()) {
    return Error(Code::kNotFound, "seeds",
                 "none of them is a node of the graph and has a weight");
  }
  Step step(graph, seeds, rule, threads);
  for (uint32_t i = 0; i < rule.iterations; ++i) {
    if (progress && !progress(i, rule.iterations)) {
      return Error(Code::kCancelled, "progress",
                   "the caller's function said so");
    }
    step.Take();
  }
  if (progress && !progress(rule.iterations, rule.iterations)) {
    return Error(Code::kCancelled, "progress", "the caller's function said so");
  }
  Ranks done;
  done.graph_ = &graph;
  done.rule_ = rule;
  done.seeds_ = seeds;
  step.Finish(&done);
  *ranks = std::move(done);
  return Error();
}

Micros Ranks::StandingMicros(uint32_t node) const {
  // nodes * 10^6 is below 2^52, a rank at most 2^62: the quotient is small.
  return static_cast<Micros>(
      MulDivFloor((*this)[node], graph_->nodes() * uint64_t{kOne}, kTotalRank)
          .quotient);
}

// Recomputes the last step for one node from the amounts that were sent, so the
// parts sum to its rank exactly.
RankExplanation Ranks::Explain(uint32_t node, size_t top) const {
  std::vector<Share> shares;
  graph_->ForEachSource(graph_->PlaceOf(node), [&](uint32_t source,
                                                   const uint64_t* share) {
    const uint64_t sent = sent_[source];
    shares.push_back({graph_->NodeAt(source),
                      share == nullptr ? sent : MultiplyHigh(sent, *share)});
  });
  std::sort(shares.begin(), shares.end(), Before);
  RankExplanation explanation{(*this)[node], 0, 0, {}, 0, 0};
  if (seeds_.uniform()) {
    const Division division(leak_, graph_->nodes());
    explanation.seed_share = division.Share(1);
    explanation.remainder = division.Extra(node);
  } else {
    const std::vector<Seed> sorted = seeds_.Sorted();
    const Division division(leak_, sorted, seeds_.total());
    for (size_t i = 0; i < sorted.size(); ++i) {
      if (sorted[i].node != node) continue;
      explanation.seed_share = division.Share(sorted[i].weight);
      explanation.remainder = division.Extra(i);
    }
  }
  const size_t shown = std::min(top, shares.size());
  for (size_t i = shown; i < shares.size(); ++i) {
    explanation.others += shares[i].amount;
  }
  explanation.other_nodes = shares.size() - shown;
  shares.resize(shown);
  explanation.top = std::move(shares);
  return explanation;
}

}  // namespace influence
