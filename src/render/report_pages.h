// Pages of persons and algorithms, as codes and arguments.
#ifndef INFLUENCE_RENDER_REPORT_PAGES_H_
#define INFLUENCE_RENDER_REPORT_PAGES_H_

#include <vector>

#include "messages/messages.h"
#include "model/algorithm.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "render/identity_section.h"
#include "render/page.h"

namespace influence {

// One recomputed result of one person, with its identity.
struct ReportSide {
  const Algorithm* algorithm;
  const Profile* profile;
  const Ledger* ledger;
  std::vector<IdentityField> identity;
};

struct PersonReport {
  ReportSide now;
  const std::vector<msg::PriceLine>* prices;
  Origin origin;
  const msg::CompareResponse* change = nullptr;  // since the result before
};

// An algorithm: its table and its bounds.
struct AlgorithmReport {
  const Algorithm* algorithm;
  std::vector<IdentityField> identity;
  const std::vector<msg::PriceLine>* prices;
  Origin origin;
};

// "ada: 61 of 100 points (high), algorithm v1".
Sentence TitleOf(const Algorithm& algorithm, const Profile& profile,
                 const Ledger& ledger);

// Adds the lines, the counted signals, the reasons and the bounds.
void AddLedger(const Algorithm& algorithm, const Profile& profile,
               const Ledger& ledger, Page* page);

// The tables of an algorithm: its weights and signals, and the bounds of each
// factor.
Section WeightsOf(const Algorithm& algorithm);
Section PricesOf(const std::vector<msg::PriceLine>& prices);

Page PageOf(const PersonReport& report);
Page PageOf(const AlgorithmReport& report);

}  // namespace influence

#endif  // INFLUENCE_RENDER_REPORT_PAGES_H_
