#include "insight/price_list.h"

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "algorithm/custom.h"
#include "base/curve.h"
#include "gtest/gtest.h"
#include "tests/builders.h"

namespace influence {
namespace {

TEST(PriceListTest, V1) {
  // want: 10^6 times weight * (1 - log2(1 + f/c) / log2(1 + f)) with c = 2, 10
  // and 2^(30/half-life), by Python's decimal with 50 digits, rounded
  // up. The roundings of the two scores may add two micropoints.
  const std::vector<msg::PriceLine> prices = PriceList(V1());
  struct Case {
    Factor factor;
    Micros doubled, tenfold, silent_30_days;
  };
  const Case want[] = {
      {Factor::kAttention, 1'685'743, 5'599'777, 1'123'831},
      {Factor::kAmplification, 1'324'512, 4'399'825, 883'010},
      {Factor::kCuration, 1'204'102, 3'999'841, 0},
      {Factor::kAudience, 774'078, 2'571'428, 0},
      {Factor::kStanding, 451'475, 1'499'398, 0},
      {Factor::kEndorsement, 601'106, 1'991'938, 100'223},
  };
  ASSERT_EQ(prices.size(), 6u);
  for (size_t i = 0; i < 6; ++i) {
    SCOPED_TRACE(Name(want[i].factor));
    EXPECT_EQ(prices[i].factor, want[i].factor);
    EXPECT_NEAR(static_cast<double>(prices[i].doubled_micropoints),
                static_cast<double>(want[i].doubled), 2);
    EXPECT_NEAR(static_cast<double>(prices[i].tenfold_micropoints),
                static_cast<double>(want[i].tenfold), 2);
    EXPECT_NEAR(static_cast<double>(prices[i].silent_30_days_micropoints),
                static_cast<double>(want[i].silent_30_days), 2);
  }
}

// What SPEC.md promises in words.
TEST(PriceListTest, V1KeepsItsPromises) {
  Micros silent = 0;
  for (const msg::PriceLine& price : PriceList(V1())) {
    EXPECT_LE(price.tenfold_micropoints, 5'600'000) << Name(price.factor);
    EXPECT_LT(price.doubled_micropoints, 1'700'000) << Name(price.factor);
    if (price.factor == Factor::kAudience) {
      EXPECT_LE(price.tenfold_micropoints, 2'580'000);
    }
    silent += price.silent_30_days_micropoints;
  }
  EXPECT_LE(silent, 2'110'000);
  EXPECT_GT(silent, 2'100'000);
}

// Tables with every kind of row: v1's, steep ones and half-lives at the ends.
std::vector<Algorithm> Tables() {
  std::vector<Algorithm> tables = {V1()};
  struct Case {
    Micros weight, full_marks;
    int32_t half_life_units;
  };
  const Case cases[] = {
      {kFullScore - 1, kOne, 1},
      {kFullScore - 1, kOne + 1, 30},
      {kFullScore - 1, kMaxFullMarks, kMaxHalfLifeUnits},
      {kFullScore - 1, kMaxFullMarks, 1},
      {1, kOne, 7},
      {1, kMaxFullMarks, 45},
      {50'000'000, 123'456'789, 29},
      {50'000'000, 10'000 * kOne, 3},
  };
  for (const Case& c : cases) {
    Algorithm table =
        AttentionTable(c.weight, c.full_marks, {{Signal::kMentions, kOne}});
    table.rows[0].half_life_units = c.half_life_units;
    EXPECT_TRUE(ValidateCustom(&table).ok());
    tables.push_back(table);
  }
  return tables;
}

// Of every magnitude up to a little over full marks.
Micros RandomQuantity(std::mt19937_64& rng, Micros full_marks) {
  const uint64_t value = rng() >> (rng() % 64);
  return static_cast<Micros>(value % static_cast<uint64_t>(full_marks * 2));
}

// Each bound holds for 10^5 quantities of every row, the worst among them.
TEST(PriceListTest, BoundsHold) {
  std::mt19937_64 rng(23);
  for (const Algorithm& table : Tables()) {
    const std::vector<msg::PriceLine> prices = PriceList(table);
    ASSERT_EQ(prices.size(), table.rows.size());
    for (size_t r = 0; r < table.rows.size(); ++r) {
      const Row& row = table.rows[r];
      const msg::PriceLine& price = prices[r];
      ASSERT_EQ(price.factor, row.factor);
      EXPECT_LE(price.doubled_micropoints, price.tenfold_micropoints);
      EXPECT_LE(price.tenfold_micropoints, row.weight);
      EXPECT_LE(price.silent_30_days_micropoints, row.weight);
      const Curve curve(row.weight, row.full_marks);
      const auto log2_1p = [](long double micros) {
        return log2l(1 + micros / kOne);
      };
      const long double slope =
          static_cast<long double>(row.weight) /
          log2_1p(static_cast<long double>(row.full_marks));
      const long double decay =
          row.half_life_units == 0 ? 1 : exp2l(-30.0L / row.half_life_units);
      if (row.half_life_units == 0) {
        EXPECT_EQ(price.silent_30_days_micropoints, 0);
      }
      for (int i = 0; i < 100'000; ++i) {
        Micros x = RandomQuantity(rng, row.full_marks);
        if (i < 12) x = row.full_marks / 10 + i - 6;
        if (i >= 12 && i < 24) x = row.full_marks / 2 + i - 18;
        if (i >= 24 && i < 36) x = row.full_marks + i - 30;
        const Micros points = curve.At(x);
        ASSERT_LE(curve.At(2 * x) - points, price.doubled_micropoints) << x;
        ASSERT_LE(curve.At(10 * x) - points, price.tenfold_micropoints) << x;
        // A decayed quantity is a real number; its points are rounded.
        const auto decayed = roundl(
            slope * log2_1p(static_cast<long double>(x < 0 ? 0 : x) * decay));
        ASSERT_LE(points - std::min(static_cast<Micros>(decayed), row.weight),
                  price.silent_30_days_micropoints)
            << x;
      }
    }
  }
}

// No bound of v1 is more than three micropoints above what can happen.
TEST(PriceListTest, BoundsAreTight) {
  const Algorithm table = V1();
  const std::vector<msg::PriceLine> prices = PriceList(table);
  for (size_t r = 0; r < table.rows.size(); ++r) {
    const Row& row = table.rows[r];
    SCOPED_TRACE(Name(row.factor));
    const Curve curve(row.weight, row.full_marks);
    const auto full = static_cast<long double>(row.full_marks) / kOne;
    EXPECT_GE(row.weight - curve.At(row.full_marks / 2) + 3,
              prices[r].doubled_micropoints);
    EXPECT_GE(row.weight - curve.At(row.full_marks / 10) + 3,
              prices[r].tenfold_micropoints);
    if (row.half_life_units > 0) {
      const long double left = full * exp2l(-30.0L / row.half_life_units);
      const long double lost = static_cast<long double>(row.weight) *
                               (1 - log2l(1 + left) / log2l(1 + full));
      EXPECT_GE(lost + 3,
                static_cast<long double>(prices[r].silent_30_days_micropoints));
    }
  }
}

}  // namespace
}  // namespace influence
