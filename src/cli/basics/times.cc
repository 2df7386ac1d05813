// One parser for every time that the command reads; each function below says
// which part of the grammar it takes.
#include "cli/basics/times.h"

#include <algorithm>

#include "base/civil.h"

namespace influence::cli {
namespace {

// The next `size` characters as a number; nothing unless all are digits.
std::optional<int> Digits(std::string_view* text, size_t size) {
  if (text->size() < size) return std::nullopt;
  int value = 0;
  for (size_t i = 0; i < size; ++i) {
    const char c = (*text)[i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text->remove_prefix(size);
  return value;
}

bool Take(std::string_view* text, char c) {
  if (text->empty() || text->front() != c) return false;
  text->remove_prefix(1);
  return true;
}

// "2012-07-01", as days since 1970-01-01.
std::optional<int64_t> TakeDay(std::string_view* text) {
  const size_t size = std::min<size_t>(text->size(), 10);
  const std::optional<int64_t> day = ReadDay(text->substr(0, size));
  text->remove_prefix(size);
  return day;
}

// "00:02", in seconds.
std::optional<int64_t> TakeHoursAndMinutes(std::string_view* text) {
  const auto hours = Digits(text, 2);
  if (!hours || *hours > 23 || !Take(text, ':')) return std::nullopt;
  const auto minutes = Digits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return *hours * 3'600 + *minutes * 60;
}

// "Z", "+02:00" or nothing, in seconds east.
std::optional<int64_t> TakeOffset(std::string_view* text) {
  if (text->empty() || Take(text, 'Z') || Take(text, 'z')) return 0;
  const bool is_west = Take(text, '-');
  if (!is_west && !Take(text, '+')) return std::nullopt;
  const auto offset = TakeHoursAndMinutes(text);
  if (!offset) return std::nullopt;
  return is_west ? -*offset : *offset;
}

// "00:02:52.25+02:00", in seconds after the day's first in UTC.
std::optional<int64_t> TakeTimeOfDay(std::string_view* text) {
  const auto start = TakeHoursAndMinutes(text);
  if (!start || !Take(text, ':')) return std::nullopt;
  const auto seconds = Digits(text, 2);
  if (!seconds || *seconds > 60) return std::nullopt;
  if (Take(text, '.')) {
    if (!Digits(text, 1)) return std::nullopt;
    while (Digits(text, 1)) continue;
  }
  const auto offset = TakeOffset(text);
  if (!offset) return std::nullopt;
  return *start + *seconds - *offset;
}

std::optional<int64_t> UnixSeconds(std::string_view text) {
  constexpr size_t kMostDigits = 12;  // past the year 9999, and no overflow
  const bool is_before = Take(&text, '-');
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  int64_t value = 0;
  while (!text.empty()) {
    const auto digit = Digits(&text, 1);
    if (!digit) return std::nullopt;
    value = value * 10 + *digit;
  }
  return is_before ? -value : value;
}

std::optional<int64_t> Parse(std::string_view text, int64_t day_alone) {
  if (const auto seconds = UnixSeconds(text)) return seconds;
  const auto day = TakeDay(&text);
  if (!day) return std::nullopt;
  if (text.empty()) return *day * kSecondsPerDay + day_alone;
  if (!Take(&text, 'T') && !Take(&text, 't') && !Take(&text, ' ')) {
    return std::nullopt;
  }
  const auto time = TakeTimeOfDay(&text);
  if (!time || !text.empty()) return std::nullopt;
  return *day * kSecondsPerDay + *time;
}

}  // namespace

std::optional<int64_t> ParseTime(std::string_view text) {
  return Parse(text, 0);
}

std::optional<int64_t> ParseAsOf(std::string_view text) {
  return Parse(text, kSecondsPerDay - 1);
}

}  // namespace influence::cli
