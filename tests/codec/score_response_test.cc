// Every value is written to its own field. The messages are filled once more,
// field by field, from the same structs, and serialized by libprotobuf.
#include "codec/hot/score_response.h"

#include <random>
#include <string>
#include <vector>

#include "algorithm/registry.h"
#include "codec/codec.h"
#include "codec/hot/score_request.h"
#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "model/messages_of.h"
#include "scoring/evaluator.h"
#include "tests/random_profiles.h"

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

void Fill(const Reason& reason, abi1::Reason* out) {
  out->set_code(static_cast<abi1::ReasonCode>(reason.code));
  out->set_factor(static_cast<abi1::Factor>(reason.factor));
  out->set_points_micropoints(reason.points);
  out->set_quantity_micros(reason.quantity);
  out->set_full_marks_micros(reason.full_marks);
}

void Fill(const Line& line, const Profile& profile, const Ledger& ledger,
          abi1::Line* out) {
  out->set_factor(static_cast<abi1::Factor>(line.factor));
  out->set_quantity_micros(line.quantity);
  out->set_full_marks_micros(line.full_marks);
  out->set_share_micros(line.share);
  out->set_weight_micropoints(line.weight);
  out->set_points_micropoints(line.points);
  out->set_cap(static_cast<abi1::Cap>(line.cap));
  out->set_covered_micropoints(line.covered);
  out->set_missing_micropoints(line.missing);
  for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
    const Part& part = ledger.parts[i];
    abi1::Part* to = out->add_parts();
    to->set_network(std::string(profile.accounts[part.account].network));
    to->set_quantity_micros(part.quantity);
    to->set_points_micropoints(part.points);
  }
}

abi1::Result ResultOf(const Profile& profile, const Ledger& ledger,
                      Detail detail, const std::string& text) {
  abi1::Result result;
  result.set_id(std::string(profile.id));
  abi1::Ledger* out = result.mutable_ledger();
  out->set_score_micropoints(ledger.score);
  out->set_low_micropoints(ledger.low);
  out->set_high_micropoints(ledger.high);
  out->set_coverage_micropoints(ledger.coverage);
  out->set_band(static_cast<abi1::Band>(ledger.band));
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
    abi1::Account* to = out->add_accounts();
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
    abi1::ScoreResponse want;
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
  abi1::ScoreResponse want;
  *want.add_results() = ResultOf(profile, ledger, Detail::kLedger, "");
  EXPECT_EQ(BytesOf(buffer), want.SerializeAsString());
}

TEST(ResponseTest, Errors) {
  for (const std::string& field : Texts()) {
    for (const std::string& message : Texts()) {
      ByteBuffer buffer;
      AppendError("ada", Error(Code::kInternal, field, message), &buffer);
      abi1::ScoreResponse want;
      abi1::Result* result = want.add_results();
      result->set_id("ada");
      result->mutable_error()->set_code(abi1::CODE_INTERNAL);
      result->mutable_error()->set_field(field);
      result->mutable_error()->set_message(message);
      ASSERT_EQ(BytesOf(buffer), want.SerializeAsString())
          << field.size() << ", " << message.size();
    }
  }
}

// The path by hand writes what the table codec writes.
TEST(ResponseTest, TheTableCodecWritesTheSame) {
  std::mt19937_64 rng(31);
  const Evaluator evaluator(*FindReleased("v1"));
  Profile profile;
  Ledger ledger;
  for (int i = 0; i < 1'000; ++i) {
    const std::string bytes = testing::RandomProfile(rng).SerializeAsString();
    ASSERT_TRUE(ReadProfile(bytes, &profile).ok());
    evaluator.Score(profile, Detail::kLedger, &ledger);
    ByteBuffer by_hand, by_table;
    AppendResult(profile, ledger, Detail::kLedger, "words", &by_hand);
    msg::ScoreResponse response;
    response.results.push_back(ResultMessage(profile, ledger));
    response.results[0].text = "words";
    Encode(response, &by_table);
    ASSERT_EQ(by_hand.view(), by_table.view()) << i;
  }
}

}  // namespace
}  // namespace influence
