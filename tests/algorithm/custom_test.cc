#include "algorithm/custom.h"

#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/builders.h"

namespace influence {
namespace {

// Two rows, everything admissible.
Algorithm Valid() {
  return {"acme/v1",
          false,
          {{Factor::kAttention,
            60'000'000,
            100 * kOne,
            45,
            {{Signal::kMentions, kOne}, {Signal::kLikes, 250'000}}},
           {Factor::kAudience,
            40'000'000,
            1'000 * kOne,
            0,
            {{Signal::kFollowers, kOne}}}}};
}

TEST(ValidateCustomTest, EveryFault) {
  using Spoil = std::function<void(Algorithm&)>;
  const auto id = [](std::string text) -> Spoil {
    return [text = std::move(text)](Algorithm& a) { a.id = text; };
  };
  const auto weights = [](Micros first, Micros second) -> Spoil {
    return [=](Algorithm& a) {
      a.rows[0].weight = first;
      a.rows[1].weight = second;
    };
  };
  const auto full_marks = [](Micros value) -> Spoil {
    return [=](Algorithm& a) { a.rows[1].full_marks = value; };
  };
  const auto half_life = [](int32_t days) -> Spoil {
    return [=](Algorithm& a) { a.rows[1].half_life_units = days; };
  };
  const auto value = [](Micros micros) -> Spoil {
    return [=](Algorithm& a) { a.rows[0].counts[1].value = micros; };
  };
  struct Case {
    const char* name;
    Spoil spoil;
    const char* want_field;
    const char* want_message;  // a part of it
  };
  const Case cases[] = {
      {"no id", id(""), "id", "is empty"},
      {"a released id", id("v1"), "id", "without an owner are reserved"},
      {"an id not yet released", id("v9"), "id", "without an owner"},
      {"a draft's id", id("v1-draft"), "id", "without an owner"},
      {"latest", id("latest"), "id", "without an owner"},
      {"owner influence", id("influence/x"), "id",
       "the owner 'influence' is reserved"},
      {"owner libinfluence", id("libinfluence/x"), "id",
       "the owner 'libinfluence' is reserved"},
      {"reserved owner before a bad name", id("influence/"), "id", "reserved"},
      {"upper case", id("Acme/v1"), "id", "is not owner/name"},
      {"a space", id("acme/my scores"), "id", "is not owner/name"},
      {"not ASCII", id("acm\xc3\xa9/v1"), "id", "is not owner/name"},
      {"a control character", id("acme/v1\n"), "id", "is not owner/name"},
      {"a NUL", id(std::string("acme/v\0", 7)), "id", "is not owner/name"},
      {"two slashes", id("acme/v1/x"), "id", "is not owner/name"},
      {"a second slash in front", id("/acme/v1"), "id", "is not owner/name"},
      {"no owner but a slash", id("/v1"), "id", "is not owner/name"},
      {"no name but a slash", id("acme/"), "id", "is not owner/name"},
      {"a name that starts with a dot", id("acme/.v1"), "id",
       "a letter or digit first"},
      {"an owner that starts with a dash", id("-acme/v1"), "id",
       "a letter or digit first"},
      {"an id of 65 bytes", id("acme/" + std::string(60, 'x')), "id",
       "is longer than 64 bytes"},
      {"no rows", [](Algorithm& a) { a.rows.clear(); }, "rows", "is empty"},
      {"factor 0",
       [](Algorithm& a) { a.rows[1].factor = static_cast<Factor>(0); },
       "rows[1].factor", "is not a known factor"},
      {"factor 7",
       [](Algorithm& a) { a.rows[0].factor = static_cast<Factor>(7); },
       "rows[0].factor", "is not a known factor"},
      {"a factor twice",
       [](Algorithm& a) { a.rows[1].factor = Factor::kAttention; },
       "rows[1].factor", "attention has a row already, rows[0]"},
      {"seven rows",
       [](Algorithm& a) {
         a = V1();
         a.id = "acme/v1";
         a.rows.push_back(a.rows[0]);
       },
       "rows[6].factor", "attention has a row already, rows[0]"},
      {"weight 0", weights(kFullScore, 0), "rows[1].weight_micropoints",
       "0 is not in 1 .. 100000000"},
      {"a negative weight", weights(-1, 1), "rows[0].weight_micropoints",
       "-1 is not in 1 .. 100000000"},
      {"a weight too large", weights(kFullScore + 1, 1),
       "rows[0].weight_micropoints", "100000001 is not in 1 .. 100000000"},
      {"the largest integer as a weight", weights(INT64_MAX, 1),
       "rows[0].weight_micropoints", "is not in 1 .. 100000000"},
      {"weights one short", weights(60'000'000, 39'999'999), "rows",
       "sum to 99999999 micropoints, not 100000000"},
      {"weights one over", weights(60'000'000, 40'000'001), "rows",
       "sum to 100000001 micropoints, not 100000000"},
      {"full marks 0", full_marks(0), "rows[1].full_marks_micros",
       "0 is not in 1000000 .. 10000000000000000"},
      {"negative full marks", full_marks(-kOne), "rows[1].full_marks_micros",
       "-1000000 is not in"},
      {"full marks below one unit", full_marks(999'999),
       "rows[1].full_marks_micros", "999999 is not in 1000000 .."},
      {"full marks too large", full_marks(kMaxFullMarks + 1),
       "rows[1].full_marks_micros", "10000000000000001 is not in"},
      {"a negative half-life", half_life(-1), "rows[1].half_life_units",
       "-1 is not in 0 .. 36500"},
      {"a half-life too large", half_life(36'501), "rows[1].half_life_units",
       "36501 is not in 0 .. 36500"},
      {"no counts", [](Algorithm& a) { a.rows[1].counts.clear(); },
       "rows[1].counts", "is empty"},
      {"signal 0",
       [](Algorithm& a) {
         a.rows[0].counts[1].signal = static_cast<Signal>(0);
       },
       "rows[0].counts[1].signal", "is not a known signal"},
      {"signal 11",
       [](Algorithm& a) {
         a.rows[1].counts[0].signal = static_cast<Signal>(11);
       },
       "rows[1].counts[0].signal", "is not a known signal"},
      {"a signal twice in one row",
       [](Algorithm& a) { a.rows[0].counts[1].signal = Signal::kMentions; },
       "rows[0].counts[1].signal", "mentions is counted already, in rows[0]"},
      {"a signal in two rows",
       [](Algorithm& a) { a.rows[1].counts[0].signal = Signal::kLikes; },
       "rows[1].counts[0].signal", "likes is counted already, in rows[0]"},
      {"value 0", value(0), "rows[0].counts[1].value_micros",
       "0 is not in 1 .. 10000000"},
      {"a negative value", value(-250'000), "rows[0].counts[1].value_micros",
       "-250000 is not in 1 .. 10000000"},
      {"a value too large", value(kMaxRowValue + 1),
       "rows[0].counts[1].value_micros", "10000001 is not in 1 .. 10000000"},
      {"values that sum over the limit", value(9'000'001), "rows[0].counts",
       "sum to 10000001, over 10000000"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    Algorithm algorithm = Valid();
    c.spoil(algorithm);
    const Error error = ValidateCustom(&algorithm);
    EXPECT_EQ(error.code(), Code::kInvalidAlgorithm);
    EXPECT_EQ(error.field(), c.want_field);
    EXPECT_NE(error.message().find(c.want_message), std::string::npos)
        << error.message();
  }
}

TEST(ValidateCustomTest, AdmissibleIds) {
  for (const std::string& id :
       {std::string("acme/v1"), std::string("a/b"), std::string("0/9"),
        std::string("my-team_x.y/v2.1-beta_3"), std::string("influenced/v1"),
        "acme/" + std::string(59, 'x')}) {
    SCOPED_TRACE(id);
    Algorithm algorithm = Valid();
    algorithm.id = id;
    const Error error = ValidateCustom(&algorithm);
    EXPECT_TRUE(error.ok()) << error.ToString();
  }
}

TEST(ValidateCustomTest, SmallestAndLargestNumbers) {
  Algorithm algorithm = Valid();
  algorithm.rows[0].weight = 1;
  algorithm.rows[1].weight = kFullScore - 1;
  algorithm.rows[0].full_marks = kOne;
  algorithm.rows[0].counts[0].value = 1;
  algorithm.rows[0].counts[1].value = kMaxRowValue - 1;
  algorithm.rows[1].full_marks = kMaxFullMarks;
  algorithm.rows[1].counts[0].value = kMaxRowValue;
  algorithm.rows[1].half_life_units = kMaxHalfLifeUnits;
  const Error error = ValidateCustom(&algorithm);
  EXPECT_TRUE(error.ok()) << error.ToString();
}

// Six rows, all ten signals, every number at its upper limit.
TEST(ValidateCustomTest, LargestTable) {
  Algorithm algorithm{"acme/" + std::string(59, 'x'), false, {}};
  for (size_t i = 0; i < kFactorCount; ++i) {
    const auto factor = static_cast<Factor>(i + 1);
    algorithm.rows.push_back({factor,
                              factor == Factor::kAttention ? kFullScore - 5 : 1,
                              kMaxFullMarks,
                              kMaxHalfLifeUnits,
                              {{static_cast<Signal>(i + 1),
                                i == 0 ? kMaxRowValue - 4 : kMaxRowValue}}});
  }
  for (const Signal signal : {Signal::kListings, Signal::kFollowers,
                              Signal::kStanding, Signal::kEndorsements}) {
    algorithm.rows[0].counts.push_back({signal, 1});
  }
  const Error error = ValidateCustom(&algorithm);
  EXPECT_TRUE(error.ok()) << error.ToString();
}

TEST(ValidateCustomTest, OneRow) {
  Algorithm algorithm{
      "acme/v1",
      false,
      {{Factor::kEndorsement, kFullScore, kOne, 0, {{Signal::kLikes, 1}}}}};
  const Error error = ValidateCustom(&algorithm);
  EXPECT_TRUE(error.ok()) << error.ToString();
}

// Rows keep the owner's order: it is the ledger's. Counts do not.
TEST(ValidateCustomTest, SortsCountsOnly) {
  Algorithm algorithm = Valid();
  std::swap(algorithm.rows[0], algorithm.rows[1]);
  std::swap(algorithm.rows[1].counts[0], algorithm.rows[1].counts[1]);
  ASSERT_TRUE(ValidateCustom(&algorithm).ok());
  EXPECT_EQ(algorithm.rows[0].factor, Factor::kAudience);
  EXPECT_EQ(algorithm.rows[1].factor, Factor::kAttention);
  ASSERT_EQ(algorithm.rows[1].counts.size(), 2u);
  EXPECT_EQ(algorithm.rows[1].counts[0].signal, Signal::kMentions);
  EXPECT_EQ(algorithm.rows[1].counts[0].value, kOne);
  EXPECT_EQ(algorithm.rows[1].counts[1].signal, Signal::kLikes);
  EXPECT_EQ(algorithm.rows[1].counts[1].value, 250'000);
}

// Positions in a message are the caller's, not those after sorting.
TEST(ValidateCustomTest, ReportsPositionsAsGiven) {
  Algorithm algorithm = Valid();
  std::swap(algorithm.rows[0].counts[0], algorithm.rows[0].counts[1]);
  algorithm.rows[0].counts[0].value = 0;  // likes
  EXPECT_EQ(ValidateCustom(&algorithm).field(),
            "rows[0].counts[0].value_micros");
}

// A released table breaks no rule but that of the id.
TEST(ValidateCustomTest, ReleasedTablesAreAdmissible) {
  for (const std::string_view id : ReleasedIds()) {
    Algorithm algorithm = *FindReleased(id);
    EXPECT_EQ(ValidateCustom(&algorithm).field(), "id");
    algorithm.id = "acme/copy";
    const Error error = ValidateCustom(&algorithm);
    EXPECT_TRUE(error.ok()) << id << ": " << error.ToString();
  }
}

TEST(RegistryTest, FindsOnlyExactIds) {
  EXPECT_TRUE(FindReleased("v1").has_value());
  for (const std::string_view id :
       {"", "V1", "v1 ", "v", "v0", "latest", "acme/v1", "v1-draft"}) {
    EXPECT_FALSE(FindReleased(id).has_value()) << id;
  }
  EXPECT_FALSE(FindReleased(std::string_view("v1\0", 3)).has_value());
  for (const std::string_view id : ReleasedIds()) {
    const auto algorithm = FindReleased(id);
    ASSERT_TRUE(algorithm.has_value()) << id;
    EXPECT_EQ(algorithm->id, id);
    EXPECT_TRUE(algorithm->released);
  }
  ASSERT_FALSE(ReleasedIds().empty());
  EXPECT_EQ(ReleasedIds().front(), "v1");
}

}  // namespace
}  // namespace influence
