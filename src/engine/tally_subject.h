// Answers a SubjectRequest: explains one person of a tally.
#ifndef INFLUENCE_ENGINE_TALLY_SUBJECT_H_
#define INFLUENCE_ENGINE_TALLY_SUBJECT_H_

#include <cstddef>
#include <string_view>

#include "base/byte_buffer.h"
#include "engine/engine.h"
#include "messages/messages.h"
#include "model/error.h"
#include "model/graph_identity.h"
#include "tally/tally.h"

namespace influence {

// A checked request. If it has a node, standing and graph are taken from it.
// Text views the request's bytes.
struct SubjectQuestion {
  msg::SubjectRequest request;
  size_t top = 0;
  GraphIdentity graph;
};

// Fails with MALFORMED, INVALID_UTF8, TOO_LARGE, OUT_OF_RANGE, or with
// INVALID_ARGUMENT if standing, graph and node disagree.
Error ReadSubjectRequest(std::string_view bytes, SubjectQuestion* question);

// Appends the SubjectReport. Requires a compacted tally. Fails with NOT_FOUND,
// or with TOO_LARGE for the report.
Error OpenSubject(const Engine::Core& core, const Tally& tally,
                  const SubjectQuestion& question, ByteBuffer* out);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_TALLY_SUBJECT_H_
