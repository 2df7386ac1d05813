// The laws of stored answers: the library checks them before it renders an
// answer. They cannot prove that the numbers are true; that needs the facts.
//
// Each check names the field. A number outside its range is OUT_OF_RANGE, an
// unknown enumeration value or a missing field INVALID_ARGUMENT, a list longer
// than the library writes TOO_LARGE, and a value that does not follow from the
// rest of the answer NOT_VERIFIED.
#ifndef INFLUENCE_INSIGHT_LAWS_H_
#define INFLUENCE_INSIGHT_LAWS_H_

#include <cstddef>

#include "messages/messages.h"
#include "model/error.h"
#include "model/profile.h"
#include "model/vocabulary.h"

namespace influence {

// The limits of a WhatIfRequest and its answer.
inline constexpr size_t kMaxOverrides = 64;
inline constexpr size_t kMaxGoals = 64;
inline constexpr size_t kMaxCurvePoints = 1'000;
inline constexpr size_t kMaxCarriers = 1'000;  // actors, and topics

// The limits of a drift.
inline constexpr uint32_t kMaxTopMovers = 1'000;
inline constexpr size_t kPointBins = 100;

// The scores differ by what the legs say, each leg by its lines together, each
// line by its signals and by its networks together; reasons sum to the change,
// in micropoints and in whole points.
Error CheckComparison(const msg::CompareResponse& comparison);

// The two scores differ by the change, which is a leg.
Error CheckWhatIf(const msg::WhatIfResponse& answer);

// The figures of a drift must fit its histograms:
//   changes sum to up + down; up, down and beyond fit them, and so do the
//   quantiles, which but for the least and the most are the histogram's own;
//   the points moved up and down fit them, and are the factors' together;
//   the index of stability is that of the two distributions, and the bands'
//   sums are where these can tell; shares are those of the factors' points;
//   movers are in order, the first as far as the least or the most;
//   the slices of a column sum to all.
// The two rank agreements need both orders of the people, and a report has only
// the bands: they cannot be checked. A report without `before` is a population
// alone; its sums are checked.
Error CheckDrift(const msg::DriftReport& drift);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_LAWS_H_
