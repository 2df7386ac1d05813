// Reads ScoreRequest and Profile messages into the structs that the evaluator
// takes.
//
// Every profile that arrives as bytes passes through here, so this path is
// written by hand. Decode() reads the same messages, and tests compare the two.
// Views point into the input.
#ifndef INFLUENCE_CODEC_HOT_SCORE_REQUEST_H_
#define INFLUENCE_CODEC_HOT_SCORE_REQUEST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "messages/messages.h"
#include "model/error.h"
#include "model/profile.h"

namespace influence {

inline constexpr int32_t kMaxAsOfDays = 2'932'896;  // 9999-12-31

// A ScoreRequest whose profiles have not been read yet.
struct Request {
  std::string_view algorithm;
  std::optional<int32_t> as_of_days;
  std::vector<std::string_view> profiles;
  Detail detail = Detail::kLedger;
  std::string_view fingerprint;
  Rendering rendering = Rendering::kNone;
  std::optional<msg::GraphIdentity> graph;
};

// Reads the outer message and checks everything but the profiles and the graph:
// MALFORMED, INVALID_UTF8, TOO_LARGE (profiles), OUT_OF_RANGE (as_of_days),
// INVALID_ARGUMENT (detail, rendering).
Error ReadRequest(std::string_view bytes, Request* request);

// Reads one profile into *profile, which may be reused, and puts its accounts
// into canonical order. On failure profile->id holds the id if that is valid,
// and is empty otherwise. Faults in the order in which they are reported:
// MALFORMED, INVALID_UTF8, OPTED_OUT, then the first of TOO_LARGE (id, network,
// accounts) and OUT_OF_RANGE (a signal). Fields are relative to the Profile.
Error ReadProfile(std::string_view bytes, Profile* profile);

// The same for a decoded message, whose text is UTF-8.
Error ReadProfile(const msg::Profile& message, Profile* profile);

// INVALID_ARGUMENT for a number that is no Rendering.
Error CheckRendering(Rendering rendering);

}  // namespace influence

#endif  // INFLUENCE_CODEC_HOT_SCORE_REQUEST_H_
