// The sums of drift reports, whose ranges are checked before (drift_ranges.cc),
// so that no sum overflows. A histogram holds rounded changes, so the figures
// are checked against the least and the most that it allows.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/muldiv.h"
#include "insight/agreement.h"
#include "insight/checks.h"
#include "insight/drift_counts.h"
#include "insight/drift_ranges.h"
#include "insight/stored_laws.h"
#include "model/messages_of.h"
#include "scoring/evaluator.h"

namespace influence {
namespace {

Error Wrong(std::string field, const char* law) {
  return {Code::kNotVerified, std::move(field), law};
}

// ----------------------------------------- what the histograms say of the rest

// A step of the histogram holds the changes from kLow below it to kHigh above.
constexpr Micros kLow = kChangeStep / 2;
constexpr Micros kHigh = kChangeStep - kLow - 1;

Micros StepOf(Micros change) {
  return (change + kFullScore + kLow) / kChangeStep - kFullScore / kChangeStep;
}

Micros SizeOf(const msg::DriftMover& mover) {
  return std::abs(mover.after_micropoints - mover.before_micropoints);
}

// The change at a permyriad of the people, or nothing.
std::optional<Micros> QuantileAt(const msg::DriftSummary& of,
                                 int32_t permyriad) {
  for (const msg::DriftQuantile& quantile : of.quantiles) {
    if (quantile.permyriad == permyriad) return quantile.change_micropoints;
  }
  return std::nullopt;
}
constexpr int32_t kLeast = 0, kMost = 10'000;

// The counts and bounds that the histogram gives.
struct Histogram {
  uint64_t at_zero = 0;       // changed by less than half a step
  uint64_t up = 0, down = 0;  // the others
  uint64_t beyond = 0, about_beyond = 0;
  Micros up_least = 0, up_most = 0, down_least = 0, down_most = 0;
};

// Sums the people above and below zero, and the least and the most points that
// their rounded changes allow.
Histogram Read(const std::vector<msg::DriftChange>& changes) {
  constexpr Micros kBeyond = kScoreResolution / kChangeStep;
  Histogram read;
  for (const msg::DriftChange& one : changes) {
    const Micros steps = std::abs(Micros{one.hundredths});
    const Micros size = steps * kChangeStep;
    const auto people = static_cast<Micros>(one.people);
    if (one.hundredths > 0) {
      read.up += one.people;
      read.up_least += people * (size - kLow);
      read.up_most += people * (size + kHigh);
    } else if (one.hundredths < 0) {
      read.down += one.people;
      read.down_least += people * (size - kHigh);
      read.down_most += people * (size + kLow);
    } else {
      read.at_zero += one.people;
    }
    if (steps > kBeyond) read.beyond += one.people;
    if (steps == kBeyond) read.about_beyond += one.people;
  }
  return read;
}

bool In(Micros value, Micros low, Micros high) {
  return value >= low && value <= high;
}

// Rounded changes only bound the figures: each sum is checked against the least
// and the most that the histogram allows.
Error CheckChanges(const msg::DriftReport& drift) {
  const msg::DriftSummary& all = *drift.all;
  uint64_t people = 0;
  for (size_t i = 0; i < drift.changes.size(); ++i) {
    people += drift.changes[i].people;
    if (people > all.people) break;  // so that no sum overflows
    if (i > 0 &&
        drift.changes[i].hundredths <= drift.changes[i - 1].hundredths) {
      return Wrong("changes", "are not in order");
    }
  }
  if (people != all.up + all.down ||
      all.unchanged + all.up + all.down != all.people) {
    return Wrong("changes", "do not sum to up and down");
  }
  const Histogram read = Read(drift.changes);
  if (all.up < read.up || all.up > read.up + read.at_zero) {
    return Wrong("all.up", "is not what the changes say");
  }
  if (all.down < read.down || all.down > read.down + read.at_zero) {
    return Wrong("all.down", "is not what the changes say");
  }
  if (all.beyond < read.beyond ||
      all.beyond > read.beyond + read.about_beyond) {
    return Wrong("all.beyond", "is not what the changes say");
  }
  const auto up = static_cast<Micros>(all.up - read.up);
  const auto down = static_cast<Micros>(all.down - read.down);
  if (!In(all.up_micropoints, read.up_least + up, read.up_most + up * kHigh)) {
    return Wrong("all.up_micropoints", "is not what the changes say");
  }
  if (!In(all.down_micropoints, read.down_least + down,
          read.down_most + down * kLow)) {
    return Wrong("all.down_micropoints", "is not what the changes say");
  }
  return {};
}

// The step of the quantile: at least this part of the people do not exceed it.
Micros StepAt(const msg::DriftReport& drift, int32_t permyriad) {
  const uint64_t rank = RankAt(drift.all->people, permyriad);
  uint64_t reached = 0;
  bool past_zero = false;
  for (const msg::DriftChange& one : drift.changes) {
    if (one.hundredths >= 0 && !past_zero) {
      past_zero = true;
      reached += drift.all->unchanged;
      if (reached >= rank) return 0;
    }
    reached += one.people;
    if (reached >= rank) return one.hundredths;
  }
  return 0;
}

Error CheckQuantiles(const msg::DriftReport& drift) {
  const msg::DriftSummary& all = *drift.all;
  if (all.people == 0) return {};
  const auto least = QuantileAt(all, kLeast), most = QuantileAt(all, kMost);
  if (!least.has_value() || !most.has_value() || *least > *most) {
    return Wrong("all.quantiles", "have no least and most");
  }
  for (const msg::DriftQuantile& quantile : all.quantiles) {
    const Micros change = quantile.change_micropoints;
    const Micros step = StepAt(drift, quantile.permyriad);
    const bool is_end =
        quantile.permyriad == kLeast || quantile.permyriad == kMost;
    const bool good =
        is_end ? StepOf(change) == step
               : change == std::clamp(step * kChangeStep, *least, *most);
    if (!good) return Wrong("all.quantiles", "are not what the changes say");
  }
  return {};
}

// Compares bands with whole points: a band that begins at a whole point must
// match to the person, one that begins at a half point must lie between two
// counts.
Error CheckBands(const std::vector<msg::BandChange>& bands, bool after,
                 const std::vector<uint64_t>& by_point) {
  if (bands.empty() || by_point.empty()) return {};
  const BandMatrix matrix = MatrixOf(bands);
  uint64_t below = 0, in_bands = 0;
  size_t band = 0;
  for (size_t half = 0; half < 2 * kPointBins; ++half) {
    const auto score = static_cast<Micros>(half) * kHalfPoint;
    for (; band + 1 < static_cast<size_t>(BandOf(score)); ++band) {
      for (size_t other = 0; other < kBandCount; ++other) {
        in_bands += after ? matrix[other][band] : matrix[band][other];
      }
      const uint64_t unsure = half % 2 == 0 ? 0 : by_point[half / 2];
      if (in_bands < below || in_bands > below + unsure) {
        return Wrong("all.bands", "are not what the distribution says");
      }
    }
    if (half % 2 == 1) below += by_point[half / 2];
  }
  return {};
}

// Recomputed exactly: bins of ten points consist of whole points.
Error CheckStability(const msg::DriftReport& drift) {
  if (drift.before_by_point.empty()) return {};
  std::vector<uint64_t> bins[2];
  for (const bool after : {false, true}) {
    const std::vector<uint64_t>& by_point =
        after ? drift.after_by_point : drift.before_by_point;
    bins[after ? 1 : 0].resize(10);
    for (size_t i = 0; i < kPointBins; ++i) {
      bins[after ? 1 : 0][i / 10] += by_point[i];
    }
  }
  std::optional<Micros> stability;
  if (drift.all->people > 0) stability = Stability(bins[0], bins[1]);
  return stability == drift.all->stability_micros
             ? Error()
             : Wrong("all.stability_micros",
                     "is not what the distributions give");
}

// The laws within one summary, of all people or of a slice.
Error CheckFigures(const msg::DriftSummary& of) {
  if (of.unchanged + of.up + of.down != of.people) {
    return Wrong("people", "is not the sum of unchanged, up and down");
  }
  // The factors of a score sum to at most 100 points, before and after.
  auto left = static_cast<Micros>(of.people) * 2 * kFullScore;
  Micros moved = 0, net = 0;
  for (const msg::DriftFactor& factor : of.factors) {
    for (const Micros points :
         {factor.up_micropoints, factor.down_micropoints}) {
      if (points > left) return Wrong("factors", "have too many points");
      left -= points;
    }
    moved += factor.up_micropoints + factor.down_micropoints;
    net += factor.up_micropoints - factor.down_micropoints;
  }
  if (net != of.up_micropoints - of.down_micropoints) {
    return Wrong("factors", "do not sum to the points moved up and down");
  }
  for (const msg::DriftFactor& factor : of.factors) {
    const Micros own = factor.up_micropoints + factor.down_micropoints;
    const Micros share = moved == 0 ? 0 : MulDiv(kOne, own, moved);
    if (share != factor.share_micros) {
      return Wrong("factors", "have other shares than their points");
    }
  }
  const auto least = QuantileAt(of, kLeast), most = QuantileAt(of, kMost);
  for (size_t i = 1; i < of.quantiles.size(); ++i) {
    const msg::DriftQuantile& last = of.quantiles[i - 1];
    if (of.quantiles[i].permyriad <= last.permyriad ||
        of.quantiles[i].change_micropoints < last.change_micropoints) {
      return Wrong("quantiles", "are not in order");
    }
  }
  for (size_t i = 0; i < of.movers.size(); ++i) {
    const Micros farthest = i > 0 ? SizeOf(of.movers[i - 1])
                                  : std::max(std::abs(least.value_or(0)),
                                             std::abs(most.value_or(0)));
    const Micros size = SizeOf(of.movers[i]);
    if (i == 0 ? size != farthest : size > farthest) {
      return Wrong("movers", "are not those who moved most, in order");
    }
  }
  if (of.movers.size() > of.up + of.down) {
    return Wrong("movers", "are more than those who moved");
  }
  return {};
}

using Sums = std::vector<uint64_t>;

Sums SumsOf(const msg::DriftSummary& of) {
  Sums sums = {of.people,
               of.unchanged,
               of.up,
               of.down,
               of.beyond,
               static_cast<uint64_t>(of.up_micropoints),
               static_cast<uint64_t>(of.down_micropoints)};
  for (const auto& row : MatrixOf(of.bands)) {
    sums.insert(sums.end(), row.begin(), row.end());
  }
  return sums;
}

// Each person has one value of each column, so its slices sum to all. The sums
// are unsigned: those of hostile numbers may wrap.
Error CheckSlices(const msg::DriftReport& drift) {
  const Sums all = SumsOf(*drift.all);
  for (size_t i = 0; i < drift.slices.size();) {
    const std::string_view column = drift.slices[i].column;
    Sums sums(all.size());
    for (; i < drift.slices.size() && drift.slices[i].column == column; ++i) {
      const msg::DriftSummary& summary = *drift.slices[i].summary;
      if (Error error = CheckFigures(summary); !error.ok()) {
        return std::move(error).Within("slices[" + std::to_string(i) +
                                       "].summary");
      }
      const Sums part = SumsOf(summary);
      for (size_t k = 0; k < sums.size(); ++k) sums[k] += part[k];
    }
    if (sums != all) return Wrong("slices", "of a column do not sum to all");
  }
  return {};
}

}  // namespace

// Ranges, then bands, then everything that needs both algorithms.
Error CheckDrift(const msg::DriftReport& drift) {
  Error error = CheckRanges(drift);
  if (!error.ok()) return error;
  error = CheckBands(drift.all->bands, true, drift.after_by_point);
  const bool has_drift =
      drift.before.has_value() && !drift.before->algorithm.empty();
  if (!error.ok() || !has_drift) return error;
  error = CheckBands(drift.all->bands, false, drift.before_by_point);
  if (!error.ok()) return error;
  error = CheckFigures(*drift.all);
  if (!error.ok()) return std::move(error).Within("all");
  error = CheckChanges(drift);
  if (!error.ok()) return error;
  error = CheckQuantiles(drift);
  if (!error.ok()) return error;
  error = CheckStability(drift);
  if (!error.ok()) return error;
  return CheckSlices(drift);
}

}  // namespace influence
