// Checks bytes for well-formed UTF-8, and escapes those that are not.
#ifndef INFLUENCE_BASE_UTF8_H_
#define INFLUENCE_BASE_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace influence {

// The length in bytes, 1 to 4, of the character that `text` begins with; 0 if
// it begins with none. Well-formed are (Unicode 15, table 3-7): no overlong
// forms, no surrogates, nothing above U+10FFFF, nothing cut short.
size_t CharacterSize(std::string_view text);

// The offset of the first byte that begins no character, or text.size().
size_t FirstInvalid(std::string_view text);

// True if all of the text is characters. Empty text is.
inline bool IsUtf8(std::string_view text) {
  return FirstInvalid(text) == text.size();
}

// Returns well-formed text unchanged. Otherwise escapes every byte that is not
// ASCII as \x and two digits, so that the result can be shown.
std::string Readable(std::string_view bytes);

}  // namespace influence

#endif  // INFLUENCE_BASE_UTF8_H_
