// Graphs and standings behind the C boundary.
//
// Functions here may throw std::bad_alloc; the C boundary catches it.
#ifndef INFLUENCE_ENGINE_STANDING_CALLS_H_
#define INFLUENCE_ENGINE_STANDING_CALLS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/byte_buffer.h"
#include "columns/arrow.h"
#include "engine/engine.h"
#include "engine/tally_calls.h"
#include "model/error.h"
#include "model/graph_identity.h"
#include "model/standing_rule.h"
#include "standing/graph.h"

namespace influence {

// The result of a run. Immutable; any number of threads may use one at once.
class StandingEngine {
 public:
  // Keeps the graph of the ranks alive.
  StandingEngine(std::shared_ptr<const Engine::Core> core,
                 std::shared_ptr<const Graph> graph, Seeds seeds, Ranks ranks);

  const Graph& graph() const { return *graph_; }
  const Ranks& ranks() const { return ranks_; }
  const GraphIdentity& identity() const { return identity_; }

  void Report(ByteBuffer* out) const;
  Error Explain(std::string_view bytes, ByteBuffer* out) const;

 private:
  Micros StandingOf(uint64_t rank) const;
  uint64_t PositionOf(uint64_t rank) const;

  std::shared_ptr<const Engine::Core> core_;
  std::shared_ptr<const Graph> graph_;
  Seeds seeds_;
  Ranks ranks_;
  GraphIdentity identity_;
};

class GraphEngine {
 public:
  // `bytes` is a serialized GraphOptions.
  static Error New(std::shared_ptr<const Engine::Core> core,
                   std::string_view bytes, std::unique_ptr<GraphEngine>* out);

  Error SpillTo(uint64_t memory_bytes, WriteFunction write,
                ReadAtFunction read_at);
  Error Add(std::string_view bytes);
  Error AddColumns(Owned<ArrowSchema> schema, Owned<ArrowArray> array);
  Error AddTally(TallyEngine* tally);
  Error Seed(std::string_view bytes);
  // `progress` may be empty.
  Error Run(std::string_view bytes, const StandingRun::Progress& progress,
            std::shared_ptr<const StandingEngine>* out);

 private:
  explicit GraphEngine(std::shared_ptr<const Engine::Core> core)
      : core_(std::move(core)) {}

  // Fails with FAILED_PRECONDITION once the graph has been run or has lost
  // edges.
  Error CanGrow() const;
  template <typename Body>
  Error Grow(Body body);
  Error PutInOrder();
  Error CollectSeeds(Seeds* seeds) const;

  std::shared_ptr<const Engine::Core> core_;
  GraphBuilder builder_;
  std::optional<int64_t> as_of_;  // of the tallies, if any were added
  bool is_lost_ = false;          // edges may be missing; only release is left
  bool spills_ = false;
  std::shared_ptr<const Graph> graph_;  // once the edges are ordered
  // In the caller's order, unmerged.
  std::vector<std::pair<std::string, uint64_t>> seeds_;
  bool is_uniform_ = false;
};

}  // namespace influence

#endif  // INFLUENCE_ENGINE_STANDING_CALLS_H_
