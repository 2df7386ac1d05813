// Renders the text of a response in English, plain or Markdown; "" for
// Rendering::kNone. `rendered_by` is this library's version.
#ifndef INFLUENCE_RENDER_ENGLISH_H_
#define INFLUENCE_RENDER_ENGLISH_H_

#include <string>
#include <string_view>

#include "messages/messages.h"

namespace influence {

std::string InEnglish(const msg::CompareResponse& comparison,
                      Rendering rendering, std::string_view rendered_by);
std::string InEnglish(const msg::WhatIfResponse& answer, Rendering rendering,
                      std::string_view rendered_by);

}  // namespace influence

#endif  // INFLUENCE_RENDER_ENGLISH_H_
