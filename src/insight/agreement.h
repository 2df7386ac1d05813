// Measures how far two orders of one population agree, from a table of counts:
// cell (i, j) holds the number of people in class i before and class j after.
// People of one class are tied. All sums are integers; an irrational result is
// rounded once, at the end.
#ifndef INFLUENCE_INSIGHT_AGREEMENT_H_
#define INFLUENCE_INSIGHT_AGREEMENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace influence {

// A square table, row by row. Its counts sum to at most 2^36.
struct Crosstab {
  size_t classes;
  const std::vector<uint64_t>& counts;
  uint64_t At(size_t i, size_t j) const { return counts[i * classes + j]; }
};

// Spearman's rank correlation, with mean ranks for ties, in millionths, rounded
// half-even. Nothing if one side has all people in one class.
std::optional<int64_t> Spearman(const Crosstab& table);

// Kendall's tau-b, in the same unit and under the same condition.
std::optional<int64_t> Kendall(const Crosstab& table);

// The population stability index in millionths: sum of (p - q) ln(p / q), where
// p and q are the bins' shares after half a person was added to each. Rounded
// to nearest from 120 correct bits; there are no ties, because the exact value
// is 0 or transcendental. Requires the same number of people on both sides, at
// most 2^36, in the same number of bins, at most 64.
int64_t Stability(const std::vector<uint64_t>& before,
                  const std::vector<uint64_t>& after);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_AGREEMENT_H_
