// The few things that moved a score most, as stable codes.
//
// A line that earned something is a candidate to have lifted the score, by its
// points. What a line did not earn held it back, and is split in two: what its
// missing signals could give (kNotStated, kPartlyStated) and what is certainly
// short of full marks (kBelowFullMarks); line.weight is the sum of the three.
// At most kMaxReasons of each kind are kept: most points first, equal points
// by code, equal codes by the algorithm's row order.
#ifndef INFLUENCE_SCORING_REASONS_H_
#define INFLUENCE_SCORING_REASONS_H_

#include "model/ledger.h"

namespace influence {

// Fills ledger->lifted and held_back from its lines.
void AddReasons(Ledger* ledger);

}  // namespace influence

#endif  // INFLUENCE_SCORING_REASONS_H_
