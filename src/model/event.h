// The limits of an event, and what many of them are weighed by.
#ifndef INFLUENCE_MODEL_EVENT_H_
#define INFLUENCE_MODEL_EVENT_H_

#include <cstddef>
#include <cstdint>

#include "base/micros.h"

namespace influence {

inline constexpr size_t kMaxTopicBytes = 64;
inline constexpr int64_t kMaxEventCount = 1'000'000;
inline constexpr Micros kLeastQuality = kOne / 10;
// How much of an endorsement that is returned does not count, in tenths.
inline constexpr uint64_t kReturnedTenths = 3;
// A topic's evidence counts n / (n + this) for n people.
inline constexpr Micros kTopicShrinkage = 5;
inline constexpr int64_t kMaxAsOfSeconds = 253'402'300'799;  // end of 9999

}  // namespace influence

#endif  // INFLUENCE_MODEL_EVENT_H_
