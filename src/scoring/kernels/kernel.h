// The inner loops of scoring by columns, once for each kind of processor.
//
// A kernel works in doubles and is sure of its result or says that it is not.
// What it is unsure of is computed by base/curve.h, so that every kernel gives
// the same points: the exact formula, rounded to the nearest micropoint.
//
// With N = 10^6 + quantity and k = weight / log2(1 + full_marks), a kernel
// computes v = k * log2(N) - k * log2(10^6). Proof that |v - points| < doubt,
// in round-to-nearest, with or without fused operations:
//   N          A sum of at most 11 positive terms, each an integer rounded to a
//              double times another; at most 13 roundings lie behind any of
//              them. Relative 13 * 2^-53, in the logarithm below 2.1e-15.
//   log2(m)    By polynomial. constants.py states and proves its error for
//              each kernel: below 1.5e-11. Its own roundings: below 1e-15.
//   e + log2   Below 54; at most three roundings of 2^-48: 1.1e-14.
//              Together below 2^-35 (2.9e-11), which costs k * 2^-35.
//   k          Taken from the curve's slope, whose 36 fraction bits are
//              truncated: below 34 * 2^-36 = 5e-10, and rounded to a double,
//              which v, below 2 * 10^8, feels by 2.3e-8. The same k is in both
//              terms, so nothing else of it remains.
//   v          k * log2(10^6) and k * log2(N) are below 6 * 10^9 (k is at most
//              10^8, log2(N) below 54), rounded: 4.8e-7 each; the difference:
//              1.5e-8.
// Together below k * 2^-35 + 2^-19, which is Points::doubt.
//
// A quantity of full marks or more is cut to full marks, where v is the weight
// and as near to an integer as can be; zero gives v near 0. Neither is doubted.
#ifndef INFLUENCE_SCORING_KERNELS_KERNEL_H_
#define INFLUENCE_SCORING_KERNELS_KERNEL_H_

#include <cstddef>
#include <cstdint>

namespace influence {

// Rows are scored in blocks of this many. Every array below has that many
// entries, whatever the number of rows, so that kernels work in whole vectors
// and may write beyond the last row; only values[] ends where the rows end.
inline constexpr size_t kBlockRows = 512;

// Which rows of a block: bit i % 64 of word i / 64 for row i.
using RowSet = uint64_t[kBlockRows / 64];

// N of every row of a block, as sums in the making.
struct alignas(64) Sums {
  double n[kBlockRows];
};

// One row of an algorithm, as MakePointsRow() makes it.
struct PointsRow {
  double n_at_full_marks;  // 10^6 + full marks
  double slope;            // k
  double offset;           // k * log2(10^6)
  double doubt;
  int64_t weight;
};

// `slope` is k with 36 fraction bits, truncated.
PointsRow MakePointsRow(int64_t weight, int64_t full_marks, uint64_t slope);

struct Kernel {
  const char* name;

  // Makes every sum that of a quantity of zero.
  void (*reset)(Sums* sums);

  // Adds factor * values[i] to the sum of row i for the first `rows` rows, of
  // those that are valid (all of them if `valid` is null). Returns whether a
  // valid value was not in 0 .. limit. Requires limit < 2^62, factor < 2^53.
  bool (*add_int64)(const int64_t* values, const uint64_t* valid, size_t rows,
                    int64_t factor, int64_t limit, Sums* sums);
  bool (*add_int32)(const int32_t* values, const uint64_t* valid, size_t rows,
                    int64_t factor, int64_t limit, Sums* sums);

  // Sets bit `bit` of stated[i] where row i is valid.
  void (*state)(const uint64_t* valid, uint16_t bit, uint16_t* stated);

  // Adds the points of the first `rows` rows to score[i]; if `high` is not
  // null, to high[i] too, but the whole weight where the row is not in `stated`
  // (null: all rows are); and if `points` is not null, sets points[i]. Writes
  // the rows it is unsure of to `doubtful` and returns how many they are.
  size_t (*points)(const Sums& sums, size_t rows, const PointsRow& row,
                   const uint64_t* stated, int64_t* score, int64_t* high,
                   int64_t* points, uint16_t* doubtful);
};

// The kernel of that name, or if it is empty the fastest; null if it was not
// built or this processor lacks it.
const Kernel* FindKernel(const char* name, size_t size);

// Whether this thread rounds to nearest and traps nothing, as kernels need.
bool FloatModeIsUsual();

}  // namespace influence

#endif  // INFLUENCE_SCORING_KERNELS_KERNEL_H_
