// A drift as bytes, as it is kept.
#ifndef INFLUENCE_ENGINE_DRIFT_STATE_H_
#define INFLUENCE_ENGINE_DRIFT_STATE_H_

#include <string>
#include <string_view>

#include "base/byte_buffer.h"
#include "engine/drift.h"
#include "model/error.h"

namespace influence {

// The algorithms and settings of a saved drift. Threads are not saved: they
// change no number.
struct SavedDrift {
  std::string before, after;  // fingerprints
  DriftSettings settings;
};

// The bytes: a line that says what they are; a message, in which histograms are
// pairs of a distance from the last place and a count; a SHA-256 of all that.
void SaveDrift(const SavedDrift& saved, const Drift::State& state,
               ByteBuffer* out);
// MALFORMED unless they are such bytes and could be a drift.
Error LoadDrift(std::string_view bytes, SavedDrift* saved, Drift::State* state);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_DRIFT_STATE_H_
