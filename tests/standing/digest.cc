// Ranks of graphs large enough for several threads and segments, in every
// layout: what must not show is compared, and one digest over all of it is the
// same from every compiler, at every level of optimisation, on every processor.
//
//   digest FILE      compares it with FILE
//   digest           prints it
//
// Exit code: 0 if it is equal, 1 if not, 2 if anything showed.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "standing/graph.h"

namespace influence {
namespace {

struct Edge {
  uint32_t from;
  uint32_t to;
  uint64_t weight;
};

enum class Layout {
  kOnes,    // every edge weighs 1, no pair twice
  kEven,    // what a node gives it gives alike, nodes unlike each other
  kShares,  // neither, and pairs recur
};

void Require(bool is_so, const char* what) {
  if (!is_so) throw std::runtime_error(what);
}

// More nodes that give than a segment has places, and more edges than a part
// needs.
std::vector<Edge> EdgesOf(Layout layout) {
  constexpr uint32_t kNodes = 90'000;
  constexpr size_t kEdges = 250'000;
  std::mt19937_64 random(1);
  std::vector<Edge> edges;
  edges.reserve(kEdges);
  for (size_t i = 0; i < kEdges; ++i) {
    // Whoever gives first gives to most; some receive far more than others.
    const auto from = static_cast<uint32_t>(
        i < kNodes ? i : random() % (1 + random() % kNodes));
    const auto to = static_cast<uint32_t>(random() % (1 + random() % kNodes));
    const uint64_t weight = layout == Layout::kOnes ? 1
                            : layout == Layout::kEven
                                ? 1 + from % 7
                                : 1 + random() % (1 << 30);
    if (from != to) edges.push_back({from, to, weight});
  }
  if (layout == Layout::kShares) return edges;
  const auto key = [](const Edge& e) { return uint64_t{e.from} << 32 | e.to; };
  std::sort(edges.begin(), edges.end(),
            [&](const Edge& a, const Edge& b) { return key(a) < key(b); });
  const auto end = std::unique(
      edges.begin(), edges.end(),
      [&](const Edge& a, const Edge& b) { return key(a) == key(b); });
  edges.erase(end, edges.end());
  return edges;
}

std::shared_ptr<Scratch> NewScratch() {
  auto bytes = std::make_shared<std::string>();
  auto scratch = std::make_shared<Scratch>();
  scratch->append = [bytes](const uint8_t* data, size_t size) {
    bytes->append(reinterpret_cast<const char*>(data), size);
  };
  scratch->read_at = [bytes](uint64_t offset, uint8_t* data, size_t size) {
    Require(offset + size <= bytes->size(), "what was written is read");
    std::memcpy(data, bytes->data() + offset, size);
  };
  return scratch;
}

Graph GraphOf(const std::vector<Edge>& edges, bool spills) {
  constexpr uint64_t kMemory = uint64_t{1} << 20;  // for a few of them
  GraphBuilder builder;
  if (spills) builder.SpillTo(NewScratch(), kMemory);
  for (const Edge& edge : edges) {
    builder.AddEdge("n" + std::to_string(edge.from),
                    "n" + std::to_string(edge.to), edge.weight);
  }
  Graph graph;
  Require(Graph::Build(std::move(builder), &graph).ok(), "a graph is built");
  return graph;
}

Seeds SomeOf(const Graph& graph) {
  Seeds seeds;
  for (uint32_t i = 0; i < 2'000; i += 3) {
    Require(seeds.Add(graph, "n" + std::to_string(i), 1 + i % 1'000).ok(),
            "a seed is taken");
  }
  return seeds;
}

// Of both kinds of seeds, as text.
std::string RanksOf(const Graph& graph, size_t threads) {
  constexpr StandingRule kRule = {150'000, 12};
  std::string text;
  for (const Seeds& seeds : {SomeOf(graph), Seeds::Uniform(graph)}) {
    Ranks ranks;
    Require(
        StandingRun::Run(graph, seeds, kRule, threads, nullptr, &ranks).ok(),
        "a graph is run");
    uint64_t sum = 0;
    for (uint32_t node = 0; node < graph.nodes(); ++node) sum += ranks[node];
    Require(sum == kTotalRank, "all ranks are everything");
    text += seeds.Digest(graph) + ranks.Digest();
    for (uint32_t node = 0; node < graph.nodes(); node += 20'011) {
      const RankExplanation why = ranks.Explain(node, 2);
      for (const Share& share : why.top) {
        text += std::to_string(share.node) + ':' +
                std::to_string(share.amount) + ' ';
      }
      text += std::to_string(why.others) + '\n';
    }
  }
  return text;
}

// What a layout gives, however it was given and whoever works it out.
std::string TextOf(Layout layout) {
  std::vector<Edge> edges = EdgesOf(layout);
  const Graph graph = GraphOf(edges, /*spills=*/false);
  Require(graph.is_even() == (layout != Layout::kShares),
          "the layout is the one that is meant");
  Require(StandingRun::PartsOf(graph, 2) == 2 &&
              StandingRun::PartsOf(graph, 7) == 7,
          "threads have enough to do");
  const std::string text = RanksOf(graph, 2);
  for (const size_t threads : {size_t{1}, size_t{7}, size_t{16}}) {
    Require(RanksOf(graph, threads) == text, "threads do not show");
  }
  std::mt19937_64 random(2);
  std::shuffle(edges.begin(), edges.end(), random);
  for (const bool spills : {false, true}) {
    const Graph again = GraphOf(edges, spills);
    Require(again.digest() == graph.digest(), "neither order nor file shows");
    Require(RanksOf(again, 3) == text, "nor in a rank");
  }
  return graph.digest() + text;
}

int Main(int argc, char** argv) {
  std::string all;
  for (const Layout layout : {Layout::kOnes, Layout::kEven, Layout::kShares}) {
    all += TextOf(layout);
  }
  const std::string line = Sha256Hex(all) + "\n";
  std::fputs(line.c_str(), stdout);
  if (argc < 2) return 0;
  std::FILE* const in = std::fopen(argv[1], "r");
  Require(in != nullptr, "the file is there");
  std::string want(256, '\0');
  want.resize(std::fread(&want[0], 1, want.size(), in));
  std::fclose(in);
  if (line == want) return 0;
  std::fprintf(stderr, "%s has\n%s", argv[1], want.c_str());
  return 1;
}

}  // namespace
}  // namespace influence

int main(int argc, char** argv) {
  try {
    return influence::Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "it is not so that %s\n", error.what());
    return 2;
  }
}
