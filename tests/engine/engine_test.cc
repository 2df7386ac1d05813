// What a call refuses as a whole, and what a response says of its request.
#include "engine/engine.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "algorithm/fingerprint.h"
#include "base/sha256.h"
#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "insight/price_list.h"
#include "tests/builders.h"
#include "tests/words.h"

namespace influence {
namespace {

std::unique_ptr<Engine> NewV1() {
  std::unique_ptr<Engine> engine;
  EXPECT_TRUE(Engine::NewReleased("v1", &engine).ok());
  return engine;
}

abi1::Algorithm CustomTable() {
  abi1::Algorithm algorithm;
  algorithm.set_id("acme/v1");
  abi1::Row* row = algorithm.add_rows();
  row->set_factor(abi1::FACTOR_AUDIENCE);
  row->set_weight_micropoints(kFullScore);
  row->set_full_marks_micros(kOne);
  abi1::SignalValue* count = row->add_counts();
  count->set_signal(abi1::SIGNAL_FOLLOWERS);
  count->set_value_micros(kOne);
  return algorithm;
}

// `message` with an unknown field that fills it up to `size` bytes.
std::string Padded(std::string message, size_t size) {
  const size_t length = size - message.size() - 5;
  message += "\x7a";  // field 15
  for (int i = 0; i < 4; ++i) {
    const size_t more = i < 3 ? 0x80 : 0;
    message += static_cast<char>((length >> (7 * i) & 0x7f) | more);
  }
  return message + std::string(length, 'x');
}

template <typename Message>
Message Parsed(const ByteBuffer& buffer) {
  Message message;
  EXPECT_TRUE(
      message.ParseFromArray(buffer.data(), static_cast<int>(buffer.size())));
  return message;
}

TEST(EngineTest, ReleasedIdsAreExact) {
  struct Case {
    std::string id, want;
  };
  const Case cases[] = {
      {"", "'' is not released; there are: v1, v2"},
      {"V1", "'V1' is not"},
      {"v9", "'v9' is not"},
      {"latest", "'latest' is not"},
      {std::string("v1\0", 3), "'v1?' is not"},
      {"\x1b\xff~", "'??~' is not"},
      {std::string(64, 'a'), "'" + std::string(64, 'a') + "' is not"},
      {std::string(65, 'a'), "'" + std::string(64, 'a') + "...' is not"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.id);
    std::unique_ptr<Engine> engine;
    const Error error = Engine::NewReleased(c.id, &engine);
    EXPECT_EQ(error.code(), Code::kUnknownAlgorithm);
    EXPECT_EQ(error.field(), "algorithm");
    EXPECT_EQ(error.message().find(c.want), 0u) << error.message();
    EXPECT_EQ(engine, nullptr);
  }
}

TEST(EngineTest, CustomTables) {
  const std::string valid = CustomTable().SerializeAsString();
  struct Case {
    const char* why;
    std::string bytes;
    Code want_code;
    const char* want_field;
  };
  const Case cases[] = {
      {"valid", valid, Code::kOk, ""},
      {"64 KiB", Padded(valid, 65'536), Code::kOk, ""},
      {"64 KiB and a byte", Padded(valid, 65'537), Code::kTooLarge,
       "algorithm"},
      {"empty", "", Code::kInvalidAlgorithm, "id"},
      {"cut short", valid.substr(0, valid.size() - 1), Code::kMalformed, ""},
      {"not UTF-8", valid + "\x0a\x01\xff", Code::kInvalidUtf8, "id"},
      {"the last id counts", valid + "\x0a\x02v1", Code::kInvalidAlgorithm,
       "id"},
      {"factor 257", valid + "\x12\x03\x08\x81\x02", Code::kInvalidAlgorithm,
       "rows[1].factor"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.why);
    std::unique_ptr<Engine> engine;
    const Error error = Engine::NewCustom(c.bytes, &engine);
    EXPECT_EQ(error.code(), c.want_code) << error.ToString();
    EXPECT_EQ(error.field(), c.want_field);
    EXPECT_EQ(engine != nullptr, error.ok());
  }
}

TEST(EngineTest, Describe) {
  ByteBuffer buffer;
  NewV1()->Describe(&buffer);
  const auto v1 = Parsed<abi1::AlgorithmDescription>(buffer);
  EXPECT_EQ(v1.algorithm().id(), "v1");
  EXPECT_EQ(v1.fingerprint(), Fingerprint(V1()));
  EXPECT_TRUE(v1.released());
  const std::vector<msg::PriceLine> prices = PriceList(V1());
  ASSERT_EQ(v1.prices_size(), static_cast<int>(prices.size()));
  for (size_t i = 0; i < prices.size(); ++i) {
    EXPECT_EQ(v1.prices(static_cast<int>(i)).tenfold_micropoints(),
              prices[i].tenfold_micropoints);
  }

  std::unique_ptr<Engine> engine;
  ASSERT_TRUE(
      Engine::NewCustom(CustomTable().SerializeAsString(), &engine).ok());
  ByteBuffer custom;
  engine->Describe(&custom);
  const auto description = Parsed<abi1::AlgorithmDescription>(custom);
  EXPECT_FALSE(description.released());
  EXPECT_EQ(description.algorithm().SerializeAsString(),
            CustomTable().SerializeAsString());
}

TEST(EngineTest, RefusesWhatIsNotForIt) {
  const std::string print = Fingerprint(V1());
  std::string upper = print;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  struct Case {
    std::string algorithm, fingerprint;
    const char* want_field;  // empty: accepted
    const char* want_message;
  };
  const Case cases[] = {
      {"v1", "", "", ""},
      {"v1", print, "", ""},
      {"", "", "algorithm", "is empty; this engine is 'v1'"},
      {"v2", "", "algorithm", "is 'v2'; this engine is 'v1'"},
      {"acme/v1", print, "algorithm", "is 'acme/v1'"},
      {"v1 ", "", "algorithm", "is 'v1 '"},
      {"v1", upper, "fingerprint", "this engine's is"},
      {"v1", print.substr(1), "fingerprint", "this engine's is"},
      {"v1", "0", "fingerprint", "is '0'; this engine's is"},
  };
  const std::unique_ptr<Engine> engine = NewV1();
  for (const Case& c : cases) {
    SCOPED_TRACE(c.algorithm + ", " + c.fingerprint);
    abi1::ScoreRequest request;
    request.set_algorithm(c.algorithm);
    request.set_fingerprint(c.fingerprint);
    ByteBuffer response;
    const Error error = engine->Score(request.SerializeAsString(), &response);
    EXPECT_EQ(error.code(),
              *c.want_field ? Code::kAlgorithmMismatch : Code::kOk);
    EXPECT_EQ(error.field(), c.want_field);
    EXPECT_NE(error.message().find(c.want_message), std::string::npos)
        << error.message();
  }
}

// What has to be equal for two results to be comparable.
TEST(EngineTest, IdentityIsOfTheseVeryBytes) {
  const std::unique_ptr<Engine> engine = NewV1();
  const std::string minimal = "\x0a\x02v1";
  for (const std::string& request :
       {minimal, minimal + std::string("\x10\x00", 2),
        minimal + "\x10\xa0\x9c\x01", minimal + "\x0a\x02v1"}) {
    ByteBuffer buffer;
    ASSERT_TRUE(engine->Score(request, &buffer).ok());
    const auto response = Parsed<abi1::ScoreResponse>(buffer);
    const abi1::Identity& identity = response.identity();
    EXPECT_EQ(identity.algorithm(), "v1");
    EXPECT_EQ(identity.fingerprint(), Fingerprint(V1()));
    EXPECT_EQ(identity.library_version(), LibraryVersion());
    EXPECT_EQ(identity.input_digest(), Sha256Hex(request));
    abi1::ScoreRequest sent;
    ASSERT_TRUE(sent.ParseFromString(request));
    EXPECT_EQ(identity.has_as_of_days(), sent.has_as_of_days());
    EXPECT_EQ(identity.as_of_days(), sent.as_of_days());
    EXPECT_EQ(response.results_size(), 0);
  }
}

// One request, one of each: the results keep its order, and a fault names its
// place in it.
TEST(EngineTest, EachProfileHasItsOwnResult) {
  abi1::ScoreRequest request;
  request.set_algorithm("v1");
  request.set_rendering(abi1::RENDERING_TEXT);
  for (const char* id : {"a", "b", "c"}) {
    abi1::Profile* profile = request.add_profiles();
    profile->set_id(id);
    profile->add_accounts()->set_followers_micros(10'000'000 * kOne);
  }
  request.mutable_profiles(1)->add_accounts()->set_saves_micros(-1);
  ByteBuffer buffer;
  ASSERT_TRUE(NewV1()->Score(request.SerializeAsString(), &buffer).ok());
  const auto response = Parsed<abi1::ScoreResponse>(buffer);
  ASSERT_EQ(response.results_size(), 3);
  for (int i = 0; i < 3; ++i) {
    const abi1::Result& result = response.results(i);
    EXPECT_EQ(result.id(), request.profiles(i).id());
    EXPECT_EQ(result.has_error(), i == 1);
    if (result.has_error()) continue;
    EXPECT_EQ(result.ledger().score_micropoints(), 18 * kOne);
    EXPECT_EQ(result.text().find(testing::Say("title", {{"id", result.id()},
                                                        {"points", "18"},
                                                        {"band", "minimal"},
                                                        {"algorithm", "v1"}}) +
                                 "\n"),
              0u);
  }
  EXPECT_EQ(response.results(1).error().code(), abi1::CODE_OUT_OF_RANGE);
  EXPECT_EQ(response.results(1).error().field(),
            "profiles[1].accounts[1].saves_micros");
  EXPECT_EQ(response.results(1).text(), "");
}

TEST(EngineTest, RequestsUpToSixteenMebibytes) {
  const std::unique_ptr<Engine> engine = NewV1();
  constexpr size_t kLimit = size_t{16} << 20;
  ByteBuffer response;
  EXPECT_TRUE(engine->Score(Padded("\x0a\x02v1", kLimit), &response).ok());
  const Error error =
      engine->Score(Padded("\x0a\x02v1", kLimit + 1), &response);
  EXPECT_EQ(error.code(), Code::kTooLarge);
  EXPECT_EQ(error.field(), "request");
  EXPECT_NE(error.message().find("16777217 bytes"), std::string::npos)
      << error.message();
}

// About 5 KB of ledger and text for every profile.
TEST(EngineTest, ResponsesUpToTheirLimit) {
  abi1::ScoreRequest request;
  request.set_algorithm("v1");
  request.set_rendering(abi1::RENDERING_TEXT);
  for (size_t i = 0; i < kMaxProfiles; ++i) {
    abi1::Profile* profile = request.add_profiles();
    for (int a = 0; a < 14; ++a) {
      abi1::Account* account = profile->add_accounts();
      account->set_mentions_micros(1);
      account->set_quotes_micros(1);
      account->set_listings_micros(1);
    }
  }
  const std::string bytes = request.SerializeAsString();
  ASSERT_LE(bytes.size(), kMaxRequestBytes);
  ByteBuffer response;
  const Error error = NewV1()->Score(bytes, &response);
  EXPECT_EQ(error.code(), Code::kTooLarge);
  EXPECT_NE(error.message().find("ask for fewer profiles at a time"),
            std::string::npos)
      << error.message();
  // It stops at the first result that is over, not at the end.
  EXPECT_GT(response.size(), kMaxResponseBytes);
  EXPECT_LT(response.size(), kMaxResponseBytes + 16'384);
}

}  // namespace
}  // namespace influence
