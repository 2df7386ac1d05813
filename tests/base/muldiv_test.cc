#include "base/muldiv.h"

#include <cstdint>
#include <limits>
#include <random>

#include "base/bits.h"
#include "gtest/gtest.h"

namespace influence {
namespace {

constexpr uint64_t kMax = std::numeric_limits<uint64_t>::max();
constexpr Micros kMaxMicros = std::numeric_limits<Micros>::max();

TEST(MultiplyTest, Table) {
  // From Python's integers.
  struct Case {
    uint64_t a, b, want_hi, want_lo;
  };
  const Case cases[] = {
      {0, kMax, 0, 0},
      {1, kMax, 0, kMax},
      {kMax, kMax, kMax - 1, 1},
      {0xffffffff, 0xffffffff, 0, 0xfffffffe00000001},
      {0x100000000, 0x100000000, 1, 0},
      {kMax, 0xffffffff, 0xfffffffe, 0xffffffff00000001},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(testing::Message() << c.a << " * " << c.b);
    EXPECT_EQ(Multiply(c.a, c.b).hi, c.want_hi);
    EXPECT_EQ(Multiply(c.a, c.b).lo, c.want_lo);
    EXPECT_EQ(MultiplyHigh(c.b, c.a), c.want_hi);
  }
}

TEST(MulDivFloorTest, Table) {
  // From Python's divmod.
  struct Case {
    uint64_t a, b, c, want_quotient, want_remainder;
  };
  const Case cases[] = {
      {0, kMax, 1, 0, 0},
      {7, 5, 3, 11, 2},
      {kMax, 1, 1, kMax, 0},
      {kMax, kMax, kMax, kMax, 0},
      {kMax, kMax - 1, kMax, kMax - 1, 0},
      {kMax, 0xffffffff, 0x100000000, 0xfffffffeffffffff, 1},
      {kMax, uint64_t{1} << 63, (uint64_t{1} << 63) + 1, 0xfffffffffffffffd, 3},
      {0xffffffff00000000, 0xffffffff, 0x100000000, 0xfffffffe00000001, 0},
      {0xfedcba9876543210, 0x123456789abcdef1, 0xfedcba9876543211,
       0x123456789abcdef0, 0xeca8641fdb975320},
      {1000000000000000000, 1000000000000000000, 1000000000000000009,
       999999999999999991, 81},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(testing::Message() << c.a << " * " << c.b << " / " << c.c);
    const QuotientRemainder got = MulDivFloor(c.a, c.b, c.c);
    EXPECT_EQ(got.quotient, c.want_quotient);
    EXPECT_EQ(got.remainder, c.want_remainder);
  }
}

// quotient * c + remainder == a * b, by an addition with carry; remainder < c.
// Numbers are drawn with every length, and runs of ones and zeros, because
// those are what a digit's estimate gets wrong.
TEST(MulDivFloorTest, QuotientTimesDivisorPlusRemainderIsTheProduct) {
  std::mt19937_64 random(1);
  const auto draw = [&random] {
    uint64_t value = random() >> (random() % 64);
    if (random() % 2 != 0) value |= kMax << (random() % 64);
    if (random() % 4 == 0) value = ~(kMax >> (random() % 64)) + random() % 3;
    return value;
  };
  int wide = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const uint64_t a = draw(), b = draw(), c = draw();
    const Uint128 product = Multiply(a, b);
    if (c <= product.hi) continue;
    wide += product.hi != 0;
    const QuotientRemainder got = MulDivFloor(a, b, c);
    ASSERT_LT(got.remainder, c);
    Uint128 back = Multiply(got.quotient, c);
    back.lo += got.remainder;
    back.hi += back.lo < got.remainder;
    ASSERT_EQ(back.hi, product.hi) << a << " * " << b << " / " << c;
    ASSERT_EQ(back.lo, product.lo) << a << " * " << b << " / " << c;
  }
  EXPECT_GT(wide, 200'000);
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 CompilerUint128;

TEST(MultiplyTest, AgreesWithTheCompiler) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 100'000; ++i) {
    const uint64_t a = random() | (i % 3 == 0 ? ~uint64_t{0} << 32 : 0);
    const uint64_t b = random() | (i % 5 == 0 ? 0xffffffff : 0);
    const CompilerUint128 want = CompilerUint128{a} * b;
    ASSERT_EQ(Multiply(a, b).hi, static_cast<uint64_t>(want >> 64));
    ASSERT_EQ(Multiply(a, b).lo, static_cast<uint64_t>(want));
  }
}
#endif

TEST(MulDivTest, Table) {
  struct Case {
    Micros a, b, c, want;
    const char* why;
  };
  const Case cases[] = {
      {0, 0, 1, 0, "zero"},
      {5, 1, 2, 2, "2.5 goes to the even 2"},
      {7, 1, 2, 4, "3.5 goes to the even 4"},
      {1, 1, 2, 0, "0.5 goes to the even 0"},
      {3, 1, 2, 2, "1.5 goes to the even 2"},
      {4, 1, 3, 1, "1.33 down"},
      {5, 1, 3, 2, "1.67 up"},
      {kMaxMicros, 1, 1, kMaxMicros, "the largest result"},
      {kMaxMicros, kMaxMicros, kMaxMicros, kMaxMicros, "the widest product"},
      {4611686018427387905, 3, 7, 1976436865040309102, "from Python"},
      {1099511627777, 1099511627777, 1048576, 1152921504608944128,
       "from Python"},
      {kMaxMicros, 1, 2, kMaxMicros / 2 + 1, "half of an odd number, even up"},
      {kMaxMicros - 1, kMaxMicros, kMaxMicros, kMaxMicros - 1, "exact"},
      {1, kMaxMicros - 1, kMaxMicros, 1, "just below one"},
      {1, kMaxMicros / 2, kMaxMicros, 0, "just below one half"},
      {1, kMaxMicros / 2 + 1, kMaxMicros, 1, "just above one half"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(MulDiv(c.a, c.b, c.c), c.want) << c.why;
    EXPECT_EQ(MulDiv(c.b, c.a, c.c), c.want) << c.why;
  }
}

TEST(CountLeadingZerosTest, EveryBit) {
  for (int bit = 0; bit < 64; ++bit) {
    EXPECT_EQ(CountLeadingZeros(uint64_t{1} << bit), 63 - bit);
    EXPECT_EQ(CountLeadingZeros(kMax >> (63 - bit)), 63 - bit);
  }
}

}  // namespace
}  // namespace influence
