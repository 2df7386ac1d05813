// Well-formed messages: the library reads the values libprotobuf wrote, and
// writes the bytes libprotobuf would.
#include <map>
#include <random>
#include <string>

#include "gtest/gtest.h"
#include "tests/client.h"
#include "tests/codec/agreement.h"
#include "tests/codec/random_messages.h"
#include "tests/random_profiles.h"

namespace influence::testing {
namespace {

// How often a random request led to each outcome.
class Tally {
 public:
  void Add(const abi1::ScoreRequest& request, const Answer& answer) {
    ++seen_[influence_status_name(answer.status)];
    abi1::ScoreResponse response;
    EXPECT_TRUE(response.ParseFromString(answer.bytes));
    for (const abi1::Result& result : response.results()) {
      if (result.has_error()) {
        ++seen_["a profile " + abi1::Code_Name(result.error().code())];
      } else {
        ++seen_[abi1::Detail_Name(request.detail())];
        ++seen_[abi1::Rendering_Name(request.rendering())];
        ++seen_[abi1::Band_Name(result.ledger().band())];
        seen_["64 accounts"] += result.ledger().accounts_size() == 64;
      }
    }
  }
  int Of(const std::string& outcome) { return seen_[outcome]; }

 private:
  std::map<std::string, int> seen_;
};

TEST(Oracle, AnswersRandomRequestsAsProtobufWouldWriteThem) {
  const Client v1 = Client::Released("v1");
  const std::string fingerprint = v1.Describe().fingerprint();
  std::mt19937_64 rng(2);
  Tally tally;
  for (int i = 0; i < 20'000; ++i) {
    const abi1::ScoreRequest request = RandomRequest(rng, fingerprint);
    const std::string bytes = request.SerializeAsString();
    ASSERT_EQ(Disagreement(bytes), "") << i << "\n" << request.DebugString();
    tally.Add(request, v1.ScoreBytes(bytes));
  }
  for (const char* outcome :
       {"OK", "ALGORITHM_MISMATCH", "OUT_OF_RANGE", "INVALID_ARGUMENT",
        "a profile CODE_OUT_OF_RANGE", "a profile CODE_TOO_LARGE",
        "DETAIL_LEDGER", "DETAIL_SCORE", "RENDERING_NONE", "RENDERING_TEXT",
        "RENDERING_MARKDOWN", "BAND_MINIMAL", "BAND_LIMITED", "BAND_MODERATE",
        "BAND_HIGH", "BAND_VERY_HIGH", "64 accounts"}) {
    EXPECT_GE(tally.Of(outcome), 20) << outcome;
  }
}

// Both sides of every length of a varint, and of every power of two between.
TEST(Oracle, WritesEverySignalOfEveryMagnitude) {
  const Client v1 = Client::Released("v1");
  abi1::ScoreRequest request = v1.NewRequest();
  for (int signal = 0; signal < kSignals; ++signal) {
    for (int bits = 0; bits <= 53; ++bits) {
      for (int64_t value = (int64_t{1} << bits) - 1;
           value <= (int64_t{1} << bits) + 1; ++value) {
        SetSignal(request.add_profiles()->add_accounts(), signal, value);
      }
    }
    SetSignal(request.add_profiles()->add_accounts(), signal, kLimit);
  }
  EXPECT_EQ(Disagreement(request.SerializeAsString()), "");
  const abi1::ScoreResponse response = v1.Score(request);
  for (const abi1::Result& result : response.results()) {
    EXPECT_TRUE(result.has_ledger());
  }
}

abi1::Profile FullProfile() {
  abi1::Profile profile;
  profile.set_id(std::string(INFLUENCE_MAX_ID_BYTES, 'i'));
  while (profile.accounts_size() < INFLUENCE_MAX_ACCOUNTS) {
    abi1::Account* account = profile.add_accounts();
    account->set_network(std::string(INFLUENCE_MAX_NETWORK_BYTES, 'n'));
    for (int s = 0; s < kSignals; ++s) SetSignal(account, s, kLimit);
  }
  return profile;
}

// The largest quantities there are, and the largest ledger.
TEST(Oracle, WritesSixtyFourFullAccounts) {
  const Client v1 = Client::Released("v1");
  abi1::ScoreRequest request = v1.NewRequest();
  *request.add_profiles() = FullProfile();
  for (int rendering = 0; rendering < 3; ++rendering) {
    request.set_rendering(static_cast<abi1::Rendering>(rendering));
    EXPECT_EQ(Disagreement(request.SerializeAsString()), "");
    const abi1::ScoreResponse response = v1.Score(request);
    EXPECT_EQ(response.results(0).ledger().lines(0).parts_size(), 64);
  }
}

// Accounts that are as long as they can be and have no part in the lines: the
// most bytes for the fewest messages.
TEST(Oracle, WritesFullAccountsThatGiveNothing) {
  abi1::Algorithm algorithm;
  algorithm.set_id("acme/v1");
  abi1::Row* row = algorithm.add_rows();
  row->set_factor(abi1::FACTOR_ENDORSEMENT);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(kLimit);
  row->add_counts()->set_signal(abi1::SIGNAL_ENDORSEMENTS);
  row->mutable_counts(0)->set_value_micros(1);
  const Client client = Client::Custom(algorithm);
  abi1::ScoreRequest request = client.NewRequest();
  for (int i = 0; i < 100; ++i) {
    *request.add_profiles() = FullProfile();
    for (abi1::Account& account :
         *request.mutable_profiles(i)->mutable_accounts()) {
      account.clear_endorsements_micros();
    }
    const Answer answer = client.ScoreBytes(request.SerializeAsString());
    abi1::ScoreResponse response;
    ASSERT_TRUE(response.ParseFromString(answer.bytes));
    ASSERT_EQ(response.results_size(), i + 1);
    ASSERT_EQ(response.SerializeAsString(), answer.bytes);
  }
}

TEST(Oracle, DescribesAndRunsCustomAlgorithms) {
  std::mt19937_64 rng(3);
  for (int i = 0; i < 2'000; ++i) {
    const abi1::Algorithm algorithm = RandomAlgorithm(rng);
    ASSERT_EQ(Disagreement(algorithm.SerializeAsString()), "")
        << algorithm.DebugString();
    const Client client = Client::Custom(algorithm);
    abi1::ScoreRequest request = client.NewRequest();
    request.set_rendering(static_cast<abi1::Rendering>(rng() % 3));
    for (int n = 0; n < 10; ++n) {
      *request.add_profiles() = RandomWireProfile(rng);
    }
    const Answer answer = client.ScoreBytes(request.SerializeAsString());
    ASSERT_EQ(answer.status, INFLUENCE_OK) << answer.message;
    abi1::ScoreResponse response;
    ASSERT_TRUE(response.ParseFromString(answer.bytes));
    response.DiscardUnknownFields();
    ASSERT_EQ(response.SerializeAsString(), answer.bytes);
  }
}

TEST(Oracle, WritesTheListOfAlgorithmsAsProtobufDoes) {
  influence_bytes list = {nullptr, 0};
  ASSERT_EQ(influence_algorithm_list(&list, nullptr), INFLUENCE_OK);
  const std::string bytes(reinterpret_cast<const char*>(list.data), list.size);
  influence_bytes_free(&list);
  abi1::AlgorithmList message = ListAlgorithms();
  message.DiscardUnknownFields();
  EXPECT_EQ(message.SerializeAsString(), bytes);
}

}  // namespace
}  // namespace influence::testing
