// Checks bytes for well-formed UTF-8, and escapes those that are not.
#ifndef INFLUENCE_BASE_UTF8_H_
#define INFLUENCE_BASE_UTF8_H_

#include <string>
#include <string_view>

namespace influence {

// True for well-formed UTF-8: no overlong forms, no surrogates, nothing above
// U+10FFFF, nothing cut short (Unicode 15, table 3-7). Empty text is valid.
bool IsUtf8(std::string_view text);

// Returns well-formed text unchanged. Otherwise escapes every byte that is not
// ASCII as \x and two digits, so that the result can be shown.
std::string Readable(std::string_view bytes);

}  // namespace influence

#endif  // INFLUENCE_BASE_UTF8_H_
