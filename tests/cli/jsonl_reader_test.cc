#include "cli/read/people/jsonl_reader.h"

#include <string>

#include "gtest/gtest.h"

namespace influence::cli {
namespace {

TEST(JsonlReader, ReadsEveryColumn) {
  const JsonRow row = ReadJsonRow(
      R"( {"id":"ada","network":"x","mentions":1,"replies":2,"saves":3,)"
      R"("likes":4,"reshares":5,"quotes":6,"listings":7,"followers":8,)"
      R"("standing":9.5,"endorsements":10} )",
      false);
  EXPECT_EQ(row.fault, "");
  EXPECT_EQ(row.id, "ada");
  EXPECT_EQ(row.account.network(), "x");
  EXPECT_EQ(row.account.mentions_micros(), 1'000'000);
  EXPECT_EQ(row.account.replies_micros(), 2'000'000);
  EXPECT_EQ(row.account.saves_micros(), 3'000'000);
  EXPECT_EQ(row.account.likes_micros(), 4'000'000);
  EXPECT_EQ(row.account.reshares_micros(), 5'000'000);
  EXPECT_EQ(row.account.quotes_micros(), 6'000'000);
  EXPECT_EQ(row.account.listings_micros(), 7'000'000);
  EXPECT_EQ(row.account.followers_micros(), 8'000'000);
  EXPECT_EQ(row.account.standing_micros(), 9'500'000);
  EXPECT_EQ(row.account.endorsements_micros(), 10'000'000);
  EXPECT_EQ(row.columns[kIdColumn], 8u);
  EXPECT_EQ(row.columns[kNetworkColumn], 24u);
}

TEST(JsonlReader, NullAndAbsentAreUnknown) {
  const JsonRow row =
      ReadJsonRow(R"({"id":"a","network":null,"likes":null,"saves":0})", false);
  EXPECT_EQ(row.fault, "");
  EXPECT_FALSE(row.account.has_likes_micros());
  EXPECT_FALSE(row.account.has_replies_micros());
  EXPECT_TRUE(row.account.has_saves_micros());
}

TEST(JsonlReader, NumbersAreTakenAsText) {
  const auto followers = [](const std::string& number) {
    const JsonRow row =
        ReadJsonRow(R"({"id":"a","followers": )" + number + ",\"x\":1}", true);
    EXPECT_EQ(row.fault, "") << number;
    return row.account.followers_micros();
  };
  EXPECT_EQ(followers("9007199254.740993"), 9'007'199'254'740'993);
  EXPECT_EQ(followers("0.1"), 100'000);
  EXPECT_EQ(followers("0.0000005"), 0);
  EXPECT_EQ(followers("0.00000050000000000000000000000000001"), 1);
  EXPECT_EQ(followers("0.0000015"), 2);
  EXPECT_EQ(followers("12"), 12'000'000);
}

struct Bad {
  std::string line;
  size_t want_column;
  std::string want_fault;
  std::string want_id;
};

class Refuses : public testing::TestWithParam<Bad> {};

TEST_P(Refuses, SayingWhere) {
  const JsonRow row = ReadJsonRow(GetParam().line, false);
  EXPECT_NE(row.fault.find(GetParam().want_fault), std::string::npos)
      << GetParam().line << " " << row.fault;
  EXPECT_EQ(row.column, GetParam().want_column) << GetParam().line;
  EXPECT_EQ(row.id, GetParam().want_id) << GetParam().line;
}

constexpr char kNotObject[] = "not a JSON object";

INSTANTIATE_TEST_SUITE_P(
    Hostile, Refuses,
    testing::Values(
        Bad{"5", 1, kNotObject, ""}, Bad{"null", 1, kNotObject, ""},
        Bad{"\"a\"", 1, kNotObject, ""}, Bad{"[]", 1, kNotObject, ""},
        Bad{"{", 2, kNotObject, ""}, Bad{"{}", 1, "no id", ""},
        Bad{R"({"id":"a"} x)", 12, kNotObject, "a"},
        Bad{R"({"id":"a",})", 11, kNotObject, "a"},
        Bad{"{\"id\":\"a\xff\"}", 9, "not UTF-8", ""},
        Bad{"{\"id\":\"a\",\"network\":\"\xc3\"}", 22, "not UTF-8", "a"},
        Bad{"{'id':'a'}", 2, kNotObject, ""},
        Bad{R"({"id":"a","likes":NaN})", 19, kNotObject, "a"},
        Bad{R"({"id":"a","likes":01})", 20, kNotObject, "a"},
        Bad{R"({"id":"a","likes":"3"})", 19, "likes: is text", "a"},
        Bad{R"({"id":"a","likes": true})", 20, "likes: is true or false", "a"},
        Bad{R"({"id":"a","likes":[1]})", 19, "likes: is an array", "a"},
        Bad{R"({"id":"a","likes":{"id":"b"}})", 19, "likes: is an object", "a"},
        Bad{R"({"id":"a","likes":-1})", 19, "'-1' is negative", "a"},
        Bad{R"({"id":"a","likes":-0})", 19, "'-0' is negative", "a"},
        Bad{R"({"id":"a","likes":1e5})", 19, "'1e5' is not a decimal", "a"},
        Bad{R"({"id":"a","likes":1.5E+2})", 19, "not a decimal", "a"},
        Bad{R"({"id":"a","likes":1e999})", 23, "too large", "a"},
        Bad{R"({"id":"a","likes":12345678901234567890123})", 19, "too large",
            "a"},
        Bad{R"({"id":7})", 7, "id: is a number", ""},
        Bad{R"({"id":null})", 7, "id: is null", ""},
        Bad{R"({"id":""})", 7, "id: is empty", ""},
        Bad{R"({"id":"a","network":5})", 21, "network: is a number", "a"},
        Bad{R"({"id":"a","likes":1,"likes":1})", 29, "likes: occurs twice",
            "a"},
        Bad{R"({"id":"a","fans":1})", 18, "fans: is not a known name", "a"},
        Bad{R"({"id":"a","Likes":1})", 19, "Likes: is not a known name", "a"},
        // The person is known even if their id comes after the fault, so that
        // they are not scored from their other rows.
        Bad{R"({"likes":-1,"id":"a"})", 10, "'-1' is negative", "a"}));

TEST(JsonlReader, ExtraKeysMayHoldAnythingIfAllowed) {
  const JsonRow row = ReadJsonRow(
      R"({"id":"a","x":{"id":"b","likes":"?","y":[{"likes":-1}]},"likes":2})",
      true);
  EXPECT_EQ(row.fault, "");
  EXPECT_EQ(row.id, "a");
  EXPECT_EQ(row.account.likes_micros(), 2'000'000);
}

TEST(JsonlReader, DeepNestingIsNoDanger) {
  const std::string deep(1'000'000, '[');
  EXPECT_NE(ReadJsonRow("{\"id\":\"a\",\"x\":" + deep, true).fault, "");
}

}  // namespace
}  // namespace influence::cli
