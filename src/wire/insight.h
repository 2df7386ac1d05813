// The messages of compare, drift and what-if, read and written.
#ifndef INFLUENCE_WIRE_INSIGHT_H_
#define INFLUENCE_WIRE_INSIGHT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"
#include "model/insight.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "model/stored.h"
#include "wire/identity.h"
#include "wire/message.h"
#include "wire/request.h"

namespace influence {

// A message field that came once or, as protobuf allows, in several pieces,
// which are then one after the other.
class Merged {
 public:
  Merged() = default;
  Merged(const Merged&) = delete;
  Merged& operator=(const Merged&) = delete;
  void Add(std::string_view piece) {
    if (view_.data() == nullptr) {
      view_ = piece;
      return;
    }
    joined_ = std::string(view_) + std::string(piece);
    view_ = joined_;
  }
  std::string_view view() const { return view_; }

 private:
  std::string_view view_;
  std::string joined_;
};

struct CompareSide {
  Merged bytes, profile_bytes, identity_bytes;  // what the views point into
  Profile profile;
  GivenIdentity identity;
};

struct CompareRequest {
  CompareSide before, after;
  Rendering rendering = Rendering::kNone;
};

struct DriftOptions {
  uint32_t threads = 1;
  bool accept_doubles = false;
  uint32_t top = 0;
  std::vector<std::string> slices;
  std::string kernel;
};
inline constexpr uint32_t kMaxTopMovers = 1000;
inline constexpr size_t kMaxSliceColumns = 4;

struct Override {
  Signal signal{};
  std::optional<Micros> value;
  std::string_view network;
};
struct CurveQuestion {
  Factor factor{};
  std::vector<Micros> quantities;
};
struct GoalQuestion {
  Signal signal{};
  std::string_view network;
  Micros rise = 0;
};
// Of a SubjectReport, by the bytes that it has.
struct GivenActor {
  std::string_view actor;
  Micros score_without = 0;
};
struct GivenTopic {
  std::string_view topic;
  Micros quantity = 0, score = 0;
  uint64_t people = 0;
  std::optional<Micros> score_without;
};
struct WhatIfRequest {
  Merged profile_bytes, identity_bytes;
  Profile profile;
  GivenIdentity identity;
  std::vector<Override> overrides;
  std::vector<CurveQuestion> curves;
  std::vector<GoalQuestion> goals;
  std::vector<GivenActor> actors;
  std::vector<GivenTopic> topics;
  Rendering rendering = Rendering::kNone;
};
inline constexpr size_t kMaxOverrides = 64;
inline constexpr size_t kMaxGoals = 64;
inline constexpr size_t kMaxCurvePoints = 1000;

// Each reads and checks one message: MALFORMED, INVALID_UTF8, TOO_LARGE,
// OUT_OF_RANGE, INVALID_ARGUMENT, naming the field. Views point into `bytes`.
Error ReadCompareRequest(std::string_view bytes, CompareRequest* request);
Error ReadDriftOptions(std::string_view bytes, DriftOptions* options);
Error ReadWhatIfRequest(std::string_view bytes, WhatIfRequest* request);

// Parts of the answers.
Message IdentityMessage(const GivenIdentity& identity);
Message DifferenceMessage(uint32_t field, std::string_view before,
                          std::string_view after);
Message LegMessage(const Leg& leg);
Message ReasonMessage(const ChangeReason& reason);

}  // namespace influence

#endif  // INFLUENCE_WIRE_INSIGHT_H_
