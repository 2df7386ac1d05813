// The inner loops of scoring by columns, once for each kind of processor.
//
// A kernel works in doubles. It is sure of a result or reports the row as
// doubtful; doubtful rows are computed by base/curve.h. So every kernel has the
// same points: the exact formula, rounded to the nearest micropoint.
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
// Together below k * 2^-35 + 2^-19, which is PointsRow::doubt.
//
// A quantity of full marks or more is cut to full marks, where v is within
// doubt of the weight, an integer; zero gives v near 0. Neither is doubtful.
#ifndef INFLUENCE_SCORING_KERNELS_KERNEL_H_
#define INFLUENCE_SCORING_KERNELS_KERNEL_H_

#include <cstddef>
#include <cstdint>

namespace influence {

// Rows are scored in blocks of this many. Every array below has that many
// entries, even if fewer rows are scored, so that kernels work in whole
// vectors.
inline constexpr size_t kBlockRows = 512;

// A set of rows of a block: bit i % 64 of word i / 64 is row i.
using RowSet = uint64_t[kBlockRows / 64];

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

// A row that is worth nothing.
PointsRow NoPoints();

// A column that counts: adds factor * values[i] to the quantity of row i for
// the rows in `valid` (null: all rows), where a value must be in 0 .. limit.
struct KernelTerm {
  const void* values;     // int64_t, or int32_t if is_narrow
  const uint64_t* valid;  // a RowSet
  int64_t factor;         // below 2^53
  int64_t limit;          // below 2^62
  bool is_narrow;
};

// One factor of the score.
struct KernelTask {
  PointsRow row;
  const KernelTerm* terms;
  size_t n_terms;
  // If adds_high, `high` grows by the points of rows in `stated` (null: all
  // rows) and by the weight of the other rows.
  const uint64_t* stated;
  bool adds_high;
  int64_t* points;  // where each row's points go, or null
};

struct Kernel {
  const char* name;

  // Sets score[i] to the sum of the tasks' points and high[i] to high_base plus
  // the tasks' additions, for the first `rows` rows and possibly some beyond.
  // Adds doubtful rows to `doubtful`. Returns true if a valid value is out of
  // range; the results of its row are then meaningless.
  bool (*score)(const KernelTask* tasks, size_t n_tasks, size_t rows,
                int64_t high_base, int64_t* score, int64_t* high,
                uint64_t* doubtful);

  // Sets bit `bit` of stated[i] where row i is valid.
  void (*state)(const uint64_t* valid, uint16_t bit, uint16_t* stated);
};

// Returns the kernel of this name, or the fastest for an empty name. Null if it
// was not built or this processor lacks it.
const Kernel* FindKernel(const char* name, size_t size);

// The name of the fastest, or "integer" if there is none.
const char* KernelName();

// True if this thread rounds to nearest and traps nothing, as kernels require.
bool FloatModeIsUsual();

}  // namespace influence

#endif  // INFLUENCE_SCORING_KERNELS_KERNEL_H_
