// The limits and ranges of what is asked in a WhatIfRequest.
#ifndef INFLUENCE_ENGINE_WHAT_IF_CHECKS_H_
#define INFLUENCE_ENGINE_WHAT_IF_CHECKS_H_

#include <cstddef>
#include <string>

#include "messages/messages.h"
#include "model/error.h"

namespace influence {

// The path of an item: "goals[3]".
std::string At(const char* list, size_t i);

// TOO_LARGE, OUT_OF_RANGE or INVALID_ARGUMENT, of the first item at fault in
// overrides, curves, goals, actors and topics.
Error CheckQuestions(const msg::WhatIfRequest& request);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_WHAT_IF_CHECKS_H_
