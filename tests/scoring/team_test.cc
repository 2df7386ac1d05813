// Threads that stay: every part of every round once, and all have ended.
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"
#include "scoring/parallel.h"

namespace influence {
namespace {

TEST(Team, EveryPartOfEveryRoundOnce) {
  for (const size_t members : {0u, 1u, 2u, 7u, 16u}) {
    Team team(members);
    // Not atomic: what a round wrote is there to be read when it has ended.
    std::vector<size_t> runs(40);
    size_t want = 0;
    for (size_t round = 0; round < 2000; ++round) {
      const size_t parts = round % (runs.size() + 1);
      team.Run(parts, [&](size_t part) { ++runs[part]; });
      want += parts;
      if (round % 500 == 0) {
        // Long enough for all to give up their processors.
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    }
    size_t all = 0;
    for (const size_t count : runs) all += count;
    EXPECT_EQ(all, want) << members;
    EXPECT_EQ(runs[0], 2000 / 41 * 40 + 2000 % 41 - 1) << members;
  }
}

TEST(Team, RethrowsTheFirstPartsException) {
  for (const size_t members : {1u, 4u}) {
    Team team(members);
    for (int round = 0; round < 100; ++round) {
      try {
        team.Run(8, [](size_t part) {
          if (part >= 3) throw std::runtime_error(std::to_string(part));
        });
        ADD_FAILURE();
      } catch (const std::runtime_error& error) {
        EXPECT_EQ(error.what(), std::string("3"));
      }
    }
    size_t ran = 0;
    team.Run(1, [&](size_t) { ++ran; });
    EXPECT_EQ(ran, 1u);
  }
}

TEST(Team, OfNoUseIsNoHarm) {
  for (int i = 0; i < 100; ++i) Team team(8);
}

}  // namespace
}  // namespace influence
