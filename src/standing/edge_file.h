// Edges that memory has no room for: in the caller's scratch as they come, then
// by who gives, so that a step reads them once from end to end.
#ifndef INFLUENCE_STANDING_EDGE_FILE_H_
#define INFLUENCE_STANDING_EDGE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/large_array.h"
#include "tally/record_store.h"

namespace influence {

// All that one node gives, each receiver once, ascending.
struct GivenRow {
  uint32_t node;
  uint32_t count;
  const uint32_t* to;
  const uint64_t* weights;  // of each; null if all are `weight`
  uint64_t weight;
  const uint64_t* shares;  // c, of each; null if all are `share`
  uint64_t share;

  uint64_t Weight(size_t i) const {
    return weights == nullptr ? weight : weights[i];
  }
  uint64_t Share(size_t i) const {
    return shares == nullptr ? share : shares[i];
  }
};

class EdgeFile {
 public:
  // Keeps about half of `memory_bytes` in memory at any time, but all that one
  // node gives.
  EdgeFile(std::shared_ptr<Scratch> scratch, uint64_t memory_bytes)
      : scratch_(std::move(scratch)), memory_bytes_(memory_bytes) {}

  // By the number of an id. What the scratch throws goes through.
  void Add(uint32_t from, uint32_t to, uint64_t weight);

  // Puts the edges in order, by `nodes` of ids. Returns the first node that
  // gives more than `most` together, or kNone.
  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t Arrange(const std::vector<uint32_t>& nodes, uint64_t most);

  // Calls visit(row) for each node that gives, ascending. Requires Arrange().
  void ForEachRow(const std::function<void(const GivenRow&)>& visit) const;

  uint64_t added() const { return added_; }
  // Distinct pairs, and nodes that give. Require Arrange().
  uint64_t edges() const { return edges_; }
  size_t givers() const { return givers_; }
  size_t MemoryBytes() const { return buffer_.MemoryBytes(); }

 private:
  struct Edge {
    uint64_t key;  // from, and in the lower half to
    uint64_t weight;
  };
  struct Piece {
    uint64_t offset;
    uint64_t edges;
  };
  // Edges of consecutive nodes. They lie in pieces, of which each begins with a
  // record that says where the one before it is: so however many there are,
  // memory knows the last.
  struct Range {
    Piece last;
    uint64_t edges;  // of all pieces
  };

  size_t BufferEdges() const;
  Piece Append(const Edge* edges, size_t count);
  LargeArray<Edge> Collect(const Range& range) const;
  void Distribute(const std::vector<uint32_t>& nodes);
  uint32_t WriteRows(LargeArray<Edge>* edges, uint64_t most);
  void WriteRow(const Edge* edges, size_t count, uint64_t total);
  void Write(const void* data, size_t size);
  void Flush();

  std::shared_ptr<Scratch> scratch_;
  uint64_t memory_bytes_;
  LargeArray<Edge> buffer_;  // as they came
  std::vector<Piece> came_;
  std::vector<uint32_t> gives_;  // how many edges, by id
  std::vector<Range> ranges_;    // of nodes, ascending
  std::vector<uint8_t> block_;   // written and not yet appended
  uint64_t rows_begin_ = 0;      // in the scratch
  uint64_t rows_end_ = 0;
  uint64_t added_ = 0;
  uint64_t edges_ = 0;
  size_t givers_ = 0;
};

}  // namespace influence

#endif  // INFLUENCE_STANDING_EDGE_FILE_H_
