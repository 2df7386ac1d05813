#include "text/escape.h"

#include <string>

#include "base/utf8.h"
#include "gtest/gtest.h"

namespace influence {
namespace {

TEST(EscapeTest, Printable) {
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
      {"bytes that are not UTF-8", "a\xff\xc3", "a\\xff\\xc3"},
      {"a surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Printable(c.text), c.want) << c.why;
    EXPECT_TRUE(IsUtf8(Printable(c.text))) << c.why;
  }
}

TEST(EscapeTest, MarkdownText) {
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

// Punctuation that only a line's beginning makes a heading, a list or a rule
// is escaped too: a topic or a name may stand there.
TEST(EscapeTest, MarkdownTextAtTheBeginningOfALine) {
  EXPECT_EQ(MarkdownText("# big"), "\\# big");
  EXPECT_EQ(MarkdownText("- item"), "\\- item");
  EXPECT_EQ(MarkdownText("+ item"), "\\+ item");
  EXPECT_EQ(MarkdownText("1. one"), "1\\. one");
  EXPECT_EQ(MarkdownText("1) one"), "1\\) one");
  EXPECT_EQ(MarkdownText("---"), "\\-\\-\\-");
}

// CommonMark has no other punctuation that needs it: whatever is escaped has
// one backslash and is ASCII punctuation.
TEST(EscapeTest, MarkdownTextOfEveryByte) {
  for (char c = 0x20; c < 0x7f; ++c) {
    const std::string text = MarkdownText(std::string(1, c));
    EXPECT_EQ(text.back(), c);
    EXPECT_LE(text.size(), 2u);
    const bool is_word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                         (c >= 'A' && c <= 'Z') || c == ' ';
    EXPECT_TRUE(!is_word || text.size() == 1) << text;
    EXPECT_TRUE(text.size() == 1 || text[0] == '\\') << text;
  }
}

TEST(EscapeTest, ShortenedCutsBetweenCharacters) {
  const std::string a(39, 'a');
  EXPECT_EQ(Shortened("ada", 40), "ada");
  EXPECT_EQ(Shortened(a + "a", 40), a + "a");
  EXPECT_EQ(Shortened(a + "\xc3\xa9zz", 40), a + "\xc3\xa9...");
  EXPECT_EQ(Shortened("\n\n", 1), "\\x0a...");
}

TEST(EscapeTest, HtmlText) {
  EXPECT_EQ(HtmlText("<a b=\"c\">'&'"),
            "&lt;a b=&quot;c&quot;&gt;&#39;&amp;&#39;");
  EXPECT_EQ(HtmlText("a\nb"), "a\\x0ab");
}

TEST(EscapeTest, JsonString) {
  EXPECT_EQ(JsonString(""), "\"\"");
  EXPECT_EQ(JsonString("a\"b\\"), "\"a\\\"b\\\\\"");
  EXPECT_EQ(JsonString("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"");
  EXPECT_EQ(JsonString(std::string(1, '\0')), "\"\\u0000\"");
  EXPECT_EQ(JsonString("\x1b\x7f"), "\"\\u001b\\u007f\"");
  EXPECT_EQ(JsonString("/\xc3\xa9\xe2\x80\xae"), "\"/\xc3\xa9\xe2\x80\xae\"");
}

TEST(EscapeTest, CsvCell) {
  EXPECT_EQ(CsvCell("ada"), "ada");
  EXPECT_EQ(CsvCell("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvCell("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(CsvCell("a\nb"), "\"a\nb\"");
  EXPECT_EQ(CsvCell("a\rb"), "\"a\rb\"");
}

// RFC 4648, section 10.
TEST(EscapeTest, Base64) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(Base64("\xff\xef"), "/+8=");
}

}  // namespace
}  // namespace influence
