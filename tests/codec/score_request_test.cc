// Every limit of a request, on both sides, and which fault is reported when
// there are several.
#include "codec/hot/score_request.h"

#include <cstdint>
#include <functional>
#include <string>

#include "codec/codec.h"
#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "model/error.h"
#include "model/profile.h"

namespace influence {
namespace {

std::string Describe(const Error& error) {
  return error.ok()
             ? "OK"
             : std::string(UpperName(error.code())) + " " + error.field();
}

TEST(ReadRequest, KeepsItsLimits) {
  const struct {
    const char* what;
    std::function<void(abi1::ScoreRequest*)> edit;
    const char* want;
  } kCases[] = {
      {"the first day", [](auto* r) { r->set_as_of_days(0); }, "OK"},
      {"before it", [](auto* r) { r->set_as_of_days(-1); },
       "OUT_OF_RANGE as_of_days"},
      {"9999-12-31", [](auto* r) { r->set_as_of_days(2'932'896); }, "OK"},
      {"after it", [](auto* r) { r->set_as_of_days(2'932'897); },
       "OUT_OF_RANGE as_of_days"},
      {"an unknown detail",
       [](auto* r) { r->set_detail(static_cast<abi1::Detail>(2)); },
       "INVALID_ARGUMENT detail"},
      {"a negative detail",
       [](auto* r) { r->set_detail(static_cast<abi1::Detail>(-1)); },
       "INVALID_ARGUMENT detail"},
      {"a ledger in Markdown",
       [](auto* r) { r->set_rendering(abi1::RENDERING_MARKDOWN); }, "OK"},
      {"an unknown rendering",
       [](auto* r) { r->set_rendering(static_cast<abi1::Rendering>(3)); },
       "INVALID_ARGUMENT rendering"},
      {"a negative rendering",
       [](auto* r) { r->set_rendering(static_cast<abi1::Rendering>(-1)); },
       "INVALID_ARGUMENT rendering"},
      {"a score without a rendering",
       [](auto* r) { r->set_detail(abi1::DETAIL_SCORE); }, "OK"},
      {"a score in words",
       [](auto* r) {
         r->set_detail(abi1::DETAIL_SCORE);
         r->set_rendering(abi1::RENDERING_TEXT);
       },
       "INVALID_ARGUMENT rendering"},
      {"65,536 profiles",
       [](auto* r) {
         while (r->profiles_size() < 65'536) r->add_profiles();
       },
       "OK"},
      {"65,537 profiles",
       [](auto* r) {
         while (r->profiles_size() < 65'537) r->add_profiles();
       },
       "TOO_LARGE profiles"},
  };
  for (const auto& c : kCases) {
    abi1::ScoreRequest message;
    message.set_algorithm("v1");
    c.edit(&message);
    const std::string bytes = message.SerializeAsString();
    Request request;
    EXPECT_EQ(Describe(ReadRequest(bytes, &request)), c.want) << c.what;
  }
}

TEST(ReadRequest, ReportsTextThatIsNotUtf8BeforeAllElse) {
  const std::string bytes(
      "\x10\xff\xff\xff\xff\x0f"  // as_of_days
      "\x20\x09"                  // detail
      "\x2a\x01\xff",             // fingerprint
      11);
  Request request;
  EXPECT_EQ(Describe(ReadRequest(bytes, &request)), "INVALID_UTF8 fingerprint");
  // And bytes that are no message before that.
  EXPECT_EQ(Describe(ReadRequest(bytes + '\x07', &request)), "MALFORMED ");
}

TEST(ReadProfile, KeepsItsLimits) {
  const struct {
    const char* what;
    std::function<void(abi1::Profile*)> edit;
    const char* want;
  } kCases[] = {
      {"nothing", [](auto*) {}, "OK"},
      {"an id of 256 bytes", [](auto* p) { p->set_id(std::string(256, 'i')); },
       "OK"},
      {"an id of 257 bytes", [](auto* p) { p->set_id(std::string(257, 'i')); },
       "TOO_LARGE id"},
      {"a network of 64 bytes",
       [](auto* p) { p->add_accounts()->set_network(std::string(64, 'n')); },
       "OK"},
      {"a network of 65 bytes",
       [](auto* p) { p->add_accounts()->set_network(std::string(65, 'n')); },
       "TOO_LARGE accounts[0].network"},
      {"64 accounts",
       [](auto* p) {
         while (p->accounts_size() < 64) p->add_accounts();
       },
       "OK"},
      {"65 accounts",
       [](auto* p) {
         while (p->accounts_size() < 65) p->add_accounts();
       },
       "TOO_LARGE accounts"},
      {"a signal of 0",
       [](auto* p) { p->add_accounts()->set_mentions_micros(0); }, "OK"},
      {"a signal at its limit",
       [](auto* p) {
         p->add_accounts()->set_mentions_micros(10'000'000'000'000'000);
       },
       "OK"},
      {"a signal over it",
       [](auto* p) {
         p->add_accounts();
         p->add_accounts()->set_endorsements_micros(10'000'000'000'000'001);
       },
       "OUT_OF_RANGE accounts[1].endorsements_micros"},
      {"a signal under 0",
       [](auto* p) { p->add_accounts()->set_quotes_micros(-1); },
       "OUT_OF_RANGE accounts[0].quotes_micros"},
      {"the smallest number",
       [](auto* p) { p->add_accounts()->set_likes_micros(INT64_MIN); },
       "OUT_OF_RANGE accounts[0].likes_micros"},
      {"two signals out of range",
       [](auto* p) {
         p->add_accounts()->set_likes_micros(-1);
         p->mutable_accounts(0)->set_saves_micros(-1);
       },
       "OUT_OF_RANGE accounts[0].saves_micros"},
      {"a person who opted out", [](auto* p) { p->set_opted_out(true); },
       "OPTED_OUT opted_out"},
      {"a person who opted out, with a signal out of range",
       [](auto* p) {
         p->set_opted_out(true);
         p->add_accounts()->set_likes_micros(-1);
       },
       "OPTED_OUT opted_out"},
      {"two faults: the first account's",
       [](auto* p) {
         p->set_id(std::string(257, 'i'));
         p->add_accounts()->set_likes_micros(-1);
         p->add_accounts()->set_network(std::string(65, 'n'));
       },
       "OUT_OF_RANGE accounts[0].likes_micros"},
  };
  for (const auto& c : kCases) {
    abi1::Profile message;
    c.edit(&message);
    const std::string bytes = message.SerializeAsString();
    Profile profile;
    EXPECT_EQ(Describe(ReadProfile(bytes, &profile)), c.want) << c.what;
    // The table codec and the path by hand read the same.
    msg::Profile decoded;
    ASSERT_TRUE(Decode(bytes, &decoded).ok());
    EXPECT_EQ(Describe(ReadProfile(decoded, &profile)), c.want) << c.what;
  }
}

// The largest id is kept of a profile that is refused; a larger one is not.
TEST(ReadProfile, KeepsWhatCanBeReadOfTheId) {
  abi1::Profile message;
  message.add_accounts()->set_likes_micros(-1);
  Profile profile;
  for (const size_t size : {0u, 1u, 256u, 257u}) {
    message.set_id(std::string(size, 'i'));
    const std::string bytes = message.SerializeAsString();
    EXPECT_FALSE(ReadProfile(bytes, &profile).ok());
    EXPECT_EQ(profile.id, std::string(size <= 256 ? size : 0, 'i'));
  }
  // "\xff" as an id, and one after which the message breaks off.
  EXPECT_EQ(Describe(ReadProfile("\x0a\x01\xff", &profile)), "INVALID_UTF8 id");
  EXPECT_EQ(profile.id, "");
  EXPECT_EQ(Describe(ReadProfile("\x0a\x02id\x12", &profile)), "MALFORMED ");
  EXPECT_EQ(profile.id, "id");
}

TEST(ReadProfile, LeavesNothingOfTheProfileBefore) {
  abi1::Profile message;
  message.set_id("somebody");
  message.add_accounts()->set_likes_micros(1);
  const std::string first = message.SerializeAsString();
  Profile profile;
  ASSERT_TRUE(ReadProfile(first, &profile).ok());
  ASSERT_EQ(profile.id, "somebody");
  ASSERT_EQ(profile.accounts.size(), 1u);
  ASSERT_TRUE(ReadProfile("", &profile).ok());
  EXPECT_EQ(profile.id, "");
  EXPECT_TRUE(profile.accounts.empty());
}

}  // namespace
}  // namespace influence
