// What changed between two scores, and what would change one.
//
// Laws, exact in integers:
//   between - before == input.change     after - between == formula.change
//   before + input.faded == the score of the facts before, merely older
//   leg.change == sum of its lines' changes == sum of the changes of each
//   line's networks, and of its signals, where there are any; faded likewise
//   sum of reasons' changes == after - before
//   sum of their whole points == round(after) - round(before)
#ifndef INFLUENCE_MODEL_INSIGHT_H_
#define INFLUENCE_MODEL_INSIGHT_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/ledger.h"
#include "model/vocabulary.h"

namespace influence {

// What one network or one signal did to a line.
struct LegPart {
  std::string_view network;
  Signal signal;  // 0 in a part by network
  Micros before_quantity, after_quantity;
  Micros change;  // micropoints
  Micros faded_quantity = 0;
  Micros faded = 0;  // of the change
};

struct LegLine {
  Factor factor;
  Micros before, after;  // micropoints
  Micros before_quantity, after_quantity;
  Micros before_weight, after_weight;  // 0: no such row
  Micros before_full_marks, after_full_marks;
  std::vector<LegPart> networks;  // by name
  std::vector<LegPart> signals;   // by number
  // What age alone did: the quantity before, merely older, and what that takes
  // away of the points. 0, and the quantity before, where nothing faded.
  Micros faded_quantity = 0;
  Micros faded = 0;  // <= 0
  // Whether any signal of the row is stated; if not, its quantity is 0.
  bool stated_before = true, stated_after = true;
};

struct Leg {
  Micros change;
  std::vector<LegLine> lines;
  Micros faded = 0;
};

// The numbers are those of proto/influence.proto.
enum class ChangeCode : uint8_t {
  kRose = 1,
  kFell = 2,
  kFaded = 3,
  kNowStated = 4,
  kNoLongerStated = 5,
  kCountsMore = 6,
  kCountsLess = 7,
  kFactorAdded = 8,
  kFactorRemoved = 9,
  kNew = 10,
  kNowStatedInPart = 11,
  kNoLongerStatedInPart = 12,
  kSpread = 13,
};

struct ChangeReason {
  ChangeCode code{};
  Factor factor{};
  Signal signal{};  // 0: the factor as a whole
  Micros change = 0;
  Micros before_quantity = 0, after_quantity = 0;
  int32_t half_life_days = 0;
  int64_t whole_points = 0;
  // Of the facts: how many of the signal there were and are, absent if that is
  // unknown; on how many networks, 0 if it is all that state it; which, if one.
  std::optional<Micros> before, after;
  uint32_t networks = 0;
  std::string_view network;
  uint32_t others = 0;  // of the formula: signals beside this one
};

struct Change {
  Micros before, between, after;
  Leg input, formula;
  std::vector<ChangeReason> reasons;
  int64_t whole_points;  // of the score after less those of the score before
};

// The least value of a signal that gives a rise.
struct Goal {
  bool reachable;
  Micros value;
  Micros score;
};

struct Carrier {
  std::string_view network;
  Micros points;
  Micros score_without;
};

}  // namespace influence

#endif  // INFLUENCE_MODEL_INSIGHT_H_
