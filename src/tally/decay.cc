// Correctly rounded powers of two in 127-bit fixed point. They are part of
// every algorithm's definition (TALLY.md), so they are computed with integers
// and a proven error, and a test compares every rounding with the exact value.
#include "tally/decay.h"

#include <cstddef>

#include "base/muldiv.h"

namespace influence {
namespace {

// Uint128 values here are numbers in [0, 2) in units of 2^-127.
constexpr Uint128 Add(Uint128 a, Uint128 b) {
  const uint64_t lo = a.lo + b.lo;
  return {a.hi + b.hi + (lo < a.lo ? 1 : 0), lo};
}

// The product, too small by less than three units.
constexpr Uint128 Times(Uint128 a, Uint128 b) {
  const uint64_t low = MultiplyHigh(a.lo, b.lo);
  const Uint128 cross1 = Multiply(a.hi, b.lo);
  const Uint128 cross2 = Multiply(a.lo, b.hi);
  const Uint128 high = Multiply(a.hi, b.hi);
  Uint128 carry = Add({0, low}, {0, cross1.lo});
  carry = Add(carry, {0, cross2.lo});
  Uint128 sum = Add(high, {0, cross1.hi});
  sum = Add(sum, {0, cross2.hi});
  sum = Add(sum, {0, carry.hi});
  // Q254 to Q127: one bit up, which brings the highest of what is below.
  return {sum.hi << 1 | sum.lo >> 63, sum.lo << 1 | carry.lo >> 63};
}

constexpr bool IsZero(Uint128 a) { return a.hi == 0 && a.lo == 0; }

// a / divisor, rounded down.
constexpr Uint128 Over(Uint128 a, uint32_t divisor) {
  uint64_t digits[4] = {a.hi >> 32, a.hi & 0xffffffff, a.lo >> 32,
                        a.lo & 0xffffffff};
  uint64_t remainder = 0;
  for (uint64_t& digit : digits) {
    const uint64_t value = remainder << 32 | digit;
    digit = value / divisor;
    remainder = value % divisor;
  }
  return {digits[0] << 32 | digits[1], digits[2] << 32 | digits[3]};
}

// numerator / denominator, rounded down. Requires numerator < denominator.
constexpr Uint128 Ratio(uint32_t numerator, uint32_t denominator) {
  uint64_t digits[4] = {};
  uint64_t remainder = numerator;
  for (uint64_t& digit : digits) {
    digit = (remainder << 32) / denominator;
    remainder = (remainder << 32) % denominator;
  }
  const uint64_t hi = digits[0] << 32 | digits[1];
  const uint64_t lo = digits[2] << 32 | digits[3];
  return {hi >> 1, hi << 63 | lo >> 1};  // of Q128
}

// ln 2, rounded down.
constexpr Uint128 kLn2 = {0x58b90bfbe8e7bcd5, 0xe4f1d9cc01f97b57};

// 2^(numerator / denominator), less than 2^-118 too small: the series of
// e^(g ln 2). Its terms are positive and each is less than 0.7 of the one
// before, so that rounding each down costs less than 250 units in all.
Uint128 Exp2(uint32_t numerator, uint32_t denominator) {
  const Uint128 x = Times(Ratio(numerator, denominator), kLn2);
  Uint128 sum = {uint64_t{1} << 63, 0};
  Uint128 term = sum;
  for (uint32_t n = 1; !IsZero(term); ++n) {
    term = Over(Times(term, x), n);
    sum = Add(sum, term);
  }
  return sum;
}

// Twice 2^(-rest / h), that is 2^((h - rest) / h). It is irrational for 0 <
// rest < h, so there are no ties, and its rounding is certain unless it is
// within 2^-118 of a half; a test checks every one.
Uint128 PowerOf(uint32_t rest, uint32_t h) {
  return rest == 0 ? Uint128{uint64_t{1} << 63, 0} : Exp2(h - rest, h);
}

// 2^(kDecayBits - whole - rest / h), rounded, from PowerOf(rest, h).
uint32_t Rounded(Uint128 power, uint32_t rest, uint32_t whole) {
  if (rest == 0) return kFresh >> whole;
  // power.hi is in Q63; the result is half of it in Q(30 - whole).
  const int shift = 63 - kDecayBits + 1 + static_cast<int>(whole);
  const uint64_t value = shift == 64 ? 0 : power.hi >> shift;
  return static_cast<uint32_t>(value + (power.hi >> (shift - 1) & 1));
}

}  // namespace

uint32_t DecayAt(int64_t age, int32_t half_life) {
  if (half_life == 0) return kFresh;
  const int64_t whole = age / half_life;
  if (whole > kDecayBits) return 0;
  const auto h = static_cast<uint32_t>(half_life);
  const auto rest = static_cast<uint32_t>(age % half_life);
  return Rounded(PowerOf(rest, h), rest, static_cast<uint32_t>(whole));
}

DecayTable::DecayTable(int32_t half_life) {
  if (half_life == 0) return;
  const auto h = static_cast<uint32_t>(half_life);
  // After kDecayBits + 1 half-lives half a unit is left, a tie that goes to 0,
  // and later less.
  by_age_.resize((kDecayBits + 1) * size_t{h});
  for (uint32_t rest = 0; rest < h; ++rest) {
    const Uint128 power = PowerOf(rest, h);
    for (uint32_t whole = 0; whole <= kDecayBits; ++whole) {
      by_age_[whole * size_t{h} + rest] = Rounded(power, rest, whole);
    }
  }
}

}  // namespace influence
