#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "model/error.h"
#include "model/vocabulary.h"
#include "tests/builders.h"

namespace influence {
namespace {

TEST(ErrorTest, DefaultIsSuccess) {
  const Error error;
  EXPECT_TRUE(error.ok());
  EXPECT_EQ(error.code(), Code::kOk);
  EXPECT_EQ(error.field(), "");
  EXPECT_EQ(error.message(), "");
}

TEST(ErrorTest, WithinAndToString) {
  struct Case {
    const char* field;
    std::vector<std::string> parents;  // innermost first
    const char* want;
  };
  const Case cases[] = {
      {"id", {}, "id: is bad"},
      {"", {}, "is bad"},
      {"", {"profiles[3]"}, "profiles[3]: is bad"},
      {"likes_micros",
       {"accounts[0]", "profiles[12]"},
       "profiles[12].accounts[0].likes_micros: is bad"},
  };
  for (const Case& c : cases) {
    Error error(Code::kOutOfRange, c.field, "is bad");
    for (const std::string& parent : c.parents) {
      error = std::move(error).Within(parent);
    }
    EXPECT_FALSE(error.ok());
    EXPECT_EQ(error.code(), Code::kOutOfRange);
    EXPECT_EQ(error.message(), "is bad");
    EXPECT_EQ(error.ToString(), c.want);
  }
}

TEST(ErrorTest, WithinLeavesSuccessAlone) {
  const Error error = Error().Within("profiles[0]");
  EXPECT_TRUE(error.ok());
  EXPECT_EQ(error.field(), "");
}

// The header, the messages and the core count the same codes, in the same
// words.
TEST(CodeTest, HeaderProtoAndCoreAgree) {
  struct Case {
    Code code;
    influence_status status;
    abi1::Code wire_code;
    const char* want;
  };
  const Case cases[] = {
      {Code::kOk, INFLUENCE_OK, abi1::CODE_OK, "OK"},
      {Code::kInvalidArgument, INFLUENCE_INVALID_ARGUMENT,
       abi1::CODE_INVALID_ARGUMENT, "INVALID_ARGUMENT"},
      {Code::kMalformed, INFLUENCE_MALFORMED, abi1::CODE_MALFORMED,
       "MALFORMED"},
      {Code::kTooLarge, INFLUENCE_TOO_LARGE, abi1::CODE_TOO_LARGE, "TOO_LARGE"},
      {Code::kUnknownAlgorithm, INFLUENCE_UNKNOWN_ALGORITHM,
       abi1::CODE_UNKNOWN_ALGORITHM, "UNKNOWN_ALGORITHM"},
      {Code::kAlgorithmMismatch, INFLUENCE_ALGORITHM_MISMATCH,
       abi1::CODE_ALGORITHM_MISMATCH, "ALGORITHM_MISMATCH"},
      {Code::kInvalidAlgorithm, INFLUENCE_INVALID_ALGORITHM,
       abi1::CODE_INVALID_ALGORITHM, "INVALID_ALGORITHM"},
      {Code::kOutOfRange, INFLUENCE_OUT_OF_RANGE, abi1::CODE_OUT_OF_RANGE,
       "OUT_OF_RANGE"},
      {Code::kInvalidUtf8, INFLUENCE_INVALID_UTF8, abi1::CODE_INVALID_UTF8,
       "INVALID_UTF8"},
      {Code::kOutOfMemory, INFLUENCE_OUT_OF_MEMORY, abi1::CODE_OUT_OF_MEMORY,
       "OUT_OF_MEMORY"},
      {Code::kInternal, INFLUENCE_INTERNAL, abi1::CODE_INTERNAL, "INTERNAL"},
      {Code::kCancelled, INFLUENCE_CANCELLED, abi1::CODE_CANCELLED,
       "CANCELLED"},
      {Code::kNotFound, INFLUENCE_NOT_FOUND, abi1::CODE_NOT_FOUND, "NOT_FOUND"},
      {Code::kFailedPrecondition, INFLUENCE_FAILED_PRECONDITION,
       abi1::CODE_FAILED_PRECONDITION, "FAILED_PRECONDITION"},
      {Code::kNotVerified, INFLUENCE_NOT_VERIFIED, abi1::CODE_NOT_VERIFIED,
       "NOT_VERIFIED"},
      {Code::kOptedOut, INFLUENCE_OPTED_OUT, abi1::CODE_OPTED_OUT, "OPTED_OUT"},
  };
  int count = 0;
  for (const Case& c : cases) {
    EXPECT_EQ(static_cast<int>(c.code), count++);
    EXPECT_EQ(static_cast<int>(c.code), c.status) << c.want;
    EXPECT_EQ(static_cast<int>(c.code), static_cast<int>(c.wire_code))
        << c.want;
    EXPECT_EQ(UpperName(c.code), c.want);
    EXPECT_EQ(abi1::Code_Name(c.wire_code), std::string("CODE_") + c.want);
  }
  EXPECT_EQ(count, abi1::Code_descriptor()->value_count());
  EXPECT_EQ(UpperName(static_cast<Code>(count)), "");
  EXPECT_EQ(UpperName(static_cast<Code>(-1)), "");
}

// "SIGNAL_MENTIONS" for "mentions".
std::string ProtoName(const char* prefix, std::string_view name) {
  std::string out = prefix;
  for (const char c : name) out += static_cast<char>(c - 'a' + 'A');
  return out;
}

TEST(VocabularyTest, SignalsAreThoseOfTheProto) {
  const auto* list = abi1::Signal_descriptor();
  ASSERT_EQ(list->value_count(), static_cast<int>(kSignalCount) + 1);
  for (int number = 1; number <= static_cast<int>(kSignalCount); ++number) {
    const auto signal = static_cast<Signal>(number);
    EXPECT_EQ(list->FindValueByNumber(number)->name(),
              ProtoName("SIGNAL_", Name(signal)));
    EXPECT_EQ(Index(signal), static_cast<size_t>(number) - 1);
    // The field of an Account that states the signal.
    const auto* field =
        abi1::Account::descriptor()->FindFieldByNumber(number + 1);
    ASSERT_NE(field, nullptr);
    EXPECT_EQ(field->name(), std::string(Name(signal)) + "_micros");
  }
  EXPECT_EQ(abi1::Account::descriptor()->field_count(),
            static_cast<int>(kSignalCount) + 1);
}

TEST(VocabularyTest, FactorsAreThoseOfTheProto) {
  const auto* list = abi1::Factor_descriptor();
  ASSERT_EQ(list->value_count(), static_cast<int>(kFactorCount) + 1);
  for (int number = 1; number <= static_cast<int>(kFactorCount); ++number) {
    const auto factor = static_cast<Factor>(number);
    EXPECT_EQ(list->FindValueByNumber(number)->name(),
              ProtoName("FACTOR_", Name(factor)));
    EXPECT_EQ(Index(factor), static_cast<size_t>(number) - 1);
  }
}

TEST(VocabularyTest, NamesOutsideTheListsAreEmpty) {
  EXPECT_EQ(Name(static_cast<Signal>(-1)), "");
  EXPECT_EQ(Name(static_cast<Signal>(kSignalCount + 1)), "");
  EXPECT_EQ(Name(static_cast<Signal>(255)), "");
  EXPECT_EQ(Name(static_cast<Factor>(-1)), "");
  EXPECT_EQ(Name(static_cast<Factor>(kFactorCount + 1)), "");
  EXPECT_EQ(Name(static_cast<Factor>(255)), "");
}

TEST(SignalsTest, AbsentIsNotZero) {
  Signals signals;
  EXPECT_FALSE(signals.Has(Signal::kLikes));
  EXPECT_EQ(signals.Get(Signal::kLikes), 0);
  EXPECT_EQ(signals.present(), 0u);
  signals.Set(Signal::kLikes, 0);
  EXPECT_TRUE(signals.Has(Signal::kLikes));
  EXPECT_EQ(signals.Get(Signal::kLikes), 0);
  EXPECT_FALSE(signals.Has(Signal::kSaves));
  signals.Set(Signal::kEndorsements, kMaxSignal);
  EXPECT_EQ(signals.Get(Signal::kEndorsements), kMaxSignal);
  EXPECT_EQ(signals.present(),
            Signals::Bit(Signal::kLikes) | Signals::Bit(Signal::kEndorsements));
}

// In ascending order, every pair of it compared both ways.
TEST(SignalsTest, CompareIsATotalOrder) {
  const Signals ascending[] = {
      SignalsOf({}),
      SignalsOf({{Signal::kEndorsements, 0}}),
      SignalsOf({{Signal::kEndorsements, kMaxSignal}}),
      SignalsOf({{Signal::kReplies, 7}}),
      SignalsOf({{Signal::kMentions, 0}}),
      SignalsOf({{Signal::kMentions, 0}, {Signal::kReplies, 0}}),
      SignalsOf({{Signal::kMentions, 1}}),
      SignalsOf({{Signal::kMentions, 1}, {Signal::kEndorsements, 0}}),
      SignalsOf({{Signal::kMentions, kMaxSignal}}),
  };
  const int n = sizeof ascending / sizeof *ascending;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      const int got = Compare(ascending[i], ascending[j]);
      EXPECT_EQ((got > 0) - (got < 0), (i > j) - (i < j)) << i << ", " << j;
    }
  }
}

