// The library's codec against libprotobuf: the same acceptance in, the same
// bytes out, over well-formed messages and over hundreds of thousands of
// broken ones.
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/client.h"
#include "tests/random_profiles.h"
#include "tests/wire/agreement.h"

namespace influence::testing {
namespace {

std::string Text(std::mt19937_64& rng, uint64_t longest) {
  constexpr const char* kPieces[] = {
      "a", "Z", " ", "\x1b", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
  std::string text;
  for (uint64_t n = rng() % (longest + 1); text.size() < n;) {
    text += kPieces[rng() % 7];
  }
  return text;
}

wire::ScoreRequest RandomRequest(std::mt19937_64& rng) {
  wire::ScoreRequest request;
  request.set_algorithm(rng() % 64 == 0 ? Text(rng, 8) : "v1");
  if (rng() % 2 == 0) {
    request.set_as_of_days(static_cast<int32_t>(rng() % 3'000'000));
  }
  if (rng() % 4 == 0) request.set_detail(wire::DETAIL_SCORE);
  if (rng() % 4 == 0) {
    request.set_rendering(static_cast<wire::Rendering>(rng() % 3));
  }
  for (uint64_t n = rng() % 4; n > 0; --n) {
    wire::Profile* profile = request.add_profiles();
    *profile = RandomProfile(rng);
    if (rng() % 8 == 0) profile->set_id(Text(rng, 300));
    if (rng() % 64 == 0) {
      for (int i = 0; i < 62; ++i)
        *profile->add_accounts() = RandomAccount(rng);
    }
    for (wire::Account& account : *profile->mutable_accounts()) {
      if (rng() % 8 == 0) account.set_network(Text(rng, 70));
      if (rng() % 64 == 0) {
        SetSignal(&account, static_cast<int>(rng() % 10),
                  static_cast<int64_t>(rng()));
      }
    }
  }
  return request;
}

wire::Algorithm RandomAlgorithm(std::mt19937_64& rng) {
  wire::Algorithm algorithm;
  algorithm.set_id("acme/" + std::to_string(rng() % 1000));
  const int rows = 1 + static_cast<int>(rng() % 6);
  for (int i = 0; i < rows; ++i) {
    wire::Row* row = algorithm.add_rows();
    row->set_factor(static_cast<wire::Factor>(i + 1));
    row->set_weight_micropoints(100'000'000 / rows +
                                (i == 0 ? 100'000'000 % rows : 0));
    row->set_full_marks_micros(
        1'000'000 + static_cast<int64_t>(rng() >> (11 + rng() % 30)));
    row->set_half_life_days(static_cast<int32_t>(rng() % 100));
    wire::SignalValue* count = row->add_counts();
    count->set_signal(static_cast<wire::Signal>(i + 1));
    count->set_value_micros(static_cast<int64_t>(1 + rng() % 10'000'000));
  }
  return algorithm;
}

TEST(Oracle, ReadsAndWritesWellFormedMessagesAsProtobufDoes) {
  std::mt19937_64 rng(2);
  for (int i = 0; i < 20'000; ++i) {
    const std::string bytes = i % 8 == 0
                                  ? RandomAlgorithm(rng).SerializeAsString()
                                  : RandomRequest(rng).SerializeAsString();
    ASSERT_EQ(Disagreement(bytes), "") << "message " << i;
  }
}

TEST(Oracle, ScoresCustomAlgorithmsIntoBytesThatProtobufWritesToo) {
  std::mt19937_64 rng(3);
  int made = 0;
  for (int i = 0; i < 2'000; ++i) {
    const wire::Algorithm algorithm = RandomAlgorithm(rng);
    if (algorithm.rows(0).full_marks_micros() > kLimit) continue;
    bool admissible = true;
    for (const wire::Row& row : algorithm.rows()) {
      admissible &= row.full_marks_micros() <= kLimit;
    }
    if (!admissible) continue;
    const Client client = Client::Custom(algorithm);
    wire::ScoreRequest request = client.NewRequest();
    for (int n = 0; n < 10; ++n) *request.add_profiles() = RandomProfile(rng);
    const Answer answer = client.ScoreBytes(request.SerializeAsString());
    ASSERT_EQ(answer.status, INFLUENCE_OK) << answer.message;
    wire::ScoreResponse response;
    ASSERT_TRUE(response.ParseFromString(answer.bytes));
    ASSERT_EQ(response.SerializeAsString(), answer.bytes);
    ++made;
  }
  EXPECT_GT(made, 500);
}

TEST(Oracle, WritesTheListOfAlgorithmsAsProtobufDoes) {
  influence_bytes list = {nullptr, 0};
  ASSERT_EQ(influence_algorithm_list(&list), INFLUENCE_OK);
  const std::string bytes(reinterpret_cast<const char*>(list.data), list.size);
  influence_bytes_free(&list);
  EXPECT_EQ(ListAlgorithms().SerializeAsString(), bytes);
}

std::string Varint(uint64_t value, int extra_bytes = 0) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
  // The same value, longer than it need be.
  for (; extra_bytes > 0; --extra_bytes) {
    out.back() = static_cast<char>(out.back() | 0x80);
    out += '\0';
  }
  return out;
}

// A field of any number and wire type, well-formed or nearly so.
std::string RandomField(std::mt19937_64& rng, int depth) {
  const uint64_t number =
      rng() % 4 == 0 ? rng() >> (35 + rng() % 29) : rng() % 12;
  const uint64_t type = rng() % 8;
  const int extra = rng() % 16 == 0 ? static_cast<int>(rng() % 6) : 0;
  std::string field = Varint(number << 3 | type, extra);
  switch (type) {
    case 0:
      return field + Varint(rng() >> (rng() % 64), extra);
    case 1:
      return field + std::string(8, 'x');
    case 2: {
      std::string inner;
      for (uint64_t n = rng() % 3; n > 0 && depth < 4; --n) {
        inner += RandomField(rng, depth + 1);
      }
      return field + Varint(inner.size() + (rng() % 32 == 0 ? 1 : 0), extra) +
             inner;
    }
    case 3:
      if (depth < 4) field += RandomField(rng, depth + 1);
      return field + (rng() % 8 == 0 ? "" : Varint(number << 3 | 4));
    case 5:
      return field + std::string(4, 'y');
    default:
      return field;
  }
}

void Mutate(std::mt19937_64& rng, std::string* bytes) {
  for (uint64_t n = 1 + rng() % 3; n > 0; --n) {
    const size_t at = bytes->empty() ? 0 : rng() % bytes->size();
    switch (rng() % 6) {
      case 0:
        if (!bytes->empty()) (*bytes)[at] = static_cast<char>(rng());
        break;
      case 1:
        bytes->insert(at, RandomField(rng, 0));
        break;
      case 2:
        bytes->erase(at, 1 + rng() % 4);
        break;
      case 3:
        bytes->resize(at);
        break;
      case 4:
        *bytes += RandomField(rng, 0);
        break;
      default:
        if (!bytes->empty()) (*bytes)[at] ^= static_cast<char>(1 << rng() % 8);
    }
  }
}

TEST(Oracle, AcceptsExactlyWhatProtobufAccepts) {
  std::mt19937_64 rng(4);
  std::vector<std::string> seeds;
  for (int i = 0; i < 500; ++i) {
    wire::ScoreRequest request = RandomRequest(rng);
    if (i % 2 == 0) request.clear_profiles();
    if (request.profiles_size() > 1) request.mutable_profiles()->RemoveLast();
    seeds.push_back(i % 10 == 0 ? RandomAlgorithm(rng).SerializeAsString()
                                : request.SerializeAsString());
  }
  for (int i = 0; i < 300'000; ++i) {
    std::string bytes = seeds[rng() % seeds.size()];
    Mutate(rng, &bytes);
    const std::string fault = Disagreement(bytes);
    if (fault.empty()) continue;
    std::string hex;
    for (const char c : bytes) {
      constexpr char kHex[] = "0123456789abcdef";
      hex += kHex[static_cast<unsigned char>(c) >> 4];
      hex += kHex[static_cast<unsigned char>(c) & 15];
    }
    FAIL() << fault << ", mutation " << i << ": " << hex;
  }
}

TEST(Oracle, NestsUnknownGroupsAsDeepAsProtobufDoes) {
  for (int depth = 95; depth <= 105; ++depth) {
    std::string groups;
    for (int i = 0; i < depth; ++i) groups += '\x7b';  // field 15 begins
    for (int i = 0; i < depth; ++i) groups += '\x7c';  // field 15 ends
    const std::string head("\x0a\x02v1", 4);
    EXPECT_EQ(Disagreement(head + groups), "") << depth;
    const std::string profile = "\x1a" + Varint(groups.size()) + groups;
    EXPECT_EQ(Disagreement(head + profile), "") << depth << " in a profile";
    const std::string account = "\x12" + Varint(groups.size()) + groups;
    EXPECT_EQ(Disagreement(head + "\x1a" + Varint(account.size()) + account),
              "")
        << depth << " in an account";
  }
}

}  // namespace
}  // namespace influence::testing
