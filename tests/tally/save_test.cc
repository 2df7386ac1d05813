// What a saved tally may say, beyond having the right digest.
#include "tally/save.h"

#include <array>
#include <cstring>
#include <memory>
#include <string>

#include "algorithm/registry.h"
#include "base/sha256.h"
#include "gtest/gtest.h"

namespace influence {
namespace {

constexpr int64_t kAsOf = 1'728'000'000;
const std::string kFingerprint(64, 'f');

std::string Saved() {
  Tally tally(*FindReleased("v1"), kAsOf);
  msg::Event event;
  event.actor = "bob@";
  event.subject = "ada";
  event.kind = Signal::kMentions;
  event.time_seconds = kAsOf;
  event.network = "net@";
  event.topic = "topic@";
  tally.Add(&event, 1);
  tally.Compact();
  std::string saved;
  EXPECT_TRUE(SaveTally(
      tally, kFingerprint, [&saved](const uint8_t* data, size_t size) {
        saved.append(reinterpret_cast<const char*>(data), size);
        return true;
      }));
  return saved;
}

// With the digest that the bytes have now.
std::string Signed(std::string saved) {
  saved.resize(saved.size() - 32);
  Sha256 sha;
  sha.Update(saved.data(), saved.size());
  const std::array<uint8_t, 32> digest = sha.Finish();
  return saved.append(reinterpret_cast<const char*>(digest.data()),
                      digest.size());
}

Error Load(const std::string& saved) {
  std::unique_ptr<Tally> tally;
  size_t at = 0;
  return LoadTally(
      [&](uint8_t* data, size_t size) {
        if (size > saved.size() - at) return false;
        std::memcpy(data, saved.data() + at, size);
        at += size;
        return true;
      },
      kFingerprint,
      [&tally](int64_t as_of_seconds) {
        tally = std::make_unique<Tally>(*FindReleased("v1"), as_of_seconds);
        return tally.get();
      });
}

TEST(Save, TextThatIsNotUtf8IsMalformed) {
  const std::string saved = Saved();
  EXPECT_TRUE(Load(saved).ok());
  EXPECT_TRUE(Load(Signed(saved)).ok());
  for (const std::string name : {"bob@", "net@", "topic@"}) {
    std::string changed = saved;
    size_t found = 0;
    for (size_t at = 0; (at = changed.find(name, at)) != std::string::npos;) {
      at += name.size();
      changed[at - 1] = '\xff';
      ++found;
    }
    // A network is in the names of its topics too.
    EXPECT_EQ(found, name == "net@" ? 2u : 1u);
    const Error error = Load(Signed(changed));
    EXPECT_EQ(error.code(), Code::kMalformed) << name;
    EXPECT_EQ(error.message(), "a name is not valid UTF-8") << name;
  }
}

TEST(Save, CountsEveryReasonToIgnoreAnEvent) {
  Tally tally(*FindReleased("v1"), kAsOf);
  msg::Event event;
  event.actor = "\xff";
  event.subject = "ada";
  event.kind = Signal::kMentions;
  tally.Add(&event, 1);
  const msg::TallyReport report = tally.Report();
  uint64_t ignored = 0;
  for (size_t i = 0; i < msg::kIgnoredEvents.count; ++i) {
    ignored += CounterAt(*report.ignored, i);
  }
  EXPECT_EQ(report.ignored->not_utf8, 1u);
  EXPECT_EQ(ignored, 1u);
  EXPECT_EQ(report.counted, 0u);
}

}  // namespace
}  // namespace influence
