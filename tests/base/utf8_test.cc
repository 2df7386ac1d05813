#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace influence {
namespace {

TEST(Utf8Test, Table) {
  struct Case {
    const char* why;
    std::string text;
    bool want;
  };
  const Case cases[] = {
      {"empty", "", true},
      {"ASCII", "ada", true},
      {"NUL is a character", std::string(9, '\0'), true},
      {"U+0080, the first of two bytes", "\xc2\x80", true},
      {"U+07FF, the last of two bytes", "\xdf\xbf", true},
      {"U+0800, the first of three bytes", "\xe0\xa0\x80", true},
      {"U+D7FF, before the surrogates", "\xed\x9f\xbf", true},
      {"U+E000, after the surrogates", "\xee\x80\x80", true},
      {"U+FFFF, the last of three bytes", "\xef\xbf\xbf", true},
      {"U+10000, the first of four bytes", "\xf0\x90\x80\x80", true},
      {"U+10FFFF, the last of all", "\xf4\x8f\xbf\xbf", true},
      {"overlong U+0000", std::string("\xc0\x80"), false},
      {"overlong U+007F", "\xc1\xbf", false},
      {"overlong U+07FF", "\xe0\x9f\xbf", false},
      {"overlong U+FFFF", "\xf0\x8f\xbf\xbf", false},
      {"surrogate U+D800", "\xed\xa0\x80", false},
      {"surrogate U+DFFF", "\xed\xbf\xbf", false},
      {"a surrogate pair", "\xed\xa0\xbd\xed\xb8\x80", false},
      {"U+110000", "\xf4\x90\x80\x80", false},
      {"U+140000", "\xf5\x80\x80\x80", false},
      {"five bytes", "\xf8\x88\x80\x80\x80", false},
      {"six bytes", "\xfc\x84\x80\x80\x80\x80", false},
      {"FE", "\xfe", false},
      {"FF", "\xff", false},
      {"a lone continuation", "\x80", false},
      {"two bytes cut short", "\xc3", false},
      {"three bytes cut to two", "\xe2\x82", false},
      {"three bytes cut to one", "\xe2", false},
      {"four bytes cut to three", "\xf0\x9f\x98", false},
      {"cut short before ASCII",
       "\xe2\x82"
       "a",
       false},
      {"one continuation too many", "\xc3\xa9\xa9", false},
      {"a bad byte after eight good ones", "abcdefgh\xff", false},
      {"a bad byte as the eighth", "abcdefg\xff", false},
      {"a character over the eighth byte", "abcdefg\xc3\xa9hijklmno", true},
      {"a bad byte in the second word", "abcdefghijklmno\x80", false},
  };
  for (const Case& c : cases) EXPECT_EQ(IsUtf8(c.text), c.want) << c.why;
}

// Valid text, the long way round: every Unicode scalar value is encoded, and a
// text is valid if it can be cut into such encodings.
class AllEncodings {
 public:
  AllEncodings() : short_(uint32_t{1} << 24) {
    for (uint32_t point = 0; point <= 0x10ffff; ++point) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      if (point < 0x80) {
        one_.push_back(point);
      } else if (point < 0x800) {
        two_.push_back((0xc0 + point / 64) * 256 + 0x80 + point % 64);
      } else if (point < 0x10000) {
        short_[((0xe0 + point / 4096) * 256 + 0x80 + point / 64 % 64) * 256 +
               0x80 + point % 64] = true;
      } else {
        four_.push_back(
            (((0xf0 + point / 262144) * 256 + 0x80 + point / 4096 % 64) * 256 +
             0x80 + point / 64 % 64) *
                256 +
            0x80 + point % 64);
      }
    }
    std::sort(four_.begin(), four_.end());
  }

