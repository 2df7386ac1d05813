// Upper bounds from the curve alone. Bounds must not be too low, so quantities
// are rounded down and a micropoint is added; the list appears in every
// description of an algorithm and on its card.
#include "insight/price_list.h"

#include <algorithm>

#include "base/curve.h"
#include "base/muldiv.h"

namespace influence {
namespace {

constexpr int64_t kSilentSeconds = int64_t{30} * kDay;

// Returns the most points that going from `quantity` to full marks adds.
// log2(1+cx) - log2(1+x) grows with x for c > 1, until cx reaches full marks;
// from there on the gain shrinks. So the gain of a factor c is largest at x =
// full_marks / c, and so is, the other way round, the loss of a decay by c. The
// 1 covers the rounding of both scores.
Micros MostFrom(const Curve& curve, Micros quantity) {
  return std::min(curve.weight(), curve.weight() - curve.At(quantity) + 1);
}

// A lower bound of full_marks * 2^(-time/half_life), both in seconds, at most a
// few micros below it; 0 when that is under ten thousandths of a unit.
Micros Decayed(Micros full_marks, int64_t time, int64_t half_life) {
  // Log2OnePlus(n - kOne) is log2(n) - log2(kOne) in Q58; quantities are taken
  // a hundredfold so that values below one unit have a logarithm too.
  constexpr Micros kScale = 100;
  const auto log2_of = [](Micros value) {
    return Log2OnePlus(value * kScale - kOne);
  };
  if (time / half_life >= 60) return 0;
  const uint64_t drop =  // Q58
      (MulDivFloor(static_cast<uint64_t>(time), uint64_t{1} << 48,
                   static_cast<uint64_t>(half_life))
           .quotient +
       1)
      << 10;
  const uint64_t from = log2_of(full_marks);
  if (drop >= from) return 0;
  Micros low = kOne / kScale;  // log2_of(low) == 0
  Micros high = full_marks;
  while (low < high) {
    const Micros middle = low + (high - low + 1) / 2;
    if (log2_of(middle) <= from - drop) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low - 1;  // for the last bits of three logarithms
}

}  // namespace

// The worst case of a factor of c lies at full marks, as MostFrom() explains.
std::vector<msg::PriceLine> PriceList(const Algorithm& algorithm) {
  std::vector<msg::PriceLine> prices;
  for (const Row& row : algorithm.rows) {
    const Curve curve(row.weight, row.full_marks);
    const Micros silent =
        row.half_life_units == 0
            ? 0
            : MostFrom(curve, Decayed(row.full_marks, kSilentSeconds,
                                      int64_t{row.half_life_units} *
                                          algorithm.age_unit_seconds));
    prices.push_back({row.factor, MostFrom(curve, row.full_marks / 2),
                      MostFrom(curve, row.full_marks / 10), silent});
  }
  return prices;
}

}  // namespace influence
