// How far two orders of one population agree, from a table of counts: cell
// (i, j) has those who are in class i before and in class j after. People in
// one class are tied. Everything is counted in integers; what is irrational is
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

// Spearman's rank correlation, with the mean rank for ties, in millionths, half
// to even; nothing if one side has everybody in one class.
std::optional<int64_t> Spearman(const Crosstab& table);

// Kendall's tau-b, likewise.
std::optional<int64_t> Kendall(const Crosstab& table);

// The population stability index in millionths: sum of (p - q) ln(p / q), where
// p and q are the bins' shares after half a person was added to each. Rounded
// to nearest from 120 correct bits; a tie cannot be, as the exact value is 0 or
// transcendental. Both sides have the same number of people, at most 2^36, in
// as many bins, at most 64.
int64_t Stability(const std::vector<uint64_t>& before,
                  const std::vector<uint64_t>& after);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_AGREEMENT_H_
