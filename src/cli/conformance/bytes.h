// Owners of the bytes and errors that the library returns.
#ifndef INFLUENCE_CLI_CONFORMANCE_BYTES_H_
#define INFLUENCE_CLI_CONFORMANCE_BYTES_H_

#include <string_view>

#include "influence/influence.h"

namespace influence::conformance {

class OwnedBytes {
 public:
  OwnedBytes() = default;
  ~OwnedBytes() { influence_bytes_free(&bytes_); }
  OwnedBytes(const OwnedBytes&) = delete;
  OwnedBytes& operator=(const OwnedBytes&) = delete;

  influence_bytes* out() { return &bytes_; }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes_.data), bytes_.size};
  }

 private:
  influence_bytes bytes_ = {nullptr, 0};
};

class OwnedError {
 public:
  OwnedError() = default;
  ~OwnedError() { influence_error_free(error_); }
  OwnedError(const OwnedError&) = delete;
  OwnedError& operator=(const OwnedError&) = delete;

  influence_error** out() { return &error_; }
  influence_status status() const { return influence_error_status(error_); }
  const char* text() const { return influence_error_text(error_); }

 private:
  influence_error* error_ = nullptr;
};

}  // namespace influence::conformance

#endif  // INFLUENCE_CLI_CONFORMANCE_BYTES_H_
