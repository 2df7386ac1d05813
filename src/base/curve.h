// The one curve of every algorithm: from a quantity to points.
//
//   points = weight * log2(1 + x) / log2(1 + full_marks),  x = quantity / 10^6
//
// rounded to the nearest micropoint, ties to even; 0 for x <= 0 and the weight
// for x >= full_marks. The formula defines the result, not the code: a faster
// computation must return the same integer. Because it is correctly rounded, it
// never falls as the quantity grows.
//
// Proof that the fast path is right. Let l and L be the logarithms of x and of
// full_marks, both off by less than d = 1.5 * 2^-58 (log2.h), and W the weight.
//   logs       W(l+d1)/(L+d2) - W l/L = W (d1 - d2 l/L) / (L+d2), which for
//              l < L and L >= 1 is below 2 d W / (1-d), where W <= 10^8:
//              1.05e-9.
//   slope      W / L has 36 fraction bits, truncated, and is below 2^63. It
//              costs 2^-36 (l + d), where l < log2(1 + 10^10) < 33.3: 4.9e-10.
//   product    It has 94 fraction bits; its high word keeps 30: 9.4e-10.
// Together below 2.5e-9 micropoints < kDoubt = 4 * 2^-30 = 3.7e-9. A fraction
// farther than that from one half rounds as the exact value does; the rest, 9
// of 2^30 fractions, about one point in 10^8, goes to ExactPoints.
#ifndef INFLUENCE_BASE_CURVE_H_
#define INFLUENCE_BASE_CURVE_H_

#include <cstdint>
#include <vector>

#include "base/exact.h"
#include "base/log2.h"
#include "base/micros.h"
#include "base/muldiv.h"

namespace influence {

class Curve {
 public:
  // Requires 1 <= weight <= kFullScore and kOne <= full_marks <= 10^16 (ten
  // billion units).
  Curve(Micros weight, Micros full_marks)
      : weight_(weight),
        full_marks_(full_marks),
        slope_(Slope()),
        rational_(RationalPoints(full_marks, weight)) {}

  Micros weight() const { return weight_; }
  Micros full_marks() const { return full_marks_; }
  // weight / log2(1 + full_marks) with 36 fraction bits, truncated.
  uint64_t slope() const { return slope_; }

  // The points of a quantity, any integer up to kMaxQuantity.
  Micros At(Micros quantity) const {
    if (quantity <= 0) return 0;
    return At(quantity, Log2OnePlus(quantity));
  }

  // The same, with log2 = Log2OnePlus(quantity) already at hand. Requires
  // quantity >= 0.
  Micros At(Micros quantity, uint64_t log2) const {
    if (quantity >= full_marks_) return weight_;
    const uint64_t above = Estimate(log2) + kUnit / 2;  // to be rounded down
    if (IsDoubtful(above)) {
      return Doubtful(quantity);
    }
    return static_cast<Micros>(above / kUnit);
  }

  // True if At() takes the exact path for a quantity below full marks with this
  // logarithm.
  bool NeedsExact(uint64_t log2) const {
    return IsDoubtful(Estimate(log2) + kUnit / 2);
  }

 private:
  static constexpr uint64_t kUnit = uint64_t{1} << 30;  // one micropoint
  static constexpr uint64_t kDoubt = 4;

  uint64_t Slope() const {
    return MulDivFloor(static_cast<uint64_t>(weight_) << 36,
                       uint64_t{1} << kLog2FractionBits,
                       Log2OnePlus(full_marks_))
        .quotient;
  }

  // The points with 30 fraction bits, off by less than kDoubt.
  uint64_t Estimate(uint64_t log2) const { return MultiplyHigh(log2, slope_); }

  Micros Doubtful(Micros quantity) const {
    for (const QuantityPoints& known : rational_) {
      if (known.quantity == quantity) return known.points;
    }
    return ExactPoints(quantity, full_marks_, weight_);
  }

  // True if an error of kDoubt could carry `above` across a whole number.
  static constexpr bool IsDoubtful(uint64_t above) {
    return (above + kDoubt) % kUnit <= 2 * kDoubt;
  }

  Micros weight_;
  Micros full_marks_;
  uint64_t slope_;  // micropoints per doubling, 36 fraction bits
  std::vector<QuantityPoints> rational_;
};

}  // namespace influence

#endif  // INFLUENCE_BASE_CURVE_H_
