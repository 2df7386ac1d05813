// Upper bounds of the points that fake accounts can add, computed from the
// table and the rule of the tally (algorithm/v1/TALLY.md).
#ifndef INFLUENCE_INSIGHT_GAMING_H_
#define INFLUENCE_INSIGHT_GAMING_H_

#include <vector>

#include "messages/messages.h"
#include "model/algorithm.h"

namespace influence {

// Returns one line each for 1, 10, 100, 1'000 and 10'000 accounts, and the
// other figures. `prices` is the price list of the same algorithm.
GamingPrices PricesOfGaming(const Algorithm& algorithm,
                            const std::vector<msg::PriceLine>& prices);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_GAMING_H_
