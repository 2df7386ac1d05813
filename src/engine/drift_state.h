// The bytes of a saved drift.
#ifndef INFLUENCE_ENGINE_DRIFT_STATE_H_
#define INFLUENCE_ENGINE_DRIFT_STATE_H_

#include <string>
#include <string_view>

#include "base/byte_buffer.h"
#include "engine/drift_calls.h"
#include "model/error.h"

namespace influence {

// The algorithms and settings of a saved drift. Threads are not saved: they
// change no number.
struct SavedDrift {
  std::string before, after;  // fingerprints
  DriftSettings settings;
};

// Appends a line with the format's name, a message, and the SHA-256 of both in
// hex. In the message a histogram is a list of pairs: the distance from the
// last entry that is not 0, and its count.
void SaveDrift(const SavedDrift& saved, const Drift::State& state,
               ByteBuffer* out);
// Fails with MALFORMED unless the bytes are such a state and obey the laws of
// one.
Error LoadDrift(std::string_view bytes, SavedDrift* saved, Drift::State* state);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_DRIFT_STATE_H_
