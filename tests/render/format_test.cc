#include "render/format.h"

#include <string>

#include "base/utf8.h"
#include "gtest/gtest.h"
#include "model/algorithm.h"

namespace influence {
namespace {

TEST(FormatTest, Quantity) {
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

TEST(FormatTest, Points) {
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
  };
  for (const Case& c : cases) EXPECT_EQ(FormatPoints(c.value), c.want);
}

TEST(FormatTest, HundredthsRoundHalfUp) {
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

TEST(FormatTest, WholePointsRoundHalfToEven) {
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
  for (const Case& c : cases) EXPECT_EQ(FormatWholePoints(c.value), c.want);
}

TEST(FormatTest, Printable) {
  struct Case {
    const char* why;
    std::string text, want;
  };
  const Case cases[] = {
      {"empty", "", ""},
      {"plain text", "Ada L. #1 <b>", "Ada L. #1 <b>"},
      {"letters of the world", "\xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80",
       "\xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80"},
      {"NUL", std::string("a\0b", 3), "a\\x00b"},
      {"line breaks", "a\nb\rc\td", "a\\x0ab\\x0dc\\x09d"},
      {"an escape sequence", "\x1b[31mred", "\\x1b[31mred"},
      {"the last of C0", "\x1f", "\\x1f"},
      {"DEL", "\x7f", "\\x7f"},
      {"U+0080 and U+009F, C1", "\xc2\x80\xc2\x9f", "\\xc2\\x80\\xc2\\x9f"},
      {"U+00A0 is no control", "\xc2\xa0", "\xc2\xa0"},
      {"U+061C", "\xd8\x9c", "\\xd8\\x9c"},
      {"U+061B and U+061D", "\xd8\x9b\xd8\x9d", "\xd8\x9b\xd8\x9d"},
      {"U+200D joins emoji", "\xe2\x80\x8d", "\xe2\x80\x8d"},
      {"U+200E and U+200F", "\xe2\x80\x8e\xe2\x80\x8f",
       "\\xe2\\x80\\x8e\\xe2\\x80\\x8f"},
      {"U+2010 is a hyphen", "\xe2\x80\x90", "\xe2\x80\x90"},
      {"U+2027", "\xe2\x80\xa7", "\xe2\x80\xa7"},
      {"U+2028, a line separator", "\xe2\x80\xa8", "\\xe2\\x80\\xa8"},
      {"U+202E, right to left",
       "a\xe2\x80\xae"
       "b",
       "a\\xe2\\x80\\xae"
       "b"},
      {"U+202F is a space", "\xe2\x80\xaf", "\xe2\x80\xaf"},
      {"U+2065", "\xe2\x81\xa5", "\xe2\x81\xa5"},
      {"U+2066 and U+2069, isolates", "\xe2\x81\xa6\xe2\x81\xa9",
       "\\xe2\\x81\\xa6\\xe2\\x81\\xa9"},
      {"U+206A", "\xe2\x81\xaa", "\xe2\x81\xaa"},
      {"controls in a row", "\n\n", "\\x0a\\x0a"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Printable(c.text), c.want) << c.why;
    EXPECT_TRUE(IsUtf8(Printable(c.text))) << c.why;
  }
}

TEST(FormatTest, MarkdownText) {
  struct Case {
    std::string text, want;
  };
  const Case cases[] = {
      {"", ""},
      {"ada", "ada"},
      {"*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"},
      {"[a](b)", "\\[a\\]\\(b\\)"},
      {"![a]", "\\!\\[a\\]"},
      {"a|b", "a\\|b"},
      {"<script>&amp;", "\\<script\\>\\&amp;"},
      {"# 1. + - {x} ~s~", "\\# 1\\. \\+ \\- \\{x\\} \\~s\\~"},
      {"back\\slash", "back\\\\slash"},
      {"a\nb", "a\\\\x0ab"},  // the \x escape is shown, not taken
      {"\xc3\xa9", "\xc3\xa9"},
  };
  for (const Case& c : cases) EXPECT_EQ(MarkdownText(c.text), c.want);
}

}  // namespace
}  // namespace influence
