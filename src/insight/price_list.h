// The most that each factor can change a score: bounds that an algorithm
// promises.
//
// Computed from the table alone, so the list can never disagree with it. Each
// bound holds for any two scores that differ as described, including the
// rounding of both. It is within three micropoints of the exact supremum for
// v1; where the curve is steep, at full marks of a few units, or a half-life is
// about a day, it may be some hundred micropoints above.
#ifndef INFLUENCE_INSIGHT_PRICE_LIST_H_
#define INFLUENCE_INSIGHT_PRICE_LIST_H_

#include <vector>

#include "messages/messages.h"
#include "model/algorithm.h"

namespace influence {

// Returns one line for each row, in order.
std::vector<msg::PriceLine> PriceList(const Algorithm& algorithm);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_PRICE_LIST_H_
