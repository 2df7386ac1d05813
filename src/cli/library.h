// Calls of the C library: bytes that are freed, failures as exceptions.
#ifndef INFLUENCE_CLI_LIBRARY_H_
#define INFLUENCE_CLI_LIBRARY_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/failure.h"
#include "influence/influence.h"

namespace influence::cli {

class Bytes {
 public:
  Bytes() = default;
  ~Bytes() { influence_bytes_free(&bytes_); }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  influence_bytes* out() { return &bytes_; }
  std::string str() const {
    return {reinterpret_cast<const char*>(bytes_.data), bytes_.size};
  }

 private:
  influence_bytes bytes_ = {nullptr, 0};
};

// Throws Failure unless the status is OK: kUnknownAlgorithm for a mismatch,
// kBadData for what the input did.
void Check(influence_status status, const Bytes& message);

// Why a row of the input is at fault, if one is: "" if the status is OK. Throws
// Failure for everything else, as Check() does. Which row of a table or a list
// it was is left out: people do not know it by that.
std::string FaultOfRow(influence_status status, const Bytes& message);
// The same of a message that is at hand; it is "" if no row is at fault.
std::string FaultInMessage(std::string_view message);

// The pointer that the library takes bytes by.
inline const uint8_t* DataOf(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

template <typename Message>
Message Parse(const std::string& bytes) {
  Message message;
  if (!message.ParseFromString(bytes)) {
    throw Failure(kInternal, "the library's answer does not parse");
  }
  return message;
}

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_LIBRARY_H_
