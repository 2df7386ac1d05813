// Whether what a caller asks for is what an engine is.
#ifndef INFLUENCE_ENGINE_MATCH_H_
#define INFLUENCE_ENGINE_MATCH_H_

#include <string>
#include <string_view>

#include "model/error.h"
#include "model/standing.h"
#include "scoring/kernels/kernel.h"
#include "wire/response.h"

namespace influence {

// ALGORITHM_MISMATCH unless each that is not empty is the engine's own.
Error Match(std::string_view algorithm, std::string_view fingerprint,
            const Description& engine);

// ALGORITHM_MISMATCH if a standing is stated to be of another rule than the
// engine's.
Error Match(const StandingIdentity& standing, const Description& engine);

// The kernel of a name: the fastest for "", null for "integer";
// INVALID_ARGUMENT for one that this machine lacks.
Error ChooseKernel(std::string_view name, const Kernel** kernel);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_MATCH_H_
