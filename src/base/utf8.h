// Whether bytes are UTF-8 as Unicode defines it, and what is shown if not.
#ifndef INFLUENCE_BASE_UTF8_H_
#define INFLUENCE_BASE_UTF8_H_

#include <string>
#include <string_view>

namespace influence {

// True for well-formed UTF-8: no overlong forms, no surrogates, nothing above
// U+10FFFF, nothing cut short (Unicode 15, table 3-7). Empty text is valid.
bool IsUtf8(std::string_view text);

// Text as it is; the bytes of anything else that are not ASCII as \x escapes.
std::string Readable(std::string_view bytes);

}  // namespace influence

#endif  // INFLUENCE_BASE_UTF8_H_
