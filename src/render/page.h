// The contents of a page in order, before a language words them and a format
// lays them out.
#ifndef INFLUENCE_RENDER_PAGE_H_
#define INFLUENCE_RENDER_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "render/words.h"

namespace influence {

struct Table {
  std::string align;  // l or r for each column
  // The first row is the heading. A cell of Message::kNothing is empty.
  std::vector<std::vector<Sentence>> rows;
  bool total = false;  // the last row sums up those above
  // For screens as narrow as a phone's: `narrow` has a - for each column to
  // hide and a dot for each other; `stacks` shows each row as a block with
  // headings.
  std::string narrow = {};
  bool stacks = false;
};

// A bar of a chart, in micropoints or people.
struct Bar {
  Sentence label;
  Sentence value;
  Micros begin, size, open;  // `open` more is possible
};

struct Section {
  Sentence heading;
  std::vector<Sentence> items;
  Table table;
  // A chart for formats that can draw, above the table with the same numbers.
  Sentence chart;
  Sentence chart_key;
  std::vector<Bar> bars;
  Micros bar_limit = 1;  // the value of the full width
};

struct Page {
  Sentence name;      // the subject
  Sentence title;     // of text and Markdown: the result in a line
  Sentence headline;  // the score, large
  Sentence rest;      // the words after it
  Sentence verdict;
  std::vector<Section> sections;
};

// Plain text, 80 columns wide unless names or numbers are longer.
std::string PageAsText(const Page& page, const Words& words);
std::string PageAsMarkdown(const Page& page, const Words& words);
// A self-contained file: no scripts, no network requests. `data` is embedded as
// a link, for `influence verify`.
std::string PageAsHtml(const Page& page, const Words& words,
                       std::string_view data);
// Every sentence as its code and typed arguments, and as words.
std::string PageAsJson(const Page& page, const Words& words);
// Label and score as an SVG image.
std::string Badge(const Page& page, const Words& words);

}  // namespace influence

#endif  // INFLUENCE_RENDER_PAGE_H_
