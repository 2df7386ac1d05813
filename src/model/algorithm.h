// An algorithm is data: a table that one shared evaluator runs.
//
//   score = sum over rows of  weight * min(1, log2(1+x) / log2(1+full_marks))
//   x     = sum over the person's accounts of
//             round_half_even(sum over the row's signals of value * count)
#ifndef INFLUENCE_MODEL_ALGORITHM_H_
#define INFLUENCE_MODEL_ALGORITHM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/micros.h"
#include "model/standing_rule.h"
#include "model/vocabulary.h"

namespace influence {

struct SignalValue {
  Signal signal;
  Micros value;  // 1 .. kMaxRowValue
};

struct Row {
  Factor factor;
  Micros weight;            // micropoints, 1 .. kFullScore
  Micros full_marks;        // kOne .. kMaxFullMarks
  int32_t half_life_units;  // in age units, which are days unless it says so
  std::vector<SignalValue> counts;  // by signal number
};

// The defaults of a tally's rule, for algorithms that do not set it.
inline constexpr int32_t kDay = 86'400;
inline constexpr Micros kDefaultCrowd = 20 * kOne;

struct Algorithm {
  std::string id;
  bool released;
  std::vector<Row> rows;
  int32_t age_unit_seconds = kDay;  // 1 .. kMaxAgeUnit
  Micros crowd = kDefaultCrowd;     // 1 .. kMaxCrowd
  StandingRule standing = {};
};

// Limits of a custom table, chosen so that no quantity can overflow: 64
// accounts of kMaxSignal, counted tenfold, are kMaxQuantity.
inline constexpr Micros kMaxRowValue = 10 * kOne;  // sum over a row's signals
inline constexpr Micros kMaxFullMarks = Micros{10'000'000'000} * kOne;
inline constexpr int32_t kMaxHalfLifeUnits = 36'500;
inline constexpr size_t kMaxAlgorithmIdBytes = 64;
inline constexpr int32_t kMaxAgeUnit = 366 * kDay;
inline constexpr Micros kMaxCrowd = 1'000 * kOne;

// The most that so many accounts, used for nothing else, can add to a newcomer
// on one network, in micropoints.
struct GamingLine {
  uint64_t accounts;
  Micros most;     // however much each of them does
  Micros once;     // by one reaction of every kind
  Micros hundred;  // by a hundred of every kind
};

struct GamingPrices {
  std::vector<GamingLine> lines;
  // Each is below 0 if the algorithm does not count that signal.
  Micros one_fan_mentions;  // one account, mentions without end
  Micros endorsement_ring;  // endorsements returned in full, a member's mean
  Micros bought_followers;  // kBoughtFollowers of them, from none
  Micros silent_30_days;    // lost by everybody's silence, all factors
};
inline constexpr Micros kBoughtFollowers = 10'000 * kOne;

}  // namespace influence

#endif  // INFLUENCE_MODEL_ALGORITHM_H_
