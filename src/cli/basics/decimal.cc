// Decimal text to millionths and back, exact: the command computes no number of
// its own, and rounds half-even only beyond six places.
#include "cli/basics/decimal.h"

#include <algorithm>
#include <cstddef>

namespace influence::cli {
namespace {

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

}  // namespace influence::cli
