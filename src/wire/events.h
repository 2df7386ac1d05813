// EventBatch, TallyOptions and their kin, read; TallyReport and SubjectReport,
// written.
#ifndef INFLUENCE_WIRE_EVENTS_H_
#define INFLUENCE_WIRE_EVENTS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"
#include "model/event.h"
#include "model/vocabulary.h"
#include "wire/byte_buffer.h"
#include "wire/standing.h"

namespace influence {

// Calls visit(event) for each event of a serialized EventBatch, in order. Views
// point into the bytes. MALFORMED; what came before it was visited.
Error ReadEvents(std::string_view bytes,
                 const std::function<void(const Event&)>& visit);

struct TallyOptions {
  std::string_view algorithm;
  std::string_view fingerprint;
  int64_t as_of_seconds = 0;
  bool ignore_future = false;
  uint32_t threads = 1;
};

// MALFORMED, INVALID_UTF8, OUT_OF_RANGE (as_of_seconds, threads),
// INVALID_ARGUMENT (as_of_seconds is not set; future).
Error ReadTallyOptions(std::string_view bytes, TallyOptions* options);

// MALFORMED, OUT_OF_RANGE.
Error ReadFinishOptions(std::string_view bytes, uint32_t* batch_rows);

struct SubjectRequest {
  std::string_view id;
  uint32_t top = 10;
  std::optional<Micros>
      standing;  // 0 .. kMaxSignal; the node's, if it is there
  bool carriers = false;
  std::optional<NodeReport> node;
  StandingIdentity identity;  // likewise
};
// MALFORMED, INVALID_UTF8, OUT_OF_RANGE, INVALID_ARGUMENT (what is said of the
// standing does not fit together).
Error ReadSubjectRequest(std::string_view bytes, SubjectRequest* request);

void AppendTallyReport(std::string_view algorithm, std::string_view fingerprint,
                       int64_t as_of_seconds, const TallyReport& report,
                       ByteBuffer* out);

// Where a factor's quantity and points came from, on one network.
struct FactorSources {
  struct Source {
    std::string_view actor;
    Micros quantity;
    Micros points;
  };
  Factor factor;
  std::string_view network;
  Micros quantity;
  Micros points;
  std::vector<Source> top;
  Source others;
  uint64_t others_count;
  Micros remainder_quantity;
  Micros remainder_points;
};

struct TopicScore {
  std::string_view topic;
  Micros quantity;
  uint64_t people;
  Micros score;
  std::optional<Micros> score_without;  // the person's, without this topic
};

struct ActorCarrier {
  std::string_view actor;
  Micros score_without;  // the person's, without what the actor did to them
};

struct SubjectReport {
  std::string_view algorithm;
  std::string_view fingerprint;
  int64_t as_of_seconds;
  std::vector<FactorSources> sources;
  std::vector<TopicScore> topics;
  std::vector<ActorCarrier> actors;
  const NodeReport* node;  // null if there is none
  StandingIdentity identity;
};
// `results` are AppendResult()'s bytes for this one person, or AppendError()'s.
void AppendSubjectReport(const ByteBuffer& results, const SubjectReport& report,
                         ByteBuffer* out);

}  // namespace influence

#endif  // INFLUENCE_WIRE_EVENTS_H_
