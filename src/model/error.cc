#include "model/error.h"

namespace influence {

Error Error::Within(const std::string& parent) && {
  if (!ok()) {
    field_ = field_.empty() ? parent : parent + "." + field_;
  }
  return std::move(*this);
}

Error Error::AtRow(uint64_t row) && {
  if (!ok()) row_ = row;
  return std::move(*this);
}

std::string Error::ToString() const {
  return field_.empty() ? message_ : field_ + ": " + message_;
}

namespace {

int Precedence(Code code) {
  if (code == Code::kMalformed) return 2;
  return code == Code::kInvalidUtf8 ? 1 : 0;
}

}  // namespace

void FirstFault::Add(Error error) {
  if (error.ok()) return;
  if (error_.ok() || Precedence(error.code()) > Precedence(error_.code())) {
    error_ = std::move(error);
  }
}

Error NotUtf8(std::string field) {
  return {Code::kInvalidUtf8, std::move(field), "is not valid UTF-8"};
}

Error NotIn(std::string field, int64_t value, int64_t low, int64_t high) {
  return {Code::kOutOfRange, std::move(field),
          std::to_string(value) + " is not in " + std::to_string(low) + " .. " +
              std::to_string(high)};
}

std::string Shown(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kMaxShown)) {
    out += c >= 0x20 && c < 0x7f ? c : '?';
  }
  return out;
}

std::string Quoted(std::string_view text) {
  return "'" + Shown(text) + (text.size() > kMaxShown ? "...'" : "'");
}

}  // namespace influence
