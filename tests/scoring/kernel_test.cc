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
#if defined(__x86_64__) || defined(__aarch64__)
  EXPECT_FALSE(found.empty()) << "nothing is tested; INFLUENCE_KERNEL="
                              << (only == nullptr ? "" : only);
#endif
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

bool IsIn(const uint64_t* rows, size_t i) {
  return ((rows[i / 64] >> (i % 64)) & 1) != 0;
}

// What a kernel makes of a block in which one column counts once.
class Outcome {
 public:
  void Run(const Kernel& kernel, const Curve& curve,
           std::vector<Micros> quantities, const uint64_t* stated = nullptr) {
    quantities.resize(kBlockRows);
    score.assign(kBlockRows, -1);
    high.assign(kBlockRows, -1);
    points.assign(kBlockRows, -1);
    std::fill(std::begin(doubtful), std::end(doubtful), 0);
    const KernelTerm term = {quantities.data(), nullptr, 1,
                             (int64_t{1} << 62) - 1, false};
    const KernelTask task = {RowOf(curve), &term, 1,
                             stated,       true,  points.data()};
    EXPECT_FALSE(kernel.score(&task, 1, kBlockRows, 9, score.data(),
                              high.data(), doubtful));
  }
  std::vector<int64_t> score, high, points;
  RowSet doubtful;
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
          for (size_t i = 0; i < kBlockRows; ++i) {
            if (IsIn(got.doubtful, i)) {
              ++doubted;
              continue;
            }
            const Micros right = curve.At(quantities[i]);
            if (got.points[i] == right && got.score[i] == right &&
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
          rows += kBlockRows;
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
          if (IsIn(got.doubtful, i)) continue;
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
      for (size_t i = 0; i < 4; ++i) {
        EXPECT_FALSE(IsIn(got.doubtful, i)) << kernel->name << table.weight;
      }
      EXPECT_EQ(got.points[0], 0);
      EXPECT_EQ(got.points[1], table.weight);
      EXPECT_EQ(got.points[2], table.weight);
      EXPECT_EQ(got.points[3], table.weight);
    }
  }
}

