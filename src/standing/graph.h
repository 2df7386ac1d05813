// Standing: personalised PageRank from seeds, over the directed graph of
// reactions. algorithm/v1/STANDING.md is the rule.
//
//   sent_vu = floor(floor(rank_v * D / 2^64) * c_vu / 2^64),  D = d * 2^64
//   c_vu    = floor((2^64 - 1) * weight_vu / all weight that v gives)
//   leak    = T - sum of everything sent
//   rank_u  = sum over v of sent_vu  +  u's part of the leak
//
// with T = 2^62, the sum of all ranks. All sums are of integers and at most T,
// so neither order, threads nor layout can change a result.
#ifndef INFLUENCE_STANDING_GRAPH_H_
#define INFLUENCE_STANDING_GRAPH_H_

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
#include "model/standing_rule.h"
#include "standing/edge_file.h"
#include "tally/id_table.h"

namespace influence {

// The greatest total weight of the edges from one node.
inline constexpr uint64_t kMaxWeight = INT64_MAX;

// Collects edges in any order and any number of calls.
class GraphBuilder {
 public:
  // Returns the number of an id of 1 .. IdTable::kMaxIdBytes bytes for
  // AddEdge(). It depends on the order of calls and reaches no result. The id
  // is a node from now on, with or without edges. Throws std::length_error when
  // numbers run out, and std::bad_alloc.
  uint32_t AddNode(std::string_view id) { return ids_.Intern(id); }

  // Adds an edge from the one who reacts to the one who receives. Edges of one
  // pair add up. An edge from a node to itself, or of weight zero, is counted
  // and ignored; its ids are still nodes. Requires weight <= kMaxWeight. Throws
  // std::bad_alloc, after which the builder can only be destroyed.
  void AddEdge(uint32_t from, uint32_t to, uint64_t weight);
  void AddEdge(std::string_view from, std::string_view to, uint64_t weight) {
    const uint32_t source = AddNode(from);
    AddEdge(source, AddNode(to), weight);
  }

  // Limits the memory for edges to about `memory_bytes`; the rest goes to
  // `scratch`. AddEdge(), Graph::Build(), StandingRun::Run() and
  // Ranks::Explain() let its exceptions through. Requires that there are no
  // edges yet.
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

// An immutable graph. Nodes are numbered in ascending order of their ids,
// compared as unsigned bytes.
class Graph {
 public:
  // Consumes the builder. Fails with OUT_OF_RANGE, and leaves *graph unchanged,
  // if the edges from one node weigh more than kMaxWeight. Throws
  // std::bad_alloc.
  static Error Build(GraphBuilder&& builder, Graph* graph);

  size_t nodes() const { return ids_.size(); }
  uint64_t edges() const {  // distinct pairs
    return file_ != nullptr ? file_->edges() : sources_.size();
  }
  uint64_t added_edges() const { return added_edges_; }
  uint64_t self_loops() const { return self_loops_; }
  uint64_t weightless() const { return weightless_; }
  size_t dangling() const { return dangling_; }  // nodes without outgoing edges

  std::string_view Id(uint32_t node) const { return ids_[sorted_[node]]; }
  // Returns the number of an id, or IdTable::kNone.
  uint32_t Find(std::string_view id) const;

  // True if all edges of each node have equal weights; then no share is stored
  // per edge. Always false for a spilled graph.
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
  // Calls visit(place of the source, c) for all edges to a place; c is null if
  // the graph is even.
  using SourceVisit = std::function<void(uint32_t, const uint64_t*)>;
  void ForEachSource(uint32_t place, const SourceVisit& visit) const;
  uint32_t PlaceOf(uint32_t node) const {
    return file_ != nullptr ? node : places_[node];
  }
  uint32_t NodeAt(size_t place) const {
    return file_ != nullptr ? static_cast<uint32_t>(place) : nodes_[place];
  }

