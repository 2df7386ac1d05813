#include "base/sha256.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/sha256_blocks.h"
#include "gtest/gtest.h"

namespace influence {
namespace {

std::string Hex(const std::array<uint8_t, 32>& digest) {
  std::string hex;
  for (const uint8_t byte : digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

// Bytes 3, 10, 17, ... modulo 256.
std::string Pattern(size_t size) {
  std::string bytes;
  for (size_t i = 0; i < size; ++i) {
    bytes += static_cast<char>(static_cast<uint8_t>(i * 7 + 3));
  }
  return bytes;
}

// FIPS 180-4's examples, as published by NIST with the standard.
TEST(Sha256Test, NistExamples) {
  struct Case {
    std::string message, want;
  };
  const Case cases[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc",
       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
       "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Sha256Hex(c.message), c.want) << c.message.substr(0, 60);
  }
}

// Lengths around a block's end and the padding's; want: Python's hashlib.
TEST(Sha256Test, LengthsAroundABlock) {
  struct Case {
    size_t size;
    const char* want;
  };
  const Case cases[] = {
      {1, "084fed08b978af4d7d196a7446a86b58009e636b611db16211b65a9aadff29c5"},
      {55, "e7313d333c272e639f790978283f9eb392e843d0f29b7016828bb1daa4aac70b"},
      {56, "4324d65f3c103567f5589c710bc08f8523f929a9272e3af36fc968e52abc6c27"},
      {57, "35df609437dcfea3279283ab79fd554e2bf78f8f7ae2de532d8ee300b09e8f73"},
      {63, "81c80242132f230c3bd41b3e63bbcff16107339549214a99614ff26664625055"},
      {64, "39e3d7b6b5d075d37d053ad89b24b41bef4f3c29760c84447cab3f3be1882241"},
      {65, "aacca6ff74fdbb296d165a45cecfa04e5127bc008770fbbdd48006f2d2fae95e"},
      {119, "9ce7368e4daf32341631b492e80359dc9f594b48453cd0dd5bf0b19279cc177e"},
      {120, "7836b787757e95e58b3ca5aec90b1b004e8deba1e50e9675af9cabf1a13a04b5"},
      {127, "a8d23e75d936f303d248888d9b165ee543f4cbafcad3c9dd2a79bd84faa11d07"},
      {128, "d2742f1f4ac6bb7ca2b239ee18402ba8b3f9f8e652d2a72973c2b9ba11c08cf6"},
      {1000,
       "1e9bc38cbf860b9ec31918b065f9b52476c549a782e0e7990bed8ce3868d2371"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Sha256Hex(Pattern(c.size)), c.want) << c.size;
  }
}

// One digest over the digests of lengths 0 .. 300; want: Python's hashlib.
TEST(Sha256Test, EveryLengthTo300) {
  Sha256 all;
  for (size_t size = 0; size <= 300; ++size) {
    Sha256 one;
    const std::string bytes = Pattern(size);
    one.Update(bytes.data(), bytes.size());
    const std::array<uint8_t, 32> digest = one.Finish();
    all.Update(digest.data(), digest.size());
  }
  EXPECT_EQ(Hex(all.Finish()),
            "7d917fbd2cf49ddff9ad0a8706bba32d204e92e71d2e369c5a03d6af29278c9f");
}

TEST(Sha256Test, SplitsDoNotMatter) {
  std::mt19937 random(4);
  for (size_t size = 0; size <= 300; ++size) {
    const std::string bytes = Pattern(size);
    const std::string want = Sha256Hex(bytes);
    for (size_t first = 0; first <= size; ++first) {
      Sha256 two;
      two.Update(bytes.data(), first);
      two.Update(bytes.data() + first, size - first);
      ASSERT_EQ(Hex(two.Finish()), want) << size << " at " << first;
    }
    Sha256 many;
    for (size_t at = 0; at < size;) {
      const size_t part = std::min<size_t>(random() % 80, size - at);
      many.Update(bytes.data() + at, part);
      at += part;
    }
    ASSERT_EQ(Hex(many.Finish()), want) << size;
  }
}

TEST(Sha256Test, EmptyUpdateMayBeNull) {
  Sha256 sha256;
  sha256.Update(nullptr, 0);
  sha256.Update("abc", 3);
  sha256.Update(nullptr, 0);
  EXPECT_EQ(Hex(sha256.Finish()), Sha256Hex("abc"));
}

// The two compression functions, on unaligned blocks and any start state.
TEST(Sha256Test, X86InstructionsAgreeWithPortableCode) {
  const Sha256Blocks x86 = Sha256BlocksX86();
  if (x86 == nullptr) GTEST_SKIP() << "this CPU or build has no SHA";
  std::mt19937_64 random(5);
  for (size_t count = 0; count <= 40; ++count) {
    for (size_t offset = 0; offset < 16; ++offset) {
      std::vector<uint8_t> bytes(offset + 64 * count);
      for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
      std::array<uint32_t, 8> want{};
      for (uint32_t& word : want) word = static_cast<uint32_t>(random());
      std::array<uint32_t, 8> got = want;
      Sha256BlocksPortable(want.data(), bytes.data() + offset, count);
      x86(got.data(), bytes.data() + offset, count);
      ASSERT_EQ(got, want) << count << " blocks at " << offset;
    }
  }
}

// The portable code alone, so that it is tested on every CPU: "abc" padded.
TEST(Sha256Test, PortableBlock) {
  std::array<uint8_t, 64> block = {'a', 'b', 'c', 0x80};
  block[63] = 24;
  std::array<uint32_t, 8> state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                   0xa54ff53a, 0x510e527f, 0x9b05688c,
                                   0x1f83d9ab, 0x5be0cd19};
  Sha256BlocksPortable(state.data(), block.data(), 1);
  const std::array<uint32_t, 8> want = {0xba7816bf, 0x8f01cfea, 0x414140de,
                                        0x5dae2223, 0xb00361a3, 0x96177a9c,
                                        0xb410ff61, 0xf20015ad};
  EXPECT_EQ(state, want);
}

}  // namespace
}  // namespace influence
