#include "base/civil.h"

#include "gtest/gtest.h"

namespace influence {
namespace {

struct Case {
  const char* text;
  int64_t days;
};
constexpr Case kCases[] = {
    {"1970-01-01", 0},        {"1969-12-31", -1},
    {"1970-03-01", 59},       {"2000-02-29", 11'016},
    {"2000-03-01", 11'017},   {"2026-01-31", 20'484},
    {"1900-02-28", -25'509},  {"1900-03-01", -25'508},
    {"0001-01-01", -719'162}, {"9999-12-31", 2'932'896},
};

TEST(CivilTest, TextAndBack) {
  for (const Case& c : kCases) {
    EXPECT_EQ(DayText(c.days), c.text);
    EXPECT_EQ(ReadDay(c.text), c.days) << c.text;
  }
}

// Day after day, counted by the lengths of the months.
TEST(CivilTest, EveryDayOfTenThousandYears) {
  constexpr int kLengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int64_t days = -719'162;
  for (int64_t year = 1; year <= 9'999; ++year) {
    const bool leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    for (int month = 1; month <= 12; ++month) {
      const int length = kLengths[month - 1] + (month == 2 && leaps ? 1 : 0);
      for (int day = 1; day <= length; ++day, ++days) {
        ASSERT_EQ(DaysOf({year, month, day}), days);
        const CivilDay civil = CivilOf(days);
        ASSERT_EQ(civil.year, year);
        ASSERT_EQ(civil.month, month);
        ASSERT_EQ(civil.day, day);
      }
    }
  }
  EXPECT_EQ(days, 2'932'897);
}

TEST(CivilTest, NothingForAnyOtherText) {
  for (const char* text :
       {"", "2026-1-31", "2026-02-29", "2026-04-31", "2026-00-01", "2026-13-01",
        "2026-01-00", "2026-01-32", "0000-01-01", "2026/01/31", "2026-01-31Z",
        " 2026-01-3", "+026-01-31", "-001-01-01"}) {
    EXPECT_FALSE(ReadDay(text).has_value()) << text;
  }
}

TEST(CivilTest, TheDayOfASecond) {
  EXPECT_EQ(DayOfSecond(0), 0);
  EXPECT_EQ(DayOfSecond(86'399), 0);
  EXPECT_EQ(DayOfSecond(86'400), 1);
  EXPECT_EQ(DayOfSecond(-1), -1);
  EXPECT_EQ(DayOfSecond(-86'400), -1);
  EXPECT_EQ(DayOfSecond(-86'401), -2);
}

}  // namespace
}  // namespace influence
