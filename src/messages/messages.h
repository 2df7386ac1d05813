// Made by proto/generate.cc from influence/abi1/influence.proto, which
// says what everything means.
//
// Text is a view: of the bytes that were decoded, or of what the writer keeps.
#ifndef INFLUENCE_MESSAGES_MESSAGES_H_
#define INFLUENCE_MESSAGES_MESSAGES_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "messages/enums.h"
#include "messages/field_table.h"

namespace influence::msg {

// clang-format off
struct GraphIdentity {
  std::string_view digest;
  std::string_view seeds_digest;
  uint64_t nodes{};
  uint64_t edges{};
  int64_t teleport_micros{};
  uint32_t iterations{};
  enum : uint32_t { kDigestField = 1, kSeedsDigestField = 2, kNodesField = 3, kEdgesField = 4, kTeleportMicrosField = 5, kIterationsField = 6 };
};
extern const Table kGraphIdentity;
inline const Table& TableOf(const GraphIdentity&) { return kGraphIdentity; }

struct Account {
  std::string_view network;
  std::optional<int64_t> mentions_micros;
  std::optional<int64_t> replies_micros;
  std::optional<int64_t> saves_micros;
  std::optional<int64_t> likes_micros;
  std::optional<int64_t> reshares_micros;
  std::optional<int64_t> quotes_micros;
  std::optional<int64_t> listings_micros;
  std::optional<int64_t> followers_micros;
  std::optional<int64_t> standing_micros;
  std::optional<int64_t> endorsements_micros;
  enum : uint32_t { kNetworkField = 1, kMentionsMicrosField = 2, kRepliesMicrosField = 3, kSavesMicrosField = 4, kLikesMicrosField = 5, kResharesMicrosField = 6, kQuotesMicrosField = 7, kListingsMicrosField = 8, kFollowersMicrosField = 9, kStandingMicrosField = 10, kEndorsementsMicrosField = 11 };
};
extern const Table kAccount;
inline const Table& TableOf(const Account&) { return kAccount; }

struct Profile {
  std::string_view id;
  std::vector<Account> accounts;
  bool opted_out{};
  enum : uint32_t { kIdField = 1, kAccountsField = 2, kOptedOutField = 20 };
};
extern const Table kProfile;
inline const Table& TableOf(const Profile&) { return kProfile; }

struct ScoreRequest {
  std::string_view algorithm;
  std::optional<int32_t> as_of_days;
  std::vector<Profile> profiles;
  Detail detail{};
  std::string_view fingerprint;
  Rendering rendering{};
  std::optional<GraphIdentity> graph;
  enum : uint32_t { kAlgorithmField = 1, kAsOfDaysField = 2, kProfilesField = 3, kDetailField = 4, kFingerprintField = 5, kRenderingField = 6, kGraphField = 20 };
};
extern const Table kScoreRequest;
inline const Table& TableOf(const ScoreRequest&) { return kScoreRequest; }

struct ColumnsOptions {
  std::string_view algorithm;
  std::string_view fingerprint;
  uint32_t threads{};
  FloatRounding float_rounding{};
  bool bands{};
  bool points{};
  bool reasons{};
  ScoreUnit score_unit{};
  std::optional<GraphIdentity> graph;
  enum : uint32_t { kAlgorithmField = 1, kFingerprintField = 2, kThreadsField = 3, kFloatRoundingField = 4, kBandsField = 5, kPointsField = 6, kReasonsField = 7, kScoreUnitField = 8, kGraphField = 10 };
};
extern const Table kColumnsOptions;
inline const Table& TableOf(const ColumnsOptions&) { return kColumnsOptions; }

struct Identity {
  std::string_view algorithm;
  std::string_view fingerprint;
  std::string_view library_version;
  std::string_view input_digest;
  std::optional<int32_t> as_of_days;
  std::optional<GraphIdentity> graph;
  enum : uint32_t { kAlgorithmField = 1, kFingerprintField = 2, kLibraryVersionField = 3, kInputDigestField = 4, kAsOfDaysField = 5, kGraphField = 10 };
};
extern const Table kIdentity;
inline const Table& TableOf(const Identity&) { return kIdentity; }

struct Part {
  std::string_view network;
  int64_t quantity_micros{};
  int64_t points_micropoints{};
  enum : uint32_t { kNetworkField = 1, kQuantityMicrosField = 2, kPointsMicropointsField = 3 };
};
extern const Table kPart;
inline const Table& TableOf(const Part&) { return kPart; }

struct Line {
  Factor factor{};
  int64_t quantity_micros{};
  int64_t full_marks_micros{};
  int64_t share_micros{};
  int64_t weight_micropoints{};
  int64_t points_micropoints{};
  Cap cap{};
  int64_t covered_micropoints{};
  int64_t missing_micropoints{};
  std::vector<Part> parts;
  enum : uint32_t { kFactorField = 1, kQuantityMicrosField = 2, kFullMarksMicrosField = 3, kShareMicrosField = 4, kWeightMicropointsField = 5, kPointsMicropointsField = 6, kCapField = 7, kCoveredMicropointsField = 8, kMissingMicropointsField = 9, kPartsField = 10 };
};
extern const Table kLine;
inline const Table& TableOf(const Line&) { return kLine; }

struct Reason {
  ReasonCode code{};
  Factor factor{};
  int64_t points_micropoints{};
  int64_t quantity_micros{};
  int64_t full_marks_micros{};
  enum : uint32_t { kCodeField = 1, kFactorField = 2, kPointsMicropointsField = 3, kQuantityMicrosField = 4, kFullMarksMicrosField = 5 };
};
extern const Table kReason;
inline const Table& TableOf(const Reason&) { return kReason; }

struct Ledger {
  int64_t score_micropoints{};
  int64_t low_micropoints{};
  int64_t high_micropoints{};
  int64_t coverage_micropoints{};
  Band band{};
  std::vector<Line> lines;
  std::vector<Reason> lifted;
  std::vector<Reason> held_back;
  std::vector<Account> accounts;
  enum : uint32_t { kScoreMicropointsField = 1, kLowMicropointsField = 2, kHighMicropointsField = 3, kCoverageMicropointsField = 4, kBandField = 5, kLinesField = 6, kLiftedField = 7, kHeldBackField = 8, kAccountsField = 9 };
};
extern const Table kLedger;
inline const Table& TableOf(const Ledger&) { return kLedger; }

struct Error {
  Code code{};
  std::string_view field;
  std::string_view message;
  std::optional<uint64_t> row;
  enum : uint32_t { kCodeField = 1, kFieldField = 2, kMessageField = 3, kRowField = 4 };
};
extern const Table kError;
inline const Table& TableOf(const Error&) { return kError; }

struct Result {
  std::string_view id;
  std::optional<Ledger> ledger;  // oneof outcome
  std::optional<Error> error;  // oneof outcome
  std::string_view text;
  enum : uint32_t { kIdField = 1, kLedgerField = 2, kErrorField = 3, kTextField = 4 };
};
extern const Table kResult;
inline const Table& TableOf(const Result&) { return kResult; }

struct ScoreResponse {
  std::optional<Identity> identity;
  std::vector<Result> results;
  enum : uint32_t { kIdentityField = 1, kResultsField = 2 };
};
extern const Table kScoreResponse;
inline const Table& TableOf(const ScoreResponse&) { return kScoreResponse; }

struct SignalValue {
  Signal signal{};
  int64_t value_micros{};
  enum : uint32_t { kSignalField = 1, kValueMicrosField = 2 };
};
extern const Table kSignalValue;
inline const Table& TableOf(const SignalValue&) { return kSignalValue; }

struct Row {
  Factor factor{};
  int64_t weight_micropoints{};
  int64_t full_marks_micros{};
  int32_t half_life_units{};
  std::vector<SignalValue> counts;
  enum : uint32_t { kFactorField = 1, kWeightMicropointsField = 2, kFullMarksMicrosField = 3, kHalfLifeUnitsField = 4, kCountsField = 5 };
};
extern const Table kRow;
inline const Table& TableOf(const Row&) { return kRow; }

struct StandingRule {
  int64_t teleport_micros{};
  uint32_t iterations{};
  enum : uint32_t { kTeleportMicrosField = 1, kIterationsField = 2 };
};
extern const Table kStandingRule;
inline const Table& TableOf(const StandingRule&) { return kStandingRule; }

struct Algorithm {
  std::string_view id;
  std::vector<Row> rows;
  int32_t age_unit_seconds{};
  int64_t crowd_micros{};
  std::optional<StandingRule> standing;
  enum : uint32_t { kIdField = 1, kRowsField = 2, kAgeUnitSecondsField = 3, kCrowdMicrosField = 4, kStandingField = 10 };
};
extern const Table kAlgorithm;
inline const Table& TableOf(const Algorithm&) { return kAlgorithm; }

struct PriceLine {
  Factor factor{};
  int64_t doubled_micropoints{};
  int64_t tenfold_micropoints{};
  int64_t silent_30_days_micropoints{};
  enum : uint32_t { kFactorField = 1, kDoubledMicropointsField = 2, kTenfoldMicropointsField = 3, kSilent30DaysMicropointsField = 4 };
};
extern const Table kPriceLine;
inline const Table& TableOf(const PriceLine&) { return kPriceLine; }

struct AlgorithmDescription {
  std::optional<Algorithm> algorithm;
  std::string_view fingerprint;
  bool released{};
  std::vector<PriceLine> prices;
  enum : uint32_t { kAlgorithmField = 1, kFingerprintField = 2, kReleasedField = 3, kPricesField = 4 };
};
extern const Table kAlgorithmDescription;
inline const Table& TableOf(const AlgorithmDescription&) { return kAlgorithmDescription; }

struct AlgorithmList {
  std::string_view library_version;
  uint32_t abi_version{};
  std::vector<AlgorithmDescription> algorithms;
  enum : uint32_t { kLibraryVersionField = 1, kAbiVersionField = 2, kAlgorithmsField = 3 };
};
extern const Table kAlgorithmList;
inline const Table& TableOf(const AlgorithmList&) { return kAlgorithmList; }

struct Event {
  std::string_view actor;
  std::string_view subject;
  Signal kind{};
  int64_t time_seconds{};
  std::string_view network;
  std::string_view topic;
  std::string_view event_id;
  std::optional<int64_t> quality_micros;
  std::optional<int64_t> count;
  enum : uint32_t { kActorField = 1, kSubjectField = 2, kKindField = 3, kTimeSecondsField = 4, kNetworkField = 5, kTopicField = 6, kEventIdField = 7, kQualityMicrosField = 8, kCountField = 9 };
};
extern const Table kEvent;
inline const Table& TableOf(const Event&) { return kEvent; }

struct EventBatch {
  std::vector<Event> events;
  enum : uint32_t { kEventsField = 1 };
};
extern const Table kEventBatch;
inline const Table& TableOf(const EventBatch&) { return kEventBatch; }

struct TallyOptions {
  std::string_view algorithm;
  std::string_view fingerprint;
  std::optional<int64_t> as_of_seconds;
  Future future{};
  uint32_t threads{};
  enum : uint32_t { kAlgorithmField = 1, kFingerprintField = 2, kAsOfSecondsField = 3, kFutureField = 4, kThreadsField = 5 };
};
extern const Table kTallyOptions;
inline const Table& TableOf(const TallyOptions&) { return kTallyOptions; }

struct IgnoredEvents {
  uint64_t no_actor{};
  uint64_t no_subject{};
  uint64_t unknown_kind{};
  uint64_t not_counted{};
  uint64_t network_too_long{};
  uint64_t topic_too_long{};
  uint64_t event_id_too_long{};
  uint64_t bad_quality{};
  uint64_t bad_count{};
  uint64_t self_reaction{};
  uint64_t after_as_of{};
  uint64_t faded{};
  uint64_t duplicate{};
  uint64_t not_utf8{};
  enum : uint32_t { kNoActorField = 1, kNoSubjectField = 2, kUnknownKindField = 3, kNotCountedField = 4, kNetworkTooLongField = 5, kTopicTooLongField = 6, kEventIdTooLongField = 7, kBadQualityField = 8, kBadCountField = 9, kSelfReactionField = 10, kAfterAsOfField = 11, kFadedField = 12, kDuplicateField = 13, kNotUtf8Field = 14 };
};
extern const Table kIgnoredEvents;
inline const Table& TableOf(const IgnoredEvents&) { return kIgnoredEvents; }

struct TallyReport {
  std::string_view algorithm;
  std::string_view fingerprint;
  int64_t as_of_seconds{};
  uint64_t events{};
  uint64_t counted{};
  std::optional<IgnoredEvents> ignored;
  uint64_t ids{};
  uint64_t pairs{};
  uint64_t networks{};
  uint64_t topics{};
  uint64_t memory_bytes{};
  enum : uint32_t { kAlgorithmField = 1, kFingerprintField = 2, kAsOfSecondsField = 3, kEventsField = 4, kCountedField = 5, kIgnoredField = 6, kIdsField = 7, kPairsField = 8, kNetworksField = 9, kTopicsField = 10, kMemoryBytesField = 11 };
};
extern const Table kTallyReport;
inline const Table& TableOf(const TallyReport&) { return kTallyReport; }

struct StreamOptions {
  uint32_t batch_rows{};
  enum : uint32_t { kBatchRowsField = 1 };
};
extern const Table kStreamOptions;
inline const Table& TableOf(const StreamOptions&) { return kStreamOptions; }

struct NodeShare {
  std::string_view source;
  uint64_t rank{};
  int64_t standing_micros{};
  enum : uint32_t { kSourceField = 1, kRankField = 2, kStandingMicrosField = 3 };
};
extern const Table kNodeShare;
inline const Table& TableOf(const NodeShare&) { return kNodeShare; }

struct NodeReport {
  std::string_view id;
  uint64_t rank{};
  int64_t standing_micros{};
  uint64_t position{};
  uint64_t seed_rank{};
  int64_t seed_standing_micros{};
  uint64_t remainder_rank{};
  std::vector<NodeShare> top;
  std::optional<NodeShare> others;
  uint64_t others_count{};
  int64_t rounded_standing_micros{};
  std::optional<GraphIdentity> graph;
  enum : uint32_t { kIdField = 1, kRankField = 2, kStandingMicrosField = 3, kPositionField = 4, kSeedRankField = 5, kSeedStandingMicrosField = 6, kRemainderRankField = 7, kTopField = 8, kOthersField = 9, kOthersCountField = 10, kRoundedStandingMicrosField = 11, kGraphField = 20 };
};
extern const Table kNodeReport;
inline const Table& TableOf(const NodeReport&) { return kNodeReport; }

struct SubjectRequest {
  std::string_view id;
  uint32_t top{};
  std::optional<int64_t> standing_micros;
  bool carriers{};
  std::optional<NodeReport> node;
  std::optional<GraphIdentity> graph;
  enum : uint32_t { kIdField = 1, kTopField = 2, kStandingMicrosField = 3, kCarriersField = 4, kNodeField = 5, kGraphField = 10 };
};
extern const Table kSubjectRequest;
inline const Table& TableOf(const SubjectRequest&) { return kSubjectRequest; }

struct Source {
  std::string_view actor;
  int64_t quantity_micros{};
  int64_t points_micropoints{};
  enum : uint32_t { kActorField = 1, kQuantityMicrosField = 2, kPointsMicropointsField = 3 };
};
extern const Table kSource;
inline const Table& TableOf(const Source&) { return kSource; }

struct FactorSources {
  Factor factor{};
  std::string_view network;
  int64_t quantity_micros{};
  int64_t points_micropoints{};
  std::vector<Source> top;
  std::optional<Source> others;
  uint64_t others_count{};
  int64_t remainder_quantity_micros{};
  int64_t remainder_points_micropoints{};
  enum : uint32_t { kFactorField = 1, kNetworkField = 2, kQuantityMicrosField = 3, kPointsMicropointsField = 4, kTopField = 5, kOthersField = 6, kOthersCountField = 7, kRemainderQuantityMicrosField = 8, kRemainderPointsMicropointsField = 9 };
};
extern const Table kFactorSources;
inline const Table& TableOf(const FactorSources&) { return kFactorSources; }

struct TopicEvidence {
  std::string_view topic;
  int64_t quantity_micros{};
  uint64_t people{};
  int64_t score_micros{};
  std::optional<int64_t> score_without_micropoints;
  enum : uint32_t { kTopicField = 1, kQuantityMicrosField = 2, kPeopleField = 3, kScoreMicrosField = 4, kScoreWithoutMicropointsField = 5 };
};
extern const Table kTopicEvidence;
inline const Table& TableOf(const TopicEvidence&) { return kTopicEvidence; }

struct ActorCarrier {
  std::string_view actor;
  int64_t score_without_micropoints{};
  enum : uint32_t { kActorField = 1, kScoreWithoutMicropointsField = 2 };
};
extern const Table kActorCarrier;
inline const Table& TableOf(const ActorCarrier&) { return kActorCarrier; }

struct SubjectReport {
  std::optional<Result> result;
  int64_t as_of_seconds{};
  std::vector<FactorSources> sources;
  std::vector<TopicEvidence> topics;
  std::vector<ActorCarrier> actors;
  std::optional<NodeReport> node;
  std::string_view algorithm;
  std::string_view fingerprint;
  std::optional<GraphIdentity> graph;
  enum : uint32_t { kResultField = 1, kAsOfSecondsField = 2, kSourcesField = 3, kTopicsField = 4, kActorsField = 5, kNodeField = 6, kAlgorithmField = 7, kFingerprintField = 8, kGraphField = 10 };
};
extern const Table kSubjectReport;
inline const Table& TableOf(const SubjectReport&) { return kSubjectReport; }

struct CompareSide {
  std::optional<Profile> profile;
  std::optional<Identity> identity;
  enum : uint32_t { kProfileField = 1, kIdentityField = 2 };
};
extern const Table kCompareSide;
inline const Table& TableOf(const CompareSide&) { return kCompareSide; }

struct CompareRequest {
  std::optional<CompareSide> before;
  std::optional<CompareSide> after;
  Rendering rendering{};
  enum : uint32_t { kBeforeField = 1, kAfterField = 2, kRenderingField = 3 };
};
extern const Table kCompareRequest;
inline const Table& TableOf(const CompareRequest&) { return kCompareRequest; }

struct IdentityDifference {
  std::string_view field;
  std::string_view before;
  std::string_view after;
  enum : uint32_t { kFieldField = 1, kBeforeField = 2, kAfterField = 3 };
};
extern const Table kIdentityDifference;
inline const Table& TableOf(const IdentityDifference&) { return kIdentityDifference; }

struct LegPart {
  std::string_view network;
  Signal signal{};
  int64_t before_quantity_micros{};
  int64_t after_quantity_micros{};
  int64_t change_micropoints{};
  int64_t faded_micropoints{};
  int64_t faded_quantity_micros{};
  enum : uint32_t { kNetworkField = 1, kSignalField = 2, kBeforeQuantityMicrosField = 3, kAfterQuantityMicrosField = 4, kChangeMicropointsField = 5, kFadedMicropointsField = 6, kFadedQuantityMicrosField = 7 };
};
extern const Table kLegPart;
inline const Table& TableOf(const LegPart&) { return kLegPart; }

struct LegLine {
  Factor factor{};
  int64_t before_micropoints{};
  int64_t after_micropoints{};
  int64_t change_micropoints{};
  int64_t before_quantity_micros{};
  int64_t after_quantity_micros{};
  int64_t before_weight_micropoints{};
  int64_t after_weight_micropoints{};
  int64_t before_full_marks_micros{};
  int64_t after_full_marks_micros{};
  std::vector<LegPart> networks;
  std::vector<LegPart> signals;
  int64_t faded_micropoints{};
  int64_t faded_quantity_micros{};
  enum : uint32_t { kFactorField = 1, kBeforeMicropointsField = 2, kAfterMicropointsField = 3, kChangeMicropointsField = 4, kBeforeQuantityMicrosField = 5, kAfterQuantityMicrosField = 6, kBeforeWeightMicropointsField = 7, kAfterWeightMicropointsField = 8, kBeforeFullMarksMicrosField = 9, kAfterFullMarksMicrosField = 10, kNetworksField = 11, kSignalsField = 12, kFadedMicropointsField = 13, kFadedQuantityMicrosField = 14 };
};
extern const Table kLegLine;
inline const Table& TableOf(const LegLine&) { return kLegLine; }

struct Leg {
  int64_t change_micropoints{};
  std::vector<LegLine> lines;
  int64_t faded_micropoints{};
  enum : uint32_t { kChangeMicropointsField = 1, kLinesField = 2, kFadedMicropointsField = 3 };
};
extern const Table kLeg;
inline const Table& TableOf(const Leg&) { return kLeg; }

struct ChangeReason {
  ChangeCode code{};
  Factor factor{};
  int64_t change_micropoints{};
  Signal signal{};
  int64_t before_quantity_micros{};
  int64_t after_quantity_micros{};
  int32_t half_life_units{};
  int64_t whole_points{};
  std::optional<int64_t> before_count_micros;
  std::optional<int64_t> after_count_micros;
  uint32_t networks{};
  std::string_view network;
  uint32_t others{};
  enum : uint32_t { kCodeField = 1, kFactorField = 2, kChangeMicropointsField = 3, kSignalField = 4, kBeforeQuantityMicrosField = 5, kAfterQuantityMicrosField = 6, kHalfLifeUnitsField = 7, kWholePointsField = 8, kBeforeCountMicrosField = 9, kAfterCountMicrosField = 10, kNetworksField = 11, kNetworkField = 12, kOthersField = 13 };
};
extern const Table kChangeReason;
inline const Table& TableOf(const ChangeReason&) { return kChangeReason; }

struct CompareResponse {
  std::string_view id;
  std::optional<Identity> before;
  std::optional<Identity> after;
  std::vector<IdentityDifference> differences;
  int64_t before_micropoints{};
  int64_t between_micropoints{};
  int64_t after_micropoints{};
  int64_t change_micropoints{};
  Band before_band{};
  Band after_band{};
  std::optional<Leg> input;
  std::optional<Leg> formula;
  std::vector<ChangeReason> reasons;
  int64_t whole_points{};
  std::string_view text;
  enum : uint32_t { kIdField = 1, kBeforeField = 2, kAfterField = 3, kDifferencesField = 4, kBeforeMicropointsField = 5, kBetweenMicropointsField = 6, kAfterMicropointsField = 7, kChangeMicropointsField = 8, kBeforeBandField = 9, kAfterBandField = 10, kInputField = 11, kFormulaField = 12, kReasonsField = 13, kWholePointsField = 14, kTextField = 15 };
};
extern const Table kCompareResponse;
inline const Table& TableOf(const CompareResponse&) { return kCompareResponse; }

struct DriftOptions {
  uint32_t threads{};
  FloatRounding float_rounding{};
  uint32_t top{};
  std::vector<std::string_view> slices;
  enum : uint32_t { kThreadsField = 1, kFloatRoundingField = 2, kTopField = 3, kSlicesField = 4 };
};
extern const Table kDriftOptions;
inline const Table& TableOf(const DriftOptions&) { return kDriftOptions; }

struct DriftQuantile {
  int32_t permyriad{};
  int64_t change_micropoints{};
  enum : uint32_t { kPermyriadField = 1, kChangeMicropointsField = 2 };
};
extern const Table kDriftQuantile;
inline const Table& TableOf(const DriftQuantile&) { return kDriftQuantile; }

struct DriftFactor {
  Factor factor{};
  int64_t up_micropoints{};
  int64_t down_micropoints{};
  int64_t share_micros{};
  enum : uint32_t { kFactorField = 1, kUpMicropointsField = 2, kDownMicropointsField = 3, kShareMicrosField = 4 };
};
extern const Table kDriftFactor;
inline const Table& TableOf(const DriftFactor&) { return kDriftFactor; }

struct DriftFactorChange {
  Factor factor{};
  int64_t before_micropoints{};
  int64_t after_micropoints{};
  enum : uint32_t { kFactorField = 1, kBeforeMicropointsField = 2, kAfterMicropointsField = 3 };
};
extern const Table kDriftFactorChange;
inline const Table& TableOf(const DriftFactorChange&) { return kDriftFactorChange; }

struct DriftMover {
  std::string_view id;
  int64_t before_micropoints{};
  int64_t after_micropoints{};
  std::vector<DriftFactorChange> factors;
  enum : uint32_t { kIdField = 1, kBeforeMicropointsField = 2, kAfterMicropointsField = 3, kFactorsField = 4 };
};
extern const Table kDriftMover;
inline const Table& TableOf(const DriftMover&) { return kDriftMover; }

struct BandChange {
  Band before{};
  Band after{};
  uint64_t people{};
  enum : uint32_t { kBeforeField = 1, kAfterField = 2, kPeopleField = 3 };
};
extern const Table kBandChange;
inline const Table& TableOf(const BandChange&) { return kBandChange; }

struct DriftSummary {
  uint64_t people{};
  uint64_t refused{};
  uint64_t unchanged{};
  uint64_t up{};
  uint64_t down{};
  uint64_t beyond{};
  int64_t up_micropoints{};
  int64_t down_micropoints{};
  std::vector<DriftQuantile> quantiles;
  std::vector<BandChange> bands;
  std::optional<int64_t> spearman_micros;
  std::optional<int64_t> kendall_micros;
  std::optional<int64_t> stability_micros;
  std::vector<DriftFactor> factors;
  std::vector<DriftMover> movers;
  enum : uint32_t { kPeopleField = 1, kRefusedField = 2, kUnchangedField = 3, kUpField = 4, kDownField = 5, kBeyondField = 6, kUpMicropointsField = 7, kDownMicropointsField = 8, kQuantilesField = 9, kBandsField = 10, kSpearmanMicrosField = 11, kKendallMicrosField = 12, kStabilityMicrosField = 13, kFactorsField = 14, kMoversField = 15 };
};
extern const Table kDriftSummary;
inline const Table& TableOf(const DriftSummary&) { return kDriftSummary; }

struct DriftSlice {
  std::string_view column;
  std::string_view value;
  bool is_null{};
  std::optional<DriftSummary> summary;
  enum : uint32_t { kColumnField = 1, kValueField = 2, kIsNullField = 3, kSummaryField = 4 };
};
extern const Table kDriftSlice;
inline const Table& TableOf(const DriftSlice&) { return kDriftSlice; }

struct DriftChange {
  int32_t hundredths{};
  uint64_t people{};
  enum : uint32_t { kHundredthsField = 1, kPeopleField = 2 };
};
extern const Table kDriftChange;
inline const Table& TableOf(const DriftChange&) { return kDriftChange; }

struct DriftReport {
  std::optional<Identity> before;
  std::optional<Identity> after;
  std::optional<DriftSummary> all;
  std::vector<DriftSlice> slices;
  std::vector<uint64_t> before_by_point;
  std::vector<uint64_t> after_by_point;
  std::vector<DriftChange> changes;
  enum : uint32_t { kBeforeField = 1, kAfterField = 2, kAllField = 3, kSlicesField = 4, kBeforeByPointField = 5, kAfterByPointField = 6, kChangesField = 7 };
};
extern const Table kDriftReport;
inline const Table& TableOf(const DriftReport&) { return kDriftReport; }

struct Override {
  Signal signal{};
  std::optional<int64_t> value_micros;
  std::string_view network;
  enum : uint32_t { kSignalField = 1, kValueMicrosField = 2, kNetworkField = 3 };
};
extern const Table kOverride;
inline const Table& TableOf(const Override&) { return kOverride; }

struct CurveQuestion {
  Factor factor{};
  std::vector<int64_t> quantities_micros;
  enum : uint32_t { kFactorField = 1, kQuantitiesMicrosField = 2 };
};
extern const Table kCurveQuestion;
inline const Table& TableOf(const CurveQuestion&) { return kCurveQuestion; }

struct GoalQuestion {
  Signal signal{};
  std::string_view network;
  int64_t rise_micropoints{};
  enum : uint32_t { kSignalField = 1, kNetworkField = 2, kRiseMicropointsField = 3 };
};
extern const Table kGoalQuestion;
inline const Table& TableOf(const GoalQuestion&) { return kGoalQuestion; }

struct WhatIfRequest {
  std::optional<Profile> profile;
  std::optional<Identity> identity;
  std::vector<Override> overrides;
  std::vector<CurveQuestion> curves;
  std::vector<GoalQuestion> goals;
  Rendering rendering{};
  std::vector<ActorCarrier> actors;
  std::vector<TopicEvidence> topics;
  enum : uint32_t { kProfileField = 1, kIdentityField = 2, kOverridesField = 3, kCurvesField = 4, kGoalsField = 5, kRenderingField = 6, kActorsField = 7, kTopicsField = 8 };
};
extern const Table kWhatIfRequest;
inline const Table& TableOf(const WhatIfRequest&) { return kWhatIfRequest; }

struct CurvePoint {
  int64_t quantity_micros{};
  int64_t points_micropoints{};
  enum : uint32_t { kQuantityMicrosField = 1, kPointsMicropointsField = 2 };
};
extern const Table kCurvePoint;
inline const Table& TableOf(const CurvePoint&) { return kCurvePoint; }

struct CurveAnswer {
  Factor factor{};
  std::vector<CurvePoint> points;
  enum : uint32_t { kFactorField = 1, kPointsField = 2 };
};
extern const Table kCurveAnswer;
inline const Table& TableOf(const CurveAnswer&) { return kCurveAnswer; }

struct GoalAnswer {
  Signal signal{};
  std::string_view network;
  int64_t rise_micropoints{};
  bool reachable{};
  int64_t value_micros{};
  int64_t score_micropoints{};
  std::optional<int64_t> stated_micros;
  bool is_new_account{};
  enum : uint32_t { kSignalField = 1, kNetworkField = 2, kRiseMicropointsField = 3, kReachableField = 4, kValueMicrosField = 5, kScoreMicropointsField = 6, kStatedMicrosField = 7, kIsNewAccountField = 8 };
};
extern const Table kGoalAnswer;
inline const Table& TableOf(const GoalAnswer&) { return kGoalAnswer; }

struct Carrier {
  std::string_view network;
  int64_t points_micropoints{};
  int64_t score_without_micropoints{};
  enum : uint32_t { kNetworkField = 1, kPointsMicropointsField = 2, kScoreWithoutMicropointsField = 3 };
};
extern const Table kCarrier;
inline const Table& TableOf(const Carrier&) { return kCarrier; }

struct WhatIfResponse {
  std::optional<Identity> identity;
  std::optional<Result> now;
  std::optional<Result> then;
  std::optional<Leg> change;
  std::vector<CurveAnswer> curves;
  std::vector<GoalAnswer> goals;
  std::vector<Carrier> carriers;
  std::string_view text;
  std::vector<ActorCarrier> actors;
  std::vector<TopicEvidence> topics;
  std::vector<std::string_view> new_networks;
  enum : uint32_t { kIdentityField = 1, kNowField = 2, kThenField = 3, kChangeField = 4, kCurvesField = 5, kGoalsField = 6, kCarriersField = 7, kTextField = 8, kActorsField = 9, kTopicsField = 10, kNewNetworksField = 11 };
};
extern const Table kWhatIfResponse;
inline const Table& TableOf(const WhatIfResponse&) { return kWhatIfResponse; }

struct RenderRequest {
  RenderFormat format{};
  std::string_view language;
  std::string_view messages;
  std::optional<ScoreResponse> result;  // oneof subject
  std::optional<ScoreResponse> before;
  std::optional<Algorithm> algorithm;
  std::optional<Algorithm> before_algorithm;
  std::optional<DriftReport> drift;  // oneof subject
  std::optional<std::string_view> card;  // oneof subject
  std::optional<CompareResponse> comparison;  // oneof subject
  std::optional<WhatIfResponse> what_if;  // oneof subject
  std::optional<AlgorithmDescription> description;  // oneof subject
  std::optional<CompareRequest> compare_request;  // oneof subject
  std::optional<WhatIfRequest> what_if_request;  // oneof subject
  enum : uint32_t { kFormatField = 1, kLanguageField = 2, kMessagesField = 3, kResultField = 4, kBeforeField = 5, kAlgorithmField = 6, kBeforeAlgorithmField = 7, kDriftField = 8, kCardField = 9, kComparisonField = 10, kWhatIfField = 11, kDescriptionField = 12, kCompareRequestField = 13, kWhatIfRequestField = 14 };
};
extern const Table kRenderRequest;
inline const Table& TableOf(const RenderRequest&) { return kRenderRequest; }

struct GraphOptions {
  std::string_view algorithm;
  std::string_view fingerprint;
  enum : uint32_t { kAlgorithmField = 1, kFingerprintField = 2 };
};
extern const Table kGraphOptions;
inline const Table& TableOf(const GraphOptions&) { return kGraphOptions; }

struct Edge {
  std::string_view source;
  std::string_view target;
  std::optional<uint64_t> weight;
  enum : uint32_t { kSourceField = 1, kTargetField = 2, kWeightField = 3 };
};
extern const Table kEdge;
inline const Table& TableOf(const Edge&) { return kEdge; }

struct EdgeBatch {
  std::vector<Edge> edges;
  enum : uint32_t { kEdgesField = 1 };
};
extern const Table kEdgeBatch;
inline const Table& TableOf(const EdgeBatch&) { return kEdgeBatch; }

struct Seed {
  std::string_view id;
  std::optional<uint64_t> weight;
  enum : uint32_t { kIdField = 1, kWeightField = 2 };
};
extern const Table kSeed;
inline const Table& TableOf(const Seed&) { return kSeed; }

struct SeedList {
  std::vector<Seed> seeds;
  SeedKind kind{};
  bool anew{};
  enum : uint32_t { kSeedsField = 1, kKindField = 2, kAnewField = 3 };
};
extern const Table kSeedList;
inline const Table& TableOf(const SeedList&) { return kSeedList; }

struct RunOptions {
  uint32_t threads{};
  std::string_view graph_digest;
  std::string_view seeds_digest;
  enum : uint32_t { kThreadsField = 1, kGraphDigestField = 10, kSeedsDigestField = 13 };
};
extern const Table kRunOptions;
inline const Table& TableOf(const RunOptions&) { return kRunOptions; }

struct EdgeCounts {
  uint64_t added{};
  uint64_t self_loops{};
  uint64_t weightless{};
  uint64_t dangling_nodes{};
  enum : uint32_t { kAddedField = 1, kSelfLoopsField = 2, kWeightlessField = 3, kDanglingNodesField = 4 };
};
extern const Table kEdgeCounts;
inline const Table& TableOf(const EdgeCounts&) { return kEdgeCounts; }

struct SeedCounts {
  SeedKind kind{};
  uint64_t nodes{};
  uint64_t unknown{};
  uint64_t weightless{};
  enum : uint32_t { kKindField = 1, kNodesField = 2, kUnknownField = 3, kWeightlessField = 4 };
};
extern const Table kSeedCounts;
inline const Table& TableOf(const SeedCounts&) { return kSeedCounts; }

struct StandingReport {
  std::string_view algorithm;
  std::string_view fingerprint;
  std::optional<EdgeCounts> edges;
  std::optional<SeedCounts> seeds;
  std::string_view ranks_digest;
  uint64_t last_leak{};
  uint64_t memory_bytes{};
  std::optional<GraphIdentity> graph;
  enum : uint32_t { kAlgorithmField = 1, kFingerprintField = 2, kEdgesField = 3, kSeedsField = 4, kRanksDigestField = 5, kLastLeakField = 6, kMemoryBytesField = 7, kGraphField = 10 };
};
extern const Table kStandingReport;
inline const Table& TableOf(const StandingReport&) { return kStandingReport; }

struct NodeRequest {
  std::string_view id;
  uint32_t top{};
  enum : uint32_t { kIdField = 1, kTopField = 2 };
};
extern const Table kNodeRequest;
inline const Table& TableOf(const NodeRequest&) { return kNodeRequest; }

// X(Name) for every message.
#define INFLUENCE_MESSAGES(X) \
  X(GraphIdentity) \
  X(Account) \
  X(Profile) \
  X(ScoreRequest) \
  X(ColumnsOptions) \
  X(Identity) \
  X(Part) \
  X(Line) \
  X(Reason) \
  X(Ledger) \
  X(Error) \
  X(Result) \
  X(ScoreResponse) \
  X(SignalValue) \
  X(Row) \
  X(StandingRule) \
  X(Algorithm) \
  X(PriceLine) \
  X(AlgorithmDescription) \
  X(AlgorithmList) \
  X(Event) \
  X(EventBatch) \
  X(TallyOptions) \
  X(IgnoredEvents) \
  X(TallyReport) \
  X(StreamOptions) \
  X(NodeShare) \
  X(NodeReport) \
  X(SubjectRequest) \
  X(Source) \
  X(FactorSources) \
  X(TopicEvidence) \
  X(ActorCarrier) \
  X(SubjectReport) \
  X(CompareSide) \
  X(CompareRequest) \
  X(IdentityDifference) \
  X(LegPart) \
  X(LegLine) \
  X(Leg) \
  X(ChangeReason) \
  X(CompareResponse) \
  X(DriftOptions) \
  X(DriftQuantile) \
  X(DriftFactor) \
  X(DriftFactorChange) \
  X(DriftMover) \
  X(BandChange) \
  X(DriftSummary) \
  X(DriftSlice) \
  X(DriftChange) \
  X(DriftReport) \
  X(Override) \
  X(CurveQuestion) \
  X(GoalQuestion) \
  X(WhatIfRequest) \
  X(CurvePoint) \
  X(CurveAnswer) \
  X(GoalAnswer) \
  X(Carrier) \
  X(WhatIfResponse) \
  X(RenderRequest) \
  X(GraphOptions) \
  X(Edge) \
  X(EdgeBatch) \
  X(Seed) \
  X(SeedList) \
  X(RunOptions) \
  X(EdgeCounts) \
  X(SeedCounts) \
  X(StandingReport) \
  X(NodeRequest)

// clang-format on
}  // namespace influence::msg

#endif  // INFLUENCE_MESSAGES_MESSAGES_H_
