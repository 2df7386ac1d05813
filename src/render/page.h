// What is said on a page, in order, before a language words it and a format
// lays it out.
#ifndef INFLUENCE_RENDER_PAGE_H_
#define INFLUENCE_RENDER_PAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "render/words.h"

namespace influence {

struct Table {
  std::string align;  // one l or r a column
  // The heading first. A cell of Message::kNothing is empty.
  std::vector<std::vector<Sentence>> rows;
  bool total = false;  // the last row sums up those above
  // On a screen as narrow as a phone's: columns that are left out, one - each,
  // the others a dot; or each row as a block, its numbers with their headings.
  std::string narrow = {};
  bool stacks = false;
};

// A bar of a chart, in micropoints or people.
struct Bar {
  Sentence label;
  Sentence value;
  Micros begin, size, open;  // `open` more could come after
};

struct Section {
  Sentence heading;
  std::vector<Sentence> items;
  Table table;
  // Drawn where the format can draw, above the table that says the same.
  Sentence chart;
  Sentence chart_key;
  std::vector<Bar> bars;
  Micros bar_limit = 1;  // what the whole width stands for
};

struct Page {
  Sentence name;      // what it is about
  Sentence title;     // of plain pages: the whole in a line
  Sentence headline;  // the score, large
  Sentence rest;      // what follows it
  Sentence verdict;
  std::vector<Section> sections;
};

// Plain text, 80 columns as far as names and numbers allow.
std::string PageAsText(const Page& page, const Words& words);
std::string PageAsMarkdown(const Page& page, const Words& words);
// One file that asks for nothing from outside and needs no script. `data` is
// inside as a link, for `influence verify`.
std::string PageAsHtml(const Page& page, const Words& words,
                       std::string_view data);
// Every sentence with its code and typed arguments, worded as well.
std::string PageAsJson(const Page& page, const Words& words);
// Label and score as an SVG image.
std::string Badge(const Page& page, const Words& words);

}  // namespace influence

#endif  // INFLUENCE_RENDER_PAGE_H_
