#include "wire/standing_identity.h"

#include <algorithm>
#include <string>

#include "base/micros.h"
#include "wire/utf8.h"

namespace influence {
namespace {

constexpr uint64_t kMaxNodes = UINT32_MAX;

Error NoDigest(const char* field) {
  return {Code::kInvalidArgument, field,
          "is not a digest of 64 digits 0-9 a-f; the graph of a standing is "
          "stated whole or not at all"};
}

Error NotIn(const char* field, uint64_t value, uint64_t high) {
  return {Code::kOutOfRange, field,
          std::to_string(static_cast<int64_t>(value)) + " is not in 1 .. " +
              std::to_string(high)};
}

}  // namespace

bool IsDigest(std::string_view text) {
  return text.size() == kDigestDigits &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool StandingFields::Read(Reader* in) {
  using namespace field::standing_identity;
  const auto is = [&](uint32_t tag) { return in->tag() == tag + shift_; };
  if (is(BytesTag(kGraphDigest))) {
    graph_digest_ = in->Bytes();
  } else if (is(VarintTag(kGraphNodes))) {
    nodes_ = in->Varint();
  } else if (is(VarintTag(kGraphEdges))) {
    edges_ = in->Varint();
  } else if (is(BytesTag(kSeedsDigest))) {
    seeds_digest_ = in->Bytes();
  } else if (is(VarintTag(kTeleport))) {
    teleport_ = in->Int64();
  } else if (is(VarintTag(kIterations))) {
    iterations_ = static_cast<uint32_t>(in->Varint());
  } else {
    return false;
  }
  return true;
}

void StandingFields::Finish(StandingIdentity* identity,
                            FirstFault* fault) const {
  if (graph_digest_.empty() && seeds_digest_.empty() && nodes_ == 0 &&
      edges_ == 0 && teleport_ == 0 && iterations_ == 0) {
    return;
  }
  if (!IsUtf8(graph_digest_)) fault->Add(NotUtf8("graph_digest"));
  if (!IsUtf8(seeds_digest_)) fault->Add(NotUtf8("seeds_digest"));
  if (!IsDigest(graph_digest_)) fault->Add(NoDigest("graph_digest"));
  if (nodes_ < 1 || nodes_ > kMaxNodes) {
    fault->Add(NotIn("graph_nodes", nodes_, kMaxNodes));
  }
  if (!IsDigest(seeds_digest_)) fault->Add(NoDigest("seeds_digest"));
  if (teleport_ < 1 || teleport_ >= kOne) {
    fault->Add(NotIn("standing_teleport_micros",
                     static_cast<uint64_t>(teleport_), kOne - 1));
  }
  if (iterations_ < 1 || iterations_ > kMaxIterations) {
    fault->Add(NotIn("standing_iterations", iterations_, kMaxIterations));
  }
  *identity = {std::string(graph_digest_),
               nodes_,
               edges_,
               std::string(seeds_digest_),
               {teleport_, iterations_}};
}

void WriteStandingIdentity(const StandingIdentity& identity, Writer* out) {
  using namespace field::standing_identity;
  if (!identity.is_stated()) return;
  out->Bytes(kGraphDigest, identity.graph_digest);
  out->Varint(kGraphNodes, identity.nodes);
  out->Varint(kGraphEdges, identity.edges);
  out->Bytes(kSeedsDigest, identity.seeds_digest);
  out->Int64(kTeleport, identity.rule.teleport);
  out->Varint(kIterations, identity.rule.iterations);
}

}  // namespace influence
