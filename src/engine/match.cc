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

Error Match(const StandingIdentity& standing, const Description& engine) {
  const StandingRule& rule = engine.algorithm.standing;
  if (!standing.is_stated() || standing.rule == rule) return {};
  return standing.rule.teleport != rule.teleport
             ? Error(Code::kAlgorithmMismatch, "standing_teleport_micros",
                     "is " + std::to_string(standing.rule.teleport) +
                         "; this engine's is " + std::to_string(rule.teleport))
             : Error(Code::kAlgorithmMismatch, "standing_iterations",
                     "is " + std::to_string(standing.rule.iterations) +
                         "; this engine's is " +
                         std::to_string(rule.iterations));
}

Error ChooseKernel(std::string_view name, const Kernel** kernel) {
  *kernel = nullptr;
  if (name == "integer") return {};
  *kernel = FindKernel(name.data(), name.size());
  if (*kernel == nullptr && !name.empty()) {
    return {Code::kInvalidArgument, "kernel",
            Quoted(name) + " is not one of this machine's"};
  }
  return {};
}

}  // namespace influence
