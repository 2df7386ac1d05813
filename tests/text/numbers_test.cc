#include "text/numbers.h"

#include <cstdint>
#include <string>

#include "gtest/gtest.h"
#include "model/algorithm.h"

namespace influence {
namespace {

TEST(NumbersTest, Quantity) {
  struct Case {
    Micros value;
    const char* want;
  };
  const Case cases[] = {
      {0, "0"},
      {1, "0.000001"},
      {250'000, "0.25"},
      {999'999, "0.999999"},
      {kOne, "1"},
      {1'500'000, "1.5"},
      {1'000'010, "1.00001"},
      {12 * kOne, "12"},
      {999 * kOne, "999"},
      {1'000 * kOne, "1,000"},
      {1'234'500'000, "1,234.5"},
      {99'999 * kOne, "99,999"},
      {100'000 * kOne, "100,000"},
      {1'000'000 * kOne, "1,000,000"},
      {1'234'567'000'001, "1,234,567.000001"},
      {kMaxFullMarks, "10,000,000,000"},
      {kMaxQuantity, "6,400,000,000,000"},
  };
  for (const Case& c : cases) EXPECT_EQ(FormatQuantity(c.value), c.want);
}

TEST(NumbersTest, Micros) {
  struct Case {
    Micros value;
    const char* want;
  };
  const Case cases[] = {
      {0, "0.000000"},
      {1, "0.000001"},
      {-1, "-0.000001"},
      {999'999, "0.999999"},
      {-999'999, "-0.999999"},
      {kOne, "1.000000"},
      {-kOne, "-1.000000"},
      {36'901'409, "36.901409"},
      {-12'000'034, "-12.000034"},
      {kFullScore, "100.000000"},
      {-kFullScore, "-100.000000"},
      {INT64_MAX, "9223372036854.775807"},
      {INT64_MIN, "-9223372036854.775808"},
  };
  for (const Case& c : cases) EXPECT_EQ(FormatMicros(c.value), c.want);
}

TEST(NumbersTest, HundredthsRoundHalfUp) {
  struct Case {
    Micros value;
    const char* want;
  };
  const Case cases[] = {
      {0, "0.00"},           {4'999, "0.00"},        {5'000, "0.01"},
      {-5'000, "0.00"},      {-5'001, "-0.01"},      {-1'127'459, "-1.13"},
      {-4'677'441, "-4.68"}, {-4'675'000, "-4.67"},  {-4'675'001, "-4.68"},
      {1'090'000, "1.09"},   {kFullScore, "100.00"}, {-kFullScore, "-100.00"},
  };
  for (const Case& c : cases) EXPECT_EQ(FormatHundredths(c.value), c.want);
}

TEST(NumbersTest, WholeUnitsRoundHalfToEven) {
  struct Case {
    Micros value;
    const char* want;
  };
  const Case cases[] = {
      {0, "0"},           {499'999, "0"},      {500'000, "0"},
      {500'001, "1"},     {1'499'999, "1"},    {1'500'000, "2"},
      {19'499'999, "19"}, {19'500'000, "20"},  {20'500'000, "20"},
      {20'500'001, "21"}, {99'500'000, "100"}, {kFullScore, "100"},
  };
  for (const Case& c : cases) EXPECT_EQ(FormatMicros(c.value, 0), c.want);
}

TEST(NumbersTest, FewerDecimalsRoundHalfToEven) {
  struct Case {
    Micros value;
    int decimals;
    const char* want;
  };
  const Case cases[] = {
      {1'234'565, 5, "1.23456"},
      {1'234'575, 5, "1.23458"},
      {-1'234'575, 5, "-1.23458"},
      {999'999, 3, "1.000"},
      {-499'999, 0, "0"},
      {-500'000, 0, "0"},
      {-500'001, 0, "-1"},
      {-4, 5, "0.00000"},
      {INT64_MAX, 0, "9223372036855"},
      {INT64_MIN, 1, "-9223372036854.8"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(FormatMicros(c.value, c.decimals), c.want);
  }
}

TEST(NumbersTest, RoundedUp) {
  struct Case {
    Micros value;
    const char* want;
  };
  const Case cases[] = {
      {0, "0.00"},         {1, "0.01"},         {2'570'000, "2.57"},
      {2'570'001, "2.58"}, {2'999'999, "3.00"}, {kFullScore, "100.00"},
  };
  for (const Case& c : cases) EXPECT_EQ(FormatRoundedUp(c.value), c.want);
}

TEST(NumbersTest, Count) {
  EXPECT_EQ(FormatCount(0), "0");
  EXPECT_EQ(FormatCount(999), "999");
  EXPECT_EQ(FormatCount(1'000), "1,000");
  EXPECT_EQ(FormatCount(UINT64_MAX), "18,446,744,073,709,551,615");
}

}  // namespace
}  // namespace influence
