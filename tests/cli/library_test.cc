// How the command takes the library's failures: as data.
#include "cli/client/library.h"

#include <memory>
#include <string>

#include "cli/client/engine_handle.h"
#include "gtest/gtest.h"

namespace influence::cli {
namespace {

TEST(SplitPath, TakesTheFirstStepOff) {
  const struct {
    const char* path;
    const char* list;
    std::optional<size_t> index;
    const char* rest;
  } cases[] = {
      {"", "", std::nullopt, ""},
      {"fingerprint", "fingerprint", std::nullopt, ""},
      {"graph.digest", "graph", std::nullopt, "digest"},
      {"edges[17].source", "edges", 17, "source"},
      {"profiles[3].accounts[1].likes_micros", "profiles", 3,
       "accounts[1].likes_micros"},
      {"accounts[0]", "accounts", 0, ""},
      {"a[].b", "a", std::nullopt, "[].b"},
      {"a[x]", "a", std::nullopt, "[x]"},
      {"a[1", "a", std::nullopt, "[1"},
      {"a[99999999999999999999999].b", "a", std::nullopt,
       "[99999999999999999999999].b"},
  };
  for (const auto& c : cases) {
    const FieldPath path = SplitPath(c.path);
    EXPECT_EQ(path.list, c.list) << c.path;
    EXPECT_EQ(path.index, c.index) << c.path;
    EXPECT_EQ(path.rest, c.rest) << c.path;
  }
}

struct Free {
  void operator()(influence_graph* graph) const { influence_graph_free(graph); }
};

class FaultOfRowTest : public ::testing::Test {
 protected:
  FaultOfRowTest() : engine_(Engine::Released("v1")) {
    influence_graph* graph = nullptr;
    EXPECT_EQ(influence_graph_new(engine_.get(), nullptr, 0, &graph, nullptr),
              INFLUENCE_OK);
    graph_.reset(graph);
  }

  std::optional<RowFault> Add(const std::string& edges) {
    CallError error;
    return FaultOfRow(influence_graph_add(graph_.get(), DataOf(edges),
                                          edges.size(), error.out()),
                      error);
  }
  std::optional<RowFault> Add(const std::string& source,
                              const std::string& target) {
    abi1::EdgeBatch batch;
    for (int i = 0; i < 2; ++i) {
      abi1::Edge* const edge = batch.add_edges();
      edge->set_source(i == 0 ? "ada" : source);
      edge->set_target(target);
    }
    return Add(batch.SerializeAsString());
  }

  Engine engine_;
  std::unique_ptr<influence_graph, Free> graph_;
};

TEST_F(FaultOfRowTest, NothingIfTheCallIsFine) {
  EXPECT_FALSE(Add("ada", "bob").has_value());
}

TEST_F(FaultOfRowTest, IsTheRowsFieldAndItsReason) {
  const std::optional<RowFault> fault = Add("", "bob");
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->field, "source");
  EXPECT_FALSE(fault->text.empty());
  EXPECT_TRUE(Add(std::string(INFLUENCE_MAX_ID_BYTES + 1, 'i'), "bob"));
}

TEST_F(FaultOfRowTest, OfAWholeCallIsAFailure) {
  try {
    Add("\x0a\x7f");
    FAIL() << "a batch cut short was taken";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), kBadData);
  }
  try {
    Add(std::string(INFLUENCE_MAX_REQUEST_BYTES + 1, ' '));
    FAIL() << "a batch that is too large was taken";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), kBadData);
  }
}

TEST(Check, SaysStatusFieldAndText) {
  CallError error;
  influence_engine* engine = nullptr;
  const influence_status status =
      influence_engine_open("v0", &engine, error.out());
  EXPECT_EQ(status, INFLUENCE_UNKNOWN_ALGORITHM);
  EXPECT_EQ(error.status(), status);
  EXPECT_FALSE(error.row().has_value());
  try {
    Check(status, error);
    FAIL() << "no failure";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), kUnknownAlgorithm);
    EXPECT_EQ(failure.what(), "UNKNOWN_ALGORITHM: " + error.Words());
  }
}

}  // namespace
}  // namespace influence::cli
