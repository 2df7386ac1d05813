// One level of a stored message: reads it, and says where a fault is.
#ifndef INFLUENCE_WIRE_LEVEL_H_
#define INFLUENCE_WIRE_LEVEL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/micros.h"
#include "wire/faults.h"
#include "wire/reader.h"
#include "wire/utf8.h"

namespace influence {

class Level {
 public:
  // `path` is empty or ends in a dot; `depth` is what is left of kMaxDepth.
  Level(std::string_view bytes, int depth, std::string path, FirstFault* fault)
      : in(bytes, depth),
        depth_(depth),
        path_(std::move(path)),
        fault_(fault) {}

  std::string_view Text(const char* name) {
    const std::string_view value = in.Bytes();
    if (!IsUtf8(value)) fault_->Add(NotUtf8(path_ + name));
    return value;
  }

  // A number of low .. high; `low` and a fault for any other.
  Micros Int(const char* name, Micros low, Micros high) {
    const int64_t value = in.Int64();
    if (value >= low && value <= high) return value;
    Refuse(name, std::to_string(value) + " is not in " + std::to_string(low) +
                     " .. " + std::to_string(high));
    return low;
  }

  // One of the values 1 .. count of an enumeration; the first and a fault for
  // any other.
  template <typename Enum>
  Enum Kind(const char* name, size_t count) {
    const int32_t value = in.Int32();
    if (value >= 1 && value <= static_cast<int32_t>(count)) {
      return static_cast<Enum>(value);
    }
    fault_->Add({Code::kInvalidArgument, path_ + name,
                 std::to_string(value) + " is not known"});
    return static_cast<Enum>(1);
  }

  // The message in the current field.
  Level Inner(const std::string& name) {
    return Level(in.Bytes(), depth_ - 1, path_ + name + ".", fault_);
  }
  // The message in the current field, as one more of at most `limit`.
  template <typename Item, typename Read>
  void Append(const char* name, size_t limit, Read read,
              std::vector<Item>* items) {
    if (items->size() < limit) {
      items->push_back(
          read(Inner(name + ("[" + std::to_string(items->size()) + "]"))));
      return;
    }
    in.Skip();
    fault_->Add(
        {Code::kTooLarge, path_ + name, "more than " + std::to_string(limit)});
  }

  void Refuse(const char* name, std::string what) {
    fault_->Add({Code::kOutOfRange, path_ + name, std::move(what)});
  }
  // Sums that a message promises.
  void Require(bool holds, const char* name, const char* law) {
    if (!holds) fault_->Add({Code::kInvalidArgument, path_ + name, law});
  }

  Reader in;

 private:
  int depth_;
  std::string path_;
  FirstFault* fault_;
};

}  // namespace influence

#endif  // INFLUENCE_WIRE_LEVEL_H_
