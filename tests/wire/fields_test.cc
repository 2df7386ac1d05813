// wire/fields.h and the enumerations of model/ against what protoc makes of
// proto/influence.proto, both ways: neither can grow or move alone.
#include "wire/fields.h"

#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>

#include "gtest/gtest.h"
#include "influence.pb.h"
#include "model/error.h"
#include "model/event.h"
#include "model/insight.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "model/vocabulary.h"
#include "wire/request.h"

namespace influence {
namespace {

using Numbers = std::map<std::string, int>;

template <typename Message>
Numbers FieldsOf() {
  Numbers numbers;
  const google::protobuf::Descriptor* type = Message::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    numbers[type->field(i)->name()] = type->field(i)->number();
  }
  return numbers;
}

// The fields of a message that says of which graph a standing is, from number
// `first` on.
Numbers AndStanding(Numbers others,
                    uint32_t first = field::standing_identity::kGraphDigest) {
  using namespace field::standing_identity;
  const auto at = [first](uint32_t number) {
    return static_cast<int>(first - kGraphDigest + number);
  };
  others.insert({{"graph_digest", at(kGraphDigest)},
                 {"graph_nodes", at(kGraphNodes)},
                 {"graph_edges", at(kGraphEdges)},
                 {"seeds_digest", at(kSeedsDigest)},
                 {"standing_teleport_micros", at(kTeleport)},
                 {"standing_iterations", at(kIterations)}});
  return others;
}

TEST(Fields, AreThoseOfTheProto) {
  Numbers account = {{"network", field::account::kNetwork}};
  for (size_t i = 0; i < kSignalCount; ++i) {
    const std::string name(Name(static_cast<Signal>(i + 1)));
    account[name + "_micros"] =
        static_cast<int>(field::account::kFirstSignal + i);
  }
  EXPECT_EQ(FieldsOf<wire::Account>(), account);
  EXPECT_EQ(FieldsOf<wire::Profile>(),
            (Numbers{{"id", field::profile::kId},
                     {"accounts", field::profile::kAccounts}}));
  EXPECT_EQ(FieldsOf<wire::ScoreRequest>(),
            (AndStanding({{"algorithm", field::request::kAlgorithm},
                          {"as_of_days", field::request::kAsOfDays},
                          {"profiles", field::request::kProfiles},
                          {"detail", field::request::kDetail},
                          {"fingerprint", field::request::kFingerprint},
                          {"rendering", field::request::kRendering}},
                         field::request::kGraphDigest)));
  EXPECT_EQ(FieldsOf<wire::ScoreResponse>(),
            (Numbers{{"identity", field::response::kIdentity},
                     {"results", field::response::kResults}}));
  EXPECT_EQ(FieldsOf<wire::Identity>(),
            (AndStanding({{"algorithm", field::identity::kAlgorithm},
                          {"fingerprint", field::identity::kFingerprint},
                          {"library_version", field::identity::kLibraryVersion},
                          {"input_digest", field::identity::kInputDigest},
                          {"as_of_days", field::identity::kAsOfDays}})));
  EXPECT_EQ(
      FieldsOf<wire::ColumnsOptions>(),
      (AndStanding({{"algorithm", field::columns_options::kAlgorithm},
                    {"fingerprint", field::columns_options::kFingerprint},
                    {"threads", field::columns_options::kThreads},
                    {"float_rounding", field::columns_options::kFloatRounding},
                    {"bands", field::columns_options::kBands},
                    {"points", field::columns_options::kPoints},
                    {"reasons", field::columns_options::kReasons},
                    {"kernel", field::columns_options::kKernel}})));
  EXPECT_EQ(FieldsOf<wire::Result>(),
            (Numbers{{"id", field::result::kId},
                     {"ledger", field::result::kLedger},
                     {"error", field::result::kError},
                     {"text", field::result::kText}}));
  EXPECT_EQ(FieldsOf<wire::Error>(),
            (Numbers{{"code", field::error::kCode},
                     {"field", field::error::kField},
                     {"message", field::error::kMessage}}));
  EXPECT_EQ(FieldsOf<wire::Ledger>(),
            (Numbers{{"score_micropoints", field::ledger::kScore},
                     {"low_micropoints", field::ledger::kLow},
                     {"high_micropoints", field::ledger::kHigh},
                     {"coverage_micropoints", field::ledger::kCoverage},
                     {"band", field::ledger::kBand},
                     {"lines", field::ledger::kLines},
                     {"lifted", field::ledger::kLifted},
                     {"held_back", field::ledger::kHeldBack},
                     {"accounts", field::ledger::kAccounts}}));
  EXPECT_EQ(FieldsOf<wire::Line>(),
            (Numbers{{"factor", field::line::kFactor},
                     {"quantity_micros", field::line::kQuantity},
                     {"full_marks_micros", field::line::kFullMarks},
                     {"share_micros", field::line::kShare},
                     {"weight_micropoints", field::line::kWeight},
                     {"points_micropoints", field::line::kPoints},
                     {"cap", field::line::kCap},
                     {"covered_micropoints", field::line::kCovered},
                     {"missing_micropoints", field::line::kMissing},
                     {"parts", field::line::kParts}}));
  EXPECT_EQ(FieldsOf<wire::Part>(),
            (Numbers{{"network", field::part::kNetwork},
                     {"quantity_micros", field::part::kQuantity},
                     {"points_micropoints", field::part::kPoints}}));
  EXPECT_EQ(FieldsOf<wire::Reason>(),
            (Numbers{{"code", field::reason::kCode},
                     {"factor", field::reason::kFactor},
                     {"points_micropoints", field::reason::kPoints},
                     {"quantity_micros", field::reason::kQuantity},
                     {"full_marks_micros", field::reason::kFullMarks}}));
  EXPECT_EQ(FieldsOf<wire::SignalValue>(),
            (Numbers{{"signal", field::signal_value::kSignal},
                     {"value_micros", field::signal_value::kValue}}));
  EXPECT_EQ(FieldsOf<wire::Row>(),
            (Numbers{{"factor", field::row::kFactor},
                     {"weight_micropoints", field::row::kWeight},
                     {"full_marks_micros", field::row::kFullMarks},
                     {"half_life_days", field::row::kHalfLifeDays},
                     {"counts", field::row::kCounts}}));
  EXPECT_EQ(FieldsOf<wire::Algorithm>(),
            (Numbers{{"id", field::algorithm::kId},
                     {"rows", field::algorithm::kRows},
                     {"age_unit_seconds", field::algorithm::kAgeUnitSeconds},
                     {"crowd_micros", field::algorithm::kCrowd},
                     {"standing", field::algorithm::kStanding}}));
  EXPECT_EQ(FieldsOf<wire::StandingRule>(),
            (Numbers{{"teleport_micros", field::standing_rule::kTeleport},
                     {"iterations", field::standing_rule::kIterations}}));
  EXPECT_EQ(FieldsOf<wire::PriceLine>(),
            (Numbers{{"factor", field::price_line::kFactor},
                     {"doubled_micropoints", field::price_line::kDoubled},
                     {"tenfold_micropoints", field::price_line::kTenfold},
                     {"silent_30_days_micropoints",
                      field::price_line::kSilent30Days}}));
  EXPECT_EQ(FieldsOf<wire::AlgorithmDescription>(),
            (Numbers{{"algorithm", field::description::kAlgorithm},
                     {"fingerprint", field::description::kFingerprint},
                     {"released", field::description::kReleased},
                     {"prices", field::description::kPrices}}));
  EXPECT_EQ(FieldsOf<wire::AlgorithmList>(),
            (Numbers{{"library_version", field::list::kLibraryVersion},
                     {"abi_version", field::list::kAbiVersion},
                     {"algorithms", field::list::kAlgorithms}}));
}

TEST(Fields, OfTheTallyAreThoseOfTheProto) {
  using namespace field;
  EXPECT_EQ(FieldsOf<wire::Event>(),
            (Numbers{{"actor", event::kActor},
                     {"subject", event::kSubject},
                     {"kind", event::kKind},
                     {"time_seconds", event::kTimeSeconds},
                     {"network", event::kNetwork},
                     {"topic", event::kTopic},
                     {"event_id", event::kEventId},
                     {"quality_micros", event::kQuality},
                     {"count", event::kCount}}));
  EXPECT_EQ(FieldsOf<wire::EventBatch>(),
            (Numbers{{"events", event_batch::kEvents}}));
  EXPECT_EQ(FieldsOf<wire::TallyOptions>(),
            (Numbers{{"algorithm", tally_options::kAlgorithm},
                     {"fingerprint", tally_options::kFingerprint},
                     {"as_of_seconds", tally_options::kAsOfSeconds},
                     {"future", tally_options::kFuture},
                     {"threads", tally_options::kThreads}}));
  EXPECT_EQ(FieldsOf<wire::TallyReport>(),
            (Numbers{{"algorithm", tally_report::kAlgorithm},
                     {"fingerprint", tally_report::kFingerprint},
                     {"as_of_seconds", tally_report::kAsOfSeconds},
                     {"events", tally_report::kEvents},
                     {"counted", tally_report::kCounted},
                     {"ignored", tally_report::kIgnored},
                     {"ids", tally_report::kIds},
                     {"pairs", tally_report::kPairs},
                     {"networks", tally_report::kNetworks},
                     {"topics", tally_report::kTopics},
                     {"memory_bytes", tally_report::kMemoryBytes}}));
  const auto ignored = [](Ignored why) { return static_cast<int>(why); };
  EXPECT_EQ(FieldsOf<wire::IgnoredEvents>(),
            (Numbers{{"no_actor", ignored(Ignored::kNoActor)},
                     {"no_subject", ignored(Ignored::kNoSubject)},
                     {"unknown_kind", ignored(Ignored::kUnknownKind)},
                     {"not_counted", ignored(Ignored::kNotCounted)},
                     {"network_too_long", ignored(Ignored::kNetworkTooLong)},
                     {"topic_too_long", ignored(Ignored::kTopicTooLong)},
                     {"event_id_too_long", ignored(Ignored::kEventIdTooLong)},
                     {"bad_quality", ignored(Ignored::kBadQuality)},
                     {"bad_count", ignored(Ignored::kBadCount)},
                     {"self_reaction", ignored(Ignored::kSelfReaction)},
                     {"after_as_of", ignored(Ignored::kAfterAsOf)},
                     {"faded", ignored(Ignored::kFaded)},
                     {"duplicate", ignored(Ignored::kDuplicate)}}));
  EXPECT_EQ(FieldsOf<wire::FinishOptions>(),
            (Numbers{{"batch_rows", finish_options::kBatchRows}}));
  EXPECT_EQ(FieldsOf<wire::SubjectRequest>(),
            (AndStanding({{"id", subject_request::kId},
                          {"top", subject_request::kTop},
                          {"standing_micros", subject_request::kStanding},
                          {"carriers", subject_request::kCarriers},
                          {"node", subject_request::kNode}})));
  EXPECT_EQ(FieldsOf<wire::Source>(),
            (Numbers{{"actor", source::kActor},
                     {"quantity_micros", source::kQuantity},
                     {"points_micropoints", source::kPoints}}));
  EXPECT_EQ(
      FieldsOf<wire::FactorSources>(),
      (Numbers{
          {"factor", factor_sources::kFactor},
          {"network", factor_sources::kNetwork},
          {"quantity_micros", factor_sources::kQuantity},
          {"points_micropoints", factor_sources::kPoints},
          {"top", factor_sources::kTop},
          {"others", factor_sources::kOthers},
          {"others_count", factor_sources::kOthersCount},
          {"remainder_quantity_micros", factor_sources::kRemainderQuantity},
          {"remainder_points_micropoints", factor_sources::kRemainderPoints}}));
  EXPECT_EQ(
      FieldsOf<wire::TopicEvidence>(),
      (Numbers{{"topic", topic_evidence::kTopic},
               {"quantity_micros", topic_evidence::kQuantity},
               {"people", topic_evidence::kPeople},
               {"score_micros", topic_evidence::kScore},
               {"score_without_micropoints", topic_evidence::kScoreWithout}}));
  EXPECT_EQ(
      FieldsOf<wire::ActorCarrier>(),
      (Numbers{{"actor", actor_carrier::kActor},
               {"score_without_micropoints", actor_carrier::kScoreWithout}}));
  EXPECT_EQ(FieldsOf<wire::SubjectReport>(),
            (AndStanding({{"result", subject_report::kResult},
                          {"as_of_seconds", subject_report::kAsOfSeconds},
                          {"sources", subject_report::kSources},
                          {"topics", subject_report::kTopics},
                          {"actors", subject_report::kActors},
                          {"node", subject_report::kNode},
                          {"algorithm", subject_report::kAlgorithm},
                          {"fingerprint", subject_report::kFingerprint}})));
}

TEST(Fields, OfInsightAreThoseOfTheProto) {
  EXPECT_EQ(FieldsOf<wire::CompareSide>(),
            (Numbers{{"profile", field::compare_side::kProfile},
                     {"identity", field::compare_side::kIdentity}}));
  EXPECT_EQ(FieldsOf<wire::CompareRequest>(),
            (Numbers{{"before", field::compare_request::kBefore},
                     {"after", field::compare_request::kAfter},
                     {"rendering", field::compare_request::kRendering}}));
  EXPECT_EQ(FieldsOf<wire::IdentityDifference>(),
            (Numbers{{"field", field::identity_difference::kField},
                     {"before", field::identity_difference::kBefore},
                     {"after", field::identity_difference::kAfter}}));
  EXPECT_EQ(
      FieldsOf<wire::LegPart>(),
      (Numbers{{"network", field::leg_part::kNetwork},
               {"signal", field::leg_part::kSignal},
               {"before_quantity_micros", field::leg_part::kBeforeQuantity},
               {"after_quantity_micros", field::leg_part::kAfterQuantity},
               {"change_micropoints", field::leg_part::kChange},
               {"faded_micropoints", field::leg_part::kFaded},
               {"faded_quantity_micros", field::leg_part::kFadedQuantity}}));
  EXPECT_EQ(
      FieldsOf<wire::LegLine>(),
      (Numbers{{"factor", field::leg_line::kFactor},
               {"before_micropoints", field::leg_line::kBefore},
               {"after_micropoints", field::leg_line::kAfter},
               {"change_micropoints", field::leg_line::kChange},
               {"before_quantity_micros", field::leg_line::kBeforeQuantity},
               {"after_quantity_micros", field::leg_line::kAfterQuantity},
               {"before_weight_micropoints", field::leg_line::kBeforeWeight},
               {"after_weight_micropoints", field::leg_line::kAfterWeight},
               {"before_full_marks_micros", field::leg_line::kBeforeFullMarks},
               {"after_full_marks_micros", field::leg_line::kAfterFullMarks},
               {"networks", field::leg_line::kNetworks},
               {"signals", field::leg_line::kSignals},
               {"faded_micropoints", field::leg_line::kFaded},
               {"faded_quantity_micros", field::leg_line::kFadedQuantity}}));
  EXPECT_EQ(FieldsOf<wire::Leg>(),
            (Numbers{{"change_micropoints", field::leg::kChange},
                     {"lines", field::leg::kLines},
                     {"faded_micropoints", field::leg::kFaded}}));
  EXPECT_EQ(
      FieldsOf<wire::ChangeReason>(),
      (Numbers{
          {"code", field::change_reason::kCode},
          {"factor", field::change_reason::kFactor},
          {"change_micropoints", field::change_reason::kChange},
          {"signal", field::change_reason::kSignal},
          {"before_quantity_micros", field::change_reason::kBeforeQuantity},
          {"after_quantity_micros", field::change_reason::kAfterQuantity},
          {"half_life_days", field::change_reason::kHalfLifeDays},
          {"whole_points", field::change_reason::kWholePoints},
          {"before_count_micros", field::change_reason::kBeforeCount},
          {"after_count_micros", field::change_reason::kAfterCount},
          {"networks", field::change_reason::kNetworks},
          {"network", field::change_reason::kNetwork},
          {"others", field::change_reason::kOthers}}));
  EXPECT_EQ(
      FieldsOf<wire::CompareResponse>(),
      (Numbers{{"id", field::compare_response::kId},
               {"before", field::compare_response::kBefore},
               {"after", field::compare_response::kAfter},
               {"differences", field::compare_response::kDifferences},
               {"before_micropoints", field::compare_response::kBeforeScore},
               {"between_micropoints", field::compare_response::kBetween},
               {"after_micropoints", field::compare_response::kAfterScore},
               {"change_micropoints", field::compare_response::kChange},
               {"before_band", field::compare_response::kBeforeBand},
               {"after_band", field::compare_response::kAfterBand},
               {"input", field::compare_response::kInput},
               {"formula", field::compare_response::kFormula},
               {"reasons", field::compare_response::kReasons},
               {"whole_points", field::compare_response::kWholePoints},
               {"text", field::compare_response::kText}}));
  EXPECT_EQ(FieldsOf<wire::DriftOptions>(),
            (Numbers{{"threads", field::drift_options::kThreads},
                     {"float_rounding", field::drift_options::kFloatRounding},
                     {"top", field::drift_options::kTop},
                     {"slices", field::drift_options::kSlices},
                     {"kernel", field::drift_options::kKernel}}));
  EXPECT_EQ(FieldsOf<wire::DriftQuantile>(),
            (Numbers{{"permyriad", field::drift_quantile::kPermyriad},
                     {"change_micropoints", field::drift_quantile::kChange}}));
  EXPECT_EQ(FieldsOf<wire::DriftFactor>(),
            (Numbers{{"factor", field::drift_factor::kFactor},
                     {"up_micropoints", field::drift_factor::kUp},
                     {"down_micropoints", field::drift_factor::kDown},
                     {"share_micros", field::drift_factor::kShare}}));
  EXPECT_EQ(
      FieldsOf<wire::DriftFactorChange>(),
      (Numbers{{"factor", field::drift_factor_change::kFactor},
               {"before_micropoints", field::drift_factor_change::kBefore},
               {"after_micropoints", field::drift_factor_change::kAfter}}));
  EXPECT_EQ(FieldsOf<wire::DriftMover>(),
            (Numbers{{"id", field::drift_mover::kId},
                     {"before_micropoints", field::drift_mover::kBefore},
                     {"after_micropoints", field::drift_mover::kAfter},
                     {"factors", field::drift_mover::kFactors}}));
  EXPECT_EQ(FieldsOf<wire::DriftSummary>(),
            (Numbers{{"people", field::drift_summary::kPeople},
                     {"refused", field::drift_summary::kRefused},
                     {"unchanged", field::drift_summary::kUnchanged},
                     {"up", field::drift_summary::kUp},
                     {"down", field::drift_summary::kDown},
                     {"beyond", field::drift_summary::kBeyond},
                     {"up_micropoints", field::drift_summary::kUpPoints},
                     {"down_micropoints", field::drift_summary::kDownPoints},
                     {"quantiles", field::drift_summary::kQuantiles},
                     {"bands", field::drift_summary::kBands},
                     {"spearman_micros", field::drift_summary::kSpearman},
                     {"kendall_micros", field::drift_summary::kKendall},
                     {"stability_micros", field::drift_summary::kStability},
                     {"factors", field::drift_summary::kFactors},
                     {"movers", field::drift_summary::kMovers}}));
  EXPECT_EQ(FieldsOf<wire::DriftSlice>(),
            (Numbers{{"column", field::drift_slice::kColumn},
                     {"value", field::drift_slice::kValue},
                     {"is_null", field::drift_slice::kIsNull},
                     {"summary", field::drift_slice::kSummary}}));
  EXPECT_EQ(FieldsOf<wire::DriftReport>(),
            (Numbers{{"before", field::drift_report::kBefore},
                     {"after", field::drift_report::kAfter},
                     {"all", field::drift_report::kAll},
                     {"slices", field::drift_report::kSlices},
                     {"before_by_point", field::drift_report::kBeforeByPoint},
                     {"after_by_point", field::drift_report::kAfterByPoint},
                     {"changes", field::drift_report::kChanges}}));
  EXPECT_EQ(FieldsOf<wire::DriftChange>(),
            (Numbers{{"hundredths", field::drift_change::kHundredths},
                     {"people", field::drift_change::kPeople}}));
  EXPECT_EQ(FieldsOf<wire::Override>(),
            (Numbers{{"signal", field::override_fact::kSignal},
                     {"value_micros", field::override_fact::kValue},
                     {"network", field::override_fact::kNetwork}}));
  EXPECT_EQ(
      FieldsOf<wire::CurveQuestion>(),
      (Numbers{{"factor", field::curve_question::kFactor},
               {"quantities_micros", field::curve_question::kQuantities}}));
  EXPECT_EQ(FieldsOf<wire::GoalQuestion>(),
            (Numbers{{"signal", field::goal_question::kSignal},
                     {"network", field::goal_question::kNetwork},
                     {"rise_micropoints", field::goal_question::kRise}}));
  EXPECT_EQ(FieldsOf<wire::WhatIfRequest>(),
            (Numbers{{"profile", field::what_if_request::kProfile},
                     {"identity", field::what_if_request::kIdentity},
                     {"overrides", field::what_if_request::kOverrides},
                     {"curves", field::what_if_request::kCurves},
                     {"goals", field::what_if_request::kGoals},
                     {"rendering", field::what_if_request::kRendering},
                     {"actors", field::what_if_request::kActors},
                     {"topics", field::what_if_request::kTopics}}));
  EXPECT_EQ(FieldsOf<wire::CurvePoint>(),
            (Numbers{{"quantity_micros", field::curve_point::kQuantity},
                     {"points_micropoints", field::curve_point::kPoints}}));
  EXPECT_EQ(FieldsOf<wire::CurveAnswer>(),
            (Numbers{{"factor", field::curve_answer::kFactor},
                     {"points", field::curve_answer::kPoints}}));
  EXPECT_EQ(FieldsOf<wire::GoalAnswer>(),
            (Numbers{{"signal", field::goal_answer::kSignal},
                     {"network", field::goal_answer::kNetwork},
                     {"rise_micropoints", field::goal_answer::kRise},
                     {"reachable", field::goal_answer::kReachable},
                     {"value_micros", field::goal_answer::kValue},
                     {"score_micropoints", field::goal_answer::kScore},
                     {"stated_micros", field::goal_answer::kStated},
                     {"is_new_account", field::goal_answer::kIsNewAccount}}));
  EXPECT_EQ(
      FieldsOf<wire::Carrier>(),
      (Numbers{{"network", field::carrier::kNetwork},
               {"points_micropoints", field::carrier::kPoints},
               {"score_without_micropoints", field::carrier::kScoreWithout}}));
  EXPECT_EQ(FieldsOf<wire::WhatIfResponse>(),
            (Numbers{{"identity", field::what_if_response::kIdentity},
                     {"now", field::what_if_response::kNow},
                     {"then", field::what_if_response::kThen},
                     {"change", field::what_if_response::kChange},
                     {"curves", field::what_if_response::kCurves},
                     {"goals", field::what_if_response::kGoals},
                     {"carriers", field::what_if_response::kCarriers},
                     {"text", field::what_if_response::kText},
                     {"actors", field::what_if_response::kActors},
                     {"topics", field::what_if_response::kTopics},
                     {"new_networks", field::what_if_response::kNewNetworks}}));
  EXPECT_EQ(
      FieldsOf<wire::RenderRequest>(),
      (Numbers{{"format", field::render_request::kFormat},
               {"language", field::render_request::kLanguage},
               {"messages", field::render_request::kMessages},
               {"result", field::render_request::kResult},
               {"before", field::render_request::kBefore},
               {"algorithm", field::render_request::kAlgorithm},
               {"before_algorithm", field::render_request::kBeforeAlgorithm},
               {"drift", field::render_request::kDrift},
               {"card", field::render_request::kCard},
               {"comparison", field::render_request::kComparison},
               {"what_if", field::render_request::kWhatIf},
               {"description", field::render_request::kDescription},
               {"compare_request", field::render_request::kCompareRequest},
               {"what_if_request", field::render_request::kWhatIfRequest}}));
}

TEST(Fields, OfStandingAreThoseOfTheProto) {
  using namespace field;
  EXPECT_EQ(FieldsOf<wire::GraphOptions>(),
            (Numbers{{"algorithm", graph_options::kAlgorithm},
                     {"fingerprint", graph_options::kFingerprint}}));
  EXPECT_EQ(FieldsOf<wire::Edge>(), (Numbers{{"from", edge::kFrom},
                                             {"to", edge::kTo},
                                             {"weight", edge::kWeight}}));
  EXPECT_EQ(FieldsOf<wire::EdgeBatch>(),
            (Numbers{{"edges", edge_batch::kEdges}}));
  EXPECT_EQ(FieldsOf<wire::Seed>(),
            (Numbers{{"id", seed::kId}, {"weight", seed::kWeight}}));
  EXPECT_EQ(FieldsOf<wire::SeedList>(), (Numbers{{"seeds", seed_list::kSeeds},
                                                 {"kind", seed_list::kKind},
                                                 {"anew", seed_list::kAnew}}));
  EXPECT_EQ(FieldsOf<wire::RunOptions>(),
            (Numbers{{"threads", run_options::kThreads},
                     {"graph_digest", run_options::kGraphDigest},
                     {"seeds_digest", run_options::kSeedsDigest}}));
  EXPECT_EQ(FieldsOf<wire::EdgeCounts>(),
            (Numbers{{"added", edge_counts::kAdded},
                     {"self_loops", edge_counts::kSelfLoops},
                     {"weightless", edge_counts::kWeightless},
                     {"dangling_nodes", edge_counts::kDanglingNodes}}));
  EXPECT_EQ(FieldsOf<wire::SeedCounts>(),
            (Numbers{{"kind", seed_counts::kKind},
                     {"nodes", seed_counts::kNodes},
                     {"unknown", seed_counts::kUnknown},
                     {"weightless", seed_counts::kWeightless}}));
  EXPECT_EQ(FieldsOf<wire::StandingReport>(),
            (AndStanding({{"algorithm", standing_report::kAlgorithm},
                          {"fingerprint", standing_report::kFingerprint},
                          {"edges", standing_report::kEdges},
                          {"seeds", standing_report::kSeeds},
                          {"ranks_digest", standing_report::kRanksDigest},
                          {"last_leak", standing_report::kLastLeak},
                          {"memory_bytes", standing_report::kMemoryBytes}})));
  EXPECT_EQ(FieldsOf<wire::NodeRequest>(),
            (Numbers{{"id", node_request::kId}, {"top", node_request::kTop}}));
  EXPECT_EQ(FieldsOf<wire::NodeShare>(),
            (Numbers{{"from", node_share::kFrom},
                     {"rank", node_share::kRank},
                     {"standing_micros", node_share::kStanding}}));
  EXPECT_EQ(
      FieldsOf<wire::NodeReport>(),
      (AndStanding({{"id", node_report::kId},
                    {"rank", node_report::kRank},
                    {"standing_micros", node_report::kStanding},
                    {"position", node_report::kPosition},
                    {"seed_rank", node_report::kSeedRank},
                    {"seed_standing_micros", node_report::kSeedStanding},
                    {"remainder_rank", node_report::kRemainderRank},
                    {"top", node_report::kTop},
                    {"others", node_report::kOthers},
                    {"others_count", node_report::kOthersCount},
                    {"rounded_standing_micros", node_report::kRoundedStanding}},
                   node_report::kGraphDigest)));
}

TEST(Fields, NoneIsForgotten) {
  const google::protobuf::FileDescriptor* file =
      wire::Account::descriptor()->file();
  // One line above for each; a message added to the proto fails here first.
  EXPECT_EQ(file->message_type_count(), 70);
  EXPECT_EQ(file->enum_type_count(), 13);
  int fields = 0;
  for (int i = 0; i < file->message_type_count(); ++i) {
    fields += file->message_type(i)->field_count();
  }
  // A constant more in fields.h than in the proto is unknown to the test
  // above.
  std::ifstream in(INFLUENCE_SOURCE_DIR "/src/wire/fields.h");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::regex constant("\\bk[A-Z]\\w* = [0-9]");
  const auto constants =
      std::distance(std::sregex_iterator(text.begin(), text.end(), constant),
                    std::sregex_iterator());
  // The signals have one constant together, and so have the reasons why an
  // event is ignored; those that say of which graph a standing is are in six
  // messages more, of which two have a constant for the first of their own.
  EXPECT_EQ(constants + static_cast<int>(kSignalCount + kIgnoredCount) - 2 +
                6 * 6 - 2,
            fields);
}

// The enumeration's names without their prefix, in lower case.
Numbers EnumOf(const google::protobuf::EnumDescriptor* type,
               const std::string& prefix) {
  Numbers numbers;
  for (int i = 0; i < type->value_count(); ++i) {
    std::string name = type->value(i)->name().substr(prefix.size());
    for (char& c : name) c = static_cast<char>(std::tolower(c));
    numbers[name] = type->value(i)->number();
  }
  return numbers;
}

template <typename Enum>
int N(Enum value) {
  return static_cast<int>(value);
}

TEST(Enums, VocabulariesAreThoseOfTheProto) {
  Numbers signals = {{"unspecified", 0}};
  for (size_t i = 1; i <= kSignalCount; ++i) {
    signals[std::string(Name(static_cast<Signal>(i)))] = static_cast<int>(i);
  }
  EXPECT_EQ(EnumOf(wire::Signal_descriptor(), "SIGNAL_"), signals);
  Numbers factors = {{"unspecified", 0}};
  for (size_t i = 1; i <= kFactorCount; ++i) {
    factors[std::string(Name(static_cast<Factor>(i)))] = static_cast<int>(i);
  }
  EXPECT_EQ(EnumOf(wire::Factor_descriptor(), "FACTOR_"), factors);
  EXPECT_EQ(Name(static_cast<Signal>(0)), "");
  EXPECT_EQ(Name(static_cast<Signal>(11)), "");
  EXPECT_EQ(Name(static_cast<Factor>(0)), "");
  EXPECT_EQ(Name(static_cast<Factor>(7)), "");
}

TEST(Enums, ChangesAreThoseOfTheProto) {
  EXPECT_EQ(EnumOf(wire::ChangeCode_descriptor(), "CHANGE_"),
            (Numbers{{"unspecified", 0},
                     {"rose", N(ChangeCode::kRose)},
                     {"fell", N(ChangeCode::kFell)},
                     {"faded", N(ChangeCode::kFaded)},
                     {"now_stated", N(ChangeCode::kNowStated)},
                     {"no_longer_stated", N(ChangeCode::kNoLongerStated)},
                     {"counts_more", N(ChangeCode::kCountsMore)},
                     {"counts_less", N(ChangeCode::kCountsLess)},
                     {"factor_added", N(ChangeCode::kFactorAdded)},
                     {"factor_removed", N(ChangeCode::kFactorRemoved)},
                     {"new", N(ChangeCode::kNew)},
                     {"now_stated_in_part", N(ChangeCode::kNowStatedInPart)},
                     {"no_longer_stated_in_part",
                      N(ChangeCode::kNoLongerStatedInPart)},
                     {"spread", N(ChangeCode::kSpread)}}));
}

TEST(Enums, TheRestAreThoseOfTheProto) {
  EXPECT_EQ(
      EnumOf(wire::Detail_descriptor(), "DETAIL_"),
      (Numbers{{"ledger", N(Detail::kLedger)}, {"score", N(Detail::kScore)}}));
  EXPECT_EQ(EnumOf(wire::Rendering_descriptor(), "RENDERING_"),
            (Numbers{{"none", N(Rendering::kNone)},
                     {"text", N(Rendering::kText)},
                     {"markdown", N(Rendering::kMarkdown)}}));
  EXPECT_EQ(
      EnumOf(wire::Cap_descriptor(), "CAP_"),
      (Numbers{{"none", N(Cap::kNone)}, {"full_marks", N(Cap::kFullMarks)}}));
  EXPECT_EQ(EnumOf(wire::Band_descriptor(), "BAND_"),
            (Numbers{{"unspecified", 0},
                     {"minimal", N(Band::kMinimal)},
                     {"limited", N(Band::kLimited)},
                     {"moderate", N(Band::kModerate)},
                     {"high", N(Band::kHigh)},
                     {"very_high", N(Band::kVeryHigh)}}));
  EXPECT_EQ(EnumOf(wire::ReasonCode_descriptor(), "REASON_"),
            (Numbers{{"unspecified", 0},
                     {"earned", N(ReasonCode::kEarned)},
                     {"full_marks", N(ReasonCode::kFullMarks)},
                     {"not_stated", N(ReasonCode::kNotStated)},
                     {"partly_stated", N(ReasonCode::kPartlyStated)},
                     {"below_full_marks", N(ReasonCode::kBelowFullMarks)}}));
}

TEST(Enums, CodesAreThoseOfTheProto) {
  const google::protobuf::EnumDescriptor* type = wire::Code_descriptor();
  EXPECT_EQ(type->value_count(), N(Code::kCancelled) + 1);
  for (int i = 0; i < type->value_count(); ++i) {
    const int number = type->value(i)->number();
    EXPECT_EQ(type->value(i)->name(),
              std::string("CODE_") + CodeName(static_cast<Code>(number)));
  }
  EXPECT_STREQ(CodeName(static_cast<Code>(type->value_count())), "UNKNOWN");
  EXPECT_STREQ(CodeName(static_cast<Code>(-1)), "UNKNOWN");
}

}  // namespace
}  // namespace influence
