// Table indices of the closed lists that every algorithm draws from. The lists
// themselves are enumerations of the messages.
#ifndef INFLUENCE_MODEL_VOCABULARY_H_
#define INFLUENCE_MODEL_VOCABULARY_H_

#include <cstddef>

#include "messages/enums.h"

namespace influence {

// The position of a value in a table that has one entry for each.
constexpr size_t Index(Signal s) { return static_cast<size_t>(s) - 1; }
constexpr size_t Index(Factor f) { return static_cast<size_t>(f) - 1; }

}  // namespace influence

#endif  // INFLUENCE_MODEL_VOCABULARY_H_
