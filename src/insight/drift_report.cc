// Derives a DriftReport from the totals. Only the histograms leave out
// anything: people whose score did not change are counted in `unchanged`, not
// in the histogram of changes.
#include "insight/drift_report.h"

#include <algorithm>

namespace influence {
namespace {

msg::DriftMover MoverMessage(const Mover& mover,
                             const std::vector<Factor>& factors) {
  msg::DriftMover message;
  message.id = mover.id;
  message.before_micropoints = mover.before;
  message.after_micropoints = mover.after;
  for (const Factor factor : factors) {
    message.factors.push_back({factor, mover.before_points[Index(factor)],
                               mover.after_points[Index(factor)]});
  }
  return message;
}

// Lists each pair of bands that has people.
std::vector<msg::BandChange> BandChanges(
    const std::array<uint64_t, kBandCount * kBandCount>& counts) {
  std::vector<msg::BandChange> changes;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    changes.push_back({static_cast<Band>(i / kBandCount + 1),
                       static_cast<Band>(i % kBandCount + 1), counts[i]});
  }
  return changes;
}

// Two half points are one point; 100 points join the last bin.
std::vector<uint64_t> ByPoint(const std::vector<uint64_t>& by_half_point) {
  std::vector<uint64_t> points(100);
  for (size_t i = 0; i < by_half_point.size(); ++i) {
    points[std::min<size_t>(i / 2, points.size() - 1)] += by_half_point[i];
  }
  return points;
}

}  // namespace

msg::DriftSummary SummaryOf(const DriftTotals& totals,
                            const std::vector<Factor>& factors) {
  msg::DriftSummary summary;
  summary.people = totals.people();
  summary.refused = totals.refused();
  summary.unchanged = totals.unchanged();
  summary.up = totals.up();
  summary.down = totals.down();
  summary.beyond = totals.beyond();
  summary.up_micropoints = static_cast<int64_t>(totals.points().up);
  summary.down_micropoints = static_cast<int64_t>(totals.points().down);
  if (totals.people() > 0) {
    for (const int permyriad :
         {0, 100, 500, 1000, 2500, 5000, 7500, 9000, 9500, 9900, 10'000}) {
      summary.quantiles.push_back({permyriad, totals.Quantile(permyriad)});
    }
  }
  summary.bands = BandChanges(totals.Bands());
  summary.spearman_micros = totals.SpearmanMicros();
  summary.kendall_micros = totals.KendallMicros();
  summary.stability_micros = totals.StabilityMicros();
  const auto shares = totals.Shares();
  for (const Factor factor : factors) {
    const DriftTotals::Sums& sums = totals.factors()[Index(factor)];
    summary.factors.push_back({factor, static_cast<int64_t>(sums.up),
                               static_cast<int64_t>(sums.down),
                               shares[Index(factor)]});
  }
  for (const Mover& mover : totals.movers()) {
    summary.movers.push_back(MoverMessage(mover, factors));
  }
  return summary;
}

void AddDistributions(const DriftTotals& totals, msg::DriftReport* report) {
  report->before_by_point = ByPoint(totals.ByHalfPoint(false));
  report->after_by_point = ByPoint(totals.ByHalfPoint(true));
  constexpr auto kZero = static_cast<int32_t>(kChangeSteps / 2);
  for (size_t i = 0; i < totals.changes().size(); ++i) {
    uint64_t people = totals.changes()[i];
    const int32_t hundredths = static_cast<int32_t>(i) - kZero;
    if (hundredths == 0) people -= totals.unchanged();
    if (people > 0) report->changes.push_back({hundredths, people});
  }
}

}  // namespace influence
