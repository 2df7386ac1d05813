// Days of the civil calendar, which is Gregorian in every year. No clock and no
// time zone is read.
#ifndef INFLUENCE_BASE_CIVIL_H_
#define INFLUENCE_BASE_CIVIL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace influence {

inline constexpr int64_t kSecondsPerDay = 86'400;

// A day of the calendar: 2026, 1, 31.
struct CivilDay {
  int64_t year;
  int month;  // 1 .. 12
  int day;    // 1 .. 31
};

// Days since 1970-01-01, negative before it, and back:
//   CivilOf(DaysOf(d)) == d      if the month has that day
//   DaysOf({2026, 2, 31}) == DaysOf({2026, 3, 3})
// Requires a year of at most 12 digits.
int64_t DaysOf(const CivilDay& civil);
CivilDay CivilOf(int64_t days);

// The day a second is in: seconds / 86,400 rounded down.
constexpr int64_t DayOfSecond(int64_t seconds) {
  return seconds / kSecondsPerDay - (seconds % kSecondsPerDay < 0 ? 1 : 0);
}

// "2026-01-31". Years have at least four digits. Requires a year of 0 and more.
std::string DayText(int64_t days);

// Reads exactly such a text, of a year from 0001 to 9999; nothing for any other
// text or a day that its month does not have.
std::optional<int64_t> ReadDay(std::string_view text);

}  // namespace influence

#endif  // INFLUENCE_BASE_CIVIL_H_
