// Lines and tables of plain text and Markdown. Widths are in characters. Cells
// and lines come escaped for where they go (text/escape.h).
#ifndef INFLUENCE_TEXT_LAYOUT_H_
#define INFLUENCE_TEXT_LAYOUT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace influence {

inline constexpr size_t kLineWidth = 80;

// The number of characters of UTF-8.
size_t WidthOf(std::string_view text);

// One paragraph without its last line's end: indented by two, later lines by
// six. Breaks at spaces alone, so that a line is wider than kLineWidth only if
// its one word is.
std::string Wrapped(std::string_view text);

// Rows of cells, the heading first.
using Grid = std::vector<std::vector<std::string>>;

// An l or an r a column; further columns are as the last.
struct TableStyle {
  std::string_view align = "lr";
  size_t indent = 0;
  bool total = false;  // a rule before the last row, under the last numbers
};

// Each column as wide as its widest cell, two spaces between.
std::string AlignedTable(const Grid& grid, const TableStyle& style = {});
// A table of pipes, of which the indent and the rule are no part.
std::string MarkdownTable(const Grid& grid, const TableStyle& style = {});

}  // namespace influence

#endif  // INFLUENCE_TEXT_LAYOUT_H_
