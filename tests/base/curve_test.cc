#include "base/curve.h"

#include <cstdint>

#include "base/log2.h"
#include "base/micros.h"
#include "gtest/gtest.h"

namespace influence {
namespace {

constexpr Micros kMaxFullMarks = Micros{10'000'000'000} * kOne;

TEST(CurveTest, Table) {
  // want: Python's decimal with 80 digits, the unrounded value beside it.
  struct Case {
    Micros weight, full_marks, quantity, want;
  };
  // clang-format off
  const Case cases[] = {
      {28'000'000, 100'000'000'000, 1, 2},                       // 2.43
      {28'000'000, 100'000'000'000, 1'000'000, 1'685'767},       // .766.51
      {28'000'000, 100'000'000'000, 12'345'678, 6'301'902},      // .902.12
      {28'000'000, 100'000'000'000, 50'000'000'000, 26'314'258}, // .257.81
      {28'000'000, 100'000'000'000, 99'999'999'999, 28'000'000},
      {22'000'000, 100'000'000'000, 1'000'000, 1'324'531},       // .530.83
      {22'000'000, 100'000'000'000, 12'345'678, 4'951'495},      // .494.52
      {20'000'000, 100'000'000'000, 12'345'678, 4'501'359},      // .358.66
      {18'000'000, 10'000'000'000'000, 1, 1},                    // 1.12
      {18'000'000, 10'000'000'000'000, 12'345'678, 2'893'733},   // .733.06
      {18'000'000, 10'000'000'000'000, 9'999'999'999'999, 18'000'000},
      {6'000'000, 10'000'000'000, 12'345'678, 1'687'993},        // .992.64
      {6'000'000, 1'000'000'000, 12'345'678, 2'250'356},         // .355.67
      {6'000'000, 1'000'000'000, 999'999'999, 6'000'000},
      // The ends of what a custom table may say.
      {1, kMaxFullMarks, 1, 0},
      {1, kMaxFullMarks, 99'998'000'000, 0},                     // .49999957
      {1, kMaxFullMarks, 100'000'000'000, 1},                    // .50000043
      {kFullScore, kMaxFullMarks, kMaxFullMarks - 1, kFullScore},
      {kFullScore, kOne, 1, 144},                                // 144.27
      {kFullScore, kOne, 500'000, 58'496'250},                   // .250.07
      {kFullScore, kOne, 999'999, 99'999'928},                   // .927.87
      {1, kOne, 414'213, 0},                                     // .4999994
      {1, kOne, 414'214, 1},                                     // .5000004
      // Outside 0 .. full marks.
      {28'000'000, 100'000'000'000, 0, 0},
      {28'000'000, 100'000'000'000, -1, 0},
      {28'000'000, 100'000'000'000, INT64_MIN, 0},
      {28'000'000, 100'000'000'000, 100'000'000'000, 28'000'000},
      {28'000'000, 100'000'000'000, 100'000'000'001, 28'000'000},
      {28'000'000, 100'000'000'000, kMaxQuantity, 28'000'000},
      {1, kOne, kMaxQuantity, 1},
  };
  // clang-format on
  for (const Case& c : cases) {
    SCOPED_TRACE(testing::Message() << c.weight << " micropoints, full at "
                                    << c.full_marks << ", " << c.quantity);
    const Curve curve(c.weight, c.full_marks);
    EXPECT_EQ(curve.weight(), c.weight);
    EXPECT_EQ(curve.full_marks(), c.full_marks);
    EXPECT_EQ(curve.At(c.quantity), c.want);
    if (c.quantity >= 0) {
      EXPECT_EQ(curve.At(c.quantity, Log2OnePlus(c.quantity)), c.want);
    }
  }
}

TEST(Log2OnePlusTest, PowersOfTwoAreWholeNumbers) {
  EXPECT_EQ(Log2OnePlus(0), 0u);
  for (int power = 1; power <= 42; ++power) {
    const Micros quantity = ((Micros{1} << power) - 1) * kOne;
    const uint64_t want = static_cast<uint64_t>(power) << kLog2FractionBits;
    const uint64_t got = Log2OnePlus(quantity);
    EXPECT_LE(got > want ? got - want : want - got, 1u) << power;
  }
}

TEST(Log2OnePlusTest, LargestQuantityKeepsItsIntegerPart) {
  // log2(6.4 * 10^12) is 42.54.
  EXPECT_EQ(Log2OnePlus(kMaxQuantity) >> kLog2FractionBits, 42u);
}

// More is never less, at the finest step and across every table boundary.
TEST(CurveTest, NeverFalls) {
  const Curve curves[] = {
      {28'000'000, 100'000'000'000}, {kFullScore, kOne}, {3, kMaxFullMarks}};
  for (const Curve& curve : curves) {
    for (Micros n = kOne; n < curve.full_marks(); n += n / 1024) {
      Micros before = curve.At(n - kOne);
      for (Micros step = -2; step <= 2; ++step) {
        const Micros quantity = n - kOne + step;
        const Micros points = curve.At(quantity);
        if (step > -2) {
          ASSERT_GE(points, before) << quantity;
        }
        before = points;
      }
    }
  }
}

}  // namespace
}  // namespace influence
