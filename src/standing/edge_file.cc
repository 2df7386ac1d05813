// An external sort. Edges arrive in any order and are written as they come;
// Arrange() distributes them to ranges of nodes small enough to sort in memory,
// sorts each range, and writes rows that ForEachRow() streams once per
// iteration. graph.cc and run.cc read the same rows, so a spilled graph has the
// same digest and the same ranks.
#include "standing/edge_file.h"

#include <algorithm>
#include <cstring>

#include "base/bits.h"
#include "base/muldiv.h"
#include "base/radix_sort.h"

namespace influence {
namespace {

// The size of reads and writes.
constexpr size_t kBlock = size_t{1} << 20;

// The head of a row, before its receivers, weights and shares. Only this
// process reads the scratch, so numbers keep the machine's byte order.
struct RowHead {
  uint32_t node;
  uint32_t count;
  uint64_t is_even;
  uint64_t weight;  // weight and share: only if is_even
  uint64_t share;
};

// Reads a range of the scratch in blocks.
class BlockReader {
 public:
  BlockReader(const Scratch& scratch, uint64_t begin, uint64_t end)
      : scratch_(scratch), at_(begin), end_(end) {}

  bool is_end() const { return at_ == end_ && used_ == block_.size(); }

  void Read(void* to, size_t size) {
    auto* bytes = static_cast<uint8_t*>(to);
    while (size > 0) {
      if (used_ == block_.size()) Fill();
      const size_t some = std::min(size, block_.size() - used_);
      std::memcpy(bytes, block_.data() + used_, some);
      used_ += some;
      bytes += some;
      size -= some;
    }
  }

 private:
  void Fill() {
    block_.resize(static_cast<size_t>(std::min<uint64_t>(kBlock, end_ - at_)));
    scratch_.read_at(at_, block_.data(), block_.size());
    at_ += block_.size();
    used_ = 0;
  }

