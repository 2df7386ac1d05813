// What changed between two scores, and what would change one.
//
// Laws, exact in integers:
//   between - before == input.change     after - between == formula.change
//   leg.faded == sum of its lines' faded, each between 0 and the line's change
//   leg.change == sum of its lines' changes == sum of the changes of each
//   line's networks, and of its signals, where there are any
//   sum of reasons' changes == after - before, and so with whole points
#ifndef INFLUENCE_MODEL_INSIGHT_H_
#define INFLUENCE_MODEL_INSIGHT_H_

#include <cstdint>
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
};

struct LegLine {
  Factor factor;
  Micros before, after;  // micropoints
  Micros before_quantity, after_quantity;
  Micros before_weight, after_weight;  // 0: no such row
  Micros before_full_marks, after_full_marks;
  std::vector<LegPart> networks;  // by name
  std::vector<LegPart> signals;   // by number
  // What time alone did: the quantity before, merely older, and what that takes
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
};

struct ChangeReason {
  ChangeCode code;
  Factor factor;
  Signal signal;  // that did most of it; 0 if none is known
  Micros change;
  Micros before_quantity, after_quantity;
  int32_t half_life_days;
  int64_t whole_points;
};

struct Change {
  Micros before, between, after;
  Leg input, formula;
  std::vector<ChangeReason> reasons;
  int64_t whole_points;
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
