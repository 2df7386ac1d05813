// Converts the totals of a drift to the messages of a report.
#ifndef INFLUENCE_INSIGHT_DRIFT_REPORT_H_
#define INFLUENCE_INSIGHT_DRIFT_REPORT_H_

#include <vector>

#include "insight/drift_counts.h"
#include "messages/messages.h"

namespace influence {

// `factors` are those of both algorithms in the order of the report. Ids view
// the totals.
msg::DriftSummary SummaryOf(const DriftTotals& totals,
                            const std::vector<Factor>& factors);

// Sets the histograms of a report.
void AddDistributions(const DriftTotals& totals, msg::DriftReport* report);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_DRIFT_REPORT_H_
