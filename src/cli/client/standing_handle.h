// The C library's graph and standing, for this command: owned handles, parsed
// messages, failures as exceptions.
#ifndef INFLUENCE_CLI_CLIENT_STANDING_HANDLE_H_
#define INFLUENCE_CLI_CLIENT_STANDING_HANDLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "cli/client/engine_handle.h"
#include "cli/client/event_batch.h"
#include "cli/client/library.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"

namespace influence::cli {

class Spilled;
class Tally;

// Immutable. All of it throws Failure.
class Standing {
 public:
  // Edges may be in a file.
  Standing(influence_standing* standing, std::shared_ptr<Spilled> spilled)
      : spilled_(std::move(spilled)), standing_(standing) {}

  abi1::StandingReport Report() const;
  // Nothing if there is no such node.
  std::optional<abi1::NodeReport> Find(const abi1::NodeRequest& request) const;
  // kBadData if there is none.
  abi1::NodeReport Explain(const abi1::NodeRequest& request) const;

  struct Node {
    std::string_view id;
    uint64_t rank;
    int64_t standing_micros;
  };
  // All nodes, ascending by id.
  void ForEach(const std::function<void(const Node&)>& use) const;

  // Replaces a stream of profiles by the same with standing.
  void Join(ArrowArrayStream* profiles) const;

 private:
  struct Free {
    void operator()(influence_standing* standing) const {
      influence_standing_free(standing);
    }
  };
  std::shared_ptr<Spilled> spilled_;
  std::unique_ptr<influence_standing, Free> standing_;
};

class Graph {
 public:
  explicit Graph(const Engine& engine);

  // From now on it holds about that much of its edges in memory and the rest in
  // a file that no folder lists. Requires that there are none yet.
  void Spill(uint64_t memory_bytes, const std::string& folder);

  // A serialized EdgeBatch. If it is refused, nothing of it is added.
  void Add(std::string_view edges);
  // The rows from `first` to before `last`; or none of them, if one is refused,
  // and why.
  std::optional<RowFault> Add(const EventBatch& edges, size_t first,
                              size_t last);
  void Add(const Tally& tally);
  // The same with seeds.
  std::optional<RowFault> Seed(const abi1::SeedList& seeds);

  // Calls update(done, all) for each step.
  std::unique_ptr<Standing> Run(
      const abi1::RunOptions& options,
      const std::function<void(size_t, size_t)>& update);

 private:
  struct Free {
    void operator()(influence_graph* graph) const {
      influence_graph_free(graph);
    }
  };
  void Check(influence_status status, const CallError& error) const;

  std::shared_ptr<Spilled> spilled_;
  std::unique_ptr<influence_graph, Free> graph_;
};

// Says in a message of which graph a standing is.
template <typename Message>
void StateGraph(const abi1::StandingReport& report, Message* message) {
  *message->mutable_graph() = report.graph();
}

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_STANDING_HANDLE_H_
