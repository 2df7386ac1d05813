// Tables by every kernel and by none, against the evaluator given one profile
// after the other.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "algorithm/registry.h"
#include "gtest/gtest.h"
#include "scoring/column_scoring.h"
#include "scoring/parallel.h"
#include "scoring/value.h"

namespace influence {
namespace {

std::vector<const Kernel*> KernelsAndNone() {
  std::vector<const Kernel*> found = {nullptr};
  for (const std::string name : {"sse2", "avx2", "avx512", "neon"}) {
    const Kernel* kernel = FindKernel(name.data(), name.size());
    if (kernel != nullptr) found.push_back(kernel);
  }
  return found;
}

// v1; and tables that meet each special case: a signal missing that does not
// reach full marks, values that need rounding, ties, one row alone.
std::vector<Algorithm> Algorithms() {
  const auto row = [](Factor factor, Micros weight, Micros full_marks,
                      std::vector<SignalValue> counts) {
    return Row{factor, weight, full_marks, 0, std::move(counts)};
  };
  return {
      *FindReleased("v1"),
      {"acme/slow",
       false,
       {row(Factor::kAttention, 60'000'000, kMaxFullMarks,
            {{Signal::kMentions, 300'000}, {Signal::kLikes, 1}}),
        row(Factor::kAudience, 40'000'000, 1'000 * kOne,
            {{Signal::kFollowers, kMaxRowValue}})}},
      {"acme/ties",
       false,
       {row(Factor::kAttention, 33'333'335, 1'023 * kOne,
            {{Signal::kReplies, kOne}}),
        row(Factor::kAudience, 66'666'665, 3 * kOne,
            {{Signal::kFollowers, kOne}})}},
      {"acme/one",
       false,
       {row(Factor::kEndorsement, kFullScore, kOne,
            {{Signal::kEndorsements, 333'333}})}},
  };
}

// A table with memory of its own.
struct Owner {
  Columns columns;
  std::vector<std::vector<uint8_t>> memory;
  std::vector<int64_t> offsets64;
  std::vector<int32_t> offsets32;

  uint8_t* New(size_t bytes) {
    memory.emplace_back(bytes);
    return memory.back().data();
  }
};

void SetBits(std::mt19937_64& rng, uint8_t* bits, size_t bytes, int one_in) {
  for (size_t i = 0; i < 8 * bytes; ++i) {
    if (rng() % static_cast<uint64_t>(one_in) != 0) {
      bits[i / 8] = static_cast<uint8_t>(bits[i / 8] | 1u << (i % 8));
    }
  }
}

Bitmap RandomBitmap(std::mt19937_64& rng, Owner* owner, size_t entries,
                    int one_in) {
  if (rng() % 3 == 0) return {};
  const size_t offset = rng() % 80;
  const size_t bytes = (offset + entries + 7) / 8;
  uint8_t* bits = owner->New(bytes);
  SetBits(rng, bits, bytes, one_in);
  return {bits, offset};
}

double RandomDouble(std::mt19937_64& rng) {
  switch (rng() % 12) {
    case 0:
      return static_cast<double>(rng() % 2'000'000) / 2e6;
    case 1:
      return -0.0;
    case 2:
      return 1e-7 * static_cast<double>(rng() % 20);
    default:
      return static_cast<double>(rng() >> (rng() % 34 + 30)) / 64;
  }
}

// A number of the column, of any magnitude; a fault, if there may be any.
int64_t RandomNumber(std::mt19937_64& rng, const SignalColumn& column,
                     bool has_faults) {
  // Of more places, whatever there is.
  if (column.decimals > 6) return static_cast<int64_t>(rng() >> (rng() % 63));
  const Micros unit = PowerOfTen(column.decimals);
  const uint64_t limit = uint64_t{10'000'000'000} * uint64_t(unit);
  uint64_t number = rng() >> (rng() % 60 + 4);
  if (rng() % 4 == 0) number = rng() % 4 * uint64_t(unit);
  // As much as the type has, without its sign.
  const size_t bits = 8 * std::min<size_t>(8, SizeOf(column.type)) - 1;
  number = std::min(number & ((uint64_t{1} << bits) - 1), limit);
  if (has_faults && rng() % 50 == 0) number = limit + 1 + rng();
  if (has_faults && rng() % 50 == 0) return -1;
  return static_cast<int64_t>(number);
}

// Writes an integer, with a sign, as so many bytes of this machine.
void WriteInteger(int64_t number, size_t width, bool is_beyond, uint8_t* to) {
  uint8_t wide[32];
  std::memset(wide, number < 0 ? 0xff : 0, sizeof wide);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  std::memcpy(wide + sizeof wide - 8, &number, 8);
  if (is_beyond) wide[sizeof wide - width] ^= 1;
  std::memcpy(to, wide + sizeof wide - width, width);
#else
  std::memcpy(wide, &number, 8);
  if (is_beyond) wide[width - 1] ^= 1;
  std::memcpy(to, wide, width);
#endif
}

void FillColumn(std::mt19937_64& rng, size_t entries, bool has_faults,
                SignalColumn* column, Owner* owner) {
  const size_t width = SizeOf(column->type);
  uint8_t* memory = owner->New(entries * width + 64);
  column->values = memory;
  for (size_t i = 0; i < entries; ++i, memory += width) {
    if (!IsFloat(column->type)) {
      const bool is_beyond = has_faults && width > 8 && rng() % 50 == 0;
      WriteInteger(RandomNumber(rng, *column, has_faults), width, is_beyond,
                   memory);
      continue;
    }
    double value = RandomDouble(rng);
    if (has_faults && rng() % 50 == 0) value = -1;
    if (has_faults && rng() % 50 == 0) value = 0.0 / 0.0;
    const auto narrow = static_cast<float>(value);
    const auto half =
        static_cast<uint16_t>(rng() % (has_faults ? 0x8000 : 0x7c00));
    switch (column->type) {
      case ColumnType::kHalf:
        std::memcpy(memory, &half, sizeof half);
        break;
      case ColumnType::kFloat:
        std::memcpy(memory, &narrow, sizeof narrow);
        break;
      default:
        std::memcpy(memory, &value, sizeof value);
    }
  }
}

std::unique_ptr<Owner> RandomTable(std::mt19937_64& rng, size_t rows) {
  auto owner = std::make_unique<Owner>();
  Columns& columns = owner->columns;
  columns.rows = rows;
  if (rng() % 4 == 0) columns.valid = RandomBitmap(rng, owner.get(), rows, 30);
  size_t entries = rows;
  if (rng() % 4 == 0) {
    columns.has_accounts = true;
    owner->offsets64 = {static_cast<int64_t>(rng() % 5)};
    for (size_t i = 0; i < rows; ++i) {
      const uint64_t roll = rng();
      owner->offsets64.push_back(
          owner->offsets64.back() +
          static_cast<int64_t>(roll % 200 == 0 ? 65 : roll / 200 % 4));
    }
    entries = static_cast<size_t>(owner->offsets64.back());
    columns.offsets64 = owner->offsets64.data();
    if (rng() % 2 == 0) {
      owner->offsets32.assign(owner->offsets64.begin(), owner->offsets64.end());
      columns.offsets64 = nullptr;
      columns.offsets32 = owner->offsets32.data();
    }
    columns.lists_valid = RandomBitmap(rng, owner.get(), rows, 20);
    columns.accounts_valid = RandomBitmap(rng, owner.get(), entries, 20);
  }
  const bool has_faults = rng() % 2 == 0;
  const uint64_t plain = rng() % 2;
  for (size_t i = 1; i <= kSignalCount; ++i) {
    if (rng() % 3 == 0) continue;
    constexpr ColumnType kTypes[] = {
        ColumnType::kInt64,      ColumnType::kInt32,
        ColumnType::kUint64,     ColumnType::kInt8,
        ColumnType::kInt16,      ColumnType::kUint8,
        ColumnType::kUint16,     ColumnType::kUint32,
        ColumnType::kDecimal32,  ColumnType::kDecimal64,
        ColumnType::kDecimal128, ColumnType::kDecimal256,
        ColumnType::kHalf,       ColumnType::kFloat,
        ColumnType::kDouble};
    SignalColumn column{};
    column.signal = static_cast<Signal>(i);
    column.type = kTypes[rng() % (plain != 0 ? 2 : 15)];
    if (plain == 0) {
      column.decimals = rng() % 2 != 0 ? 6 : static_cast<int>(rng() % 7);
      if (IsFloat(column.type) && column.decimals != 6) column.decimals = 0;
      const bool is_decimal = column.type >= ColumnType::kDecimal32 &&
                              column.type <= ColumnType::kDecimal256;
      if (is_decimal && rng() % 3 == 0) {
        column.decimals = static_cast<int>(7 + rng() % 12);
      }
    }
    FillColumn(rng, entries, has_faults, &column, owner.get());
    column.valid = RandomBitmap(rng, owner.get(), entries, 20);
    columns.signals.push_back(column);
  }
  return owner;
}

struct Scores {
  explicit Scores(size_t rows, size_t factors, bool all)
      : score(Padded(rows)),
        high(Padded(rows)),
        coverage(Padded(rows)),
        points(factors, std::vector<Micros>(Padded(rows))),
        band(Padded(rows)),
        scored(Padded(rows) / 8, 0xff),
        error(Padded(rows)),
        error_field(Padded(rows)) {
    out.score = score.data();
    out.high = high.data();
    out.coverage = coverage.data();
    out.scored = scored.data();
    out.error = error.data();
    out.error_field = error_field.data();
    if (!all) return;
    out.band = band.data();
    for (size_t r = 0; r < factors; ++r) out.points[r] = points[r].data();
  }
  static size_t Padded(size_t rows) {
    return (rows + kColumnPadding - 1) / kColumnPadding * kColumnPadding;
  }
  std::vector<Micros> score, high, coverage;
  std::vector<std::vector<Micros>> points;
  std::vector<int8_t> band;
  std::vector<uint8_t> scored;
  std::vector<int32_t> error;
  std::vector<int8_t> error_field;
  ScoreColumns out;
};

// What the table says of a row, read in the plainest way.
bool PlainProfile(const Columns& columns, size_t i, Profile* profile) {
  profile->accounts.clear();
  if (!columns.valid.Get(i)) return false;
  size_t begin = i;
  size_t end = i + 1;
  if (columns.has_accounts) {
    begin = columns.Offset(i);
    end = columns.lists_valid.Get(i) ? columns.Offset(i + 1) : begin;
    if (end - begin > kMaxAccounts) return false;
  }
  for (size_t entry = begin; entry < end; ++entry) {
    Account account;
    for (const SignalColumn& column : columns.signals) {
      if (!column.valid.Get(entry)) continue;
      if (columns.has_accounts && !columns.accounts_valid.Get(entry)) continue;
      Micros micros = 0;
      if (!ReadMicros(column, entry, &micros)) return false;
      account.signals.Set(column.signal, micros);
    }
    profile->accounts.push_back(account);
  }
  SortAccounts(&profile->accounts);
  return true;
}

TEST(Population, IsItsProfilesOneByOne) {
  std::mt19937_64 rng(11);
  const std::vector<const Kernel*> kernels = KernelsAndNone();
  for (const Algorithm& algorithm : Algorithms()) {
    const Evaluator evaluator(algorithm);
    for (int round = 0; round < 60; ++round) {
      const size_t rows = rng() % 3 == 0 ? rng() % 20 : rng() % 3000;
      const std::unique_ptr<Owner> table = RandomTable(rng, rows);
      const Columns& columns = table->columns;
      for (const Kernel* kernel : kernels) {
        SCOPED_TRACE(algorithm.id + ", round " + std::to_string(round) + ", " +
                     (kernel == nullptr ? "no kernel" : kernel->name));
        const bool all = rng() % 2 == 0;
        Scores got(rows, algorithm.rows.size(), all);
        Population(evaluator, kernel, columns).Score(0, rows, got.out);
        Profile profile;
        Ledger ledger;
        for (size_t i = 0; i < rows; ++i) {
          const bool is_scored = ((got.scored[i / 8] >> (i % 8)) & 1) != 0;
          ASSERT_EQ(is_scored, PlainProfile(columns, i, &profile)) << i;
          if (!is_scored) {
            EXPECT_NE(got.error[i], 0);
            EXPECT_EQ(got.score[i], 0);
            continue;
          }
          evaluator.Score(profile, Detail::kLedger, &ledger);
          ASSERT_EQ(got.error[i], 0);
          ASSERT_EQ(got.score[i], ledger.score) << i;
          ASSERT_EQ(got.high[i], ledger.high) << i;
          ASSERT_EQ(got.coverage[i], ledger.coverage) << i;
          if (!all) continue;
          ASSERT_EQ(got.band[i], static_cast<int8_t>(ledger.band)) << i;
          for (size_t r = 0; r < ledger.lines.size(); ++r) {
            ASSERT_EQ(got.points[r][i], ledger.lines[r].points) << i;
          }
        }
      }
    }
  }
}

// Under a rounding mode in which kernels would be wrong, integers do it.
TEST(Population, DoesNotDependOnTheRoundingMode) {
  std::mt19937_64 rng(12);
  const Evaluator evaluator(*FindReleased("v1"));
  const Kernel* kernel = FindKernel("", 0);
  const std::unique_ptr<Owner> table = RandomTable(rng, 3000);
  Scores want(3000, 6, true);
  Population(evaluator, kernel, table->columns).Score(0, 3000, want.out);
#if defined(__x86_64__)
  const unsigned usual = __builtin_ia32_stmxcsr();
  for (const unsigned mode : {0x2000u, 0x4000u, 0x6000u, 0x8040u}) {
    __builtin_ia32_ldmxcsr(usual | mode);
    Scores got(3000, 6, true);
    Population(evaluator, kernel, table->columns).Score(0, 3000, got.out);
    const unsigned after = __builtin_ia32_stmxcsr();
    __builtin_ia32_ldmxcsr(usual);
    EXPECT_EQ(after & ~0x3fu, (usual | mode) & ~0x3fu) << "mode changed";
    EXPECT_EQ(got.score, want.score);
    EXPECT_EQ(got.high, want.high);
    EXPECT_EQ(got.points, want.points);
  }
#endif
}

TEST(Parts, CoverAllRowsOnceAndBeginAtBlocks) {
  for (const size_t rows : {size_t{0}, size_t{1}, kBlockRows, kBlockRows + 1,
                            size_t{100'000}, size_t{1'000'003}}) {
    for (const size_t threads : {1u, 2u, 7u, 16u, 1024u}) {
      const size_t parts = PartsFor(rows, threads);
      ASSERT_GE(parts, 1u);
      ASSERT_LE(parts, threads);
      std::vector<std::pair<size_t, size_t>> ranges(parts);
      RunParts(rows, parts, [&](size_t part, size_t begin, size_t end) {
        ranges[part] = {begin, end};
      });
      size_t at = 0;
      for (const auto& [begin, end] : ranges) {
        EXPECT_EQ(begin, at);
        EXPECT_EQ(begin % kBlockRows, 0u);
        at = end;
      }
      EXPECT_EQ(at, rows);
    }
  }
}

TEST(Parts, AFailureOfAnyIsTheFailureOfAll) {
  int done = 0;
  EXPECT_THROW(RunParts(10 * kBlockRows, 4,
                        [&done](size_t part, size_t, size_t) {
                          if (part == 2) throw std::bad_alloc();
                          if (part == 0) ++done;
                        }),
               std::bad_alloc);
  EXPECT_EQ(done, 1);
}

TEST(ReadMicros, RoundsDoublesHalfEven) {
  const struct {
    double value;
    Micros micros;  // -1: out of range
  } kCases[] = {
      {0, 0},
      {-0.0, 0},
      {1, kOne},
      {0.1, 100'000},
      {0.25, 250'000},
      {1e10, kMaxSignal},
      {1e10 + 1e-5, -1},
      {1e300, -1},
      {-1e-300, -1},
      {5e-324, 0},
      {1e-320, 0},
      {2.5e-7, 0},
      {7.62939453125e-06, 8},
      {0x1p-7, 7812},
      {0x1.8p-6, 23438},
      {0x1p-6, 15625},
      {0x1p-7 + 0x1p-6, 23438},
      {0x3p-7, 23438},
      {0x5p-7, 39062},
      {0x1p-21, 0},
      {0x1.0c6f7a0b5ed8dp-21, 0},
      {0x1.1p-21, 1},
      {9999999999.999998, kMaxSignal - 2},
      {1.0 / 0.0, -1},
      {0.0 / 0.0, -1},
      {0x1p33, 8589934592 * kOne},
      {0x1p34, -1},
  };
  for (const auto& c : kCases) {
    SignalColumn column{Signal::kLikes, ColumnType::kDouble, 0, &c.value, {}};
    Micros micros = -1;
    const bool ok = ReadMicros(column, 0, &micros);
    EXPECT_EQ(ok ? micros : -1, c.micros) << c.value;
  }
  // Against arithmetic with more digits than either has.
  std::mt19937_64 rng(13);
  for (int i = 0; i < 200'000; ++i) {
    const double value = static_cast<double>(rng() >> 11) /
                         static_cast<double>(uint64_t{1} << (20 + rng() % 44));
    if (value > 9e9) continue;
    SignalColumn column{Signal::kLikes, ColumnType::kDouble, 0, &value, {}};
    Micros micros = -1;
    ASSERT_TRUE(ReadMicros(column, 0, &micros));
    const long double exact = static_cast<long double>(value) * 1e6L;
    const long double off = exact - static_cast<long double>(micros);
    ASSERT_LE(off < 0 ? -off : off, 0.5L + exact * 0x1p-63L) << value;
  }
}

// Every half there is, and floats, against the same value as a double, which
// holds them exactly.
TEST(ReadMicros, ReadsNarrowFloatsAsTheDoublesTheyAre) {
  const auto as_double = [](double value, int decimals, Micros* micros) {
    const SignalColumn column{
        Signal::kLikes, ColumnType::kDouble, decimals, &value, {}};
    return ReadMicros(column, 0, micros);
  };
  const auto check = [&](const SignalColumn& column, double value) {
    Micros got = -1, want = -1;
    const bool is_read = ReadMicros(column, 0, &got);
    ASSERT_EQ(is_read, as_double(value, column.decimals, &want)) << value;
    if (is_read) {
      ASSERT_EQ(got, want) << value;
    }
  };
  for (const int decimals : {0, 6}) {
    for (uint32_t bits = 0; bits < 0x10000; ++bits) {
      const auto half = static_cast<uint16_t>(bits);
      const uint32_t exponent = bits >> 10 & 31, fraction = bits & 1023;
      double value = exponent == 0
                         ? std::ldexp(fraction, -24)
                         : std::ldexp(1024 + fraction, int(exponent) - 25);
      if (exponent == 31) value = fraction == 0 ? HUGE_VAL : std::nan("");
      if (bits >> 15 != 0) value = -value;
      check({Signal::kLikes, ColumnType::kHalf, decimals, &half, {}}, value);
    }
    std::mt19937_64 rng(14);
    for (int i = 0; i < 1'000'000; ++i) {
      const auto bits = static_cast<uint32_t>(rng());
      float value;
      std::memcpy(&value, &bits, sizeof value);
      check({Signal::kLikes, ColumnType::kFloat, decimals, &value, {}}, value);
    }
  }
}

// In millionths, a whole number of which is at most 2^53 and more.
TEST(ReadMicros, RoundsFloatsOfMillionthsToAWholeOne) {
  const struct {
    double value;
    Micros micros;  // -1: out of range
  } kCases[] = {{0.5, 0},           {1.5, 2},
                {2.5, 2},           {0.5000001, 1},
                {1e16, kMaxSignal}, {1e16 + 2, -1},
                {1e300, -1},        {-1, -1},
                {0x1p63, -1},       {0x1p64, -1},
                {0x1p-1074, 0},     {9007199254740993.0, 9007199254740992}};
  for (const auto& c : kCases) {
    const SignalColumn column{
        Signal::kLikes, ColumnType::kDouble, 6, &c.value, {}};
    Micros micros = -1;
    EXPECT_EQ(ReadMicros(column, 0, &micros) ? micros : -1, c.micros)
        << c.value;
  }
}

#if defined(__SIZEOF_INT128__)
// Decimals of more than six places, against wide integers.
TEST(ReadMicros, RoundsDecimalsHalfEven) {
  __extension__ typedef unsigned __int128 Wide;
  std::mt19937_64 rng(15);
  for (int i = 0; i < 500'000; ++i) {
    const int decimals = static_cast<int>(7 + rng() % 12);
    const Wide divisor = static_cast<Wide>(PowerOfTen(decimals - 6));
    Wide value = (Wide{rng()} << 64 | rng()) >> (rng() % 127 + 1);
    // Ties, and near the limit.
    if (rng() % 4 == 0) value = value / divisor * divisor + divisor / 2;
    if (rng() % 8 == 0) {
      value = static_cast<Wide>(kMaxSignal) * divisor +
              rng() % 3 * divisor / 2 - rng() % 2;
    }
    const Wide twice = value % divisor * 2;
    Wide want = value / divisor;
    if (twice > divisor || (twice == divisor && want % 2 != 0)) ++want;
    const uint64_t low = static_cast<uint64_t>(value);
    const uint64_t high = static_cast<uint64_t>(value >> 64);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    const uint64_t words[] = {0, 0, high, low};
    const uint64_t* const narrow = words + 2;
#else
    const uint64_t words[] = {low, high, 0, 0};
    const uint64_t* const narrow = words;
#endif
    for (const auto& [type, values] :
         {std::pair{ColumnType::kDecimal256, &words[0]},
          {ColumnType::kDecimal128, narrow}}) {
      const SignalColumn column{Signal::kLikes, type, decimals, values, {}};
      Micros micros = -1;
      const bool is_read = ReadMicros(column, 0, &micros);
      ASSERT_EQ(is_read, want <= static_cast<Wide>(kMaxSignal));
      if (is_read) {
        ASSERT_EQ(static_cast<Wide>(micros), want);
      }
    }
  }
}
#endif

}  // namespace
}  // namespace influence
