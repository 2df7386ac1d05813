// One engine for many threads: each gets the answers that one thread gets,
// while others make and release engines of their own.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "influence/influence.h"

namespace {

constexpr int kThreads = 16;
constexpr int kRounds = 50;

// ScoreRequest{algorithm: "v1", rendering: TEXT, profiles: `count` people},
// each with the follower count that its number says.
std::string Request(uint8_t count) {
  std::string request("\x0a\x02v1\x30\x01", 6);
  for (uint8_t i = 0; i < count; ++i) {
    // profiles { id: "a" accounts { followers_micros: i } }
    const char profile[] = {
        0x1a, 7, 0x0a, 1, 'a', 0x12, 2, 0x48, static_cast<char>(i)};
    request.append(profile, sizeof profile);
  }
  return request;
}

std::string Score(const influence_engine* engine, const std::string& request) {
  influence_bytes response = {};
  if (influence_score(engine, reinterpret_cast<const uint8_t*>(request.data()),
                      request.size(), &response, nullptr) != INFLUENCE_OK) {
    return "";
  }
  const std::string bytes(reinterpret_cast<const char*>(response.data),
                          response.size);
  influence_bytes_free(&response);
  return bytes;
}

TEST(Threads, ShareOneEngine) {
  influence_engine* shared = nullptr;
  ASSERT_EQ(influence_engine_open("v1", &shared, nullptr), INFLUENCE_OK);
  std::vector<std::string> requests;
  for (uint8_t i = 0; i < kThreads; ++i) {
    requests.push_back(Request(i));
  }
  std::vector<std::vector<std::string>> got(kThreads);
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int round = 0; round < kRounds; ++round) {
        got[t].push_back(Score(shared, requests[t]));
        influence_engine* own = nullptr;
        if (influence_engine_open("v1", &own, nullptr) != INFLUENCE_OK) {
          ++refused;
        }
        influence_engine_free(own);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, 0);

  // Only now: the first use of the code was left to the threads.
  influence_engine* alone = nullptr;
  ASSERT_EQ(influence_engine_open("v1", &alone, nullptr), INFLUENCE_OK);
  for (size_t t = 0; t < kThreads; ++t) {
    const std::string once = Score(alone, requests[t]);
    ASSERT_FALSE(once.empty());
    for (const std::string& answer : got[t]) EXPECT_EQ(answer, once);
  }
  influence_engine_free(alone);
  influence_engine_free(shared);
}

}  // namespace
