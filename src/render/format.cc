// Numbers and text for pages. All of it works on integers and bytes: the same
// page comes out under any locale, and text that a person chose, an id or a
// network, cannot break out of the format or reorder the line that it is shown
// in.
#include "render/format.h"

#include <cstdlib>

#include "base/muldiv.h"

namespace influence {
namespace {

std::string SixDigits(Micros fraction) {
  std::string digits = std::to_string(fraction);
  return std::string(6 - digits.size(), '0') + digits;
}

// Returns the length of the control character at text[i], or 0.
size_t ControlLength(std::string_view text, size_t i) {
  const auto byte = [&](size_t k) -> unsigned {
    return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0;
  };
  if (byte(0) < 0x20 || byte(0) == 0x7f) return 1;
  // U+0080 .. U+009F, the C1 controls.
  if (byte(0) == 0xc2 && byte(1) >= 0x80 && byte(1) <= 0x9f) return 2;
  // U+061C, an Arabic mark that reorders text.
  if (byte(0) == 0xd8 && byte(1) == 0x9c) return 2;
  // U+200E, U+200F, U+2028 .. U+202E: marks, separators and overrides.
  if (byte(0) == 0xe2 && byte(1) == 0x80 &&
      (byte(2) == 0x8e || byte(2) == 0x8f ||
       (byte(2) >= 0xa8 && byte(2) <= 0xae))) {
    return 3;
  }
  // U+2066 .. U+2069: isolates.
  if (byte(0) == 0xe2 && byte(1) == 0x81 && byte(2) >= 0xa6 &&
      byte(2) <= 0xa9) {
    return 3;
  }
  return 0;
}

}  // namespace

std::string FormatCount(uint64_t count) {
  std::string text = std::to_string(count);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string FormatQuantity(Micros value) {
  std::string units = FormatCount(static_cast<uint64_t>(value / kOne));
  if (value % kOne == 0) return units;
  std::string fraction = SixDigits(value % kOne);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return units + "." + fraction;
}

std::string FormatPoints(Micros value) {
  const Micros size = std::abs(value);
  return (value < 0 ? "-" : "") + std::to_string(size / kOne) + "." +
         SixDigits(size % kOne);
}

// Shifts by half a step and rounds down, so that a change appears in the same
// hundredth as in the histogram of a drift.
std::string FormatHundredths(Micros value) {
  constexpr Micros kHundredth = kOne / 100;
  const Micros shifted = value + kHundredth / 2;
  const Micros down = shifted % kHundredth < 0 ? 1 : 0;
  const Micros hundredths = shifted / kHundredth - down;
  const Micros size = std::abs(hundredths);
  const std::string cents = std::to_string(size % 100);
  return (hundredths < 0 ? "-" : "") + std::to_string(size / 100) +
         (cents.size() < 2 ? ".0" : ".") + cents;
}

std::string FormatWholePoints(Micros value) {
  return std::to_string(MulDiv(value, 1, kOne));
}

std::string Printable(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t control = ControlLength(text, i);
    if (control == 0) {
      out += text[i++];
      continue;
    }
    for (const size_t end = i + control; i < end; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      out += "\\x";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

// Escapes more than CommonMark needs, so that no renderer's extension applies.
std::string MarkdownText(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_{}[]<>()#+-.!|&~";
  std::string out;
  for (const char c : Printable(text)) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// Quotes are escaped too, so that the text is safe inside attributes.
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

// The last group is padded with =.
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
