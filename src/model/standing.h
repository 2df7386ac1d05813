// How influence flows through a graph, and of which graph a standing is.
#ifndef INFLUENCE_MODEL_STANDING_H_
#define INFLUENCE_MODEL_STANDING_H_

#include <cstdint>
#include <string>

#include "base/micros.h"

namespace influence {

inline constexpr uint32_t kMaxIterations = 10'000;
// All ranks of a graph together.
inline constexpr uint64_t kTotalRank = uint64_t{1} << 62;

struct StandingRule {
  Micros teleport = 150'000;  // 1 .. 999'999, what flows from the seeds anew
  uint32_t iterations = 100;  // 1 .. kMaxIterations

  friend bool operator==(const StandingRule& a, const StandingRule& b) {
    return a.teleport == b.teleport && a.iterations == b.iterations;
  }
  friend bool operator!=(const StandingRule& a, const StandingRule& b) {
    return !(a == b);
  }
};

// Two standings can be compared if these are equal.
struct StandingIdentity {
  std::string graph_digest;  // empty: nobody has said
  uint64_t nodes = 0;
  uint64_t edges = 0;
  std::string seeds_digest;
  StandingRule rule = {0, 0};

  bool is_stated() const { return !graph_digest.empty(); }
  friend bool operator==(const StandingIdentity& a, const StandingIdentity& b) {
    return a.graph_digest == b.graph_digest && a.nodes == b.nodes &&
           a.edges == b.edges && a.seeds_digest == b.seeds_digest &&
           a.rule == b.rule;
  }
};

}  // namespace influence

#endif  // INFLUENCE_MODEL_STANDING_H_
