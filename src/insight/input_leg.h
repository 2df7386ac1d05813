// The effect of new facts on a score under one formula, in two steps: from the
// facts before to the same merely older, then to the facts after. Each is split
// among signals and among networks, exactly (laws.h).
#ifndef INFLUENCE_INSIGHT_INPUT_LEG_H_
#define INFLUENCE_INSIGHT_INPUT_LEG_H_

#include <cstdint>
#include <vector>

#include "messages/messages.h"
#include "model/algorithm.h"
#include "model/profile.h"
#include "scoring/evaluator.h"

namespace influence {

// An algorithm, its table and its evaluator; both must outlive this.
struct Formula {
  const Algorithm& algorithm;
  const Evaluator& evaluator;
};

// The facts before, `days` days older: each signal of a row with a half-life
// times DecayAt(days, half-life), rounded half-even to a millionth. Left as it
// is: a signal that no account on the network states in `after`, and one that
// is on the network, to the millionth, what it was. That a tally damps old
// reactions less is not taken into account.
Profile Older(const Formula& formula, const Profile& before,
              const Profile& after, int64_t days);

// The change from one profile to another under one formula: from the facts
// before to these merely older, then to the facts after. The ledgers are what
// it gave for them. Profiles must be in canonical order. Appends a reason for
// each signal and what became of it, unless `reasons` is null; without their
// whole points, in no order. Networks are views of those of the profiles.
msg::Leg InputLeg(const Formula& formula, const Profile& before,
                  const Ledger& before_ledger, const Profile& after,
                  const Ledger& after_ledger, int64_t days = 0,
                  std::vector<msg::ChangeReason>* reasons = nullptr);

// A line of a leg without its parts: the change from one ledger's line of a
// factor to another's.
msg::LegLine LegLineOf(Factor factor, const Line& before, const Line& after);

// The quantity that one signal gives to a row, each account's rounded on its
// own.
Micros QuantityOfSignal(const Evaluator::Compiled& row, const Profile& profile,
                        Signal signal);

// Splits `total` >= 0 by weights >= 0: each its share rounded down, what is
// left over going one each to the largest remainders, of equal ones to the
// first. All zero if all weights are. Requires total <= kFullScore or a sum of
// weights of at least `total`.
std::vector<Micros> Apportion(Micros total, const std::vector<Micros>& weights);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_INPUT_LEG_H_
