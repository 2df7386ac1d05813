#include "wire/events.h"

#include <string>
#include <utility>

#include "wire/faults.h"
#include "wire/fields.h"
#include "wire/reader.h"
#include "wire/request.h"
#include "wire/standing_identity.h"
#include "wire/utf8.h"
#include "wire/writer.h"

namespace influence {
namespace {

constexpr uint32_t kMaxTop = 1000;
constexpr uint32_t kMaxBatchRows = uint32_t{1} << 20;

Event ReadEvent(std::string_view bytes) {
  using namespace field::event;
  Event event;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(kActor):
        event.actor = in.Bytes();
        break;
      case BytesTag(kSubject):
        event.subject = in.Bytes();
        break;
      case VarintTag(kKind):
        event.kind = in.Int32();
        break;
      case VarintTag(kTimeSeconds):
        event.time_seconds = in.Int64();
        break;
      case BytesTag(kNetwork):
        event.network = in.Bytes();
        break;
      case BytesTag(kTopic):
        event.topic = in.Bytes();
        break;
      case BytesTag(kEventId):
        event.event_id = in.Bytes();
        break;
      case VarintTag(kQuality):
        event.quality = in.Int64();
        break;
      case VarintTag(kCount):
        event.count = in.Int64();
        break;
      default:
        in.Skip();
    }
  }
  return event;
}

void WriteSource(uint32_t field, const FactorSources::Source& source,
                 Writer* out) {
  uint8_t* start = out->Open(field);
  out->Bytes(field::source::kActor, source.actor);
  out->Int64(field::source::kQuantity, source.quantity);
  out->Int64(field::source::kPoints, source.points);
  out->Close(start);
}

Error NotIn(std::string field, int64_t value, int64_t low, int64_t high) {
  return {Code::kOutOfRange, std::move(field),
          std::to_string(value) + " is not in " + std::to_string(low) + " .. " +
              std::to_string(high)};
}

}  // namespace

Error ReadEvents(std::string_view bytes,
                 const std::function<void(const Event&)>& visit) {
  return Guarded("EventBatch", [&]() -> Error {
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      if (in.tag() == BytesTag(field::event_batch::kEvents)) {
        visit(ReadEvent(in.Bytes()));
      } else {
        in.Skip();
      }
    }
    return {};
  });
}

Error ReadTallyOptions(std::string_view bytes, TallyOptions* options) {
  using namespace field::tally_options;
  return Guarded("TallyOptions", [&]() -> Error {
    FirstFault fault;
    std::optional<int64_t> as_of;
    int32_t future = 0;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kAlgorithm):
          options->algorithm = in.Bytes();
          if (!IsUtf8(options->algorithm)) fault.Add(NotUtf8("algorithm"));
          break;
        case BytesTag(kFingerprint):
          options->fingerprint = in.Bytes();
          if (!IsUtf8(options->fingerprint)) fault.Add(NotUtf8("fingerprint"));
          break;
        case VarintTag(kAsOfSeconds):
          as_of = in.Int64();
          break;
        case VarintTag(kFuture):
          future = in.Int32();
          break;
        case VarintTag(kThreads):
          options->threads = static_cast<uint32_t>(in.Varint());
          break;
        default:
          in.Skip();
      }
    }
    if (!as_of.has_value()) {
      fault.Add({Code::kInvalidArgument, "as_of_seconds",
                 "is not set; the library has no clock"});
    } else if (*as_of < 0 || *as_of > kMaxAsOfSeconds) {
      fault.Add(NotIn("as_of_seconds", *as_of, 0, kMaxAsOfSeconds));
    }
    if (future < 0 || future > 1) {
      fault.Add({Code::kInvalidArgument, "future",
                 std::to_string(future) + " is not a known choice"});
    }
    if (options->threads > kMaxThreads) {
      fault.Add(NotIn("threads", options->threads, 0, kMaxThreads));
    }
    options->as_of_seconds = as_of.value_or(0);
    options->ignore_future = future == 1;
    return fault.Take();
  });
}

Error ReadFinishOptions(std::string_view bytes, uint32_t* batch_rows) {
  return Guarded("FinishOptions", [&]() -> Error {
    *batch_rows = 0;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      if (in.tag() == VarintTag(field::finish_options::kBatchRows)) {
        *batch_rows = static_cast<uint32_t>(in.Varint());
      } else {
        in.Skip();
      }
    }
    if (*batch_rows == 0) *batch_rows = uint32_t{kMaxProfiles};
    return *batch_rows > kMaxBatchRows
               ? NotIn("batch_rows", *batch_rows, 0, kMaxBatchRows)
               : Error();
  });
}

namespace {

// What is said of a standing twice is said alike.
Error TakeNode(NodeReport node, SubjectRequest* request) {
  if (node.id != request->id) {
    return {Code::kInvalidArgument, "node.id",
            "is " + Quoted(node.id) + "; the request is for " +
                Quoted(request->id)};
  }
  if (request->standing.value_or(node.standing) != node.standing) {
    return {Code::kInvalidArgument, "standing_micros",
            "is " + std::to_string(*request->standing) + "; the node's is " +
                std::to_string(node.standing)};
  }
  if (request->identity.is_stated() && !(request->identity == node.identity)) {
    return {Code::kInvalidArgument, "graph_digest",
            "is another graph's than "
            "the node's, or its seeds or its rule are others"};
  }
  request->standing = node.standing;
  request->identity = node.identity;
  request->node = std::move(node);
  return {};
}

}  // namespace

