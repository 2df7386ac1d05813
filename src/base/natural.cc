// Schoolbook arithmetic on 32-bit digits. It decides what 64 and 128 bits
// cannot: a score too near a tie for curve.h (exact.cc) and the rank agreements
// of a drift (insight/agreement.cc). No hot path calls it, so it is written to
// be read, not to be fast.
#include "base/natural.h"

#include "base/bits.h"

namespace influence {
namespace {

constexpr size_t kDigitBits = 32;

void Trim(Natural* n) {
  while (!n->empty() && n->back() == 0) n->pop_back();
}

}  // namespace

Natural FromWord(uint64_t word) {
  Natural n = {static_cast<uint32_t>(word),
               static_cast<uint32_t>(word >> kDigitBits)};
  Trim(&n);
  return n;
}

size_t BitLength(const Natural& n) {
  if (n.empty()) return 0;
  const size_t unused = static_cast<size_t>(CountLeadingZeros(n.back())) - 32;
  return n.size() * kDigitBits - unused;
}

Natural Product(const Natural& a, const Natural& b) {
  Natural product(a.size() + b.size(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    uint64_t carry = 0;
    for (size_t j = 0; j < b.size(); ++j) {
      // At most (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
      carry += uint64_t{a[i]} * b[j] + product[i + j];
      product[i + j] = static_cast<uint32_t>(carry);
      carry >>= kDigitBits;
    }
    product[i + b.size()] = static_cast<uint32_t>(carry);
  }
  Trim(&product);
  return product;
}

// `carry` holds at most 32 bits on entry and `rest` is below 32, so the shifted
// digit always fits into its 64 bits.
Natural ShiftLeft(const Natural& n, size_t bits) {
  const size_t digits = bits / kDigitBits, rest = bits % kDigitBits;
  Natural shifted(digits, 0);
  uint64_t carry = 0;
  for (const uint32_t digit : n) {
    carry |= uint64_t{digit} << rest;
    shifted.push_back(static_cast<uint32_t>(carry));
    carry >>= kDigitBits;
  }
  shifted.push_back(static_cast<uint32_t>(carry));
  Trim(&shifted);
  return shifted;
}

Natural ShiftRight(const Natural& n, size_t bits) {
  const size_t digits = bits / kDigitBits, rest = bits % kDigitBits;
  Natural shifted;
  for (size_t i = digits; i < n.size(); ++i) {
    const uint64_t next = i + 1 < n.size() ? n[i + 1] : 0;
    shifted.push_back(
        static_cast<uint32_t>(((next << kDigitBits) | n[i]) >> rest));
  }
  Trim(&shifted);
  return shifted;
}

bool Less(const Natural& a, const Natural& b) {
  if (a.size() != b.size()) return a.size() < b.size();
  for (size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i];
  }
  return false;
}

Natural Sum(const Natural& a, const Natural& b) {
  if (a.size() < b.size()) return Sum(b, a);
  Natural sum = a;
  uint64_t carry = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    carry += uint64_t{a[i]} + (i < b.size() ? b[i] : 0);
    sum[i] = static_cast<uint32_t>(carry);
    carry >>= kDigitBits;
  }
  if (carry != 0) sum.push_back(static_cast<uint32_t>(carry));
  return sum;
}

// A digit that borrows wraps modulo 2^64; its top bit is then set, because both
// operands are below 2^33.
Natural Difference(const Natural& a, const Natural& b) {
  Natural difference = a;
  uint64_t borrow = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    const uint64_t digit = uint64_t{a[i]} - (i < b.size() ? b[i] : 0) - borrow;
    difference[i] = static_cast<uint32_t>(digit);
    borrow = digit >> 63;
  }
  Trim(&difference);
  return difference;
}

Natural Power(uint64_t base, uint64_t exponent) {
  const Natural factor = FromWord(base);
  Natural power = {1};
  for (; exponent > 0; --exponent) power = Product(power, factor);
  return power;
}

// Starts from x = n / 2^e in [1, 2), e the integer part. Squaring x doubles
// its logarithm, whose integer part, 0 or 1, is the next bit; halving x if it
// is 1 removes that bit. x has w = p + 32 fraction bits, exact at first and
// truncated at each step j, which loses a relative 2^-w, hence less than
// 2^(1-w) in the logarithm of x_j, hence 2^(1-w-j) in that of x. All steps
// lose less than 2^(1-w) < 2^-p; the bits never computed are worth less than
// 2^-p too, and both are losses: A is too small, by less than 2. Truncation
// never takes x below 1.
Natural Log2Floor(uint64_t n, size_t p) {
  const size_t e = 63 - static_cast<size_t>(CountLeadingZeros(n));
  const size_t w = p + kDigitBits;
  Natural x = ShiftLeft(FromWord(n), w - e);
  Natural bits(p / kDigitBits, 0);
  for (size_t i = p; i-- > 0;) {
    x = Product(x, x);  // 2w fraction bits, below 4
    const bool bit = BitLength(x) == 2 * w + 2;
    x = ShiftRight(x, bit ? w + 1 : w);
    if (bit) bits[i / kDigitBits] |= uint32_t{1} << (i % kDigitBits);
  }
  bits.push_back(static_cast<uint32_t>(e));
  Trim(&bits);
  return bits;
}

}  // namespace influence
