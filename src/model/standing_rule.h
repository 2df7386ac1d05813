// The rule by which influence propagates through a graph (STANDING.md).
#ifndef INFLUENCE_MODEL_STANDING_RULE_H_
#define INFLUENCE_MODEL_STANDING_RULE_H_

#include <cstdint>

#include "base/micros.h"

namespace influence {

inline constexpr uint32_t kMaxIterations = 10'000;
// The sum of all ranks of a graph.
inline constexpr uint64_t kTotalRank = uint64_t{1} << 62;

struct StandingRule {
  Micros teleport = 150'000;  // 1 .. 999'999, restarts at the seeds
  uint32_t iterations = 100;  // 1 .. kMaxIterations

  friend bool operator==(const StandingRule& a, const StandingRule& b) {
    return a.teleport == b.teleport && a.iterations == b.iterations;
  }
  friend bool operator!=(const StandingRule& a, const StandingRule& b) {
    return !(a == b);
  }
};

}  // namespace influence

#endif  // INFLUENCE_MODEL_STANDING_RULE_H_
