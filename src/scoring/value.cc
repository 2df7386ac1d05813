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

// binary64, as bits: the value is mantissa / 2^places.
bool DoubleToMicros(uint64_t bits, Micros* micros) {
  constexpr int kMantissaBits = 52;
  const auto exponent = static_cast<int>(bits >> kMantissaBits & 0x7ff);
  uint64_t mantissa = bits & ((uint64_t{1} << kMantissaBits) - 1);
  if (exponent == 0 && mantissa == 0) {  // 0 and -0
    *micros = 0;
    return true;
  }
  if (bits >> 63 != 0) return false;
  if (exponent != 0) mantissa |= uint64_t{1} << kMantissaBits;
  const int places = 1075 - (exponent != 0 ? exponent : 1);
  // 2^52 / 2^18 is over 10^10 already; NaN and infinity are too.
  if (places <= 18) return false;
  if (places > 74) {  // below 2^53 * 10^6 / 2^75 < 1/2 micro
    *micros = 0;
    return true;
  }
  const Uint128 p = Multiply(mantissa, uint64_t{kOne});  // below 2^73
  uint64_t whole = 0;
  uint64_t rest = 0;  // what is cut off, its first bit the highest
  bool more = false;  // whether anything is cut off below that
  if (places < 64) {
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
  if (rest > kHalf || (rest == kHalf && (more || whole % 2 != 0))) ++whole;
  *micros = static_cast<Micros>(whole);
  return *micros <= kMaxSignal;
}

}  // namespace

Micros PowerOfTen(int decimals) {
  Micros power = 1;
  for (; decimals > 0; --decimals) power *= 10;
  return power;
}

bool ReadMicros(const SignalColumn& column, size_t i, Micros* micros) {
  uint64_t value = 0;  // of a negative one, at least 2^63
  switch (column.type) {
    case ColumnType::kInt32:
      value = static_cast<uint64_t>(At<int32_t>(column.values, i));
      break;
    case ColumnType::kUint32:
      value = At<uint32_t>(column.values, i);
      break;
    case ColumnType::kInt64:
    case ColumnType::kUint64:
      value = At<uint64_t>(column.values, i);
      break;
    case ColumnType::kDouble:
      return DoubleToMicros(At<uint64_t>(column.values, i), micros);
    case ColumnType::kDecimal128: {
      const auto first = At<uint64_t>(column.values, 2 * i);
      const auto second = At<uint64_t>(column.values, 2 * i + 1);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
      const uint64_t high = first;
      value = second;
#else
      const uint64_t high = second;
      value = first;
#endif
      if (high != 0) return false;
      break;
    }
  }
  const Micros unit = PowerOfTen(6 - column.decimals);
  if (value > static_cast<uint64_t>(kMaxSignal / unit)) return false;
  *micros = static_cast<Micros>(value) * unit;
  return true;
}

}  // namespace influence
