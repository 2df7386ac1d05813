// Reads and writes the identity of a graph as a message. A message names a
// graph completely or not at all: results are compared by all six fields, so
// half an identity would make different graphs look equal.
#include "model/graph_identity.h"

#include <algorithm>
#include <utility>

namespace influence {
namespace {

constexpr size_t kDigestDigits = 64;
constexpr uint64_t kMaxNodes = UINT32_MAX;

void CheckDigest(const char* field, std::string_view text, FirstFault* fault) {
  if (IsDigest(text)) return;
  fault->Add({Code::kInvalidArgument, field,
              "is not a digest of 64 digits 0-9 a-f; set every field of the "
              "graph or none"});
}

void CheckNumber(const char* field, uint64_t value, uint64_t high,
                 FirstFault* fault) {
  if (value >= 1 && value <= high) return;
  fault->Add({Code::kOutOfRange, field,
              std::to_string(static_cast<int64_t>(value)) + " is not in 1 .. " +
                  std::to_string(high)});
}

}  // namespace

bool IsDigest(std::string_view text) {
  return text.size() == kDigestDigits &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

Error ReadGraph(const std::optional<msg::GraphIdentity>& message,
                GraphIdentity* graph) {
  *graph = {};
  if (!message.has_value()) return {};
  const msg::GraphIdentity& from = *message;
  if (from.digest.empty() && from.seeds_digest.empty() && from.nodes == 0 &&
      from.edges == 0 && from.teleport_micros == 0 && from.iterations == 0) {
    return {};
  }
  FirstFault fault;
  CheckDigest("graph.digest", from.digest, &fault);
  CheckDigest("graph.seeds_digest", from.seeds_digest, &fault);
  CheckNumber("graph.nodes", from.nodes, kMaxNodes, &fault);
  CheckNumber("graph.teleport_micros",
              static_cast<uint64_t>(from.teleport_micros), kOne - 1, &fault);
  CheckNumber("graph.iterations", from.iterations, kMaxIterations, &fault);
  *graph = {std::string(from.digest),
            std::string(from.seeds_digest),
            from.nodes,
            from.edges,
            {from.teleport_micros, from.iterations}};
  return fault.Take();
}

std::optional<msg::GraphIdentity> MessageOf(const GraphIdentity& graph) {
  if (!graph.is_stated()) return std::nullopt;
  return msg::GraphIdentity{graph.digest,        graph.seeds_digest,
                            graph.nodes,         graph.edges,
                            graph.rule.teleport, graph.rule.iterations};
}

}  // namespace influence
