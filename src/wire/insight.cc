#include "wire/insight.h"

#include <utility>

#include "wire/faults.h"
#include "wire/fields.h"
#include "wire/reader.h"
#include "wire/utf8.h"

namespace influence {
namespace {

constexpr uint32_t kMaxTextField = 4096;  // bytes of a field of an Identity

Error ReadSide(CompareSide* side) {
  using namespace field::compare_side;
  Error outer = Guarded("CompareSide", [&]() -> Error {
    Reader in(side->bytes.view(), kMaxDepth - 1);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kProfile):
          side->profile_bytes.Add(in.Bytes());
          break;
        case BytesTag(kIdentity):
          side->identity_bytes.Add(in.Bytes());
          break;
        default:
          in.Skip();
      }
    }
    return {};
  });
  if (!outer.ok()) return outer;
  Error error = ReadProfile(side->profile_bytes.view(), &side->profile);
  if (!error.ok()) return std::move(error).Within("profile");
  error = ReadIdentity(side->identity_bytes.view(), &side->identity);
  if (!error.ok()) return std::move(error).Within("identity");
  return {};
}

Error CheckRendering(int32_t rendering, Rendering* out) {
  if (rendering < 0 || rendering > static_cast<int32_t>(Rendering::kMarkdown)) {
    return {Code::kInvalidArgument, "rendering",
            std::to_string(rendering) + " is not a known rendering"};
  }
  *out = static_cast<Rendering>(rendering);
  return {};
}

Error TooMany(const char* field, size_t count, size_t limit) {
  return {Code::kTooLarge, field,
          std::to_string(count) + "; the limit is " + std::to_string(limit)};
}

// A number of an enumeration of `count` values, or 0.
template <typename Enum>
Enum EnumOf(int32_t value, size_t count) {
  const bool known = value >= 1 && value <= static_cast<int32_t>(count);
  return static_cast<Enum>(known ? value : 0);
}

Error BadSignal() {
  return {Code::kInvalidArgument, "signal", "is not a known signal"};
}

Error CheckNetwork(std::string_view network) {
  if (!IsUtf8(network)) return NotUtf8("network");
  if (network.size() > kMaxNetworkBytes) {
    return TooMany("network", network.size(), kMaxNetworkBytes);
  }
  return {};
}

Error ReadOverride(std::string_view bytes, Override* out) {
  using namespace field::override_fact;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case VarintTag(kSignal):
        out->signal = EnumOf<Signal>(in.Int32(), kSignalCount);
        break;
      case VarintTag(kValue):
        out->value = in.Int64();
        break;
      case BytesTag(kNetwork):
        out->network = in.Bytes();
        break;
      default:
        in.Skip();
    }
  }
  if (out->signal == Signal{}) return BadSignal();
  const Micros value = out->value.value_or(0);
  if (value < 0 || value > kMaxSignal) {
    return {Code::kOutOfRange, "value_micros",
            std::to_string(value) + " is not in 0 .. " +
                std::to_string(kMaxSignal)};
  }
  return CheckNetwork(out->network);
}

void ReadPacked(std::string_view bytes, std::vector<Micros>* values) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at != end && values->size() <= kMaxCurvePoints) {
    values->push_back(static_cast<Micros>(protozero::decode_varint(&at, end)));
  }
}

Error ReadCurve(std::string_view bytes, CurveQuestion* out) {
  using namespace field::curve_question;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case VarintTag(kFactor):
        out->factor = EnumOf<Factor>(in.Int32(), kFactorCount);
        break;
      case BytesTag(kQuantities):
        ReadPacked(in.Bytes(), &out->quantities);
        break;
      case VarintTag(kQuantities):
        out->quantities.push_back(in.Int64());
        break;
      default:
        in.Skip();
    }
  }
  if (out->factor == Factor{}) {
    return {Code::kInvalidArgument, "factor", "is not a known factor"};
  }
  if (out->quantities.size() > kMaxCurvePoints) {
    return {Code::kTooLarge, "quantities_micros",
            "more than " + std::to_string(kMaxCurvePoints)};
  }
  for (size_t i = 0; i < out->quantities.size(); ++i) {
    const Micros quantity = out->quantities[i];
    if (quantity < 0 || quantity > kMaxQuantity) {
      return {Code::kOutOfRange, "quantities_micros[" + std::to_string(i) + "]",
              std::to_string(quantity) + " is not in 0 .. " +
                  std::to_string(kMaxQuantity)};
    }
  }
  return {};
}

