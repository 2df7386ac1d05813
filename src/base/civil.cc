// The calendar in eras of 400 years, all of one length, that begin in March:
// the leap day is then the last of its year, and the months before it have
// lengths that one line of integers gives.
#include "base/civil.h"

#include <algorithm>

namespace influence {
namespace {

constexpr int64_t kDaysPerEra = 146'097;
// From the first day of era 0, 0000-03-01, to 1970-01-01.
constexpr int64_t kDaysTo1970 = 719'468;

constexpr int64_t FloorDiv(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

std::string Padded(int64_t number, size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

}  // namespace

int64_t DaysOf(const CivilDay& civil) {
  const int64_t year = civil.month > 2 ? civil.year : civil.year - 1;
  const int64_t era = FloorDiv(year, 400);
  const int64_t of_era = year - era * 400;
  const int64_t of_year =
      (153 * ((civil.month + 9) % 12) + 2) / 5 + civil.day - 1;
  return era * kDaysPerEra + of_era * 365 + of_era / 4 - of_era / 100 +
         of_year - kDaysTo1970;
}

CivilDay CivilOf(int64_t days) {
  const int64_t shifted = days + kDaysTo1970;
  const int64_t era = FloorDiv(shifted, kDaysPerEra);
  const int64_t of_era = shifted - era * kDaysPerEra;
  const int64_t year =
      (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const int64_t march = (5 * of_year + 2) / 153;  // months since
  const int64_t month = march < 10 ? march + 3 : march - 9;
  return {era * 400 + year + (month <= 2 ? 1 : 0), static_cast<int>(month),
          static_cast<int>(of_year - (153 * march + 2) / 5 + 1)};
}

std::string DayText(int64_t days) {
  const CivilDay civil = CivilOf(days);
  return Padded(civil.year, 4) + "-" + Padded(civil.month, 2) + "-" +
         Padded(civil.day, 2);
}

std::optional<int64_t> ReadDay(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00";
  if (text.size() != kShape.size()) return std::nullopt;
  int numbers[3] = {};
  int* number = numbers;
  for (size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == '-') {
      if (text[i] != '-') return std::nullopt;
      ++number;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    *number = *number * 10 + (text[i] - '0');
  }
  const CivilDay civil = {numbers[0], numbers[1], numbers[2]};
  if (civil.year == 0 || civil.month < 1 || civil.month > 12) {
    return std::nullopt;
  }
  const int64_t days = DaysOf(civil);
  const CivilDay there = CivilOf(days);
  if (there.month != civil.month || there.day != civil.day) return std::nullopt;
  return days;
}

}  // namespace influence
