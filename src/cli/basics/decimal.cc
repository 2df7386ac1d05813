#include "cli/basics/decimal.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace influence::cli {
namespace {

constexpr int64_t kOne = 1'000'000;
constexpr size_t kDecimals = 6;
constexpr size_t kMaxUnitDigits = 12;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whether the digits beyond the sixth decimal round the value up.
bool RoundsUp(std::string_view beyond, bool odd) {
  if (beyond.empty() || beyond[0] < '5') return false;
  if (beyond[0] > '5') return true;
  const bool more = beyond.find_first_not_of('0', 1) != std::string_view::npos;
  return more || odd;
}

}  // namespace

std::optional<int64_t> ParseMicros(std::string_view text, std::string* why) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative || (!text.empty() && text[0] == '+')) text.remove_prefix(1);
  const size_t dot = text.find('.');
  std::string_view units = text.substr(0, dot);
  const std::string_view decimals =
      dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  bool digits_only = !units.empty() || !decimals.empty();
  for (const char c : units) digits_only &= IsDigit(c);
  for (const char c : decimals) digits_only &= IsDigit(c);
  if (!digits_only) {
    *why = "is not a decimal number such as 12 or 12.5";
    return std::nullopt;
  }
  if (negative) {
    *why = "is negative";
    return std::nullopt;
  }
  units.remove_prefix(std::min(units.find_first_not_of('0'), units.size()));
  if (units.size() > kMaxUnitDigits) {
    *why = "is too large";
    return std::nullopt;
  }
  int64_t micros = 0;
  for (const char c : units) micros = micros * 10 + (c - '0');
  for (size_t i = 0; i < kDecimals; ++i) {
    micros = micros * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  }
  if (decimals.size() > kDecimals &&
      RoundsUp(decimals.substr(kDecimals), micros % 2 != 0)) {
    ++micros;
  }
  return micros;
}

char* WriteMicros(int64_t micros, char* to) {
  // "00", "01", .. "99".
  static constexpr auto kPairs = [] {
    std::array<char, 200> pairs{};
    for (size_t i = 0; i < 100; ++i) {
      pairs[2 * i] = static_cast<char>('0' + i / 10);
      pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
  }();
  const auto pair = [](uint64_t value, char* at) {
    std::memcpy(at, &kPairs[2 * value], 2);
  };
  if (micros < 0) *to++ = '-';
  const uint64_t size = micros < 0 ? 0 - static_cast<uint64_t>(micros)
                                   : static_cast<uint64_t>(micros);
  uint64_t units = size / kOne;
  const auto rest = static_cast<uint32_t>(size % kOne);
  size_t digits = 1;
  for (uint64_t limit = 10; limit <= units; limit *= 10) ++digits;
  char* const end = to + digits;
  for (char* at = end; at != to; units /= 10) {
    *--at = static_cast<char>('0' + units % 10);
  }
  *end = '.';
  pair(rest / 10'000, end + 1);
  pair(rest / 100 % 100, end + 3);
  pair(rest % 100, end + 5);
  return end + 7;
}

std::string FormatMicros(int64_t micros) {
  char buffer[21];
  return {buffer, WriteMicros(micros, buffer)};
}

std::string FormatWhole(int64_t micros) {
  const int64_t units = micros / kOne;
  const int64_t rest = micros % kOne;
  const bool up = rest > kOne / 2 || (rest == kOne / 2 && units % 2 != 0);
  return std::to_string(up ? units + 1 : units);
}

std::string FormatRoundedUp(int64_t micros) {
  const int64_t hundredths = (micros + 9'999) / 10'000;
  const std::string text = std::to_string(hundredths / 100) + ".";
  const std::string rest = std::to_string(hundredths % 100);
  return text + (rest.size() < 2 ? "0" : "") + rest;
}

std::string FormatShort(int64_t micros) {
  std::string units = std::to_string(micros / kOne);
  for (size_t i = units.size(); i > 3; i -= 3) units.insert(i - 3, ",");
  if (micros % kOne == 0) return units;
  std::string decimals = FormatMicros(micros % kOne).substr(2);
  decimals.erase(decimals.find_last_not_of('0') + 1);
  return units + "." + decimals;
}

}  // namespace influence::cli
