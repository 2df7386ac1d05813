// Each limit of influence.h through the C ABI: served at it, refused one above
// it; and what is refused as a whole is refused before memory is spent on it.
#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "tests/abi/counting_malloc.h"
#include "tests/client.h"

namespace influence::testing {
namespace {

constexpr long kMiB = 1 << 20;

// A call with how much memory it took at its height.
struct Measured {
  Answer answer;
  size_t response_bytes = 0;
  long peak_bytes = 0;
};

class LimitsTest : public ::testing::Test {
 protected:
  LimitsTest() { influence_engine_open("v1", &engine_, nullptr); }
  ~LimitsTest() override { influence_engine_free(engine_); }

  Measured Score(const std::string& request) {
    influence_bytes response = {nullptr, 0};
    influence_error* error = nullptr;
    Measured measured;
    const long before = LiveBytes();
    ForgetPeak();
    measured.answer.status = influence_score(
        engine_, reinterpret_cast<const uint8_t*>(request.data()),
        request.size(), &response, &error);
    measured.peak_bytes = PeakBytes() - before;
    measured.response_bytes = response.size;
    if (response.size < size_t{1} << 20) {
      measured.answer.bytes.assign(reinterpret_cast<const char*>(response.data),
                                   response.size);
    }
    measured.answer.message = TakeWords(error);
    influence_bytes_free(&response);
    return measured;
  }

  // The code of the one result of a request with that profile.
  abi1::Code CodeOf(const abi1::Profile& profile) {
    abi1::ScoreRequest request = NewRequest();
    *request.add_profiles() = profile;
    const Measured measured = Score(request.SerializeAsString());
    EXPECT_EQ(measured.answer.status, INFLUENCE_OK);
    abi1::ScoreResponse response;
    EXPECT_TRUE(response.ParseFromString(measured.answer.bytes));
    return response.results(0).error().code();
  }

  static abi1::ScoreRequest NewRequest() {
    abi1::ScoreRequest request;
    request.set_algorithm("v1");
    return request;
  }

