#include <algorithm>
#include <utility>

#include "base/muldiv.h"
#include "scoring/parallel.h"
#include "standing/standing.h"

namespace influence {
namespace {

// d * 2^64, rounded down, for d = 1 - teleport / 10^6.
uint64_t Damping(Micros teleport) {
  const uint64_t kept = static_cast<uint64_t>(kOne - teleport);  // below 2^20
  return MulDivFloor(kept << 44, uint64_t{1} << 20, uint64_t{kOne}).quotient;
}

// Hands out what is left of a leak once everybody has their share rounded
// down: one unit each, to the first of the seeds.
class Division {
 public:
  Division(uint64_t leak, const std::vector<Seed>& seeds, uint64_t total)
      : leak_(leak), total_(total), rest_(leak) {
    for (const Seed& seed : seeds) rest_ -= Share(seed.weight);
  }
  // Among `nodes` alike.
  Division(uint64_t leak, uint64_t nodes)
      : leak_(leak), total_(nodes), rest_(leak % nodes) {}

  uint64_t Share(uint64_t weight) const {
    return MulDivFloor(leak_, weight, total_).quotient;
  }
  // Of the seed with that many before it.
  uint64_t Extra(uint64_t index) const { return index < rest_ ? 1 : 0; }

 private:
  uint64_t leak_;
  uint64_t total_;
  uint64_t rest_;
};

// Places in pieces of about equally much work, so that as many pieces for each
// thread are as much work.
std::vector<size_t> Pieces(const LargeArray<uint64_t>& row_begins,
                           size_t nodes) {
  constexpr uint64_t kPieceWork = uint64_t{1} << 18;
  constexpr uint64_t kNodeWork = 8;  // as much as so many edges
  std::vector<size_t> ends{0};
  uint64_t begun = 0;
  for (size_t place = 0; place < nodes; ++place) {
    const uint64_t work = row_begins[place + 1] + kNodeWork * (place + 1);
    if (work - begun >= kPieceWork) {
      ends.push_back(place + 1);
      begun = work;
    }
  }
  if (ends.back() != nodes) ends.push_back(nodes);
  return ends;
}

uint64_t SumOf(const uint64_t* sent, const uint32_t* source,
               const uint32_t* end) {
  uint64_t sums[4] = {0, 0, 0, 0};  // additions that need not wait
  for (; end - source >= 4; source += 4) {
    for (int i = 0; i < 4; ++i) sums[i] += sent[source[i]];
  }
  for (; source < end; ++source) sums[0] += sent[*source];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

uint64_t SumOf(const uint64_t* sent, const uint64_t* shares,
               const uint32_t* source, const uint32_t* end) {
  uint64_t sum = 0;
  for (; source < end; ++source, ++shares) {
    sum += MultiplyHigh(sent[*source], *shares);
  }
  return sum;
}

// Largest first, then by node.
bool Before(const Share& a, const Share& b) {
  return a.amount != b.amount ? a.amount > b.amount : a.node < b.node;
}

}  // namespace

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
  if (seeds.empty() || nodes == 0) {
    return Error(Code::kInvalidArgument, "seeds",
                 "none of them is a node of the graph");
  }
  const uint64_t damping = Damping(rule.teleport);
  const std::vector<Seed> sorted = seeds.Sorted();
  const std::vector<size_t> ends = Pieces(graph.row_begins_, nodes);
  const size_t pieces = ends.size() - 1;
  std::vector<uint64_t> received(pieces);
  const size_t team = std::max<size_t>(1, std::min(threads, pieces));
  LargeArray<uint64_t> rank(nodes), sent(nodes);
  const bool even = graph.shares_.empty();

  const auto share_out = [&](const Division& division) {
    if (seeds.uniform()) {
      const uint64_t share = division.Share(1);
      for (size_t place = 0; place < nodes; ++place) {
        rank[place] += share + division.Extra(graph.nodes_[place]);
      }
      return;
    }
    for (size_t i = 0; i < sorted.size(); ++i) {
      rank[graph.places_[sorted[i].node]] +=
          division.Share(sorted[i].weight) + division.Extra(i);
    }
  };
  const auto divide = [&](uint64_t leak) {
    share_out(seeds.uniform() ? Division(leak, nodes)
                              : Division(leak, sorted, seeds.total()));
  };
  // Calls work(piece, begin, end) for every piece of the places.
  const auto for_all = [&](const auto& work) {
    RunParts(nodes, team, [&](size_t part, size_t, size_t) {
      for (size_t i = pieces * part / team; i < pieces * (part + 1) / team;
           ++i) {
        work(i, ends[i], ends[i + 1]);
      }
    });
  };

  divide(kTotalRank);
  LargeArray<uint64_t> previous(nodes);
  uint64_t leak = 0;
  for (uint32_t step = 0; step < rule.iterations; ++step) {
    if (progress && !progress(step, rule.iterations)) {
      return Error(Code::kCancelled, "", "cancelled by the caller");
    }
    for_all([&](size_t, size_t begin, size_t end) {
      for (size_t place = begin; place < end; ++place) {
        const uint64_t kept = MultiplyHigh(rank[place], damping);
        sent[place] = even ? MultiplyHigh(kept, graph.even_[place]) : kept;
      }
    });
    if (step + 1 == rule.iterations) rank.swap(previous);
    for_all([&](size_t piece, size_t begin, size_t end) {
      const uint32_t* sources = graph.sources_.begin();
      const uint64_t* rows = graph.row_begins_.begin();
      uint64_t sum = 0;
      for (size_t place = begin; place < end; ++place) {
        const uint32_t* first = sources + rows[place];
        const uint32_t* last = sources + rows[place + 1];
        rank[place] =
            even ? SumOf(sent.begin(), first, last)
                 : SumOf(sent.begin(), graph.shares_.begin() + rows[place],
                         first, last);
        sum += rank[place];
      }
      received[piece] = sum;
    });
    leak = kTotalRank;
    for (const uint64_t sum : received) leak -= sum;
    divide(leak);
  }
  if (progress && !progress(rule.iterations, rule.iterations)) {
    return Error(Code::kCancelled, "", "cancelled by the caller");
  }
  Ranks done;
  done.graph_ = &graph;
  done.rule_ = rule;
  done.seeds_ = seeds;
  done.ranks_ = std::move(rank);
  done.previous_ = std::move(previous);
  done.leak_ = leak;
  *ranks = std::move(done);
  return Error();
}

Micros Ranks::StandingMicros(uint32_t node) const {
  // nodes * 10^6 is below 2^52, a rank at most 2^62: the quotient is small.
  return static_cast<Micros>(
      MulDivFloor((*this)[node], graph_->nodes() * uint64_t{kOne}, kTotalRank)
          .quotient);
}

RankExplanation Ranks::Explain(uint32_t node, size_t top) const {
  const uint64_t damping = Damping(rule_.teleport);
  const uint32_t place = graph_->places_[node];
  std::vector<Share> shares;
  for (uint64_t i = graph_->row_begins_[place];
       i < graph_->row_begins_[place + 1]; ++i) {
    const uint32_t source = graph_->sources_[i];
    const uint64_t share =
        graph_->shares_.empty() ? graph_->even_[source] : graph_->shares_[i];
    const uint64_t kept = MultiplyHigh(previous_[source], damping);
    shares.push_back({graph_->nodes_[source], MultiplyHigh(kept, share)});
  }
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
