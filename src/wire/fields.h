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
// Of which graph a standing is: in every message that says so, but that
// requests for scores have them from request::kGraphDigest on, reports of nodes
// from node_report::kGraphDigest.
namespace standing_identity {
enum : uint32_t { kGraphDigest = 10, kGraphNodes = 11, kGraphEdges = 12,
  kSeedsDigest = 13, kTeleport = 14, kIterations = 15 };
}
namespace request {
enum : uint32_t { kAlgorithm = 1, kAsOfDays = 2, kProfiles = 3, kDetail = 4,
  kFingerprint = 5, kRendering = 6, kGraphDigest = 20 };
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
enum : uint32_t { kId = 1, kRows = 2, kAgeUnitSeconds = 3, kCrowd = 4,
  kStanding = 10 };
}
namespace standing_rule {
enum : uint32_t { kTeleport = 1, kIterations = 2 };
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
enum : uint32_t { kId = 1, kTop = 2, kStanding = 3, kCarriers = 4, kNode = 5 };
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
enum : uint32_t { kTopic = 1, kQuantity = 2, kPeople = 3, kScore = 4,
  kScoreWithout = 5 };
}
namespace actor_carrier {
enum : uint32_t { kActor = 1, kScoreWithout = 2 };
}
namespace subject_report {
enum : uint32_t { kResult = 1, kAsOfSeconds = 2, kSources = 3, kTopics = 4,
  kActors = 5, kNode = 6, kAlgorithm = 7, kFingerprint = 8 };
}
// Standing.
namespace graph_options {
enum : uint32_t { kAlgorithm = 1, kFingerprint = 2 };
}
namespace edge {
enum : uint32_t { kFrom = 1, kTo = 2, kWeight = 3 };
}
namespace edge_batch {
enum : uint32_t { kEdges = 1 };
}
namespace seed {
enum : uint32_t { kId = 1, kWeight = 2 };
}
namespace seed_list {
enum : uint32_t { kSeeds = 1, kKind = 2, kAnew = 3 };
}
namespace run_options {
enum : uint32_t { kThreads = 1, kGraphDigest = 10, kSeedsDigest = 13 };
}
namespace edge_counts {
enum : uint32_t { kAdded = 1, kSelfLoops = 2, kWeightless = 3,
  kDanglingNodes = 4 };
}
namespace seed_counts {
enum : uint32_t { kKind = 1, kNodes = 2, kUnknown = 3, kWeightless = 4 };
}
namespace standing_report {  // and standing_identity
enum : uint32_t { kAlgorithm = 1, kFingerprint = 2, kEdges = 3, kSeeds = 4,
  kRanksDigest = 5, kLastLeak = 6, kMemoryBytes = 7 };
}
namespace node_request {
enum : uint32_t { kId = 1, kTop = 2 };
}
namespace node_share {
enum : uint32_t { kFrom = 1, kRank = 2, kStanding = 3 };
}
namespace node_report {
enum : uint32_t { kId = 1, kRank = 2, kStanding = 3, kPosition = 4,
  kSeedRank = 5, kSeedStanding = 6, kRemainderRank = 7, kTop = 8, kOthers = 9,
  kOthersCount = 10, kRoundedStanding = 11, kGraphDigest = 20 };
}
// Compare, drift and what-if.
namespace compare_side {
enum : uint32_t { kProfile = 1, kIdentity = 2 };
}
namespace compare_request {
enum : uint32_t { kBefore = 1, kAfter = 2, kRendering = 3 };
}
namespace identity_difference {
enum : uint32_t { kField = 1, kBefore = 2, kAfter = 3 };
}
namespace leg_part {
enum : uint32_t { kNetwork = 1, kSignal = 2, kBeforeQuantity = 3,
  kAfterQuantity = 4, kChange = 5, kFaded = 6, kFadedQuantity = 7 };
}
namespace leg_line {
enum : uint32_t { kFactor = 1, kBefore = 2, kAfter = 3, kChange = 4,
  kBeforeQuantity = 5, kAfterQuantity = 6, kBeforeWeight = 7,
  kAfterWeight = 8, kBeforeFullMarks = 9, kAfterFullMarks = 10,
  kNetworks = 11, kSignals = 12, kFaded = 13, kFadedQuantity = 14 };
}
namespace leg {
enum : uint32_t { kChange = 1, kLines = 2, kFaded = 3 };
}
namespace change_reason {
enum : uint32_t { kCode = 1, kFactor = 2, kChange = 3, kSignal = 4,
  kBeforeQuantity = 5, kAfterQuantity = 6, kHalfLifeDays = 7,
  kWholePoints = 8, kBeforeCount = 9, kAfterCount = 10, kNetworks = 11,
  kNetwork = 12, kOthers = 13 };
}
namespace compare_response {
enum : uint32_t { kId = 1, kBefore = 2, kAfter = 3, kDifferences = 4,
  kBeforeScore = 5, kBetween = 6, kAfterScore = 7, kChange = 8,
  kBeforeBand = 9, kAfterBand = 10, kInput = 11, kFormula = 12, kReasons = 13,
  kWholePoints = 14, kText = 15 };
}
namespace drift_options {
enum : uint32_t { kThreads = 1, kFloatRounding = 2, kTop = 3, kSlices = 4,
  kKernel = 5 };
}
namespace drift_quantile {
enum : uint32_t { kPermyriad = 1, kChange = 2 };
}
namespace drift_factor {
enum : uint32_t { kFactor = 1, kUp = 2, kDown = 3, kShare = 4 };
}
namespace drift_factor_change {
enum : uint32_t { kFactor = 1, kBefore = 2, kAfter = 3 };
}
namespace drift_mover {
enum : uint32_t { kId = 1, kBefore = 2, kAfter = 3, kFactors = 4 };
}
namespace drift_summary {
enum : uint32_t { kPeople = 1, kRefused = 2, kUnchanged = 3, kUp = 4,
  kDown = 5, kBeyond = 6, kUpPoints = 7, kDownPoints = 8, kQuantiles = 9, kBands = 10,
  kSpearman = 11, kKendall = 12, kStability = 13, kFactors = 14,
  kMovers = 15 };
}
namespace drift_slice {
enum : uint32_t { kColumn = 1, kValue = 2, kIsNull = 3, kSummary = 4 };
}
namespace drift_report {
enum : uint32_t { kBefore = 1, kAfter = 2, kAll = 3, kSlices = 4,
  kBeforeByPoint = 5, kAfterByPoint = 6, kChanges = 7 };
}
namespace drift_change {
enum : uint32_t { kHundredths = 1, kPeople = 2 };
}
namespace override_fact {
enum : uint32_t { kSignal = 1, kValue = 2, kNetwork = 3 };
}
namespace curve_question {
enum : uint32_t { kFactor = 1, kQuantities = 2 };
}
namespace goal_question {
enum : uint32_t { kSignal = 1, kNetwork = 2, kRise = 3 };
}
namespace what_if_request {
enum : uint32_t { kProfile = 1, kIdentity = 2, kOverrides = 3, kCurves = 4,
  kGoals = 5, kRendering = 6, kActors = 7, kTopics = 8 };
}
namespace curve_point {
enum : uint32_t { kQuantity = 1, kPoints = 2 };
}
namespace curve_answer {
enum : uint32_t { kFactor = 1, kPoints = 2 };
}
namespace goal_answer {
enum : uint32_t { kSignal = 1, kNetwork = 2, kRise = 3, kReachable = 5,
  kValue = 6, kScore = 7, kStated = 8, kIsNewAccount = 9 };
}
namespace carrier {
enum : uint32_t { kNetwork = 1, kPoints = 2, kScoreWithout = 3 };
}
namespace what_if_response {
enum : uint32_t { kIdentity = 1, kNow = 2, kThen = 3, kChange = 4,
  kCurves = 5, kGoals = 6, kCarriers = 7, kText = 8, kActors = 9,
  kTopics = 10, kNewNetworks = 11 };
}
namespace render_request {
enum : uint32_t { kFormat = 1, kLanguage = 2, kMessages = 3, kResult = 4,
  kBefore = 5, kAlgorithm = 6, kBeforeAlgorithm = 7, kDrift = 8,
  kCard = 9, kComparison = 10, kWhatIf = 11, kDescription = 12,
  kCompareRequest = 13, kWhatIfRequest = 14 };
}
// clang-format on

}  // namespace influence::field

#endif  // INFLUENCE_WIRE_FIELDS_H_
