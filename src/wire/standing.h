// EdgeBatch, SeedList and their kin, read; StandingReport, written; NodeReport,
// both. Views point into the bytes.
#ifndef INFLUENCE_WIRE_STANDING_H_
#define INFLUENCE_WIRE_STANDING_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/micros.h"
#include "model/error.h"
#include "model/standing.h"
#include "wire/byte_buffer.h"
#include "wire/fields.h"
#include "wire/standing_identity.h"

namespace influence {

struct GraphOptions {
  std::string_view algorithm;
  std::string_view fingerprint;
};
// MALFORMED, INVALID_UTF8.
Error ReadGraphOptions(std::string_view bytes, GraphOptions* options);

struct WireEdge {
  std::string_view from;
  std::string_view to;
  uint64_t weight = 1;
};
// Calls visit(edge) for each of a serialized EdgeBatch, in order. MALFORMED;
// what came before it was visited.
Error ReadEdges(std::string_view bytes,
                const std::function<void(const WireEdge&)>& visit);

struct WireSeed {
  std::string_view id;
  uint64_t weight = 1;
};
struct SeedList {
  std::vector<WireSeed> seeds;
  bool uniform = false;
  bool anew = false;
};
// MALFORMED, INVALID_ARGUMENT (kind).
Error ReadSeeds(std::string_view bytes, SeedList* list);

struct RunOptions {
  uint32_t threads = 1;
  std::string_view graph_digest;  // empty: any
  std::string_view seeds_digest;
};
// MALFORMED, INVALID_UTF8, OUT_OF_RANGE (threads).
Error ReadRunOptions(std::string_view bytes, RunOptions* options);

struct NodeRequest {
  std::string_view id;
  uint32_t top = 10;
};
// MALFORMED, OUT_OF_RANGE.
Error ReadNodeRequest(std::string_view bytes, NodeRequest* request);

struct StandingReport {
  std::string_view algorithm;
  std::string_view fingerprint;
  StandingIdentity identity;
  uint64_t added_edges;
  uint64_t self_loops;
  uint64_t weightless_edges;
  uint64_t dangling_nodes;
  bool uniform;
  uint64_t seed_nodes;
  uint64_t unknown_seeds;
  uint64_t weightless_seeds;
  std::string ranks_digest;
  uint64_t last_leak;
  uint64_t memory_bytes;
};
void AppendStandingReport(const StandingReport& report, ByteBuffer* out);

struct NodeReport {
  struct Part {
    std::string_view from;
    uint64_t rank;
    Micros standing;
  };
  std::string_view id;
  uint64_t rank;
  Micros standing;
  uint64_t position;
  uint64_t seed_rank;
  Micros seed_standing;
  uint64_t remainder_rank;
  std::vector<Part> top;
  Part others;
  uint64_t others_count;
  Micros rounded_standing;
  StandingIdentity identity;
};
void AppendNodeReport(const NodeReport& report, ByteBuffer* out);

// Reads a NodeReport that is a field of another message, and may occur there
// in parts.
class NodeReportReader {
 public:
  // Throws as Reader does, with what is left of kMaxDepth.
  void Read(std::string_view bytes, int depth);
  // INVALID_UTF8, OUT_OF_RANGE, or INVALID_ARGUMENT unless it obeys the laws of
  // such a report and names its graph. Views point into what was read.
  Error Finish(NodeReport* report);

 private:
  NodeReport report_{};
  StandingFields identity_{field::node_report::kGraphDigest};
};

}  // namespace influence

#endif  // INFLUENCE_WIRE_STANDING_H_
