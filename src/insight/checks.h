// Checks the numbers of a decoded message against its laws and reports the path
// of the first fault.
//
//   const Checks at(&fault);
//   at.Number("score_micropoints", result.score_micropoints, 0, kFullScore);
//   for (size_t i = 0; i < lines.size(); ++i) CheckLine(lines[i],
//   at.In("lines", i));
#ifndef INFLUENCE_INSIGHT_CHECKS_H_
#define INFLUENCE_INSIGHT_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/micros.h"
#include "messages/messages.h"
#include "model/error.h"

namespace influence {

// A place in a message: the message itself, or one inside it. The outer place
// must outlive the inner one.
class Checks {
 public:
  explicit Checks(FirstFault* fault) : fault_(fault) {}

  // The message in a field, or an item of a repeated field.
  Checks In(std::string_view name) const { return {this, name, kNoIndex}; }
  Checks In(std::string_view name, size_t i) const { return {this, name, i}; }

  // OUT_OF_RANGE unless the number is in low .. high. An empty name means the
  // place itself.
  void Number(std::string_view name, int64_t value, int64_t low,
              int64_t high) const {
    if (value >= low && value <= high) return;
    fault_->Add(NotIn(PathOf(name), value, low, high));
  }
  void Count(std::string_view name, uint64_t value, uint64_t most) const {
    if (value <= most) return;
    fault_->Add({Code::kOutOfRange, PathOf(name),
                 std::to_string(value) + " is over " + std::to_string(most)});
  }
  void Score(std::string_view name, Micros value) const {
    Number(name, value, 0, kFullScore);
  }
  void ScoreChange(std::string_view name, Micros value) const {
    Number(name, value, -kFullScore, kFullScore);
  }
  // INVALID_ARGUMENT unless the value is one of 1 .. count of its enumeration.
  template <typename Enum>
  void Known(std::string_view name, Enum value, size_t count) const {
    const auto number = static_cast<int32_t>(value);
    if (number >= 1 && number <= static_cast<int32_t>(count)) return;
    fault_->Add({Code::kInvalidArgument, PathOf(name),
                 std::to_string(number) + " is not known"});
  }
  // INVALID_ARGUMENT for a missing field that the page needs.
  bool Needed(std::string_view name, bool is_there) const {
    if (!is_there) {
      fault_->Add({Code::kInvalidArgument, PathOf(name), "is missing"});
    }
    return is_there;
  }
  // TOO_LARGE for a list longer than the library writes.
  void Limit(std::string_view name, size_t count, size_t most) const {
    if (count <= most) return;
    fault_->Add({Code::kTooLarge, PathOf(name),
                 "has " + std::to_string(count) + " items; the limit is " +
                     std::to_string(most)});
  }
  // NOT_VERIFIED for a value that does not follow from the rest of the message.
  void Law(bool holds, std::string_view name, const char* what) const {
    if (!holds) fault_->Add({Code::kNotVerified, PathOf(name), what});
  }

 private:
  static constexpr size_t kNoIndex = SIZE_MAX;

  Checks(const Checks* outer, std::string_view name, size_t index)
      : outer_(outer), name_(name), index_(index), fault_(outer->fault_) {}

  std::string PathOf(std::string_view name) const {
    std::string path(name);
    for (const Checks* at = this; at->outer_ != nullptr; at = at->outer_) {
      std::string step(at->name_);
      if (at->index_ != kNoIndex) {
        step += "[" + std::to_string(at->index_) + "]";
      }
      path = path.empty() ? step : step + "." + path;
    }
    return path;
  }

  const Checks* outer_ = nullptr;
  std::string_view name_;
  size_t index_ = kNoIndex;
  FirstFault* fault_;
};

// TOO_LARGE for a long text in an identity, if there is one.
void CheckIdentity(const std::optional<msg::Identity>& identity,
                   const char* name, FirstFault* fault);

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_CHECKS_H_
