// Identifies the graph a standing was computed on, as the library keeps it.
#ifndef INFLUENCE_MODEL_GRAPH_IDENTITY_H_
#define INFLUENCE_MODEL_GRAPH_IDENTITY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "messages/messages.h"
#include "model/error.h"
#include "model/standing_rule.h"

namespace influence {

// Two standings can be compared if these are equal.
struct GraphIdentity {
  std::string digest;  // empty: no graph is named
  std::string seeds_digest;
  uint64_t nodes = 0;
  uint64_t edges = 0;
  StandingRule rule = {0, 0};

  bool is_stated() const { return !digest.empty(); }
  friend bool operator==(const GraphIdentity& a, const GraphIdentity& b) {
    return a.digest == b.digest && a.seeds_digest == b.seeds_digest &&
           a.nodes == b.nodes && a.edges == b.edges && a.rule == b.rule;
  }
  friend bool operator!=(const GraphIdentity& a, const GraphIdentity& b) {
    return !(a == b);
  }
};

// True for 64 digits of 0-9 and a-f.
bool IsDigest(std::string_view text);

// Reads the graph that a message names, if any. Fails with INVALID_ARGUMENT if
// only some fields are set or a digest is none, and with OUT_OF_RANGE; the
// fields are "graph.digest" and so on.
Error ReadGraph(const std::optional<msg::GraphIdentity>& message,
                GraphIdentity* graph);

// Views of `graph`; nothing if no graph is named.
std::optional<msg::GraphIdentity> MessageOf(const GraphIdentity& graph);

}  // namespace influence

#endif  // INFLUENCE_MODEL_GRAPH_IDENTITY_H_