Error ReadGoal(std::string_view bytes, GoalQuestion* out) {
  using namespace field::goal_question;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case VarintTag(kSignal):
        out->signal = EnumOf<Signal>(in.Int32(), kSignalCount);
        break;
      case BytesTag(kNetwork):
        out->network = in.Bytes();
        break;
      case VarintTag(kRise):
        out->rise = in.Int64();
        break;
      default:
        in.Skip();
    }
  }
  if (out->signal == Signal{}) return BadSignal();
  if (out->rise < 1 || out->rise > kFullScore) {
    return {Code::kOutOfRange, "rise_micropoints",
            std::to_string(out->rise) + " is not in 1 .. " +
                std::to_string(kFullScore)};
  }
  return CheckNetwork(out->network);
}

Error CheckScore(const char* field, Micros score) {
  if (score >= 0 && score <= kFullScore) return {};
  return {
      Code::kOutOfRange, field,
      std::to_string(score) + " is not in 0 .. " + std::to_string(kFullScore)};
}

Error ReadActor(std::string_view bytes, GivenActor* out) {
  using namespace field::actor_carrier;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(kActor):
        out->actor = in.Bytes();
        break;
      case VarintTag(kScoreWithout):
        out->score_without = in.Int64();
        break;
      default:
        in.Skip();
    }
  }
  if (out->actor.size() > kMaxTextField) {
    return TooMany("actor", out->actor.size(), kMaxTextField);
  }
  return CheckScore("score_without_micropoints", out->score_without);
}

Error ReadTopic(std::string_view bytes, GivenTopic* out) {
  using namespace field::topic_evidence;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(kTopic):
        out->topic = in.Bytes();
        break;
      case VarintTag(kQuantity):
        out->quantity = in.Int64();
        break;
      case VarintTag(kPeople):
        out->people = in.Varint();
        break;
      case VarintTag(kScore):
        out->score = in.Int64();
        break;
      case VarintTag(kScoreWithout):
        out->score_without = in.Int64();
        break;
      default:
        in.Skip();
    }
  }
  if (out->topic.size() > kMaxTextField) {
    return TooMany("topic", out->topic.size(), kMaxTextField);
  }
  if (!out->score_without.has_value()) {
    return {Code::kInvalidArgument, "score_without_micropoints", "is needed"};
  }
  return CheckScore("score_without_micropoints", *out->score_without);
}

// Reads one more of a list with a limit.
template <typename Item, typename Read>
void ReadItem(std::string_view bytes, const char* name, size_t limit, Read read,
              std::vector<Item>* items, size_t* count, FirstFault* fault) {
  if ((*count)++ >= limit) return;
  Item item;
  Error error = read(bytes, &item);
  if (!error.ok()) {
    fault->Add(std::move(error).Within(std::string(name) + "[" +
                                       std::to_string(items->size()) + "]"));
  }
  items->push_back(std::move(item));
}

Message PartMessage(const LegPart& part) {
  using namespace field::leg_part;
  Message message;
  message.Text(kNetwork, part.network);
  message.Number(kSignal, part.signal);
  message.Int(kBeforeQuantity, part.before_quantity);
  message.Int(kAfterQuantity, part.after_quantity);
  message.Int(kChange, part.change);
  message.Int(kFaded, part.faded);
  message.Int(kFadedQuantity, part.faded_quantity);
  return message;
}

}  // namespace

// Every field but groups and fixed-size numbers, which Identity has none of.
Error ReadIdentity(std::string_view bytes, GivenIdentity* identity) {
  return Guarded("Identity", [&]() -> Error {
    FirstFault fault;
    Reader in(bytes, kMaxDepth - 2);
    while (in.Next()) {
      const uint32_t field = in.tag() >> 3;
      Message message;
      if (field < 16 && in.tag() == VarintTag(field)) {
        const int64_t value = in.Int64();
        identity->values[field] = std::to_string(value);
        message.PresentInt(field, value);
        if (field == field::identity::kAsOfDays) {
          identity->as_of_days = static_cast<int32_t>(value);
        }
      } else if (field < 16 && in.tag() == BytesTag(field)) {
        const std::string_view text = in.Bytes();
        const std::string name = "field " + std::to_string(field);
        if (!IsUtf8(text)) fault.Add(NotUtf8(name));
        if (text.size() > kMaxTextField) {
          fault.Add({Code::kTooLarge, name,
                     "has " + std::to_string(text.size()) +
                         " bytes; the limit is " +
                         std::to_string(kMaxTextField)});
          continue;
        }
        identity->values[field] = std::string(text);
        message.Text(field, text);
        if (field == field::identity::kAlgorithm) identity->algorithm = text;
        if (field == field::identity::kFingerprint) {
          identity->fingerprint = text;
        }
      } else {
        in.Skip();
        continue;
      }
      identity->fields[field] = message.bytes();
    }
    return fault.Take();
  });
}

