// The points of a quantity, computed with integers as wide as the decision
// needs: the definition of every score, and the fallback of the fast path.
#ifndef INFLUENCE_BASE_EXACT_H_
#define INFLUENCE_BASE_EXACT_H_

#include <vector>

#include "base/micros.h"

namespace influence {

struct QuantityPoints {
  Micros quantity;
  Micros points;
};

// Returns weight * log2(1 + x) / log2(1 + f), x = quantity / 10^6 and f =
// full_marks / 10^6, rounded to the nearest integer, ties to even; 0 for
// quantity <= 0 and the weight for quantity >= full_marks. Always terminates,
// within tens of microseconds. Requires 1 <= weight <= kFullScore and kOne <=
// full_marks <= 10^16.
//   ExactPoints(1'000'000, 3'000'000, 5) == 2    2.5, a tie
//   ExactPoints(1'000'000, 3'000'000, 7) == 4    3.5, a tie
Micros ExactPoints(Micros quantity, Micros full_marks, Micros weight);

// Returns the quantities between 0 and full marks for which the ratio of the
// logarithms is rational, with their points. Only these can be ties. If 1 + f =
// b^e, b a fraction that is no power itself, these are the whole numbers of
// micros among b^j - 1, and the ratio is j / e; at most 52 of them. They are
// small, common counts, so looking them up saves most exact computations.
std::vector<QuantityPoints> RationalPoints(Micros full_marks, Micros weight);

}  // namespace influence

#endif  // INFLUENCE_BASE_EXACT_H_
