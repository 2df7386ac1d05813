// Foreign text made fit for the place where it is shown. Each function is for
// one place; the bytes that come out mean the text that went in and nothing
// else there.
#ifndef INFLUENCE_TEXT_ESCAPE_H_
#define INFLUENCE_TEXT_ESCAPE_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace influence {

// For a terminal: control characters, the Unicode characters that reorder what
// is shown beside them, and bytes that are not UTF-8 become \x escapes.
std::string Printable(std::string_view text);

// Printable(), cut between characters after `most` bytes, with "..." behind.
std::string Shortened(std::string_view text, size_t most);

// Printable() for any place in Markdown, the beginning of a line and a cell of
// a table among them: each punctuation character that can begin anything there
// has a backslash, also those that do so only at the beginning of a line
// (# + - and a number with . or ) behind it) or behind another ( ! ( ).
// CommonMark, section 2.4: a backslash before punctuation is never shown.
std::string MarkdownText(std::string_view text);

// Printable() for the inside of an HTML or SVG element or attribute.
std::string HtmlText(std::string_view text);

// RFC 8259, with its quotes: quotes, backslashes, control characters and DEL
// are escaped; every other byte, which is to be UTF-8, stays. Characters that
// reorder text stay data.
std::string JsonString(std::string_view text);

// RFC 4180: in quotes if it has to be.
std::string CsvCell(std::string_view text);

// RFC 4648, with padding.
std::string Base64(std::string_view bytes);

}  // namespace influence

#endif  // INFLUENCE_TEXT_ESCAPE_H_
