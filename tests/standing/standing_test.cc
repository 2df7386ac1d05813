// The rule of STANDING.md: published ranks, an exact reference, and that order,
// batches, threads and layout cannot be seen in a result.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/muldiv.h"
#include "standing/graph.h"

namespace influence {
namespace {

struct Edge {
  uint32_t from;
  uint32_t to;
  uint64_t weight;
};

std::string Name(uint32_t i) { return "n" + std::to_string(i); }

Graph Build(GraphBuilder builder) {
  Graph graph;
  const Error error = Graph::Build(std::move(builder), &graph);
  EXPECT_TRUE(error.ok()) << error.ToString();
  return graph;
}

Graph Build(const std::vector<Edge>& edges, GraphBuilder builder = {}) {
  for (const Edge& edge : edges) {
    builder.AddEdge(Name(edge.from), Name(edge.to), edge.weight);
  }
  return Build(std::move(builder));
}

Ranks RanksOf(const Graph& graph, const Seeds& seeds, uint32_t iterations,
              size_t threads = 1) {
  Ranks ranks;
  StandingRule rule;
  rule.iterations = iterations;
  const Error error =
      StandingRun::Run(graph, seeds, rule, threads, nullptr, &ranks);
  EXPECT_TRUE(error.ok()) << error.ToString();
  return ranks;
}

Seeds SeedsOf(const Graph& graph,
              const std::vector<std::pair<std::string, uint64_t>>& list) {
  Seeds seeds;
  for (const auto& [id, weight] : list) {
    EXPECT_TRUE(seeds.Add(graph, id, weight).ok());
  }
  return seeds;
}

uint64_t RankOf(const Ranks& ranks, const std::string& id) {
  return ranks[ranks.graph().Find(id)];
}

// A scratch in memory, which says no after so many calls.
struct ScratchFailed {};
std::shared_ptr<Scratch> NewScratch(size_t calls = SIZE_MAX) {
  struct File {
    std::string bytes;
    size_t calls;
    void Count() {
      if (calls-- == 0) throw ScratchFailed{};
    }
  };
  auto file = std::make_shared<File>();
  file->calls = calls;
  auto scratch = std::make_shared<Scratch>();
  scratch->append = [file](const uint8_t* data, size_t size) {
    file->Count();
    file->bytes.append(reinterpret_cast<const char*>(data), size);
  };
  scratch->read_at = [file](uint64_t offset, uint8_t* data, size_t size) {
    file->Count();
    ASSERT_LE(offset + size, file->bytes.size());
    std::memcpy(data, file->bytes.data() + offset, size);
  };
  return scratch;
}

GraphBuilder Spilling(uint64_t memory_bytes) {
  GraphBuilder builder;
  builder.SpillTo(NewScratch(), memory_bytes);
  return builder;
}

// Everything is there, and every rank opens up to its last unit.
void ExpectExact(const Ranks& ranks) {
  uint64_t sum = 0;
  for (uint32_t node = 0; node < ranks.graph().nodes(); ++node) {
    sum += ranks[node];
    if (node > 200) continue;
    for (const size_t top : {size_t{0}, size_t{2}, size_t{1000}}) {
      const RankExplanation why = ranks.Explain(node, top);
      uint64_t parts = why.seed_share + why.remainder + why.others;
      for (const Share& share : why.top) parts += share.amount;
      ASSERT_EQ(parts, ranks[node]);
      ASSERT_EQ(why.rank, ranks[node]);
      ASSERT_TRUE(why.top.size() == top || why.other_nodes == 0);
    }
  }
  EXPECT_EQ(sum, kTotalRank);
}

std::vector<Edge> RandomEdges(uint32_t nodes, size_t count, uint64_t most,
                              uint32_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Edge> edges;
  for (size_t i = 0; i < count; ++i) {
    // Skewed, so that there are hubs and nodes without an edge away.
    const auto skewed = [&] {
      return static_cast<uint32_t>(random() % nodes * (random() % nodes) /
                                   nodes);
    };
    const uint32_t from = skewed();
    edges.push_back({from, skewed(), 1 + random() % most});
  }
  return edges;
}

// Leaves the first edge of each pair.
std::vector<Edge> Distinct(std::vector<Edge> edges) {
  const auto pair = [](const Edge& e) { return uint64_t{e.from} << 32 | e.to; };
  std::stable_sort(
      edges.begin(), edges.end(),
      [&](const Edge& a, const Edge& b) { return pair(a) < pair(b); });
  edges.erase(std::unique(edges.begin(), edges.end(),
                          [&](const Edge& a, const Edge& b) {
                            return pair(a) == pair(b);
                          }),
              edges.end());
  return edges;
}

// All that one gives weighs alike, and what two give need not.
std::vector<Edge> EvenEdges(uint32_t nodes, size_t count, uint64_t most,
                            uint32_t seed) {
  auto edges = Distinct(RandomEdges(nodes, count, most, seed));
  for (Edge& edge : edges) edge.weight = 1 + edge.from % most;
  return edges;
}

std::ifstream Open(const std::string& file) {
  std::ifstream in(std::string(INFLUENCE_SOURCE_DIR) +
                   "/tests/standing/graphalytics/" + file);
  EXPECT_TRUE(in.good()) << file;
  return in;
}

void ExpectPublished(GraphBuilder builder, const std::string& file,
                     uint32_t iterations, double tolerance = 1e-7) {
  const Graph graph = Build(std::move(builder));
  const Ranks ranks = RanksOf(graph, Seeds::Uniform(graph), iterations);
  ExpectExact(ranks);
  std::ifstream in = Open(file);
  std::string id;
  double published = 0;
  size_t count = 0;
  for (; in >> id >> published; ++count) {
    const double ours = std::ldexp(static_cast<double>(RankOf(ranks, id)), -62);
    EXPECT_NEAR(ours / published, 1, tolerance) << id;
  }
  EXPECT_EQ(count, graph.nodes());
}

GraphBuilder Neighbours(const std::string& file) {
  GraphBuilder builder;
  std::ifstream in = Open(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string from, to;
    words >> from;
    builder.AddNode(from);
    while (words >> to) builder.AddEdge(from, to, 1);
  }
  return builder;
}

// The file has the limit, although its properties say 14 steps: after those,
// exact arithmetic is still 1.27e-6 away from it, and after 23 below 1e-9.
TEST(Graphalytics, Directed) {
  ExpectPublished(Neighbours("pr-dir.input"), "pr-dir.output", 14, 1.3e-6);
  ExpectPublished(Neighbours("pr-dir.input"), "pr-dir.output", 23, 1e-9);
}

// Each line names all neighbours or those one way: an edge is one either way.
TEST(Graphalytics, Undirected) {
  std::map<std::pair<std::string, std::string>, bool> edges;
  std::ifstream in = Open("pr-undir.input");
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string from, to;
    words >> from;
    while (words >> to) edges[{from, to}] = edges[{to, from}] = true;
  }
  GraphBuilder builder;
  for (const auto& [edge, unused] : edges) {
    builder.AddEdge(edge.first, edge.second, 1);
  }
  ExpectPublished(std::move(builder), "pr-undir.output", 26);
}

TEST(Graphalytics, Example) {
  GraphBuilder builder;
  std::ifstream nodes = Open("example-directed.v");
  for (std::string id; nodes >> id;) builder.AddNode(id);
  std::ifstream in = Open("example-directed.e");
  std::string from, to, weight;
  while (in >> from >> to >> weight) builder.AddEdge(from, to, 1);
  ExpectPublished(std::move(builder), "example-directed.output", 2);
}

#if defined(__SIZEOF_INT128__)
// The rule without any rounding worth the name: 2^100 for everybody.
std::vector<NativeUint128> Exact(const Graph& graph,
                                 const std::vector<Edge>& edges,
                                 const std::vector<uint64_t>& seeds,
                                 uint32_t iterations) {
  const size_t n = graph.nodes();
  const NativeUint128 total = NativeUint128{1} << 100;
  std::vector<uint64_t> given(n);
  std::vector<Edge> numbered;
  for (const Edge& e : edges) {
    if (e.from == e.to) continue;
    numbered.push_back(
        {graph.Find(Name(e.from)), graph.Find(Name(e.to)), e.weight});
    given[numbered.back().from] += e.weight;
  }
  const uint64_t all = std::accumulate(seeds.begin(), seeds.end(), uint64_t{0});
  std::vector<NativeUint128> rank(n);
  for (size_t i = 0; i < n; ++i) rank[i] = total / all * seeds[i];
  for (uint32_t k = 0; k < iterations; ++k) {
    std::vector<NativeUint128> next(n);
    NativeUint128 leak = total;
    for (const Edge& e : numbered) {
      const NativeUint128 kept = rank[e.from] * 17 / 20;
      const NativeUint128 sent = kept / given[e.from] * e.weight;
      next[e.to] += sent;
      leak -= sent;
    }
    for (size_t i = 0; i < n; ++i) next[i] += leak / all * seeds[i];
    rank = next;
  }
  return rank;
}

// How far ranks are from the exact ones, in units of 2^-62, in sum.
double ErrorOf(const Ranks& ranks, const std::vector<NativeUint128>& exact) {
  double error = 0;
  for (uint32_t i = 0; i < exact.size(); ++i) {
    const NativeUint128 ours = NativeUint128{ranks[i]} << 38;
    error += std::ldexp(static_cast<double>(ours > exact[i] ? ours - exact[i]
                                                            : exact[i] - ours),
                        -38);
  }
  return error;
}

TEST(Standing, WithinTheProvedBound) {
  size_t even = 0, uneven = 0;
  for (uint32_t seed = 0; seed < 80; ++seed) {
    const uint32_t n = 2 + seed % 40;
    const size_t count = 1 + seed * 3;
    const uint64_t most = seed % 3 ? 1000 : 1;
    const auto edges = seed % 2 == 0 ? RandomEdges(n, count, most, seed)
                                     : EvenEdges(n, count, most, seed);
    const Graph plain = Build(edges);
    const Graph spilled = Build(edges, Spilling(1));
    ++(plain.is_even() ? even : uneven);
    ASSERT_TRUE(plain.is_even() || seed % 2 == 0);
    const size_t nodes = plain.nodes();
    std::vector<uint64_t> weights(nodes);
    const std::vector<uint64_t> alike(nodes, 1);
    Seeds seeds;
    for (uint32_t i = 0; i < nodes; ++i) {
      weights[i] = i == 0 || i % 3 == seed % 3 ? 1 + i % 5 : 0;
      ASSERT_TRUE(seeds.Add(plain, plain.Id(i), weights[i]).ok());
    }
    const double bound = (2.0 * static_cast<double>(edges.size()) +
                          4.0 * static_cast<double>(nodes) + 1) /
                         0.15;
    for (const uint32_t iterations : {1u, 2u, 30u}) {
      const auto listed = Exact(plain, edges, weights, iterations);
      const auto uniform = Exact(plain, edges, alike, iterations);
      for (const Graph* graph : {&plain, &spilled}) {
        const Ranks some = RanksOf(*graph, seeds, iterations);
        const Ranks all = RanksOf(*graph, Seeds::Uniform(*graph), iterations);
        ExpectExact(some);
        ExpectExact(all);
        EXPECT_LT(ErrorOf(some, listed), bound);
        EXPECT_LT(ErrorOf(all, uniform), bound);
      }
    }
  }
  EXPECT_GE(even, 40u);
  EXPECT_GE(uneven, 20u);
}
#endif

// STANDING.md, "By hand".
TEST(Standing, WorkedExample) {
  GraphBuilder builder;
  builder.AddEdge("ada", "bob", 1);
  builder.AddEdge("ada", "cyd", 3);
  builder.AddEdge("bob", "cyd", 2);
  const Graph graph = Build(std::move(builder));
  const Seeds seeds = SeedsOf(graph, {{"ada", 1}});
  const Ranks one = RanksOf(graph, seeds, 1);
  EXPECT_EQ(RankOf(one, "ada"), 691752902764108187u);
  EXPECT_EQ(RankOf(one, "bob"), 979983278915819929u);
  EXPECT_EQ(RankOf(one, "cyd"), 2939949836747459788u);
  const Ranks two = RanksOf(graph, seeds, 2);
  EXPECT_EQ(RankOf(two, "ada"), 3190710263999449009u);
  EXPECT_EQ(RankOf(two, "bob"), 146997491837372989u);
  EXPECT_EQ(RankOf(two, "cyd"), 1273978262590565906u);
  EXPECT_EQ(two.StandingMicros(graph.Find("ada")), 2'075'625);
}

// Graphs of more nodes that give than a segment has places, and of enough
// edges that every thread has a part; of each layout.
class Large : public ::testing::TestWithParam<const char*> {
 protected:
  static constexpr uint32_t kIterations = 10;

