#include "engine/standing_metadata.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "wire/standing_identity.h"

namespace influence {
namespace {

constexpr std::string_view kPrefix = "influence.";
constexpr std::string_view kKeys[] = {"graph_digest",
                                      "graph_nodes",
                                      "graph_edges",
                                      "seeds_digest",
                                      "standing_teleport_micros",
                                      "standing_iterations"};

std::string KeyOf(std::string_view name) {
  return std::string(kPrefix) + std::string(name);
}

// "" if it is not there.
std::string_view Find(const Metadata& metadata, std::string_view name) {
  for (const auto& [key, value] : metadata) {
    if (key == KeyOf(name)) return value;
  }
  return {};
}

template <typename Number>
bool ReadNumber(const Metadata& metadata, std::string_view name,
                Number* number) {
  const std::string_view text = Find(metadata, name);
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, *number);
  return !text.empty() && read.ec == std::errc() && read.ptr == end;
}

// Nothing if the metadata says nothing; false if it says less than all.
bool Read(const Metadata& metadata, StandingIdentity* identity) {
  if (std::all_of(std::begin(kKeys), std::end(kKeys),
                  [&](std::string_view name) {
                    return Find(metadata, name).empty();
                  })) {
    return true;
  }
  identity->graph_digest = Find(metadata, kKeys[0]);
  identity->seeds_digest = Find(metadata, kKeys[3]);
  return IsDigest(identity->graph_digest) && IsDigest(identity->seeds_digest) &&
         ReadNumber(metadata, kKeys[1], &identity->nodes) &&
         ReadNumber(metadata, kKeys[2], &identity->edges) &&
         ReadNumber(metadata, kKeys[4], &identity->rule.teleport) &&
         ReadNumber(metadata, kKeys[5], &identity->rule.iterations);
}

}  // namespace

void SetStanding(const StandingIdentity& identity, Metadata* metadata) {
  if (!identity.is_stated()) return;
  const std::string values[] = {identity.graph_digest,
                                std::to_string(identity.nodes),
                                std::to_string(identity.edges),
                                identity.seeds_digest,
                                std::to_string(identity.rule.teleport),
                                std::to_string(identity.rule.iterations)};
  for (size_t i = 0; i < std::size(kKeys); ++i) {
    const std::string key = KeyOf(kKeys[i]);
    metadata->erase(
        std::remove_if(metadata->begin(), metadata->end(),
                       [&](const auto& pair) { return pair.first == key; }),
        metadata->end());
    metadata->emplace_back(key, values[i]);
  }
}

Error Unite(const Metadata& metadata, StandingIdentity* identity) {
  StandingIdentity read;
  if (!Read(metadata, &read)) {
    return {Code::kInvalidArgument, "schema",
            "its metadata does not say all of which graph the standing is"};
  }
  if (!read.is_stated()) return {};
  if (identity->is_stated() && !(read == *identity)) {
    return {Code::kInvalidArgument, "graph_digest",
            "the table has the standing of another graph, or of other seeds"};
  }
  *identity = read;
  return {};
}

}  // namespace influence
