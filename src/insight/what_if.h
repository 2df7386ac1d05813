// What-if answers: exact recomputation, and its inversion.
#ifndef INFLUENCE_INSIGHT_WHAT_IF_H_
#define INFLUENCE_INSIGHT_WHAT_IF_H_

#include <array>
#include <cstddef>
#include <vector>

#include "messages/messages.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "scoring/evaluator.h"

namespace influence {

// Answers a goal, whose signal and rise are set, for account `account`: the
// least value, not below what it is, with which the score is at least the rise
// more than `now`; if there is none, the largest value, not reachable. A score
// never falls as a signal grows, so that halving finds it. `profile` is changed
// and not put back.
void LeastValue(const Evaluator& evaluator, Micros now, size_t account,
                Profile* profile, msg::GoalAnswer* goal);

// The amount of an account's signal that came from one of several sources.
struct SourceGift {
  size_t source;
  size_t account;
  Signal signal;
  Micros amount;
};

// Sums by account, before a signal's limit.
using SignalSums = std::vector<std::array<Micros, kSignalCount>>;

// The score without each of so many sources, exactly: its gifts are taken from
// the sums and all of it is scored again. `gifts` are ordered by source. Of the
// profile whose signals are `sums`, each at most kMaxSignal, where it has them.
std::vector<Micros> ScoresWithout(const Evaluator& evaluator,
                                  const Profile& profile,
                                  const SignalSums& sums, size_t sources,
                                  const std::vector<SourceGift>& gifts);

// The points that each network gives to the score, most first, then by name.
// `ledger` is that of the profile, with its lines.
std::vector<msg::Carrier> Carriers(const Evaluator& evaluator,
                                   const Profile& profile,
                                   const Ledger& ledger);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_WHAT_IF_H_
