// UTF-8 by table 3-7 of the Unicode Standard. Every id, network and topic that
// enters the library passes IsUtf8(), and nearly all of them are ASCII, so
// ASCII is checked eight bytes at a time.
#include "base/utf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace influence {
namespace {

// The length of the well-formed sequence at p, which has n > 0 bytes; 0 if
// there is none. The second byte's range is what rules out overlong forms,
// surrogates and values that are too large.
size_t SequenceLength(const unsigned char* p, size_t n) {
  const auto in = [](unsigned char c, int low, int high) {
    return c >= low && c <= high;
  };
  const unsigned char a = p[0];
  if (a < 0x80) return 1;
  if (in(a, 0xc2, 0xdf)) return n >= 2 && in(p[1], 0x80, 0xbf) ? 2 : 0;
  if (in(a, 0xe0, 0xef)) {
    const int low = a == 0xe0 ? 0xa0 : 0x80;
    const int high = a == 0xed ? 0x9f : 0xbf;
    return n >= 3 && in(p[1], low, high) && in(p[2], 0x80, 0xbf) ? 3 : 0;
  }
  if (in(a, 0xf0, 0xf4)) {
    const int low = a == 0xf0 ? 0x90 : 0x80;
    const int high = a == 0xf4 ? 0x8f : 0xbf;
    return n >= 4 && in(p[1], low, high) && in(p[2], 0x80, 0xbf) &&
                   in(p[3], 0x80, 0xbf)
               ? 4
               : 0;
  }
  return 0;
}

}  // namespace

bool IsUtf8(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  size_t left = text.size();
  while (left >= 8) {  // eight ASCII bytes at a time
    uint64_t word;
    std::memcpy(&word, p, 8);
    if ((word & 0x8080808080808080) != 0) break;
    p += 8;
    left -= 8;
  }
  while (left > 0) {
    const size_t length = SequenceLength(p, left);
    if (length == 0) return false;
    p += length;
    left -= length;
  }
  return true;
}

std::string Readable(std::string_view bytes) {
  if (IsUtf8(bytes)) return std::string(bytes);
  constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return text;
}

}  // namespace influence
