// The effect of new data on a score under one formula, in two steps: from the
// data before to the same data merely aged, then to the data after. Each step
// is split exactly among signals and among networks (laws.h).
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

// Returns the data before, aged by `days` days: each signal of a row with a
// half-life times DecayAt(days, half-life), rounded half-even to a millionth.
// Two signals stay as they are: one that no account on the network has in
// `after`, and one whose sum on the network is unchanged to the millionth. The
// result ignores that a tally damps decayed reactions less.
Profile Older(const Formula& formula, const Profile& before,
              const Profile& after, int64_t days);

// The change from one profile to another under one formula, in the two steps.
// The ledgers must be the formula's for these profiles, and the profiles in
// canonical order. Unless `reasons` is null, appends a reason for each signal
// and fate, in no order and without whole points. Networks view the profiles.
msg::Leg InputLeg(const Formula& formula, const Profile& before,
                  const Ledger& before_ledger, const Profile& after,
                  const Ledger& after_ledger, int64_t days = 0,
                  std::vector<msg::ChangeReason>* reasons = nullptr);

// A line of a leg without its parts: the change from one ledger's line of a
// factor to another's.
msg::LegLine LegLineOf(Factor factor, const Line& before, const Line& after);

// The quantity that one signal adds to a row, rounded per account.
Micros QuantityOfSignal(const Evaluator::Compiled& row, const Profile& profile,
                        Signal signal);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_INPUT_LEG_H_
