// Plain counts give the numbers of influence_score(), whatever is unknown; and
// points as text are those numbers, rounded half-even.
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "tests/client.h"

namespace influence::testing {
namespace {

constexpr size_t kSignals = INFLUENCE_ENDORSEMENTS + 1;
constexpr int64_t kMost = 10'000'000'000;
using Counts = std::array<int64_t, kSignals>;

// Of every size, often at an edge.
int64_t RandomCount(std::mt19937_64& rng) {
  switch (rng() % 8) {
    case 0:
    case 1:
      return INFLUENCE_UNKNOWN;
    case 2:
      return 0;
    case 3:
      return kMost - static_cast<int64_t>(rng() % 2);
    default:
      return static_cast<int64_t>(rng() % (uint64_t{1} << rng() % 34)) % kMost;
  }
}

abi1::Account AccountOf(const Counts& counts) {
  abi1::Account account;
  for (size_t i = 0; i < kSignals; ++i) {
    if (counts[i] == INFLUENCE_UNKNOWN) continue;
    // The field of a signal has its number and one more.
    account.GetReflection()->SetInt64(
        &account,
        abi1::Account::descriptor()->FindFieldByNumber(static_cast<int>(i) + 2),
        counts[i] * 1'000'000);
  }
  return account;
}

void ExpectSameAsMessages(const Client& engine) {
  constexpr int kPeople = 20'000;
  std::mt19937_64 rng(14);
  std::vector<Counts> people(kPeople);
  abi1::ScoreRequest request = engine.NewRequest();
  request.set_detail(abi1::DETAIL_SCORE);
  for (Counts& counts : people) {
    for (int64_t& count : counts) count = RandomCount(rng);
    *request.add_profiles()->add_accounts() = AccountOf(counts);
  }
  const abi1::ScoreResponse response = engine.Score(request);
  ASSERT_EQ(response.results_size(), kPeople);
  for (int i = 0; i < kPeople; ++i) {
    const abi1::Ledger& want = response.results(i).ledger();
    int64_t score = -1, low = -1, high = -1, coverage = -1;
    ASSERT_EQ(influence_score_counts(
                  engine.get(), people[static_cast<size_t>(i)].data(), kSignals,
                  &score, &low, &high, &coverage, nullptr),
              INFLUENCE_OK);
    ASSERT_EQ(score, want.score_micropoints()) << i;
    ASSERT_EQ(low, want.low_micropoints()) << i;
    ASSERT_EQ(high, want.high_micropoints()) << i;
    ASSERT_EQ(coverage, want.coverage_micropoints()) << i;
  }
}

TEST(Counts, AreScoredAsMessagesAreByEveryReleasedAlgorithm) {
  const abi1::AlgorithmList list = ListAlgorithms();
  for (const abi1::AlgorithmDescription& description : list.algorithms()) {
    ExpectSameAsMessages(Client::Released(description.algorithm().id()));
  }
}

TEST(Counts, AreScoredAsMessagesAreByACustomAlgorithm) {
  abi1::Algorithm algorithm;
  algorithm.set_id("acme/one");
  abi1::Row* row = algorithm.add_rows();
  row->set_factor(abi1::FACTOR_AUDIENCE);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(1'234'567'891);
  for (int signal = 1; signal <= static_cast<int>(kSignals); ++signal) {
    abi1::SignalValue* value = row->add_counts();
    value->set_signal(static_cast<abi1::Signal>(signal));
    value->set_value_micros(333'333 * signal % 999'999 + 1);
  }
  ExpectSameAsMessages(Client::Custom(algorithm));
}

// The decimal number by another way: 128 bits, one digit after the other.
std::string Slowly(int64_t micros, int decimals) {
  __extension__ using Wide = __int128;
  Wide unit = 1;
  for (int i = decimals; i < 6; ++i) unit *= 10;
  const Wide value = micros < 0 ? -Wide{micros} : Wide{micros};
  Wide rounded = value / unit;
  const Wide twice = 2 * (value % unit);
  if (twice > unit || (twice == unit && rounded % 2 == 1)) ++rounded;
  const bool is_negative = micros < 0 && rounded != 0;
  std::string digits;
  do {
    digits.insert(0, 1,
                  static_cast<char>('0' + static_cast<int>(rounded % 10)));
    rounded /= 10;
  } while (rounded != 0);
  const auto after = static_cast<size_t>(decimals);
  if (digits.size() <= after) digits.insert(0, after + 1 - digits.size(), '0');
  if (decimals > 0) digits.insert(digits.size() - after, 1, '.');
  return (is_negative ? "-" : "") + digits;
}

TEST(FormatPoints, IsTheNumberRoundedHalfEven) {
  std::mt19937_64 rng(15);
  for (int i = 0; i < 200'000; ++i) {
    auto micros = static_cast<int64_t>(rng() >> rng() % 64);
    if (i % 3 == 0) micros = micros / 500'000 * 500'000;  // ties
    if (i % 2 == 0)
      micros = static_cast<int64_t>(-static_cast<uint64_t>(micros));
    for (int decimals = 0; decimals <= 6; ++decimals) {
      char text[INFLUENCE_POINTS_BYTES];
      ASSERT_EQ(influence_format_points(micros, decimals, text, sizeof text),
                INFLUENCE_OK);
      ASSERT_EQ(text, Slowly(micros, decimals)) << micros << " " << decimals;
    }
  }
}

}  // namespace
}  // namespace influence::testing
