// Checks every list of a WhatIfRequest and reports the first fault with its
// path.
#include "engine/what_if_checks.h"

#include <string>
#include <string_view>
#include <vector>

#include "insight/stored_laws.h"
#include "insight/what_if_answers.h"
#include "model/profile.h"

namespace influence {

std::string At(const char* list, size_t i) {
  return std::string(list) + "[" + std::to_string(i) + "]";
}

namespace {

// A number beyond the enumeration has no name.
Error CheckSignal(Signal signal) {
  if (!Name(signal).empty() && signal != Signal::kUnspecified) return {};
  return {Code::kInvalidArgument, "signal", "is not a known signal"};
}

Error CheckNetwork(std::string_view network) {
  if (network.size() <= kMaxNetworkBytes) return {};
  return {Code::kTooLarge, "network",
          "has " + std::to_string(network.size()) + " bytes; the limit is " +
              std::to_string(kMaxNetworkBytes)};
}

Error Check(const msg::Override& fact) {
  Error error = CheckSignal(fact.signal);
  if (!error.ok()) return error;
  const Micros value = fact.value_micros.value_or(0);
  if (value < 0 || value > kMaxSignal) {
    return NotIn("value_micros", value, 0, kMaxSignal);
  }
  return CheckNetwork(fact.network);
}

Error Check(const msg::CurveQuestion& question) {
  if (Name(question.factor).empty() ||
      question.factor == Factor::kUnspecified) {
    return {Code::kInvalidArgument, "factor", "is not a known factor"};
  }
  const std::vector<int64_t>& quantities = question.quantities_micros;
  if (quantities.size() > kMaxCurvePoints) {
    return {Code::kTooLarge, "quantities_micros",
            std::to_string(quantities.size()) + "; the limit is " +
                std::to_string(kMaxCurvePoints)};
  }
  for (size_t i = 0; i < quantities.size(); ++i) {
    if (quantities[i] < 0 || quantities[i] > kMaxQuantity) {
      return NotIn(At("quantities_micros", i), quantities[i], 0, kMaxQuantity);
    }
  }
  return {};
}

Error Check(const msg::GoalQuestion& question) {
  Error error = CheckSignal(question.signal);
  if (!error.ok()) return error;
  if (question.rise_micropoints < 1 || question.rise_micropoints > kFullScore) {
    return NotIn("rise_micropoints", question.rise_micropoints, 1, kFullScore);
  }
  return CheckNetwork(question.network);
}

Error CheckText(const char* field, std::string_view text) {
  constexpr size_t kMost = 4'096;
  if (text.size() <= kMost) return {};
  return {Code::kTooLarge, field,
          "has " + std::to_string(text.size()) + " bytes; the limit is " +
              std::to_string(kMost)};
}

Error CheckScoreWithout(Micros score) {
  if (score >= 0 && score <= kFullScore) return {};
  return NotIn("score_without_micropoints", score, 0, kFullScore);
}

Error Check(const msg::ActorCarrier& actor) {
  Error error = CheckText("actor", actor.actor);
  return error.ok() ? CheckScoreWithout(actor.score_without_micropoints)
                    : error;
}

Error Check(const msg::TopicEvidence& topic) {
  Error error = CheckText("topic", topic.topic);
  if (!error.ok()) return error;
  if (!topic.score_without_micropoints.has_value()) {
    return {Code::kInvalidArgument, "score_without_micropoints", "is needed"};
  }
  return CheckScoreWithout(*topic.score_without_micropoints);
}

// A list over its limit is reported once, without looking at its items.
template <typename Item>
void CheckAll(const char* list, const std::vector<Item>& items, size_t limit,
              FirstFault* fault) {
  if (items.size() > limit) {
    fault->Add({Code::kTooLarge, list,
                std::to_string(items.size()) + "; the limit is " +
                    std::to_string(limit)});
    return;
  }
  for (size_t i = 0; i < items.size(); ++i) {
    fault->Add(Check(items[i]).Within(At(list, i)));
  }
}

}  // namespace

Error CheckQuestions(const msg::WhatIfRequest& request) {
  FirstFault fault;
  CheckAll("overrides", request.overrides, kMaxOverrides, &fault);
  CheckAll("curves", request.curves, kFactorCount, &fault);
  CheckAll("goals", request.goals, kMaxGoals, &fault);
  CheckAll("actors", request.actors, kMaxCarriers, &fault);
  CheckAll("topics", request.topics, kMaxCarriers, &fault);
  return fault.Take();
}

}  // namespace influence
