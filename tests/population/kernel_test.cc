// Every kernel this machine has against base/curve.h: a row it is sure of is
// right, and it is sure of almost all. INFLUENCE_KERNEL names one to test
// alone, INFLUENCE_ROWS how many rows.
#include "scoring/kernels/kernel.h"

#include <algorithm>
#include <cfenv>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "base/curve.h"
#include "gtest/gtest.h"
#include "model/algorithm.h"
#include "model/profile.h"

namespace influence {
namespace {

std::vector<const Kernel*> Kernels() {
  std::vector<const Kernel*> found;
  const char* only = std::getenv("INFLUENCE_KERNEL");
  for (const std::string name : {"sse2", "avx2", "avx512", "neon"}) {
    const Kernel* kernel = FindKernel(name.data(), name.size());
    if (kernel != nullptr && (only == nullptr || name == only)) {
      found.push_back(kernel);
    }
  }
  return found;
}

size_t RowsWanted() {
  const char* rows = std::getenv("INFLUENCE_ROWS");
  return rows == nullptr ? 2'000'000 : std::strtoull(rows, nullptr, 10);
}

struct Table {
  Micros weight;
  Micros full_marks;
};

// v1's rows, the limits of a custom one, and weights that are no whole points.
constexpr Table kTables[] = {
    {28'000'000, 100'000 * kOne},
    {22'000'000, 100'000 * kOne},
    {18'000'000, 10'000'000 * kOne},
    {6'000'000, 1'000 * kOne},
    {kFullScore, kOne},
    {kFullScore, kMaxFullMarks},
    {1, kOne},
    {1, kMaxFullMarks},
    {99'999'999, kMaxFullMarks},
    {33'333'335, 1'023 * kOne},
    {kFullScore, 3 * kOne},
    {12'345'677, 9'999'999'999},
};

PointsRow RowOf(const Curve& curve) {
  return MakePointsRow(curve.weight(), curve.full_marks(), curve.slope());
}

// Of every magnitude up to the limit; many near full marks, small or round.
Micros RandomQuantity(std::mt19937_64& rng, const Table& table) {
  const uint64_t roll = rng();
  const auto near = static_cast<Micros>(roll >> 32) % 64 - 32;
  switch (roll % 8) {
    case 0:
      return static_cast<Micros>(roll >> 8) % (1000 * kOne);
    case 1:
      return static_cast<Micros>(roll >> 8) % 1'000'000 * kOne;
    case 2:
      return std::max<Micros>(0, table.full_marks + near);
    case 3:
      return std::max<Micros>(0, near);
    default:
      return static_cast<Micros>((rng() >> 1) >> (roll % 56 + 7));
  }
}

class Outcome {
 public:
  // Scores the quantities, which are a block's.
  void Run(const Kernel& kernel, const Curve& curve,
           const std::vector<Micros>& quantities) {
    score.assign(kBlockRows, 7);
    high.assign(kBlockRows, 9);
    points.assign(kBlockRows, -1);
    kernel.reset(&sums);
    EXPECT_FALSE(kernel.add_int64(quantities.data(), nullptr, quantities.size(),
                                  1, (int64_t{1} << 62) - 1, &sums));
    uint16_t rows[kBlockRows];
    const size_t n =
        kernel.points(sums, quantities.size(), RowOf(curve), nullptr,
                      score.data(), high.data(), points.data(), rows);
    doubtful.assign(rows, rows + n);
  }
  Sums sums;
  std::vector<int64_t> score, high, points;
  std::vector<uint16_t> doubtful;
};

TEST(Kernels, AreThere) {
#if defined(__x86_64__)
  EXPECT_NE(FindKernel("sse2", 4), nullptr);
#elif defined(__aarch64__)
  EXPECT_NE(FindKernel("neon", 4), nullptr);
#else
  EXPECT_EQ(FindKernel("", 0), nullptr);
#endif
  EXPECT_EQ(FindKernel("avx", 3), nullptr);
  EXPECT_EQ(FindKernel("sse", 3), nullptr);
}

TEST(Kernels, AreRightOrDoubt) {
  for (const Kernel* kernel : Kernels()) {
    std::mt19937_64 rng(1);
    Outcome got;
    size_t rows = 0;
    size_t doubted = 0;
    size_t wrong = 0;
    while (rows < RowsWanted()) {
      for (const Table& table : kTables) {
        const Curve curve(table.weight, table.full_marks);
        for (int block = 0; block < 200; ++block) {
          std::vector<Micros> quantities(kBlockRows);
          for (Micros& quantity : quantities) {
            quantity = RandomQuantity(rng, table);
          }
          got.Run(*kernel, curve, quantities);
          auto next = got.doubtful.begin();
          for (size_t i = 0; i < kBlockRows; ++i) {
            if (next != got.doubtful.end() && *next == i) {
              ++next;
              continue;
            }
            const Micros right = curve.At(quantities[i]);
            if (got.points[i] == right && got.score[i] == 7 + right &&
                got.high[i] == 9 + right) {
              continue;
            }
            if (++wrong < 10) {
              ADD_FAILURE()
                  << kernel->name << " gives " << got.points[i] << " for "
                  << quantities[i] << ", not " << right << ", with "
                  << table.weight << " at " << table.full_marks;
            }
          }
          EXPECT_EQ(next, got.doubtful.end());
          rows += kBlockRows;
          doubted += got.doubtful.size();
        }
      }
    }
    EXPECT_EQ(wrong, 0u);
    // 2 * doubt of each row, of which the largest here is 0.0029.
    EXPECT_LT(doubted, rows / 200) << kernel->name;
    std::printf("%s: %zu rows, %zu doubted, %zu wrong\n", kernel->name, rows,
                doubted, wrong);
  }
}

// Around each of the places where the points change, for which the smallest
// quantity is searched: what is nearest to a tie.
TEST(Kernels, AreRightWherePointsChange) {
  for (const Kernel* kernel : Kernels()) {
    std::mt19937_64 rng(2);
    Outcome got;
    for (const Table& table : kTables) {
      const Curve curve(table.weight, table.full_marks);
      for (int round = 0; round < 40; ++round) {
        std::vector<Micros> quantities;
        while (quantities.size() + 4 <= kBlockRows) {
          const auto target =
              static_cast<Micros>(rng() % static_cast<uint64_t>(table.weight)) +
              1;
          Micros low = 0;
          Micros high = table.full_marks;
          while (low < high) {
            const Micros middle = low + (high - low) / 2;
            if (curve.At(middle) < target) {
              low = middle + 1;
            } else {
              high = middle;
            }
          }
          for (const Micros near : {low - 2, low - 1, low, low + 1}) {
            quantities.push_back(std::max<Micros>(near, 0));
          }
        }
        got.Run(*kernel, curve, quantities);
        for (size_t i = 0; i < quantities.size(); ++i) {
          if (std::binary_search(got.doubtful.begin(), got.doubtful.end(), i)) {
            continue;
          }
          ASSERT_EQ(got.points[i], curve.At(quantities[i]))
              << kernel->name << ", " << quantities[i] << ", " << table.weight;
        }
      }
    }
  }
}

// Zero and full marks are what everybody has; they must cost nothing extra.
TEST(Kernels, DoNotDoubtTheEnds) {
  for (const Kernel* kernel : Kernels()) {
    Outcome got;
    for (const Table& table : kTables) {
      const Curve curve(table.weight, table.full_marks);
      got.Run(
          *kernel, curve,
          {0, table.full_marks, table.full_marks + 1, 100'000'000'000 * kOne});
      EXPECT_TRUE(got.doubtful.empty()) << kernel->name << table.weight;
      EXPECT_EQ(got.points[0], 0);
      EXPECT_EQ(got.points[1], table.weight);
      EXPECT_EQ(got.points[2], table.weight);
      EXPECT_EQ(got.points[3], table.weight);
    }
  }
}

TEST(Kernels, AddWhatIsValidAndInRange) {
  for (const Kernel* kernel : Kernels()) {
    std::mt19937_64 rng(3);
    for (const int64_t limit : {int64_t{10'000'000'000}, kMaxSignal}) {
      const int64_t factor = limit == kMaxSignal ? 1 : 1'250'000;
      for (size_t rows : {size_t{0}, size_t{1}, size_t{7}, size_t{8},
                          size_t{63}, size_t{64}, size_t{511}, kBlockRows}) {
        std::vector<int64_t> values(rows);
        std::vector<int32_t> narrow(rows);
        RowSet valid;
        for (uint64_t& word : valid) word = rng();
        for (size_t i = 0; i < rows; ++i) {
          values[i] = static_cast<int64_t>(rng() % (uint64_t(limit) + 1));
          narrow[i] = static_cast<int32_t>(rng() >> 33);
        }
        Sums sums;
        kernel->reset(&sums);
        EXPECT_FALSE(kernel->add_int64(values.data(), valid, rows, factor,
                                       limit, &sums));
        EXPECT_FALSE(kernel->add_int32(narrow.data(), nullptr, rows, factor,
                                       limit, &sums));
        for (size_t i = 0; i < rows; ++i) {
          const bool is_valid = ((valid[i / 64] >> (i % 64)) & 1) != 0;
          const double want =
              1e6 + double(factor) * double(narrow[i]) +
              (is_valid ? double(factor) * double(values[i]) : 0);
          EXPECT_NEAR(sums.n[i], want, want * 1e-15) << kernel->name << i;
        }
        for (size_t i = rows; i < kBlockRows; ++i) EXPECT_EQ(sums.n[i], 1e6);
        // One value out of range, valid or not.
        for (const int64_t bad :
             {int64_t{-1}, limit + 1, INT64_MIN, INT64_MAX}) {
          if (rows == 0) continue;
          const size_t at = rng() % rows;
          const int64_t kept = values[at];
          values[at] = bad;
          const bool is_valid = ((valid[at / 64] >> (at % 64)) & 1) != 0;
          EXPECT_EQ(kernel->add_int64(values.data(), valid, rows, factor, limit,
                                      &sums),
                    is_valid)
              << kernel->name << bad;
          values[at] = kept;
        }
        if (rows > 0) {
          narrow[rows - 1] = -1;
          EXPECT_TRUE(kernel->add_int32(narrow.data(), nullptr, rows, factor,
                                        limit, &sums));
        }
      }
    }
  }
}

TEST(Kernels, StateWhatIsValid) {
  for (const Kernel* kernel : Kernels()) {
    std::mt19937_64 rng(4);
    RowSet valid;
    for (uint64_t& word : valid) word = rng();
    uint16_t stated[kBlockRows];
    std::fill_n(stated, kBlockRows, uint16_t{0x1001});
    kernel->state(valid, 0x0200, stated);
    for (size_t i = 0; i < kBlockRows; ++i) {
      const bool is_valid = ((valid[i / 64] >> (i % 64)) & 1) != 0;
      EXPECT_EQ(stated[i], is_valid ? 0x1201 : 0x1001) << kernel->name << i;
    }
  }
}

TEST(Kernels, RaiseHighToTheWeightWhereNotStated) {
  for (const Kernel* kernel : Kernels()) {
    std::mt19937_64 rng(5);
    const Curve curve(28'000'000, 100'000 * kOne);
    RowSet stated;
    for (uint64_t& word : stated) word = rng();
    std::vector<Micros> quantities(kBlockRows);
    for (Micros& q : quantities) q = static_cast<Micros>(rng() >> 30);
    Sums sums;
    kernel->reset(&sums);
    kernel->add_int64(quantities.data(), nullptr, kBlockRows, 1, kMaxSignal,
                      &sums);
    std::vector<int64_t> score(kBlockRows), high(kBlockRows);
    uint16_t doubtful[kBlockRows];
    kernel->points(sums, kBlockRows, RowOf(curve), stated, score.data(),
                   high.data(), nullptr, doubtful);
    for (size_t i = 0; i < kBlockRows; ++i) {
      const bool is_stated = ((stated[i / 64] >> (i % 64)) & 1) != 0;
      EXPECT_EQ(high[i], is_stated ? score[i] : curve.weight());
    }
  }
}

#if defined(__x86_64__) || defined(__aarch64__)
TEST(FloatMode, IsUsualOnlyWhenItRoundsToNearest) {
  EXPECT_TRUE(FloatModeIsUsual());
  for (const int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
    std::fesetround(mode);
    const bool usual = FloatModeIsUsual();
    std::fesetround(FE_TONEAREST);
    EXPECT_FALSE(usual);
  }
#if defined(__x86_64__) && defined(__GLIBC__)
  feenableexcept(FE_DIVBYZERO);
  const bool usual = FloatModeIsUsual();
  fedisableexcept(FE_ALL_EXCEPT);
  EXPECT_FALSE(usual);
#endif
  EXPECT_TRUE(FloatModeIsUsual());
}
#endif

}  // namespace
}  // namespace influence
