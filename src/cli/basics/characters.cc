#include "cli/basics/characters.h"

#include <cstdint>
#include <cstring>

namespace influence::cli {

size_t CharacterSize(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [text](size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const size_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (text.size() < size) return 0;
  for (size_t i = 1; i < size; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  }
  // The second byte rules out overlong forms, surrogates and what is beyond
  // U+10FFFF.
  if (lead == 0xe0 && byte(1) < 0xa0) return 0;
  if (lead == 0xed && byte(1) > 0x9f) return 0;
  if (lead == 0xf0 && byte(1) < 0x90) return 0;
  if (lead == 0xf4 && byte(1) > 0x8f) return 0;
  return size;
}

size_t FirstInvalid(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    uint64_t word = 0;  // of eight characters, if all are ASCII
    if (text.size() - at >= sizeof word) {
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & 0x8080808080808080) == 0) {
        at += sizeof word;
        continue;
      }
    }
    const size_t size = CharacterSize(text.substr(at, 4));
    if (size == 0) return at;
    at += size;
  }
  return at;
}

}  // namespace influence::cli
