// Rank agreement and stability in exact arithmetic. Populations have up to 2^35
// people, so products of ranks exceed 128 bits: sums are Natural numbers, and a
// ratio with a square root is rounded by comparing squares. Every machine thus
// reports the same millionth.
#include "insight/agreement.h"

#include "base/natural.h"

namespace influence {
namespace {

// A sum of positive and negative numbers.
class SignedSum {
 public:
  void Add(const Natural& size, bool negative) {
    Natural& side = negative ? minus_ : plus_;
    side = Sum(side, size);
  }
  bool negative() const { return Less(plus_, minus_); }
  Natural Size() const {
    return negative() ? Difference(minus_, plus_) : Difference(plus_, minus_);
  }

 private:
  Natural plus_, minus_;
};

Natural Square(const Natural& n) { return Product(n, n); }

Natural SizeOf(int64_t value) {
  return FromWord(static_cast<uint64_t>(value < 0 ? -value : value));
}

// Rounds a non-negative number, known only through comparisons, to the nearest
// integer up to `most`, ties to even. reached(2m + 1) tells whether m + 1/2 is
// at least the number, is_tie(2m + 1) whether it equals it.
template <typename Reached, typename IsTie>
int64_t Nearest(int64_t most, Reached reached, IsTie is_tie) {
  int64_t low = 0;
  int64_t high = most;
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (reached(static_cast<uint64_t>(2 * middle + 1))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const bool tie = is_tie(static_cast<uint64_t>(2 * low + 1));
  return tie && low % 2 != 0 ? low + 1 : low;
}

// Returns sum / sqrt(square) in millionths, by comparing squares. Requires
// |sum| <= sqrt(square) and square > 0.
int64_t Ratio(const SignedSum& sum, const Natural& square) {
  const Natural twice =
      Square(Product(sum.Size(), FromWord(2'000'000)));  // squared
  const auto side = [&square](uint64_t odd) {
    return Product(Square(FromWord(odd)), square);
  };
  const int64_t ratio = Nearest(
      1'000'000, [&](uint64_t odd) { return !Less(side(odd), twice); },
      [&](uint64_t odd) { return side(odd) == twice; });
  return sum.negative() ? -ratio : ratio;
}

struct Margins {
  std::vector<uint64_t> before, after;
  uint64_t all = 0;
};

Margins MarginsOf(const Crosstab& table) {
  Margins margins;
  margins.before.resize(table.classes);
  margins.after.resize(table.classes);
  for (size_t i = 0; i < table.classes; ++i) {
    for (size_t j = 0; j < table.classes; ++j) {
      margins.before[i] += table.At(i, j);
      margins.after[j] += table.At(i, j);
      margins.all += table.At(i, j);
    }
  }
  return margins;
}

// Twice the mean rank of each class, minus the average over all people. Twice,
// so that mean ranks of ties are integers.
std::vector<int64_t> CentredRanks(const std::vector<uint64_t>& counts,
                                  uint64_t all) {
  std::vector<int64_t> ranks;
  uint64_t below = 0;
  for (const uint64_t count : counts) {
    ranks.push_back(static_cast<int64_t>(2 * below + count) -
                    static_cast<int64_t>(all));
    below += count;
  }
  return ranks;
}

Natural SumOfSquares(const std::vector<uint64_t>& counts,
                     const std::vector<int64_t>& ranks) {
  Natural sum;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    sum = Sum(sum, Product(FromWord(counts[i]), Square(SizeOf(ranks[i]))));
  }
  return sum;
}

// The number of ordered pairs of people in different classes.
Natural Untied(const std::vector<uint64_t>& counts, uint64_t all) {
  Natural tied;
  for (const uint64_t count : counts) {
    tied = Sum(tied, Square(FromWord(count)));
  }
  return Difference(Square(FromWord(all)), tied);
}

// ln 2, 128 fraction bits, rounded down.
Natural Ln2() { return {0x03f2f6af, 0xc9e3b398, 0xd1cf79ab, 0xb17217f7}; }

}  // namespace

// Pearson's correlation of mean ranks, which handles ties exactly.
std::optional<int64_t> Spearman(const Crosstab& table) {
  const Margins margins = MarginsOf(table);
  const std::vector<int64_t> x = CentredRanks(margins.before, margins.all);
  const std::vector<int64_t> y = CentredRanks(margins.after, margins.all);
  const Natural square =
      Product(SumOfSquares(margins.before, x), SumOfSquares(margins.after, y));
  if (square.empty()) return std::nullopt;
  SignedSum sum;
  for (size_t i = 0; i < table.classes; ++i) {
    SignedSum row;
    for (size_t j = 0; j < table.classes; ++j) {
      const uint64_t count = table.At(i, j);
      if (count == 0) continue;
      row.Add(Product(FromWord(count), SizeOf(y[j])), y[j] < 0);
    }
    sum.Add(Product(row.Size(), SizeOf(x[i])), row.negative() != (x[i] < 0));
  }
  return Ratio(sum, square);
}

std::optional<int64_t> Kendall(const Crosstab& table) {
  const Margins margins = MarginsOf(table);
  const Natural square = Product(Untied(margins.before, margins.all),
                                 Untied(margins.after, margins.all));
  if (square.empty()) return std::nullopt;
  // Concordant minus discordant pairs, each counted twice, because the pairs
  // under the root are ordered too.
  SignedSum sum;
  std::vector<uint64_t> above(table.classes, 0);  // earlier rows, by column
  uint64_t earlier = 0;                           // their sum
  for (size_t i = 0; i < table.classes; ++i) {
    uint64_t left = 0;  // of `above`, before column j
    for (size_t j = 0; j < table.classes; ++j) {
      const uint64_t count = table.At(i, j);
      const uint64_t right = earlier - left - above[j];
      if (count != 0) {
        const Natural twice = FromWord(2 * count);
        sum.Add(Product(twice, FromWord(left)), false);
        sum.Add(Product(twice, FromWord(right)), true);
      }
      left += above[j];
    }
    for (size_t j = 0; j < table.classes; ++j) {
      above[j] += table.At(i, j);
      earlier += table.At(i, j);
    }
  }
  return Ratio(sum, square);
}

// (a - b) (ln a - ln b) is never negative, so the sum has no cancellation and
// 128 bits per logarithm suffice.
int64_t Stability(const std::vector<uint64_t>& before,
                  const std::vector<uint64_t>& after) {
  constexpr size_t kBits = 128;
  // Both sides have the same number of people, so all shares have one
  // denominator.
  Natural sum;  // 2^kBits * sum of (a - b) * log2(a / b), whose terms are >= 0
  uint64_t people = 0;
  for (size_t i = 0; i < before.size(); ++i) {
    const uint64_t a = 2 * before[i] + 1;
    const uint64_t b = 2 * after[i] + 1;
    people += a;
    if (a == b) continue;
    const uint64_t high = a > b ? a : b;
    const uint64_t low = a > b ? b : a;
    const Natural log2 =
        Difference(Log2Floor(high, kBits), Log2Floor(low, kBits));
    sum = Sum(sum, Product(FromWord(high - low), log2));
  }
  const Natural twice = Product(Product(sum, Ln2()), FromWord(2'000'000));
  const auto side = [people](uint64_t odd) {
    return ShiftLeft(Product(FromWord(odd), FromWord(people)), 2 * kBits);
  };
  constexpr int64_t kMost = int64_t{1} << 32;  // 2 ln(2^38) is below 53
  return Nearest(
      kMost, [&](uint64_t odd) { return !Less(side(odd), twice); },
      [](uint64_t) { return false; });
}

}  // namespace influence