void GivenIdentity::Set(uint32_t field, std::string_view text) {
  Message message;
  message.Text(field, text);
  values[field] = std::string(text);
  fields[field] = message.bytes();
}

Error ReadCompareRequest(std::string_view bytes, CompareRequest* request) {
  using namespace field::compare_request;
  int32_t rendering = 0;
  Error outer = Guarded("CompareRequest", [&]() -> Error {
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kBefore):
          request->before.bytes.Add(in.Bytes());
          break;
        case BytesTag(kAfter):
          request->after.bytes.Add(in.Bytes());
          break;
        case VarintTag(kRendering):
          rendering = in.Int32();
          break;
        default:
          in.Skip();
      }
    }
    return {};
  });
  if (!outer.ok()) return outer;
  Error error = ReadSide(&request->before);
  if (!error.ok()) return std::move(error).Within("before");
  error = ReadSide(&request->after);
  if (!error.ok()) return std::move(error).Within("after");
  return CheckRendering(rendering, &request->rendering);
}

Error ReadDriftOptions(std::string_view bytes, DriftOptions* options) {
  using namespace field::drift_options;
  return Guarded("DriftOptions", [&]() -> Error {
    FirstFault fault;
    int32_t float_rounding = 0;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case VarintTag(kThreads):
          options->threads = static_cast<uint32_t>(in.Varint());
          break;
        case VarintTag(kFloatRounding):
          float_rounding = in.Int32();
          break;
        case VarintTag(kTop):
          options->top = static_cast<uint32_t>(in.Varint());
          break;
        case BytesTag(kSlices): {
          const std::string_view name = in.Bytes();
          if (!IsUtf8(name)) fault.Add(NotUtf8("slices"));
          if (options->slices.size() <= kMaxSliceColumns) {
            options->slices.emplace_back(name);
          }
          break;
        }
        case BytesTag(kKernel):
          options->kernel = std::string(in.Bytes());
          if (!IsUtf8(options->kernel)) fault.Add(NotUtf8("kernel"));
          break;
        default:
          in.Skip();
      }
    }
    if (options->slices.size() > kMaxSliceColumns) {
      fault.Add({Code::kOutOfRange, "slices",
                 "more than " + std::to_string(kMaxSliceColumns)});
    }
    if (options->threads > kMaxThreads) {
      fault.Add({Code::kOutOfRange, "threads",
                 std::to_string(options->threads) + " is over " +
                     std::to_string(kMaxThreads)});
    }
    if (options->top > kMaxTopMovers) {
      fault.Add({Code::kOutOfRange, "top",
                 std::to_string(options->top) + " is over " +
                     std::to_string(kMaxTopMovers)});
    }
    if (float_rounding < 0 || float_rounding > 1) {
      fault.Add({Code::kInvalidArgument, "float_rounding",
                 std::to_string(float_rounding) + " is not a known rounding"});
    }
    options->accept_doubles = float_rounding == 1;
    return fault.Take();
  });
}

