// Results that were kept: which algorithm made them.
#ifndef INFLUENCE_CLI_STORED_H_
#define INFLUENCE_CLI_STORED_H_

#include <string>

#include "cli/engine.h"

namespace influence::cli {

// The algorithm that an identity names; a custom one is in `file`. Throws
// Failure(kUnknownAlgorithm) if it is not there or has another fingerprint.
Engine EngineOf(const wire::Identity& identity, const std::string& file);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_STORED_H_
