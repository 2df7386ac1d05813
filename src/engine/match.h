// Whether what a caller asks for is what an engine is.
#ifndef INFLUENCE_ENGINE_MATCH_H_
#define INFLUENCE_ENGINE_MATCH_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/engine.h"
#include "model/error.h"
#include "model/graph_identity.h"

namespace influence {

// ALGORITHM_MISMATCH unless each that is not empty is the engine's own.
Error Match(std::string_view algorithm, std::string_view fingerprint,
            const Description& engine);

// ALGORITHM_MISMATCH if a standing was computed by another rule than the
// engine's.
Error Match(const GraphIdentity& graph, const Description& engine);

// OUT_OF_RANGE for more threads than a call may ask for.
inline constexpr uint32_t kMaxThreads = 1024;
Error CheckThreads(uint32_t threads);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_MATCH_H_
