// Splits points exactly, by largest remainder.
#ifndef INFLUENCE_INSIGHT_APPORTION_H_
#define INFLUENCE_INSIGHT_APPORTION_H_

#include <vector>

#include "base/micros.h"
#include "scoring/evaluator.h"

namespace influence {

// Splits `total` >= 0 by weights >= 0: each share is rounded down, and the
// units left over go one each to the largest remainders, among equal ones to
// the first. All zero if all weights are zero. Requires total <= kFullScore or
// a sum of weights of at least `total`.
std::vector<Micros> Apportion(Micros total, const std::vector<Micros>& weights);

// The quantity of one kind (a network, a signal) before and after.
struct Delta {
  Micros before = 0;
  Micros after = 0;
};

// Splits the change of a row's points among the quantities that rose and those
// that fell. Rises come first: on a flattening curve this order keeps both
// steps small.
std::vector<Micros> SplitChange(const Evaluator::Compiled& row, Micros before,
                                Micros after, const std::vector<Delta>& deltas);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_APPORTION_H_
