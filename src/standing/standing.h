// Influence that flows through a directed graph of reactions, from seeds.
// algorithm/v1/STANDING.md is the rule.
//
//   sent_vu = floor(floor(rank_v * D / 2^64) * c_vu / 2^64),  D = d * 2^64
//   c_vu    = floor((2^64 - 1) * weight_vu / all weight that v gives)
//   leak    = T - sum of everything sent
//   rank_u  = sum over v of sent_vu  +  u's part of the leak
//
// with T = 2^62 for everybody together. All sums are of integers that stay
// below T, so neither order, threads nor layout can show in a result.
#ifndef INFLUENCE_STANDING_STANDING_H_
#define INFLUENCE_STANDING_STANDING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/large_array.h"
#include "base/micros.h"
#include "model/error.h"
#include "model/standing.h"
#include "standing/edge_file.h"
#include "tally/id_table.h"

namespace influence {

// The most that the edges from one node may weigh together.
inline constexpr uint64_t kMaxWeight = INT64_MAX;

// Edges as they come, in any order and any number of calls.
class GraphBuilder {
 public:
  // The number by which AddEdge() knows an id of 1 .. IdTable::kMaxIdBytes
  // bytes; it depends on the order of calls and reaches no result. The id is a
  // node from now on, edges or not. Throws std::length_error when there are no
  // numbers left, std::bad_alloc.
  uint32_t AddNode(std::string_view id) { return ids_.Intern(id); }

  // From who reacts to who receives. Edges of one pair add up. An edge from a
  // node to itself and one of weight zero are counted and ignored, their ids
  // are nodes all the same. Requires weight <= kMaxWeight. Throws
  // std::bad_alloc, after which the builder can only be destroyed.
  void AddEdge(uint32_t from, uint32_t to, uint64_t weight);
  void AddEdge(std::string_view from, std::string_view to, uint64_t weight) {
    const uint32_t source = AddNode(from);
    AddEdge(source, AddNode(to), weight);
  }

  // From now on edges go where there is room for them, and about
  // `memory_bytes` are in memory besides the nodes. What the scratch throws
  // goes through AddEdge(), Graph::Build(), StandingRun::Run() and
  // Ranks::Explain(). Requires that there are no edges yet.
  void SpillTo(std::shared_ptr<Scratch> scratch, uint64_t memory_bytes);

  uint64_t edges() const {  // that are not ignored
    return file_ != nullptr ? file_->added() : from_.size();
  }
  uint64_t self_loops() const { return self_loops_; }
  uint64_t weightless() const { return weightless_; }
  size_t MemoryBytes() const;

 private:
  friend class Graph;

  IdTable ids_;
  LargeArray<uint32_t> from_;
  LargeArray<uint32_t> to_;
  LargeArray<uint64_t> weights_;  // empty while all are 1
  std::unique_ptr<EdgeFile> file_;
  uint64_t self_loops_ = 0;
  uint64_t weightless_ = 0;
};

// Everything that has been said about a graph; does not change. Its nodes are
// numbered in ascending order of their ids, compared as unsigned bytes.
class Graph {
 public:
  // Takes what the builder has, which is then of no more use. Fails, leaving
  // *graph as it was, with OUT_OF_RANGE if the edges from one node weigh more
  // than kMaxWeight. Throws std::bad_alloc.
  static Error Build(GraphBuilder&& builder, Graph* graph);

  size_t nodes() const { return ids_.size(); }
  uint64_t edges() const {  // distinct pairs
    return file_ != nullptr ? file_->edges() : sources_.size();
  }
  uint64_t added_edges() const { return added_edges_; }
  uint64_t self_loops() const { return self_loops_; }
  uint64_t weightless() const { return weightless_; }
  size_t dangling() const { return dangling_; }  // nodes without an edge away

  std::string_view Id(uint32_t node) const { return ids_[sorted_[node]]; }
  // Its number, or IdTable::kNone.
  uint32_t Find(std::string_view id) const;

  // Whether every node gives all it gives to the same weight, so that memory
  // has no share of each edge. Of what lies in a file there is no telling.
  bool is_even() const { return !even_.empty(); }

  // 64 hexadecimal digits, of the nodes and weighted edges alone.
  const std::string& digest() const { return digest_; }
  size_t MemoryBytes() const;

 private:
  friend class StandingRun;
  friend class Ranks;

  struct Light;
  struct Heavy;
  // A source's place within its segment.
  using Local = uint16_t;
  static constexpr unsigned kLocalBits = 16;

  template <typename Record>
  Error Arrange(LargeArray<Record> edges);
  void SetPlaces(const LargeArray<uint64_t>& begins);
  template <typename Record, typename Entry>
  void Fill(const LargeArray<Record>& edges, const LargeArray<uint64_t>& begins,
            const std::vector<uint64_t>& given);
  template <typename Entry>
  void AddSegment(const LargeArray<Entry>& entries);
  Error ArrangeFile(const std::vector<uint32_t>& node_of);
  Error TooHeavy(uint32_t node) const;
  // Calls visit(source's place, c) for all that give to a place; c is null if
  // the source gives evenly.
  using SourceVisit = std::function<void(uint32_t, const uint64_t*)>;
  void ForEachSource(uint32_t place, const SourceVisit& visit) const;
  uint32_t PlaceOf(uint32_t node) const {
    return file_ != nullptr ? node : places_[node];
  }
  uint32_t NodeAt(size_t place) const {
    return file_ != nullptr ? static_cast<uint32_t>(place) : nodes_[place];
  }

