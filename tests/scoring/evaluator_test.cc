#include "scoring/evaluator.h"

#include <random>
#include <string>
#include <vector>

#include "algorithm/custom.h"
#include "base/exact.h"
#include "gtest/gtest.h"
#include "tests/builders.h"

namespace influence {
namespace {

// The sums of model/ledger.h.
void ExpectSums(const Ledger& ledger) {
  Micros score = 0, high = 0, covered = 0;
  for (const Line& line : ledger.lines) {
    Micros quantity = 0, points = 0;
    for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
      quantity += ledger.parts[i].quantity;
      points += ledger.parts[i].points;
    }
    EXPECT_EQ(quantity, line.quantity) << Name(line.factor);
    EXPECT_EQ(points, line.points) << Name(line.factor);
    score += line.points;
    high += line.points + line.missing;
    covered += line.covered;
  }
  EXPECT_EQ(score, ledger.score);
  EXPECT_EQ(score, ledger.low);
  EXPECT_EQ(high, ledger.high);
  EXPECT_EQ(covered, ledger.coverage);
}

// --------------------------------------------------------------- quantities

TEST(QuantityTest, Table) {
  using Counts = std::vector<SignalValue>;
  using Accounts = std::vector<Account>;
  constexpr Signal kLike = Signal::kLikes, kSave = Signal::kSaves,
                   kQuote = Signal::kQuotes;
  const Counts quarter = {{kLike, 250'000}};
  const Counts both = {{kSave, 500'000}, {kLike, 250'000}};
  struct Case {
    const char* why;
    Counts counts;
    Accounts accounts;
    Micros want;
  };
  const Case cases[] = {
      {"no account", quarter, {}, 0},
      {"not stated", quarter, {AccountOf("", {})}, 0},
      {"a whole like is a quarter",
       quarter,
       {AccountOf("", {{kLike, kOne}})},
       250'000},
      {"0.25 goes down", quarter, {AccountOf("", {{kLike, 1}})}, 0},
      {"0.5 goes to the even 0", quarter, {AccountOf("", {{kLike, 2}})}, 0},
      {"0.75 goes up", quarter, {AccountOf("", {{kLike, 3}})}, 1},
      {"1.5 goes to the even 2", quarter, {AccountOf("", {{kLike, 6}})}, 2},
      {"2.5 goes to the even 2", quarter, {AccountOf("", {{kLike, 10}})}, 2},
      {"250'000.5 stays even",
       quarter,
       {AccountOf("", {{kLike, 1'000'002}})},
       250'000},
      {"250'001.5 becomes even",
       quarter,
       {AccountOf("", {{kLike, 1'000'006}})},
       250'002},
      {"rounded once over the row's signals: 0.5 + 0.5",
       both,
       {AccountOf("", {{kSave, 1}, {kLike, 2}})},
       1},
      {"rounded once for each account: 0.5 and 0.5",
       both,
       {AccountOf("", {{kSave, 1}}), AccountOf("", {{kLike, 2}})},
       0},
      {"accounts on two networks are summed",
       quarter,
       {AccountOf("a", {{kLike, 4 * kOne}}),
        AccountOf("b", {{kLike, 8 * kOne}})},
       3 * kOne},
      {"more than one each: 2.5 to even",
       {{kQuote, 1'250'000}},
       {AccountOf("", {{kQuote, 2}})},
       2},
      {"more than one each: 7.5 to even",
       {{kQuote, 1'250'000}},
       {AccountOf("", {{kQuote, 6}})},
       8},
      // 333'333 * 3'000'003 = 999'999'999'999.
      {"just below a whole",
       {{kQuote, 333'333}},
       {AccountOf("", {{kQuote, 3'000'003}})},
       1'000'000},
      // 333'333 * 3'000'001 = 999'999'333'333.
      {"a third",
       {{kQuote, 333'333}},
       {AccountOf("", {{kQuote, 3'000'001}})},
       999'999},
      {"the smallest value: half a micro goes to even",
       {{kQuote, 1}},
       {AccountOf("", {{kQuote, 500'000}})},
       0},
      {"the smallest value: a micro over the half",
       {{kQuote, 1}},
       {AccountOf("", {{kQuote, 500'001}})},
       1},
      {"values of one and others in one row: 7 + 1.75",
       {{kSave, kOne}, {kLike, 250'000}},
       {AccountOf("", {{kSave, 7}, {kLike, 7}})},
       9},
      {"the limit tenfold",
       {{kQuote, kMaxRowValue}},
       {AccountOf("", {{kQuote, kMaxSignal}})},
       10 * kMaxSignal},
      // (10^7 - 1) * (10^16 - 1) / 10^6 = 10^17 - 10^10 - 10 + 10^-6.
      {"both limits less one",
       {{kQuote, kMaxRowValue - 1}},
       {AccountOf("", {{kQuote, kMaxSignal - 1}})},
       99'999'989'999'999'990},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.why);
    Profile profile{"someone", c.accounts};
    SortAccounts(&profile.accounts);
    const Ledger ledger =
        LedgerOf(AttentionTable(kOne, kMaxFullMarks, c.counts), profile);
    EXPECT_EQ(ledger.lines[0].quantity, c.want);
    ExpectSums(ledger);
  }
}

// SPEC.md's worked example; every number is printed there.
TEST(EvaluatorTest, Ada) {
  const Profile ada =
      ProfileOf({AccountOf("", {{Signal::kMentions, 120 * kOne},
                                {Signal::kReplies, 40 * kOne},
                                {Signal::kSaves, 16 * kOne},
                                {Signal::kLikes, 300 * kOne},
                                {Signal::kReshares, 85 * kOne},
                                {Signal::kQuotes, 12 * kOne},
                                {Signal::kListings, 31 * kOne},
                                {Signal::kFollowers, 2'400 * kOne}})});
  struct Case {
    Factor factor;
    Micros quantity, points, share, missing;
  };
  const Case want[] = {
      {Factor::kAttention, 243 * kOne, 13'369'371, 477'478, 0},
      {Factor::kAmplification, 100 * kOne, 8'819'006, 400'864, 0},
      {Factor::kCuration, 31 * kOne, 6'020'595, 301'030, 0},
      {Factor::kAudience, 2'400 * kOne, 8'692'437, 482'913, 0},
      {Factor::kStanding, 0, 0, 0, 6'000'000},
      {Factor::kEndorsement, 0, 0, 0, 6'000'000},
  };
  const Ledger ledger = LedgerOf(V1(), ada);
  ASSERT_EQ(ledger.lines.size(), 6u);
  for (size_t i = 0; i < 6; ++i) {
    const Line& line = ledger.lines[i];
    SCOPED_TRACE(Name(want[i].factor));
    EXPECT_EQ(line.factor, want[i].factor);
    EXPECT_EQ(line.quantity, want[i].quantity);
    EXPECT_EQ(line.points, want[i].points);
    EXPECT_EQ(line.share, want[i].share);
    EXPECT_EQ(line.missing, want[i].missing);
    EXPECT_EQ(line.covered, i < 4 ? line.weight : 0);
    EXPECT_EQ(line.cap, Cap::kNone);
    EXPECT_EQ(line.stated, i < 4);
  }
  EXPECT_EQ(ledger.score, 36'901'409);
  EXPECT_EQ(ledger.low, 36'901'409);
  EXPECT_EQ(ledger.high, 48'901'409);
  EXPECT_EQ(ledger.coverage, 88'000'000);
  EXPECT_EQ(ledger.band, Band::kLimited);
  ExpectSums(ledger);
}

// -------------------------------------------------------------------- parts

// "network quantity points", in order.
std::vector<std::string> PartsOf(const Ledger& ledger, const Profile& profile,
                                 const Line& line) {
  std::vector<std::string> parts;
  for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
    const Part& part = ledger.parts[i];
    parts.push_back(std::string(profile.accounts[part.account].network) + " " +
                    std::to_string(part.quantity) + " " +
                    std::to_string(part.points));
  }
  return parts;
}

TEST(PartsTest, Table) {
  // Full marks are reached by any of these, so a line earns its weight and the
  // shares are plain fractions.
  struct Case {
    const char* why;
    Micros weight;
    std::vector<std::pair<const char*, Micros>> mentions;
    std::vector<std::string> want;
  };
  const Case cases[] = {
      {"one account has it all", 10, {{"a", kOne}}, {"a 1000000 10"}},
      {"accounts without a quantity have no part",
       10,
       {{"a", 0}, {"b", kOne}, {"c", 0}},
       {"b 1000000 10"}},
      {"10 in three equal parts: the first network gets the odd one",
       10,
       {{"b", kOne}, {"c", kOne}, {"a", kOne}},
       {"a 1000000 4", "b 1000000 3", "c 1000000 3"}},
      {"11 in three equal parts: the first two",
       11,
       {{"b", kOne}, {"c", kOne}, {"a", kOne}},
       {"a 1000000 4", "b 1000000 4", "c 1000000 3"}},
      {"20/3 and 10/3: the larger remainder gets it",
       10,
       {{"a", kOne}, {"b", 2 * kOne}},
       {"a 1000000 3", "b 2000000 7"}},
      {"2/4 and 6/4: equal remainders, the first network gets it",
       2,
       {{"b", 3 * kOne}, {"a", kOne}},
       {"a 1000000 1", "b 3000000 1"}},
      {"the same on one network: the larger quantity comes first and gets it",
       2,
       {{"a", kOne}, {"a", 3 * kOne}},
       {"a 3000000 2", "a 1000000 0"}},
      {"larger quantities first within a network, networks by bytes",
       6,
       {{"b", kOne}, {"a", kOne}, {"b", 3 * kOne}, {"", kOne}},
       {" 1000000 1", "a 1000000 1", "b 3000000 3", "b 1000000 1"}},
      {"fewer micropoints than accounts",
       1,
       {{"a", kOne}, {"b", kOne}, {"c", kOne}},
       {"a 1000000 1", "b 1000000 0", "c 1000000 0"}},
      {"a speck beside a giant",
       100,
       {{"a", 1}, {"b", 999'999'999}},
       {"a 1 0", "b 999999999 100"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.why);
    Profile profile{"someone", {}};
    for (const auto& [network, mentions] : c.mentions) {
      profile.accounts.push_back(
          AccountOf(network, {{Signal::kMentions, mentions}}));
    }
    SortAccounts(&profile.accounts);
    const Ledger ledger = LedgerOf(
        AttentionTable(c.weight, kOne, {{Signal::kMentions, kOne}}), profile);
    ASSERT_EQ(ledger.lines[0].points, c.weight);
    EXPECT_EQ(PartsOf(ledger, profile, ledger.lines[0]), c.want);
    ExpectSums(ledger);
  }
}

// The rule of SPEC step 5 once more, slowly: the micropoints left over are
// given one by one to the first of the largest remainders.
TEST(PartsTest, AgainstTheRule) {
  std::mt19937_64 rng(21);
  for (int round = 0; round < 20'000; ++round) {
    // Below 10^9 * 10^9: the products fit.
    const auto weight = static_cast<Micros>(1 + rng() % (kFullScore - 1));
    const uint64_t range = uint64_t{1} << (1 + rng() % 30);
    Profile profile{"someone", {}};
    const uint64_t accounts = 1 + rng() % 6;
    const char* const networks[] = {"", "a", "b"};
    for (uint64_t i = 0; i < accounts; ++i) {
      profile.accounts.push_back(
          AccountOf(networks[rng() % 3],
                    {{Signal::kMentions, static_cast<Micros>(rng() % range)}}));
    }
    SortAccounts(&profile.accounts);
    const Ledger ledger = LedgerOf(
        AttentionTable(weight, 1'000 * kOne, {{Signal::kMentions, kOne}}),
        profile);
    const Line& line = ledger.lines[0];
    ExpectSums(ledger);
    const uint32_t n = line.parts_end - line.parts_begin;
    std::vector<Micros> want(n), remainders(n);
    Micros left = line.points;
    for (uint32_t i = 0; i < n; ++i) {
      const Part& part = ledger.parts[line.parts_begin + i];
      ASSERT_GT(part.quantity, 0);
      if (i > 0) {
        const Part& before = ledger.parts[line.parts_begin + i - 1];
        const auto key = [&](const Part& p) {
          return std::pair(profile.accounts[p.account].network, -p.quantity);
        };
        ASSERT_LE(key(before), key(part)) << round;
      }
      want[i] = line.points * part.quantity / line.quantity;
      remainders[i] = line.points * part.quantity % line.quantity;
      left -= want[i];
    }
    ASSERT_LE(left, n);
    for (; left > 0; --left) {
      uint32_t best = 0;
      for (uint32_t i = 1; i < n; ++i) {
        if (remainders[i] > remainders[best]) best = i;
      }
      want[best] += 1;
      remainders[best] = -1;
    }
    for (uint32_t i = 0; i < n; ++i) {
      ASSERT_EQ(ledger.parts[line.parts_begin + i].points, want[i])
          << round << ", part " << i;
    }
  }
}

// ------------------------------------------------------ covered and missing

// v1's attention counts 1 + 1 + 0.5 + 0.25 for each account, weight 28.
TEST(CoverageTest, PartialStatements) {
  using Accounts = std::vector<Account>;
  constexpr Micros kWeight = 28 * kOne;
  const auto all = [](std::string_view network, Micros each) {
    return AccountOf(network, {{Signal::kMentions, each},
                               {Signal::kReplies, each},
                               {Signal::kSaves, each},
                               {Signal::kLikes, each}});
  };
  struct Case {
    const char* why;
    Accounts accounts;
    Micros want_covered;
    bool want_stated, want_missing;
  };
  const Case cases[] = {
      {"no accounts: every signal is missing once", {}, 0, false, true},
      {"an account that states nothing", {AccountOf("", {})}, 0, false, true},
      {"only another factor's signal",
       {AccountOf("", {{Signal::kFollowers, kOne}})},
       0,
       false,
       true},
      {"all four, zero", {all("", 0)}, kWeight, true, false},
      {"all four", {all("", kOne)}, kWeight, true, false},
      // 28 / 2.75 = 10.181818..
      {"mentions alone: 1 of 2.75",
       {AccountOf("", {{Signal::kMentions, kOne}})},
       10'181'818,
       true,
       true},
      {"mentions alone, zero, count as stated",
       {AccountOf("", {{Signal::kMentions, 0}})},
       10'181'818,
       true,
       true},
      // 28 * 0.25 / 2.75 = 2.545454..
      {"likes alone: 0.25 of 2.75",
       {AccountOf("", {{Signal::kLikes, kOne}})},
       2'545'455,
       true,
       true},
      // 28 * 2.5 / 2.75 = 25.454545..
      {"all but likes",
       {AccountOf("", {{Signal::kMentions, 0},
                       {Signal::kReplies, 0},
                       {Signal::kSaves, 0}})},
       25'454'545,
       true,
       true},
      // 28 * 1.25 / 5.5 = 6.363636..
      {"two accounts, mentions and likes: 1.25 of 5.5",
       {AccountOf("a", {{Signal::kMentions, kOne}}),
        AccountOf("b", {{Signal::kLikes, kOne}})},
       6'363'636,
       true,
       true},
      {"two accounts, one whole, one silent: a half",
       {all("a", kOne), AccountOf("b", {})},
       14'000'000,
       true,
       true},
      // 28 * 7.5 / 8.25 = 25.454545..
      {"three accounts, 0.75 missing",
       {all("a", kOne), all("b", 0),
        AccountOf("c", {{Signal::kMentions, kOne}, {Signal::kReplies, kOne}})},
       25'454'545,
       true,
       true},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.why);
    Profile profile{"someone", c.accounts};
    SortAccounts(&profile.accounts);
    const Ledger ledger = LedgerOf(V1(), profile);
    const Line& line = ledger.lines[0];
    EXPECT_EQ(line.covered, c.want_covered);
    EXPECT_EQ(line.stated, c.want_stated);
    // Ten billion of even the smallest signal are over full marks.
    EXPECT_EQ(line.missing, c.want_missing ? kWeight - line.points : 0);
    ExpectSums(ledger);
  }
}

TEST(CoverageTest, TiesGoToEven) {
  struct Case {
    Micros weight, want;
  };
  // Half of the values are stated.
  const Case cases[] = {{1, 0}, {3, 2}, {5, 2}, {7, 4}, {8, 4}};
  for (const Case& c : cases) {
    const Ledger ledger = LedgerOf(
        AttentionTable(c.weight, kOne,
                       {{Signal::kMentions, 7}, {Signal::kReplies, 7}}),
        ProfileOf({AccountOf("", {{Signal::kReplies, kOne}})}));
    EXPECT_EQ(ledger.lines[0].covered, c.want) << c.weight;
  }
}

// Missing signals at their limit can fall short of full marks; the reference
// is the definition itself.
TEST(MissingTest, BelowFullMarks) {
  constexpr Micros kWeight = 50 * kOne;
  const std::vector<SignalValue> counts = {{Signal::kMentions, 1},
                                           {Signal::kReplies, 500'000}};
  const Algorithm algorithm = AttentionTable(kWeight, kMaxFullMarks, counts);
  const auto points = [](Micros quantity) {
    return ExactPoints(quantity, kMaxFullMarks, kWeight);
  };
  struct Case {
    const char* why;
    std::vector<Account> accounts;
    Micros quantity, most;
  };
  const Case cases[] = {
      {"no account", {}, 0, kMaxSignal / kOne * 500'001},
      {"one silent account",
       {AccountOf("", {})},
       0,
       kMaxSignal / kOne * 500'001},
      {"replies stated, mentions missing",
       {AccountOf("", {{Signal::kReplies, 10 * kOne}})},
       5 * kOne,
       5 * kOne + kMaxSignal / kOne},
      {"mentions stated, replies missing",
       {AccountOf("", {{Signal::kMentions, 3 * kOne}})},
       3,
       3 + kMaxSignal / kOne * 500'000},
      {"mentions missing twice",
       {AccountOf("a", {{Signal::kReplies, 0}}),
        AccountOf("b", {{Signal::kReplies, 2 * kOne}})},
       kOne,
       kOne + 2 * (kMaxSignal / kOne)},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.why);
    Profile profile{"someone", c.accounts};
    const Ledger ledger = LedgerOf(algorithm, profile);
    const Line& line = ledger.lines[0];
    EXPECT_EQ(line.quantity, c.quantity);
    EXPECT_EQ(line.points, points(c.quantity));
    EXPECT_EQ(line.missing, points(c.most) - points(c.quantity));
    EXPECT_LT(line.points + line.missing, kWeight);
    ExpectSums(ledger);
  }
}

TEST(EvaluatorTest, NoAccounts) {
  const Ledger ledger = LedgerOf(V1(), ProfileOf({}));
  EXPECT_EQ(ledger.score, 0);
  EXPECT_EQ(ledger.low, 0);
  EXPECT_EQ(ledger.high, kFullScore);
  EXPECT_EQ(ledger.coverage, 0);
  EXPECT_EQ(ledger.band, Band::kMinimal);
  ASSERT_EQ(ledger.lines.size(), 6u);
  for (const Line& line : ledger.lines) {
    EXPECT_FALSE(line.stated);
    EXPECT_EQ(line.missing, line.weight);
    EXPECT_EQ(line.parts_begin, line.parts_end);
  }
  EXPECT_TRUE(ledger.parts.empty());
  EXPECT_EQ(ledger.lifted.size(), 0u);
  EXPECT_EQ(ledger.held_back.size(), kMaxReasons);
}

TEST(EvaluatorTest, ExplicitZeros) {
  Account account{"", {}};
  for (size_t i = 1; i <= kSignalCount; ++i) {
    account.signals.Set(static_cast<Signal>(i), 0);
  }
  const Ledger ledger = LedgerOf(V1(), ProfileOf({account, account}));
  EXPECT_EQ(ledger.score, 0);
  EXPECT_EQ(ledger.high, 0);
  EXPECT_EQ(ledger.coverage, kFullScore);
  for (const Line& line : ledger.lines) {
    EXPECT_TRUE(line.stated);
    EXPECT_EQ(line.missing, 0);
    EXPECT_EQ(line.covered, line.weight);
  }
  EXPECT_TRUE(ledger.parts.empty());
}

// A ledger that was used before is overwritten whole.
TEST(EvaluatorTest, LedgerIsReusable) {
  const Evaluator evaluator(V1());
  const Profile rich = ProfileOf(
      {AccountOf("a", {{Signal::kMentions, kMaxSignal}}),
       AccountOf("b", {{Signal::kFollowers, kOne}, {Signal::kMentions, 1}})});
  Ledger ledger;
  evaluator.Score(rich, Detail::kLedger, &ledger);
  ASSERT_GT(ledger.parts.size(), 0u);
  evaluator.Score(ProfileOf({}), Detail::kLedger, &ledger);
  EXPECT_EQ(ledger.score, 0);
  EXPECT_EQ(ledger.lines.size(), 6u);
  EXPECT_EQ(ledger.parts.size(), 0u);
  EXPECT_EQ(ledger.lifted.size(), 0u);
  evaluator.Score(rich, Detail::kScore, &ledger);
  EXPECT_GT(ledger.score, 0);
  EXPECT_EQ(ledger.lines.size(), 0u);
  EXPECT_EQ(ledger.parts.size(), 0u);
  EXPECT_EQ(ledger.lifted.size(), 0u);
  EXPECT_EQ(ledger.held_back.size(), 0u);
}

// --------------------------------------------------------------- the extreme

// Everything at its limit at once: what could overflow, would, and the
// sanitizer build would see it.
TEST(ExtremeTest, EverythingAtItsLimit) {
  Algorithm algorithm{"acme/extreme", false, {}};
  for (size_t i = 0; i < kFactorCount; ++i) {
    algorithm.rows.push_back({static_cast<Factor>(i + 1),
                              i == 0 ? kFullScore - 5 : 1,
                              kMaxFullMarks,
                              kMaxHalfLifeUnits,
                              {{static_cast<Signal>(i + 1), kMaxRowValue}}});
  }
  ASSERT_TRUE(ValidateCustom(&algorithm).ok());
  Profile profile{"someone", {}};
  for (size_t i = 0; i < kMaxAccounts; ++i) {
    Account account{i % 2 == 0 ? "even" : "odd", {}};
    for (size_t s = 1; s <= kSignalCount; ++s) {
      account.signals.Set(static_cast<Signal>(s), kMaxSignal);
    }
    profile.accounts.push_back(account);
  }
  SortAccounts(&profile.accounts);

  const Ledger full = LedgerOf(algorithm, profile);
  EXPECT_EQ(full.score, kFullScore);
  EXPECT_EQ(full.high, kFullScore);
  EXPECT_EQ(full.coverage, kFullScore);
  EXPECT_EQ(full.band, Band::kVeryHigh);
  for (const Line& line : full.lines) {
    EXPECT_EQ(line.quantity, kMaxQuantity);
    EXPECT_EQ(line.share, kOne);
    EXPECT_EQ(line.cap, Cap::kFullMarks);
    EXPECT_EQ(line.parts_end - line.parts_begin, kMaxAccounts);
  }
  ExpectSums(full);

  // The same with nothing stated: the bound is taken over the same quantities.
  for (Account& account : profile.accounts) account.signals = Signals();
  const Ledger empty = LedgerOf(algorithm, profile);
  EXPECT_EQ(empty.score, 0);
  EXPECT_EQ(empty.high, kFullScore);
  ExpectSums(empty);

  // One row of all ten signals, one value apart from whole: the other branch
  // of the sum.
  Algorithm one_row{"acme/one-row",
                    false,
                    {{Factor::kAttention, kFullScore, kMaxFullMarks, 0, {}}}};
  for (size_t s = 1; s <= kSignalCount; ++s) {
    one_row.rows[0].counts.push_back(
        {static_cast<Signal>(s), s == 1 ? kOne + 9 : kOne - 1});
  }
  ASSERT_TRUE(ValidateCustom(&one_row).ok());
  for (Account& account : profile.accounts) {
    for (size_t s = 1; s <= kSignalCount; ++s) {
      account.signals.Set(static_cast<Signal>(s), kMaxSignal - 1);
    }
  }
  const Ledger near = LedgerOf(one_row, profile);
  // 10 * (10^16 - 1) for each account, exactly.
  EXPECT_EQ(near.lines[0].quantity,
            Micros{64} * (100'000'000'000'000'000 - 10));
  EXPECT_EQ(near.score, kFullScore);
  ExpectSums(near);
}

// -------------------------------------------------------------------- bands

// By whole points, the score rounded half-even.
TEST(BandTest, Edges) {
  struct Case {
    Micros score;
    Band want;
  };
  const Case cases[] = {
      {0, Band::kMinimal},           {1, Band::kMinimal},
      {19'000'000, Band::kMinimal},  {19'499'999, Band::kMinimal},
      {19'500'000, Band::kLimited},  // 19.5 goes to the even 20
      {19'500'001, Band::kLimited},  {20'000'000, Band::kLimited},
      {20'500'000, Band::kLimited},  {39'499'999, Band::kLimited},
      {39'500'000, Band::kModerate}, {40'000'000, Band::kModerate},
      {59'499'999, Band::kModerate}, {59'500'000, Band::kHigh},
      {79'499'999, Band::kHigh},     {79'500'000, Band::kVeryHigh},
      {99'999'999, Band::kVeryHigh}, {100'000'000, Band::kVeryHigh},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.score);
    // A row at full marks earns its weight, so any score can be had.
    Algorithm algorithm =
        AttentionTable(50 * kOne, kOne, {{Signal::kMentions, kOne}});
    Account account = AccountOf("", {{Signal::kMentions, kOne}});
    if (c.score == 0) account = AccountOf("", {});
    if (c.score > 0 && c.score < kFullScore) {
      algorithm = AttentionTable(c.score, kOne, {{Signal::kMentions, kOne}});
    }
    if (c.score == kFullScore) account.signals.Set(Signal::kFollowers, kOne);
    for (const Detail detail : {Detail::kLedger, Detail::kScore}) {
      const Ledger ledger = LedgerOf(algorithm, ProfileOf({account}), detail);
      ASSERT_EQ(ledger.score, c.score);
      EXPECT_EQ(ledger.band, c.want);
    }
  }
}

}  // namespace
}  // namespace influence
