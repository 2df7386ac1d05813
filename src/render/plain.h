// What a response has as its text: English, plain or Markdown; "" for
// Rendering::kNone.
#ifndef INFLUENCE_RENDER_PLAIN_H_
#define INFLUENCE_RENDER_PLAIN_H_

#include <string>

#include "model/ledger.h"
#include "model/stored.h"

namespace influence {

std::string InEnglish(const Comparison& comparison, Rendering rendering);
std::string InEnglish(const WhatIfAnswer& answer, Rendering rendering);

}  // namespace influence

#endif  // INFLUENCE_RENDER_PLAIN_H_
