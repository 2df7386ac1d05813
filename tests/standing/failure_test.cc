// Standing when what it needs fails: the caller's file, whenever it is called.
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/standing/client.h"

namespace influence::testing {
namespace {

// A file that refuses every call from the first that is over its limit.
struct File {
  static int32_t Write(void* context, const uint8_t* data, size_t size) {
    File& file = *static_cast<File*>(context);
    EXPECT_GT(size, 0u);
    if (++file.calls > file.limit) return 1;
    file.bytes.append(reinterpret_cast<const char*>(data), size);
    return 0;
  }
  static int32_t ReadAt(void* context, uint64_t offset, uint8_t* data,
                        size_t size) {
    File& file = *static_cast<File*>(context);
    EXPECT_LE(offset + size, file.bytes.size());
    if (++file.calls > file.limit) return 1;
    std::memcpy(data, file.bytes.data() + offset, size);
    return 0;
  }

  static void Release(void* context) {
    ++static_cast<File*>(context)->released;
  }

  std::string bytes;
  int released = 0;
  uint64_t calls = 0;
  uint64_t limit = UINT64_MAX;
};

constexpr uint64_t kLeastMemory = uint64_t{64} << 20;

void SpillTo(File* file, Graph* graph) {
  ASSERT_EQ(influence_graph_spill(graph->get(), kLeastMemory, File::Write,
                                  File::ReadAt, File::Release, file, nullptr),
            INFLUENCE_OK);
}

std::vector<Edge> Ring(size_t nodes) {
  std::vector<Edge> edges;
  for (size_t i = 0; i < nodes; ++i) {
    for (const size_t step : {size_t{1}, size_t{2}, size_t{7}}) {
      edges.push_back({std::to_string(i), std::to_string((i + step) % nodes),
                       1 + i * step % 5});
    }
  }
  return edges;
}

abi1::SeedList SomeSeeds() { return SeedsOf({{"1", 1}, {"5", 2}}); }

TEST(Refused, AnyCallOfTheFileEndsTheRunAndSaysSo) {
  const Engine engine = V1();
  const std::vector<Edge> edges = Ring(300);
  RankTable want;
  uint64_t calls = 0;
  {
    File file;
    Graph graph(engine);
    SpillTo(&file, &graph);
    graph.Add(edges);
    graph.Seed(SomeSeeds());
    want = graph.Run().Ranks();
    calls = file.calls;
  }
  ASSERT_GT(calls, 100u);  // one a step and more
  size_t lost = 0, ran_again = 0;
  for (uint64_t limit = 0; limit < calls; ++limit) {
    File file;
    file.limit = limit;
    Graph graph(engine);
    SpillTo(&file, &graph);
    graph.Add(edges);  // few enough to stay in memory
    graph.Seed(SomeSeeds());
    ASSERT_EQ(graph.TryRun(), INFLUENCE_CANCELLED) << limit;
    file.limit = UINT64_MAX;
    Standing standing(nullptr);
    const influence_status again =
        graph.TryRun({}, nullptr, nullptr, &standing);
    if (again == INFLUENCE_OK) {
      ++ran_again;
      ASSERT_EQ(standing.Ranks(), want) << limit;
    } else {
      ++lost;  // while it was put in order
      ASSERT_EQ(again, INFLUENCE_FAILED_PRECONDITION) << limit;
    }
  }
  EXPECT_GE(lost, 3u);
  EXPECT_GE(ran_again, 100u);
}

TEST(Refused, AnOpenedNodeToo) {
  const Engine engine = V1();
  File file;
  Graph graph(engine);
  SpillTo(&file, &graph);
  graph.Add(Ring(300));
  graph.Seed(SomeSeeds());
  const Standing standing = graph.Run();
  abi1::NodeReport want, report;
  ASSERT_EQ(standing.Explain("9", 2, &want), INFLUENCE_OK);
  file.limit = file.calls;
  EXPECT_EQ(standing.Explain("9", 2, &report), INFLUENCE_CANCELLED);
  file.limit = UINT64_MAX;
  ASSERT_EQ(standing.Explain("9", 2, &report), INFLUENCE_OK);
  EXPECT_EQ(report.SerializeAsString(), want.SerializeAsString());
}

// A graph without edges has nothing to write.
TEST(Spilled, NodesAlone) {
  const Engine engine = V1();
  File file;
  Graph graph(engine);
  SpillTo(&file, &graph);
  graph.Add({{"a", "a"}, {"b", "b"}});
  graph.Seed(Uniform());
  EXPECT_EQ(graph.Run().Ranks().size(), 2u);
  EXPECT_EQ(file.bytes.size(), 0u);
}

// The file is let go once: when graph and standings are gone, whoever is last.
TEST(Released, WhenNobodyUsesTheFileAnyMore) {
  const Engine engine = V1();
  for (const bool graph_is_last : {false, true}) {
    File file;
    auto graph = std::make_unique<Graph>(engine);
    SpillTo(&file, graph.get());
    graph->Add(Ring(300));
    graph->Seed(SomeSeeds());
    auto one = std::make_unique<Standing>(graph->Run());
    auto two = std::make_unique<Standing>(graph->Run());
    if (!graph_is_last) graph.reset();
    one.reset();
    EXPECT_EQ(file.released, 0);
    abi1::NodeReport report;
    EXPECT_EQ(two->Explain("9", 2, &report), INFLUENCE_OK);
    two.reset();
    EXPECT_EQ(file.released, graph_is_last ? 0 : 1);
    graph.reset();
    EXPECT_EQ(file.released, 1);
  }
}

TEST(Released, AtOnceIfItIsNotWanted) {
  const Engine engine = V1();
  File file;
  Graph graph(engine);
  graph.Add({{"a", "b"}});
  EXPECT_EQ(influence_graph_spill(graph.get(), kLeastMemory, File::Write,
                                  File::ReadAt, File::Release, &file, nullptr),
            INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(file.released, 1);
  Graph other(engine);
  EXPECT_EQ(influence_graph_spill(other.get(), kLeastMemory - 1, File::Write,
                                  File::ReadAt, File::Release, &file, nullptr),
            INFLUENCE_OUT_OF_RANGE);
  EXPECT_EQ(file.released, 2);
}

TEST(Seeds, OfManyCallsAreThoseOfOne) {
  const Engine engine = V1();
  std::vector<std::pair<std::string, uint64_t>> all;
  Graph one(engine), many(engine);
  for (Graph* graph : {&one, &many}) graph->Add(Ring(300));
  for (uint64_t i = 0; i < 1000; ++i) {
    all.push_back({std::to_string(i * 7 % 400), i % 3});
    many.Seed(SeedsOf({all.back()}));
  }
  one.Seed(SeedsOf(all));
  EXPECT_EQ(many.Run().Report().SerializeAsString(),
            one.Run().Report().SerializeAsString());
}

}  // namespace
}  // namespace influence::testing
