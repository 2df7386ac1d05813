// The functions behind influence_score_counts() and influence_format_points().
// They touch neither the heap nor the locale; only Describe(), after a failure,
// allocates.
#include "engine/plain.h"

#include <string>

namespace influence {

Error CountFault::Describe() const {
  const std::string field = "counts[" + std::to_string(at) + "]";
  if (code == Code::kInvalidArgument) {
    return {code, field,
            "there are " + std::to_string(kSignalCount) +
                " signals; later counts must be unknown"};
  }
  return {code, field,
          std::string(Name(static_cast<Signal>(at + 1))) + " " +
              std::to_string(count) + " is not in 0 .. " +
              std::to_string(kMaxCount)};
}

CountFault ScoreCounts(const Engine& engine, const int64_t* counts, size_t size,
                       Evaluator::Sums* sums) {
  Signals signals;
  for (size_t i = 0; i < size; ++i) {
    const int64_t count = counts[i];
    if (count == kUnknownCount) continue;
    if (i >= kSignalCount) return {Code::kInvalidArgument, i, count};
    if (count < 0 || count > kMaxCount) return {Code::kOutOfRange, i, count};
    signals.Set(static_cast<Signal>(i + 1), count * kOne);
  }
  *sums = engine.core()->evaluator.ScoreOne(signals);
  return {};
}

size_t FormatPoints(int64_t micros, int decimals, char (&text)[kPointsBytes]) {
  const bool is_negative = micros < 0;
  // Negated as unsigned, because -INT64_MIN does not fit int64_t.
  uint64_t rest = is_negative ? 0 - static_cast<uint64_t>(micros)
                              : static_cast<uint64_t>(micros);
  uint64_t unit = 1;
  for (int i = decimals; i < 6; ++i) unit *= 10;
  const uint64_t left = rest % unit;
  rest /= unit;
  if (left > unit / 2 || (left == unit / 2 && left != 0 && rest % 2 != 0)) {
    ++rest;
  }
  const bool is_zero = rest == 0;

  char reversed[kPointsBytes];
  size_t size = 0;
  for (int digits = 0; rest != 0 || digits <= decimals; ++digits) {
    if (digits == decimals && decimals > 0) reversed[size++] = '.';
    reversed[size++] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  }
  if (is_negative && !is_zero) reversed[size++] = '-';
  for (size_t i = 0; i < size; ++i) text[i] = reversed[size - 1 - i];
  text[size] = '\0';
  return size;
}

}  // namespace influence
