// Products of two 64-bit integers, and their division: the only wide
// arithmetic of the library.
//
//   MulDiv(5, 1, 2) == 2      ties go to the even neighbour
//   MulDiv(7, 1, 2) == 4
//
// Compilers without a 128-bit type get the same results from 32-bit limbs.
// INFLUENCE_NO_INT128 forces those limbs, so that tests cover them anywhere.
#ifndef INFLUENCE_BASE_MULDIV_H_
#define INFLUENCE_BASE_MULDIV_H_

#include <cstdint>

#include "base/micros.h"

namespace influence {

// hi * 2^64 + lo.
struct Uint128 {
  uint64_t hi;
  uint64_t lo;
};

#if defined(__SIZEOF_INT128__) && !defined(INFLUENCE_NO_INT128)

__extension__ typedef unsigned __int128 NativeUint128;

constexpr Uint128 Multiply(uint64_t a, uint64_t b) {
  const NativeUint128 product = NativeUint128{a} * b;
  return {static_cast<uint64_t>(product >> 64), static_cast<uint64_t>(product)};
}

#else

constexpr Uint128 Multiply(uint64_t a, uint64_t b) {
  const uint64_t a_lo = a & 0xffffffff, a_hi = a >> 32;
  const uint64_t b_lo = b & 0xffffffff, b_hi = b >> 32;
  const uint64_t low = a_lo * b_lo;
  // (2^32 - 1)^2 + 2 * (2^32 - 1) = 2^64 - 1: neither sum can carry out.
  const uint64_t cross = a_hi * b_lo + (low >> 32);
  const uint64_t middle = a_lo * b_hi + (cross & 0xffffffff);
  return {a_hi * b_hi + (cross >> 32) + (middle >> 32),
          (middle << 32) | (low & 0xffffffff)};
}

#endif

// floor(a * b / 2^64).
constexpr uint64_t MultiplyHigh(uint64_t a, uint64_t b) {
  return Multiply(a, b).hi;
}

struct QuotientRemainder {
  uint64_t quotient;
  uint64_t remainder;
};

// Returns floor(a * b / c) and a * b - c * quotient. Requires c > 0 and a
// quotient below 2^64, which a <= c or b <= c ensures.
QuotientRemainder MulDivFloor(uint64_t a, uint64_t b, uint64_t c);

// Returns round_half_even(a * b / c). Requires a, b >= 0, c > 0 and a result
// below 2^63. This is the library's one rounded division.
Micros MulDiv(Micros a, Micros b, Micros c);

}  // namespace influence

#endif  // INFLUENCE_BASE_MULDIV_H_
