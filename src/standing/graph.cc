// Builds an immutable graph from the edges that were collected: orders nodes by
// id, merges edges of a pair, takes the digest of STANDING.md, and lays the
// edges out for run.cc. Node numbers, digest and ranks do not depend on the
// order in which edges came, because everything is sorted by id first.
// One file: the steps of one construction, each of which reads the order that
// the step before it made.
#include "standing/graph.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/bits.h"
#include "base/muldiv.h"
#include "base/radix_sort.h"
#include "base/sha256.h"

namespace influence {
namespace {

// Adds weights. Every sum over kMaxWeight becomes kMaxWeight + 1, so nothing
// wraps and the excess stays visible.
uint64_t Sum(uint64_t a, uint64_t b) {
  if (a > kMaxWeight || b > kMaxWeight - a) return kMaxWeight + 1;
  return a + b;
}

template <typename Integer>
void UpdateInteger(Integer value, Sha256* sha) {
  std::array<uint8_t, sizeof(Integer)> bytes;
  for (size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<uint8_t>(value >> (8 * i));
  }
  sha->Update(bytes.data(), bytes.size());
}

std::string Hex(const std::array<uint8_t, 32>& digest) {
  std::string hex;
  for (const uint8_t byte : digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

// The digest that STANDING.md defines, fed node by node.
class GraphDigest {
 public:
  GraphDigest(uint64_t nodes, uint64_t edges) {
    UpdateInteger(nodes, &sha_);
    UpdateInteger(edges, &sha_);
  }
  void AddNode(std::string_view id, uint64_t edges) {
    UpdateInteger(static_cast<uint32_t>(id.size()), &sha_);
    sha_.Update(id.data(), id.size());
    UpdateInteger(static_cast<uint32_t>(edges), &sha_);
  }
  void AddEdge(uint32_t to, uint64_t weight) {
    UpdateInteger(to, &sha_);
    UpdateInteger(weight, &sha_);
  }
  std::string Finish() { return Hex(sha_.Finish()); }

 private:
  Sha256 sha_;
};

}  // namespace

void GraphBuilder::SpillTo(std::shared_ptr<Scratch> scratch,
                           uint64_t memory_bytes) {
  file_ = std::make_unique<EdgeFile>(std::move(scratch), memory_bytes);
}

// Weights are stored only once one of them differs from 1.
void GraphBuilder::AddEdge(uint32_t from, uint32_t to, uint64_t weight) {
  if (from == to) {
    ++self_loops_;
    return;
  }
  if (weight == 0) {
    ++weightless_;
    return;
  }
  if (file_ != nullptr) return file_->Add(from, to, weight);
  if (weight != 1 && weights_.empty()) {
    for (size_t i = 0; i < from_.size(); ++i) weights_.push_back(1);
  }
  if (weight != 1 || !weights_.empty()) weights_.push_back(weight);
  from_.push_back(from);
  to_.push_back(to);
}

size_t GraphBuilder::MemoryBytes() const {
  return ids_.MemoryBytes() + from_.MemoryBytes() + to_.MemoryBytes() +
         weights_.MemoryBytes() + (file_ == nullptr ? 0 : file_->MemoryBytes());
}

// Light and Heavy are edges without and with a weight. While sorting by node,
// the key has the source above the target; in a segment, the target's place
// above the source's.
struct Graph::Light {
  uint64_t key;

  static Light Of(uint64_t key, uint64_t) { return {key}; }
  static constexpr uint64_t weight = 1;
};
struct Graph::Heavy {
  uint64_t key;
  uint64_t weight;  // or c, by place

  static Heavy Of(uint64_t key, uint64_t weight) { return {key, weight}; }
};

Error Graph::Build(GraphBuilder&& builder, Graph* graph) {
  Graph built;
  built.added_edges_ = builder.edges();
  built.self_loops_ = builder.self_loops_;
  built.weightless_ = builder.weightless_;
  built.ids_ = std::move(builder.ids_);
  built.ids_.EndInterning();
  const size_t nodes = built.ids_.size();
  built.sorted_ = built.ids_.Sorted();
  std::vector<uint32_t> node_of(nodes);
  for (uint32_t node = 0; node < nodes; ++node) {
    node_of[built.sorted_[node]] = node;
  }

  if (builder.file_ != nullptr) {
    built.file_ = std::move(builder.file_);
    Error error = built.ArrangeFile(node_of);
    if (error.ok()) *graph = std::move(built);
    return error;
  }

  const LargeArray<uint32_t> from = std::move(builder.from_);
  const LargeArray<uint32_t> to = std::move(builder.to_);
  const LargeArray<uint64_t> weights = std::move(builder.weights_);
  const auto key = [&](size_t i) {
    return uint64_t{node_of[from[i]]} << 32 | node_of[to[i]];
  };
  const auto sorted = [&](auto* edges) {
    const unsigned bits = BitsOf(nodes);
    RadixSort(edges, 0, bits);
    RadixSort(edges, 32, 32 + bits);
  };
  Error error;
  bool light = weights.empty();
  if (light) {
    LargeArray<Light> edges(from.size());
    for (size_t i = 0; i < from.size(); ++i) edges[i] = {key(i)};
    sorted(&edges);
    for (size_t i = 1; i < edges.size() && light; ++i) {
      light = edges[i - 1].key != edges[i].key;
    }
    if (light) error = built.Arrange(std::move(edges));
  }
  if (!light) {
    LargeArray<Heavy> edges(from.size());
    for (size_t i = 0; i < from.size(); ++i) {
      edges[i] = {key(i), weights.empty() ? 1 : weights[i]};
    }
    sorted(&edges);
    size_t size = 0;
    for (const Heavy& edge : edges) {
      if (size > 0 && edges[size - 1].key == edge.key) {
        uint64_t& weight = edges[size - 1].weight;
        weight = Sum(weight, edge.weight);
      } else {
        edges[size++] = edge;
      }
    }
    edges.shrink(size);
    error = built.Arrange(std::move(edges));
  }
  if (error.ok()) *graph = std::move(built);
  return error;
}

Error Graph::TooHeavy(uint32_t node) const {
  return Error(
      Code::kOutOfRange, "edges",
      "those from " + Quoted(Id(node)) + " weigh more than 2^63 - 1 together");
}

// A spilled graph is not rearranged: places are nodes.
Error Graph::ArrangeFile(const std::vector<uint32_t>& node_of) {
  const uint32_t heavy = file_->Arrange(node_of, kMaxWeight);
  if (heavy != EdgeFile::kNone) return TooHeavy(heavy);
  dangling_ = nodes() - file_->givers();
  GraphDigest digest(nodes(), file_->edges());
  uint32_t next = 0;
  file_->ForEachRow([&](const GivenRow& row) {
    for (; next < row.node; ++next) digest.AddNode(Id(next), 0);
    digest.AddNode(Id(next++), row.count);
    for (size_t i = 0; i < row.count; ++i) {
      digest.AddEdge(row.to[i], row.Weight(i));
    }
  });
  for (; next < nodes(); ++next) digest.AddNode(Id(next), 0);
  digest_ = digest.Finish();
  return Error();
}

// Requires edges in ascending order, each pair once.
template <typename Record>
Error Graph::Arrange(LargeArray<Record> edges) {
  const size_t nodes = ids_.size();
  LargeArray<uint64_t> begins(nodes + 1);  // of each node's edges
  for (const Record& edge : edges) ++begins[(edge.key >> 32) + 1];
  for (size_t node = 0; node < nodes; ++node) begins[node + 1] += begins[node];

  // The weight that each node gives, and whether it is even for all.
  std::vector<uint64_t> given(nodes);
  bool even = true;
  for (uint32_t node = 0; node < nodes; ++node) {
    for (uint64_t i = begins[node]; i < begins[node + 1]; ++i) {
      given[node] = Sum(given[node], edges[i].weight);
      even = even && edges[i].weight == edges[begins[node]].weight;
    }
    if (given[node] > kMaxWeight) {
      return TooHeavy(node);
    }
    if (begins[node] == begins[node + 1]) ++dangling_;
  }

  GraphDigest digest(nodes, edges.size());
  for (uint32_t node = 0; node < nodes; ++node) {
    digest.AddNode(Id(node), begins[node + 1] - begins[node]);
    for (uint64_t i = begins[node]; i < begins[node + 1]; ++i) {
      digest.AddEdge(static_cast<uint32_t>(edges[i].key), edges[i].weight);
    }
  }
  digest_ = digest.Finish();

  SetPlaces(begins);
  if (even) {
    even_.resize(nodes);
    for (uint32_t node = 0; node < nodes; ++node) {
      const uint64_t count = begins[node + 1] - begins[node];
      if (count > 0) even_[places_[node]] = UINT64_MAX / count;
    }
    Fill<Record, Light>(edges, begins, given);
  } else {
    Fill<Record, Heavy>(edges, begins, given);
  }
  return Error();
}

// Assigns places by number of edges, most first, with a counting sort. Equal
// counts keep the order of the ids.
void Graph::SetPlaces(const LargeArray<uint64_t>& begins) {
  const size_t nodes = ids_.size();
  uint64_t most = 0;
  for (size_t node = 0; node < nodes; ++node) {
    most = std::max(most, begins[node + 1] - begins[node]);
  }
  LargeArray<uint64_t> next(static_cast<size_t>(most) + 2);
  for (size_t node = 0; node < nodes; ++node) {
    ++next[most - (begins[node + 1] - begins[node]) + 1];
  }
  for (size_t i = 0; i <= most; ++i) next[i + 1] += next[i];
  places_.resize(nodes);
  nodes_.resize(nodes);
  for (uint32_t node = 0; node < nodes; ++node) {
    const uint64_t place = next[most - (begins[node + 1] - begins[node])]++;
    places_[node] = static_cast<uint32_t>(place);
    nodes_[place] = node;
  }
}

// Stores the edges segment by segment of their sources, ordered by target.
template <typename Record, typename Entry>
void Graph::Fill(const LargeArray<Record>& edges,
                 const LargeArray<uint64_t>& begins,
                 const std::vector<uint64_t>& given) {
  const size_t nodes = ids_.size();
  const unsigned bits = BitsOf(nodes);
  sources_.reserve(edges.size());
  if (even_.empty()) shares_.reserve(edges.size());
  for (size_t first = 0; first < nodes; first += size_t{1} << kLocalBits) {
    const size_t end = std::min(nodes, first + (size_t{1} << kLocalBits));
    size_t size = 0;
    for (size_t place = first; place < end; ++place) {
      size += begins[nodes_[place] + 1] - begins[nodes_[place]];
    }
    LargeArray<Entry> entries(size);
    size = 0;
    for (size_t place = first; place < end; ++place) {
      const uint32_t node = nodes_[place];
      for (uint64_t i = begins[node]; i < begins[node + 1]; ++i) {
        const uint64_t receiver = places_[static_cast<uint32_t>(edges[i].key)];
        const uint64_t share =
            even_.empty()
                ? MulDivFloor(UINT64_MAX, edges[i].weight, given[node]).quotient
                : 0;
        entries[size++] =
            Entry::Of(receiver << kLocalBits | (place - first), share);
      }
    }
    RadixSort(&entries, kLocalBits, kLocalBits + bits);
    AddSegment(entries);
  }
  segments_.push_back({rows_.size(), sources_.size()});
  rows_.trim();
  counts_.trim();
}

template <typename Entry>
void Graph::AddSegment(const LargeArray<Entry>& entries) {
  segments_.push_back({rows_.size(), sources_.size()});
  uint64_t last = UINT64_MAX;
  for (const Entry& entry : entries) {
    const uint64_t row = entry.key >> kLocalBits;
    if (row == last) {
      ++counts_[counts_.size() - 1];
    } else {
      rows_.push_back(static_cast<uint32_t>(row));
      counts_.push_back(0);
      last = row;
    }
    sources_.push_back(static_cast<Local>(entry.key));
    if (even_.empty()) shares_.push_back(entry.weight);
  }
}

// Edges are stored by source segment, so the sources of one target are looked
// up in each segment.
void Graph::ForEachSource(uint32_t place, const SourceVisit& visit) const {
  if (file_ != nullptr) {
    file_->ForEachRow([&](const GivenRow& row) {
      const uint32_t* const end = row.to + row.count;
      const uint32_t* const to = std::lower_bound(row.to, end, place);
      if (to == end || *to != place) return;
      const uint64_t share = row.Share(static_cast<size_t>(to - row.to));
      visit(row.node, &share);
    });
    return;
  }
  for (size_t segment = 0; segment + 1 < segments_.size(); ++segment) {
    const uint32_t* const first = rows_.begin() + segments_[segment].row;
    const uint32_t* const last = rows_.begin() + segments_[segment + 1].row;
    const uint32_t* const row = std::lower_bound(first, last, place);
    if (row == last || *row != place) continue;
    uint64_t edge = segments_[segment].edge;
    const uint16_t* const counts = counts_.begin() + segments_[segment].row;
    for (ptrdiff_t i = 0; i < row - first; ++i) edge += counts[i] + uint64_t{1};
    for (uint64_t end = edge + counts[row - first] + 1; edge < end; ++edge) {
      visit(static_cast<uint32_t>(segment << kLocalBits | sources_[edge]),
            shares_.empty() ? nullptr : &shares_[edge]);
    }
  }
}

// The hash table is gone after building; ids are sorted, so a search suffices.
uint32_t Graph::Find(std::string_view id) const {
  const auto less = [this](uint32_t number, std::string_view other) {
    return ids_[number] < other;
  };
  const auto found = std::lower_bound(sorted_.begin(), sorted_.end(), id, less);
  if (found == sorted_.end() || ids_[*found] != id) return IdTable::kNone;
  return static_cast<uint32_t>(found - sorted_.begin());
}

size_t Graph::MemoryBytes() const {
  return ids_.MemoryBytes() + rows_.MemoryBytes() + counts_.MemoryBytes() +
         sources_.MemoryBytes() + shares_.MemoryBytes() + even_.MemoryBytes() +
         segments_.capacity() * sizeof(Begin) +
         (file_ == nullptr ? 0 : file_->MemoryBytes()) +
         (sorted_.capacity() + places_.capacity() + nodes_.capacity()) *
             sizeof(uint32_t);
}

// Weight 1 for every node; total_ is then the number of nodes.
Seeds Seeds::Uniform(const Graph& graph) {
  Seeds seeds;
  seeds.uniform_ = true;
  seeds.total_ = graph.nodes();
  return seeds;
}

// Compares before adding, so the sum cannot wrap.
Error Seeds::Add(const Graph& graph, std::string_view id, uint64_t weight) {
  if (weight == 0) {
    ++weightless_;
    return Error();
  }
  const uint32_t node = graph.Find(id);
  if (node == IdTable::kNone) {
    ++unknown_;
    return Error();
  }
  if (weight > kMaxWeight - total_) {
    return Error(Code::kOutOfRange, "seeds",
                 "weigh more than 2^63 - 1 together");
  }
  seeds_.push_back({node, weight});
  total_ += weight;
  return Error();
}

std::vector<Seed> Seeds::Sorted() const {
  std::vector<Seed> sorted = seeds_;
  std::sort(sorted.begin(), sorted.end(),
            [](const Seed& a, const Seed& b) { return a.node < b.node; });
  size_t size = 0;
  for (const Seed& seed : sorted) {
    if (size > 0 && sorted[size - 1].node == seed.node) {
      sorted[size - 1].weight += seed.weight;
    } else {
      sorted[size++] = seed;
    }
  }
  sorted.resize(size);
  return sorted;
}

std::string Seeds::Digest(const Graph& graph) const {
  Sha256 sha;
  if (uniform_) {
    sha.Update("uniform", 7);
    return Hex(sha.Finish());
  }
  for (const Seed& seed : Sorted()) {
    const std::string_view id = graph.Id(seed.node);
    UpdateInteger(static_cast<uint32_t>(id.size()), &sha);
    sha.Update(id.data(), id.size());
    UpdateInteger(seed.weight, &sha);
  }
  return Hex(sha.Finish());
}

std::string Ranks::Digest() const {
  Sha256 sha;
  for (uint32_t node = 0; node < graph_->nodes(); ++node) {
    UpdateInteger((*this)[node], &sha);
  }
  return Hex(sha.Finish());
}

}  // namespace influence
