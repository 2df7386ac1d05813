// The model card of an algorithm: what its numbers mean, how they come about,
// what they cost to fake, what was measured, what they are for, what not.
//
// No number on it is written in words: each is an argument, from the
// algorithm's table, what is computed from it, algorithm/evidence.inc or
// card_law.inc. tests/card holds the page against them, both ways.
#ifndef INFLUENCE_RENDER_CARD_H_
#define INFLUENCE_RENDER_CARD_H_

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
  // Of the algorithm that its drift is from, if there is one.
  const std::vector<msg::PriceLine>* before_prices;
  const GamingPrices* gaming;
  const Evidence* evidence;
  std::array<uint64_t, 5> band_from;  // whole points at which each begins
  Micros resolution;  // points under which a difference means almost nothing
};

Page PageOf(const Card& card);

}  // namespace influence

#endif  // INFLUENCE_RENDER_CARD_H_