  // Internally nodes have places, ordered by number of outgoing edges, most
  // first. Places are cut into segments of 2^16, whose sent amounts fit the
  // cache nearest to a processor. Edges are ordered by the segment of the
  // source, then by the place of the target: random reads stay within a cache,
  // and a source takes two bytes. Spilled edges are in a file instead.
  IdTable ids_;
  std::unique_ptr<EdgeFile> file_;
  std::vector<uint32_t> sorted_;  // id numbers, by node
  std::vector<uint32_t> places_;  // by node
  std::vector<uint32_t> nodes_;   // by place
  struct Begin {
    uint64_t row;
    uint64_t edge;
  };
  std::vector<Begin> segments_;  // the beginning of each, and the end
  LargeArray<uint32_t> rows_;    // targets, ascending in a segment
  LargeArray<uint16_t> counts_;  // sources of a row in the segment, less one
  LargeArray<Local> sources_;    // sources, ascending in a row
  LargeArray<uint64_t> shares_;  // c, as sources_; empty if even
  LargeArray<uint64_t> even_;    // c by place, if every node gives equal
                                 // weights; else empty
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

// The seeds: the nodes at which influence restarts.
class Seeds {
 public:
  // Every node is a seed, with equal weight.
  static Seeds Uniform(const Graph& graph);

  // Adds a seed; weights of one id add up. Ids that are no nodes, and weights
  // of zero, are counted and ignored. Fails with OUT_OF_RANGE if all weights
  // sum to more than kMaxWeight.
  Error Add(const Graph& graph, std::string_view id, uint64_t weight);

  bool uniform() const { return uniform_; }
  bool empty() const { return !uniform_ && total_ == 0; }
  uint64_t unknown() const { return unknown_; }
  uint64_t weightless() const { return weightless_; }
  uint64_t total() const { return total_; }
  // The seeds by node, each once. Empty if uniform.
  std::vector<Seed> Sorted() const;
  // 64 hexadecimal digits over the ids and weights that count, or over
  // "uniform".
  std::string Digest(const Graph& graph) const;

 private:
  bool uniform_ = false;
  uint64_t total_ = 0;
  uint64_t unknown_ = 0;
  uint64_t weightless_ = 0;
  std::vector<Seed> seeds_;
};

// The amount that one node sent to another in the last step.
struct Share {
  uint32_t node;
  uint64_t amount;
};

// rank = seed_share + remainder + the sum of top + others, exactly.
struct RankExplanation {
  uint64_t rank;
  uint64_t seed_share;     // of the last leak, rounded down
  uint64_t remainder;      // 0 or 1: a left-over unit of that rounding
  std::vector<Share> top;  // largest first, then by node
  uint64_t other_nodes;    // the number of sources not in top
  uint64_t others;         // the sum of what they sent
};

class Ranks {
 public:
  // The rank of a node in units of 2^-62 of the whole. All ranks sum to
  // kTotalRank.
  uint64_t operator[](uint32_t node) const {
    return ranks_[graph_->PlaceOf(node)];
  }
  // The rank times the number of nodes, in millionths, rounded down: 1'000'000
  // is the average.
  Micros StandingMicros(uint32_t node) const;
  // The amount that the last step returned to the seeds: teleport, dangling
  // nodes and rounding.
  uint64_t last_leak() const { return leak_; }
  const StandingRule& rule() const { return rule_; }
  const Graph& graph() const { return *graph_; }

  RankExplanation Explain(uint32_t node, size_t top) const;

  // 64 hexadecimal digits over the ranks by node, 8 bytes each, least
  // significant first.
  std::string Digest() const;

 private:
  friend class StandingRun;

  const Graph* graph_ = nullptr;
  StandingRule rule_;
  Seeds seeds_;
  LargeArray<uint64_t> ranks_;  // by place
  LargeArray<uint64_t> sent_;   // in the last step; per edge if even
  uint64_t leak_ = 0;
};

class StandingRun {
 public:
  // Receives the number of steps done and of all steps. Returns false to end
  // the run.
  using Progress = std::function<bool(uint32_t done, uint32_t all)>;

  // Sets *ranks, which points to the graph. Fails, and leaves *ranks unchanged,
  // with FAILED_PRECONDITION if there are no nodes, NOT_FOUND if no seed is a
  // node, OUT_OF_RANGE for a rule outside its limits, and CANCELLED if
  // `progress`, which may be empty, returns false. `threads` changes no bit; 0
  // means 1. Throws std::bad_alloc.
  static Error Run(const Graph& graph, const Seeds& seeds,
                   const StandingRule& rule, size_t threads,
                   const Progress& progress, Ranks* ranks);

  // Returns the number of parts, at most `threads`, that are worth a thread.
  static size_t PartsOf(const Graph& graph, size_t threads);

 private:
  class Step;
};

}  // namespace influence

#endif  // INFLUENCE_STANDING_GRAPH_H_
