// RenderRequest messages, read, with the results inside as they were stored.
#ifndef INFLUENCE_WIRE_RENDER_REQUEST_H_
#define INFLUENCE_WIRE_RENDER_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"
#include "model/stored.h"

namespace influence {

enum class Format : uint8_t {
  kText = 1,
  kMarkdown = 2,
  kHtml = 3,
  kJson = 4,
  kBadge = 5,
};

// A ScoreResponse of one person, of which the facts are read and the rest is
// kept to be compared with what they give.
struct StoredResult {
  std::string_view algorithm;
  std::string_view fingerprint;
  std::optional<int32_t> as_of_days;
  std::string identity;     // the Identity they are of
  std::string_view ledger;  // as it stands in the bytes
  std::string profile;      // a Profile message: the id and the facts
};

// An AlgorithmDescription, of which the fingerprint proves the rest.
struct StoredDescription {
  std::string_view algorithm;  // a serialized Algorithm
  std::string_view fingerprint;
  bool released = false;
};

struct RenderRequest {
  Format format = Format::kText;
  std::string_view language;
  std::string_view messages;
  std::optional<StoredResult> result;
  std::optional<StoredResult> before;
  std::string_view algorithm;         // a serialized Algorithm, or empty
  std::string_view before_algorithm;  // likewise
  std::optional<DriftResult> drift;
  std::optional<Comparison> comparison;
  std::optional<WhatIfAnswer> what_if;
  std::optional<StoredDescription> description;
  std::string_view card;  // an algorithm's id, or empty
  // Serialized, with what they are of inside.
  std::optional<std::string_view> compare_request, what_if_request;
};

// MALFORMED, INVALID_UTF8, INVALID_ARGUMENT; the message names the field.
Error ReadRenderRequest(std::string_view bytes, RenderRequest* request);

// The ledger in what AppendResult() wrote. Requires such bytes.
std::string_view LedgerIn(std::string_view results);

}  // namespace influence

#endif  // INFLUENCE_WIRE_RENDER_REQUEST_H_