Error ReadSubjectRequest(std::string_view bytes, SubjectRequest* request) {
  using namespace field::subject_request;
  return Guarded("SubjectRequest", [&]() -> Error {
    uint32_t top = 0;
    bool has_node = false;
    NodeReportReader node_reader;
    StandingFields identity;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kId):
          request->id = in.Bytes();
          break;
        case VarintTag(kTop):
          top = static_cast<uint32_t>(in.Varint());
          break;
        case VarintTag(kStanding):
          request->standing = in.Int64();
          break;
        case VarintTag(kCarriers):
          request->carriers = in.Varint() != 0;
          break;
        case BytesTag(kNode):
          has_node = true;
          node_reader.Read(in.Bytes(), kMaxDepth - 1);
          break;
        default:
          if (!identity.Read(&in)) in.Skip();
      }
    }
    if (top != 0) request->top = top;
    if (top > kMaxTop) return NotIn("top", top, 0, kMaxTop);
    const Micros standing = request->standing.value_or(0);
    if (standing < 0 || standing > kMaxSignal) {
      return NotIn("standing_micros", standing, 0, kMaxSignal);
    }
    FirstFault fault;
    identity.Finish(&request->identity, &fault);
    if (Error error = fault.Take(); !error.ok()) return error;
    if (!has_node) return {};
    NodeReport node{};
    if (Error error = node_reader.Finish(&node); !error.ok()) {
      return std::move(error).Within("node");
    }
    return TakeNode(std::move(node), request);
  });
}

void AppendTallyReport(std::string_view algorithm, std::string_view fingerprint,
                       int64_t as_of_seconds, const TallyReport& report,
                       ByteBuffer* out) {
  using namespace field::tally_report;
  Writer writer(out->Room(32 * kMaxVarintField +
                          MaxBytesField(algorithm.size()) +
                          MaxBytesField(fingerprint.size())));
  writer.Bytes(kAlgorithm, algorithm);
  writer.Bytes(kFingerprint, fingerprint);
  writer.Int64(kAsOfSeconds, as_of_seconds);
  writer.Varint(kEvents, report.events);
  writer.Varint(kCounted, report.counted);
  uint8_t* start = writer.Open(kIgnored);
  for (uint32_t i = 0; i < kIgnoredCount; ++i) {
    writer.Varint(field::ignored_events::kFirst + i, report.ignored[i]);
  }
  writer.Close(start);
  writer.Varint(kIds, report.ids);
  writer.Varint(kPairs, report.pairs);
  writer.Varint(kNetworks, report.networks);
  writer.Varint(kTopics, report.topics);
  writer.Varint(kMemoryBytes, report.memory_bytes);
  out->SetEnd(writer.at());
}

void AppendSubjectReport(const ByteBuffer& results, const SubjectReport& report,
                         ByteBuffer* out) {
  using namespace field::subject_report;
  constexpr size_t kSource = 4 * kMaxVarintField + kMaxIdBytes;
  ByteBuffer node;
  if (report.node != nullptr) AppendNodeReport(*report.node, &node);
  size_t bound =
      results.size() + 2 * kMaxVarintField + MaxBytesField(node.size()) +
      MaxBytesField(report.algorithm.size()) +
      MaxBytesField(report.fingerprint.size()) + kMaxStandingIdentity;
  for (const FactorSources& one : report.sources) {
    bound += 12 * kMaxVarintField + kMaxNetworkBytes +
             (one.top.size() + 1) * kSource;
  }
  bound += report.topics.size() * (7 * kMaxVarintField + kMaxTopicBytes);
  bound += report.actors.size() * kSource;
  Writer writer(out->Room(bound));
  {
    // The same bytes under another field's tag, which is one byte.
    uint8_t* at = writer.at();
    std::memcpy(at, results.data(), results.size());
    *at = static_cast<uint8_t>(BytesTag(kResult));
    writer = Writer(at + results.size());
  }
  writer.Int64(kAsOfSeconds, report.as_of_seconds);
  for (const FactorSources& one : report.sources) {
    using namespace field::factor_sources;
    uint8_t* start = writer.Open<2>(kSources);
    writer.Varint(kFactor, static_cast<uint64_t>(one.factor));
    writer.Bytes(kNetwork, one.network);
    writer.Int64(kQuantity, one.quantity);
    writer.Int64(kPoints, one.points);
    for (const FactorSources::Source& source : one.top) {
      WriteSource(kTop, source, &writer);
    }
    WriteSource(kOthers, one.others, &writer);
    writer.Varint(kOthersCount, one.others_count);
    writer.Int64(kRemainderQuantity, one.remainder_quantity);
    writer.Int64(kRemainderPoints, one.remainder_points);
    writer.Close<2>(start);
  }
  for (const TopicScore& one : report.topics) {
    using namespace field::topic_evidence;
    uint8_t* start = writer.Open(kTopics);
    writer.Bytes(kTopic, one.topic);
    writer.Int64(kQuantity, one.quantity);
    writer.Varint(kPeople, one.people);
    writer.Int64(kScore, one.score);
    if (one.score_without.has_value()) {
      writer.PresentVarint(kScoreWithout,
                           static_cast<uint64_t>(*one.score_without));
    }
    writer.Close(start);
  }
  for (const ActorCarrier& one : report.actors) {
    using namespace field::actor_carrier;
    uint8_t* start = writer.Open<2>(kActors);
    writer.Bytes(kActor, one.actor);
    writer.Int64(kScoreWithout, one.score_without);
    writer.Close<2>(start);
  }
  writer.Bytes(kNode,
               {reinterpret_cast<const char*>(node.data()), node.size()});
  writer.Bytes(kAlgorithm, report.algorithm);
  writer.Bytes(kFingerprint, report.fingerprint);
  WriteStandingIdentity(report.identity, &writer);
  out->SetEnd(writer.at());
}

}  // namespace influence