  influence_engine* engine_ = nullptr;
};

// `bytes` as a message of that size, by a field that nobody knows.
std::string PaddedTo(std::string bytes, size_t size) {
  bytes += "\xfa\xe7\x07";  // field 15'999 as bytes
  const size_t rest = size - bytes.size() - 4;
  for (int i = 0; i < 4; ++i) {
    bytes += static_cast<char>((rest >> (7 * i) & 0x7f) | (i < 3 ? 0x80 : 0));
  }
  return bytes + std::string(rest, 'x');
}

// `depth` groups, each in the one before.
std::string Groups(int depth) {
  const auto count = static_cast<size_t>(depth);
  std::string bytes;
  for (size_t i = 0; i < count; ++i) bytes += "\xfb\xe7\x07";
  for (size_t i = 0; i < count; ++i) bytes += "\xfc\xe7\x07";
  return bytes;
}

TEST_F(LimitsTest, BytesOfARequest) {
  const std::string start = NewRequest().SerializeAsString();
  Measured got = Score(PaddedTo(start, INFLUENCE_MAX_REQUEST_BYTES));
  EXPECT_EQ(got.answer.status, INFLUENCE_OK);
  EXPECT_LT(got.peak_bytes, kMiB) << "an unknown field costs nothing";

  got = Score(PaddedTo(start, INFLUENCE_MAX_REQUEST_BYTES + 1));
  EXPECT_EQ(got.answer.status, INFLUENCE_TOO_LARGE);
  EXPECT_NE(got.answer.message.find("16777217"), std::string::npos);
  EXPECT_LT(got.peak_bytes, 4096);
}

TEST_F(LimitsTest, ProfilesOfARequest) {
  abi1::ScoreRequest request = NewRequest();
  request.set_detail(abi1::DETAIL_SCORE);
  while (request.profiles_size() < INFLUENCE_MAX_PROFILES) {
    request.add_profiles();
  }
  Measured got = Score(request.SerializeAsString());
  EXPECT_EQ(got.answer.status, INFLUENCE_OK) << got.answer.message;

  request.add_profiles();
  got = Score(request.SerializeAsString());
  EXPECT_EQ(got.answer.status, INFLUENCE_TOO_LARGE);
  EXPECT_NE(got.answer.message.find("profiles"), std::string::npos);
  // The list of where each profile is, and no result.
  EXPECT_LT(got.peak_bytes, 4 * kMiB);
}

TEST_F(LimitsTest, PartsOfAProfile) {
  const struct {
    const char* what;
    std::function<void(abi1::Profile*, size_t)> edit;
    size_t limit;
  } kCases[] = {
      {"accounts",
       [](abi1::Profile* p, size_t n) {
         while (p->accounts().size() < static_cast<int>(n)) p->add_accounts();
       },
       INFLUENCE_MAX_ACCOUNTS},
      {"an id",
       [](abi1::Profile* p, size_t n) { p->set_id(std::string(n, 'i')); },
       INFLUENCE_MAX_ID_BYTES},
      {"a network",
       [](abi1::Profile* p, size_t n) {
         p->add_accounts()->set_network(std::string(n, 'n'));
       },
       INFLUENCE_MAX_NETWORK_BYTES},
  };
  for (const auto& c : kCases) {
    abi1::Profile at, over;
    c.edit(&at, c.limit);
    c.edit(&over, c.limit + 1);
    EXPECT_EQ(CodeOf(at), abi1::CODE_OK) << c.what;
    EXPECT_EQ(CodeOf(over), abi1::CODE_TOO_LARGE) << c.what;
  }
}

TEST_F(LimitsTest, AMillionAccountsCostNothing) {
  abi1::ScoreRequest request = NewRequest();
  abi1::Profile* profile = request.add_profiles();
  for (int i = 0; i < 1'000'000; ++i) profile->add_accounts();
  const std::string bytes = request.SerializeAsString();
  const Measured got = Score(bytes);
  EXPECT_EQ(got.answer.status, INFLUENCE_OK);
  EXPECT_LT(got.peak_bytes, kMiB);
}

// 100 levels, of which the message itself is one for each that it is inside.
TEST_F(LimitsTest, DepthOfARequest) {
  const std::string start = NewRequest().SerializeAsString();
  EXPECT_EQ(Score(start + Groups(100)).answer.status, INFLUENCE_OK);
  EXPECT_EQ(Score(start + Groups(101)).answer.status, INFLUENCE_MALFORMED);
  // As deep as a request can be: no stack is spent on it.
  EXPECT_EQ(Score(start + Groups(2'700'000)).answer.status,
            INFLUENCE_MALFORMED);
}

TEST_F(LimitsTest, BytesOfAnAlgorithm) {
  abi1::Algorithm algorithm;
  algorithm.set_id("acme/one");
  abi1::Row* row = algorithm.add_rows();
  row->set_factor(abi1::FACTOR_AUDIENCE);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(1'000'000'000);
  abi1::SignalValue* count = row->add_counts();
  count->set_signal(abi1::SIGNAL_FOLLOWERS);
  count->set_value_micros(1'000'000);
  const auto make = [](const std::string& bytes) {
    influence_engine* engine = nullptr;
    const long before = LiveBytes();
    ForgetPeak();
    const influence_status status = influence_engine_open_custom(
        reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &engine,
        nullptr);
    EXPECT_LT(PeakBytes() - before, 64 * 1024);
    influence_engine_free(engine);
    return status;
  };
  const std::string start = algorithm.SerializeAsString();
  EXPECT_EQ(make(PaddedTo(start, INFLUENCE_MAX_ALGORITHM_BYTES)), INFLUENCE_OK);
  EXPECT_EQ(make(PaddedTo(start, INFLUENCE_MAX_ALGORITHM_BYTES + 1)),
            INFLUENCE_TOO_LARGE);
  EXPECT_EQ(make(start + Groups(100)), INFLUENCE_OK);
  EXPECT_EQ(make(start + Groups(101)), INFLUENCE_MALFORMED);
}

// A response of exactly that many bytes: results of 5 KB, and ids that take up
// what is left.
TEST_F(LimitsTest, BytesOfAResponse) {
  abi1::ScoreRequest request = NewRequest();
  request.set_rendering(abi1::RENDERING_TEXT);
  const size_t head = Score(request.SerializeAsString()).response_bytes;
  abi1::Profile profile;
  for (int i = 0; i < 14; ++i) {
    abi1::Account* account = profile.add_accounts();
    account->set_mentions_micros(1);
    account->set_quotes_micros(1);
    account->set_listings_micros(1);
  }
  std::vector<size_t> sizes;  // of a result, by the size of its id
  for (size_t id = 0; id <= INFLUENCE_MAX_ID_BYTES; ++id) {
    abi1::ScoreRequest one = request;
    profile.set_id(std::string(id, 'i'));
    *one.add_profiles() = profile;
    sizes.push_back(Score(one.SerializeAsString()).response_bytes - head);
  }
  const size_t medium_id = sizes.size() / 2;
  const size_t medium = sizes[medium_id];
  const size_t large = sizes.back();
  const auto fill = [&](size_t bytes) {
    abi1::ScoreRequest full = request;
    const auto add = [&](size_t id) {
      profile.set_id(std::string(id, 'i'));
      *full.add_profiles() = profile;
    };
    // Results of medium size, and large ones until the rest is less than the
    // difference of the two. Then three of any size make up for what is left:
    // an id stands in a result several times, so that sizes leave gaps.
    size_t count = (bytes - head) / medium;
    size_t rest = (bytes - head) % medium;
    for (; rest >= large - medium; rest -= large - medium, --count) {
      add(INFLUENCE_MAX_ID_BYTES);
    }
    for (; count > 3; --count) add(medium_id);
    const size_t wanted = 3 * medium + rest;
    for (size_t a = 0; a < sizes.size(); ++a) {
      for (size_t b = a; b < sizes.size() && sizes[a] + sizes[b] < wanted;
           ++b) {
        const auto c = std::lower_bound(sizes.begin(), sizes.end(),
                                        wanted - sizes[a] - sizes[b]);
        if (c == sizes.end() || sizes[a] + sizes[b] + *c != wanted) continue;
        add(a);
        add(b);
        add(static_cast<size_t>(c - sizes.begin()));
        return full;
      }
    }
    return abi1::ScoreRequest();
  };
  const auto at = fill(INFLUENCE_MAX_RESPONSE_BYTES);
  const auto over = fill(INFLUENCE_MAX_RESPONSE_BYTES + 1);
  ASSERT_GT(at.profiles_size(), 0);
  ASSERT_GT(over.profiles_size(), 0);
  Measured got = Score(at.SerializeAsString());
  EXPECT_EQ(got.answer.status, INFLUENCE_OK) << got.answer.message;
  EXPECT_EQ(got.response_bytes, size_t{INFLUENCE_MAX_RESPONSE_BYTES});
  EXPECT_LT(got.peak_bytes, 2L * INFLUENCE_MAX_RESPONSE_BYTES);

  got = Score(over.SerializeAsString());
  EXPECT_EQ(got.answer.status, INFLUENCE_TOO_LARGE);
  EXPECT_EQ(got.response_bytes, 0u);
  EXPECT_NE(got.answer.message.find("ask for fewer profiles at a time"),
            std::string::npos)
      << got.answer.message;
  EXPECT_LT(got.peak_bytes, 2L * INFLUENCE_MAX_RESPONSE_BYTES);
}

}  // namespace
}  // namespace influence::testing
