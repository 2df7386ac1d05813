// A ledger in words a manager understands, with the sum visibly adding up.
//
// Every number printed is one of the ledger's, whole: no number is rounded but
// the one score in whole points at the top. The wording may change in any
// release; a program reads the ledger instead.
#ifndef INFLUENCE_RENDER_RENDER_H_
#define INFLUENCE_RENDER_RENDER_H_

#include <string>

#include "model/algorithm.h"
#include "model/ledger.h"
#include "model/profile.h"

namespace influence {

// Requires a ledger that `algorithm` gave for `profile`. Plain text is at most
// 80 columns wide, but for names from outside that are long and quantities of
// a million and more that have six decimals; it ends in a newline.
// Empty for Rendering::kNone.
std::string Render(const Algorithm& algorithm, const Profile& profile,
                   const Ledger& ledger, Rendering rendering);

}  // namespace influence

#endif  // INFLUENCE_RENDER_RENDER_H_
