// The functions behind influence_score_counts() and influence_format_points().
// They touch neither the heap nor the locale; only Describe(), after a failure,
// allocates.
#include "engine/count_calls.h"

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

}  // namespace influence