  bool is_even() const { return std::string(GetParam()) != "shares"; }
  std::vector<Edge> Edges() const {
    constexpr uint32_t kNodes = 150'000;
    constexpr size_t kEdges = 500'000;
    const std::string name = GetParam();
    const uint64_t most = name == "ones"   ? 1
                          : name == "even" ? 1000
                                           : 1'000'000;
    auto edges = RandomEdges(kNodes, kEdges, most, 7);
    for (uint32_t i = 0; i < kNodes; ++i) {  // so that everybody gives
      edges.push_back({i, (i + 7919) % kNodes, 1});
    }
    if (!is_even()) return edges;
    edges = Distinct(std::move(edges));
    for (Edge& edge : edges) edge.weight = 1 + edge.from % most;
    return edges;
  }
};

TEST_P(Large, NothingButTheGraphShows) {
  auto edges = Edges();
  const Graph graph = Build(edges);
  ASSERT_EQ(graph.is_even(), is_even());
  ASSERT_GT(graph.nodes() - graph.dangling(), size_t{2} << 16);  // 3 segments
  const Seeds seeds = SeedsOf(graph, {{"n1", 3}, {"n17", 5}, {"n3", 1}});
  const Ranks ranks = RanksOf(graph, seeds, kIterations);
  ExpectExact(ranks);
  const Ranks uniform = RanksOf(graph, Seeds::Uniform(graph), kIterations);
  ExpectExact(uniform);
  for (const size_t threads : {size_t{2}, size_t{7}, size_t{16}}) {
    ASSERT_EQ(StandingRun::PartsOf(graph, threads), threads);
    EXPECT_EQ(RanksOf(graph, seeds, kIterations, threads).Digest(),
              ranks.Digest());
    EXPECT_EQ(
        RanksOf(graph, Seeds::Uniform(graph), kIterations, threads).Digest(),
        uniform.Digest());
  }
  std::mt19937 random(1);
  std::shuffle(edges.begin(), edges.end(), random);
  for (const bool spills : {false, true}) {
    const Graph shuffled =
        Build(edges, spills ? Spilling(1 << 20) : GraphBuilder());
    EXPECT_EQ(shuffled.digest(), graph.digest());
    const Seeds other = SeedsOf(
        shuffled, {{"n3", 1}, {"n17", 2}, {"n1", 3}, {"n17", 3}, {"?", 9}});
    EXPECT_EQ(other.unknown(), 1u);
    EXPECT_EQ(other.Digest(shuffled), seeds.Digest(graph));
    EXPECT_EQ(
        RanksOf(shuffled, Seeds::Uniform(shuffled), kIterations, 7).Digest(),
        uniform.Digest());
    const Ranks again = RanksOf(shuffled, other, kIterations, 7);
    EXPECT_EQ(again.Digest(), ranks.Digest());
    for (const char* id : {"n0", "n1", "n17", "n100000", "n149999"}) {
      const RankExplanation why = again.Explain(shuffled.Find(id), 3);
      const RankExplanation as = ranks.Explain(graph.Find(id), 3);
      ASSERT_EQ(why.top.size(), as.top.size());
      for (size_t i = 0; i < as.top.size(); ++i) {
        EXPECT_EQ(why.top[i].node, as.top[i].node);
        EXPECT_EQ(why.top[i].amount, as.top[i].amount);
      }
      EXPECT_EQ(why.others, as.others);
    }
  }
  edges.back().weight += 1;
  EXPECT_NE(Build(edges).digest(), graph.digest());
}

#if defined(__SIZEOF_INT128__)
// The segments, the parts and the shares of each edge, against the exact rule.
TEST_P(Large, WithinTheProvedBound) {
  const auto edges = Edges();
  const Graph graph = Build(edges);
  const std::vector<uint64_t> alike(graph.nodes(), 1);
  const auto exact = Exact(graph, edges, alike, 3);
  const Ranks ranks = RanksOf(graph, Seeds::Uniform(graph), 3, 7);
  EXPECT_LT(ErrorOf(ranks, exact),
            (2.0 * static_cast<double>(edges.size()) +
             4.0 * static_cast<double>(graph.nodes()) + 1) /
                0.15);
}
#endif

INSTANTIATE_TEST_SUITE_P(Layouts, Large,
                         ::testing::Values("ones", "even", "shares"));

// The same weights times anything give the same ranks.
TEST(Standing, OnlyRatiosOfWeightsCount) {
  for (const bool is_even : {true, false}) {
    auto edges = is_even ? EvenEdges(300, 3'000, 1, 3)
                         : RandomEdges(300, 3'000, 1000, 3);
    const Graph plain = Build(edges);
    ASSERT_EQ(plain.is_even(), is_even);
    const Ranks ranks = RanksOf(plain, Seeds::Uniform(plain), 20);
    for (const uint64_t factor : {uint64_t{1'000'000}, uint64_t{1} << 40}) {
      auto heavier = edges;
      for (Edge& edge : heavier) edge.weight *= factor;
      const Graph heavy = Build(heavier);
      EXPECT_EQ(heavy.is_even(), is_even);
      EXPECT_NE(heavy.digest(), plain.digest());
      EXPECT_EQ(RanksOf(heavy, Seeds::Uniform(heavy), 20).Digest(),
                ranks.Digest());
    }
  }
}

// The ranks of one graph in both layouts.
TEST(Standing, LayoutsAgree) {
  auto edges = EvenEdges(200, 2'000, 1, 5);
  const Graph even = Build(edges);
  ASSERT_TRUE(even.is_even());
  // A lone node that gives unevenly makes every other's shares be kept; what
  // nobody can reach it has nothing to give.
  edges.push_back({1000, 1001, 1});
  edges.push_back({1000, 1002, 2});
  const Graph uneven = Build(edges);
  ASSERT_FALSE(uneven.is_even());
  const Ranks one = RanksOf(even, SeedsOf(even, {{"n1", 2}, {"n5", 3}}), 20);
  const Ranks two =
      RanksOf(uneven, SeedsOf(uneven, {{"n1", 2}, {"n5", 3}}), 20);
  for (uint32_t node = 0; node < even.nodes(); ++node) {
    EXPECT_EQ(RankOf(two, std::string(even.Id(node))), one[node]);
  }
  EXPECT_EQ(RankOf(two, "n1001"), 0u);
}

TEST(Standing, SelfLoopsAndNothingAreIgnoredAndCounted) {
  GraphBuilder builder;
  builder.AddEdge("a", "b", 1);
  builder.AddEdge("a", "a", 5);
  builder.AddEdge("b", "c", 0);
  builder.AddEdge("a", "b", 2);
  EXPECT_EQ(builder.edges(), 2u);
  const Graph graph = Build(std::move(builder));
  EXPECT_EQ(graph.nodes(), 3u);
  EXPECT_EQ(graph.edges(), 1u);
  EXPECT_EQ(graph.added_edges(), 2u);
  EXPECT_EQ(graph.self_loops(), 1u);
  EXPECT_EQ(graph.weightless(), 1u);
  EXPECT_EQ(graph.dangling(), 2u);
  ExpectExact(RanksOf(graph, Seeds::Uniform(graph), 50));
}

TEST(Edges, OneNodeNoEdges) {
  GraphBuilder builder;
  builder.AddNode("only");
  const Graph graph = Build(std::move(builder));
  const Ranks ranks = RanksOf(graph, Seeds::Uniform(graph), 5);
  EXPECT_EQ(ranks[0], kTotalRank);
  EXPECT_EQ(ranks.StandingMicros(0), kOne);
}

TEST(Edges, NoNodesNoSeedsNoneThatIsANode) {
  const Graph empty = Build(GraphBuilder());
  Ranks ranks;
  const auto run = [&](const Graph& graph, const Seeds& seeds) {
    return StandingRun::Run(graph, seeds, {}, 1, nullptr, &ranks).code();
  };
  EXPECT_EQ(run(empty, Seeds::Uniform(empty)), Code::kFailedPrecondition);
  const Graph graph = Build({{0, 1, 1}});
  EXPECT_EQ(run(graph, Seeds()), Code::kNotFound);
  EXPECT_EQ(run(graph, SeedsOf(graph, {{"stranger", 1}, {"n0", 0}})),
            Code::kNotFound);
}

TEST(Edges, AllDangling) {
  GraphBuilder builder;
  for (uint32_t i = 0; i < 10; ++i) builder.AddNode(Name(i));
  const Graph graph = Build(std::move(builder));
  const Ranks ranks = RanksOf(graph, SeedsOf(graph, {{"n3", 1}, {"n4", 2}}), 9);
  EXPECT_EQ(RankOf(ranks, "n3"), kTotalRank / 3 + 1);
  EXPECT_EQ(RankOf(ranks, "n4"), kTotalRank / 3 * 2);
  EXPECT_EQ(RankOf(ranks, "n5"), 0u);
}

TEST(Edges, Star) {
  std::vector<Edge> edges;
  for (uint32_t i = 1; i <= 1000; ++i) edges.push_back({i, 0, 1});
  const Graph graph = Build(edges);
  const Ranks ranks = RanksOf(graph, Seeds::Uniform(graph), 1000);
  ExpectExact(ranks);
  // hub = leaf (1 + 1000 * 0.85), all leaves alike.
  const double ratio = static_cast<double>(RankOf(ranks, "n0")) /
                       static_cast<double>(RankOf(ranks, "n1"));
  EXPECT_NEAR(ratio, 851, 1e-6);
}

TEST(Edges, Clique) {
  std::vector<Edge> edges;
  for (uint32_t i = 0; i < 64; ++i) {
    for (uint32_t j = 0; j < 64; ++j) edges.push_back({i, j, 1});
  }
  const Graph graph = Build(edges);
  const Ranks ranks = RanksOf(graph, Seeds::Uniform(graph), 100);
  for (uint32_t i = 0; i < 64; ++i) EXPECT_EQ(ranks[i], kTotalRank / 64);
}

TEST(Edges, ChainOfAMillion) {
  GraphBuilder builder;
  for (uint32_t i = 0; i + 1 < 1'000'000; ++i) {
    builder.AddEdge(Name(i), Name(i + 1), 1);
  }
  const Graph graph = Build(std::move(builder));
  const Ranks ranks = RanksOf(graph, SeedsOf(graph, {{"n0", 1}}), 20, 2);
  ExpectExact(ranks);
  for (uint32_t i = 0; i < 19; ++i) {
    EXPECT_NEAR(std::ldexp(static_cast<double>(RankOf(ranks, Name(i))), -62),
                0.15 * std::pow(0.85, i), 1e-12);
  }
  EXPECT_EQ(RankOf(ranks, "n21"), 0u);  // no further than the steps
}

TEST(Edges, Weights) {
  // Alone it is a weight like any other.
  const Graph one = Build({{0, 1, kMaxWeight}});
  const Graph light = Build({{0, 1, 1}});
  EXPECT_EQ(RanksOf(one, Seeds::Uniform(one), 9).Digest(),
            RanksOf(light, Seeds::Uniform(light), 9).Digest());
  const auto refused = [](const std::vector<Edge>& edges) {
    GraphBuilder builder;
    for (const Edge& e : edges) {
      builder.AddEdge(Name(e.from), Name(e.to), e.weight);
    }
    Graph graph;
    return Graph::Build(std::move(builder), &graph).code();
  };
  EXPECT_EQ(refused({{0, 1, kMaxWeight}, {0, 1, 1}}), Code::kOutOfRange);
  EXPECT_EQ(refused({{0, 1, kMaxWeight},
                     {0, 1, kMaxWeight},
                     {0, 2, kMaxWeight},
                     {0, 2, kMaxWeight}}),
            Code::kOutOfRange);
  EXPECT_EQ(refused({{0, 1, kMaxWeight - 1}, {0, 2, 1}}), Code::kOk);
  Seeds seeds;
  EXPECT_TRUE(seeds.Add(light, "n0", kMaxWeight).ok());
  EXPECT_EQ(seeds.Add(light, "n1", 1).code(), Code::kOutOfRange);
  ExpectExact(RanksOf(light, seeds, 9));
}

TEST(StandingRule, LimitsOfTheRule) {
  const Graph graph = Build({{0, 1, 1}});
  const auto code = [&](Micros teleport, uint32_t iterations) {
    Ranks ranks;
    return StandingRun::Run(graph, Seeds::Uniform(graph),
                            {teleport, iterations}, 1, nullptr, &ranks)
        .code();
  };
  EXPECT_EQ(code(0, 1), Code::kOutOfRange);
  EXPECT_EQ(code(kOne, 1), Code::kOutOfRange);
  EXPECT_EQ(code(1, 1), Code::kOk);
  EXPECT_EQ(code(kOne - 1, kMaxIterations), Code::kOk);
  EXPECT_EQ(code(1, 0), Code::kOutOfRange);
  EXPECT_EQ(code(1, kMaxIterations + 1), Code::kOutOfRange);
}

TEST(StandingRule, CancelledAnywhereItCanRunAgain) {
  const Graph graph = Build(RandomEdges(100, 1000, 9, 5));
  const Seeds seeds = Seeds::Uniform(graph);
  const std::string digest = RanksOf(graph, seeds, 10).Digest();
  for (uint32_t stop = 0; stop <= 10; ++stop) {
    Ranks ranks = RanksOf(graph, seeds, 3);
    const std::string before = ranks.Digest();
    const auto progress = [stop](uint32_t done, uint32_t all) {
      EXPECT_EQ(all, 10u);
      return done < stop;
    };
    EXPECT_EQ(StandingRun::Run(graph, seeds, {150'000, 10}, 2, progress, &ranks)
                  .code(),
              Code::kCancelled);
    EXPECT_EQ(ranks.Digest(), before);
    EXPECT_EQ(RanksOf(graph, seeds, 10).Digest(), digest);
  }
}

// --------------------------------------------------------------------- spilled

// Edges in a file, with memory for hardly any: nothing of it shows.
TEST(Spilled, ChangesNothing) {
  for (const uint64_t most : {uint64_t{1}, uint64_t{1'000'000'007}}) {
    for (const size_t count :
         {size_t{0}, size_t{1}, size_t{500}, size_t{9000}}) {
      const std::vector<Edge> edges =
          RandomEdges(400, count, most, static_cast<uint32_t>(count));
      GraphBuilder plain, spilling;
      spilling.SpillTo(NewScratch(), 1);
      for (GraphBuilder* builder : {&plain, &spilling}) {
        builder->AddNode("alone");
        for (const Edge& edge : edges) {
          builder->AddEdge(Name(edge.from), Name(edge.to), edge.weight);
        }
      }
      EXPECT_EQ(spilling.edges(), plain.edges());
      const Graph want = Build(std::move(plain));
      const Graph graph = Build(std::move(spilling));
      EXPECT_EQ(graph.digest(), want.digest());
      EXPECT_EQ(graph.edges(), want.edges());
      EXPECT_EQ(graph.added_edges(), want.added_edges());
      EXPECT_EQ(graph.self_loops(), want.self_loops());
      EXPECT_EQ(graph.dangling(), want.dangling());
      for (const bool uniform : {true, false}) {
        const auto seeds = [uniform](const Graph& of) {
          return uniform
                     ? Seeds::Uniform(of)
                     : SeedsOf(of, {{"alone", 2},
                                    {of.Id(0) == "alone" ? "alone" : "n0", 5}});
        };
        const Ranks expected = RanksOf(want, seeds(want), 20);
        for (const size_t threads : {size_t{1}, size_t{4}}) {
          const Ranks ranks = RanksOf(graph, seeds(graph), 20, threads);
          ASSERT_EQ(ranks.Digest(), expected.Digest());
          ExpectExact(ranks);
          for (uint32_t node = 0; node < graph.nodes(); node += 37) {
            const RankExplanation why = ranks.Explain(node, 3);
            const RankExplanation as = expected.Explain(node, 3);
            ASSERT_EQ(why.top.size(), as.top.size());
            for (size_t i = 0; i < as.top.size(); ++i) {
              EXPECT_EQ(why.top[i].node, as.top[i].node);
              EXPECT_EQ(why.top[i].amount, as.top[i].amount);
            }
            EXPECT_EQ(why.others, as.others);
            EXPECT_EQ(why.other_nodes, as.other_nodes);
            EXPECT_EQ(why.seed_share, as.seed_share);
            EXPECT_EQ(why.remainder, as.remainder);
          }
        }
      }
    }
  }
}

TEST(Spilled, WhatTheScratchThrowsComesOut) {
  const std::vector<Edge> edges = RandomEdges(100, 5000, 9, 1);
  size_t failures = 0;
  for (size_t calls = 0;; ++calls) {
    try {
      GraphBuilder builder;
      builder.SpillTo(NewScratch(calls), 1);
      for (const Edge& edge : edges) {
        builder.AddEdge(Name(edge.from), Name(edge.to), edge.weight);
      }
      const Graph graph = Build(std::move(builder));
      ExpectExact(RanksOf(graph, Seeds::Uniform(graph), 3));
      break;
    } catch (const ScratchFailed&) {
      ++failures;
    }
  }
  EXPECT_GT(failures, 20u);
}

TEST(Spilled, TooHeavyNodesAreRefused) {
  GraphBuilder builder;
  builder.SpillTo(NewScratch(), 1);
  builder.AddEdge("a", "b", kMaxWeight);
  builder.AddEdge("a", "b", 1);
  Graph graph;
  const Error error = Graph::Build(std::move(builder), &graph);
  EXPECT_EQ(error.code(), Code::kOutOfRange);
  EXPECT_NE(error.message().find("'a'"), std::string::npos);
}

}  // namespace
}  // namespace influence
