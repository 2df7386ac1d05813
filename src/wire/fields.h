// The field numbers of proto/influence.proto, message by message.
//
// A test compares every number here with the descriptors protoc makes, both
// ways, so that neither list can grow or move without the other.
#ifndef INFLUENCE_WIRE_FIELDS_H_
#define INFLUENCE_WIRE_FIELDS_H_

#include <cstdint>

namespace influence::field {

// clang-format off
namespace account {
enum : uint32_t { kNetwork = 1,
  kFirstSignal = 2 };  // signal s is field s + 1
}
namespace profile {
enum : uint32_t { kId = 1, kAccounts = 2 };
}
namespace request {
enum : uint32_t { kAlgorithm = 1, kAsOfDays = 2, kProfiles = 3, kDetail = 4,
  kFingerprint = 5, kRendering = 6 };
}
namespace columns_options {
enum : uint32_t { kAlgorithm = 1, kFingerprint = 2, kThreads = 3,
  kFloatRounding = 4, kBands = 5, kPoints = 6, kReasons = 7, kKernel = 8 };
}
namespace response {
enum : uint32_t { kIdentity = 1, kResults = 2 };
}
namespace identity {
enum : uint32_t { kAlgorithm = 1, kFingerprint = 2, kLibraryVersion = 3,
  kInputDigest = 4, kAsOfDays = 5 };
}
namespace result {
enum : uint32_t { kId = 1, kLedger = 2, kError = 3, kText = 4 };
}
namespace error {
enum : uint32_t { kCode = 1, kField = 2, kMessage = 3 };
}
namespace ledger {
enum : uint32_t { kScore = 1, kLow = 2, kHigh = 3, kCoverage = 4, kBand = 5,
  kLines = 6, kLifted = 7, kHeldBack = 8, kAccounts = 9 };
}
namespace line {
enum : uint32_t { kFactor = 1, kQuantity = 2, kFullMarks = 3, kShare = 4,
  kWeight = 5, kPoints = 6, kCap = 7, kCovered = 8, kMissing = 9,
  kParts = 10 };
}
namespace part {
enum : uint32_t { kNetwork = 1, kQuantity = 2, kPoints = 3 };
}
namespace reason {
enum : uint32_t { kCode = 1, kFactor = 2, kPoints = 3, kQuantity = 4,
  kFullMarks = 5 };
}
namespace signal_value {
enum : uint32_t { kSignal = 1, kValue = 2 };
}
namespace row {
enum : uint32_t { kFactor = 1, kWeight = 2, kFullMarks = 3, kHalfLifeDays = 4,
  kCounts = 5 };
}
namespace algorithm {
enum : uint32_t { kId = 1, kRows = 2, kAgeUnitSeconds = 3, kCrowd = 4 };
}
namespace price_line {
enum : uint32_t { kFactor = 1, kDoubled = 2, kTenfold = 3, kSilent30Days = 4 };
}
namespace description {
enum : uint32_t { kAlgorithm = 1, kFingerprint = 2, kReleased = 3,
  kPrices = 4 };
}
namespace list {
enum : uint32_t { kLibraryVersion = 1, kAbiVersion = 2, kAlgorithms = 3 };
}
namespace event {
enum : uint32_t { kActor = 1, kSubject = 2, kKind = 3, kTimeSeconds = 4,
  kNetwork = 5, kTopic = 6, kEventId = 7, kQuality = 8, kCount = 9 };
}
namespace event_batch {
enum : uint32_t { kEvents = 1 };
}
namespace tally_options {
enum : uint32_t { kAlgorithm = 1, kFingerprint = 2, kAsOfSeconds = 3,
  kFuture = 4, kThreads = 5 };
}
namespace tally_report {
enum : uint32_t { kAlgorithm = 1, kFingerprint = 2, kAsOfSeconds = 3,
  kEvents = 4, kCounted = 5, kIgnored = 6, kIds = 7, kPairs = 8, kNetworks = 9,
  kTopics = 10, kMemoryBytes = 11 };
}
namespace ignored_events {
enum : uint32_t { kFirst = 1 };  // reason r is field r
}
namespace finish_options {
enum : uint32_t { kBatchRows = 1 };
}
namespace subject_request {
enum : uint32_t { kId = 1, kTop = 2 };
}
namespace source {
enum : uint32_t { kActor = 1, kQuantity = 2, kPoints = 3 };
}
namespace factor_sources {
enum : uint32_t { kFactor = 1, kNetwork = 2, kQuantity = 3, kPoints = 4,
  kTop = 5, kOthers = 6, kOthersCount = 7, kRemainderQuantity = 8,
  kRemainderPoints = 9 };
}
namespace topic_evidence {
enum : uint32_t { kTopic = 1, kQuantity = 2, kPeople = 3, kScore = 4 };
}
namespace subject_report {
enum : uint32_t { kResult = 1, kAsOfSeconds = 2, kSources = 3, kTopics = 4 };
}
namespace render_request {
enum : uint32_t { kFormat = 1, kLanguage = 2, kMessages = 3, kResult = 4,
  kBefore = 5, kAlgorithm = 6, kBeforeAlgorithm = 7, kDrift = 8 };
}
// clang-format on

}  // namespace influence::field

#endif  // INFLUENCE_WIRE_FIELDS_H_
