// Why a score changed: what the facts did under the old formula, then what the
// formula did to the new facts. Nothing is estimated; every number is a
// difference of two scores or such a difference split in integers.
#ifndef INFLUENCE_INSIGHT_COMPARE_H_
#define INFLUENCE_INSIGHT_COMPARE_H_

#include <cstdint>
#include <vector>

#include "insight/input_leg.h"
#include "messages/messages.h"
#include "model/ledger.h"
#include "model/profile.h"

namespace influence {

// The change from one formula to another: a line for each row of `before`, in
// its order, then for each row of `after` whose factor `before` has not. Both
// ledgers are of one profile.
msg::Leg FormulaLeg(const Ledger& before, const Ledger& after);

// Everything but what the sides say of themselves, and the text. `before`
// scored the facts `before_facts`, which are `days` days older than those
// after; 0 if that is not known. Text is a view of that of the profiles.
msg::CompareResponse Compare(const Formula& before, const Profile& before_facts,
                             const Formula& after, const Profile& after_facts,
                             int64_t days);

// Whole points for micropoints of either sign that sum to `total_whole`: each
// rounded down, what is left over going one each to the largest remainders.
// Requires that the sum of all is less than a point off, or one if all are
// whole: then the first is a point off too.
std::vector<int64_t> WholePoints(const std::vector<Micros>& changes,
                                 int64_t total_whole);

// The whole points of a score, as everybody sees them: ties to even.
int64_t ToWholePoints(Micros score);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_COMPARE_H_
