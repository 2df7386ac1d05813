#include "cli/basics/decimal.h"

#include <string>

#include "gtest/gtest.h"

namespace influence::cli {
namespace {

struct Good {
  std::string text;
  int64_t want_micros;
};

class ParsesExactly : public testing::TestWithParam<Good> {};

TEST_P(ParsesExactly, ToTheMillionth) {
  std::string why = "untouched";
  const auto micros = ParseMicros(GetParam().text, &why);
  ASSERT_TRUE(micros.has_value()) << GetParam().text << " " << why;
  EXPECT_EQ(*micros, GetParam().want_micros) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Forms, ParsesExactly,
    testing::Values(Good{"0", 0}, Good{"12", 12'000'000},
                    Good{"12.5", 12'500'000}, Good{".5", 500'000},
                    Good{"12.", 12'000'000}, Good{"+3", 3'000'000},
                    Good{"+.25", 250'000}, Good{"007", 7'000'000},
                    Good{"0.000001", 1}, Good{"0.1", 100'000},
                    // 0.1 + 0.2 and 2^53 + 1 are the classic casualties of
                    // floating point.
                    Good{"0.3", 300'000},
                    Good{"9007199254.740993", 9'007'199'254'740'993},
                    Good{"10000000000", 10'000'000'000'000'000},
                    Good{"999999999999.999999", 999'999'999'999'999'999}));

INSTANTIATE_TEST_SUITE_P(
    HalfToEven, ParsesExactly,
    testing::Values(Good{"0.0000004", 0}, Good{"0.0000005", 0},
                    Good{"0.0000006", 1}, Good{"0.0000015", 2},
                    Good{"0.0000025", 2}, Good{"0.0000035", 4},
                    // A tie is only a tie if nothing follows, however late.
                    Good{"0.00000050", 0}, Good{"0.000000500000000001", 1},
                    Good{"0.0000025" + std::string(500, '0'), 2},
                    Good{"0.0000025" + std::string(500, '0') + "1", 3},
                    Good{"0.0000024" + std::string(500, '9'), 2},
                    // The carry goes all the way up.
                    Good{"0.9999995", 1'000'000}, Good{"1.9999994", 1'999'999},
                    Good{"99.9999999", 100'000'000},
                    Good{std::string(500, '0') + "5", 5'000'000}));

struct Bad {
  std::string text;
  std::string want_why;
};

class Refuses : public testing::TestWithParam<Bad> {};

TEST_P(Refuses, WithAReason) {
  std::string why;
  EXPECT_FALSE(ParseMicros(GetParam().text, &why).has_value())
      << GetParam().text;
  EXPECT_NE(why.find(GetParam().want_why), std::string::npos)
      << GetParam().text << " " << why;
}

constexpr char kNotDecimal[] = "not a decimal number";

INSTANTIATE_TEST_SUITE_P(
    Hostile, Refuses,
    testing::Values(Bad{"", kNotDecimal}, Bad{".", kNotDecimal},
                    Bad{"+", kNotDecimal}, Bad{"-", kNotDecimal},
                    Bad{"+-5", kNotDecimal}, Bad{"--5", kNotDecimal},
                    Bad{"1e5", kNotDecimal}, Bad{"1E5", kNotDecimal},
                    Bad{"1,000", kNotDecimal}, Bad{"1'000", kNotDecimal},
                    Bad{"1_000", kNotDecimal}, Bad{" 1", kNotDecimal},
                    Bad{"1 ", kNotDecimal}, Bad{"1 000", kNotDecimal},
                    Bad{"1.2.3", kNotDecimal}, Bad{"0x10", kNotDecimal},
                    Bad{"nan", kNotDecimal}, Bad{"inf", kNotDecimal},
                    Bad{"-inf", kNotDecimal}, Bad{"1\n", kNotDecimal},
                    Bad{std::string("1\0", 2), kNotDecimal},
                    Bad{"\xd9\xa1", kNotDecimal},  // an Arabic-Indic one
                    Bad{"-5", "negative"}, Bad{"-0", "negative"},
                    Bad{"-.5", "negative"}, Bad{"1000000000000", "too large"},
                    Bad{std::string(10'000, '9'), "too large"}));

}  // namespace
}  // namespace influence::cli
