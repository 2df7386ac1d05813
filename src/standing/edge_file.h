// Edges that exceed the memory limit. They are appended to the caller's scratch
// as they come, and later ordered by source, so that each step of a run reads
// the file once from end to end.
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

// The edges from one node: each receiver once, ascending.
struct GivenRow {
  uint32_t node;
  uint32_t count;
  const uint32_t* to;
  const uint64_t* weights;  // per receiver; null if all are `weight`
  uint64_t weight;
  const uint64_t* shares;  // c per receiver; null if all are `share`
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
  // Uses about half of `memory_bytes` at any time, but always holds all edges
  // from one node at once.
  EdgeFile(std::shared_ptr<Scratch> scratch, uint64_t memory_bytes)
      : scratch_(std::move(scratch)), memory_bytes_(memory_bytes) {}

  // `from` and `to` are numbers of ids. Lets exceptions of the scratch through.
  void Add(uint32_t from, uint32_t to, uint64_t weight);

  // Orders the edges by node; `nodes` maps ids to nodes. Returns the first node
  // whose edges weigh more than `most` together, or kNone.
  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t Arrange(const std::vector<uint32_t>& nodes, uint64_t most);

  // Calls visit(row) for each node with edges, ascending. Requires Arrange().
  void ForEachRow(const std::function<void(const GivenRow&)>& visit) const;

  uint64_t added() const { return added_; }
  // Distinct pairs, and nodes with edges. Require Arrange().
  uint64_t edges() const { return edges_; }
  size_t givers() const { return givers_; }
  size_t MemoryBytes() const { return buffer_.MemoryBytes(); }

 private:
  struct Edge {
    uint64_t key;  // from in the upper half, to in the lower
    uint64_t weight;
  };
  struct Piece {
    uint64_t offset;
    uint64_t edges;
  };
  // Edges of consecutive nodes, in pieces that form a linked list in the
  // scratch: each piece begins with the place of the one before it, so memory
  // keeps only the last, however many there are.
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
  std::vector<uint32_t> gives_;  // number of edges by id
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
