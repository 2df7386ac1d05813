// The pages there are: what they say, in codes and arguments.
#ifndef INFLUENCE_RENDER_REPORT_H_
#define INFLUENCE_RENDER_REPORT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/algorithm.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "render/page.h"

namespace influence {

// One result of one person, as recomputed, with what it says of itself.
struct ReportSide {
  const Algorithm* algorithm;
  const Profile* profile;
  const Ledger* ledger;
  std::string_view fingerprint;
  std::string_view library_version;
  std::string_view input_digest;
  std::optional<int32_t> as_of_days;
};

struct PersonReport {
  ReportSide now;
  const std::vector<PriceLine>* prices;
  std::string_view rendered_by;  // this library's version
  // The result before, and the facts of now under its algorithm.
  const ReportSide* before = nullptr;
  const Ledger* between = nullptr;
};

// "ada: 61 of 100 points (high), algorithm v1".
Sentence TitleOf(const Algorithm& algorithm, const Profile& profile,
                 const Ledger& ledger);

// The lines, what was counted, the reasons and the bounds.
void AddLedger(const Algorithm& algorithm, const Profile& profile,
               const Ledger& ledger, Page* page);

// The table of an algorithm, with the formula; and its price list.
Section WeightsOf(const Algorithm& algorithm);
Section PricesOf(const std::vector<PriceLine>& prices);

Page PageOf(const PersonReport& report);

// A population: how many people are in each whole point, rounded down.
inline constexpr size_t kPointBins = 100;
struct PopulationReport {
  std::string_view before, after;         // algorithms; before may be empty
  std::vector<uint64_t> people_by_point;  // kPointBins
  // Before and after: 25 counts, or none, as in DriftSummary.
  std::vector<uint64_t> bands;
  uint64_t people, refused, unchanged, up, down, beyond;
};

Page PageOf(const PopulationReport& report);

}  // namespace influence

#endif  // INFLUENCE_RENDER_REPORT_H_
