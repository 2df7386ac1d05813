#include "algorithm/fingerprint.h"

#include <functional>
#include <set>
#include <string>

#include "algorithm/custom.h"
#include "base/sha256.h"
#include "gtest/gtest.h"
#include "tests/builders.h"

namespace influence {
namespace {

constexpr char kV1[] =
    "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0";

// The block of a page's section "Fingerprint", between two ``` lines.
std::string FingerprintBlock(const std::string& text) {
  const std::string fence = "```";
  const size_t section = text.find("\n## Fingerprint\n");
  EXPECT_NE(section, std::string::npos);
  const size_t open = text.find("\n" + fence + "\n", section);
  EXPECT_NE(open, std::string::npos);
  const size_t begin = open + fence.size() + 2;
  const size_t close = text.find("\n" + fence + "\n", begin);
  EXPECT_NE(close, std::string::npos);
  return text.substr(begin, close + 1 - begin);
}

TEST(FingerprintTest, V1) { EXPECT_EQ(Fingerprint(V1()), kV1); }

TEST(FingerprintTest, V1IsTheDigestOfTheBlockInTheReadme) {
  const std::string block =
      FingerprintBlock(ProjectFile("src/algorithm/README.md"));
  EXPECT_EQ(CanonicalText(V1()), block);
  EXPECT_EQ(Sha256Hex(block), kV1);
}

TEST(FingerprintTest, CustomText) {
  const Algorithm algorithm{
      "acme/v1",
      false,
      {{Factor::kCuration,
        99'999'999,
        kOne,
        36'500,
        {{Signal::kSaves, 1}, {Signal::kListings, 9'999'999}}},
       {Factor::kAttention, 1, kMaxFullMarks, 0, {{Signal::kLikes, 250'000}}}}};
  EXPECT_EQ(CanonicalText(algorithm),
            "influence-algorithm 1\n"
            "points weight*min(1,log2(1+x)/log2(1+full_marks))\n"
            "id acme/v1\n"
            "factor curation 99999999 1000000 36500\n"
            "counts saves 1\n"
            "counts listings 9999999\n"
            "factor attention 1 10000000000000000 0\n"
            "counts likes 250000\n");
  EXPECT_EQ(Fingerprint(algorithm), Sha256Hex(CanonicalText(algorithm)));
}

// Each change of one thing gives a fingerprint that nothing else gave.
TEST(FingerprintTest, ChangesWithTheIdAndEveryNumber) {
  const Algorithm base = V1();
  std::set<std::string> seen = {Fingerprint(base)};
  size_t changes = 0;
  const auto expect_new = [&](const std::function<void(Algorithm&)>& change) {
    Algorithm changed = base;
    change(changed);
    EXPECT_TRUE(seen.insert(Fingerprint(changed)).second)
        << CanonicalText(changed);
    ++changes;
  };
  expect_new([](Algorithm& a) { a.id = "acme/v1"; });
  expect_new([](Algorithm& a) { std::swap(a.rows[0], a.rows[1]); });
  for (size_t i = 0; i < base.rows.size(); ++i) {
    expect_new([i](Algorithm& a) { a.rows[i].weight += 1; });
    expect_new([i](Algorithm& a) { a.rows[i].full_marks += 1; });
    expect_new([i](Algorithm& a) { a.rows[i].half_life_units += 1; });
    // A factor and a signal that are nobody's, so that no two changes meet.
    expect_new(
        [i](Algorithm& a) { a.rows[i].factor = static_cast<Factor>(0); });
    expect_new([i](Algorithm& a) {
      a.rows.erase(a.rows.begin() + static_cast<std::ptrdiff_t>(i));
    });
    for (size_t j = 0; j < base.rows[i].counts.size(); ++j) {
      expect_new([i, j](Algorithm& a) { a.rows[i].counts[j].value += 1; });
      expect_new([i, j](Algorithm& a) {
        a.rows[i].counts[j].signal = static_cast<Signal>(0);
      });
      expect_new([i, j](Algorithm& a) {
        auto& counts = a.rows[i].counts;
        counts.erase(counts.begin() + static_cast<std::ptrdiff_t>(j));
      });
    }
  }
  EXPECT_EQ(seen.size(), changes + 1);
}

// Whether a table was shipped or sent is not one of its numbers.
TEST(FingerprintTest, OfACopyIsThatOfTheOriginal) {
  Algorithm copy = V1();
  copy.released = false;
  EXPECT_EQ(Fingerprint(copy), kV1);
}

TEST(FingerprintTest, DoesNotChangeWithTheOrderOfCounts) {
  Algorithm forward = V1();
  forward.id = "acme/v1";
  Algorithm backward = forward;
  for (Row& row : backward.rows) {
    row.counts = {row.counts.rbegin(), row.counts.rend()};
  }
  ASSERT_TRUE(ValidateCustom(&forward).ok());
  ASSERT_TRUE(ValidateCustom(&backward).ok());
  EXPECT_EQ(Fingerprint(forward), Fingerprint(backward));
}

}  // namespace
}  // namespace influence
