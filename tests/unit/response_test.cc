// Every value is written to its own field. The messages are filled once more,
// field by field, from the same structs, and serialized by libprotobuf.
#include "wire/response.h"

#include <random>
#include <string>
#include <vector>

#include "algorithm/registry.h"
#include "gtest/gtest.h"
#include "influence.pb.h"
#include "scoring/evaluator.h"
#include "tests/random_profiles.h"
#include "wire/request.h"

namespace influence {
namespace {

std::string BytesOf(const ByteBuffer& buffer) {
  return {reinterpret_cast<const char*>(buffer.data()), buffer.size()};
}

// Texts whose lengths take one, two and three bytes to write.
std::vector<std::string> Texts() {
  std::vector<std::string> texts;
  constexpr size_t kSizes[] = {0, 1, 126, 127, 128, 16'383, 16'384, 70'000};
  for (const size_t size : kSizes) {
    texts.emplace_back(size, 't');
  }
  return texts;
}

void Fill(const Reason& reason, wire::Reason* out) {
  out->set_code(static_cast<wire::ReasonCode>(reason.code));
  out->set_factor(static_cast<wire::Factor>(reason.factor));
  out->set_points_micropoints(reason.points);
  out->set_quantity_micros(reason.quantity);
  out->set_full_marks_micros(reason.full_marks);
}

void Fill(const Line& line, const Profile& profile, const Ledger& ledger,
          wire::Line* out) {
  out->set_factor(static_cast<wire::Factor>(line.factor));
  out->set_quantity_micros(line.quantity);
  out->set_full_marks_micros(line.full_marks);
  out->set_share_micros(line.share);
  out->set_weight_micropoints(line.weight);
  out->set_points_micropoints(line.points);
  out->set_cap(static_cast<wire::Cap>(line.cap));
  out->set_covered_micropoints(line.covered);
  out->set_missing_micropoints(line.missing);
  for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
    const Part& part = ledger.parts[i];
    wire::Part* to = out->add_parts();
    to->set_network(std::string(profile.accounts[part.account].network));
    to->set_quantity_micros(part.quantity);
    to->set_points_micropoints(part.points);
  }
}

wire::Result ResultOf(const Profile& profile, const Ledger& ledger,
                      Detail detail, const std::string& text) {
  wire::Result result;
  result.set_id(std::string(profile.id));
  wire::Ledger* out = result.mutable_ledger();
  out->set_score_micropoints(ledger.score);
  out->set_low_micropoints(ledger.low);
  out->set_high_micropoints(ledger.high);
  out->set_coverage_micropoints(ledger.coverage);
  out->set_band(static_cast<wire::Band>(ledger.band));
  result.set_text(text);
  if (detail == Detail::kScore) return result;
  for (const Line& line : ledger.lines) {
    Fill(line, profile, ledger, out->add_lines());
  }
  for (const Reason& reason : ledger.lifted) Fill(reason, out->add_lifted());
  for (const Reason& reason : ledger.held_back) {
    Fill(reason, out->add_held_back());
  }
  for (const Account& account : profile.accounts) {
    wire::Account* to = out->add_accounts();
    to->set_network(std::string(account.network));
    for (int i = 0; i < testing::kSignals; ++i) {
      const auto signal = static_cast<Signal>(i + 1);
      if (account.signals.Has(signal)) {
        testing::SetSignal(to, i, account.signals.Get(signal));
      }
    }
  }
  return result;
}

TEST(ResponseTest, ResultsHoldTheLedger) {
  std::mt19937_64 rng(30);
  const Evaluator evaluator(*FindReleased("v1"));
  const std::vector<std::string> texts = Texts();
  Profile profile;
  Ledger ledger;
  for (int i = 0; i < 5'000; ++i) {
    const std::string bytes = testing::RandomProfile(rng).SerializeAsString();
    ASSERT_TRUE(ReadProfile(bytes, &profile).ok());
    const Detail detail = i % 4 == 0 ? Detail::kScore : Detail::kLedger;
    const std::string& text = texts[static_cast<size_t>(i) % texts.size()];
    evaluator.Score(profile, detail, &ledger);
    ByteBuffer buffer;
    AppendResult(profile, ledger, detail, text, &buffer);
    wire::ScoreResponse want;
    *want.add_results() = ResultOf(profile, ledger, detail, text);
    ASSERT_EQ(BytesOf(buffer), want.SerializeAsString()) << i;
  }
}

// Every account, part and name at its largest: the room that was made for a
// result is enough, which the sanitizers would see otherwise.
TEST(ResponseTest, TheLargestResultFits) {
  const std::string id(kMaxIdBytes, 'i');
  const std::string network(kMaxNetworkBytes, 'n');
  Profile profile{id, {}};
  for (size_t i = 0; i < kMaxAccounts; ++i) {
    Account account{network, {}};
    for (size_t s = 1; s <= kSignalCount; ++s) {
      account.signals.Set(static_cast<Signal>(s), kMaxSignal);
    }
    profile.accounts.push_back(account);
  }
  Ledger ledger;
  Evaluator(*FindReleased("v1")).Score(profile, Detail::kLedger, &ledger);
  ASSERT_EQ(ledger.parts.size(), kFactorCount * kMaxAccounts);
  ByteBuffer buffer;
  AppendResult(profile, ledger, Detail::kLedger, "", &buffer);
  wire::ScoreResponse want;
  *want.add_results() = ResultOf(profile, ledger, Detail::kLedger, "");
  EXPECT_EQ(BytesOf(buffer), want.SerializeAsString());
}

TEST(ResponseTest, Errors) {
  for (const std::string& field : Texts()) {
    for (const std::string& message : Texts()) {
      ByteBuffer buffer;
      AppendError("ada", Error(Code::kInternal, field, message), &buffer);
      wire::ScoreResponse want;
      wire::Result* result = want.add_results();
      result->set_id("ada");
      result->mutable_error()->set_code(wire::CODE_INTERNAL);
      result->mutable_error()->set_field(field);
      result->mutable_error()->set_message(message);
      ASSERT_EQ(BytesOf(buffer), want.SerializeAsString())
          << field.size() << ", " << message.size();
    }
  }
}

TEST(ResponseTest, IdentityTellsDayZeroFromNone) {
  for (const std::optional<int32_t> as_of :
       {std::optional<int32_t>(), std::optional<int32_t>(0),
        std::optional<int32_t>(1), std::optional<int32_t>(kMaxAsOfDays)}) {
    for (const std::string& id : Texts()) {
      ByteBuffer buffer;
      AppendIdentity({id, "print", "0.0.9", "digest", as_of, {}}, &buffer);
      wire::ScoreResponse want;
      wire::Identity* identity = want.mutable_identity();
      identity->set_algorithm(id);
      identity->set_fingerprint("print");
      identity->set_library_version("0.0.9");
      identity->set_input_digest("digest");
      if (as_of.has_value()) identity->set_as_of_days(*as_of);
      ASSERT_EQ(BytesOf(buffer), want.SerializeAsString()) << id.size();
    }
  }
}

TEST(ResponseTest, IdentityStatesTheGraphOfAStanding) {
  const StandingIdentity standing = {std::string(64, 'a'),
                                     UINT32_MAX,
                                     UINT64_MAX,
                                     std::string(64, '0'),
                                     {999'999, kMaxIterations}};
  ByteBuffer buffer;
  AppendIdentity({"v1", "print", "0.0.9", "digest", kMaxAsOfDays, standing},
                 &buffer);
  wire::ScoreResponse want;
  wire::Identity* identity = want.mutable_identity();
  identity->set_algorithm("v1");
  identity->set_fingerprint("print");
  identity->set_library_version("0.0.9");
  identity->set_input_digest("digest");
  identity->set_as_of_days(kMaxAsOfDays);
  identity->set_graph_digest(standing.graph_digest);
  identity->set_graph_nodes(standing.nodes);
  identity->set_graph_edges(standing.edges);
  identity->set_seeds_digest(standing.seeds_digest);
  identity->set_standing_teleport_micros(standing.rule.teleport);
  identity->set_standing_iterations(standing.rule.iterations);
  EXPECT_EQ(BytesOf(buffer), want.SerializeAsString());
}

wire::AlgorithmDescription MessageOf(const Description& description) {
  wire::AlgorithmDescription out;
  out.mutable_algorithm()->set_id(description.algorithm.id);
  for (const Row& row : description.algorithm.rows) {
    wire::Row* to = out.mutable_algorithm()->add_rows();
    to->set_factor(static_cast<wire::Factor>(row.factor));
    to->set_weight_micropoints(row.weight);
    to->set_full_marks_micros(row.full_marks);
    to->set_half_life_days(row.half_life_days);
    for (const SignalValue& count : row.counts) {
      wire::SignalValue* value = to->add_counts();
      value->set_signal(static_cast<wire::Signal>(count.signal));
      value->set_value_micros(count.value);
    }
  }
  out.set_fingerprint(description.fingerprint);
  out.set_released(description.algorithm.released);
  for (const PriceLine& price : description.prices) {
    wire::PriceLine* to = out.add_prices();
    to->set_factor(static_cast<wire::Factor>(price.factor));
    to->set_doubled_micropoints(price.doubled);
    to->set_tenfold_micropoints(price.tenfold);
    to->set_silent_30_days_micropoints(price.silent_30_days);
  }
  return out;
}

TEST(ResponseTest, DescriptionsAndTheList) {
  // Numbers that differ everywhere, and one table without anything.
  const Description full = {
      *FindReleased("v1"),
      "print",
      {{Factor::kAttention, 1, 2, 3}, {Factor::kEndorsement, 4, 5, 0}}};
  const Description empty = {{"acme/v1", false, {}}, "", {}};
  wire::AlgorithmList list;
  list.set_library_version("0.0.9");
  list.set_abi_version(7);
  for (const Description& description : {full, empty}) {
    ByteBuffer buffer;
    AppendDescription(description, &buffer);
    EXPECT_EQ(BytesOf(buffer), MessageOf(description).SerializeAsString());
    *list.add_algorithms() = MessageOf(description);
  }
  ByteBuffer buffer;
  AppendList("0.0.9", 7, {full, empty}, &buffer);
  EXPECT_EQ(BytesOf(buffer), list.SerializeAsString());
}

}  // namespace
}  // namespace influence
