#include "wire/standing.h"

#include "wire/faults.h"
#include "wire/fields.h"
#include "wire/message.h"
#include "wire/reader.h"
#include "wire/request.h"
#include "wire/standing_identity.h"
#include "wire/utf8.h"

namespace influence {
namespace {

constexpr uint32_t kMaxTop = 1000;

Error Over(const char* field, uint64_t value, uint64_t limit) {
  return {Code::kOutOfRange, field,
          std::to_string(value) + " is over " + std::to_string(limit)};
}

WireEdge ReadEdge(std::string_view bytes) {
  using namespace field::edge;
  WireEdge edge;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(kFrom):
        edge.from = in.Bytes();
        break;
      case BytesTag(kTo):
        edge.to = in.Bytes();
        break;
      case VarintTag(kWeight):
        edge.weight = in.Varint();
        break;
      default:
        in.Skip();
    }
  }
  return edge;
}

WireSeed ReadSeed(std::string_view bytes) {
  using namespace field::seed;
  WireSeed seed;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(kId):
        seed.id = in.Bytes();
        break;
      case VarintTag(kWeight):
        seed.weight = in.Varint();
        break;
      default:
        in.Skip();
    }
  }
  return seed;
}

Message ShareMessage(const NodeReport::Part& part) {
  using namespace field::node_share;
  Message message;
  message.Text(kFrom, part.from);
  message.Uint(kRank, part.rank);
  message.Int(kStanding, part.standing);
  return message;
}

}  // namespace

Error ReadGraphOptions(std::string_view bytes, GraphOptions* options) {
  using namespace field::graph_options;
  return Guarded("GraphOptions", [&]() -> Error {
    FirstFault fault;
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
        default:
          in.Skip();
      }
    }
    return fault.Take();
  });
}

Error ReadEdges(std::string_view bytes,
                const std::function<void(const WireEdge&)>& visit) {
  return Guarded("EdgeBatch", [&]() -> Error {
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      if (in.tag() == BytesTag(field::edge_batch::kEdges)) {
        visit(ReadEdge(in.Bytes()));
      } else {
        in.Skip();
      }
    }
    return {};
  });
}

Error ReadSeeds(std::string_view bytes, SeedList* list) {
  using namespace field::seed_list;
  return Guarded("SeedList", [&]() -> Error {
    int32_t kind = 0;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kSeeds):
          list->seeds.push_back(ReadSeed(in.Bytes()));
          break;
        case VarintTag(kKind):
          kind = in.Int32();
          break;
        case VarintTag(kAnew):
          list->anew = in.Varint() != 0;
          break;
        default:
          in.Skip();
      }
    }
    list->uniform = kind == 1;
    if (kind >= 0 && kind <= 1) return {};
    return {Code::kInvalidArgument, "kind",
            std::to_string(kind) + " is not a known kind"};
  });
}

Error ReadRunOptions(std::string_view bytes, RunOptions* options) {
  using namespace field::run_options;
  return Guarded("RunOptions", [&]() -> Error {
    FirstFault fault;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case VarintTag(kThreads):
          options->threads = static_cast<uint32_t>(in.Varint());
          break;
        case BytesTag(kGraphDigest):
          options->graph_digest = in.Bytes();
          if (!IsUtf8(options->graph_digest)) {
            fault.Add(NotUtf8("graph_digest"));
          }
          break;
        case BytesTag(kSeedsDigest):
          options->seeds_digest = in.Bytes();
          if (!IsUtf8(options->seeds_digest)) {
            fault.Add(NotUtf8("seeds_digest"));
          }
          break;
        default:
          in.Skip();
      }
    }
    if (options->threads > kMaxThreads) {
      fault.Add(Over("threads", options->threads, kMaxThreads));
    }
    return fault.Take();
  });
}

Error ReadNodeRequest(std::string_view bytes, NodeRequest* request) {
  using namespace field::node_request;
  return Guarded("NodeRequest", [&]() -> Error {
    uint32_t top = 0;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kId):
          request->id = in.Bytes();
          break;
        case VarintTag(kTop):
          top = static_cast<uint32_t>(in.Varint());
          break;
        default:
          in.Skip();
      }
    }
    if (top != 0) request->top = top;
    return top > kMaxTop ? Over("top", top, kMaxTop) : Error();
  });
}

void AppendStandingReport(const StandingReport& report, ByteBuffer* out) {
  using namespace field::standing_report;
  Message edges;
  edges.Uint(field::edge_counts::kAdded, report.added_edges);
  edges.Uint(field::edge_counts::kSelfLoops, report.self_loops);
  edges.Uint(field::edge_counts::kWeightless, report.weightless_edges);
  edges.Uint(field::edge_counts::kDanglingNodes, report.dangling_nodes);
  Message seeds;
  seeds.Number(field::seed_counts::kKind, report.uniform);
  seeds.Uint(field::seed_counts::kNodes, report.seed_nodes);
  seeds.Uint(field::seed_counts::kUnknown, report.unknown_seeds);
  seeds.Uint(field::seed_counts::kWeightless, report.weightless_seeds);
  Message message;
  message.Text(kAlgorithm, report.algorithm);
  message.Text(kFingerprint, report.fingerprint);
  message.Sub(kEdges, edges);
  message.Sub(kSeeds, seeds);
  message.Text(kRanksDigest, report.ranks_digest);
  message.Uint(kLastLeak, report.last_leak);
  message.Uint(kMemoryBytes, report.memory_bytes);
  message.AppendTo(out);
  Writer writer(out->Room(kMaxStandingIdentity));
  WriteStandingIdentity(report.identity, &writer);
  out->SetEnd(writer.at());
}

void AppendNodeReport(const NodeReport& report, ByteBuffer* out) {
  using namespace field::node_report;
  Message message;
  message.Text(kId, report.id);
  message.Uint(kRank, report.rank);
  message.Int(kStanding, report.standing);
  message.Uint(kPosition, report.position);
  message.Uint(kSeedRank, report.seed_rank);
  message.Int(kSeedStanding, report.seed_standing);
  message.Uint(kRemainderRank, report.remainder_rank);
  for (const NodeReport::Part& part : report.top) {
    message.Sub(kTop, ShareMessage(part));
  }
  message.Sub(kOthers, ShareMessage(report.others));
  message.Uint(kOthersCount, report.others_count);
  message.Int(kRoundedStanding, report.rounded_standing);
  message.AppendTo(out);
}

}  // namespace influence
