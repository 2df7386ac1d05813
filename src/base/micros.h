// The unit of every quantity and score: integer millionths.
#ifndef INFLUENCE_BASE_MICROS_H_
#define INFLUENCE_BASE_MICROS_H_

#include <cstdint>

namespace influence {

// A count of millionths: one follower is 1'000'000. Scores are micropoints,
// millionths of a point. Why not double: a sum of doubles depends on order, on
// contraction and on the host's rounding mode; integers give the same bits
// everywhere and a golden value can be compared with ==.
using Micros = int64_t;

inline constexpr Micros kOne = 1'000'000;
inline constexpr Micros kFullScore = 100 * kOne;

// The largest quantity any factor can have: 64 accounts, each with ten billion
// units of signals that count at most tenfold. It is 6.4 * 10^18, below 2^63
// even after adding kOne.
inline constexpr Micros kMaxQuantity = Micros{6'400'000'000'000} * kOne;

}  // namespace influence

#endif  // INFLUENCE_BASE_MICROS_H_
