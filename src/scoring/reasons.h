// The largest contributions and gaps of a score, as stable codes.
//
// A line that earned points is a candidate for `lifted`. The points it did not
// earn are candidates for `held_back`, split in two: those that its missing
// signals could add (kNotStated, kPartlyStated) and those that are certainly
// short of full marks (kBelowFullMarks). line.weight is the sum of the three.
// At most kMaxReasons of each kind are kept: most points first, equal points by
// code, equal codes by the algorithm's row order.
#ifndef INFLUENCE_SCORING_REASONS_H_
#define INFLUENCE_SCORING_REASONS_H_

#include "model/ledger.h"

namespace influence {

// Fills ledger->lifted and held_back from its lines.
void AddReasons(Ledger* ledger);

}  // namespace influence

#endif  // INFLUENCE_SCORING_REASONS_H_
