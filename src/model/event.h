// Reactions: who did what about whom, when; and what becomes of many.
#ifndef INFLUENCE_MODEL_EVENT_H_
#define INFLUENCE_MODEL_EVENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

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

struct Event {
  std::string_view actor;
  std::string_view subject;
  std::string_view network;
  std::string_view topic;
  std::string_view event_id;  // empty: it has no name
  int64_t kind = 0;           // a Signal
  int64_t time_seconds = 0;
  int64_t quality = kOne;
  int64_t count = 1;
};

// Why an event does not count: the fields of IgnoredEvents.
enum class Ignored : uint8_t {
  kNoActor = 1,
  kNoSubject,
  kUnknownKind,
  kNotCounted,
  kNetworkTooLong,
  kTopicTooLong,
  kEventIdTooLong,
  kBadQuality,
  kBadCount,
  kSelfReaction,
  kAfterAsOf,
  kFaded,
  kDuplicate,
};
inline constexpr size_t kIgnoredCount = 13;

struct TallyReport {
  uint64_t events = 0;
  uint64_t counted = 0;
  std::array<uint64_t, kIgnoredCount> ignored{};  // by Ignored, from 1
  uint64_t ids = 0;
  uint64_t pairs = 0;
  uint64_t networks = 0;
  uint64_t topics = 0;
  uint64_t memory_bytes = 0;
};

}  // namespace influence

#endif  // INFLUENCE_MODEL_EVENT_H_
