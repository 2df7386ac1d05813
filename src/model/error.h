// Why something was refused: a number for programs, words for people.
#ifndef INFLUENCE_MODEL_ERROR_H_
#define INFLUENCE_MODEL_ERROR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace influence {

// The numbers of influence_status and of Code in proto/influence.proto; tests
// compare the three. Never renumbered, never reused.
enum class Code : int32_t {
  kOk = 0,
  kInvalidArgument = 1,
  kMalformed = 2,
  kTooLarge = 3,
  kUnknownAlgorithm = 4,
  kAlgorithmMismatch = 5,
  kInvalidAlgorithm = 6,
  kOutOfRange = 7,
  kInvalidUtf8 = 8,
  kOutOfMemory = 9,
  kInternal = 10,
  kCancelled = 11,
};

// "OK", "MALFORMED", ...; "UNKNOWN" for any other number.
const char* CodeName(Code code);

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
  // The fault seen from one level up: Within("profiles[12]") turns the field
  // "id" into "profiles[12].id".
  Error Within(const std::string& parent) &&;
  // "field: message".
  std::string ToString() const;

 private:
  Code code_ = Code::kOk;
  std::string field_;
  std::string message_;
};

// What a caller sent in place of an id, fit for a message.
std::string Quoted(std::string_view text);

}  // namespace influence

#endif  // INFLUENCE_MODEL_ERROR_H_
