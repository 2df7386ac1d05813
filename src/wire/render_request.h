// RenderRequest messages, read, with the results inside as they were stored.
#ifndef INFLUENCE_WIRE_RENDER_REQUEST_H_
#define INFLUENCE_WIRE_RENDER_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"

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
  std::string_view library_version;
  std::string_view input_digest;
  std::optional<int32_t> as_of_days;
  std::string_view ledger;  // as it stands in the bytes
  std::string profile;      // a Profile message: the id and the facts
};

// What a DriftReport says of a whole population.
struct StoredDrift {
  std::string_view before, after;  // algorithms
  std::vector<uint64_t> after_by_point;
  std::vector<uint64_t> bands;
  uint64_t people = 0, refused = 0, unchanged = 0, up = 0, down = 0, beyond = 0;
};

struct RenderRequest {
  Format format = Format::kText;
  std::string_view language;
  std::string_view messages;
  std::optional<StoredResult> result;
  std::optional<StoredResult> before;
  std::string_view algorithm;         // a serialized Algorithm, or empty
  std::string_view before_algorithm;  // likewise
  std::optional<StoredDrift> drift;
  std::string_view card;  // an algorithm's id, or empty
};

// MALFORMED, INVALID_UTF8, INVALID_ARGUMENT; the message names the field.
Error ReadRenderRequest(std::string_view bytes, RenderRequest* request);

// The ledger in what AppendResult() wrote. Requires such bytes.
std::string_view LedgerIn(std::string_view results);

}  // namespace influence

#endif  // INFLUENCE_WIRE_RENDER_REQUEST_H_
