// Graphs and standings as tests use them, through the C ABI.
#ifndef INFLUENCE_TESTS_STANDING_CLIENT_H_
#define INFLUENCE_TESTS_STANDING_CLIENT_H_

#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "tests/columns/arrow_table.h"
#include "tests/tally/client.h"

namespace influence::testing {

struct Edge {
  std::string source;
  std::string target;
  uint64_t weight = 1;
};

inline std::string BatchOf(const std::vector<Edge>& edges) {
  abi1::EdgeBatch batch;
  for (const Edge& edge : edges) {
    abi1::Edge& added = *batch.add_edges();
    added.set_source(edge.source);
    added.set_target(edge.target);
    if (edge.weight != 1) added.set_weight(edge.weight);
  }
  return batch.SerializeAsString();
}

inline Column TableOf(const std::vector<Edge>& edges) {
  std::vector<std::string> sources, targets;
  std::vector<uint64_t> weights;
  for (const Edge& edge : edges) {
    sources.push_back(edge.source);
    targets.push_back(edge.target);
    weights.push_back(edge.weight);
  }
  return Column::Struct(
      "", static_cast<int64_t>(edges.size()),
      {Column::Text("source", sources), Column::Text("target", targets),
       Column::Of("weight", "L", weights)});
}

inline abi1::SeedList SeedsOf(
    const std::vector<std::pair<std::string, uint64_t>>& list) {
  abi1::SeedList seeds;
  for (const auto& [id, weight] : list) {
    abi1::Seed& seed = *seeds.add_seeds();
    seed.set_id(id);
    seed.set_weight(weight);
  }
  return seeds;
}

inline abi1::SeedList Uniform() {
  abi1::SeedList seeds;
  seeds.set_kind(abi1::SEED_KIND_UNIFORM);
  return seeds;
}

// By id: rank and standing.
using RankTable = std::map<std::string, std::pair<uint64_t, int64_t>>;

class Standing {
 public:
  explicit Standing(influence_standing* standing) : standing_(standing) {}

  influence_standing* get() const { return standing_.get(); }
  bool ok() const { return standing_ != nullptr; }

  abi1::StandingReport Report() const {
    Taken report;
    EXPECT_EQ(influence_standing_report(get(), report.out(), nullptr),
              INFLUENCE_OK);
    abi1::StandingReport parsed;
    EXPECT_TRUE(parsed.ParseFromString(report.text()));
    EXPECT_EQ(parsed.SerializeAsString(), report.text());
    return parsed;
  }

  influence_status Explain(const std::string& id, uint32_t top,
                           abi1::NodeReport* report) const {
    abi1::NodeRequest request;
    request.set_id(id);
    request.set_top(top);
    const std::string bytes = request.SerializeAsString();
    Taken response;
    Failure failure;
    const influence_status status = influence_standing_explain(
        get(), Data(bytes), bytes.size(), response.out(), failure.out());
    EXPECT_EQ(failure.status(), status);
    EXPECT_TRUE(report->ParseFromString(response.text()));
    EXPECT_EQ(report->SerializeAsString(), response.text());
    return status;
  }

  RankTable Ranks(uint32_t batch_rows = 0) const {
    abi1::StreamOptions options;
    options.set_batch_rows(batch_rows);
    const std::string bytes = options.SerializeAsString();
    ArrowArrayStream stream;
    EXPECT_EQ(influence_standing_ranks(get(), Data(bytes), bytes.size(),
                                       &stream, nullptr),
              INFLUENCE_OK);
    RankTable ranks;
    for (;;) {
      ArrowArray table;
      EXPECT_EQ(stream.get_next(&stream, &table), 0);
      if (table.release == nullptr) break;
      EXPECT_TRUE(batch_rows == 0 || table.length <= batch_rows);
      const auto* ends =
          static_cast<const int32_t*>(table.children[0]->buffers[1]);
      const auto* text =
          static_cast<const char*>(table.children[0]->buffers[2]);
      for (int64_t i = 0; i < table.length; ++i) {
        const std::string id(text + ends[i],
                             static_cast<size_t>(ends[i + 1] - ends[i]));
        EXPECT_TRUE(ranks.empty() || ranks.rbegin()->first < id);
        ranks[id] = {
            static_cast<const uint64_t*>(table.children[1]->buffers[1])[i],
            static_cast<const int64_t*>(table.children[2]->buffers[1])[i]};
      }
      table.release(&table);
    }
    stream.release(&stream);
    return ranks;
  }

