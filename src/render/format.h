// Formats integers for people and escapes foreign text. Uses no locale.
#ifndef INFLUENCE_RENDER_FORMAT_H_
#define INFLUENCE_RENDER_FORMAT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/micros.h"

namespace influence {

// "1,234.5": thousands separated, no more decimals than needed.
std::string FormatQuantity(Micros value);

// "1,234": a number of things.
std::string FormatCount(uint64_t count);

// "61.234567": always six decimals. Negative values are allowed.
std::string FormatPoints(Micros value);

// "61.23": always two decimals, rounded half up, as a drift's histogram is.
// Negative values are allowed.
std::string FormatHundredths(Micros value);

// "61": rounded half-even.
std::string FormatWholePoints(Micros value);

// Makes text from outside safe for a terminal: control characters and the
// Unicode controls that reorder text become \x escapes. Requires UTF-8.
std::string Printable(std::string_view text);

// Printable(), with the characters that are special in Markdown escaped.
std::string MarkdownText(std::string_view text);

// Text for the inside of an HTML or SVG element or attribute. Requires UTF-8.
std::string HtmlText(std::string_view text);

// RFC 4648, with padding.
std::string Base64(std::string_view bytes);

}  // namespace influence

#endif  // INFLUENCE_RENDER_FORMAT_H_
