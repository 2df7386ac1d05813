// The ranges of all numbers in a drift report, and the laws that one message of
// it has by itself. The sums across messages are in drift_laws.cc.
#include "insight/drift_ranges.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "insight/checks.h"
#include "insight/drift_counts.h"
#include "insight/stored_laws.h"
#include "model/messages_of.h"

namespace influence {
namespace {

// Limits of lists: the library never writes more.
constexpr size_t kMostLines = 2 * kFactorCount;
constexpr size_t kMostQuantiles = 64;
constexpr size_t kMostSlices = 1'024;
constexpr uint64_t kMostPeople = kMaxDriftPeople;
constexpr Micros kMostMoved = static_cast<Micros>(kMostPeople) * kFullScore;
constexpr int64_t kMostHundredths = 100 * 100;

uint64_t SumOf(const std::vector<uint64_t>& counts) {
  uint64_t sum = 0;
  for (const uint64_t count : counts) sum += count;
  return sum;
}

void CheckMover(const msg::DriftMover& mover, const Checks& at) {
  at.Score("before_micropoints", mover.before_micropoints);
  at.Score("after_micropoints", mover.after_micropoints);
  at.Limit("factors", mover.factors.size(), kMostLines);
  Micros sum = 0;
  for (size_t i = 0; i < mover.factors.size() && i < kMostLines; ++i) {
    const msg::DriftFactorChange& one = mover.factors[i];
    const Checks here = at.In("factors", i);
    here.Known("factor", one.factor, kFactorCount);
    here.Score("before_micropoints", one.before_micropoints);
    here.Score("after_micropoints", one.after_micropoints);
    sum += one.after_micropoints - one.before_micropoints;
  }
  at.Law(sum == mover.after_micropoints - mover.before_micropoints, "factors",
         "do not sum to the change");
}

void CheckBandChanges(const msg::DriftSummary& summary, const Checks& at) {
  const std::vector<msg::BandChange>& bands = summary.bands;
  if (bands.empty()) return;
  at.Limit("bands", bands.size(), kBandCount * kBandCount);
  uint64_t people = 0;
  bool in_order = true;
  for (size_t i = 0; i < bands.size(); ++i) {
    const Checks here = at.In("bands", i);
    here.Known("before", bands[i].before, kBandCount);
    here.Known("after", bands[i].after, kBandCount);
    here.Count("people", bands[i].people, kMostPeople);
    people += bands[i].people;
    in_order &= bands[i].people > 0;
    if (i == 0) continue;
    in_order &= std::pair(bands[i - 1].before, bands[i - 1].after) <
                std::pair(bands[i].before, bands[i].after);
  }
  at.Law(in_order, "bands", "are not each pair with people once, in order");
  at.Law(people == summary.people, "bands", "do not sum to people");
}

void CheckSummary(const msg::DriftSummary& summary, const Checks& at) {
  at.Count("people", summary.people, kMostPeople);
  at.Count("refused", summary.refused, kMostPeople);
  at.Count("unchanged", summary.unchanged, kMostPeople);
  at.Count("up", summary.up, kMostPeople);
  at.Count("down", summary.down, kMostPeople);
  at.Count("beyond", summary.beyond, kMostPeople);
  at.Number("up_micropoints", summary.up_micropoints, 0, kMostMoved);
  at.Number("down_micropoints", summary.down_micropoints, 0, kMostMoved);
  at.Limit("quantiles", summary.quantiles.size(), kMostQuantiles);
  for (size_t i = 0; i < summary.quantiles.size(); ++i) {
    const Checks here = at.In("quantiles", i);
    here.Number("permyriad", summary.quantiles[i].permyriad, 0, 10'000);
    here.ScoreChange("change_micropoints",
                     summary.quantiles[i].change_micropoints);
  }
  CheckBandChanges(summary, at);
  at.Number("spearman_micros", summary.spearman_micros.value_or(0), -kOne,
            kOne);
  at.Number("kendall_micros", summary.kendall_micros.value_or(0), -kOne, kOne);
  at.Number("stability_micros", summary.stability_micros.value_or(0), 0,
            kFullScore);
  at.Limit("factors", summary.factors.size(), kMostLines);
  for (size_t i = 0; i < summary.factors.size(); ++i) {
    const msg::DriftFactor& factor = summary.factors[i];
    const Checks here = at.In("factors", i);
    here.Known("factor", factor.factor, kFactorCount);
    here.Number("up_micropoints", factor.up_micropoints, 0, kMostMoved);
    here.Number("down_micropoints", factor.down_micropoints, 0, kMostMoved);
    here.Number("share_micros", factor.share_micros, 0, kOne);
  }
  at.Limit("movers", summary.movers.size(), kMaxTopMovers);
  for (size_t i = 0; i < summary.movers.size(); ++i) {
    CheckMover(summary.movers[i], at.In("movers", i));
  }
  const uint64_t moved = summary.up + summary.down;
  const uint64_t told = moved + summary.unchanged;
  at.Law(summary.beyond <= moved && (told == 0 || told == summary.people),
         "people", "is not the sum of unchanged, up and down");
}

void CheckByPoint(const std::vector<uint64_t>& by_point, bool is_needed,
                  uint64_t people, const char* name, const Checks& at) {
  for (size_t i = 0; i < by_point.size(); ++i) {
    at.In(name, i).Count("", by_point[i], kMostPeople);
  }
  at.Law((by_point.empty() && !is_needed) ||
             (by_point.size() == kPointBins && SumOf(by_point) == people),
         name, "has not 100 counts that sum to all.people");
}

}  // namespace

Error CheckRanges(const msg::DriftReport& drift) {
  FirstFault fault;
  const Checks at(&fault);
  CheckIdentity(drift.before, "before", &fault);
  CheckIdentity(drift.after, "after", &fault);
  if (!at.Needed("all", drift.all.has_value())) return fault.Take();
  CheckSummary(*drift.all, at.In("all"));
  at.Limit("slices", drift.slices.size(), kMostSlices);
  for (size_t i = 0; i < drift.slices.size(); ++i) {
    const Checks here = at.In("slices", i);
    if (here.Needed("summary", drift.slices[i].summary.has_value())) {
      CheckSummary(*drift.slices[i].summary, here.In("summary"));
    }
  }
  at.Limit("changes", drift.changes.size(), kChangeSteps);
  for (size_t i = 0; i < drift.changes.size(); ++i) {
    const Checks here = at.In("changes", i);
    here.Number("hundredths", drift.changes[i].hundredths, -kMostHundredths,
                kMostHundredths);
    here.Count("people", drift.changes[i].people, kMostPeople);
  }
  CheckByPoint(drift.before_by_point, false, drift.all->people,
               "before_by_point", at);
  CheckByPoint(drift.after_by_point, true, drift.all->people, "after_by_point",
               at);
  return fault.Take();
}

}  // namespace influence
