// The pages there are: what they say, in codes and arguments.
#ifndef INFLUENCE_RENDER_REPORT_H_
#define INFLUENCE_RENDER_REPORT_H_

#include <vector>

#include "model/algorithm.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "model/stored.h"
#include "render/identity.h"
#include "render/page.h"

namespace influence {

// One result of one person, as recomputed, with what it says of itself.
struct ReportSide {
  const Algorithm* algorithm;
  const Profile* profile;
  const Ledger* ledger;
  std::vector<IdentityField> identity;
};

struct PersonReport {
  ReportSide now;
  const std::vector<PriceLine>* prices;
  Origin origin;
  const Comparison* change = nullptr;  // since the result before
};

// An algorithm: its table and what it can do.
struct AlgorithmReport {
  const Algorithm* algorithm;
  std::vector<IdentityField> identity;
  const std::vector<PriceLine>* prices;
  Origin origin;
};

// "ada: 61 of 100 points (high), algorithm v1".
Sentence TitleOf(const Algorithm& algorithm, const Profile& profile,
                 const Ledger& ledger);

// The lines, what was counted, the reasons and the bounds.
void AddLedger(const Algorithm& algorithm, const Profile& profile,
               const Ledger& ledger, Page* page);

// What an algorithm counts, and what each factor can do.
Section WeightsOf(const Algorithm& algorithm);
Section PricesOf(const std::vector<PriceLine>& prices);

Page PageOf(const PersonReport& report);
Page PageOf(const AlgorithmReport& report);

}  // namespace influence

#endif  // INFLUENCE_RENDER_REPORT_H_
