#include "insight/apportion.h"

#include <algorithm>

#include "base/muldiv.h"

namespace influence {

// Largest remainder, as SPEC step 5. Fewer units are left over than there are
// non-zero remainders, so no part gets two.
std::vector<Micros> Apportion(Micros total,
                              const std::vector<Micros>& weights) {
  uint64_t sum = 0;
  for (const Micros weight : weights) sum += static_cast<uint64_t>(weight);
  std::vector<Micros> parts(weights.size(), 0);
  if (sum == 0 || total == 0) return parts;
  std::vector<uint64_t> remainders(weights.size(), 0);
  Micros left = total;
  for (size_t i = 0; i < weights.size(); ++i) {
    const QuotientRemainder share = MulDivFloor(
        static_cast<uint64_t>(total), static_cast<uint64_t>(weights[i]), sum);
    parts[i] = static_cast<Micros>(share.quotient);
    remainders[i] = share.remainder;
    left -= parts[i];
  }
  for (; left > 0; --left) {  // fewer than there are remainders over zero
    const auto largest = std::max_element(remainders.begin(), remainders.end());
    parts[static_cast<size_t>(largest - remainders.begin())] += 1;
    *largest = 0;
  }
  return parts;
}

std::vector<Micros> SplitChange(const Evaluator::Compiled& row, Micros before,
                                Micros after,
                                const std::vector<Delta>& deltas) {
  std::vector<Micros> rises, falls;
  Micros rise = 0;
  for (const Delta& delta : deltas) {
    const Micros change = delta.after - delta.before;
    rises.push_back(std::max<Micros>(change, 0));
    falls.push_back(std::max<Micros>(-change, 0));
    rise += rises.back();
  }
  // Two quantities at the limit do not fit a Micros; the curve is flat there.
  const uint64_t sum =
      static_cast<uint64_t>(before) + static_cast<uint64_t>(rise);
  const auto peak =
      static_cast<Micros>(std::min(sum, static_cast<uint64_t>(kMaxQuantity)));
  const Micros top = row.points.At(peak);
  const std::vector<Micros> up = Apportion(top - row.points.At(before), rises);
  const std::vector<Micros> down = Apportion(top - row.points.At(after), falls);
  std::vector<Micros> changes;
  for (size_t i = 0; i < deltas.size(); ++i) changes.push_back(up[i] - down[i]);
  return changes;
}

}  // namespace influence
