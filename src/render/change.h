// A change of score in words that add up. The wording may change in any
// release; a program reads the numbers instead.
#ifndef INFLUENCE_RENDER_CHANGE_H_
#define INFLUENCE_RENDER_CHANGE_H_

#include <string>
#include <string_view>

#include "model/insight.h"
#include "model/ledger.h"

namespace influence {

// A sentence, then a line for each reason and their exact sum. `before` and
// `after` are the algorithms' ids. Empty for Rendering::kNone.
std::string RenderChange(std::string_view id, std::string_view before,
                         std::string_view after, const Change& change,
                         Rendering rendering);

// What the formula would give instead of `now`: a sentence, then the lines that
// change and their sum.
std::string RenderWhatIf(std::string_view id, Micros now, Micros then,
                         const Leg& change, Rendering rendering);

}  // namespace influence

#endif  // INFLUENCE_RENDER_CHANGE_H_
