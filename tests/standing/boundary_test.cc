// Standing as callers have it: edges in by bytes, columns or a tally, ranks,
// reasons and scores out, of a graph that is named wherever its standing goes.
#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>

#include "client.h"

namespace influence::testing {
namespace {

constexpr uint64_t kTotal = uint64_t{1} << 62;
constexpr uint64_t kMost = INT64_MAX;

std::vector<Edge> RandomEdges(size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::vector<Edge> edges;
  for (size_t i = 0; i < count; ++i) {
    const auto name = [&] {
      return "n" + std::to_string(random() % 40 * (random() % 40) / 40);
    };
    const std::string from = name();
    edges.push_back({from, name(), random() % 3 == 0 ? random() % 1000 : 1});
  }
  return edges;
}

Standing Flow(const std::vector<Edge>& edges, const abi1::SeedList& seeds) {
  Graph graph(V1());
  graph.Add(edges);
  graph.Seed(seeds);
  return graph.Run();
}

uint64_t Sum(const RankTable& ranks) {
  uint64_t sum = 0;
  for (const auto& [id, rank] : ranks) sum += rank.first;
  return sum;
}

abi1::Algorithm OwnRule(int64_t teleport, uint32_t iterations) {
  abi1::Algorithm algorithm;
  algorithm.set_id("own/1");
  abi1::Row& row = *algorithm.add_rows();
  row.set_factor(abi1::FACTOR_STANDING);
  row.set_weight_micropoints(100'000'000);
  row.set_full_marks_micros(10'000'000'000);
  abi1::SignalValue& count = *row.add_counts();
  count.set_signal(abi1::SIGNAL_STANDING);
  count.set_value_micros(1'000'000);
  if (teleport != 0) {
    algorithm.mutable_standing()->set_teleport_micros(teleport);
  }
  if (iterations != 0) {
    algorithm.mutable_standing()->set_iterations(iterations);
  }
  return algorithm;
}

// Every node opens up to the last unit, of rank and of standing.
void ExpectOpen(const Standing& standing) {
  const RankTable ranks = standing.Ranks();
  EXPECT_EQ(Sum(ranks), kTotal);
  for (const auto& [id, rank] : ranks) {
    uint64_t higher = 0;
    for (const auto& other : ranks) higher += other.second.first > rank.first;
    for (const uint32_t top : {1u, 3u, 1000u}) {
      abi1::NodeReport why;
      ASSERT_EQ(standing.Explain(id, top, &why), INFLUENCE_OK);
      EXPECT_EQ(why.id(), id);
      EXPECT_EQ(why.rank(), rank.first);
      EXPECT_EQ(why.standing_micros(), rank.second);
      EXPECT_EQ(why.position(), higher + 1);
      uint64_t parts =
          why.seed_rank() + why.remainder_rank() + why.others().rank();
      int64_t micros = why.seed_standing_micros() +
                       why.others().standing_micros() +
                       why.rounded_standing_micros();
      uint64_t last = UINT64_MAX;
      for (const abi1::NodeShare& share : why.top()) {
        EXPECT_LE(share.rank(), last);
        last = share.rank();
        EXPECT_TRUE(ranks.count(share.source()));
        parts += share.rank();
        micros += share.standing_micros();
      }
      EXPECT_EQ(parts, why.rank());
      EXPECT_EQ(micros, why.standing_micros());
      EXPECT_LE(why.remainder_rank(), 1u);
      EXPECT_GE(why.rounded_standing_micros(), 0);
      EXPECT_LE(why.rounded_standing_micros(), why.top_size() + 3);
      EXPECT_LE(static_cast<uint32_t>(why.top_size()), top);
      EXPECT_TRUE(why.others_count() == 0 ||
                  static_cast<uint32_t>(why.top_size()) == top);
    }
  }
}

TEST(Standing, IsTheSameOfBytesAndColumnsInAnyOrderAndOnAnyThreads) {
  std::vector<Edge> edges = RandomEdges(600, 1);
  const abi1::SeedList seeds = SeedsOf({{"n0", 3}, {"n7", 5}, {"n1", 1}});
  const Standing want = Flow(edges, seeds);
  ExpectOpen(want);
  EXPECT_EQ(want.Ranks(1), want.Ranks());
  const std::string report = want.Report().SerializeAsString();
  std::mt19937_64 random(2);
  for (const size_t batches : {1u, 2u, 7u, 100u}) {
    std::shuffle(edges.begin(), edges.end(), random);
    for (const bool by_columns : {false, true}) {
      Graph graph(V1());
      for (size_t i = 0; i < batches; ++i) {
        const std::vector<Edge> part(
            edges.begin() + static_cast<ptrdiff_t>(i * edges.size() / batches),
            edges.begin() +
                static_cast<ptrdiff_t>((i + 1) * edges.size() / batches));
        if (by_columns) {
          ASSERT_EQ(graph.AddTable(TableOf(part)), INFLUENCE_OK)
              << graph.message();
        } else {
          graph.Add(part);
        }
      }
      graph.Seed(SeedsOf({{"n1", 1}, {"n7", 2}}));
      graph.Seed(SeedsOf({{"n7", 3}, {"n0", 3}}));
      for (const uint32_t threads : {0u, 1u, 2u, 7u, 16u}) {
        abi1::StandingReport again = graph.Run(threads).Report();
        again.set_memory_bytes(want.Report().memory_bytes());
        EXPECT_EQ(again.SerializeAsString(), report);
      }
    }
  }
}

// Who gives and receives, as numbers; the names of nodes are these.
struct Numbers {
  std::vector<int64_t> source, target, weight;

  size_t size() const { return source.size(); }
  void Add(int64_t from, int64_t to, int64_t value) {
    source.push_back(from);
    target.push_back(to);
    weight.push_back(value);
  }
  Column Table(size_t first, size_t last) const {
    const auto part = [&](const std::vector<int64_t>& all) {
      return std::vector<int64_t>(all.begin() + static_cast<ptrdiff_t>(first),
                                  all.begin() + static_cast<ptrdiff_t>(last));
    };
    return Column::Struct("", static_cast<int64_t>(last - first),
                          {Column::Of("source", "l", part(source)),
                           Column::Of("target", "l", part(target)),
                           Column::Of("weight", "l", part(weight))});
  }
  std::string Batch(size_t first, size_t last) const {
    abi1::EdgeBatch batch;
    for (size_t i = first; i < last; ++i) {
      abi1::Edge& edge = *batch.add_edges();
      edge.set_source(std::to_string(source[i]));
      edge.set_target(std::to_string(target[i]));
      edge.set_weight(static_cast<uint64_t>(weight[i]));
    }
    return batch.SerializeAsString();
  }
  void Shuffle(std::mt19937_64* random) {
    for (size_t i = size(); i > 1; --i) {
      const size_t j = (*random)() % i;
      std::swap(source[i - 1], source[j]);
      std::swap(target[i - 1], target[j]);
      std::swap(weight[i - 1], weight[j]);
    }
  }
};

// Everybody gives: more nodes than two segments of the graph have places, and
// more than 100,000 units of work for each of 16 threads. Evenly, each pair
// occurs once and all that one gives weighs alike.
Numbers LargeGraph(bool is_even) {
  constexpr int64_t kNodes = 150'000;
  std::mt19937_64 random(7);
  Numbers edges;
  for (int64_t i = 0; i < kNodes; ++i) {
    // The steps of one node ascend: they all lead to someone else.
    int64_t step = 0;
    for (uint64_t k = 1 + random() % 6; k > 0; --k) {
      step += static_cast<int64_t>(1 + random() % (kNodes / 8));
      const int64_t to = (i + step) % kNodes * ((i + step) % kNodes) / kNodes;
      edges.Add(
          i, is_even ? (i + step) % kNodes : to,
          is_even ? 1 + i % 9 : 1 + static_cast<int64_t>(random() % 1'000'000));
    }
  }
  return edges;
}

TEST(Large, NeitherThreadsBatchesOrderNorFileShow) {
  const Engine engine = Custom(OwnRule(0, 5));
  std::mt19937_64 random(2);
  uint64_t memory[2] = {};
  for (const bool is_even : {false, true}) {
    Numbers edges = LargeGraph(is_even);
    ASSERT_GT(edges.size(), 500'000u);
    std::string want[2];  // of listed seeds, of uniform ones
    const auto expect_same = [&](Graph* graph, uint32_t threads) {
      for (const bool is_uniform : {false, true}) {
        abi1::SeedList seeds =
            is_uniform ? Uniform() : SeedsOf({{"7", 3}, {"0", 1}, {"9", 2}});
        seeds.set_anew(true);
        graph->Seed(seeds);
        abi1::StandingReport report = graph->Run(threads).Report();
        if (want[is_uniform].empty()) memory[is_even] = report.memory_bytes();
        report.clear_memory_bytes();
        const std::string bytes = report.SerializeAsString();
        if (want[is_uniform].empty()) want[is_uniform] = bytes;
        EXPECT_EQ(bytes, want[is_uniform]);
      }
    };
    for (const size_t batches : {1u, 3u, 100u}) {
      for (const bool spills : {false, true}) {
        Graph graph(engine);
        if (spills) graph.Spill(uint64_t{64} << 20);
        for (size_t i = 0; i < batches; ++i) {
          const size_t first = i * edges.size() / batches;
          const size_t last = (i + 1) * edges.size() / batches;
          ASSERT_EQ((i + batches) % 2 == 0 && batches > 1
                        ? graph.AddBytes(edges.Batch(first, last))
                        : graph.AddTable(edges.Table(first, last)),
                    INFLUENCE_OK)
              << graph.message();
        }
        expect_same(&graph, 1);
        if (batches == 3 && !spills) {
          for (const uint32_t threads : {2u, 7u, 16u}) {
            expect_same(&graph, threads);
          }
        } else {
          expect_same(&graph, 7);
        }
        edges.Shuffle(&random);
      }
    }
  }
  // Evenly, no edge has a share of its own, of 8 bytes.
  EXPECT_LT(memory[true] + (2u << 20), memory[false]);
}

TEST(Standing, ReportsWhatWasCounted) {
  const Standing standing = Flow(
      {{"a", "b", 2}, {"a", "b", 3}, {"b", "b"}, {"b", "c", 0}, {"c", "a"}},
      SeedsOf({{"a", 1}, {"a", 1}, {"nobody", 4}, {"b", 0}}));
  const abi1::StandingReport report = standing.Report();
  EXPECT_EQ(report.algorithm(), "v1");
  EXPECT_EQ(report.edges().added(), 3u);
  EXPECT_EQ(report.edges().self_loops(), 1u);
  EXPECT_EQ(report.edges().weightless(), 1u);
  EXPECT_EQ(report.edges().dangling_nodes(), 1u);
  EXPECT_EQ(report.seeds().kind(), abi1::SEED_KIND_LISTED);
  EXPECT_EQ(report.seeds().nodes(), 1u);
  EXPECT_EQ(report.seeds().unknown(), 1u);
  EXPECT_EQ(report.seeds().weightless(), 1u);
  EXPECT_EQ(report.graph().nodes(), 3u);
  EXPECT_EQ(report.graph().edges(), 2u);
  EXPECT_EQ(report.graph().teleport_micros(), 150'000);
  EXPECT_EQ(report.graph().iterations(), 100u);
  EXPECT_EQ(report.graph().digest().size(), 64u);
  EXPECT_EQ(report.graph().seeds_digest().size(), 64u);
  EXPECT_GT(report.memory_bytes(), 0u);
}

TEST(Standing, DigestsTellGraphsAndSeedsApart) {
  const std::vector<Edge> edges = {{"a", "b"}, {"b", "c"}};
  const auto graph_of = [](const std::vector<Edge>& of) {
    return Flow(of, Uniform()).Report().graph().digest();
  };
  const auto seeds_of = [&](const abi1::SeedList& of) {
    return Flow(edges, of).Report().graph().seeds_digest();
  };
  std::vector<std::string> graphs = {
      graph_of(edges), graph_of({{"a", "b"}, {"b", "d"}}),
      graph_of({{"a", "b"}, {"c", "b"}}), graph_of({{"a", "b", 2}, {"b", "c"}}),
      graph_of({{"a", "b"}, {"b", "c"}, {"d", "d"}})};
  std::vector<std::string> seeds = {
      seeds_of(Uniform()), seeds_of(SeedsOf({{"a", 1}})),
      seeds_of(SeedsOf({{"a", 2}})), seeds_of(SeedsOf({{"b", 1}})),
      seeds_of(SeedsOf({{"a", 1}, {"b", 1}, {"c", 1}}))};
  for (std::vector<std::string>* all : {&graphs, &seeds}) {
    std::sort(all->begin(), all->end());
    EXPECT_EQ(std::unique(all->begin(), all->end()), all->end());
  }
}

// ---------------------------------------------------------------- edge cases

TEST(EdgeCase, OneNodeHasEverything) {
  const Standing standing = Flow({{"a", "a"}}, SeedsOf({{"a", 1}}));
  EXPECT_EQ(standing.Ranks(), (RankTable{{"a", {kTotal, 1'000'000}}}));
  ExpectOpen(standing);
}

TEST(EdgeCase, WithoutNodesNobodyCanBeASeed) {
  Graph graph(V1());
  graph.Seed(SeedsOf({{"a", 1}}));
  EXPECT_EQ(graph.TryRun(), INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(graph.message(), "graph: has no nodes");
  Graph uniform(V1());
  uniform.Seed(Uniform());
  EXPECT_EQ(uniform.TryRun(), INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(uniform.message(), "graph: has no nodes");
}

TEST(EdgeCase, WithoutSeedsThereIsNoStanding) {
  Graph graph(V1());
  graph.Add({{"a", "b"}});
  EXPECT_EQ(graph.TryRun(), INFLUENCE_FAILED_PRECONDITION);
  EXPECT_NE(graph.message().find("without seeds"), std::string::npos);
  graph.Add({{"b", "a"}});  // it was not put in order for that
  graph.Seed(SeedsOf({{"nobody", 7}, {"a", 0}}));
  EXPECT_EQ(graph.TryRun(), INFLUENCE_NOT_FOUND);
  EXPECT_NE(graph.message().find("is a node"), std::string::npos)
      << graph.message();
  graph.Seed(SeedsOf({{"a", 1}}));
  EXPECT_EQ(graph.Run().Report().seeds().unknown(), 1u);
}

TEST(EdgeCase, AllDanglingLeavesTheSeedsWhatTheyHad) {
  const Standing standing = Flow({{"a", "a"}, {"b", "b"}, {"c", "d", 0}},
                                 SeedsOf({{"a", 1}, {"d", 3}}));
  const RankTable want = {{"a", {kTotal / 4, 1'000'000}},
                          {"b", {0, 0}},
                          {"c", {0, 0}},
                          {"d", {kTotal / 4 * 3, 3'000'000}}};
  EXPECT_EQ(standing.Ranks(), want);
  ExpectOpen(standing);
}

TEST(EdgeCase, AStarLiftsItsMiddle) {
  std::vector<Edge> edges;
  for (int i = 0; i < 1000; ++i) {
    edges.push_back({"n" + std::to_string(i), "middle"});
  }
  const Standing standing = Flow(edges, Uniform());
  abi1::NodeReport why;
  ASSERT_EQ(standing.Explain("middle", 0, &why), INFLUENCE_OK);
  EXPECT_EQ(why.position(), 1u);
  EXPECT_EQ(why.top_size(), 10);
  EXPECT_EQ(why.others_count(), 990u);
  // All alike, and so in the order of their ids.
  EXPECT_EQ(why.top(0).source(), "n0");
  EXPECT_EQ(why.top(1).source(), "n1");
  EXPECT_EQ(why.top(2).source(), "n10");
  EXPECT_EQ(why.top(0).rank(), why.top(9).rank());
  EXPECT_EQ(Sum(standing.Ranks()), kTotal);
}

TEST(EdgeCase, InACliqueAllAreAlike) {
  std::vector<Edge> edges;
  for (char source = 'a'; source < 'i'; ++source) {
    for (char target = 'a'; target < 'i'; ++target) {
      edges.push_back({std::string(1, source), std::string(1, target)});
    }
  }
  const Standing standing = Flow(edges, Uniform());
  for (const auto& [id, rank] : standing.Ranks()) {
    EXPECT_NEAR(static_cast<double>(rank.first),
                static_cast<double>(kTotal / 8), 8);
  }
  ExpectOpen(standing);
}

TEST(EdgeCase, AChainOfAMillionFadesToNothing) {
  constexpr size_t kLength = 1'000'000;
  std::vector<int64_t> sources(kLength), targets(kLength);
  std::iota(sources.begin(), sources.end(), 0);
  std::iota(targets.begin(), targets.end(), 1);
  Graph graph(V1());
  ASSERT_EQ(
      graph.AddTable(Column::Struct("", kLength,
                                    {Column::Of("source", "l", sources),
                                     Column::Of("target", "l", targets)})),
      INFLUENCE_OK)
      << graph.message();
  graph.Seed(SeedsOf({{"0", 1}}));
  const Standing standing = graph.Run(2);
  const RankTable ranks = standing.Ranks();
  EXPECT_EQ(ranks.size(), kLength + 1);
  EXPECT_EQ(Sum(ranks), kTotal);
  // A step of 0.85 each, until the steps are over.
  EXPECT_NEAR(static_cast<double>(ranks.at("1").first) /
                  static_cast<double>(ranks.at("0").first),
              0.85, 1e-6);
  EXPECT_GT(ranks.at("99").first, 0u);
  EXPECT_EQ(ranks.at("101").first, 0u);
}

TEST(EdgeCase, WeightsGoToTheirLimitAndNoFurther) {
  const Standing standing =
      Flow({{"a", "b", kMost}, {"b", "a", kMost}}, SeedsOf({{"a", kMost}}));
  ExpectOpen(standing);
  Graph heavy(V1());
  heavy.Add({{"a", "b", kMost}, {"a", "c", 1}});
  heavy.Seed(Uniform());
  EXPECT_EQ(heavy.TryRun(), INFLUENCE_OUT_OF_RANGE);
  EXPECT_NE(heavy.message().find("'a'"), std::string::npos) << heavy.message();
  Graph strange(V1());
  const std::string name("\x01\0\n", 3);
  strange.Add({{name, "b", kMost}, {name, "c", 1}});
  strange.Seed(Uniform());
  EXPECT_EQ(strange.TryRun(), INFLUENCE_OUT_OF_RANGE);
  EXPECT_NE(strange.message().find("'?"
                                   "?"
                                   "?'"),
            std::string::npos);
  // Lost, and said to be.
  EXPECT_EQ(heavy.TryRun(), INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(heavy.AddBytes(""), INFLUENCE_FAILED_PRECONDITION);

  Graph seeds(V1());
  seeds.Add({{"a", "b"}});
  seeds.Seed(SeedsOf({{"a", kMost}, {"b", 1}}));
  EXPECT_EQ(seeds.TryRun(), INFLUENCE_OUT_OF_RANGE);
  abi1::SeedList anew = SeedsOf({{"a", kMost}});
  anew.set_anew(true);
  seeds.Seed(anew);
  EXPECT_EQ(Sum(seeds.Run().Ranks()), kTotal);
}

// ------------------------------------------------------------------ refusals

TEST(Refused, WholeBatchesWithTheirPlace) {
  const struct {
    Edge bad;
    influence_status status;
    const char* place;
  } kBad[] = {
      {{"", "b"}, INFLUENCE_INVALID_ARGUMENT, "source"},
      {{"a", ""}, INFLUENCE_INVALID_ARGUMENT, "target"},
      {{std::string(257, 'x'), "b"}, INFLUENCE_TOO_LARGE, "source"},
      {{"a\xff", "b"}, INFLUENCE_INVALID_UTF8, "source"},
      {{"a", "\xed\xa0\x80"}, INFLUENCE_INVALID_UTF8, "target"},
      {{"a", "b", kMost + 1}, INFLUENCE_OUT_OF_RANGE, "weight"},
  };
  for (const auto& [bad, status, place] : kBad) {
    Graph graph(V1());
    EXPECT_EQ(graph.AddBytes(BatchOf({{"x", "y"}, bad})), status);
    EXPECT_EQ(graph.field(), std::string("edges[1].") + place);
    EXPECT_EQ(graph.row(), 1);
    EXPECT_EQ(graph.AddTable(TableOf({{"x", "y"}, bad})), status);
    EXPECT_EQ(graph.field(), place);
    EXPECT_EQ(graph.row(), 1);
    graph.Add({{"a", "b"}});
    graph.Seed(Uniform());
    EXPECT_EQ(graph.Run().Report().graph().nodes(), 2u);  // no x, no y
  }
  Graph graph(V1());
  EXPECT_EQ(graph.AddBytes("\x0a\x05zz"), INFLUENCE_MALFORMED);
  EXPECT_EQ(graph.field(), "edges");
  EXPECT_EQ(graph.row(), -1);
  EXPECT_EQ(graph.AddBytes(BatchOf({{"a", "b"}}) + "\x0a\x01\x0a"),
            INFLUENCE_MALFORMED);
  EXPECT_EQ(graph.field(), "edges[1]");
  EXPECT_EQ(graph.row(), 1);
  const std::string large(INFLUENCE_MAX_REQUEST_BYTES + 1, '\0');
  EXPECT_EQ(graph.AddBytes(large), INFLUENCE_TOO_LARGE);
}

TEST(Refused, TablesThatAreNoEdges) {
  const Column from = Column::Text("source", {"a"});
  const Column to = Column::Text("target", {"b"});
  Column null = Column::Text("target", {"b"});
  null.Valid({false});
  const std::vector<std::pair<std::vector<Column>, const char*>> kBad = {
      {{from}, "target: is missing"},
      {{to}, "source: is missing"},
      {{from, to, from}, "source: occurs twice"},
      {{from, to, Column::Text("colour", {"red"})}, "colour: is not a known"},
      {{from, null}, "is null"},
      {{from, to, Column::Of<double>("weight", "g", {1})}, "weight: "},
      {{from, to, Column::Of<int32_t>("weight", "i", {-1})}, "2^63 - 1"},
      {{from, Column::Of<float>("target", "f", {1})}, "target: "},
  };
  for (const auto& [columns, words] : kBad) {
    Graph graph(V1());
    EXPECT_NE(graph.AddTable(Column::Struct("", 1, columns)), INFLUENCE_OK);
    EXPECT_NE(graph.message().find(words), std::string::npos)
        << graph.message();
  }
}

TEST(Columns, OfAnyTypeMeanTheSame) {
  const std::string want =
      Flow({{"7", "8", 2}, {"8", "-9"}}, Uniform()).Report().graph().digest();
  const auto digest = [](std::vector<Column> columns) {
    Graph graph(V1());
    EXPECT_EQ(graph.AddTable(Column::Struct("", 2, std::move(columns))),
              INFLUENCE_OK)
        << graph.message();
    graph.Seed(Uniform());
    return graph.Run().Report().graph().digest();
  };
  Column names = Column::Of<int32_t>("source", "i", {1, 0});
  names.dictionary = {Column::Text("", {"8", "7"})};
  Column weight = Column::Of<int64_t>("weight", "l", {2, 99}, 3);
  weight.Valid({true, false});
  EXPECT_EQ(digest({Column::Of<int64_t>("source", "l", {7, 8}),
                    Column::Of<int32_t>("target", "i", {8, -9}),
                    Column::Of<int32_t>("weight", "i", {2, 1})}),
            want);
  EXPECT_EQ(digest({weight, Column::Text("target", {"8", "-9"}), names}), want);
  EXPECT_EQ(digest({Column::Of<uint16_t>("source", "S", {7, 8}),
                    Column::Of<int64_t>("target", "l", {8, -9}, 5),
                    Column::Of<uint32_t>("weight", "I", {2, 1}, 1)}),
            want);
}

TEST(Refused, SeedsThatAreNone) {
  Graph graph(V1());
  graph.Add({{"a", "b"}});
  EXPECT_EQ(graph.SeedBytes("\x0a\x05z"), INFLUENCE_MALFORMED);
  EXPECT_EQ(graph.field(), "seeds");
  EXPECT_EQ(
      graph.SeedBytes(SeedsOf({{"a", 1}, {"b\xff", 1}}).SerializeAsString()),
      INFLUENCE_INVALID_UTF8);
  EXPECT_EQ(graph.field(), "seeds[1].id");
  EXPECT_EQ(graph.row(), 1);
  EXPECT_EQ(graph.SeedBytes(SeedsOf({{"a", 1}, {"", 1}}).SerializeAsString()),
            INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(graph.field(), "seeds[1].id");
  EXPECT_EQ(graph.row(), 1);
  EXPECT_EQ(graph.SeedBytes(SeedsOf({{"a", kMost + 1}}).SerializeAsString()),
            INFLUENCE_OUT_OF_RANGE);
  EXPECT_EQ(graph.field(), "seeds[0].weight");
  EXPECT_EQ(graph.row(), 0);
  abi1::SeedList unknown;
  unknown.set_kind(static_cast<abi1::SeedKind>(7));
  EXPECT_EQ(graph.SeedBytes(unknown.SerializeAsString()),
            INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(graph.field(), "seeds.kind");
  graph.Seed(SeedsOf({{"a", 1}}));
  EXPECT_EQ(graph.SeedBytes(Uniform().SerializeAsString()),
            INFLUENCE_INVALID_ARGUMENT);
  abi1::SeedList both = Uniform();
  both.set_anew(true);
  graph.Seed(both);
  EXPECT_EQ(graph.Run().Report().seeds().kind(), abi1::SEED_KIND_UNIFORM);
  EXPECT_EQ(graph.SeedBytes(SeedsOf({{"a", 1}}).SerializeAsString()),
            INFLUENCE_INVALID_ARGUMENT);
}

TEST(Refused, OptionsOfAnotherAlgorithmOrGraph) {
  influence_graph* made = nullptr;
  abi1::GraphOptions options;
  options.set_algorithm("v2");
  std::string bytes = options.SerializeAsString();
  EXPECT_EQ(influence_graph_new(V1().get(), Data(bytes), bytes.size(), &made,
                                nullptr),
            INFLUENCE_ALGORITHM_MISMATCH);
  Graph graph(V1());
  graph.Add({{"a", "b"}});
  graph.Seed(SeedsOf({{"a", 1}}));
  const abi1::StandingReport report = graph.Run().Report();
  Standing standing(nullptr);
  abi1::RunOptions run;
  run.set_graph_digest(report.graph().digest());
  run.set_seeds_digest(report.graph().seeds_digest());
  EXPECT_EQ(graph.TryRun(run, nullptr, nullptr, &standing), INFLUENCE_OK);
  run.set_seeds_digest(report.graph().digest());
  EXPECT_EQ(graph.TryRun(run, nullptr, nullptr, &standing),
            INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(graph.field(), "options.seeds_digest");
  run.set_graph_digest("another");
  EXPECT_EQ(graph.TryRun(run, nullptr, nullptr, &standing),
            INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(graph.field(), "options.graph_digest");
  run.Clear();
  run.set_threads(1025);
  EXPECT_EQ(graph.TryRun(run, nullptr, nullptr, &standing),
            INFLUENCE_OUT_OF_RANGE);
  abi1::NodeReport why;
  standing = graph.Run();
  EXPECT_EQ(standing.Explain("nobody", 0, &why), INFLUENCE_NOT_FOUND);
  EXPECT_EQ(standing.Explain("no\xff", 0, &why), INFLUENCE_INVALID_UTF8);
  EXPECT_EQ(standing.Explain("a", 1001, &why), INFLUENCE_OUT_OF_RANGE);
}

// -------------------------------------------------------------- cancellation

struct Stop {
  uint32_t at;
  std::vector<uint32_t> seen;
  static int32_t Tell(void* context, uint32_t done, uint32_t all) {
    auto* self = static_cast<Stop*>(context);
    EXPECT_EQ(all, 100u);
    self->seen.push_back(done);
    return done == self->at ? 1 : 0;
  }
};

TEST(Cancelled, RunsLeaveNothingAndRunAgain) {
  const std::vector<Edge> edges = RandomEdges(300, 5);
  const RankTable want = Flow(edges, Uniform()).Ranks();
  Graph graph(V1());
  graph.Add(edges);
  graph.Seed(Uniform());
  for (const uint32_t at : {0u, 1u, 50u, 99u, 100u}) {
    Stop stop = {at, {}};
    Standing standing(nullptr);
    EXPECT_EQ(graph.TryRun({}, Stop::Tell, &stop, &standing),
              INFLUENCE_CANCELLED);
    EXPECT_EQ(stop.seen.back(), at);
    EXPECT_EQ(graph.message(), "progress: the caller's function said so");
  }
  Stop never = {101, {}};
  Standing standing(nullptr);
  ASSERT_EQ(graph.TryRun({}, Stop::Tell, &never, &standing), INFLUENCE_OK);
  EXPECT_TRUE(std::is_sorted(never.seen.begin(), never.seen.end()));
  EXPECT_EQ(never.seen.back(), 100u);
  EXPECT_EQ(standing.Ranks(), want);
  // Seeds may change between runs; the graph may not.
  abi1::SeedList anew = SeedsOf({{"n0", 1}});
  anew.set_anew(true);
  graph.Seed(anew);
  EXPECT_NE(graph.Run().Ranks(), want);
  EXPECT_EQ(graph.AddBytes(BatchOf({{"a", "b"}})),
            INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(standing.Ranks(), want);
}

// ------------------------------------------------------------- from reactions

constexpr int64_t kAsOf = 1'000'000'000;

abi1::EventBatch Events() {
  abi1::EventBatch batch;
  const auto add = [&batch](const char* actor, const char* subject,
                            abi1::Signal kind, int64_t count) {
    abi1::Event& event = *batch.add_events();
    event.set_actor(actor);
    event.set_subject(subject);
    event.set_kind(kind);
    event.set_time_seconds(kAsOf);
    event.set_network(count % 2 == 0 ? "x" : "y");
    event.set_count(count);
  };
  add("a", "b", abi1::SIGNAL_MENTIONS, 3);
  add("a", "b", abi1::SIGNAL_MENTIONS, 2);
  add("a", "c", abi1::SIGNAL_MENTIONS, 1);
  add("b", "c", abi1::SIGNAL_MENTIONS, 4);
  add("c", "a", abi1::SIGNAL_MENTIONS, 1);
  add("c", "c", abi1::SIGNAL_MENTIONS, 9);  // to oneself: does not count
  return batch;
}

TEST(FromATally, EdgesAreItsPairs) {
  const std::string want = Flow({{"a", "b", 5'000'000},
                                 {"a", "c", 1'000'000},
                                 {"b", "c", 4'000'000},
                                 {"c", "a", 1'000'000}},
                                Uniform())
                               .Report()
                               .graph()
                               .digest();
  for (const uint32_t threads : {1u, 3u}) {
    abi1::TallyOptions options = Tally::Options(kAsOf);
    options.set_threads(threads);
    Tally tally(V1(), options);
    tally.Add(Events());
    Graph graph(V1());
    ASSERT_EQ(graph.AddTally(tally), INFLUENCE_OK) << graph.message();
    graph.Seed(Uniform());
    EXPECT_EQ(graph.Run().Report().graph().digest(), want);
    EXPECT_FALSE(tally.AllProfiles().empty());  // it can still be used
  }
}

// Reactions of every kind, of any age, on three networks; tests/cli has what
// their edges weigh.
abi1::EventBatch AnyEvents(int count) {
  std::mt19937_64 random(3);
  abi1::EventBatch batch;
  for (int i = 0; i < count; ++i) {
    abi1::Event& event = *batch.add_events();
    event.set_actor("n" + std::to_string(random() % 50));
    event.set_subject("n" + std::to_string(random() % 50));
    const uint64_t kind = 1 + random() % 9;
    event.set_kind(kind == 9 ? abi1::SIGNAL_ENDORSEMENTS
                             : static_cast<abi1::Signal>(kind));
    event.set_time_seconds(kAsOf -
                           static_cast<int64_t>(random() % 100'000'000));
    if (random() % 3 > 0) event.set_network(random() % 2 == 0 ? "x" : "y");
    if (random() % 3 == 0) event.set_topic(random() % 2 == 0 ? "go" : "rust");
    if (random() % 4 == 0) {
      event.set_count(1 + static_cast<int64_t>(random() % 9));
    }
  }
  return batch;
}

Column TableOf(const abi1::EventBatch& batch) {
  std::vector<std::string> actors, subjects, networks, topics;
  std::vector<int8_t> kinds;
  std::vector<int64_t> times, counts;
  for (const abi1::Event& event : batch.events()) {
    actors.push_back(event.actor());
    subjects.push_back(event.subject());
    networks.push_back(event.network());
    topics.push_back(event.topic());
    kinds.push_back(static_cast<int8_t>(
        event.kind() == abi1::SIGNAL_ENDORSEMENTS ? 8 : event.kind() - 1));
    times.push_back(event.time_seconds());
    counts.push_back(event.has_count() ? event.count() : 1);
  }
  Column kind = Column::Of("kind", "c", kinds);
  kind.dictionary = {
      Column::Text("", {"mention", "reply", "save", "like", "reshare", "quote",
                        "listing", "follower", "endorsement"})};
  return Column::Struct(
      "", batch.events_size(),
      {Column::Text("actor", actors), Column::Text("subject", subjects), kind,
       Column::Of("time", "l", times), Column::Text("network", networks),
       Column::Text("topic", topics), Column::Of("count", "l", counts)});
}

TEST(FromATally, NeitherThreadsNorTheWayOfTheEventsShow) {
  const abi1::EventBatch events = AnyEvents(20'000);
  const auto digest_of = [](const Tally& tally) {
    Graph graph(V1());
    EXPECT_EQ(graph.AddTally(tally), INFLUENCE_OK) << graph.message();
    graph.Seed(Uniform());
    const abi1::StandingReport report = graph.Run().Report();
    EXPECT_GT(report.graph().edges(), 2000u);
    return report.graph().digest();
  };
  Tally plain(V1(), kAsOf);
  plain.Add(events);
  const std::string want = digest_of(plain);
  for (const uint32_t threads : {1u, 2u, 7u}) {
    abi1::TallyOptions options = Tally::Options(kAsOf);
    options.set_threads(threads);
    Tally tally(V1(), options);
    ASSERT_EQ(tally.AddTable(TableOf(events)), INFLUENCE_OK) << tally.message();
    EXPECT_EQ(digest_of(tally), want);
  }
  // Two halves, merged, saved and loaded.
  abi1::EventBatch odd, even;
  for (int i = 0; i < events.events_size(); ++i) {
    *(i % 2 == 0 ? even : odd).add_events() = events.events(i);
  }
  Tally one(V1(), kAsOf), two(V1(), kAsOf);
  one.Add(odd);
  two.Add(even);
  one.Merge(two);
  EXPECT_EQ(digest_of(one), want);
  EXPECT_EQ(digest_of(Tally::Load(V1(), one.Save())), want);
  // A graph in a file is the same one.
  Graph graph(V1());
  graph.Spill(uint64_t{64} << 20);
  ASSERT_EQ(graph.AddTally(plain), INFLUENCE_OK) << graph.message();
  graph.Seed(Uniform());
  EXPECT_EQ(graph.Run().Report().graph().digest(), want);
}

TEST(FromATally, OnlyOfItsAlgorithmAndTime) {
  Tally tally(V1(), kAsOf), later(V1(), kAsOf + 1);
  Graph graph(V1());
  EXPECT_EQ(graph.AddTally(tally), INFLUENCE_OK);
  EXPECT_EQ(graph.AddTally(tally), INFLUENCE_OK);
  EXPECT_EQ(graph.AddTally(later), INFLUENCE_INVALID_ARGUMENT);
  influence_engine* v2 = nullptr;
  ASSERT_EQ(influence_engine_open("v2", &v2, nullptr), INFLUENCE_OK);
  Graph other{Engine(v2)};
  EXPECT_EQ(other.AddTally(tally), INFLUENCE_ALGORITHM_MISMATCH);
}

// A tally whose profiles are being read is not put together meanwhile.
TEST(FromATally, NotWhileItsProfilesAreRead) {
  abi1::TallyOptions options = Tally::Options(kAsOf);
  options.set_threads(4);
  Tally tally(V1(), options);
  std::vector<std::string> actors, subjects;
  for (int i = 0; i < 100; ++i) {
    actors.push_back("a" + std::to_string(i));
    subjects.push_back("s" + std::to_string(i));
  }
  Column kinds = Column::Of("kind", "c", std::vector<int8_t>(100, 0));
  kinds.dictionary = {Column::Text("", {"mentions"})};
  ASSERT_EQ(
      tally.AddTable(Column::Struct(
          "", 100,
          {Column::Text("actor", actors), Column::Text("subject", subjects),
           kinds, Column::Of("time", "l", std::vector<int64_t>(100, kAsOf))})),
      INFLUENCE_OK)
      << tally.message();
  ArrowArrayStream stream;
  ASSERT_EQ(influence_tally_profiles(tally.get(), nullptr, 0, &stream, nullptr),
            INFLUENCE_OK);
  Taken report;
  EXPECT_EQ(influence_tally_report(tally.get(), report.out(), nullptr),
            INFLUENCE_FAILED_PRECONDITION);
  Graph graph(V1());
  EXPECT_EQ(graph.AddTally(tally), INFLUENCE_OK) << graph.message();
  ArrowArray table;
  ASSERT_EQ(stream.get_next(&stream, &table), 0);
  EXPECT_EQ(table.length, 100);
  table.release(&table);
  stream.release(&stream);
  EXPECT_EQ(tally.Report().pairs(), 100u);
}

// ------------------------------------------------------------- into a score

// "key=value " of each pair.
std::string Metadata(const char* bytes) {
  const auto number = [&bytes] {
    int32_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    bytes += sizeof value;
    return value;
  };
  std::string text;
  for (int32_t texts = 2 * number(); texts > 0; --texts) {
    const auto size = static_cast<size_t>(number());
    text.append(bytes, size).append(texts % 2 == 0 ? "=" : " ");
    bytes += size;
  }
  return text;
}

// Scores of a stream, by row; null where there is none.
std::vector<int64_t> Scores(ArrowArrayStream* in, std::string* metadata,
                            abi1::ColumnsOptions options = {}) {
  options.set_score_unit(abi1::SCORE_UNIT_MICROPOINTS);
  const std::string bytes = options.SerializeAsString();
  ArrowArrayStream out;
  Failure failure;
  EXPECT_EQ(influence_score_stream(V1().get(), Data(bytes), bytes.size(), in,
                                   &out, failure.out()),
            INFLUENCE_OK)
      << failure.text();
  std::vector<int64_t> scores;
  if (out.release == nullptr) return scores;
  ArrowSchema schema;
  EXPECT_EQ(out.get_schema(&out, &schema), 0);
  const int64_t score = schema.n_children == 6 ? 0 : 1;
  *metadata = Metadata(schema.metadata);
  schema.release(&schema);
  for (;;) {
    ArrowArray table;
    EXPECT_EQ(out.get_next(&out, &table), 0) << out.get_last_error(&out);
    if (table.release == nullptr) break;
    for (int64_t i = 0; i < table.length; ++i) {
      scores.push_back(
          static_cast<const int64_t*>(table.children[score]->buffers[1])[i]);
    }
    table.release(&table);
  }
  out.release(&out);
  return scores;
}

int64_t ScoreOf(const abi1::Profile& profile) {
  abi1::ScoreRequest request;
  request.set_algorithm("v1");
  *request.add_profiles() = profile;
  const std::string bytes = request.SerializeAsString();
  Taken response;
  EXPECT_EQ(influence_score(V1().get(), Data(bytes), bytes.size(),
                            response.out(), nullptr),
            INFLUENCE_OK);
  abi1::ScoreResponse parsed;
  EXPECT_TRUE(parsed.ParseFromString(response.text()));
  return parsed.results(0).ledger().score_micropoints();
}

TEST(Joined, ProfilesAreScoredWithTheirStanding) {
  const Standing standing =
      Flow({{"ada", "bo"}, {"bo", "cy"}, {"cy", "ada"}, {"7", "ada"}},
           SeedsOf({{"ada", 1}}));
  const RankTable ranks = standing.Ranks();
  Column ids = Column::Text("id", {"zz", "ada", "7", "cy", "bo"});
  Column followers = Column::Of<int64_t>("followers", "l", {5, 6, 7, 8, 9}, 2);
  Column whole = Column::Struct("", 5, {followers, ids});
  // The second table is a slice of the whole: rows 1 .. 3.
  Column slice = whole;
  slice.offset = 1;
  slice.length = 3;
  TableSource source({whole, slice});
  ArrowArrayStream joined;
  Failure failure;
  ASSERT_EQ(influence_standing_join(standing.get(), &source.stream, &joined,
                                    failure.out()),
            INFLUENCE_OK)
      << failure.text();
  std::string metadata;
  const std::vector<int64_t> scores = Scores(&joined, &metadata);
  EXPECT_TRUE(source.AllReleased());
  const abi1::GraphIdentity graph = standing.Report().graph();
  for (const std::string& pair :
       {"digest=" + graph.digest(), "seeds_digest=" + graph.seeds_digest(),
        std::string("nodes=4"), std::string("edges=4"),
        std::string("teleport_micros=150000"), std::string("iterations=100")}) {
    EXPECT_NE(metadata.find("influence.graph." + pair + " "), std::string::npos)
        << pair << " in " << metadata;
  }
  const std::vector<std::string> rows = {"zz", "ada", "7", "cy",
                                         "bo", "ada", "7", "cy"};
  const std::vector<int64_t> counts = {5, 6, 7, 8, 9, 6, 7, 8};
  ASSERT_EQ(scores.size(), rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    abi1::Profile profile;
    abi1::Account& account = *profile.add_accounts();
    account.set_followers_micros(counts[i] * 1'000'000);
    const auto rank = ranks.find(rows[i]);
    if (rank != ranks.end()) account.set_standing_micros(rank->second.second);
    EXPECT_EQ(scores[i], ScoreOf(profile)) << rows[i];
  }
}

// Whatever the order of the rows.
TEST(Joined, FindsEveryIdInAnyOrder) {
  std::vector<Edge> edges;
  for (int i = 0; i < 500; i += 2) {
    edges.push_back({"n" + std::to_string(i), "n" + std::to_string(i / 3 * 2)});
  }
  const Standing standing = Flow(edges, Uniform());
  const RankTable ranks = standing.Ranks();
  std::vector<std::string> ids = {"", "a", "zzz", "n"};
  for (int i = 0; i < 600; ++i) ids.push_back("n" + std::to_string(i));
  std::mt19937_64 random(4);
  for (int round = 0; round < 4; ++round) {
    if (round == 0) std::sort(ids.begin(), ids.end());
    if (round == 1) std::reverse(ids.begin(), ids.end());
    if (round > 1) std::shuffle(ids.begin(), ids.end(), random);
    TableSource source({Column::Struct("", static_cast<int64_t>(ids.size()),
                                       {Column::Text("id", ids)})});
    ArrowArrayStream out;
    ASSERT_EQ(
        influence_standing_join(standing.get(), &source.stream, &out, nullptr),
        INFLUENCE_OK);
    ArrowArray table;
    ASSERT_EQ(out.get_next(&out, &table), 0);
    const ArrowArray& column = *table.children[1];
    const auto* valid = static_cast<const uint8_t*>(column.buffers[0]);
    const auto* values = static_cast<const int64_t*>(column.buffers[1]);
    for (size_t i = 0; i < ids.size(); ++i) {
      const auto rank = ranks.find(ids[i]);
      ASSERT_EQ((valid[i / 8] >> i % 8 & 1) != 0, rank != ranks.end())
          << ids[i];
      if (rank == ranks.end()) continue;
      EXPECT_EQ(values[i], rank->second.second);
    }
    table.release(&table);
    out.release(&out);
  }
}

TEST(Joined, ATallysProfilesToo) {
  Tally tally(V1(), kAsOf);
  tally.Add(Events());
  Graph graph(V1());
  ASSERT_EQ(graph.AddTally(tally), INFLUENCE_OK);
  graph.Seed(SeedsOf({{"a", 1}}));
  const Standing standing = graph.Run();
  ArrowArrayStream people, joined;
  ASSERT_EQ(influence_tally_profiles(tally.get(), nullptr, 0, &people, nullptr),
            INFLUENCE_OK);
  ASSERT_EQ(influence_standing_join(standing.get(), &people, &joined, nullptr),
            INFLUENCE_OK);
  std::string metadata;
  abi1::ColumnsOptions options;
  const std::vector<int64_t> scores = Scores(&joined, &metadata, options);
  const RankTable ranks = standing.Ranks();
  ASSERT_EQ(scores.size(), 3u);
  size_t row = 0;
  for (const std::string id : {"a", "b", "c"}) {
    abi1::SubjectRequest request;
    request.set_id(id);
    request.set_standing_micros(ranks.at(id).second);
    const std::string bytes = request.SerializeAsString();
    Taken response;
    ASSERT_EQ(influence_tally_subject(tally.get(), Data(bytes), bytes.size(),
                                      response.out(), nullptr),
              INFLUENCE_OK);
    abi1::SubjectReport report;
    ASSERT_TRUE(report.ParseFromString(response.text()));
    EXPECT_EQ(report.result().ledger().score_micropoints(), scores[row++]);
    // Without standing it is another score.
    EXPECT_LT(tally.Subject(id).result().ledger().score_micropoints(),
              report.result().ledger().score_micropoints());
  }
}

class Opened : public ::testing::Test {
 protected:
  Opened() {
    tally_.Add(Events());
    Graph graph(V1());
    EXPECT_EQ(graph.AddTally(tally_), INFLUENCE_OK);
    graph.Seed(SeedsOf({{"a", 1}}));
    standing_ = graph.Run();
    EXPECT_EQ(standing_.Explain("b", 1, &node_), INFLUENCE_OK);
    request_.set_id("b");
    *request_.mutable_node() = node_;
  }

  influence_status Ask(const abi1::SubjectRequest& request) {
    const std::string bytes = request.SerializeAsString();
    Taken response;
    Failure failure;
    const influence_status status = influence_tally_subject(
        tally_.get(), Data(bytes), bytes.size(), response.out(), failure.out());
    message_ = failure.text();
    field_ = failure.field();
    EXPECT_TRUE(report_.ParseFromString(response.text()));
    EXPECT_EQ(report_.SerializeAsString(), response.text());
    return status;
  }
  template <typename Change>
  void Refused(Change change, const char* place,
               influence_status status = INFLUENCE_INVALID_ARGUMENT) {
    abi1::SubjectRequest request = request_;
    change(&request);
    EXPECT_EQ(Ask(request), status) << place;
    EXPECT_EQ(field_, std::string("request.") + place) << message_;
  }
  // What the report has is the standing's graph.
  void ExpectGraph(const abi1::GraphIdentity& graph) const {
    EXPECT_EQ(graph.SerializeAsString(),
              standing_.Report().graph().SerializeAsString());
    EXPECT_EQ(graph.digest().size(), 64u);
  }

  Tally tally_{V1(), kAsOf};
  Standing standing_{nullptr};
  abi1::NodeReport node_;
  abi1::SubjectRequest request_;
  abi1::SubjectReport report_;
  std::string message_, field_;
};

TEST_F(Opened, ANodeNamesItsGraph) { ExpectGraph(node_.graph()); }

TEST_F(Opened, ASubjectsReportHasTheNodeAndItsGraph) {
  ASSERT_EQ(Ask(request_), INFLUENCE_OK) << message_;
  EXPECT_EQ(report_.algorithm(), "v1");
  EXPECT_EQ(report_.fingerprint(), standing_.Report().fingerprint());
  EXPECT_EQ(report_.node().SerializeAsString(), node_.SerializeAsString());
  ExpectGraph(report_.graph());
  EXPECT_EQ(report_.result().ledger().accounts(0).standing_micros(),
            node_.standing_micros());
  const int64_t with = report_.result().ledger().score_micropoints();
  EXPECT_GT(with, tally_.Subject("b").result().ledger().score_micropoints());
  // It may be said beside the node, if it is the same; or without one.
  abi1::SubjectRequest request = request_;
  request.set_standing_micros(node_.standing_micros());
  *request.mutable_graph() = node_.graph();
  ASSERT_EQ(Ask(request), INFLUENCE_OK) << message_;
  ExpectGraph(report_.graph());
  EXPECT_TRUE(report_.has_node());
  request.clear_node();
  ASSERT_EQ(Ask(request), INFLUENCE_OK) << message_;
  EXPECT_EQ(report_.result().ledger().score_micropoints(), with);
  ExpectGraph(report_.graph());
  EXPECT_FALSE(report_.has_node());
  request.clear_standing_micros();  // the graph has no such node
  ASSERT_EQ(Ask(request), INFLUENCE_OK) << message_;
  ExpectGraph(report_.graph());
  EXPECT_LT(report_.result().ledger().score_micropoints(), with);
  request.mutable_graph()->clear_edges();
  request.mutable_graph()->clear_seeds_digest();
  EXPECT_EQ(Ask(request), INFLUENCE_INVALID_ARGUMENT);
  abi1::SubjectRequest plain;
  plain.set_id("b");
  ASSERT_EQ(Ask(plain), INFLUENCE_OK);
  EXPECT_EQ(report_.algorithm(), "v1");
  EXPECT_FALSE(report_.has_graph());
  plain.set_id("nobody");
  EXPECT_EQ(Ask(plain), INFLUENCE_NOT_FOUND);
  EXPECT_EQ(field_, "request.id");
  plain.set_id("b\xff");
  EXPECT_EQ(Ask(plain), INFLUENCE_INVALID_UTF8);
  EXPECT_EQ(field_, "request.id");
}

// A field may come in parts, as protobuf has it.
TEST_F(Opened, InParts) {
  abi1::NodeReport rest = node_;
  ASSERT_EQ(node_.top_size(), 1);
  rest.clear_top();
  abi1::NodeReport top;
  *top.add_top() = node_.top(0);
  abi1::SubjectRequest one, two;
  one.set_id("b");
  *one.mutable_node() = rest;
  *two.mutable_node() = top;
  abi1::SubjectRequest both;
  ASSERT_TRUE(
      both.ParseFromString(one.SerializeAsString() + two.SerializeAsString()));
  ASSERT_EQ(Ask(both), INFLUENCE_OK) << message_;
  const std::string bytes = one.SerializeAsString() + two.SerializeAsString();
  Taken response;
  ASSERT_EQ(influence_tally_subject(tally_.get(), Data(bytes), bytes.size(),
                                    response.out(), nullptr),
            INFLUENCE_OK);
  EXPECT_EQ(response.text(), report_.SerializeAsString());
}

TEST_F(Opened, WhatDoesNotFitTogetherIsRefused) {
  using Request = abi1::SubjectRequest*;
  const auto node = [](Request r) { return r->mutable_node(); };
  Refused([](Request r) { r->set_id("c"); }, "node.id");
  Refused([](Request r) { r->set_standing_micros(1); }, "standing_micros");
  Refused([&](Request r) { node(r)->set_rank(node_.rank() + 1); }, "node.rank");
  Refused([&](Request r) { node(r)->set_rank(UINT64_MAX); }, "node.rank");
  Refused([&](Request r) { node(r)->set_standing_micros(-1); },
          "node.standing_micros");
  Refused([&](Request r) { node(r)->set_seed_rank(1); }, "node.rank");
  Refused([&](Request r) { node(r)->set_remainder_rank(1); }, "node.rank");
  Refused([&](Request r) { node(r)->mutable_others()->set_rank(UINT64_MAX); },
          "node.rank");
  Refused([&](Request r) { node(r)->mutable_top(0)->set_rank(0); },
          "node.rank");
  Refused([&](Request r) { node(r)->mutable_top(0)->set_standing_micros(-1); },
          "node.standing_micros");
  Refused([&](Request r) { node(r)->set_rounded_standing_micros(-1); },
          "node.standing_micros");
  Refused([&](Request r) { node(r)->set_seed_standing_micros(INT64_MAX); },
          "node.standing_micros");
  Refused(
      [&](Request r) {
        for (int i = 0; i < 1000; ++i) *node(r)->add_top() = node_.top(0);
      },
      "node.top", INFLUENCE_OUT_OF_RANGE);
  Refused(
      [&](Request r) {
        abi1::NodeReport bare;
        bare.set_id("b");
        *node(r) = bare;
      },
      "node.graph");
  const auto graph = [](Request r) {
    return r->mutable_node()->mutable_graph();
  };
  Refused([&](Request r) { graph(r)->set_nodes(0); }, "node.graph.nodes",
          INFLUENCE_OUT_OF_RANGE);
  Refused([&](Request r) { graph(r)->set_nodes(4); }, "node.standing_micros");
  Refused([&](Request r) { graph(r)->set_seeds_digest("x"); },
          "node.graph.seeds_digest");
  Refused([&](Request r) { graph(r)->set_iterations(99); }, "graph.iterations",
          INFLUENCE_ALGORITHM_MISMATCH);
  Refused([&](Request r) { node(r)->mutable_top(0)->set_source("\xff"); },
          "node.top[0].source", INFLUENCE_INVALID_UTF8);
  Refused(
      [&](Request r) {
        *r->mutable_graph() = node_.graph();
        r->mutable_graph()->set_digest(node_.graph().seeds_digest());
      },
      "graph");
}

// Standing beside accounts is the first account's, or the only one.
TEST(Joined, StandingBesideAccounts) {
  Column accounts;
  accounts.name = "accounts";
  accounts.format = "+l";
  accounts.length = 3;
  accounts.buffers = Column::Of<int32_t>("", "i", {0, 2, 2, 3}).buffers;
  Column followers = Column::Of<int64_t>("followers", "l", {10, 20, 30});
  accounts.children = {Column::Struct("item", 3, {followers})};
  Column standing = Column::Of<int64_t>("standing", "l", {4, 5, 6});
  standing.Valid({true, true, false});
  TableSource source({Column::Struct("", 3, {accounts, standing})});
  std::string metadata;
  const std::vector<int64_t> scores = Scores(&source.stream, &metadata);
  ASSERT_EQ(scores.size(), 3u);
  abi1::Profile first, second, third;
  first.add_accounts()->set_followers_micros(10'000'000);
  first.mutable_accounts(0)->set_standing_micros(4'000'000);
  first.add_accounts()->set_followers_micros(20'000'000);
  second.add_accounts()->set_standing_micros(5'000'000);
  third.add_accounts()->set_followers_micros(30'000'000);
  EXPECT_EQ(scores[0], ScoreOf(first));
  EXPECT_EQ(scores[1], ScoreOf(second));
  EXPECT_EQ(scores[2], ScoreOf(third));
  for (const char* name : {"standing_micros", "standing", "mentions"}) {
    Column twice = accounts;
    twice.children[0].children.push_back(
        Column::Of<int64_t>("standing", "l", {1, 2, 3}));
    Export table(Column::Struct(
        "", 3, {twice, Column::Of<int64_t>(name, "l", {1, 2, 3})}));
    ArrowSchema out_schema;
    ArrowArray out_array;
    EXPECT_EQ(
        influence_score_columns(V1().get(), nullptr, 0, &table.schema,
                                &table.array, &out_schema, &out_array, nullptr),
        INFLUENCE_INVALID_ARGUMENT);
  }
}

TEST(Joined, ABadStandingIsThatRowsFault) {
  Column accounts;
  accounts.name = "accounts";
  accounts.format = "+l";
  accounts.length = 2;
  accounts.buffers = Column::Of<int32_t>("", "i", {0, 1, 2}).buffers;
  accounts.children = {Column::Struct(
      "item", 2, {Column::Of<int64_t>("followers", "l", {1, 2})})};
  Export table(Column::Struct(
      "", 2, {accounts, Column::Of<int64_t>("standing", "l", {-1, 2})}));
  ArrowSchema schema;
  ArrowArray array;
  ASSERT_EQ(influence_score_columns(V1().get(), nullptr, 0, &table.schema,
                                    &table.array, &schema, &array, nullptr),
            INFLUENCE_OK);
  const auto* codes =
      static_cast<const int32_t*>(array.children[4]->buffers[1]);
  EXPECT_EQ(array.children[0]->null_count, 1);
  EXPECT_EQ(codes[0], INFLUENCE_OUT_OF_RANGE);
  array.release(&array);
  schema.release(&schema);
}

TEST(Joined, RefusesWhatHasNoIdsOrStandingAlready) {
  const Standing standing = Flow({{"a", "b"}}, Uniform());
  const Column ids = Column::Text("id", {"a"});
  const std::vector<std::pair<std::vector<Column>, const char*>> kBad = {
      {{Column::Of<int64_t>("followers", "l", {1})}, "id: is missing"},
      {{ids, ids}, "id: occurs twice"},
      {{ids, Column::Of<int64_t>("standing", "l", {1})}, "already"},
  };
  for (const auto& [columns, words] : kBad) {
    TableSource source({Column::Struct("", 1, columns)});
    ArrowArrayStream out;
    Failure failure;
    EXPECT_EQ(influence_standing_join(standing.get(), &source.stream, &out,
                                      failure.out()),
              INFLUENCE_INVALID_ARGUMENT);
    EXPECT_EQ(source.releases, 1);
    EXPECT_EQ(out.release, nullptr);
    EXPECT_NE(failure.text().find(words), std::string::npos) << failure.text();
  }
  // What the stream behind it says is said.
  TableSource failing({Column::Struct("", 1, {ids})}, 0);
  ArrowArrayStream out;
  ASSERT_EQ(
      influence_standing_join(standing.get(), &failing.stream, &out, nullptr),
      INFLUENCE_OK);
  ArrowArray table;
  EXPECT_EQ(out.get_next(&out, &table), ENOSPC);
  EXPECT_NE(std::string(out.get_last_error(&out)).find("the disk is full"),
            std::string::npos)
      << out.get_last_error(&out);
  out.release(&out);
}

TEST(Joined, StandingsOfTwoGraphsDoNotMix) {
  const Standing one = Flow({{"a", "b"}}, Uniform());
  const Standing two = Flow({{"a", "c"}}, Uniform());
  const abi1::StandingReport report = two.Report();
  abi1::ColumnsOptions options;
  *options.mutable_graph() = report.graph();
  const auto score = [&](const Standing& standing, std::string* words) {
    TableSource source({Column::Struct("", 1, {Column::Text("id", {"a"})})});
    ArrowArrayStream joined, out;
    EXPECT_EQ(influence_standing_join(standing.get(), &source.stream, &joined,
                                      nullptr),
              INFLUENCE_OK);
    const std::string bytes = options.SerializeAsString();
    Failure failure;
    const influence_status status = influence_score_stream(
        V1().get(), Data(bytes), bytes.size(), &joined, &out, failure.out());
    *words = failure.text();
    if (status == INFLUENCE_OK) out.release(&out);
    return status;
  };
  std::string words;
  EXPECT_EQ(score(two, &words), INFLUENCE_OK) << words;
  EXPECT_EQ(score(one, &words), INFLUENCE_INVALID_ARGUMENT);
  EXPECT_NE(words.find("another graph"), std::string::npos) << words;
  options.mutable_graph()->set_iterations(99);
  EXPECT_EQ(score(two, &words), INFLUENCE_INVALID_ARGUMENT);
}

TEST(Identity, SaysWhichGraph) {
  const abi1::StandingReport report =
      Flow({{"a", "b"}}, SeedsOf({{"a", 1}})).Report();
  abi1::ScoreRequest request;
  request.set_algorithm("v1");
  request.set_detail(abi1::DETAIL_SCORE);
  request.add_profiles()->add_accounts()->set_standing_micros(5);
  *request.mutable_graph() = report.graph();
  const auto score = [](const abi1::ScoreRequest& asked,
                        abi1::ScoreResponse* response, std::string* words) {
    const std::string bytes = asked.SerializeAsString();
    Taken out;
    Failure failure;
    const influence_status status = influence_score(
        V1().get(), Data(bytes), bytes.size(), out.out(), failure.out());
    EXPECT_TRUE(response->ParseFromString(out.text()));
    *words = failure.text();
    return status;
  };
  abi1::ScoreResponse response;
  std::string words;
  ASSERT_EQ(score(request, &response, &words), INFLUENCE_OK) << words;
  EXPECT_EQ(response.identity().graph().SerializeAsString(),
            report.graph().SerializeAsString());
  EXPECT_EQ(report.graph().nodes(), 2u);
  EXPECT_EQ(report.graph().edges(), 1u);
  EXPECT_EQ(report.graph().teleport_micros(), 150'000);
  EXPECT_EQ(report.graph().iterations(), 100u);

  abi1::ScoreRequest other = request;
  other.mutable_graph()->set_iterations(99);
  EXPECT_EQ(score(other, &response, &words), INFLUENCE_ALGORITHM_MISMATCH);
  EXPECT_EQ(words.rfind("graph.iterations: ", 0), 0u) << words;
  other = request;
  other.mutable_graph()->set_teleport_micros(100'000);
  EXPECT_EQ(score(other, &response, &words), INFLUENCE_ALGORITHM_MISMATCH);
  other = request;
  other.mutable_graph()->clear_seeds_digest();
  EXPECT_EQ(score(other, &response, &words), INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(words.rfind("graph.seeds_digest: ", 0), 0u) << words;
  other = request;
  other.mutable_graph()->clear_nodes();
  EXPECT_EQ(score(other, &response, &words), INFLUENCE_OUT_OF_RANGE);
  other.Clear();
  other.set_algorithm("v1");
  other.mutable_graph()->set_edges(3);
  EXPECT_EQ(score(other, &response, &words), INFLUENCE_INVALID_ARGUMENT);
}

// --------------------------------------------------------- another algorithm

std::string FingerprintOf(const Engine& engine) {
  Taken bytes;
  EXPECT_EQ(influence_engine_describe(engine.get(), bytes.out(), nullptr),
            INFLUENCE_OK);
  abi1::AlgorithmDescription description;
  EXPECT_TRUE(description.ParseFromString(bytes.text()));
  return description.fingerprint();
}

TEST(Rule, IsTheAlgorithmsAndInItsFingerprint) {
  const Engine usual = Custom(OwnRule(0, 0));
  const Engine stated = Custom(OwnRule(150'000, 100));
  const Engine short_run = Custom(OwnRule(0, 2));
  const Engine sticky = Custom(OwnRule(50'000, 0));
  EXPECT_EQ(FingerprintOf(usual), FingerprintOf(stated));
  EXPECT_NE(FingerprintOf(usual), FingerprintOf(short_run));
  EXPECT_NE(FingerprintOf(usual), FingerprintOf(sticky));
  EXPECT_NE(FingerprintOf(short_run), FingerprintOf(sticky));
  RankTable last;
  for (const Engine* engine : {&usual, &short_run, &sticky}) {
    Graph graph(*engine);
    graph.Add(RandomEdges(200, 9));
    graph.Seed(SeedsOf({{"n0", 1}}));
    const Standing standing = graph.Run();
    ExpectOpen(standing);
    EXPECT_NE(standing.Ranks(), last);
    last = standing.Ranks();
  }
  for (const auto& [teleport, iterations] :
       {std::pair<int64_t, uint32_t>{-1, 1}, {1'000'000, 1}, {1, 10'001}}) {
    const std::string bytes = OwnRule(teleport, iterations).SerializeAsString();
    influence_engine* engine = nullptr;
    Failure failure;
    EXPECT_EQ(influence_engine_open_custom(Data(bytes), bytes.size(), &engine,
                                           failure.out()),
              INFLUENCE_INVALID_ALGORITHM);
    EXPECT_EQ(failure.field().rfind("standing.", 0), 0u) << failure.text();
  }
}

}  // namespace
}  // namespace influence::testing
