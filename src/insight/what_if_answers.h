// What-if answers: exact recomputation, and its inversion.
#ifndef INFLUENCE_INSIGHT_WHAT_IF_ANSWERS_H_
#define INFLUENCE_INSIGHT_WHAT_IF_ANSWERS_H_

#include <array>
#include <cstddef>
#include <vector>

#include "messages/messages.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "scoring/evaluator.h"

namespace influence {

// Answers a goal, whose signal and rise are set, for account `account`: the
// least value, not below the present one, with which the score exceeds `now` by
// at least the rise; if there is none, the largest value, marked unreachable. A
// score never falls as a signal grows, so bisection finds it. Changes
// `profile`.
void LeastValue(const Evaluator& evaluator, Micros now, size_t account,
                Profile* profile, msg::GoalAnswer* goal);

// The amount of an account's signal that came from one of several sources.
struct SourceGift {
  size_t source;
  size_t account;
  Signal signal;
  Micros amount;
};

// Sums by account, before the limit of a signal is applied.
using SignalSums = std::vector<std::array<Micros, kSignalCount>>;

// The exact score without each source: the gifts of a source are subtracted
// from the sums and the profile is scored again. `gifts` must be ordered by
// source, and the signals of `profile` must be `sums`, each at most kMaxSignal.
std::vector<Micros> ScoresWithout(const Evaluator& evaluator,
                                  const Profile& profile,
                                  const SignalSums& sums, size_t sources,
                                  const std::vector<SourceGift>& gifts);

// The points that each network adds to the score, most first, then by name.
// `ledger` must be that of the profile, with lines.
std::vector<msg::Carrier> Carriers(const Evaluator& evaluator,
                                   const Profile& profile,
                                   const Ledger& ledger);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_WHAT_IF_ANSWERS_H_