  const Scratch& scratch_;
  uint64_t at_;
  uint64_t end_;
  std::vector<uint8_t> block_;
  size_t used_ = 0;
};

}  // namespace

// A quarter of the limit, because sorting needs as much memory again and
// distributing holds two buffers.
size_t EdgeFile::BufferEdges() const {
  return std::max<size_t>(
      1024, static_cast<size_t>(memory_bytes_ / 4 / sizeof(Edge)));
}

EdgeFile::Piece EdgeFile::Append(const Edge* edges, size_t count) {
  const Piece piece = {scratch_->size, count};
  scratch_->append(reinterpret_cast<const uint8_t*>(edges),
                   count * sizeof(Edge));
  scratch_->size += count * sizeof(Edge);
  return piece;
}

// Counts the edges of each source while they arrive, for cutting ranges later.
// The count saturates; it is only an estimate of room.
void EdgeFile::Add(uint32_t from, uint32_t to, uint64_t weight) {
  if (gives_.size() <= from) gives_.resize(size_t{from} + size_t{from} / 2 + 1);
  if (gives_[from] < UINT32_MAX) ++gives_[from];
  ++added_;
  buffer_.push_back({uint64_t{from} << 32 | to, weight});
  if (buffer_.size() < BufferEdges()) return;
  came_.push_back(Append(buffer_.begin(), buffer_.size()));
  buffer_.shrink(0);
}

// Writes every edge to the range of its source. Ranges are cut so that each can
// be sorted within the buffer; only a node with more edges than that has a
// range that exceeds it.
void EdgeFile::Distribute(const std::vector<uint32_t>& nodes) {
  std::vector<uint32_t> gives(nodes.size());
  for (size_t id = 0; id < nodes.size(); ++id) {
    gives[nodes[id]] = id < gives_.size() ? gives_[id] : 0;
  }
  std::vector<uint32_t> range_of(nodes.size());
  uint64_t room = BufferEdges();
  uint32_t range = 0;
  for (size_t node = 0; node < nodes.size(); ++node) {
    if (gives[node] > room && room < BufferEdges()) {
      ++range;
      room = BufferEdges();
    }
    range_of[node] = range;
    room -= std::min<uint64_t>(room, gives[node]);
  }
  ranges_.resize(size_t{range} + 1);
  std::vector<std::vector<Edge>> waiting(ranges_.size());
  const size_t most = std::max<size_t>(64, BufferEdges() / waiting.size());
  const auto flush = [&](size_t i) {
    ranges_[i].edges += waiting[i].size() - 1;
    ranges_[i].last = Append(waiting[i].data(), waiting[i].size());
    waiting[i].clear();
  };
  const auto distribute = [&](const Edge& edge) {
    const uint32_t from = nodes[edge.key >> 32];
    const uint32_t to = nodes[static_cast<uint32_t>(edge.key)];
    std::vector<Edge>& mine = waiting[range_of[from]];
    if (mine.empty()) {
      const Piece& before = ranges_[range_of[from]].last;
      mine.push_back({before.offset, before.edges});
    }
    mine.push_back({uint64_t{from} << 32 | to, edge.weight});
    if (mine.size() >= most) flush(range_of[from]);
  };
  for (const Edge& edge : buffer_) distribute(edge);
  buffer_ = LargeArray<Edge>();
  for (const Piece& piece : came_) {
    BlockReader in(*scratch_, piece.offset,
                   piece.offset + piece.edges * sizeof(Edge));
    while (!in.is_end()) {
      Edge edge;
      in.Read(&edge, sizeof edge);
      distribute(edge);
    }
  }
  for (size_t i = 0; i < waiting.size(); ++i) {
    if (!waiting[i].empty()) flush(i);
  }
  came_.clear();
}

LargeArray<EdgeFile::Edge> EdgeFile::Collect(const Range& range) const {
  LargeArray<Edge> edges(static_cast<size_t>(range.edges));
  Edge* end = edges.end();
  std::vector<Edge> piece;
  for (Piece next = range.last; next.edges > 0;) {
    piece.resize(static_cast<size_t>(next.edges));
    scratch_->read_at(next.offset, reinterpret_cast<uint8_t*>(piece.data()),
                      piece.size() * sizeof(Edge));
    end = std::copy_backward(piece.begin() + 1, piece.end(), end);
    next = {piece[0].key, piece[0].weight};
  }
  return edges;
}

// Sorts each range by target, then by source: two stable passes order both.
uint32_t EdgeFile::Arrange(const std::vector<uint32_t>& nodes, uint64_t most) {
  Distribute(nodes);
  gives_ = {};
  rows_begin_ = scratch_->size;
  const unsigned bits = BitsOf(nodes.size());
  for (const Range& range : ranges_) {
    LargeArray<Edge> edges = Collect(range);
    RadixSort(&edges, 0, bits);
    RadixSort(&edges, 32, 32 + bits);
    const uint32_t heavy = WriteRows(&edges, most);
    if (heavy != kNone) return heavy;
  }
  Flush();
  ranges_ = {};
  rows_end_ = scratch_->size;
  return kNone;
}

// Merges the edges of a pair and writes one row per source. A sum over `most`
// is kept as most + 1, so it cannot wrap.
uint32_t EdgeFile::WriteRows(LargeArray<Edge>* edges, uint64_t most) {
  const auto sum = [most](uint64_t a, uint64_t b) {
    return a > most || b > most - a ? most + 1 : a + b;
  };
  size_t size = 0;
  for (const Edge& edge : *edges) {
    Edge& last = (*edges)[size > 0 ? size - 1 : 0];
    if (size > 0 && last.key == edge.key) {
      last.weight = sum(last.weight, edge.weight);
    } else {
      (*edges)[size++] = edge;
    }
  }
  for (size_t begin = 0; begin < size;) {
    const Edge* const row = edges->begin() + begin;
    uint64_t total = 0;
    size_t count = 0;
    for (; begin + count < size && row[count].key >> 32 == row->key >> 32;
         ++count) {
      total = sum(total, row[count].weight);
    }
    if (total > most) return static_cast<uint32_t>(row->key >> 32);
    WriteRow(row, count, total);
    begin += count;
  }
  return kNone;
}

// A row with equal weights stores one weight and one share instead of one per
// edge.
void EdgeFile::WriteRow(const Edge* edges, size_t count, uint64_t total) {
  const bool is_even = std::all_of(
      edges, edges + count,
      [edges](const Edge& edge) { return edge.weight == edges->weight; });
  const auto share = [total](const Edge& edge) {
    return MulDivFloor(UINT64_MAX, edge.weight, total).quotient;
  };
  const RowHead head = {static_cast<uint32_t>(edges->key >> 32),
                        static_cast<uint32_t>(count), is_even ? 1u : 0u,
                        edges->weight, share(*edges)};
  Write(&head, sizeof head);
  for (size_t i = 0; i < count; ++i) {
    const auto to = static_cast<uint32_t>(edges[i].key);
    Write(&to, sizeof to);
  }
  for (size_t i = 0; i < count && !is_even; ++i) {
    Write(&edges[i].weight, sizeof(uint64_t));
  }
  for (size_t i = 0; i < count && !is_even; ++i) {
    const uint64_t part = share(edges[i]);
    Write(&part, sizeof part);
  }
  edges_ += count;
  ++givers_;
}

void EdgeFile::Write(const void* data, size_t size) {
  const auto* const bytes = static_cast<const uint8_t*>(data);
  block_.insert(block_.end(), bytes, bytes + size);
  if (block_.size() >= kBlock) Flush();
}

void EdgeFile::Flush() {
  if (block_.empty()) return;
  scratch_->append(block_.data(), block_.size());
  scratch_->size += block_.size();
  block_.clear();
}

void EdgeFile::ForEachRow(
    const std::function<void(const GivenRow&)>& visit) const {
  BlockReader in(*scratch_, rows_begin_, rows_end_);
  std::vector<uint32_t> to;
  std::vector<uint64_t> weights, shares;
  while (!in.is_end()) {
    RowHead head;
    in.Read(&head, sizeof head);
    to.resize(head.count);
    in.Read(to.data(), to.size() * sizeof to[0]);
    if (head.is_even == 0) {
      weights.resize(head.count);
      shares.resize(head.count);
      in.Read(weights.data(), weights.size() * sizeof weights[0]);
      in.Read(shares.data(), shares.size() * sizeof shares[0]);
    }
    const bool is_even = head.is_even != 0;
    visit({head.node, head.count, to.data(), is_even ? nullptr : weights.data(),
           head.weight, is_even ? nullptr : shares.data(), head.share});
  }
}

}  // namespace influence
