// Why a score changed: what the facts did under the old formula, then what the
// formula did to the new facts. Nothing is estimated; every number is a
// difference of two scores or such a difference split in integers.
#ifndef INFLUENCE_INSIGHT_COMPARE_H_
#define INFLUENCE_INSIGHT_COMPARE_H_

#include <cstdint>
#include <vector>

#include "model/algorithm.h"
#include "model/insight.h"
#include "model/profile.h"
#include "scoring/evaluator.h"

namespace influence {

// An algorithm, its table and its evaluator; both must outlive this.
struct Formula {
  const Algorithm& algorithm;
  const Evaluator& evaluator;
};

// The change from one profile to another under one formula. The ledgers are
// what it gave for them. Profiles must be in canonical order.
Leg InputLeg(const Formula& formula, const Profile& before,
             const Ledger& before_ledger, const Profile& after,
             const Ledger& after_ledger);

// The change from one formula to another: a line for each row of `before`, in
// its order, then for each row of `after` whose factor `before` has not. Both
// ledgers are of one profile.
Leg FormulaLeg(const Ledger& before, const Ledger& after);

// Says of each line of an input leg that fell how much of it is age alone: what
// the quantity before, `days` days older, would still count, but no more than
// it fell. Not of what is no longer stated in `after`. That a tally damps old
// reactions less is not taken into account.
void AddFading(const Formula& formula, int64_t days, const Ledger& after,
               Leg* leg);

// Both legs and the reasons. `before` scored the facts `before_facts`, which
// are `days` days older than those after; 0 if that is not known.
Change Compare(const Formula& before, const Profile& before_facts,
               const Formula& after, const Profile& after_facts, int64_t days);

// Splits `total` >= 0 by weights >= 0: each its share rounded down, what is
// left over going one each to the largest remainders, of equal ones to the
// first. All zero if all weights are. Requires total <= kFullScore or a sum of
// weights of at least `total`.
std::vector<Micros> Apportion(Micros total, const std::vector<Micros>& weights);

// Whole points for micropoints of either sign: they sum to `total_whole`, which
// is the sum of all, rounded.
std::vector<int64_t> WholePoints(const std::vector<Micros>& changes,
                                 int64_t total_whole);

// Micropoints of either sign to whole points, ties to even.
int64_t ToWholePoints(Micros change);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_COMPARE_H_
