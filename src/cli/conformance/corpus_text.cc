// Writes numbers and names of a corpus as text, and bytes as hexadecimal
// digits, and reads the latter back.
#include "cli/conformance/corpus_text.h"

#include <charconv>
#include <cstddef>

namespace influence::conformance {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

void AppendByte(char byte, std::string* text) {
  const auto value = static_cast<unsigned char>(byte);
  *text += kDigits[value >> 4];
  *text += kDigits[value & 15];
}

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') ||
         std::string_view("._-[]").find(c) != std::string_view::npos;
}

}  // namespace

std::string ToHex(std::string_view bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char byte : bytes) AppendByte(byte, &text);
  return text;
}

bool FromHex(std::string_view text, std::string* bytes) {
  bytes->clear();
  if (text.size() % 2 != 0) return false;
  for (size_t i = 0; i < text.size(); i += 2) {
    size_t value = 0;
    for (const char digit : text.substr(i, 2)) {
      const size_t place = std::string_view(kDigits).find(digit);
      if (place == std::string_view::npos) return false;
      value = value * 16 + place;
    }
    *bytes += static_cast<char>(value);
  }
  return true;
}

void AppendNumber(int64_t value, std::string* line) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  *line += ' ';
  line->append(digits, end);
}

void AppendName(std::string_view name, std::string* line) {
  *line += ' ';
  if (name.empty()) *line += '%';
  for (const char c : name) {
    if (IsPlain(c)) {
      *line += c;
    } else {
      *line += '%';
      AppendByte(c, line);
    }
  }
}

}  // namespace influence::conformance
