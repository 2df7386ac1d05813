// Numbers of any column type, as micros. Floats are decoded from their bits and
// rounded here rather than by the processor, whose rounding mode the host may
// have changed; a stored 0.1 therefore means the same everywhere.
#include "scoring/value.h"

#include <cstdint>
#include <cstring>

#include "base/muldiv.h"
#include "model/profile.h"

namespace influence {
namespace {

template <typename Value>
Value At(const void* values, size_t i) {
  Value value;
  std::memcpy(&value, static_cast<const char*>(values) + i * sizeof value,
              sizeof value);
  return value;
}

// An IEEE 754 interchange format.
struct FloatFormat {
  int mantissa_bits;  // that are stored
  int exponent_bits;
};
constexpr FloatFormat kBinary16 = {10, 5};
constexpr FloatFormat kBinary32 = {23, 8};
constexpr FloatFormat kBinary64 = {52, 11};

// Rounds the float `bits` times `unit`, which is 1 or a million, to an integer,
// ties to even. Exact until that one rounding: the mantissa times 10^6 is below
// 2^73, and the cut bits are kept in `rest` and `more`. False for negative
// numbers, NaN, infinities and values over kMaxSignal.
bool FloatToMicros(uint64_t bits, FloatFormat format, Micros unit,
                   Micros* micros) {
  const int max_exponent = (1 << format.exponent_bits) - 1;
  const auto exponent =
      static_cast<int>(bits >> format.mantissa_bits) & max_exponent;
  uint64_t mantissa = bits & ((uint64_t{1} << format.mantissa_bits) - 1);
  if (exponent == 0 && mantissa == 0) {  // 0 and -0
    *micros = 0;
    return true;
  }
  const bool is_negative =
      (bits >> (format.mantissa_bits + format.exponent_bits)) != 0;
  if (is_negative || exponent == max_exponent) return false;  // or NaN, or inf
  if (exponent != 0) mantissa |= uint64_t{1} << format.mantissa_bits;
  // It is mantissa / 2^places.
  const int places =
      max_exponent / 2 + format.mantissa_bits - (exponent != 0 ? exponent : 1);
  const Uint128 p =
      Multiply(mantissa, static_cast<uint64_t>(unit));  // below 2^73
  uint64_t whole = 0;
  uint64_t rest = 0;  // the bits cut off, the first one highest
  bool more = false;  // true if bits below `rest` are cut off
  if (places > 74) {  // below 2^73 / 2^75 < 1/2
    *micros = 0;
    return true;
  }
  if (places <= 0) {
    // A value of 2^64 or more is over the limit.
    if (places <= -64 || p.hi != 0) return false;
    if (places < 0 && p.lo >> (64 + places) != 0) return false;
    whole = p.lo << -places;
  } else if (places < 64) {
    if (p.hi >> places != 0) return false;
    whole = p.hi << (64 - places) | p.lo >> places;
    rest = p.lo << (64 - places);
  } else if (places == 64) {
    whole = p.hi;
    rest = p.lo;
  } else {
    whole = p.hi >> (places - 64);
    rest = p.hi << (128 - places) | p.lo >> (places - 64);
    more = p.lo << (128 - places) != 0;
  }
  constexpr uint64_t kHalf = uint64_t{1} << 63;
  if (whole > static_cast<uint64_t>(kMaxSignal)) return false;
  if (rest > kHalf || (rest == kHalf && (more || whole % 2 != 0))) ++whole;
  *micros = static_cast<Micros>(whole);
  return *micros <= kMaxSignal;
}

// Rounds value / 10^(decimals - 6), ties to even, by long division in base
// 2^16: values have up to 128 bits.
bool DecimalToMicros(const SignalColumn& column, size_t i, Micros* micros) {
  uint64_t high = 0, low = 0;
  if (!LoadDecimal(column.type, column.values, i, &high, &low)) return false;
  const auto divisor =
      static_cast<uint64_t>(PowerOfTen(column.decimals - 6));  // below 2^40
  uint64_t whole = 0;
  uint64_t rest = 0;
  // Sixteen bits at a time, so that rest * 2^16 is below 2^56.
  for (int shift = 112; shift >= 0; shift -= 16) {
    const uint64_t bits = shift >= 64 ? high >> (shift - 64) : low >> shift;
    rest = rest << 16 | (bits & 0xffff);
    if (whole >> 47 != 0) return false;  // it becomes over 10^16
    whole = whole << 16 | rest / divisor;
    rest %= divisor;
  }
  if (whole > static_cast<uint64_t>(kMaxSignal)) return false;
  if (2 * rest > divisor || (2 * rest == divisor && whole % 2 != 0)) ++whole;
  *micros = static_cast<Micros>(whole);
  return *micros <= kMaxSignal;
}

// True if values may be finer than micros.
bool IsRounded(const SignalColumn& column) {
  return IsFloat(column.type) || column.decimals > 6;
}

template <typename Value>
void Widen(const void* values, size_t begin, size_t count, int64_t* integers) {
  for (size_t i = 0; i < count; ++i) {
    integers[i] = static_cast<int64_t>(At<Value>(values, begin + i));
  }
}

}  // namespace

Micros PowerOfTen(int decimals) {
  Micros power = 1;
  for (; decimals > 0; --decimals) power *= 10;
  return power;
}

bool ReadMicros(const SignalColumn& column, size_t i, Micros* micros) {
  if (column.decimals > 6) return DecimalToMicros(column, i, micros);
  const Micros unit = PowerOfTen(6 - column.decimals);
  switch (column.type) {
    case ColumnType::kHalf:
      return FloatToMicros(At<uint16_t>(column.values, i), kBinary16, unit,
                           micros);
    case ColumnType::kFloat:
      return FloatToMicros(At<uint32_t>(column.values, i), kBinary32, unit,
                           micros);
    case ColumnType::kDouble:
      return FloatToMicros(At<uint64_t>(column.values, i), kBinary64, unit,
                           micros);
    default:
      break;
  }
  int64_t value = 0;
  if (!LoadInteger(column.type, column.values, i, &value)) return false;
  if (value < 0 || value > kMaxSignal / unit) return false;
  *micros = value * unit;
  return true;
}

Micros IntegersInUnit(const SignalColumn& column) {
  return IsRounded(column) ? kOne : PowerOfTen(column.decimals);
}

void ReadIntegers(const SignalColumn& column, size_t begin, size_t count,
                  int64_t* integers) {
  if (IsRounded(column)) {
    for (size_t i = 0; i < count; ++i) {
      if (!ReadMicros(column, begin + i, &integers[i])) integers[i] = -1;
    }
    return;
  }
  const void* const values = column.values;
  switch (column.type) {
    case ColumnType::kInt8:
      return Widen<int8_t>(values, begin, count, integers);
    case ColumnType::kInt16:
      return Widen<int16_t>(values, begin, count, integers);
    case ColumnType::kInt32:
    case ColumnType::kDecimal32:
      return Widen<int32_t>(values, begin, count, integers);
    case ColumnType::kUint8:
      return Widen<uint8_t>(values, begin, count, integers);
    case ColumnType::kUint16:
      return Widen<uint16_t>(values, begin, count, integers);
    case ColumnType::kUint32:
      return Widen<uint32_t>(values, begin, count, integers);
    case ColumnType::kInt64:
    case ColumnType::kUint64:
    case ColumnType::kDecimal64:
      return Widen<int64_t>(values, begin, count, integers);
    case ColumnType::kDecimal128:
    case ColumnType::kDecimal256:
      for (size_t i = 0; i < count; ++i) {
        if (!LoadInteger(column.type, values, begin + i, &integers[i])) {
          integers[i] = -1;
        }
      }
      return;
    case ColumnType::kHalf:
    case ColumnType::kFloat:
    case ColumnType::kDouble:
      break;  // above
  }
}

}  // namespace influence
