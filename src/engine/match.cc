// The mismatch checks that every request, tally, graph and drift goes through.
// They name both sides, because the usual cause is a stored request that meets
// a newer engine.
#include "engine/match.h"

namespace influence {

Error Match(std::string_view algorithm, std::string_view fingerprint,
            const Description& engine) {
  if (!algorithm.empty() && algorithm != engine.algorithm.id) {
    return {Code::kAlgorithmMismatch, "algorithm",
            "is " + Quoted(algorithm) + "; this engine is " +
                Quoted(engine.algorithm.id)};
  }
  if (!fingerprint.empty() && fingerprint != engine.fingerprint) {
    return {Code::kAlgorithmMismatch, "fingerprint",
            "is " + Quoted(fingerprint) + "; this engine's is " +
                Quoted(engine.fingerprint)};
  }
  return {};
}

Error Match(const GraphIdentity& graph, const Description& engine) {
  const StandingRule& rule = engine.algorithm.standing;
  if (!graph.is_stated() || graph.rule == rule) return {};
  return graph.rule.teleport != rule.teleport
             ? Error(Code::kAlgorithmMismatch, "graph.teleport_micros",
                     "is " + std::to_string(graph.rule.teleport) +
                         "; this engine's is " + std::to_string(rule.teleport))
             : Error(Code::kAlgorithmMismatch, "graph.iterations",
                     "is " + std::to_string(graph.rule.iterations) +
                         "; this engine's is " +
                         std::to_string(rule.iterations));
}

Error CheckThreads(uint32_t threads) {
  if (threads <= kMaxThreads) return {};
  return NotIn("threads", threads, 0, kMaxThreads);
}

}  // namespace influence
