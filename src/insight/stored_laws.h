// The laws of stored answers, which the library checks before it renders one.
// They cannot prove that the numbers are true; that requires the data.
//
// Each check names the field at fault. It fails with OUT_OF_RANGE for a number
// outside its range, with INVALID_ARGUMENT for an unknown enumeration value or
// a missing field, with TOO_LARGE for a list longer than the library writes,
// and with NOT_VERIFIED for a value that does not follow from the rest of the
// answer.
#ifndef INFLUENCE_INSIGHT_STORED_LAWS_H_
#define INFLUENCE_INSIGHT_STORED_LAWS_H_

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

// The legs sum to the difference of the scores, the lines of a leg to the leg,
// the signals of a line and also its networks to the line, and the reasons to
// the change, in micropoints and in whole points.
Error CheckComparison(const msg::CompareResponse& comparison);

// The change, a leg, is the difference of the two scores.
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

#endif  // INFLUENCE_INSIGHT_STORED_LAWS_H_
