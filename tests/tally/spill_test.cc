// A tally that keeps little in memory has the same profiles.
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "algorithm/registry.h"
#include "gtest/gtest.h"
#include "tally/profiles.h"
#include "tally/tally.h"

namespace influence {
namespace {

constexpr int64_t kAsOf = 1'728'000'000;

// Events of a hundred thousand people, in blocks.
template <typename Take>
void MakeEvents(Take take) {
  uint64_t state = 1;
  const auto next = [&state](uint64_t bound) {
    state = state * 6364136223846793005 + 1442695040888963407;
    return (state >> 33) % bound;
  };
  std::vector<std::string> texts(2 * Tally::kBlock);
  std::vector<msg::Event> block(Tally::kBlock);
  for (int i = 0; i < 300; ++i) {
    for (size_t j = 0; j < block.size(); ++j) {
      texts[2 * j] = "u" + std::to_string(next(100'000));
      texts[2 * j + 1] = "u" + std::to_string(next(1 + next(100'000)));
      block[j].actor = texts[2 * j];
      block[j].subject = texts[2 * j + 1];
      block[j].network = next(2) == 0 ? "x" : "m";
      block[j].topic = next(4) == 0 ? "go" : "";
      block[j].kind = static_cast<Signal>(1 + next(8));
      block[j].time_seconds = kAsOf - static_cast<int64_t>(next(100)) * 86'400;
    }
    take(block.data(), block.size());
  }
}

using Received = std::map<std::tuple<std::string, std::string, Signal>, Micros>;

Received All(const Tally& tally, uint64_t memory) {
  Received received;
  TallyProfiles profiles(tally);
  for (size_t i = 0; i < profiles.order().size();) {
    const size_t end = i + profiles.Load(i, memory);
    for (; i < end; ++i) {
      profiles.ForEach(i, [&](size_t channel, Micros amount) {
        const auto& [network, signal] = profiles.channels()[channel];
        received[{std::string(tally.ids()[profiles.order()[i]]),
                  std::string(tally.networks()[network]), signal}] = amount;
      });
    }
  }
  return received;
}

TEST(Spill, ChangesNothing) {
  std::vector<uint8_t> file;
  size_t writes = 0;
  Scratch scratch;
  scratch.append = [&](const uint8_t* data, size_t size) {
    file.insert(file.end(), data, data + size);
    ++writes;
  };
  scratch.read_at = [&file](uint64_t offset, uint8_t* data, size_t size) {
    ASSERT_LE(offset + size, file.size());
    std::memcpy(data, file.data() + offset, size);
  };
  Tally whole(*FindReleased("v1"), kAsOf), spilling(*FindReleased("v1"), kAsOf);
  spilling.SpillTo(uint64_t{12} << 20, &scratch);
  MakeEvents([&](const msg::Event* events, size_t count) {
    whole.Add(events, count);
    spilling.Add(events, count);
  });
  whole.Compact();
  spilling.Compact();
  EXPECT_GT(file.size(), size_t{1} << 20);
  // Whatever was written gave its memory back: pieces are large.
  EXPECT_GT(file.size() / writes, 1000u);
  const Received all = All(whole, UINT64_MAX);
  EXPECT_GT(all.size(), 50'000u);
  EXPECT_EQ(All(spilling, spilling.Allowance()), all);
  EXPECT_EQ(All(spilling, 100'000), All(whole, 1'000'000));
  const uint32_t subject = whole.ids().Find("u1");
  EXPECT_EQ(whole.GiftsTo(subject).size(), spilling.GiftsTo(subject).size());
  EXPECT_EQ(whole.Report().pairs, spilling.Report().pairs);
}

TEST(Spill, HasNoRoomForTooManyIds) {
  Scratch scratch;
  scratch.append = [](const uint8_t*, size_t) {};
  Tally tally(*FindReleased("v1"), kAsOf);
  tally.SpillTo(uint64_t{16} << 20, &scratch);
  EXPECT_THROW(
      {
        for (int i = 0;; ++i) {
          const std::string actor = std::to_string(i) + std::string(200, 'x');
          msg::Event event;
          event.actor = actor;
          event.subject = "ada";
          event.kind = Signal::kMentions;
          event.time_seconds = kAsOf;
          tally.Add(&event, 1);
        }
      },
      std::length_error);
}

}  // namespace
}  // namespace influence
