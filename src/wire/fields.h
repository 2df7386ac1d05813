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
enum : uint32_t { kId = 1, kRows = 2 };
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
// clang-format on

}  // namespace influence::field

#endif  // INFLUENCE_WIRE_FIELDS_H_
