// What made-up accounts can add at most: computed from the table and the rule
// of the tally (algorithm/v1/TALLY.md), as the price list is.
#ifndef INFLUENCE_INSIGHT_GAMING_H_
#define INFLUENCE_INSIGHT_GAMING_H_

#include <vector>

#include "messages/messages.h"
#include "model/algorithm.h"

namespace influence {

// One line for 1, 10, 100, 1'000 and 10'000 accounts; the other figures.
// `prices` are the price list of the same algorithm.
GamingPrices PricesOfGaming(const Algorithm& algorithm,
                            const std::vector<msg::PriceLine>& prices);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_GAMING_H_
