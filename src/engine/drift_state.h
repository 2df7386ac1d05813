// A drift as bytes: as it is kept, and as it is reported.
#ifndef INFLUENCE_ENGINE_DRIFT_STATE_H_
#define INFLUENCE_ENGINE_DRIFT_STATE_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/drift.h"

namespace influence {

// What a drift is of, as kept with it. Threads and kernel are not: they move
// nothing.
struct SavedDrift {
  std::string before, after;  // fingerprints
  DriftOptions options;
};

// The bytes: a line that says what they are; a message, in which histograms are
// pairs of a distance from the last place and a count; a SHA-256 of all that.
void SaveDrift(const SavedDrift& saved, const Drift::State& state,
               ByteBuffer* out);
// MALFORMED unless they are such bytes and could be a drift.
Error LoadDrift(std::string_view bytes, SavedDrift* saved, Drift::State* state);

// A DriftSummary; the factors are those of either algorithm.
Message SummaryMessage(const DriftTotals& totals,
                       const std::vector<Factor>& factors);
// The histograms of a DriftReport.
void AddDistributions(const DriftTotals& totals, Message* report);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_DRIFT_STATE_H_
