// Every entry of the tables against MPFR.
#include "tally/decay.h"

#include <gmp.h>
#include <mpfr.h>

#include "gtest/gtest.h"

namespace influence {
namespace {

TEST(Decay, IsCorrectlyRounded) {
  mpfr_t value, tie;
  mpfr_init2(value, 200);
  mpfr_init2(tie, 200);
  for (const int half_life :
       {1, 2, 3, 7, 10, 24, 30, 45, 90, 180, 365, 997, 36'500}) {
    const DecayTable table(half_life);
    const int64_t step = half_life > 1000 ? 97 : 1;
    for (int64_t age = 0; age <= 32 * int64_t{half_life}; age += step) {
      mpfr_set_si(value, -age, MPFR_RNDN);
      mpfr_div_si(value, value, half_life, MPFR_RNDN);
      mpfr_add_si(value, value, kDecayBits, MPFR_RNDN);
      mpfr_exp2(value, value, MPFR_RNDN);
      // How near a tie: Exp2() in decay.cc is off by less than 2^-88 here.
      mpfr_sub_d(tie, value, 0.5, MPFR_RNDN);
      mpfr_frac(tie, tie, MPFR_RNDN);
      ASSERT_TRUE(age % half_life == 0 || mpfr_cmpabs_ui(tie, 0) != 0);
      mpfr_abs(tie, tie, MPFR_RNDN);
      if (age % half_life != 0) {
        ASSERT_GT(mpfr_cmp_d(tie, 0x1p-60), 0) << half_life << " " << age;
      }
      mpfr_rint(value, value, MPFR_RNDN);
      ASSERT_EQ(table.At(age), mpfr_get_ui(value, MPFR_RNDN))
          << half_life << " " << age;
    }
  }
  mpfr_clear(value);
  mpfr_clear(tie);
}

TEST(Decay, WithoutAHalfLifeIsNone) {
  const DecayTable table(0);
  EXPECT_EQ(table.At(0), kFresh);
  EXPECT_EQ(table.At(int64_t{1} << 40), kFresh);
}

TEST(Decay, NeverRises) {
  const DecayTable table(45);
  for (int64_t age = 1; age < 2'000; ++age) {
    EXPECT_LE(table.At(age), table.At(age - 1));
  }
  EXPECT_EQ(table.At(31 * 45), 0u);
  EXPECT_EQ(table.At(INT64_MAX), 0u);
}

}  // namespace
}  // namespace influence
