// The released algorithms, side by side, for ever.
#ifndef INFLUENCE_ALGORITHM_REGISTRY_H_
#define INFLUENCE_ALGORITHM_REGISTRY_H_

#include <optional>
#include <string_view>
#include <vector>

#include "model/algorithm.h"

namespace influence {

// Returns the ids, oldest first. Released ids are "v1", "v2", ...; a draft is
// named "v3-draft", so that a stored score shows whether it can be reproduced.
// The list never shrinks.
std::vector<std::string_view> ReleasedIds();

// Returns the algorithm of that id, or nothing. There is no default and no
// "latest".
std::optional<Algorithm> FindReleased(std::string_view id);

}  // namespace influence

#endif  // INFLUENCE_ALGORITHM_REGISTRY_H_
