// ExactPoints() by bisection over the result, and RationalPoints(). curve.h
// calls both for the few quantities that its 64-bit estimate cannot decide.
// With T = 10^6, N = T + quantity and M = T + full_marks, the points are
//   v = W (log2 N - log2 T) / (log2 M - log2 T),
// and v > k + 1/2 exactly if, with the odd integer h = 2k + 1,
//   D(h) = 2W (log2 N - log2 T) - h (log2 M - log2 T) > 0.
// A binary search over k needs nothing but the sign of D.
//
// The sign. Log2Floor gives each logarithm as an integer A with
// A <= 2^p log2 < A + 2. The two differences are then off by less than 2, and
// 2^p D by less than 2 (2W + h) <= 8 * 10^8 < 2^30. If the integers give 2^30
// or more, the sign is theirs; if not, p is doubled (Ziv's method).
//
// It ends. If D = 0, IsTie says so. Otherwise |D| > 0, and 2^p |D| >= 2^31 is
// reached for some p, at which the integers give at least 2^30.
//
// Ties. D = 0 exactly if P^(2W) = Q^h for the fractions P = N/T and Q = M/T,
// both above 1. Divide both exponents by their greatest common divisor: then
// P^a = Q^b, a and b coprime. In the prime factorisations of P and Q each
// exponent in P is divisible by b, and in Q by a, so P = t^b and Q = t^a for a
// fraction t > 1. In lowest terms the numerator of t is at least 2; so 2^b and
// 2^a are at most the numerators of P and Q, which are at most
// 10^16 + 10^6 < 2^54: no tie unless a, b <= 53. In that case compare
// numerators and denominators, reduced, as powers.
//
// A weight divisible by 2^5, as every whole number of points is, never ties: h
// is odd, so 2^6 = 64 > 53 divides a. An odd weight can: one unit, with full
// marks at three, is worth exactly half of it.
#include "base/exact.h"

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "base/muldiv.h"
#include "base/natural.h"

namespace influence {
namespace {

// Returns the integer whose e-th power is n, or 0 if there is none. Requires
// that n is at least 1 and e at least 2.
uint64_t Root(uint64_t n, unsigned e) {
  uint64_t low = 1;
  uint64_t high = uint64_t{1} << 32;
  while (low < high) {
    const uint64_t middle = low + (high - low + 1) / 2;
    uint64_t power = 1;  // of middle, or more than n
    for (unsigned i = 0; i < e && power <= n; ++i) {
      power = power > n / middle ? n + 1 : power * middle;
    }
    (power <= n ? low : high) = power <= n ? middle : middle - 1;
  }
  uint64_t power = 1;
  for (unsigned i = 0; i < e; ++i) power *= low;
  return power == n ? low : 0;
}

class Comparison {
 public:
  // Requires 0 < quantity < full_marks.
  Comparison(Micros quantity, Micros full_marks, Micros weight)
      : n_(static_cast<uint64_t>(quantity + kOne)),
        m_(static_cast<uint64_t>(full_marks + kOne)),
        twice_weight_(static_cast<uint64_t>(2 * weight)) {
    SetPrecision(64);
  }

  // The sign of D(h), for odd h below 2W.
  int Sign(uint64_t h) {
    for (bool tie_refuted = false;; tie_refuted = true) {
      const Natural left = Product(log2_x_, FromWord(twice_weight_));
      const Natural right = Product(log2_full_, FromWord(h));
      const bool negative = Less(left, right);
      const Natural d =
          negative ? Difference(right, left) : Difference(left, right);
      if (BitLength(d) > 30) return negative ? -1 : 1;
      if (!tie_refuted && IsTie(h)) return 0;
      SetPrecision(2 * precision_);
    }
  }

 private:
  void SetPrecision(size_t p) {
    precision_ = p;
    const Natural log2_million = Log2Floor(uint64_t{kOne}, p);
    // Not negative: log2(1 + 10^-6) > 2^-20, far more than Log2Floor loses.
    log2_x_ = Difference(Log2Floor(n_, p), log2_million);
    log2_full_ = Difference(Log2Floor(m_, p), log2_million);
  }

  bool IsTie(uint64_t h) const {
    constexpr uint64_t kMaxExponent = 53;
    constexpr uint64_t kMillion = uint64_t{kOne};
    const uint64_t common = std::gcd(twice_weight_, h);
    const uint64_t a = twice_weight_ / common;
    const uint64_t b = h / common;
    if (a > kMaxExponent || b > kMaxExponent) return false;
    const uint64_t n_common = std::gcd(n_, kMillion);
    const uint64_t m_common = std::gcd(m_, kMillion);
    return Power(n_ / n_common, a) == Power(m_ / m_common, b) &&
           Power(kMillion / n_common, a) == Power(kMillion / m_common, b);
  }

  uint64_t n_;
  uint64_t m_;
  uint64_t twice_weight_;
  size_t precision_ = 0;
  Natural log2_x_;     // 2^precision * log2(1 + x), about
  Natural log2_full_;  // 2^precision * log2(1 + f), about
};

}  // namespace

// Bisects over the answer: the least k with v <= k + 1/2, decided by the sign
// of D alone. A tie, D = 0, goes to the even neighbour.
Micros ExactPoints(Micros quantity, Micros full_marks, Micros weight) {
  if (quantity <= 0) return 0;
  if (quantity >= full_marks) return weight;
  Comparison comparison(quantity, full_marks, weight);
  Micros low = 0;  // the least k with v <= k + 1/2 is in low .. high
  Micros high = weight;
  while (low < high) {
    const Micros k = low + (high - low) / 2;
    const int sign = comparison.Sign(static_cast<uint64_t>(2 * k + 1));
    if (sign == 0) return k + (k & 1);
    if (sign > 0) {
      low = k + 1;
    } else {
      high = k;
    }
  }
  return low;
}

// Looks for the largest e for which 1 + full_marks is the e-th power of a
// fraction p / q; the powers below it are then all the rational points.
std::vector<QuantityPoints> RationalPoints(Micros full_marks, Micros weight) {
  constexpr uint64_t kMillion = uint64_t{kOne};
  const uint64_t m = static_cast<uint64_t>(full_marks + kOne);
  const uint64_t common = std::gcd(m, kMillion);
  std::vector<QuantityPoints> found;
  for (unsigned e = 53; e > 1; --e) {  // m is below 2^54
    const uint64_t p = Root(m / common, e);
    const uint64_t q = Root(kMillion / common, e);
    if (p == 0 || q == 0) continue;
    uint64_t n = kMillion;  // 10^6 * (p / q)^j, whole, as q^e divides 10^6
    for (unsigned j = 1; j < e; ++j) {
      n = n / q * p;
      found.push_back({static_cast<Micros>(n) - kOne, MulDiv(weight, j, e)});
    }
    break;
  }
  return found;
}

}  // namespace influence