TEST(SortAccountsTest, EveryOrderBecomesTheSame) {
  const std::vector<Account> want = {
      AccountOf("", {{Signal::kFollowers, 1}}),
      AccountOf("B", {}),
      AccountOf("a", {}),
      AccountOf("a", {{Signal::kLikes, 5}}),
      AccountOf("a", {{Signal::kMentions, 5}}),
      AccountOf("ab", {{Signal::kFollowers, 1}}),
      AccountOf("\xc3\xa9", {}),  // bytes are unsigned: after ASCII
  };
  std::vector<size_t> order(want.size());
  std::iota(order.begin(), order.end(), size_t{0});
  do {
    std::vector<Account> accounts;
    for (const size_t i : order) accounts.push_back(want[i]);
    SortAccounts(&accounts);
    ASSERT_EQ(accounts.size(), want.size());
    for (size_t i = 0; i < want.size(); ++i) {
      ASSERT_EQ(accounts[i].network, want[i].network) << i;
      ASSERT_EQ(Compare(accounts[i].signals, want[i].signals), 0) << i;
    }
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(SortAccountsTest, NoneAndOne) {
  std::vector<Account> accounts;
  SortAccounts(&accounts);
  EXPECT_TRUE(accounts.empty());
  accounts.push_back(AccountOf("a", {{Signal::kLikes, 5}}));
  SortAccounts(&accounts);
  ASSERT_EQ(accounts.size(), 1u);
  EXPECT_EQ(accounts[0].network, "a");
  EXPECT_EQ(accounts[0].signals.Get(Signal::kLikes), 5);
}

}  // namespace
}  // namespace influence
