// ScoreRequest, Profile and Algorithm messages, read.
//
// Views point into the bytes given; nothing is copied but a custom algorithm.
// Where a field occurs more than once the last one counts, as in protobuf.
#ifndef INFLUENCE_WIRE_REQUEST_H_
#define INFLUENCE_WIRE_REQUEST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/algorithm.h"
#include "model/error.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "model/standing.h"

namespace influence {

inline constexpr int32_t kMaxAsOfDays = 2'932'896;  // 9999-12-31

struct Request {
  std::string_view algorithm;
  std::optional<int32_t> as_of_days;
  std::vector<std::string_view> profiles;  // each still to be read
  Detail detail = Detail::kLedger;
  std::string_view fingerprint;
  Rendering rendering = Rendering::kNone;
  StandingIdentity standing;
};

// Reads the outer message and checks everything but the profiles: MALFORMED,
// INVALID_UTF8, TOO_LARGE (profiles), OUT_OF_RANGE (as_of_days),
// INVALID_ARGUMENT (detail, rendering, the graph of a standing).
Error ReadRequest(std::string_view bytes, Request* request);

struct ColumnsOptions {
  std::string_view algorithm;
  std::string_view fingerprint;
  uint32_t threads = 1;
  bool accept_doubles = false;
  bool bands = false;
  bool points = false;
  bool reasons = false;
  std::string_view kernel;
  StandingIdentity standing;
};

inline constexpr uint32_t kMaxThreads = 1024;

// Reads and checks the options of a table: MALFORMED, INVALID_UTF8,
// OUT_OF_RANGE (threads), INVALID_ARGUMENT (float_rounding, the graph of a
// standing).
Error ReadColumnsOptions(std::string_view bytes, ColumnsOptions* options);

// Reads one profile into *profile, which may be reused, its accounts in
// canonical order. On failure profile->id is what could be read of it, or
// empty if it is not valid itself. Faults in the order in which they are
// reported: MALFORMED, INVALID_UTF8, then the first of TOO_LARGE (id, network,
// accounts) and OUT_OF_RANGE (a signal). Fields are relative to the Profile.
Error ReadProfile(std::string_view bytes, Profile* profile);

// Reads a custom algorithm: MALFORMED or INVALID_UTF8. What it says is checked
// by ValidateCustom().
Error ReadAlgorithm(std::string_view bytes, Algorithm* algorithm);

}  // namespace influence

#endif  // INFLUENCE_WIRE_REQUEST_H_
