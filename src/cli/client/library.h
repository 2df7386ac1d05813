// Calls of the C library: bytes that are freed, failures as exceptions that
// carry status, field, row and text. Nothing else of the command reads an
// influence_error, and nothing takes words apart.
#ifndef INFLUENCE_CLI_CLIENT_LIBRARY_H_
#define INFLUENCE_CLI_CLIENT_LIBRARY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cli/basics/failure.h"
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

// The reason why a call failed, owned.
class CallError {
 public:
  CallError() = default;
  ~CallError() { influence_error_free(error_); }
  CallError(const CallError&) = delete;
  CallError& operator=(const CallError&) = delete;

  // For one call.
  influence_error** out() { return &error_; }

  influence_status status() const { return influence_error_status(error_); }
  // The field at fault, as a path or a column's name; "" if there is none.
  std::string field() const { return influence_error_field(error_); }
  // The row of a table or the place in a batch, from 0, if it is one's fault.
  std::optional<size_t> row() const;
  // The reason, in words for people.
  std::string text() const { return influence_error_text(error_); }
  // "field: text", or whichever of them there is.
  std::string Words() const;

 private:
  influence_error* error_ = nullptr;
};

// A path of a field, taken apart at its first step: "edges[3].source" is
// list "edges", index 3, rest "source"; "fingerprint" has no index and no rest.
struct FieldPath {
  std::string list;
  std::optional<size_t> index;
  std::string rest;
};
FieldPath SplitPath(std::string_view path);

// Throws Failure unless the status is OK: kUnknownAlgorithm for a mismatch,
// kBadData for what the input did.
void Check(influence_status status, const CallError& error);

// Throws Failure for why the library's stream failed last.
[[noreturn]] void ThrowStreamError(ArrowArrayStream* stream);

// A row of the input that the library refuses.
struct RowFault {
  std::string field;  // its field or column, as the library calls it
  std::string text;   // the reason
};
// The row's fault, if one is at fault; nothing if the status is OK. Throws
// Failure for everything else, as Check() does. The index of the row is left
// out: people know a row by its line.
std::optional<RowFault> FaultOfRow(influence_status status,
                                   const CallError& error);

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

#endif  // INFLUENCE_CLI_CLIENT_LIBRARY_H_
