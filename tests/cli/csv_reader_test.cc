#include "cli/read/csv_reader.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace influence::cli {
namespace {

// Records as "a|b|c", faults as "!line:column reason", one after the other.
std::vector<std::string> ReadAll(std::string_view text) {
  CsvReader reader(text);
  std::vector<Cell> record;
  std::vector<std::string> out;
  for (;;) {
    switch (reader.Next(&record)) {
      case CsvReader::Outcome::kEnd:
        return out;
      case CsvReader::Outcome::kFault:
        out.push_back(absl::StrCat("!", reader.fault().line, ":",
                                   reader.fault().column, " ",
                                   reader.fault().reason));
        break;
      case CsvReader::Outcome::kRecord:
        out.emplace_back();
        for (const Cell& cell : record) {
          absl::StrAppend(&out.back(), &cell == &record[0] ? "" : "|",
                          cell.text);
        }
        break;
    }
  }
}

using Lines = std::vector<std::string>;

TEST(CsvReader, ReadsWhatRfc4180Allows) {
  EXPECT_EQ(ReadAll(""), Lines());
  EXPECT_EQ(ReadAll("a"), Lines({"a"}));
  EXPECT_EQ(ReadAll("a,b\n1,2\n"), Lines({"a|b", "1|2"}));
  EXPECT_EQ(ReadAll("a,b\r\n1,2\r\n"), Lines({"a|b", "1|2"}));
  EXPECT_EQ(ReadAll("a,b\n1,2"), Lines({"a|b", "1|2"}));
  EXPECT_EQ(ReadAll("a,,\n,,b\n,\n"), Lines({"a||", "||b", "|"}));
  EXPECT_EQ(ReadAll("\"a\",\"\"\n"), Lines({"a|"}));
  EXPECT_EQ(ReadAll("\"a,b\",\"say \"\"hi\"\"\""), Lines({"a,b|say \"hi\""}));
  EXPECT_EQ(ReadAll("\"\"\"\"\n"), Lines({"\""}));
  EXPECT_EQ(ReadAll("\"a\nb\r\nc\",d\ne,f"), Lines({"a\nb\r\nc|d", "e|f"}));
  EXPECT_EQ(ReadAll("\xef\xbb\xbf\"a\",b"), Lines({"a|b"}));
  EXPECT_EQ(ReadAll("\n\r\na\n\nb\n\n"), Lines({"a", "b"}));
  EXPECT_EQ(ReadAll(" a , b "), Lines({" a | b "}));  // nothing is trimmed
  EXPECT_EQ(ReadAll("\xc3\xa9,\xf0\x9f\x98\x80"),
            Lines({"\xc3\xa9|\xf0\x9f\x98\x80"}));
}

TEST(CsvReader, SaysWhereAndWhy) {
  EXPECT_EQ(ReadAll("a,b\"c\n"),
            Lines({"!1:4 a quote inside an unquoted cell"}));
  EXPECT_EQ(ReadAll("x\n\"a\"b,c\n"),
            Lines({"x", "!2:4 text after a closing quote"}));
  EXPECT_EQ(ReadAll("x\n1,\"a\nb\n"),
            Lines({"x", "!2:3 this quote is never closed", "b"}));
  EXPECT_EQ(ReadAll("a\rb\n"),
            Lines({"!1:2 a carriage return without line feed"}));
  EXPECT_EQ(ReadAll(std::string_view("a,b\0c\n", 6)),
            Lines({"!1:4 a NUL byte"}));
  EXPECT_EQ(ReadAll(std::string_view("\"b\0\"\n", 5)),
            Lines({"!1:3 a NUL byte"}));
  EXPECT_EQ(ReadAll("\""), Lines({"!1:1 this quote is never closed"}));
}

TEST(CsvReader, RefusesWhatIsNotUtf8) {
  constexpr char kReason[] = "bytes that are not UTF-8";
  for (const char* bad :
       {"\x80", "\xff", "\xc0\xaf", "\xc3", "\xe0\x80\xaf", "\xed\xa0\x80",
        "\xf4\x90\x80\x80", "\xf0\x8f\xbf\xbf", "\xe2\x82"}) {
    EXPECT_EQ(ReadAll(absl::StrCat("ok,a", bad, ",b\nnext")),
              Lines({absl::StrCat("!1:5 ", kReason), "next"}));
    EXPECT_EQ(ReadAll(absl::StrCat("\"a\nb", bad, "\",c\nnext"))[0],
              absl::StrCat("!2:2 ", kReason));
  }
}

TEST(CsvReader, AFaultCostsOneLine) {
  EXPECT_EQ(ReadAll("a\n\"b\nc,d\n\"e\"\"\n"),
            Lines({"a", "!4:2 text after a closing quote", "c|d",
                   "!4:1 this quote is never closed"}));
}

TEST(CsvReader, PositionsCountBytesAndLines) {
  CsvReader reader("\"1\n2\",\xc3\xa9,x\ny,z\n", 7);
  std::vector<Cell> record;
  ASSERT_EQ(reader.Next(&record), CsvReader::Outcome::kRecord);
  ASSERT_EQ(record.size(), 3u);
  EXPECT_EQ(record[0].line, 7u);
  EXPECT_EQ(record[0].column, 1u);
  EXPECT_EQ(record[1].line, 8u);
  EXPECT_EQ(record[1].column, 4u);
  EXPECT_EQ(record[2].column, 7u);
  EXPECT_EQ(reader.raw(), "\"1\n2\",\xc3\xa9,x");
  ASSERT_EQ(reader.Next(&record), CsvReader::Outcome::kRecord);
  ASSERT_EQ(record.size(), 2u);
  EXPECT_EQ(record[1].line, 9u);
  EXPECT_EQ(record[1].column, 3u);
}

TEST(CsvReader, AfterAFaultTheCellsBeforeItAreThere) {
  CsvReader reader("a,b,c\"d,e\r\nf\n");
  std::vector<Cell> record;
  ASSERT_EQ(reader.Next(&record), CsvReader::Outcome::kFault);
  ASSERT_EQ(record.size(), 2u);
  EXPECT_EQ(record[1].text, "b");
  EXPECT_EQ(reader.raw(), "a,b,c\"d,e");
}

// Whatever the bytes, reading ends, with at most one outcome a byte.
TEST(CsvReader, EndsOnEverySmallText) {
  constexpr std::string_view kAlphabet("a,\"\n\r\0\xc3\xa9", 8);
  constexpr size_t kLength = 6;
  size_t total = 1;
  for (size_t i = 0; i < kLength; ++i) total *= kAlphabet.size();
  size_t records = 0;
  for (size_t n = 0; n < total; ++n) {
    std::string text;
    for (size_t rest = n; text.size() < kLength; rest /= kAlphabet.size()) {
      text += kAlphabet[rest % kAlphabet.size()];
    }
    const size_t outcomes = ReadAll(text).size();
    ASSERT_LE(outcomes, kLength) << testing::PrintToString(text);
    records += outcomes;
  }
  EXPECT_GT(records, total / 2);
}

}  // namespace
}  // namespace influence::cli