  // Inside, nodes have places: those that give to most come first. Places are
  // cut into segments of 2^16, of which what all give fits the cache nearest to
  // a processor. Edges lie by the segment of who gives, then by the place of
  // who receives: so what is read in no order is always in a cache, and a
  // source takes two bytes. Edges that were spilled lie in a file instead.
  IdTable ids_;
  std::unique_ptr<EdgeFile> file_;
  std::vector<uint32_t> sorted_;  // id numbers, by node
  std::vector<uint32_t> places_;  // by node
  std::vector<uint32_t> nodes_;   // by place
  struct Begin {
    uint64_t row;
    uint64_t edge;
  };
  std::vector<Begin> segments_;  // where each begins, and the end
  LargeArray<uint32_t> rows_;    // who receives, ascending in a segment
  LargeArray<uint16_t> counts_;  // from how many of the segment, less one
  LargeArray<Local> sources_;    // who gives, ascending in a row
  LargeArray<uint64_t> shares_;  // c, as sources_; empty if even
  LargeArray<uint64_t> even_;    // c by place, where every node gives all it
                                 // gives to the same weight; else empty
  uint64_t added_edges_ = 0;
  uint64_t self_loops_ = 0;
  uint64_t weightless_ = 0;
  size_t dangling_ = 0;
  std::string digest_;
};

struct Seed {
  uint32_t node;
  uint64_t weight;
};

// Where everything flows from.
class Seeds {
 public:
  // Every node alike.
  static Seeds Uniform(const Graph& graph);

  // Adds up what is said of one id. Ids that are no nodes and weights of zero
  // are counted and ignored. Fails with OUT_OF_RANGE when the weights add up to
  // more than kMaxWeight.
  Error Add(const Graph& graph, std::string_view id, uint64_t weight);

  bool uniform() const { return uniform_; }
  bool empty() const { return !uniform_ && total_ == 0; }
  uint64_t unknown() const { return unknown_; }
  uint64_t weightless() const { return weightless_; }
  uint64_t total() const { return total_; }
  // By node, each once. None if uniform.
  std::vector<Seed> Sorted() const;
  // 64 hexadecimal digits, of the ids and weights that count, or of "uniform".
  std::string Digest(const Graph& graph) const;

 private:
  bool uniform_ = false;
  uint64_t total_ = 0;
  uint64_t unknown_ = 0;
  uint64_t weightless_ = 0;
  std::vector<Seed> seeds_;
};

// What one node sent another in the last step.
struct Share {
  uint32_t node;
  uint64_t amount;
};

// rank = seed_share + the shares + others, exactly.
struct RankExplanation {
  uint64_t rank;
  uint64_t seed_share;     // of the last leak, rounded down
  uint64_t remainder;      // 0 or 1: of what rounding that down left over
  std::vector<Share> top;  // largest first, then by node
  uint64_t other_nodes;    // the rest of those with an edge to it
  uint64_t others;         // what they sent
};

class Ranks {
 public:
  // In 2^-62 of the whole; they add up to kTotalRank.
  uint64_t operator[](uint32_t node) const {
    return ranks_[graph_->PlaceOf(node)];
  }
  // nodes * share in millionths, rounded down: 1'000'000 is the average.
  Micros StandingMicros(uint32_t node) const;
  // What the last step left to the seeds: teleport, dangling nodes, rounding.
  uint64_t last_leak() const { return leak_; }
  const StandingRule& rule() const { return rule_; }
  const Graph& graph() const { return *graph_; }

  RankExplanation Explain(uint32_t node, size_t top) const;

  // 64 hexadecimal digits, of the ranks by node, 8 bytes each, the least
  // significant first.
  std::string Digest() const;

 private:
  friend class StandingRun;

  const Graph* graph_ = nullptr;
  StandingRule rule_;
  Seeds seeds_;
  LargeArray<uint64_t> ranks_;  // by place
  LargeArray<uint64_t> sent_;  // in the last step: if even to each, else in all
  uint64_t leak_ = 0;
};

class StandingRun {
 public:
  // Told how many of all steps are done; false ends the run.
  using Progress = std::function<bool(uint32_t done, uint32_t all)>;

  // Sets *ranks, which points to the graph. Fails, leaving *ranks as it was,
  // with FAILED_PRECONDITION without nodes, NOT_FOUND without seeds among them,
  // OUT_OF_RANGE for a rule out of its limits, CANCELLED when `progress`, which
  // may be empty, says so. `threads` change no bit; 0 is 1. Throws
  // std::bad_alloc.
  static Error Run(const Graph& graph, const Seeds& seeds,
                   const StandingRule& rule, size_t threads,
                   const Progress& progress, Ranks* ranks);

  // How many of `threads` have enough to do to be used.
  static size_t PartsOf(const Graph& graph, size_t threads);

 private:
  class Step;
};

}  // namespace influence

#endif  // INFLUENCE_STANDING_STANDING_H_