// Two columns that count, one of them narrow and one with nulls.
TEST(Kernels, AddWhatIsValid) {
  for (const Kernel* kernel : Kernels()) {
    std::mt19937_64 rng(3);
    const Curve curve(kFullScore, kMaxFullMarks);
    size_t doubted = 0;
    for (int round = 0; round < 40; ++round) {
      std::vector<int64_t> wide(kBlockRows);
      std::vector<int32_t> narrow(kBlockRows);
      RowSet valid;
      for (uint64_t& word : valid) word = rng();
      for (size_t i = 0; i < kBlockRows; ++i) {
        wide[i] = static_cast<int64_t>(rng() % 10'000'000'000);
        narrow[i] = static_cast<int32_t>(rng() >> 33 >> rng() % 32);
        if (!IsIn(valid, i)) wide[i] = static_cast<int64_t>(rng());
      }
      const KernelTerm terms[] = {
          {wide.data(), valid, 1'250'000, 10'000'000'000, false},
          {narrow.data(), nullptr, 250'000, INT32_MAX, true}};
      std::vector<int64_t> score(kBlockRows), high(kBlockRows);
      const KernelTask task = {RowOf(curve), terms, 2, nullptr, false, nullptr};
      RowSet doubtful = {};
      EXPECT_FALSE(kernel->score(&task, 1, kBlockRows, 5, score.data(),
                                 high.data(), doubtful));
      for (size_t i = 0; i < kBlockRows; ++i) {
        EXPECT_EQ(high[i], 5);
        if (IsIn(doubtful, i)) {
          ++doubted;
          continue;
        }
        const Micros quantity = (IsIn(valid, i) ? wide[i] * 1'250'000 : 0) +
                                Micros{narrow[i]} * 250'000;
        EXPECT_EQ(score[i], curve.At(quantity)) << kernel->name << i;
      }
    }
    EXPECT_LT(doubted, 40u * kBlockRows / 50) << kernel->name;
  }
}

// One value out of range; where it is not valid it does not matter.
TEST(Kernels, TellOfAValueOutOfRange) {
  for (const Kernel* kernel : Kernels()) {
    std::mt19937_64 rng(6);
    for (const int64_t limit : {int64_t{10'000'000'000}, kMaxSignal}) {
      for (int round = 0; round < 200; ++round) {
        const size_t rows = round == 0 ? 1 : 1 + rng() % kBlockRows;
        std::vector<int64_t> wide(kBlockRows, limit);
        std::vector<int32_t> narrow(kBlockRows, INT32_MAX);
        RowSet valid;
        for (uint64_t& word : valid) word = rng();
        const KernelTerm terms[] = {
            {wide.data(), valid, 1, limit, false},
            {narrow.data(), nullptr, 1, INT32_MAX, true}};
        const KernelTask tasks[] = {
            {NoPoints(), terms, 1, nullptr, false, nullptr},
            {NoPoints(), terms + 1, 1, nullptr, false, nullptr}};
        const auto is_told = [&] {
          std::vector<int64_t> score(kBlockRows), high(kBlockRows);
          RowSet doubtful = {};
          return kernel->score(tasks, 2, rows, 0, score.data(), high.data(),
                               doubtful);
        };
        EXPECT_FALSE(is_told());
        const size_t at = rng() % rows;
        for (const int64_t bad :
             {int64_t{-1}, limit + 1, INT64_MIN, INT64_MAX}) {
          wide[at] = bad;
          EXPECT_EQ(is_told(), IsIn(valid, at)) << kernel->name << bad;
        }
        wide[at] = 0;
        narrow[at] = -1;
        EXPECT_TRUE(is_told()) << kernel->name;
      }
    }
  }
}

// The score is the sum of all tasks; each task's points go where it says.
TEST(Kernels, SumTheTasks) {
  for (const Kernel* kernel : Kernels()) {
    std::mt19937_64 rng(7);
    std::vector<std::vector<Micros>> quantities, points;
    std::vector<Curve> curves;
    std::vector<KernelTerm> terms;
    for (const Table& table : kTables) {
      curves.emplace_back(table.weight, table.full_marks);
      points.emplace_back(kBlockRows, -1);
      quantities.emplace_back(kBlockRows);
      for (Micros& quantity : quantities.back()) {
        quantity = RandomQuantity(rng, table);
      }
    }
    for (const std::vector<Micros>& column : quantities) {
      terms.push_back(
          {column.data(), nullptr, 1, (int64_t{1} << 62) - 1, false});
    }
    std::vector<KernelTask> tasks;
    for (size_t t = 0; t < curves.size(); ++t) {
      tasks.push_back({RowOf(curves[t]), &terms[t], 1, nullptr, t % 3 != 0,
                       t % 2 == 0 ? points[t].data() : nullptr});
    }
    std::vector<int64_t> score(kBlockRows), high(kBlockRows);
    RowSet doubtful = {};
    kernel->score(tasks.data(), tasks.size(), kBlockRows, 11, score.data(),
                  high.data(), doubtful);
    size_t doubted = 0;
    for (size_t i = 0; i < kBlockRows; ++i) {
      if (IsIn(doubtful, i)) {
        ++doubted;
        continue;
      }
      Micros sum = 0;
      Micros sum_high = 11;
      for (size_t t = 0; t < curves.size(); ++t) {
        const Micros right = curves[t].At(quantities[t][i]);
        sum += right;
        if (t % 3 != 0) sum_high += right;
        EXPECT_EQ(points[t][i], t % 2 == 0 ? right : -1) << kernel->name;
      }
      EXPECT_EQ(score[i], sum) << kernel->name;
      EXPECT_EQ(high[i], sum_high) << kernel->name;
    }
    EXPECT_LT(doubted, kBlockRows / 10) << kernel->name;
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
      EXPECT_EQ(stated[i], IsIn(valid, i) ? 0x1201 : 0x1001)
          << kernel->name << i;
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
    Outcome got;
    got.Run(*kernel, curve, quantities, stated);
    for (size_t i = 0; i < kBlockRows; ++i) {
      EXPECT_EQ(got.high[i],
                9 + (IsIn(stated, i) ? got.score[i] : curve.weight()));
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
