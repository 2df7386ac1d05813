// log2(1 + x) of a quantity in 64-bit integers, about 2^-57 exact.
//
// With N = 10^6 + quantity, the result is log2(N) - log2(10^6). Write
// N = 2^e * m, 1 <= m < 2, let i be the first 8 bits of m's fraction, and v_i
// the table's v_i >= 1 / (1 + i / 256), its 63 fraction bits rounded up. Then
//   log2(1 + x) = e + [-log2(v_i) - log2(10^6)] + log2(1 + r),  r = m * v_i - 1
// where the bracket is a table entry and log2(1 + r) is R * P(R), R = 256 * r,
// with P of degree 4. Constants: log2_table.inc, written by log2_table.py.
//
// The error, in units of 2^-58, the last place of the result:
//   range      1 + i/256 <= m gives r >= 0. For i = 0, v = 1 and r < 1/256.
//              For i > 0, r < (1 + (i+1)/256) * (256/(256+i) + 2^-63) - 1
//              < 1/257 + 2^-62. So 0 <= R < 1 always.
//   reduction  The product m * v is exact in 128 bits. R keeps 64 fraction
//              bits of it, truncated: below 2^-64 in R, 2^-71 in log2(1 + r).
//   P          q(r) = log2(1+r)/r = log2(e) * integral over t in [0,1] of
//              dt / (1 + t r), so |q^(5)| / 5! <= log2(e) / 6. Interpolation at
//              the five Chebyshev nodes of an interval of length h is off by
//              at most |q^(5)|/5! * 2 * (h/4)^5; with h = 2^-8, and times
//              r < 2^-8, that is 0.2405 * 2^-57 = 0.481 units.
//   in P       Five coefficients rounded to 71 bits and five truncated high
//              products: (5/2 + 5) * 2^-71. (The square of R is truncated too,
//              but its factor is below 2^-23.) With the reduction, below
//              10 * 2^-71 < 0.002 units.
//   table      Rounded to nearest once, the constant log2(10^6) included:
//              1/2 unit.
//   sum        P's 71 bits are cut to 58. The table has half a unit added, so
//              this is off by at most 1/2 unit either way.
// Together below 1.49 units. The integers e, and the sum modulo 2^64, are
// exact, and 0 <= log2(1 + x) < 43 leaves room below 2^6.
#ifndef INFLUENCE_BASE_LOG2_H_
#define INFLUENCE_BASE_LOG2_H_

#include <cstdint>

#include "base/bits.h"
#include "base/micros.h"
#include "base/muldiv.h"

namespace influence {

struct Log2Step {
  uint64_t inverse;  // v_i, 63 fraction bits
  uint64_t log2;     // -log2(v_i) - log2(10^6), 58 fraction bits, modulo 2^64
};

#include "base/log2_table.inc"

inline constexpr int kLog2FractionBits = 58;

// Returns log2(1 + quantity / 10^6) with 58 fraction bits, off by less than
// 1.5 * 2^-58; zero for zero. Requires 0 <= quantity <= kMaxQuantity.
inline uint64_t Log2OnePlus(Micros quantity) {
  const uint64_t n = static_cast<uint64_t>(quantity + kOne);
  const int zeros = CountLeadingZeros(n);
  const uint64_t m = n << zeros;  // 63 fraction bits
  const Log2Step& step = kLog2Steps[(m >> 55) & 0xff];

  // 126 fraction bits; drop the leading one, multiply by 256, keep 64.
  const Uint128 product = Multiply(m, step.inverse);
  const uint64_t r = (product.hi << 10) | (product.lo >> 54);

  const uint64_t(&c)[5] = kLog2Polynomial;  // magnitudes; signs alternate
  const uint64_t r2 = MultiplyHigh(r, r);
  const uint64_t low = c[0] - MultiplyHigh(c[1], r);
  const uint64_t high = c[2] - MultiplyHigh(c[3], r) + MultiplyHigh(c[4], r2);
  const uint64_t log2_1pr = MultiplyHigh(low + MultiplyHigh(high, r2), r);

  const uint64_t exponent = static_cast<uint64_t>(63 - zeros);
  return (exponent << kLog2FractionBits) + step.log2 +
         (log2_1pr >> (71 - kLog2FractionBits));
}

}  // namespace influence

#endif  // INFLUENCE_BASE_LOG2_H_
