// The model card of an algorithm: the meaning of its numbers, their
// computation, the cost of faking them, the measurements, and the uses they are
// for and not for.
//
// No number is written into its words. Each is an argument that comes from the
// algorithm's table, from a computation on it, from algorithm/evidence.inc or
// from card_law.inc; tests/render compares the page with them in both
// directions.
#ifndef INFLUENCE_RENDER_CARD_PAGE_H_
#define INFLUENCE_RENDER_CARD_PAGE_H_

#include <array>
#include <string_view>
#include <vector>

#include "algorithm/evidence.h"
#include "messages/messages.h"
#include "model/algorithm.h"
#include "render/page.h"

namespace influence {

struct Card {
  const Algorithm* algorithm;
  std::string_view fingerprint;
  std::string_view rendered_by;  // this library's version
  const std::vector<msg::PriceLine>* prices;
  // The prices of the algorithm that the drift is from, if there is one.
  const std::vector<msg::PriceLine>* before_prices;
  const GamingPrices* gaming;
  const Evidence* evidence;
  std::array<uint64_t, 5> band_from;  // whole points at which each begins
  Micros resolution;                  // smaller differences mean almost nothing
};

Page PageOf(const Card& card);

}  // namespace influence

#endif  // INFLUENCE_RENDER_CARD_PAGE_H_
