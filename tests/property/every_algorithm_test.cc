// Laws that every algorithm obeys, past and future, released and custom. A new
// version is covered the moment it is registered.
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/client.h"
#include "tests/random_profiles.h"

namespace influence::testing {
namespace {

struct Subject {
  std::string name;
  std::function<Client()> make;
};

abi1::Algorithm Table(
    const std::string& id,
    const std::vector<std::vector<int64_t>>& rows) {  // factor, weight, full
  abi1::Algorithm algorithm;
  algorithm.set_id(id);
  for (const auto& r : rows) {
    abi1::Row* row = algorithm.add_rows();
    row->set_factor(static_cast<abi1::Factor>(r[0]));
    row->set_weight_micropoints(r[1]);
    row->set_full_marks_micros(r[2]);
    for (size_t i = 3; i + 1 < r.size(); i += 2) {
      abi1::SignalValue* count = row->add_counts();
      count->set_signal(static_cast<abi1::Signal>(r[i]));
      count->set_value_micros(r[i + 1]);
    }
  }
  return algorithm;
}

std::vector<Subject> Subjects() {
  std::vector<Subject> subjects;
  const abi1::AlgorithmList list = ListAlgorithms();
  for (const abi1::AlgorithmDescription& d : list.algorithms()) {
    const std::string id = d.algorithm().id();
    subjects.push_back({id, [id] { return Client::Released(id); }});
  }
  const auto custom = [&](const std::string& name,
                          const abi1::Algorithm& table) {
    subjects.push_back({name, [table] { return Client::Custom(table); }});
  };
  // One row, all ten signals, the largest values the limits allow.
  custom("OneRow",
         Table("t/one", {{1,         100'000'000, 1'000'000, 1,  1'000'000, 2,
                          1'000'000, 3,           1'000'000, 4,  1'000'000, 5,
                          1'000'000, 6,           1'000'000, 7,  1'000'000, 8,
                          1'000'000, 9,           1'000'000, 10, 1'000'000}}));
  custom("LargestValue",
         Table("t/large", {{4, 100'000'000, kLimit, 8, 10'000'000}}));
  custom("SmallestNumbers", Table("t/small", {{1, 1, 1'000'000, 1, 1},
                                              {2, 1, 3'000'000, 5, 1},
                                              {3, 99'999'998, kLimit, 7, 1}}));
  custom(
      "OddWeightsThatTie",
      Table("t/tie", {{4, 33'333'333, 3'000'000, 8, 1'000'000},
                      {1, 66'666'667, 7'000'000, 1, 1'000'000, 4, 333'333}}));
  return subjects;
}

class EveryAlgorithm : public ::testing::TestWithParam<Subject> {
 protected:
  EveryAlgorithm() : client_(GetParam().make()) {}

  abi1::Ledger Score(const abi1::Profile& profile,
                     abi1::Detail detail = abi1::DETAIL_LEDGER) const {
    abi1::ScoreRequest request = client_.NewRequest();
    request.set_detail(detail);
    *request.add_profiles() = profile;
    const abi1::ScoreResponse response = client_.Score(request);
    EXPECT_FALSE(response.results(0).has_error())
        << response.results(0).error().message();
    return response.results(0).ledger();
  }

  // The serialized results of profiles, batched as one request.
  std::vector<std::string> Results(
      const std::vector<abi1::Profile>& profiles) const {
    abi1::ScoreRequest request = client_.NewRequest();
    for (const abi1::Profile& p : profiles) *request.add_profiles() = p;
    const abi1::ScoreResponse response = client_.Score(request);
    std::vector<std::string> results;
    for (const abi1::Result& r : response.results()) {
      results.push_back(r.SerializeAsString());
    }
    return results;
  }

  // A profile with at least one account.
  abi1::Profile Somebody() {
    abi1::Profile profile = RandomProfile(rng_);
    if (profile.accounts_size() == 0) {
      *profile.add_accounts() = RandomAccount(rng_);
    }
    return profile;
  }
  abi1::Account* SomeAccount(abi1::Profile* profile) {
    const auto n = static_cast<uint64_t>(profile->accounts_size());
    return profile->mutable_accounts(static_cast<int>(rng_() % n));
  }
  int SomeSignal() { return static_cast<int>(rng_() % kSignals); }

  Client client_;
  std::mt19937_64 rng_{20'261'123};
};

constexpr int kRounds = 5'000;

TEST_P(EveryAlgorithm, TheLedgerAddsUp) {
  const abi1::Algorithm algorithm = client_.Describe().algorithm();
  for (int i = 0; i < kRounds; ++i) {
    const abi1::Ledger ledger = Score(RandomProfile(rng_));
    int64_t points = 0, covered = 0, missing = 0, weight = 0;
    ASSERT_EQ(ledger.lines_size(), algorithm.rows_size());
    for (int r = 0; r < ledger.lines_size(); ++r) {
      const abi1::Line& line = ledger.lines(r);
      const abi1::Row& row = algorithm.rows(r);
      ASSERT_EQ(line.factor(), row.factor());
      ASSERT_EQ(line.weight_micropoints(), row.weight_micropoints());
      ASSERT_EQ(line.full_marks_micros(), row.full_marks_micros());
      int64_t part_points = 0, part_quantity = 0;
      for (const abi1::Part& part : line.parts()) {
        ASSERT_GT(part.quantity_micros(), 0);
        ASSERT_GE(part.points_micropoints(), 0);
        part_points += part.points_micropoints();
        part_quantity += part.quantity_micros();
      }
      ASSERT_EQ(part_points, line.points_micropoints());
      ASSERT_EQ(part_quantity, line.quantity_micros());
      ASSERT_GE(line.points_micropoints(), 0);
      ASSERT_LE(line.points_micropoints() + line.missing_micropoints(),
                line.weight_micropoints());
      ASSERT_GE(line.missing_micropoints(), 0);
      ASSERT_GE(line.covered_micropoints(), 0);
      ASSERT_LE(line.covered_micropoints(), line.weight_micropoints());
      ASSERT_GE(line.share_micros(), 0);
      ASSERT_LE(line.share_micros(), 1'000'000);
      // Points and share are one real number, each rounded on its own: half a
      // millionth of the weight and half a micropoint apart at most.
      const int64_t apart = line.points_micropoints() * 1'000'000 -
                            line.weight_micropoints() * line.share_micros();
      ASSERT_LE(2 * std::abs(apart), line.weight_micropoints() + 1'000'000);
      ASSERT_EQ(line.cap() == abi1::CAP_FULL_MARKS,
                line.quantity_micros() >= line.full_marks_micros());
      points += line.points_micropoints();
      covered += line.covered_micropoints();
      missing += line.missing_micropoints();
      weight += line.weight_micropoints();
    }
    ASSERT_EQ(points, ledger.score_micropoints());
    ASSERT_EQ(covered, ledger.coverage_micropoints());
    ASSERT_EQ(weight, 100'000'000);
    ASSERT_EQ(ledger.low_micropoints(), points);
    ASSERT_EQ(ledger.high_micropoints(), points + missing);
    ASSERT_LE(ledger.high_micropoints(), 100'000'000);
    // The band is that of the whole points, rounded half to even.
    const int64_t whole = (points + 500'000) / 1'000'000;
    const bool tie = points % 1'000'000 == 500'000;
    const int64_t shown = tie && whole % 2 != 0 ? whole - 1 : whole;
    ASSERT_EQ(ledger.band(), std::min<int64_t>(shown / 20, 4) + 1);
  }
}

TEST_P(EveryAlgorithm, MoreOfAnySignalNeverLowersTheScore) {
  for (int i = 0; i < kRounds; ++i) {
    abi1::Profile less = Somebody();
    abi1::Account* account = SomeAccount(&less);
    const int signal = SomeSignal();
    const int64_t before = RandomMicros(rng_);
    SetSignal(account, signal, before);
    const abi1::Ledger low = Score(less);
    const int64_t more = i % 2 == 0 ? 1 : RandomMicros(rng_);
    SetSignal(account, signal, std::min(kLimit, before + more));
    const abi1::Ledger high = Score(less);
    ASSERT_LE(low.score_micropoints(), high.score_micropoints());
    ASSERT_LE(low.high_micropoints(), high.high_micropoints());
  }
}

TEST_P(EveryAlgorithm, StatingWhatWasMissingRaisesTheScoreAndNarrowsTheBounds) {
  for (int i = 0; i < kRounds; ++i) {
    abi1::Profile with = Somebody();
    abi1::Account* account = SomeAccount(&with);
    const int signal = SomeSignal();
    SetSignal(account, signal, RandomMicros(rng_));
    const abi1::Ledger stated = Score(with);
    ClearSignal(account, signal);
    const abi1::Ledger missing = Score(with);
    // So removing a signal never raises a score.
    ASSERT_LE(missing.score_micropoints(), stated.score_micropoints());
    ASSERT_GE(missing.high_micropoints(), stated.high_micropoints());
    ASSERT_LE(missing.coverage_micropoints(), stated.coverage_micropoints());
  }
}

TEST_P(EveryAlgorithm, AnotherAccountNeverLowersTheScore) {
  for (int i = 0; i < kRounds; ++i) {
    abi1::Profile profile = RandomProfile(rng_);
    const int64_t before = Score(profile).score_micropoints();
    *profile.add_accounts() = RandomAccount(rng_);
    ASSERT_LE(before, Score(profile).score_micropoints());
  }
}

TEST_P(EveryAlgorithm, TheBoundsAreExactlyWhatTheMissingCouldGive) {
  for (int i = 0; i < kRounds; ++i) {
    const abi1::Profile profile = Somebody();
    const abi1::Ledger ledger = Score(profile);
    abi1::Profile zeros = profile, limits = profile, some = profile;
    for (int a = 0; a < profile.accounts_size(); ++a) {
      for (int s = 0; s < kSignals; ++s) {
        if (HasSignal(profile.accounts(a), s)) continue;
        SetSignal(zeros.mutable_accounts(a), s, 0);
        SetSignal(limits.mutable_accounts(a), s, kLimit);
        SetSignal(some.mutable_accounts(a), s, RandomMicros(rng_));
      }
    }
    ASSERT_EQ(Score(zeros).score_micropoints(), ledger.low_micropoints());
    ASSERT_EQ(Score(limits).score_micropoints(), ledger.high_micropoints());
    const int64_t between = Score(some).score_micropoints();
    ASSERT_LE(ledger.low_micropoints(), between);
    ASSERT_LE(between, ledger.high_micropoints());
    ASSERT_EQ(Score(zeros).coverage_micropoints(), 100'000'000);
  }
}

// Nobody's signals are missing once each.
TEST_P(EveryAlgorithm, ThePersonWithoutAccountsIsBoundedByOneAccount) {
  const abi1::Ledger nobody = Score(abi1::Profile());
  ASSERT_EQ(nobody.score_micropoints(), 0);
  ASSERT_EQ(nobody.coverage_micropoints(), 0);
  abi1::Profile silent, limits;
  silent.add_accounts();
  abi1::Account* account = limits.add_accounts();
  for (int s = 0; s < kSignals; ++s) SetSignal(account, s, kLimit);
  ASSERT_EQ(Score(silent).high_micropoints(), nobody.high_micropoints());
  ASSERT_EQ(Score(limits).score_micropoints(), nobody.high_micropoints());
}

TEST_P(EveryAlgorithm, TheScoreAloneIsTheLedgersScore) {
  for (int i = 0; i < kRounds; ++i) {
    const abi1::Profile profile = RandomProfile(rng_);
    abi1::Ledger whole = Score(profile);
    const abi1::Ledger alone = Score(profile, abi1::DETAIL_SCORE);
    whole.clear_lines();
    whole.clear_lifted();
    whole.clear_held_back();
    whole.clear_accounts();
    ASSERT_EQ(whole.SerializeAsString(), alone.SerializeAsString());
  }
}

TEST_P(EveryAlgorithm, TheOrderOfAccountsChangesNoByte) {
  for (int i = 0; i < kRounds; ++i) {
    abi1::Profile profile = Somebody();
    while (profile.accounts_size() < 2 + i % 4) {
      // Sometimes twins, which no order can tell apart.
      *profile.add_accounts() =
          i % 3 == 0 ? profile.accounts(0) : RandomAccount(rng_);
    }
    abi1::Profile shuffled = profile;
    for (int n = shuffled.accounts_size() - 1; n > 0; --n) {
      shuffled.mutable_accounts()->SwapElements(
          n, static_cast<int>(rng_() % static_cast<uint64_t>(n + 1)));
    }
    ASSERT_EQ(Results({profile}), Results({shuffled}));
  }
}

TEST_P(EveryAlgorithm, ABatchIsItsProfilesOneByOne) {
  for (int i = 0; i < 100; ++i) {
    std::vector<abi1::Profile> profiles;
    for (int n = 0; n < 20; ++n) profiles.push_back(RandomProfile(rng_));
    const std::vector<std::string> together = Results(profiles);
    // Split in two at every place, and turned round.
    for (size_t at = 0; at <= profiles.size(); ++at) {
      const auto middle = profiles.begin() + static_cast<std::ptrdiff_t>(at);
      std::vector<std::string> split = Results({profiles.begin(), middle});
      for (std::string& r : Results({middle, profiles.end()})) {
        split.push_back(std::move(r));
      }
      ASSERT_EQ(split, together) << at;
    }
    std::reverse(profiles.begin(), profiles.end());
    std::vector<std::string> reversed = Results(profiles);
    std::reverse(reversed.begin(), reversed.end());
    ASSERT_EQ(reversed, together);
  }
}

TEST_P(EveryAlgorithm, OneBadProfileSpoilsNoOther) {
  for (int i = 0; i < 500; ++i) {
    std::vector<abi1::Profile> profiles;
    for (int n = 0; n < 5; ++n) profiles.push_back(RandomProfile(rng_));
    const std::vector<std::string> good = Results(profiles);
    abi1::Profile bad = Somebody();
    SetSignal(SomeAccount(&bad), SomeSignal(), i % 2 == 0 ? -1 : kLimit + 1);
    const size_t at = rng_() % 6;
    profiles.insert(profiles.begin() + static_cast<std::ptrdiff_t>(at), bad);
    std::vector<std::string> mixed = Results(profiles);
    abi1::Result result;
    ASSERT_TRUE(result.ParseFromString(mixed[at]));
    ASSERT_EQ(result.error().code(), abi1::CODE_OUT_OF_RANGE);
    ASSERT_EQ(result.id(), bad.id());
    mixed.erase(mixed.begin() + static_cast<std::ptrdiff_t>(at));
    ASSERT_EQ(mixed, good);
  }
}

// The reasons that the lines give, ordered by the law, best four.
std::vector<std::string> Best(std::vector<abi1::Reason> all) {
  std::stable_sort(all.begin(), all.end(),
                   [](const abi1::Reason& a, const abi1::Reason& b) {
                     if (a.points_micropoints() != b.points_micropoints()) {
                       return a.points_micropoints() > b.points_micropoints();
                     }
                     return a.code() < b.code();
                   });
  std::vector<std::string> best;
  for (const abi1::Reason& reason : all) {
    if (best.size() < 4) best.push_back(reason.SerializeAsString());
  }
  return best;
}

TEST_P(EveryAlgorithm, ReasonsAreTheLargestGainsAndLosses) {
  for (int i = 0; i < kRounds; ++i) {
    const abi1::Profile profile = RandomProfile(rng_);
    const abi1::Ledger ledger = Score(profile);
    const abi1::Algorithm algorithm = client_.Describe().algorithm();
    std::vector<abi1::Reason> lifted, held_back;
    for (int r = 0; r < ledger.lines_size(); ++r) {
      const abi1::Line& line = ledger.lines(r);
      bool stated = false;
      for (const abi1::SignalValue& count : algorithm.rows(r).counts()) {
        for (const abi1::Account& account : profile.accounts()) {
          stated |= HasSignal(account, count.signal() - 1);
        }
      }
      const auto add = [&line](std::vector<abi1::Reason>* list,
                               abi1::ReasonCode code, int64_t points) {
        if (points == 0) return;
        abi1::Reason& reason = list->emplace_back();
        reason.set_code(code);
        reason.set_factor(line.factor());
        reason.set_points_micropoints(points);
        reason.set_quantity_micros(line.quantity_micros());
        reason.set_full_marks_micros(line.full_marks_micros());
      };
      add(&lifted,
          line.cap() == abi1::CAP_FULL_MARKS ? abi1::REASON_CODE_FULL_MARKS
                                             : abi1::REASON_CODE_EARNED,
          line.points_micropoints());
      add(&held_back,
          stated ? abi1::REASON_CODE_PARTLY_STATED
                 : abi1::REASON_CODE_NOT_STATED,
          line.missing_micropoints());
      add(&held_back, abi1::REASON_CODE_BELOW_FULL_MARKS,
          line.weight_micropoints() - line.points_micropoints() -
              line.missing_micropoints());
    }
    std::vector<std::string> got_lifted, got_held_back;
    for (const auto& r : ledger.lifted()) {
      got_lifted.push_back(r.SerializeAsString());
    }
    for (const auto& r : ledger.held_back()) {
      got_held_back.push_back(r.SerializeAsString());
    }
    ASSERT_EQ(got_lifted, Best(lifted));
    ASSERT_EQ(got_held_back, Best(held_back));
  }
}

TEST_P(EveryAlgorithm, NoPriceIsEverExceeded) {
  const abi1::AlgorithmDescription description = client_.Describe();
  const int kTimes[] = {2, 10};
  for (int r = 0; r < description.prices_size(); ++r) {
    const abi1::Row& row = description.algorithm().rows(r);
    const abi1::PriceLine& price = description.prices(r);
    ASSERT_EQ(row.factor(), price.factor());
    const int signal = row.counts(0).signal() - 1;
    const auto points = [&](int64_t micros) {
      abi1::Profile profile;
      SetSignal(profile.add_accounts(), signal, std::min(micros, kLimit));
      return Score(profile).lines(r).points_micropoints();
    };
    for (const int times : kTimes) {
      const int64_t bound = times == 2 ? price.doubled_micropoints()
                                       : price.tenfold_micropoints();
      // The worst case is where `times` as many just reach full marks.
      const int64_t worst = static_cast<int64_t>(
          std::min(static_cast<double>(kLimit / times),
                   static_cast<double>(row.full_marks_micros()) * 1e6 / times /
                       static_cast<double>(row.counts(0).value_micros())));
      int64_t most = 0;
      for (int i = 0; i < 400; ++i) {
        const int64_t x =
            i == 0 ? worst : std::min(RandomMicros(rng_), kLimit / times);
        const int64_t gain = points(x * times) - points(x);
        ASSERT_LE(gain, bound) << times << " times " << x;
        most = std::max(most, gain);
      }
      // Tight, wherever one signal alone can get there.
      if (worst < kLimit / times) {
        EXPECT_GE(most, bound - 3) << times;
      }
    }
  }
}

// Each released one is in the suite, from the list that users get.
TEST(Subjects, HaveEveryReleasedAlgorithm) {
  const std::vector<Subject> subjects = Subjects();
  for (const std::string id : {"v1", "v2"}) {
    EXPECT_TRUE(std::any_of(
        subjects.begin(), subjects.end(),
        [&id](const Subject& subject) { return subject.name == id; }))
        << id;
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryAlgorithm,
                         ::testing::ValuesIn(Subjects()),
                         [](const auto& subject) {
                           return subject.param.name;
                         });

}  // namespace
}  // namespace influence::testing
