// The rule of TALLY.md once more: written from its text, with maps and 128-bit
// integers, and no thought of speed.
#ifndef INFLUENCE_TESTS_TALLY_REFERENCE_H_
#define INFLUENCE_TESTS_TALLY_REFERENCE_H_

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "influence/abi1/influence.pb.h"
#include "tests/tally/client.h"

namespace influence::testing {

// 2^30 * 2^(-age / half_life), rounded. Doubles are enough where half a unit
// is not in doubt, which decay_test looks at for every half-life used here.
inline int64_t Fade(int64_t age, int half_life) {
  if (half_life == 0) return int64_t{1} << 30;
  if (age >= 31 * int64_t{half_life}) return 0;
  return std::llrint(
      std::exp2(30.0L - static_cast<long double>(age) /
                            static_cast<long double>(half_life)));
}

inline int64_t FloorDays(int64_t seconds) {
  return seconds >= 0 ? seconds / 86'400 : -((-seconds + 86'399) / 86'400);
}

__extension__ typedef __int128 Wide;

class Reference {
 public:
  Reference(const std::vector<abi1::Event>& events, int64_t as_of) {
    std::map<std::string, abi1::Event> named;
    std::vector<abi1::Event> counted;
    for (const abi1::Event& event : events) {
      if (event.actor() == event.subject() || event.time_seconds() > as_of ||
          Worth(event, as_of) == 0) {
        continue;
      }
      const int64_t quality =
          event.has_quality_micros() ? event.quality_micros() : 1'000'000;
      auto [place, is_new] = quality_.emplace(event.actor(), quality);
      if (!is_new) place->second = std::min(place->second, quality);
      if (event.event_id().empty()) {
        counted.push_back(event);
        continue;
      }
      auto [other, first] = named.emplace(event.event_id(), event);
      if (!first && Order(event) < Order(other->second)) other->second = event;
    }
    for (const auto& [id, event] : named) counted.push_back(event);

    for (const abi1::Event& event : counted) {
      if (event.kind() == abi1::SIGNAL_ENDORSEMENTS) {
        int64_t& newest =
            endorsed_[{event.actor(), event.subject()}][event.topic()];
        abi1::Event once = event;
        once.set_count(1);
        newest = std::max(newest, Worth(once, as_of));
        occurs_.insert({"", event.kind()});
      } else {
        sums_[{event.actor(), event.subject(), event.network(),
               event.kind()}] += Worth(event, as_of);
        occurs_.insert({event.network(), event.kind()});
      }
    }
  }

  Profiles AllProfiles() const {
    std::map<std::tuple<std::string, std::string, int>, Wide> to_all;
    for (const auto& [key, sum] : sums_) {
      to_all[{std::get<0>(key), std::get<2>(key), std::get<3>(key)}] += sum;
    }
    std::map<std::tuple<std::string, std::string, int>, int64_t> received;
    for (const auto& [key, sum] : sums_) {
      const auto& [actor, subject, network, kind] = key;
      received[{subject, network, kind}] +=
          Give(actor, Wide{sum} * 10, to_all[{actor, network, kind}]);
    }
    std::map<std::string, Wide> endorsed;
    for (const auto& [pair, topics] : endorsed_) {
      endorsed[pair.first] += Sum(topics);
    }
    for (const auto& [pair, topics] : endorsed_) {
      const auto back = endorsed_.find({pair.second, pair.first});
      const Wide own = Sum(topics);
      const Wide returned =
          back == endorsed_.end() ? 0 : std::min(own, Sum(back->second));
      received[{pair.second, "", abi1::SIGNAL_ENDORSEMENTS}] +=
          Give(pair.first, 10 * own - 3 * returned, endorsed[pair.first]);
    }
    Profiles profiles;
    for (const auto& [key, amount] : received) {
      const auto& [subject, network, kind] = key;
      auto& signals = profiles[subject][network];
      for (const auto& [where, what] : occurs_) {
        if (where == network) signals.emplace(NameOf(what), 0);
      }
      signals[NameOf(kind)] = amount;
    }
    return profiles;
  }

 private:
  static std::string NameOf(int kind) {
    static const char* const kNames[] = {"",         "mentions",    "replies",
                                         "saves",    "likes",       "reshares",
                                         "quotes",   "listings",    "followers",
                                         "standing", "endorsements"};
    return std::string(kNames[kind]) + "_micros";
  }
  static int HalfLife(int kind) {
    return kind <= abi1::SIGNAL_QUOTES         ? 45
           : kind == abi1::SIGNAL_ENDORSEMENTS ? 180
                                               : 0;
  }
  static int64_t Worth(const abi1::Event& event, int64_t as_of) {
    const int64_t age = FloorDays(as_of) - FloorDays(event.time_seconds());
    return (event.has_count() ? event.count() : 1) *
           Fade(age, HalfLife(event.kind()));
  }
  static std::tuple<int64_t, std::string, std::string, int, std::string,
                    std::string, int64_t>
  Order(const abi1::Event& event) {
    return {event.time_seconds(),
            event.actor(),
            event.subject(),
            event.kind(),
            event.network(),
            event.topic(),
            event.has_count() ? event.count() : 1};
  }
  static Wide Sum(const std::map<std::string, int64_t>& topics) {
    Wide sum = 0;
    for (const auto& [topic, worth] : topics) sum += worth;
    return sum;
  }
  // q * E / (1 + N / 20) in millionths, of tenths of E in Q30.
  int64_t Give(const std::string& actor, Wide tenths, Wide to_all) const {
    return static_cast<int64_t>(tenths * quality_.at(actor) * 20 /
                                ((Wide{20} * (Wide{1} << 30) + to_all) * 10));
  }

  std::map<std::string, int64_t> quality_;
  std::map<std::tuple<std::string, std::string, std::string, int>, int64_t>
      sums_;
  std::map<std::pair<std::string, std::string>, std::map<std::string, int64_t>>
      endorsed_;
  std::set<std::pair<std::string, int>> occurs_;
};

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_TALLY_REFERENCE_H_
