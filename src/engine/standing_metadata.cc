// Reads and writes GraphIdentity as Arrow metadata by walking its message
// table, so that a field added to the message travels with tables too. Metadata
// comes from outside: all fields must be present and valid, or none.
#include "engine/standing_metadata.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "messages/messages.h"

namespace influence {
namespace {

using msg::Field;
using msg::Kind;

std::string KeyOf(const Field& field) {
  return std::string("influence.graph.") + field.name;
}

template <typename Number>
bool ReadNumber(std::string_view text, void* value) {
  auto* const number = static_cast<Number*>(value);
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, *number);
  return read.ec == std::errc() && read.ptr == end;
}

// A member as text, and back. GraphIdentity has fields of these kinds only.
std::string TextOf(const Field& field, const void* value) {
  switch (field.kind) {
    case Kind::kString:
      return std::string(*static_cast<const std::string_view*>(value));
    case Kind::kInt64:
      return std::to_string(*static_cast<const int64_t*>(value));
    case Kind::kUint32:
      return std::to_string(*static_cast<const uint32_t*>(value));
    case Kind::kUint64:
      return std::to_string(*static_cast<const uint64_t*>(value));
    default:
      return {};
  }
}

bool ReadText(const Field& field, std::string_view text, void* value) {
  switch (field.kind) {
    case Kind::kString:
      *static_cast<std::string_view*>(value) = text;
      return true;
    case Kind::kInt64:
      return ReadNumber<int64_t>(text, value);
    case Kind::kUint32:
      return ReadNumber<uint32_t>(text, value);
    case Kind::kUint64:
      return ReadNumber<uint64_t>(text, value);
    default:
      return false;
  }
}

template <typename Visit>
void ForEachField(Visit visit) {
  const msg::Table& table = msg::kGraphIdentity;
  std::for_each(table.fields, table.fields + table.count, visit);
}

// Reads the message from the metadata; leaves *message empty if no field of it
// is present.
Error Read(const Metadata& metadata,
           std::optional<msg::GraphIdentity>* message) {
  msg::GraphIdentity graph;
  Error error;
  size_t found = 0;
  ForEachField([&](const Field& field) {
    const std::string key = KeyOf(field);
    const auto at =
        std::find_if(metadata.begin(), metadata.end(),
                     [&](const auto& pair) { return pair.first == key; });
    if (at == metadata.end()) return;
    ++found;
    if (!ReadText(field, at->second,
                  reinterpret_cast<char*>(&graph) + field.offset)) {
      error = {Code::kInvalidArgument, "schema",
               "its metadata has " + Quoted(at->second) + " as " + key};
    }
  });
  if (!error.ok() || found == 0) return error;
  if (found < msg::kGraphIdentity.count) {
    return {Code::kInvalidArgument, "schema",
            "its metadata has some of influence.graph.* and not all of it"};
  }
  *message = graph;
  return {};
}

}  // namespace

// Old keys are removed first: Arrow metadata may hold a key twice.
void SetStanding(const GraphIdentity& graph, Metadata* metadata) {
  const std::optional<msg::GraphIdentity> message = MessageOf(graph);
  if (!message.has_value()) return;
  ForEachField([&](const Field& field) {
    const std::string key = KeyOf(field);
    metadata->erase(
        std::remove_if(metadata->begin(), metadata->end(),
                       [&](const auto& pair) { return pair.first == key; }),
        metadata->end());
    metadata->emplace_back(
        key,
        TextOf(field, reinterpret_cast<const char*>(&*message) + field.offset));
  });
}

Error Unite(const Metadata& metadata, GraphIdentity* graph) {
  std::optional<msg::GraphIdentity> message;
  GraphIdentity read;
  Error error = Read(metadata, &message);
  if (!error.ok()) return error;
  error = ReadGraph(message, &read);
  if (!error.ok()) return std::move(error).Within("schema");
  if (!read.is_stated()) return {};
  if (graph->is_stated() && *graph != read) {
    return {Code::kInvalidArgument, "graph",
            "the table has the standing of another graph, or of other seeds"};
  }
  *graph = std::move(read);
  return {};
}

Error Unite(const ArrowSchema& schema, GraphIdentity* graph) {
  Metadata metadata;
  Error error = ReadMetadata(schema.metadata, &metadata);
  if (!error.ok()) return std::move(error).Within("schema");
  return Unite(metadata, graph);
}

}  // namespace influence
