// A failure as data: a number for programs, the field and the row at fault, and
// a message for people. No caller needs to parse the message.
#ifndef INFLUENCE_MODEL_ERROR_H_
#define INFLUENCE_MODEL_ERROR_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "messages/enums.h"

namespace influence {

// Success, or one fault: where it is and what is wrong with it.
class [[nodiscard]] Error {
 public:
  Error() = default;
  Error(Code code, std::string field, std::string message)
      : code_(code), field_(std::move(field)), message_(std::move(message)) {}

  bool ok() const { return code_ == Code::kOk; }
  Code code() const { return code_; }
  // A path such as "profiles[12].accounts[0].followers_micros"; may be empty.
  const std::string& field() const { return field_; }
  const std::string& message() const { return message_; }
  // The row of a table or the place in a batch, counted from 0, if it is known.
  const std::optional<uint64_t>& row() const { return row_; }

  // The fault seen from one level up: Within("profiles[12]") turns the field
  // "id" into "profiles[12].id".
  Error Within(const std::string& parent) &&;
  Error AtRow(uint64_t row) &&;
  // "field: message".
  std::string ToString() const;

 private:
  Code code_ = Code::kOk;
  std::string field_;
  std::string message_;
  std::optional<uint64_t> row_;
};

// Keeps the fault to report: malformed bytes before text that is not UTF-8
// before every other fault; of equal ones the first.
class FirstFault {
 public:
  void Add(Error error);
  bool ok() const { return error_.ok(); }
  Error Take() { return std::move(error_); }

 private:
  Error error_;
};

Error NotUtf8(std::string field);
// "12 is not in 0 .. 10", OUT_OF_RANGE.
Error NotIn(std::string field, int64_t value, int64_t low, int64_t high);

// Returns text from the caller for a message: its first kMaxShown bytes, each
// that is not printable ASCII as a question mark.
inline constexpr size_t kMaxShown = 64;
std::string Shown(std::string_view text);
// The same in single quotes, with "..." if it was cut.
std::string Quoted(std::string_view text);

}  // namespace influence

#endif  // INFLUENCE_MODEL_ERROR_H_
