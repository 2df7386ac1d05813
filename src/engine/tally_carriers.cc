// Turns the gifts of a person into SourceGifts, grouped by actor or by topic,
// for insight's ScoresWithout(). Every score is recomputed; none is a
// difference of points, because the curve is concave and differences would not
// add up.
#include "engine/tally_carriers.h"

#include <algorithm>

#include "insight/what_if_answers.h"

namespace influence {
namespace {

// The accounts of a person, by the number of their network, and the sums of
// gifts before a signal's limit is applied.
class Accounts {
 public:
  explicit Accounts(const OpenedPerson& person) {
    for (size_t i = 0; i < person.profile.accounts.size(); ++i) {
      const std::string_view name = person.profile.accounts[i].network;
      place_.emplace(person.tally.networks().Find(name), i);
    }
    sums_.resize(person.profile.accounts.size());
    for (const Gift& gift : person.gifts) {
      sums_[Of(gift.network)][Index(gift.signal)] += gift.amount;
    }
    // Standing is no reaction and stays as it is.
    constexpr size_t kStanding = Index(Signal::kStanding);
    for (size_t i = 0; i < sums_.size(); ++i) {
      sums_[i][kStanding] =
          person.profile.accounts[i].signals.Get(Signal::kStanding);
    }
  }
  size_t Of(uint32_t network) const { return place_.at(network); }
  const SignalSums& sums() const { return sums_; }

 private:
  std::map<uint32_t, size_t> place_;
  SignalSums sums_;
};

}  // namespace

// Gifts are grouped by actor first, so each actor is one source and is scored
// once.
std::vector<msg::ActorCarrier> ActorCarriers(const OpenedPerson& person,
                                             size_t top) {
  const Accounts accounts(person);
  std::vector<Gift> gifts = person.gifts;
  std::sort(gifts.begin(), gifts.end(),
            [](const Gift& a, const Gift& b) { return a.actor < b.actor; });
  std::vector<SourceGift> of_sources;
  std::vector<uint32_t> actors;
  of_sources.reserve(gifts.size());
  for (const Gift& gift : gifts) {
    if (actors.empty() || actors.back() != gift.actor) {
      actors.push_back(gift.actor);
    }
    of_sources.push_back({actors.size() - 1, accounts.Of(gift.network),
                          gift.signal, gift.amount});
  }
  const std::vector<Micros> scores =
      ScoresWithout(person.evaluator, person.profile, accounts.sums(),
                    actors.size(), of_sources);
  std::vector<msg::ActorCarrier> carriers;
  carriers.reserve(actors.size());
  for (size_t i = 0; i < actors.size(); ++i) {
    carriers.push_back({person.tally.ids()[actors[i]], scores[i]});
  }
  std::sort(carriers.begin(), carriers.end(),
            [](const msg::ActorCarrier& a, const msg::ActorCarrier& b) {
              return a.score_without_micropoints != b.score_without_micropoints
                         ? a.score_without_micropoints <
                               b.score_without_micropoints
                         : a.actor < b.actor;
            });
  carriers.resize(std::min(carriers.size(), top));
  return carriers;
}

std::map<std::string_view, Micros> ScoresWithoutTopics(
    const OpenedPerson& person, uint32_t subject) {
  const Accounts accounts(person);
  std::vector<TopicLoss> losses = person.tally.TopicLossesOf(subject);
  std::sort(
      losses.begin(), losses.end(),
      [](const TopicLoss& a, const TopicLoss& b) { return a.topic < b.topic; });
  std::vector<SourceGift> of_sources;
  std::vector<std::string_view> topics;
  for (const TopicLoss& loss : losses) {
    if (topics.empty() || topics.back() != loss.topic) {
      topics.push_back(loss.topic);
    }
    of_sources.push_back({topics.size() - 1, accounts.Of(loss.network),
                          loss.signal, loss.amount});
  }
  const std::vector<Micros> scores =
      ScoresWithout(person.evaluator, person.profile, accounts.sums(),
                    topics.size(), of_sources);
  std::map<std::string_view, Micros> without;
  for (size_t i = 0; i < topics.size(); ++i) {
    without.emplace(topics[i], scores[i]);
  }
  return without;
}

}  // namespace influence
