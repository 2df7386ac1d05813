// WriteMicros() writes every number with a point; a hundred million rows of CSV
// go through it. The others put its digits together for people.
#include "text/numbers.h"

#include <array>
#include <cstring>

namespace influence {
namespace {

constexpr Micros kHundredth = kOne / 100;

// "00", "01", .. "99".
constexpr auto kPairs = [] {
  std::array<char, 200> pairs{};
  for (size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

void WritePair(uint32_t value, char* to) {
  std::memcpy(to, &kPairs[size_t{2} * value], 2);
}

// To a multiple of `unit`, which divides kOne; ties to an even multiple.
uint64_t RoundedTo(uint64_t unit, uint64_t micros) {
  const uint64_t down = micros / unit;
  const uint64_t left = micros % unit;
  const bool up = left > unit / 2 || (left == unit / 2 && down % 2 != 0);
  return (down + (up ? 1 : 0)) * unit;
}

}  // namespace

char* WriteMicros(Micros micros, int decimals, char* to) {
  // Negated as unsigned, so that the lowest number has its opposite too.
  uint64_t size = micros < 0 ? 0 - static_cast<uint64_t>(micros)
                             : static_cast<uint64_t>(micros);
  if (decimals < kMicrosDecimals) {
    uint64_t unit = 1;
    for (int i = decimals; i < kMicrosDecimals; ++i) unit *= 10;
    size = RoundedTo(unit, size);
  }
  if (micros < 0 && size != 0) *to++ = '-';
  uint64_t units = size / uint64_t{kOne};
  const auto rest = static_cast<uint32_t>(size % uint64_t{kOne});
  size_t digits = 1;
  for (uint64_t limit = 10; limit <= units; limit *= 10) ++digits;
  char* const end = to + digits;
  for (char* at = end; at != to; units /= 10) {
    *--at = static_cast<char>('0' + units % 10);
  }
  if (decimals == 0) return end;
  *end = '.';
  WritePair(rest / 10'000, end + 1);
  WritePair(rest / 100 % 100, end + 3);
  WritePair(rest % 100, end + 5);
  return end + 1 + decimals;
}

std::string FormatMicros(Micros micros, int decimals) {
  char buffer[kMicrosBytes];
  return {buffer, WriteMicros(micros, decimals, buffer)};
}

std::string FormatHundredths(Micros micros) {
  const Micros shifted = micros + kHundredth / 2;
  const Micros down = shifted % kHundredth < 0 ? 1 : 0;
  return FormatMicros((shifted / kHundredth - down) * kHundredth, 2);
}

std::string FormatRoundedUp(Micros micros) {
  return FormatMicros((micros + kHundredth - 1) / kHundredth * kHundredth, 2);
}

std::string FormatCount(uint64_t count) {
  std::string text = std::to_string(count);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string FormatQuantity(Micros micros) {
  const std::string units = FormatCount(static_cast<uint64_t>(micros / kOne));
  if (micros % kOne == 0) return units;
  std::string decimals = FormatMicros(micros % kOne).substr(1);
  decimals.erase(decimals.find_last_not_of('0') + 1);
  return units + decimals;
}

}  // namespace influence
