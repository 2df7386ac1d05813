// The escapes of every format that the library and its command write.
#include "text/escape.h"

#include <algorithm>
#include <cstdint>

#include "base/utf8.h"

namespace influence {
namespace {

constexpr char kHex[] = "0123456789abcdef";

void AppendHex(char byte, std::string* out) {
  const auto value = static_cast<uint8_t>(byte);
  *out += kHex[value >> 4];
  *out += kHex[value & 15];
}

// Whether a character of UTF-8 acts on a terminal instead of being shown.
bool IsControl(std::string_view character) {
  const auto byte = [character](size_t i) {
    return static_cast<unsigned char>(character[i]);
  };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7f;
  if (character.size() == 2) {  // C1, and U+061C, the Arabic letter mark
    return (byte(0) == 0xc2 && byte(1) < 0xa0) || character == "\xd8\x9c";
  }
  if (character.size() != 3 || byte(0) != 0xe2) return false;
  // U+200E, U+200F and U+2028 .. U+202E: marks, separators and overrides.
  if (byte(1) == 0x80) {
    return byte(2) == 0x8e || byte(2) == 0x8f ||
           (byte(2) >= 0xa8 && byte(2) <= 0xae);
  }
  // U+2066 .. U+2069: isolates.
  return byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t size = CharacterSize(text);
    const std::string_view character =
        text.substr(0, std::max<size_t>(size, 1));
    if (size > 0 && !IsControl(character)) {
      out += character;
    } else {
      for (const char byte : character) {
        out += "\\x";
        AppendHex(byte, &out);
      }
    }
    text.remove_prefix(character.size());
  }
  return out;
}

std::string Shortened(std::string_view text, size_t most) {
  size_t size = 0;
  while (size < text.size() && size < most) {
    size += std::max<size_t>(CharacterSize(text.substr(size)), 1);
  }
  return Printable(text.substr(0, size)) + (size < text.size() ? "..." : "");
}

std::string MarkdownText(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_{}[]<>()#+-.!|&~";
  std::string out;
  for (const char c : Printable(text)) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string HtmlText(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string JsonString(std::string_view text) {
  constexpr std::string_view kShort = "\bb\ff\nn\rr\tt\"\"\\\\";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    size_t at = 0;
    while (at < kShort.size() && kShort[at] != c) at += 2;
    if (at < kShort.size()) {
      out += '\\';
      out += kShort[at + 1];
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      AppendHex(c, &out);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string CsvCell(std::string_view text) {
  if (text.find_first_of("\",\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k) {
      group <<= 8;
      if (i + k < bytes.size()) group |= static_cast<uint8_t>(bytes[i + k]);
    }
    const size_t digits = bytes.size() - i < 3 ? bytes.size() - i + 1 : 4;
    for (size_t k = 0; k < 4; ++k) {
      out += k < digits ? kDigits[group >> (18 - 6 * k) & 63] : '=';
    }
  }
  return out;
}

}  // namespace influence
