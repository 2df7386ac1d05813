// The curve, fast and exact, against MPFR: no point may differ.
//
// INFLUENCE_MPFR_POINTS sets how many random points are compared; the default
// keeps the test inside a minute. The adversarial points come on top.
#include <gmp.h>
#include <mpfr.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <random>
#include <vector>

#include "base/curve.h"
#include "base/exact.h"
#include "base/log2.h"
#include "base/micros.h"
#include "gtest/gtest.h"

namespace influence {
namespace {

constexpr Micros kMaxFullMarks = Micros{10'000'000'000} * kOne;

class Real {
 public:
  explicit Real(mpfr_prec_t bits) { mpfr_init2(value_, bits); }
  ~Real() { mpfr_clear(value_); }
  Real(const Real&) = delete;
  Real& operator=(const Real&) = delete;
  mpfr_ptr get() { return value_; }

 private:
  mpfr_t value_;
};

// value = ln(1 + micros / 10^6), off by less than 2^(8 - bits): two logarithms
// below 2^6, a subtraction, each rounded to nearest.
void LogOnePlus(Micros micros, Real* value) {
  Real million(mpfr_get_prec(value->get()));
  mpfr_set_ui(million.get(), 1'000'000, MPFR_RNDN);
  mpfr_log(million.get(), million.get(), MPFR_RNDN);
  mpfr_set_si(value->get(), micros + kOne, MPFR_RNDN);  // 63 bits, exact
  mpfr_log(value->get(), value->get(), MPFR_RNDN);
  mpfr_sub(value->get(), value->get(), million.get(), MPFR_RNDN);
}

// Whether weight * ln(1+x) / ln(1+full) is k + 1/2 exactly, that is
// (1+x)^(2 weight) = (1+full)^(2k+1), with integers. exact.cc shows why only
// reduced exponents below 54 can be equal.
bool IsTie(Micros x, Micros full, Micros weight, Micros k) {
  const Micros common = std::gcd(2 * weight, 2 * k + 1);
  const Micros a = 2 * weight / common, b = (2 * k + 1) / common;
  if (a >= 64 || b >= 64) return false;
  const auto power = [](mpz_ptr out, Micros base, Micros exponent) {
    mpz_ui_pow_ui(out, static_cast<unsigned long>(base),
                  static_cast<unsigned long>(exponent));
  };
  mpz_t left, right, million;
  mpz_inits(left, right, million, nullptr);
  power(left, x + kOne, a);
  power(million, kOne, b);
  mpz_mul(left, left, million);
  power(right, full + kOne, b);
  power(million, kOne, a);
  mpz_mul(right, right, million);
  const bool equal = mpz_cmp(left, right) == 0;
  mpz_clears(left, right, million, nullptr);
  return equal;
}

// The correctly rounded points of one table row.
class Oracle {
 public:
  static constexpr mpfr_prec_t kBits = 96;

  Oracle(Micros weight, Micros full_marks)
      : weight_(weight), full_marks_(full_marks) {
    Real log(kBits);
    LogOnePlus(full_marks, &log);
    mpfr_init2(slope_, kBits);
    mpfr_si_div(slope_, weight, log.get(), MPFR_RNDN);
  }
  ~Oracle() { mpfr_clear(slope_); }
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;

  // log: ln(1+x) with kBits, computed by LogOnePlus.
  Micros Points(Micros quantity, Real* log) const {
    if (quantity <= 0) return 0;
    if (quantity >= full_marks_) return weight_;
    Micros points = 0;
    if (Round(slope_, log, &points)) return points;
    return PointsAtMoreBits(quantity);
  }

 private:
  Micros PointsAtMoreBits(Micros quantity) const {
    for (mpfr_prec_t bits = 2 * kBits; bits <= 65'536; bits *= 2) {
      Real log(bits), log_full(bits), slope(bits);
      LogOnePlus(quantity, &log);
      LogOnePlus(full_marks_, &log_full);
      mpfr_si_div(slope.get(), weight_, log_full.get(), MPFR_RNDN);
      Micros points = 0;
      if (Round(slope.get(), &log, &points)) return points;
      mpfr_mul(slope.get(), slope.get(), log.get(), MPFR_RNDN);
      mpfr_mul_2ui(slope.get(), slope.get(), 1, MPFR_RNDN);
      const Micros k = (mpfr_get_si(slope.get(), MPFR_RNDN) - 1) / 2;
      if (IsTie(quantity, full_marks_, weight_, k)) return k + k % 2;
    }
    std::abort();  // neither a tie nor decided by 65,536 bits
  }

  // Sets *points to the integer nearest slope * log, unless that is within
  // 2^(40 - bits) of two; returns whether it was set. The product is off by
  // less than that: the logarithms are, relative to weight < 2^27 and to a
  // full-marks logarithm above 0.69, by 2^(8 - bits + 27 + 1) each, and the
  // two rounded operations by 2^(28 - bits).
  static bool Round(mpfr_srcptr slope, Real* log, Micros* points) {
    const mpfr_prec_t bits = mpfr_get_prec(slope);
    static thread_local Real nearest(64);
    Real product(bits);
    mpfr_mul(product.get(), slope, log->get(), MPFR_RNDN);
    mpfr_rint(nearest.get(), product.get(), MPFR_RNDN);  // below 2^27, exact
    *points = mpfr_get_si(nearest.get(), MPFR_RNDN);
    mpfr_sub(product.get(), product.get(), nearest.get(), MPFR_RNDN);
    mpfr_abs(product.get(), product.get(), MPFR_RNDN);
    mpfr_ui_sub(product.get(), 1, product.get(), MPFR_RNDN);
    mpfr_sub_d(product.get(), product.get(), 0.5, MPFR_RNDN);
    return mpfr_cmp_ui_2exp(product.get(), 1, 40 - bits) > 0;
  }

  Micros weight_;
  Micros full_marks_;
  mpfr_t slope_;
};

struct Table {
  Table(Micros weight, Micros full_marks)
      : curve(weight, full_marks), oracle(weight, full_marks) {}
  Curve curve;
  Oracle oracle;
};

struct Counts {
  int64_t points = 0;
  int64_t exact = 0;  // of these, handed to ExactPoints by the fast path
  int64_t wrong = 0;
};

void Compare(const Table& table, Micros quantity, Real* log, Counts* counts) {
  const Curve& curve = table.curve;
  const Micros want = table.oracle.Points(quantity, log);
  const Micros got = curve.At(quantity);
  ++counts->points;
  if (quantity > 0 && quantity < curve.full_marks()) {
    counts->exact += curve.NeedsExact(Log2OnePlus(quantity));
  }
  if (got == want) return;
  if (++counts->wrong <= 10) {
    ADD_FAILURE() << "quantity " << quantity << ", full marks "
                  << curve.full_marks() << ", weight " << curve.weight() << ": "
                  << got << ", MPFR " << want;
  }
}

void Compare(const Table& table, Micros quantity, Counts* counts) {
  Real log(Oracle::kBits);
  if (quantity > 0) LogOnePlus(quantity, &log);
  Compare(table, quantity, &log, counts);
}

void Report(const char* what, const Counts& counts) {
  std::printf("%s: %lld points, %lld by the exact path, %lld wrong\n", what,
              static_cast<long long>(counts.points),
              static_cast<long long>(counts.exact),
              static_cast<long long>(counts.wrong));
  EXPECT_EQ(counts.wrong, 0);
}

using Random = std::mt19937_64;

// Uniform in its logarithm, from low to high.
Micros LogUniform(Micros low, Micros high, Random* random) {
  const double unit = static_cast<double>((*random)() >> 11) * 0x1p-53;
  const double span =
      std::log(static_cast<double>(high) / static_cast<double>(low));
  const double value = static_cast<double>(low) * std::exp(unit * span);
  return std::min(high, std::max(low, static_cast<Micros>(value)));
}

using Tables = std::vector<std::unique_ptr<Table>>;

// The six rows of v1.
Tables V1() {
  Tables tables;
  const Micros rows[][2] = {{28, 100'000},    {22, 100'000}, {20, 100'000},
                            {18, 10'000'000}, {6, 10'000},   {6, 1'000}};
  for (const auto& row : rows) {
    tables.push_back(std::make_unique<Table>(row[0] * kOne, row[1] * kOne));
  }
  return tables;
}

// v1, the ends of what a custom table may say, and tables drawn at random.
Tables V1AndOthers(size_t random_tables, Random* random) {
  Tables tables = V1();
  for (const Micros weight : {Micros{1}, Micros{7}, kFullScore}) {
    for (const Micros full : {kOne, 3 * kOne, kMaxFullMarks}) {
      tables.push_back(std::make_unique<Table>(weight, full));
    }
  }
  for (size_t i = 0; i < random_tables; ++i) {
    const Micros weight =
        i % 2 == 0 ? LogUniform(1, kFullScore, random)
                   : 1 + static_cast<Micros>((*random)() % 100'000'000);
    const Micros full = LogUniform(kOne, kMaxFullMarks, random);
    tables.push_back(std::make_unique<Table>(weight, full));
  }
  return tables;
}

int64_t RandomPoints() {
  const char* text = std::getenv("INFLUENCE_MPFR_POINTS");
  return text != nullptr ? std::atoll(text) : 10'000'000;
}

// One logarithm of MPFR serves up to eight tables. Only quantities below full
// marks are compared and counted: the rest would be true without a logarithm.
TEST(MpfrTest, RandomPoints) {
  Random random(6);
  const Tables tables = V1AndOthers(1000, &random);
  const int64_t wanted = RandomPoints();
  Counts counts;
  Real log(Oracle::kBits);
  while (counts.points < wanted) {
    const Table& first = *tables[random() % tables.size()];
    const Micros quantity =
        LogUniform(1, first.curve.full_marks() - 1, &random);
    LogOnePlus(quantity, &log);
    Compare(first, quantity, &log, &counts);
    for (int i = 0; i < 7; ++i) {
      const Table& table =
          *tables[random() % (i < 3 ? size_t{6} : tables.size())];
      if (quantity < table.curve.full_marks()) {
        Compare(table, quantity, &log, &counts);
      }
    }
  }
  Report("random", counts);
}

TEST(MpfrTest, Boundaries) {
  Random random(7);
  Counts counts;
  for (const auto& table : V1AndOthers(300, &random)) {
    const Micros full = table->curve.full_marks();
    std::vector<Micros> centres = {0, kOne, full / 2, full, kMaxQuantity};
    for (int bit = 1; bit < 63; ++bit) {
      centres.push_back(Micros{1} << bit);           // a power of two
      centres.push_back((Micros{1} << bit) - kOne);  // 10^6 + quantity is
    }
    // The first mantissas of every step of log2's table.
    for (Micros step = 256; step < 512; ++step) {
      centres.push_back((step << (12 + random() % 32)) - kOne);
    }
    for (const Micros centre : centres) {
      for (Micros quantity = centre - 1; quantity <= centre + 1; ++quantity) {
        if (quantity <= kMaxQuantity) {
          Compare(*table, quantity, &counts);
        }
      }
    }
  }
  Report("boundaries", counts);
  EXPECT_GT(counts.points, 100'000);
}

// The quantities on both sides of the one that would earn k + 1/2.
TEST(MpfrTest, NearTies) {
  Random random(8);
  Counts counts;
  Tables tables = V1AndOthers(100, &random);
  // Where neighbouring quantities differ by 10^-15 micropoints and less, no
  // point beside a half is decided by the fast path.
  for (const Micros weight : {Micros{3}, Micros{100}, Micros{999}}) {
    tables.push_back(std::make_unique<Table>(weight, kMaxFullMarks));
  }
  for (const auto& table : tables) {
    const Micros weight = table->curve.weight();
    const long double base =
        std::log1p(static_cast<long double>(table->curve.full_marks()) / kOne);
    for (int i = 0; i < 2000; ++i) {
      const uint64_t k = random() % static_cast<uint64_t>(weight);
      const long double share = (static_cast<long double>(k) + 0.5L) /
                                static_cast<long double>(weight);
      const Micros below = static_cast<Micros>(std::expm1(base * share) * 1e6L);
      for (Micros quantity = below - 1; quantity <= below + 2; ++quantity) {
        Compare(*table, quantity, &counts);
      }
    }
  }
  Report("near ties", counts);
  EXPECT_GT(counts.exact, 5'000);
}

// 1 + x and 1 + full marks are powers of one base: half of these weights tie.
TEST(MpfrTest, DependentBases) {
  Counts counts;
  for (const Micros base : {2, 3, 5, 7, 8, 10}) {
    for (Micros full = base; full <= kMaxFullMarks / kOne; full *= base) {
      if (full < 2) continue;
      for (const Micros weight :
           {1, 3, 5, 7, 9, 1'001, 1'002, 99'999'999, 100'000'000}) {
        const Table table(weight, (full - 1) * kOne);
        for (Micros power = base; power < full; power *= base) {
          for (Micros off = -1; off <= 1; ++off) {
            Compare(table, (power - 1) * kOne + off, &counts);
          }
        }
      }
    }
  }
  Report("dependent bases", counts);
  EXPECT_GT(counts.exact, 1'000);
}

TEST(MpfrTest, ExactPointsAlone) {
  Random random(9);
  Counts counts;
  const Tables tables = V1AndOthers(300, &random);
  Real log(Oracle::kBits);
  while (counts.points < 40'000) {
    const Table& table = *tables[random() % tables.size()];
    const Curve& curve = table.curve;
    const Micros quantity = LogUniform(1, curve.full_marks() - 1, &random);
    LogOnePlus(quantity, &log);
    const Micros want = table.oracle.Points(quantity, &log);
    ++counts.points;
    ++counts.exact;
    const Micros got =
        ExactPoints(quantity, curve.full_marks(), curve.weight());
    if (got != want && ++counts.wrong <= 10) {
      ADD_FAILURE() << quantity << " " << curve.full_marks() << " "
                    << curve.weight() << ": " << got << ", MPFR " << want;
    }
  }
  Report("ExactPoints", counts);
}

// log2.h proves 1.5 units of 2^-58.
TEST(MpfrTest, Log2StaysWithinItsBound) {
  Random random(10);
  Real log(160), log_of_2(160);
  mpfr_const_log2(log_of_2.get(), MPFR_RNDN);
  double worst = 0;
  for (int i = 0; i < 300'000; ++i) {
    const Micros quantity = i % 2 == 0
                                ? LogUniform(1, kMaxQuantity, &random)
                                : static_cast<Micros>(random() % kMaxQuantity);
    LogOnePlus(quantity, &log);
    mpfr_div(log.get(), log.get(), log_of_2.get(), MPFR_RNDN);
    mpfr_mul_2ui(log.get(), log.get(), kLog2FractionBits, MPFR_RNDN);
    mpfr_sub_ui(log.get(), log.get(), Log2OnePlus(quantity), MPFR_RNDN);
    worst = std::max(worst, std::fabs(mpfr_get_d(log.get(), MPFR_RNDN)));
  }
  std::printf("log2: worst error %.3f units of 2^-58\n", worst);
  EXPECT_LT(worst, 1.5);
}

}  // namespace
}  // namespace influence
