// Explains the change of a score in two legs: the effect of the new data under
// the old formula, then the effect of the new formula on the new data. Nothing
// is estimated: every number is a difference of two scores, or such a
// difference split in integers.
#ifndef INFLUENCE_INSIGHT_COMPARISON_H_
#define INFLUENCE_INSIGHT_COMPARISON_H_

#include <cstdint>
#include <vector>

#include "insight/input_leg.h"
#include "messages/messages.h"
#include "model/ledger.h"
#include "model/profile.h"

namespace influence {

// The change from one formula to another: a line for each row of `before` in
// its order, then one for each further factor of `after`. Both ledgers must be
// of the same profile.
msg::Leg FormulaLeg(const Ledger& before, const Ledger& after);

// The whole answer except the identities and the text. `before_facts` are
// `days` days older than `after_facts`; 0 if unknown. Text views the profiles.
msg::CompareResponse Compare(const Formula& before, const Profile& before_facts,
                             const Formula& after, const Profile& after_facts,
                             int64_t days);

// Splits `total_whole` whole points among micropoints of either sign: each is
// rounded down, and the points left over go one each to the largest remainders.
// Requires a total within a point of the sum. If all changes are whole and the
// total is a point off, the first one takes the difference.
std::vector<int64_t> WholePoints(const std::vector<Micros>& changes,
                                 int64_t total_whole);

// The score in whole points, as people see it: ties to even.
int64_t ToWholePoints(Micros score);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_COMPARISON_H_