  // The valid texts of one, two and three bytes, by their bytes as a number.
  std::vector<bool> Texts(int size) const {
    if (size == 0) return {true};
    if (size == 1) {
      std::vector<bool> texts(256);
      for (const uint32_t one : one_) texts[one] = true;
      return texts;
    }
    std::vector<bool> texts(size_t{1} << (8 * size));
    if (size == 3) texts = short_;
    const auto append = [&](const std::vector<uint32_t>& firsts, int length) {
      const std::vector<bool> rests = Texts(size - length);
      for (const uint32_t first : firsts) {
        for (size_t rest = 0; rest < rests.size(); ++rest) {
          if (rests[rest]) texts[first * rests.size() + rest] = true;
        }
      }
    };
    append(one_, 1);
    append(two_, 2);
    return texts;
  }

  bool IsOneOfFourBytes(uint32_t bytes) const {
    return std::binary_search(four_.begin(), four_.end(), bytes);
  }

 private:
  std::vector<uint32_t> one_, two_, four_;
  std::vector<bool> short_;  // three bytes
};

std::string Bytes(uint32_t number, int size) {
  std::string text;
  for (int i = size - 1; i >= 0; --i) {
    text += static_cast<char>(number >> (8 * i) & 0xff);
  }
  return text;
}

TEST(Utf8Test, WhereItBecomesInvalid) {
  EXPECT_EQ(FirstInvalid(""), 0u);
  EXPECT_EQ(FirstInvalid("abcdefghij"), 10u);
  EXPECT_EQ(FirstInvalid("abcdefghij\xff"), 10u);
  EXPECT_EQ(FirstInvalid("\xc3\xa9"
                         "abcdefgh\xc3"),
            10u);
  EXPECT_EQ(CharacterSize(""), 0u);
  EXPECT_EQ(CharacterSize("ab"), 1u);
  EXPECT_EQ(CharacterSize("\xc3\xa9z"), 2u);
  EXPECT_EQ(CharacterSize("\xe4\xb8\xadz"), 3u);
  EXPECT_EQ(CharacterSize("\xf0\x9f\x98\x80z"), 4u);
  EXPECT_EQ(CharacterSize("\x80"), 0u);
}

TEST(Utf8Test, EveryTextOfOneToThreeBytes) {
  const AllEncodings all;
  // How many there are: 128, 128^2 + 1920, 128^3 + 2 * 128 * 1920 + 61440.
  const size_t want_count[] = {128, 18'304, 2'650'112};
  for (int size = 1; size <= 3; ++size) {
    const std::vector<bool> want = all.Texts(size);
    size_t count = 0;
    for (uint32_t n = 0; n < want.size(); ++n) {
      const std::string text = Bytes(n, size);
      ASSERT_EQ(IsUtf8(text), want[n]) << std::hex << n;
      count += want[n];
    }
    EXPECT_EQ(count, want_count[size - 1]);
  }
}

TEST(Utf8Test, RandomTextsOfFourBytes) {
  const AllEncodings all;
  const std::vector<bool> one = all.Texts(1), two = all.Texts(2),
                          three = all.Texts(3);
  std::mt19937_64 rng(22);
  int valid_fours = 0;
  for (int round = 0; round < 1'000'000; ++round) {
    // Half of them with a first byte of F0 .. F7 and mostly continuations.
    const uint64_t roll = rng();
    auto n = static_cast<uint32_t>(roll >> 32);
    if (roll % 2 == 0) {
      n = (n & 0x073f3f3f) | 0xf0808080;
      if (roll / 2 % 4 == 0) n ^= 0x40u << (8 * (roll / 8 % 3));
    }
    const bool four = all.IsOneOfFourBytes(n);
    valid_fours += four;
    const bool want = four || (two[n >> 16] && two[n & 0xffff]) ||
                      (one[n >> 24] && three[n & 0xffffff]) ||
                      (three[n >> 8] && one[n & 0xff]);
    const std::string text = Bytes(n, 4);
    ASSERT_EQ(IsUtf8(text), want) << std::hex << n;
    // Wherever it stands beside the words of eight ASCII bytes.
    const std::string before(roll / 64 % 20, 'a'), after(roll / 2048 % 20, 'z');
    ASSERT_EQ(IsUtf8(before + text + after), want)
        << std::hex << n << " after " << before.size();
  }
  EXPECT_GT(valid_fours, 100'000);
}

}  // namespace
}  // namespace influence