Error ReadWhatIfRequest(std::string_view bytes, WhatIfRequest* request) {
  using namespace field::what_if_request;
  int32_t rendering = 0;
  Error outer = Guarded("WhatIfRequest", [&]() -> Error {
    FirstFault fault;
    size_t overrides = 0, curves = 0, goals = 0, actors = 0, topics = 0;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kProfile):
          request->profile_bytes.Add(in.Bytes());
          break;
        case BytesTag(kIdentity):
          request->identity_bytes.Add(in.Bytes());
          break;
        case BytesTag(kOverrides):
          ReadItem(in.Bytes(), "overrides", kMaxOverrides, ReadOverride,
                   &request->overrides, &overrides, &fault);
          break;
        case BytesTag(kCurves):
          ReadItem(in.Bytes(), "curves", kFactorCount, ReadCurve,
                   &request->curves, &curves, &fault);
          break;
        case BytesTag(kGoals):
          ReadItem(in.Bytes(), "goals", kMaxGoals, ReadGoal, &request->goals,
                   &goals, &fault);
          break;
        case BytesTag(kActors):
          ReadItem(in.Bytes(), "actors", kMaxCarriers, ReadActor,
                   &request->actors, &actors, &fault);
          break;
        case BytesTag(kTopics):
          ReadItem(in.Bytes(), "topics", kMaxCarriers, ReadTopic,
                   &request->topics, &topics, &fault);
          break;
        case VarintTag(kRendering):
          rendering = in.Int32();
          break;
        default:
          in.Skip();
      }
    }
    if (overrides > kMaxOverrides) {
      fault.Add(TooMany("overrides", overrides, kMaxOverrides));
    }
    if (curves > kFactorCount) {
      fault.Add(TooMany("curves", curves, kFactorCount));
    }
    if (goals > kMaxGoals) fault.Add(TooMany("goals", goals, kMaxGoals));
    if (actors > kMaxCarriers) {
      fault.Add(TooMany("actors", actors, kMaxCarriers));
    }
    if (topics > kMaxCarriers) {
      fault.Add(TooMany("topics", topics, kMaxCarriers));
    }
    return fault.Take();
  });
  if (!outer.ok()) return outer;
  Error error = ReadProfile(request->profile_bytes.view(), &request->profile);
  if (!error.ok()) return std::move(error).Within("profile");
  error = ReadIdentity(request->identity_bytes.view(), &request->identity);
  if (!error.ok()) return std::move(error).Within("identity");
  return CheckRendering(rendering, &request->rendering);
}

Message IdentityMessage(const GivenIdentity& identity) {
  Message message;
  for (const auto& [field, bytes] : identity.fields) message.Raw(bytes);
  return message;
}

Message DifferenceMessage(uint32_t field, std::string_view before,
                          std::string_view after) {
  using namespace field::identity_difference;
  Message message;
  message.Uint(kField, field);
  message.Text(kBefore, before);
  message.Text(kAfter, after);
  return message;
}

Message LegMessage(const Leg& leg) {
  using namespace field::leg_line;
  Message message;
  message.Int(field::leg::kChange, leg.change);
  for (const LegLine& line : leg.lines) {
    Message inner;
    inner.Number(kFactor, line.factor);
    inner.Int(kBefore, line.before);
    inner.Int(kAfter, line.after);
    inner.Int(kChange, line.after - line.before);
    inner.Int(kBeforeQuantity, line.before_quantity);
    inner.Int(kAfterQuantity, line.after_quantity);
    inner.Int(kBeforeWeight, line.before_weight);
    inner.Int(kAfterWeight, line.after_weight);
    inner.Int(kBeforeFullMarks, line.before_full_marks);
    inner.Int(kAfterFullMarks, line.after_full_marks);
    for (const LegPart& part : line.networks) {
      inner.Sub(kNetworks, PartMessage(part));
    }
    for (const LegPart& part : line.signals) {
      inner.Sub(kSignals, PartMessage(part));
    }
    inner.Int(kFaded, line.faded);
    inner.Int(kFadedQuantity, line.faded_quantity);
    message.Sub(field::leg::kLines, inner);
  }
  message.Int(field::leg::kFaded, leg.faded);
  return message;
}

Message ReasonMessage(const ChangeReason& reason) {
  using namespace field::change_reason;
  Message message;
  message.Number(kCode, reason.code);
  message.Number(kFactor, reason.factor);
  message.Int(kChange, reason.change);
  message.Number(kSignal, reason.signal);
  message.Int(kBeforeQuantity, reason.before_quantity);
  message.Int(kAfterQuantity, reason.after_quantity);
  message.Int(kHalfLifeDays, reason.half_life_days);
  message.Int(kWholePoints, reason.whole_points);
  if (reason.before.has_value()) {
    message.PresentInt(kBeforeCount, *reason.before);
  }
  if (reason.after.has_value()) message.PresentInt(kAfterCount, *reason.after);
  message.Uint(kNetworks, reason.networks);
  message.Text(kNetwork, reason.network);
  message.Uint(kOthers, reason.others);
  return message;
}

}  // namespace influence