 private:
  struct Free {
    void operator()(influence_standing* standing) const {
      influence_standing_free(standing);
    }
  };
  std::unique_ptr<influence_standing, Free> standing_;
};

class Graph {
 public:
  explicit Graph(const Engine& engine) {
    influence_graph* graph = nullptr;
    EXPECT_EQ(influence_graph_new(engine.get(), nullptr, 0, &graph, nullptr),
              INFLUENCE_OK);
    graph_.reset(graph);
  }

  influence_graph* get() const { return graph_.get(); }

  influence_status AddBytes(const std::string& batch) {
    return Told([&](influence_error** error) {
      return influence_graph_add(get(), Data(batch), batch.size(), error);
    });
  }
  void Add(const std::vector<Edge>& edges) {
    EXPECT_EQ(AddBytes(BatchOf(edges)), INFLUENCE_OK) << message_;
  }
  influence_status AddTable(const Column& table) {
    Export moved(table);
    const influence_status status = Told([&](influence_error** error) {
      return influence_graph_add_columns(get(), &moved.schema, &moved.array,
                                         error);
    });
    EXPECT_EQ(moved.schema_releases, 1);
    EXPECT_EQ(moved.array_releases, 1);
    return status;
  }
  void Spill(uint64_t memory_bytes) {
    EXPECT_EQ(Told([&](influence_error** error) {
                return influence_graph_spill(
                    get(), memory_bytes, SpillFile::Write, SpillFile::ReadAt,
                    SpillFile::Release, new SpillFile, error);
              }),
              INFLUENCE_OK)
        << message_;
  }
  influence_status AddTally(const Tally& tally) {
    return Told([&](influence_error** error) {
      return influence_graph_add_tally(get(), tally.get(), error);
    });
  }
  influence_status SeedBytes(const std::string& bytes) {
    return Told([&](influence_error** error) {
      return influence_graph_seed(get(), Data(bytes), bytes.size(), error);
    });
  }
  void Seed(const abi1::SeedList& seeds) {
    EXPECT_EQ(SeedBytes(seeds.SerializeAsString()), INFLUENCE_OK) << message_;
  }
  influence_status TryRun(const abi1::RunOptions& options,
                          influence_progress_fn progress, void* context,
                          Standing* standing) {
    const std::string bytes = options.SerializeAsString();
    influence_standing* made = nullptr;
    const influence_status status = Told([&](influence_error** error) {
      return influence_graph_run(get(), Data(bytes), bytes.size(), progress,
                                 context, &made, error);
    });
    EXPECT_EQ(made != nullptr, status == INFLUENCE_OK);
    *standing = Standing(made);
    return status;
  }
  influence_status TryRun() {
    Standing standing(nullptr);
    return TryRun({}, nullptr, nullptr, &standing);
  }
  Standing Run(uint32_t threads = 1) {
    abi1::RunOptions options;
    options.set_threads(threads);
    Standing standing(nullptr);
    EXPECT_EQ(TryRun(options, nullptr, nullptr, &standing), INFLUENCE_OK)
        << message_;
    return standing;
  }

  // Of the last call: "field: text", the field alone, and the row.
  const std::string& message() const { return message_; }
  const std::string& field() const { return field_; }
  int64_t row() const { return row_; }

 private:
  struct Free {
    void operator()(influence_graph* graph) const {
      influence_graph_free(graph);
    }
  };

  // The error says the status; there is one if and only if the call failed.
  template <typename Call>
  influence_status Told(Call call) {
    Failure failure;
    const influence_status status = call(failure.out());
    EXPECT_EQ(failure.status(), status);
    message_ = failure.text();
    field_ = failure.field();
    row_ = failure.row();
    return status;
  }

  std::unique_ptr<influence_graph, Free> graph_;
  std::string message_, field_;
  int64_t row_ = -1;
};

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_STANDING_CLIENT_H_
