// The first half of the laws of a drift report.
#ifndef INFLUENCE_INSIGHT_DRIFT_RANGES_H_
#define INFLUENCE_INSIGHT_DRIFT_RANGES_H_

#include "messages/messages.h"
#include "model/error.h"

namespace influence {

// Bounds all numbers, so that no sum of them overflows. Fails as CheckDrift()
// does (insight/stored_laws.h).
Error CheckRanges(const msg::DriftReport& drift);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_DRIFT_RANGES_H_
