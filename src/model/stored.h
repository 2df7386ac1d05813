// What was answered and kept, as it is read back to be worded: comparisons,
// drifts, what-ifs. The numbers are those of the messages in
// proto/influence.proto; views point into the bytes they were read from.
#ifndef INFLUENCE_MODEL_STORED_H_
#define INFLUENCE_MODEL_STORED_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/insight.h"
#include "model/vocabulary.h"

namespace influence {

// A field of Identity, by its number there, of two sides.
struct IdentityField {
  uint32_t field;
  std::string before, after;  // "" is not stated
};

struct Comparison {
  std::string_view id;
  std::string_view before, after;       // algorithms
  std::vector<IdentityField> identity;  // that a side states, by number
  Change change = {};
};

struct CurvePoint {
  Micros quantity, points;
};
struct FactorCurve {
  Factor factor{};
  std::vector<CurvePoint> points;
};
struct GoalAnswer {
  Signal signal{};
  std::string_view network;
  bool is_new_account = false;
  Micros rise = 0;
  std::optional<Micros> stated;  // nothing: unknown
  Goal goal = {};
};
// Of events, which only a tally sees: the score without what somebody did, or
// without what was done in a topic.
struct CarryingActor {
  std::string actor;  // its bytes that are not UTF-8 as \x escapes
  Micros score_without = 0;
};
struct CarryingTopic {
  std::string topic;  // likewise
  uint64_t people = 0;
  Micros score_without = 0;
};
inline constexpr size_t kMaxCarriers = 1000;  // of each
struct WhatIfAnswer {
  std::string_view id;
  std::vector<IdentityField> identity;  // both of whose sides are alike
  Micros now = 0;
  std::optional<Micros> then;
  Leg change = {};
  std::vector<FactorCurve> curves;
  std::vector<GoalAnswer> goals;
  std::vector<Carrier> carriers;
  std::vector<std::string_view> new_networks;  // that overrides added
  std::vector<CarryingActor> actors;
  std::vector<CarryingTopic> topics;
  bool states_standing = false;
};

struct DriftQuantile {
  int32_t permyriad;
  Micros change;
};
struct DriftShare {
  Factor factor;
  Micros up, down;  // micropoints over all people
  Micros share;     // millionths of all movement
};
struct FactorChange {
  Factor factor;
  Micros before, after;
};
struct DriftMover {
  std::string_view id;
  Micros before, after;
  std::vector<FactorChange> factors;
};
inline constexpr size_t kBandCount = 5;
struct DriftFigures {
  uint64_t people = 0, refused = 0, unchanged = 0, up = 0, down = 0, beyond = 0;
  Micros up_points = 0, down_points = 0;  // micropoints over all people
  std::vector<DriftQuantile> quantiles;
  // Row the band before, column the band after: 25 counts, or none.
  std::vector<uint64_t> bands;
  std::optional<Micros> spearman, kendall, stability;
  std::vector<DriftShare> factors;
  std::vector<DriftMover> movers;
};
struct DriftChange {
  int32_t hundredths;
  uint64_t people;
};
struct DriftSlice {
  std::string_view column, value;
  bool is_null = false;
  DriftFigures figures;
};
inline constexpr size_t kPointBins = 100;
struct DriftResult {
  std::string_view before, after;  // algorithms; no `before`: no drift
  DriftFigures all;
  std::vector<DriftSlice> slices;
  // How many people are in each whole point, rounded down: kPointBins, or none
  // of `before`.
  std::vector<uint64_t> before_by_point, after_by_point;
  std::vector<IdentityField> identity;  // alike, if there is no drift
  // How many people changed by so many hundredths of a point, ascending.
  std::vector<DriftChange> changes;
};

}  // namespace influence

#endif  // INFLUENCE_MODEL_STORED_H_
