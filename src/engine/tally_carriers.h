// The actors and topics that carry a person's score, measured by the score
// without each of them.
#ifndef INFLUENCE_ENGINE_TALLY_CARRIERS_H_
#define INFLUENCE_ENGINE_TALLY_CARRIERS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "messages/messages.h"
#include "model/profile.h"
#include "scoring/evaluator.h"
#include "tally/tally.h"

namespace influence {

// A person's gifts and the profile that they produce, with accounts by network.
struct OpenedPerson {
  const Tally& tally;
  const Evaluator& evaluator;
  const Profile& profile;
  const std::vector<Gift>& gifts;
};

// At most `top` actors, the lowest score without them first, then by id.
std::vector<msg::ActorCarrier> ActorCarriers(const OpenedPerson& person,
                                             size_t top);

// The score without each topic in which the person received anything.
std::map<std::string_view, Micros> ScoresWithoutTopics(
    const OpenedPerson& person, uint32_t subject);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_TALLY_CARRIERS_H_
