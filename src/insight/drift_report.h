// A drift as it is reported.
#ifndef INFLUENCE_INSIGHT_DRIFT_REPORT_H_
#define INFLUENCE_INSIGHT_DRIFT_REPORT_H_

#include <vector>

#include "insight/drift.h"
#include "messages/messages.h"

namespace influence {

// The factors are those of either algorithm, in the order of the report. Ids
// are views of those of the totals.
msg::DriftSummary SummaryOf(const DriftTotals& totals,
                            const std::vector<Factor>& factors);

// Sets the histograms of a report.
void AddDistributions(const DriftTotals& totals, msg::DriftReport* report);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_DRIFT_REPORT_H_
