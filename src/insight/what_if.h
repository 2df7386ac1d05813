// What the formula would give: exact recomputation, and its inversion.
#ifndef INFLUENCE_INSIGHT_WHAT_IF_H_
#define INFLUENCE_INSIGHT_WHAT_IF_H_

#include <cstddef>
#include <vector>

#include "model/insight.h"
#include "model/profile.h"
#include "scoring/evaluator.h"

namespace influence {

// The least value, not below what it is, of `signal` of account `account` with
// which the score is at least `rise` more than `now`; if there is none, the
// largest value, not reachable. A score never falls as a signal grows, so that
// halving finds it. `profile` is changed and not put back.
Goal LeastValue(const Evaluator& evaluator, Micros now, Micros rise,
                size_t account, Signal signal, Profile* profile);

// What each network gives to the score, most first, then by name. `ledger` is
// that of the profile, with its lines.
std::vector<Carrier> Carriers(const Evaluator& evaluator,
                              const Profile& profile, const Ledger& ledger);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_WHAT_IF_H_
