#include "model/error.h"

namespace influence {

const char* CodeName(Code code) {
  switch (code) {
    case Code::kOk:
      return "OK";
    case Code::kInvalidArgument:
      return "INVALID_ARGUMENT";
    case Code::kMalformed:
      return "MALFORMED";
    case Code::kTooLarge:
      return "TOO_LARGE";
    case Code::kUnknownAlgorithm:
      return "UNKNOWN_ALGORITHM";
    case Code::kAlgorithmMismatch:
      return "ALGORITHM_MISMATCH";
    case Code::kInvalidAlgorithm:
      return "INVALID_ALGORITHM";
    case Code::kOutOfRange:
      return "OUT_OF_RANGE";
    case Code::kInvalidUtf8:
      return "INVALID_UTF8";
    case Code::kOutOfMemory:
      return "OUT_OF_MEMORY";
    case Code::kInternal:
      return "INTERNAL";
    case Code::kCancelled:
      return "CANCELLED";
  }
  return "UNKNOWN";
}

Error Error::Within(const std::string& parent) && {
  if (!ok()) {
    field_ = field_.empty() ? parent : parent + "." + field_;
  }
  return std::move(*this);
}

std::string Error::ToString() const {
  return field_.empty() ? message_ : field_ + ": " + message_;
}

std::string Quoted(std::string_view text) {
  constexpr size_t kMaxShown = 64;
  std::string out = "'";
  for (const char c : text.substr(0, kMaxShown)) {
    out += c >= 0x20 && c < 0x7f ? c : '?';
  }
  return out + (text.size() > kMaxShown ? "...'" : "'");
}

}  // namespace influence
