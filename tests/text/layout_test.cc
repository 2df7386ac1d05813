#include "text/layout.h"

#include <string>

#include "gtest/gtest.h"

namespace influence {
namespace {

TEST(LayoutTest, WidthIsInCharacters) {
  EXPECT_EQ(WidthOf(""), 0u);
  EXPECT_EQ(WidthOf("ada"), 3u);
  EXPECT_EQ(WidthOf("\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80"), 3u);
}

TEST(LayoutTest, WrapsAtSpaces) {
  EXPECT_EQ(Wrapped(""), "  ");
  EXPECT_EQ(Wrapped("two words"), "  two words");
  EXPECT_EQ(Wrapped("two  spaces"), "  two  spaces");
  const std::string half(39, 'a'), rest(38, 'b');
  // 2 + 39 + 1 + 38 characters are 80.
  EXPECT_EQ(Wrapped(half + " " + rest), "  " + half + " " + rest);
  EXPECT_EQ(Wrapped(half + " " + rest + "c"),
            "  " + half + "\n      " + rest + "c");
  // A character of several bytes is one.
  EXPECT_EQ(Wrapped(half + " " + rest.substr(1) + "\xc3\xa9"),
            "  " + half + " " + rest.substr(1) + "\xc3\xa9");
}

TEST(LayoutTest, AWordThatIsTooWideStandsAlone) {
  const std::string wide(100, 'a');
  EXPECT_EQ(Wrapped(wide), "  " + wide);
  EXPECT_EQ(Wrapped("a " + wide + " b"), "  a\n      " + wide + "\n      b");
}

TEST(LayoutTest, TablesAlignByCharacters) {
  EXPECT_EQ(AlignedTable({}), "");
  EXPECT_EQ(AlignedTable({{"id", "n"}, {"\xc3\xa9\xc3\xa9\xc3\xa9", "12"}}),
            "id    n\n\xc3\xa9\xc3\xa9\xc3\xa9  12\n");
  EXPECT_EQ(AlignedTable({{"a", "b", "c"}, {"x", "", "1"}, {"y", "2"}}),
            "a  b  c\nx     1\ny  2\n");
}

TEST(LayoutTest, AStyleSaysWhereColumnsAreAligned) {
  EXPECT_EQ(AlignedTable({{"n", "what", "x"}, {"12", "ab", "y"}}, {"rl", 0}),
            " n  what  x\n12  ab    y\n");
}

TEST(LayoutTest, ARuleUnderTheLastNumbers) {
  EXPECT_EQ(AlignedTable({{"a", "n", "why"}, {"x", "1", "z"}, {"all", "1", ""}},
                         {"lrl", 2, true}),
            "  a    n  why\n  x    1  z\n       -\n  all  1\n");
}

TEST(LayoutTest, MarkdownTablesTakeCellsAsTheyAre) {
  EXPECT_EQ(MarkdownTable({{"id", "n"}, {"a\\|b", "1.5"}}),
            "| id | n |\n|---|---:|\n| a\\|b | 1.5 |\n");
  EXPECT_EQ(MarkdownTable({{"a", "b", "c"}}, {"lrl"}),
            "| a | b | c |\n|---|---:|---|\n");
}

}  // namespace
}  // namespace influence
