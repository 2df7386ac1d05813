// The caller's own table: what it must satisfy, and what identifies it.
#ifndef INFLUENCE_ALGORITHM_CUSTOM_H_
#define INFLUENCE_ALGORITHM_CUSTOM_H_

#include "messages/messages.h"
#include "model/algorithm.h"
#include "model/error.h"

namespace influence {

// Checks a custom table and puts each row's counts into canonical order.
// Reports the first fault, its field relative to the Algorithm message. An
// algorithm that passes satisfies every range stated above, its weights sum to
// kFullScore, no factor has two rows and no signal is counted twice.
Error ValidateCustom(Algorithm* algorithm);

// The table that a message has, not checked yet; unset numbers are what v1 has.
Algorithm FromMessage(const msg::Algorithm& message);

// Views of `algorithm`. Numbers that are what v1 has are left unset.
msg::Algorithm MessageOf(const Algorithm& algorithm);

}  // namespace influence

#endif  // INFLUENCE_ALGORITHM_CUSTOM_H_
