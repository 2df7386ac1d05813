#include "cli/basics/characters.h"
#include "cli/basics/input_columns.h"
#include "cli/basics/printable.h"
#include "gtest/gtest.h"

namespace influence::cli {
namespace {

TEST(Text, PrintableKeepsTextAndDefusesControls) {
  EXPECT_EQ(Printable("ada \xc3\xa9 \xf0\x9f\x98\x80"),
            "ada \xc3\xa9 \xf0\x9f\x98\x80");
  EXPECT_EQ(Printable("\x1b[31m"), "\\x1b[31m");
  EXPECT_EQ(Printable("a\nb\x7f"), "a\\x0ab\\x7f");
  EXPECT_EQ(Printable("\xc2\x9b"), "\\xc2\\x9b");  // CSI in one character
  EXPECT_EQ(Printable("\xc2\xa0"), "\xc2\xa0");
  EXPECT_EQ(Printable("a\xff\xc3"), "a\\xff\\xc3");
}

TEST(Text, QuotedCutsBetweenCharacters) {
  EXPECT_EQ(Quoted("ada"), "'ada'");
  EXPECT_EQ(Quoted(std::string(39, 'a') + "\xc3\xa9zz"),
            "'" + std::string(39, 'a') + "\xc3\xa9...'");
  EXPECT_EQ(Quoted(std::string(40, 'a')), "'" + std::string(40, 'a') + "'");
}

TEST(Text, CsvCell) {
  EXPECT_EQ(CsvCell("ada"), "ada");
  EXPECT_EQ(CsvCell("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvCell("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(CsvCell("a\nb"), "\"a\nb\"");
}

TEST(Text, TablesAlignByCharacters) {
  EXPECT_EQ(AlignedTable({{"id", "n"}, {"\xc3\xa9\xc3\xa9\xc3\xa9", "12"}}),
            "id    n\n\xc3\xa9\xc3\xa9\xc3\xa9  12\n");
  EXPECT_EQ(MarkdownTable({{"id", "n"}, {"a|b\n", "1"}}),
            "| id | n |\n|---|---:|\n| a\\|b\\\\x0a | 1 |\n");
}

TEST(Text, NamesAreTheEnumsWithoutTheirPrefix) {
  EXPECT_EQ(FactorName(abi1::FACTOR_ATTENTION), "attention");
  EXPECT_EQ(SignalName(abi1::SIGNAL_MENTIONS), "mentions");
  EXPECT_EQ(BandName(abi1::BAND_VERY_HIGH), "very high");
}

// The columns are written here once more than in influence.proto.
TEST(Columns, AreTheFieldsOfAnAccount) {
  const google::protobuf::Descriptor* type = abi1::Account::descriptor();
  ASSERT_EQ(static_cast<size_t>(type->field_count()),
            kColumns - kNetworkColumn);
  EXPECT_EQ(type->field(0)->name(), kColumnNames[kNetworkColumn]);
  for (size_t i = kFirstSignalColumn; i < kColumns; ++i) {
    const auto* field = type->field(static_cast<int>(i - kNetworkColumn));
    EXPECT_EQ(field->name(), std::string(kColumnNames[i]) + "_micros");
    abi1::Account account;
    SetSignal(&account, i, 7);
    EXPECT_EQ(account.GetReflection()->GetInt64(account, field), 7);
  }
  EXPECT_EQ(FindColumn("likes_micros"), std::nullopt);
  EXPECT_EQ(FindColumn(""), std::nullopt);
  EXPECT_EQ(FindColumn("id"), kIdColumn);
}

}  // namespace
}  // namespace influence::cli
