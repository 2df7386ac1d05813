// Renders a ledger in words that a manager understands, with a sum that visibly
// adds up.
//
// Every number is the ledger's own, unrounded, except the score in whole points
// at the top. The wording may change in any release; programs read the ledger.
#ifndef INFLUENCE_RENDER_LEDGER_TEXT_H_
#define INFLUENCE_RENDER_LEDGER_TEXT_H_

#include <string>

#include "model/algorithm.h"
#include "model/ledger.h"
#include "model/profile.h"

namespace influence {

// Requires the ledger of `profile` under `algorithm`. Plain text is at most 80
// columns wide, unless names are long or quantities of a million and more have
// six decimals; it ends in a newline. Empty for Rendering::kNone.
std::string Render(const Algorithm& algorithm, const Profile& profile,
                   const Ledger& ledger, Rendering rendering);

}  // namespace influence

#endif  // INFLUENCE_RENDER_LEDGER_TEXT_H_
