// The division half of muldiv.h: 128 by 64 bits, with the compiler's 128-bit
// type or, where there is none, with 32-bit limbs. Both give the same bits, so
// a score does not depend on the compiler; INFLUENCE_NO_INT128 makes tests run
// the limbs on every machine.
#include "base/muldiv.h"

#include "base/bits.h"

namespace influence {
namespace {

#if defined(__SIZEOF_INT128__) && !defined(INFLUENCE_NO_INT128)

// Divides hi * 2^64 + lo by c. Requires hi < c.
QuotientRemainder DivideWide(Uint128 n, uint64_t c) {
  const NativeUint128 value = (NativeUint128{n.hi} << 64) | n.lo;
  return {static_cast<uint64_t>(value / c), static_cast<uint64_t>(value % c)};
}

#else

// One digit of schoolbook division in base 2^32: divides
// rest * 2^32 + digit by c, leaving the remainder in *rest. Requires
// c >= 2^63 and *rest < c.
uint64_t DivideDigit(uint64_t* rest, uint64_t digit, uint64_t c) {
  const uint64_t c_hi = c >> 32, c_lo = c & 0xffffffff;
  uint64_t q = *rest / c_hi;
  uint64_t r = *rest % c_hi;
  // The estimate from the leading digit is never too small, and because
  // c >= 2^63 at most two too large (Knuth, TAOCP 2, theorem 4.3.1 B).
  while (q >> 32 != 0 || q * c_lo > ((r << 32) | digit)) {
    --q;
    r += c_hi;
    if (r >> 32 != 0) break;
  }
  // Modulo 2^64 the wrapped terms cancel: the true remainder is below c.
  *rest = (*rest << 32) + digit - q * c;
  return q;
}

QuotientRemainder DivideWide(Uint128 n, uint64_t c) {
  const int shift = CountLeadingZeros(c);
  c <<= shift;
  uint64_t rest = n.hi << shift;
  if (shift != 0) rest |= n.lo >> (64 - shift);
  const uint64_t lo = n.lo << shift;
  const uint64_t high_digit = DivideDigit(&rest, lo >> 32, c);
  const uint64_t low_digit = DivideDigit(&rest, lo & 0xffffffff, c);
  return {(high_digit << 32) | low_digit, rest >> shift};
}

#endif

}  // namespace

// Most products fit one word, and a 64-bit division is several times faster
// than a 128-bit one.
QuotientRemainder MulDivFloor(uint64_t a, uint64_t b, uint64_t c) {
  const Uint128 product = Multiply(a, b);
  if (product.hi == 0) return {product.lo / c, product.lo % c};
  return DivideWide(product, c);
}

Micros MulDiv(Micros a, Micros b, Micros c) {
  const uint64_t divisor = static_cast<uint64_t>(c);
  const QuotientRemainder floor =
      MulDivFloor(static_cast<uint64_t>(a), static_cast<uint64_t>(b), divisor);
  // Compares the remainder with the distance to the next multiple, not with
  // divisor / 2: twice the remainder could overflow, and half of an odd divisor
  // is no integer.
  const uint64_t to_next = divisor - floor.remainder;
  const bool up = floor.remainder > to_next ||
                  (floor.remainder == to_next && (floor.quotient & 1) != 0);
  return static_cast<Micros>(floor.quotient + (up ? 1 : 0));
}

}  // namespace influence
