// Wraps lines and aligns tables, for the pages of the library and the tables of
// the command.
#include "text/layout.h"

#include <algorithm>

namespace influence {
namespace {

constexpr std::string_view kBetween = "  ";

bool IsNumeric(const TableStyle& style, size_t column) {
  return style.align[std::min(column, style.align.size() - 1)] == 'r';
}

std::vector<size_t> WidthsOf(const Grid& grid) {
  std::vector<size_t> widths;
  for (const auto& row : grid) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t c = 0; c < row.size(); ++c) {
      widths[c] = std::max(widths[c], WidthOf(row[c]));
    }
  }
  return widths;
}

// The rule under the last column of numbers.
std::string RuleUnder(const std::vector<size_t>& widths,
                      const TableStyle& style) {
  size_t before = style.indent;
  size_t last = widths.size() - 1;
  while (last > 0 && !IsNumeric(style, last)) --last;
  for (size_t c = 0; c < last; ++c) before += widths[c] + kBetween.size();
  return std::string(before, ' ') + std::string(widths[last], '-') + "\n";
}

}  // namespace

size_t WidthOf(std::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string Wrapped(std::string_view text) {
  constexpr std::string_view kFirst = "  ", kLater = "\n      ";
  std::string out(kFirst);
  size_t width = kFirst.size();
  bool empty = true;  // the line so far
  while (!text.empty()) {
    const size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text = space == std::string_view::npos ? "" : text.substr(space + 1);
    if (!empty && width + 1 + WidthOf(word) > kLineWidth) {
      out += kLater;
      width = kLater.size() - 1;
    } else if (!empty) {
      out += ' ';
      ++width;
    }
    out += word;
    width += WidthOf(word);
    empty = false;
  }
  return out;
}

std::string AlignedTable(const Grid& grid, const TableStyle& style) {
  const std::vector<size_t> widths = WidthsOf(grid);
  std::string out;
  for (size_t r = 0; r < grid.size(); ++r) {
    if (style.total && r + 1 == grid.size()) out += RuleUnder(widths, style);
    std::string line(style.indent, ' ');
    for (size_t c = 0; c < grid[r].size(); ++c) {
      const std::string pad(widths[c] - WidthOf(grid[r][c]), ' ');
      if (c > 0) line += kBetween;
      line += IsNumeric(style, c) ? pad + grid[r][c] : grid[r][c] + pad;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string MarkdownTable(const Grid& grid, const TableStyle& style) {
  std::string out;
  for (size_t r = 0; r < grid.size(); ++r) {
    out += "|";
    for (const std::string& cell : grid[r]) out += " " + cell + " |";
    out += "\n";
    if (r > 0) continue;
    out += "|";
    for (size_t c = 0; c < grid[r].size(); ++c) {
      out += IsNumeric(style, c) ? "---:|" : "---|";
    }
    out += "\n";
  }
  return out;
}

}  // namespace influence
