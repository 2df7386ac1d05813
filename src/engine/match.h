// Checks that a request names this engine's algorithm.
#ifndef INFLUENCE_ENGINE_MATCH_H_
#define INFLUENCE_ENGINE_MATCH_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/engine.h"
#include "model/error.h"
#include "model/graph_identity.h"

namespace influence {

// Fails with ALGORITHM_MISMATCH unless each name that is not empty equals the
// engine's own.
Error Match(std::string_view algorithm, std::string_view fingerprint,
            const Description& engine);

// Fails with ALGORITHM_MISMATCH if a standing was computed by a rule other than
// the engine's.
Error Match(const GraphIdentity& graph, const Description& engine);

// Fails with OUT_OF_RANGE for more threads than a call may request.
inline constexpr uint32_t kMaxThreads = 1024;
Error CheckThreads(uint32_t threads);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_MATCH_H_
