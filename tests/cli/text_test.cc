#include "cli/basics/input_columns.h"
#include "cli/basics/printable.h"
#include "gtest/gtest.h"

namespace influence::cli {
namespace {

TEST(Text, QuotedCutsBetweenCharacters) {
  EXPECT_EQ(Quoted("ada"), "'ada'");
  EXPECT_EQ(Quoted(std::string(39, 'a') + "\xc3\xa9zz"),
            "'" + std::string(39, 'a') + "\xc3\xa9...'");
  EXPECT_EQ(Quoted(std::string(40, 'a')), "'" + std::string(40, 'a') + "'");
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
