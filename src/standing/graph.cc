#include <algorithm>
#include <array>
#include <utility>

#include "base/muldiv.h"
#include "base/sha256.h"
#include "standing/standing.h"

namespace influence {
namespace {

// Edges by node; the three arrays are as long, or there are no weights.
struct Edges {
  LargeArray<uint32_t> from;
  LargeArray<uint32_t> to;
  LargeArray<uint64_t> weights;

  uint64_t Weight(size_t i) const { return weights.empty() ? 1 : weights[i]; }
};

// Where each of `keys` values begins among sorted ones, and one more: the end.
LargeArray<uint64_t> Begins(const LargeArray<uint32_t>& values, size_t keys) {
  LargeArray<uint64_t> begins(keys + 1);
  for (const uint32_t value : values) ++begins[value + 1];
  for (size_t key = 0; key < keys; ++key) begins[key + 1] += begins[key];
  return begins;
}

// Sorts by `from` or by `to`; equal ones stay in order.
Edges SortBy(LargeArray<uint32_t> Edges::*key, size_t nodes, Edges edges) {
  const size_t size = edges.from.size();
  LargeArray<uint64_t> next = Begins(edges.*key, nodes);
  Edges sorted;
  sorted.from.resize(size);
  sorted.to.resize(size);
  sorted.weights.resize(edges.weights.size());
  for (size_t i = 0; i < size; ++i) {
    const uint64_t place = next[(edges.*key)[i]]++;
    sorted.from[place] = edges.from[i];
    sorted.to[place] = edges.to[i];
    if (!edges.weights.empty()) sorted.weights[place] = edges.weights[i];
  }
  return sorted;
}

// The sum, or kMaxWeight + 1 if it is more than kMaxWeight.
uint64_t Sum(uint64_t a, uint64_t b) {
  if (a > kMaxWeight || b > kMaxWeight - a) return kMaxWeight + 1;
  return a + b;
}

// Sorted edges, those of one pair made one.
Edges Combine(const Edges& sorted) {
  Edges distinct;
  bool plain = true;
  for (size_t i = 0; i < sorted.from.size();) {
    const uint32_t from = sorted.from[i], to = sorted.to[i];
    uint64_t weight = 0;
    for (;
         i < sorted.from.size() && sorted.from[i] == from && sorted.to[i] == to;
         ++i) {
      weight = Sum(weight, sorted.Weight(i));
    }
    if (plain && weight != 1) {
      for (size_t j = 0; j < distinct.from.size(); ++j) {
        distinct.weights.push_back(1);
      }
      plain = false;
    }
    distinct.from.push_back(from);
    distinct.to.push_back(to);
    if (!plain) distinct.weights.push_back(weight);
  }
  return distinct;
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

}  // namespace

void GraphBuilder::AddEdge(uint32_t from, uint32_t to, uint64_t weight) {
  if (from == to) {
    ++self_loops_;
    return;
  }
  if (weight == 0) {
    ++weightless_;
    return;
  }
  if (weight != 1 && weights_.empty()) {
    for (size_t i = 0; i < from_.size(); ++i) weights_.push_back(1);
  }
  if (weight != 1 || !weights_.empty()) weights_.push_back(weight);
  from_.push_back(from);
  to_.push_back(to);
}

size_t GraphBuilder::MemoryBytes() const {
  return ids_.MemoryBytes() + from_.MemoryBytes() + to_.MemoryBytes() +
         weights_.MemoryBytes();
}

Error Graph::Build(GraphBuilder&& builder, Graph* graph) {
  Graph built;
  built.added_edges_ = builder.edges();
  built.self_loops_ = builder.self_loops_;
  built.weightless_ = builder.weightless_;
  built.ids_ = std::move(builder.ids_);
  const size_t nodes = built.ids_.size();
  built.sorted_ = built.ids_.Sorted();

  Edges edges{std::move(builder.from_), std::move(builder.to_),
              std::move(builder.weights_)};
  {
    std::vector<uint32_t> node_of(nodes);
    for (uint32_t node = 0; node < nodes; ++node) {
      node_of[built.sorted_[node]] = node;
    }
    for (uint32_t& from : edges.from) from = node_of[from];
    for (uint32_t& to : edges.to) to = node_of[to];
  }
  edges = SortBy(&Edges::to, nodes, std::move(edges));
  edges = SortBy(&Edges::from, nodes, std::move(edges));
  edges = Combine(edges);
  const size_t size = edges.from.size();

  // What each gives, and whether to all alike.
  const LargeArray<uint64_t> begins = Begins(edges.from, nodes);
  LargeArray<uint64_t> given(nodes);
  bool even = true;
  for (uint32_t node = 0; node < nodes; ++node) {
    for (uint64_t i = begins[node]; i < begins[node + 1]; ++i) {
      given[node] = Sum(given[node], edges.Weight(i));
      even = even && edges.Weight(i) == edges.Weight(begins[node]);
    }
    if (given[node] > kMaxWeight) {
      return Error(Code::kOutOfRange, "edges",
                   "those from " + Quoted(built.Id(node)) +
                       " weigh more than 2^63 - 1 together");
    }
    if (begins[node] == begins[node + 1]) ++built.dangling_;
  }

  Sha256 sha;
  UpdateInteger(static_cast<uint64_t>(nodes), &sha);
  UpdateInteger(static_cast<uint64_t>(size), &sha);
  for (uint32_t node = 0; node < nodes; ++node) {
    const std::string_view id = built.Id(node);
    UpdateInteger(static_cast<uint32_t>(id.size()), &sha);
    sha.Update(id.data(), id.size());
    UpdateInteger(static_cast<uint32_t>(begins[node + 1] - begins[node]), &sha);
    for (uint64_t i = begins[node]; i < begins[node + 1]; ++i) {
      UpdateInteger(edges.to[i], &sha);
      UpdateInteger(edges.Weight(i), &sha);
    }
  }
  built.digest_ = Hex(sha.Finish());

  // Places: by how many edges a node has, most first. Counted, not compared.
  uint64_t most = 0;
  for (size_t node = 0; node < nodes; ++node) {
    most = std::max(most, begins[node + 1] - begins[node]);
  }
  LargeArray<uint64_t> next(static_cast<size_t>(most) + 2);
  for (size_t node = 0; node < nodes; ++node) {
    ++next[most - (begins[node + 1] - begins[node]) + 1];
  }
  for (size_t i = 0; i <= most; ++i) next[i + 1] += next[i];
  built.places_.resize(nodes);
  built.nodes_.resize(nodes);
  for (uint32_t node = 0; node < nodes; ++node) {
    const uint64_t place = next[most - (begins[node + 1] - begins[node])]++;
    built.places_[node] = static_cast<uint32_t>(place);
    built.nodes_[place] = node;
  }

  // Rows of those who receive. Sources come in ascending places, so each row
  // has them so.
  built.row_begins_.resize(nodes + 1);
  for (const uint32_t to : edges.to) ++built.row_begins_[built.places_[to] + 1];
  for (size_t place = 0; place < nodes; ++place) {
    built.row_begins_[place + 1] += built.row_begins_[place];
  }
  LargeArray<uint64_t> ends(nodes);
  for (size_t place = 0; place < nodes; ++place) {
    ends[place] = built.row_begins_[place];
  }
  built.sources_.resize(size);
  if (even) {
    built.even_.resize(nodes);
  } else {
    built.shares_.resize(size);
  }
  for (uint32_t place = 0; place < nodes; ++place) {
    const uint32_t node = built.nodes_[place];
    if (even && given[node] > 0) {
      built.even_[place] = UINT64_MAX / (begins[node + 1] - begins[node]);
    }
    for (uint64_t i = begins[node]; i < begins[node + 1]; ++i) {
      const uint64_t at = ends[built.places_[edges.to[i]]]++;
      built.sources_[at] = place;
      if (!even) {
        built.shares_[at] =
            MulDivFloor(UINT64_MAX, edges.Weight(i), given[node]).quotient;
      }
    }
  }
  *graph = std::move(built);
  return Error();
}

uint32_t Graph::Find(std::string_view id) const {
  const auto less = [this](uint32_t number, std::string_view other) {
    return ids_[number] < other;
  };
  const auto found = std::lower_bound(sorted_.begin(), sorted_.end(), id, less);
  if (found == sorted_.end() || ids_[*found] != id) return IdTable::kNone;
  return static_cast<uint32_t>(found - sorted_.begin());
}

size_t Graph::MemoryBytes() const {
  return ids_.MemoryBytes() + row_begins_.MemoryBytes() +
         sources_.MemoryBytes() + shares_.MemoryBytes() + even_.MemoryBytes() +
         (sorted_.capacity() + places_.capacity() + nodes_.capacity()) *
             sizeof(uint32_t);
}

Seeds Seeds::Uniform(const Graph& graph) {
  Seeds seeds;
  seeds.uniform_ = true;
  seeds.total_ = graph.nodes();
  return seeds;
}

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
