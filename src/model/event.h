// The limits of an event, and the constants of TALLY.md.
#ifndef INFLUENCE_MODEL_EVENT_H_
#define INFLUENCE_MODEL_EVENT_H_

#include <cstddef>
#include <cstdint>

#include "base/micros.h"

namespace influence {

inline constexpr size_t kMaxTopicBytes = 64;
inline constexpr int64_t kMaxEventCount = 1'000'000;
inline constexpr Micros kLeastQuality = kOne / 10;
// The part of a returned endorsement that does not count, in tenths.
inline constexpr uint64_t kReturnedTenths = 3;
// Evidence from n people in a topic counts n / (n + kTopicShrinkage).
inline constexpr Micros kTopicShrinkage = 5;
inline constexpr int64_t kMaxAsOfSeconds = 253'402'300'799;  // end of 9999

}  // namespace influence

#endif  // INFLUENCE_MODEL_EVENT_H_
