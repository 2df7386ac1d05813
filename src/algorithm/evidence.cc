#include "algorithm/evidence.h"

namespace influence {

std::string_view YearOf(Data data) {
  constexpr std::string_view kYears[] = {
#define DATA(name, year) year,
#include "algorithm/evidence.inc"
#undef DATA
  };
  return kYears[static_cast<size_t>(data)];
}

// evidence.inc is a list of macros, one per figure, so that a figure, its data
// and the command that prints it stand on one line.
Evidence EvidenceOf(std::string_view algorithm) {
  Evidence found = {{}, {}, {}, {}, {}};
#define EVIDENCE(id, finding, value, deviation, data, sample, command)      \
  if (algorithm == (id)) {                                                  \
    found.measurements.push_back(                                           \
        {Finding::finding, value, deviation, Data::data, sample, command}); \
  }
#define ALONE(id, signal, auc) \
  if (algorithm == (id)) found.signals.push_back({Signal::signal, auc});
#define REASON(id, factor, reason)                                   \
  if (algorithm == (id)) {                                           \
    found.reasons.push_back({Factor::factor, WeightReason::reason}); \
  }
#define AGREEMENT(id, distance, percent) \
  if (algorithm == (id)) found.agreements.push_back({distance, percent});
#define DRIFT(id, from, people, up, down, beyond, least, most, spearman, \
              kendall, command)                                          \
  if (algorithm == (id)) {                                               \
    found.drift = {from,  people, up,       down,    beyond,             \
                   least, most,   spearman, kendall, command};           \
  }
#include "algorithm/evidence.inc"
#undef EVIDENCE
#undef ALONE
#undef REASON
#undef AGREEMENT
#undef DRIFT
  return found;
}

}  // namespace influence
