// Validates the caller's own table and converts it from and to its message.
#ifndef INFLUENCE_ALGORITHM_CUSTOM_H_
#define INFLUENCE_ALGORITHM_CUSTOM_H_

#include "messages/messages.h"
#include "model/algorithm.h"
#include "model/error.h"

namespace influence {

// Checks a custom table and puts each row's counts into canonical order. Fails
// with INVALID_ALGORITHM for the first fault, its field relative to the
// Algorithm message. A table that passes is within every range of
// model/algorithm.h, its weights sum to kFullScore, no factor has two rows and
// no signal is counted twice.
Error ValidateCustom(Algorithm* algorithm);

// Returns the table of a message, unchecked. Unset numbers default to v1's.
Algorithm FromMessage(const msg::Algorithm& message);

// Views `algorithm`. Numbers equal to v1's are left unset.
msg::Algorithm MessageOf(const Algorithm& algorithm);

}  // namespace influence

#endif  // INFLUENCE_ALGORITHM_CUSTOM_H_
