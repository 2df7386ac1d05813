// One person of a tally, opened: a SubjectRequest answered.
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

// A request, checked. Its standing and its graph are those of its node, if it
// has one. Text is a view of the request's bytes.
struct SubjectQuestion {
  msg::SubjectRequest request;
  size_t top = 0;
  GraphIdentity graph;
};

// MALFORMED, INVALID_UTF8, TOO_LARGE, OUT_OF_RANGE, INVALID_ARGUMENT (standing,
// graph and node do not agree).
Error ReadSubjectRequest(std::string_view bytes, SubjectQuestion* question);

// Appends the SubjectReport. Of a compacted tally. NOT_FOUND; TOO_LARGE for the
// report.
Error OpenSubject(const Engine::Core& core, const Tally& tally,
                  const SubjectQuestion& question, ByteBuffer* out);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_TALLY_SUBJECT_H_
