#include "wire/standing.h"

#include <algorithm>
#include <utility>

#include "base/muldiv.h"
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

// Into what was read of it before.
void ReadShare(std::string_view bytes, int depth, NodeReport::Part* part) {
  using namespace field::node_share;
  Reader in(bytes, depth);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(kFrom):
        part->from = in.Bytes();
        break;
      case VarintTag(kRank):
        part->rank = in.Varint();
        break;
      case VarintTag(kStanding):
        part->standing = in.Int64();
        break;
      default:
        in.Skip();
    }
  }
}

// Whether the parts are all there is of a number, exactly.
class Parts {
 public:
  explicit Parts(uint64_t whole) : left_(whole) {}
  void Take(uint64_t part) {
    is_over_ = is_over_ || part > left_;
    left_ -= std::min(part, left_);
  }
  // A negative one is more than there is.
  void Take(Micros part) { Take(static_cast<uint64_t>(part)); }
  bool Sum() const { return !is_over_ && left_ == 0; }

 private:
  uint64_t left_;
  bool is_over_ = false;
};

Error CheckLaws(const NodeReport& report) {
  const auto broken = [](const char* field, const char* what) {
    return Error(Code::kInvalidArgument, field, what);
  };
  if (report.rank > kTotalRank) {
    return broken("rank", "is more than all nodes have together");
  }
  const uint64_t standing =
      MulDivFloor(report.rank, report.identity.nodes * uint64_t{kOne},
                  kTotalRank)
          .quotient;
  if (static_cast<uint64_t>(report.standing) != standing) {
    return broken("standing_micros", "is not that of the rank");
  }
  Parts rank(report.rank), micros(standing);
  rank.Take(report.seed_rank);
  rank.Take(report.remainder_rank);
  micros.Take(report.seed_standing);
  micros.Take(report.rounded_standing);
  for (const NodeReport::Part& part : report.top) {
    rank.Take(part.rank);
    micros.Take(part.standing);
  }
  rank.Take(report.others.rank);
  micros.Take(report.others.standing);
  if (!rank.Sum()) return broken("rank", "is not the sum of its parts");
  if (!micros.Sum()) {
    return broken("standing_micros", "is not the sum of its parts");
  }
  return {};
}

// As WriteStandingIdentity(), from a field on whose tag may have two bytes.
void AddIdentity(const StandingIdentity& identity, uint32_t first,
                 Message* message) {
  using namespace field::standing_identity;
  const uint32_t shift = first - kGraphDigest;
  message->Text(shift + kGraphDigest, identity.graph_digest);
  message->Uint(shift + kGraphNodes, identity.nodes);
  message->Uint(shift + kGraphEdges, identity.edges);
  message->Text(shift + kSeedsDigest, identity.seeds_digest);
  message->Int(shift + kTeleport, identity.rule.teleport);
  message->Uint(shift + kIterations, identity.rule.iterations);
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
  AddIdentity(report.identity, kGraphDigest, &message);
  message.AppendTo(out);
}

void NodeReportReader::Read(std::string_view bytes, int depth) {
  using namespace field::node_report;
  Reader in(bytes, depth);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(kId):
        report_.id = in.Bytes();
        break;
      case VarintTag(kRank):
        report_.rank = in.Varint();
        break;
      case VarintTag(kStanding):
        report_.standing = in.Int64();
        break;
      case VarintTag(kPosition):
        report_.position = in.Varint();
        break;
      case VarintTag(kSeedRank):
        report_.seed_rank = in.Varint();
        break;
      case VarintTag(kSeedStanding):
        report_.seed_standing = in.Int64();
        break;
      case VarintTag(kRemainderRank):
        report_.remainder_rank = in.Varint();
        break;
      case BytesTag(kTop): {
        NodeReport::Part part{};
        ReadShare(in.Bytes(), depth - 1, &part);
        // One too many tells that there are.
        if (report_.top.size() <= kMaxTop) report_.top.push_back(part);
        break;
      }
      case BytesTag(kOthers):
        ReadShare(in.Bytes(), depth - 1, &report_.others);
        break;
      case VarintTag(kOthersCount):
        report_.others_count = in.Varint();
        break;
      case VarintTag(kRoundedStanding):
        report_.rounded_standing = in.Int64();
        break;
      default:
        if (!identity_.Read(&in)) in.Skip();
    }
  }
}

Error NodeReportReader::Finish(NodeReport* report) {
  FirstFault fault;
  identity_.Finish(&report_.identity, &fault);
  if (Error error = fault.Take(); !error.ok()) return error;
  if (!report_.identity.is_stated()) {
    return {Code::kInvalidArgument, "graph_digest", "is missing"};
  }
  if (report_.top.size() > kMaxTop) {
    return Over("top", report_.top.size(), kMaxTop);
  }
  if (Error error = CheckLaws(report_); !error.ok()) return error;
  *report = std::move(report_);
  return {};
}

}  // namespace influence
