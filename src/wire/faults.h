// How reading a message fails.
#ifndef INFLUENCE_WIRE_FAULTS_H_
#define INFLUENCE_WIRE_FAULTS_H_

#include <protozero/exception.hpp>
#include <string>
#include <utility>

#include "model/error.h"

namespace influence {

inline Error NotUtf8(std::string field) {
  return {Code::kInvalidUtf8, std::move(field), "is not valid UTF-8"};
}

// Runs `read`, which throws at bytes that are not the message.
template <typename Read>
Error Guarded(const char* message_name, Read read) {
  try {
    return read();
  } catch (const protozero::exception&) {
    return {Code::kMalformed, "",
            std::string("the bytes are not a valid ") + message_name};
  }
}

// The first fault of the kind that is reported first.
class FirstFault {
 public:
  void Add(Error error) {
    const bool utf8 = error.code() == Code::kInvalidUtf8;
    if (error_.ok() || (utf8 && error_.code() != Code::kInvalidUtf8)) {
      error_ = std::move(error);
    }
  }
  Error Take() { return std::move(error_); }

 private:
  Error error_;
};

}  // namespace influence

#endif  // INFLUENCE_WIRE_FAULTS_H_
