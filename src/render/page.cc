// Lays a Page out as text, Markdown, HTML, JSON or an SVG badge. The formats
// share the sentences and differ only in layout and escaping: text from outside
// always passes through the format's own escape.
#include "render/page.h"

#include <algorithm>

#include "base/muldiv.h"
#include "text/escape.h"
#include "text/layout.h"

namespace influence {
namespace {

Grid Worded(const Table& table, const Words& words, Escape escape) {
  Grid grid;
  for (const auto& row : table.rows) {
    grid.emplace_back();
    for (const Sentence& cell : row) {
      grid.back().push_back(words(cell, escape));
    }
  }
  return grid;
}

// A cell with several items.
bool IsList(const Sentence& cell) {
  return cell.message == Message::kValue &&
         cell.arguments[0].type == Argument::Type::kList;
}

bool IsSaid(const Sentence& sentence) {
  return sentence.message != Message::kNothing;
}

// ------------------------------------------------------------------- HTML

// Colours have a contrast of at least 4.5 to 1 in the light and the dark
// scheme.
constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--ground:#fff;--ink:#1b1f24;--quiet:#57606a;--line:#d5dae0;--panel:#f5f7f9;--bar:#0b5cad}
@media (prefers-color-scheme:dark){:root{--ground:#14171a;--ink:#e7eaed;--quiet:#a7b0b9;--line:#363c43;--panel:#1d2226;--bar:#6db3f2}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2.25rem 0 .6rem;padding-top:.9rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
p{margin:.5rem 0}
ul{margin:.5rem 0;padding-left:1.2rem}
li{margin:.2rem 0;overflow-wrap:anywhere}
.score{margin:0;display:flex;align-items:baseline;gap:.75rem;flex-wrap:wrap}
.score b{font-size:3.6rem;line-height:1;color:var(--bar);font-variant-numeric:tabular-nums}
.quiet{color:var(--quiet);font-size:.9rem}
svg{display:block;width:100%;max-width:34rem;height:auto;margin:.75rem 0 .25rem}
svg text{fill:var(--ink);font:12px system-ui,sans-serif}
.track{fill:var(--panel)}.bar{fill:var(--bar)}.open{fill:none;stroke:var(--bar);stroke-dasharray:3 2}
.wide{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .5rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:break-word}
td:empty{padding-left:0;padding-right:0}
th{font-weight:600}tbody td:not(.r):not(:empty){overflow-wrap:anywhere;min-width:4.5rem}thead th{color:var(--quiet)}
tbody td.list:not(.r):not(:empty){min-width:12rem}
tbody th.r{font-weight:400}
.r{text-align:right;white-space:nowrap;overflow-wrap:normal}
thead .r{white-space:normal}
.in{padding-left:1.4rem;min-width:5rem;overflow-wrap:anywhere;font-weight:400;color:var(--quiet)}
.total>*,tbody .total th{border-top:2px solid var(--ink);border-bottom:0;font-weight:600}
a{color:var(--bar)}
@media (max-width:30rem){table{font-size:.75rem}th,td{padding:.3rem .25rem}.in{padding-left:.9rem}.minor{display:none}
tbody td:not(.r):not(:empty){min-width:3rem}
.stacks thead{display:none}.stacks tr{display:grid;grid-template-columns:repeat(3,1fr);padding:.3rem 0;border-bottom:1px solid var(--line)}
.stacks th,.stacks td{border:0;padding:.1rem .25rem;text-align:left}.stacks th,.stacks td.list{grid-column:1/-1}.stacks td:empty{display:none}
.stacks td::before{content:attr(data-of);display:block;color:var(--quiet)}.stacks .total{border-top:2px solid var(--ink);border-bottom:0}.stacks tbody .total th{border:0}}
@media print{:root{color-scheme:light;--ground:#fff;--ink:#1b1f24;--quiet:#57606a;--line:#d5dae0;--panel:#f5f7f9;--bar:#0b5cad}body{font-size:11pt}main{max-width:none;padding:0}section{break-inside:avoid}.wide{overflow:visible}.data{display:none}}
)css";

// Words sentences and escapes all of them: a language may come from outside
// too.
class Html {
 public:
  explicit Html(const Words& words) : words_(words) {}

  std::string Of(const Sentence& sentence) const {
    return HtmlText(words_(sentence, Printable));
  }

  // Sections are labelled by their headings, for screen readers.
  void Append(const Section& section, size_t number, std::string* out) const {
    const std::string id = "s" + std::to_string(number);
    *out += "<section aria-labelledby=\"" + id + "\">\n<h2 id=\"" + id + "\">" +
            Of(section.heading) + "</h2>\n";
    AppendChart(section, out);
    if (!section.table.rows.empty()) AppendTable(section, out);
    if (section.items.size() == 1) {
      *out += "<p>" + Of(section.items[0]) + "</p>\n";
    } else if (!section.items.empty()) {
      *out += "<ul>\n";
      for (const Sentence& item : section.items) {
        *out += "<li>" + Of(item) + "</li>\n";
      }
      *out += "</ul>\n";
    }
    *out += "</section>\n";
  }

 private:
  // Scales a value to the drawing's width of 400, to a tenth.
  static std::string Length(Micros value, Micros limit) {
    const auto tenths =
        static_cast<Micros>(MulDiv(std::min(value, limit), 4'000, limit));
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  }

  // A chart repeats the table for the eye; its text alternative is the title.
  void AppendChart(const Section& section, std::string* out) const {
    if (section.bars.empty()) return;
    const auto rect = [out](std::string_view kind, const std::string& x,
                            size_t y, const std::string& width) {
      *out += "<rect class=\"" + std::string(kind) + "\" x=\"" + x + "\" y=\"" +
              std::to_string(y) + "\" width=\"" + width + "\" height=\"12\"/>";
    };
    const std::string title = Of(section.chart);
    *out += "<svg role=\"img\" aria-label=\"" + title +
            "\" viewBox=\"0 0 400 " + std::to_string(36 * section.bars.size()) +
            "\">\n";
    for (size_t i = 0; i < section.bars.size(); ++i) {
      const Bar& bar = section.bars[i];
      const size_t top = 36 * i;
      *out += "<text x=\"0\" y=\"" + std::to_string(top + 12) + "\">" +
              Of(bar.label) + "</text><text x=\"400\" y=\"" +
              std::to_string(top + 12) + "\" text-anchor=\"end\">" +
              Of(bar.value) + "</text>";
      rect("track", "0", top + 17, "400");
      const Micros limit = section.bar_limit;
      rect("bar", Length(bar.begin, limit), top + 17, Length(bar.size, limit));
      if (bar.open > 0) {
        const Micros from = bar.begin + bar.size;
        rect("open", Length(from, limit), top + 17,
             Length(std::min(bar.open, limit - from), limit));
      }
      *out += "\n";
    }
    *out += "</svg>\n<p class=\"quiet\">" + title;
    if (IsSaid(section.chart_key)) *out += " " + Of(section.chart_key);
    *out += "</p>\n";
  }

  // The class attribute of a cell in column c; `kind` overrides the alignment.
  static std::string ClassOf(const Table& table, size_t c,
                             std::string_view kind) {
    std::string of(!kind.empty() ? kind : table.align[c] == 'r' ? "r" : "");
    if (c < table.narrow.size() && table.narrow[c] == '-') {
      of += of.empty() ? "minor" : " minor";
    }
    return of.empty() ? "" : " class=\"" + of + "\"";
  }

  void AppendTable(const Section& section, std::string* out) const {
    const Table& table = section.table;
    // A region that scrolls must be reachable by keyboard and have a name.
    *out += "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"" +
            Of(section.heading) + "\"><table" +
            (table.stacks ? " class=\"stacks\"" : "") + ">\n<thead><tr>";
    for (size_t c = 0; c < table.align.size(); ++c) {
      const Sentence& cell = table.rows[0][c];
      const std::string of = ClassOf(table, c, "");
      *out += IsSaid(cell) ? "<th scope=\"col\"" + of + ">" + Of(cell) + "</th>"
                           : "<td></td>";
    }
    *out += "</tr></thead>\n<tbody>\n";
    for (size_t r = 1; r < table.rows.size(); ++r) {
      const bool total = table.total && r + 1 == table.rows.size();
      *out += total ? "<tr class=\"total\">" : "<tr>";
      for (size_t c = 0; c < table.rows[r].size(); ++c) {
        const Sentence& cell = table.rows[r][c];
        const bool inner = cell.message == Message::kIndented;
        std::string of = ClassOf(table, c,
                                 inner          ? "in"
                                 : IsList(cell) ? "list"
                                                : std::string_view());
        if (table.stacks && IsSaid(cell)) {
          of += " data-of=\"" + Of(table.rows[0][c]) + "\"";
        }
        *out += c == 0 ? "<th scope=\"row\"" + of + ">" + Of(cell) + "</th>"
                       : "<td" + of + ">" + Of(cell) + "</td>";
      }
      *out += "</tr>\n";
    }
    *out += "</tbody></table></div>\n";
  }

  const Words& words_;
};

// ------------------------------------------------------------------- JSON

// Arguments keep their types, so that a client can word them in another
// language.
class Json {
 public:
  explicit Json(const Words& words) : words_(words) {}

  std::string Of(const Sentence& sentence) const {
    std::string out = "{\"code\":" + JsonString(Info(sentence.message).code) +
                      ",\"arguments\":[";
    for (size_t i = 0; i < sentence.arguments.size(); ++i) {
      out += (i == 0 ? "" : ",") + Of(sentence.arguments[i]);
    }
    const auto as_it_is = [](std::string_view text) {
      return std::string(text);
    };
    return out + "],\"text\":" + JsonString(words_(sentence, as_it_is)) + "}";
  }

  std::string Of(const std::vector<Sentence>& sentences) const {
    std::string out = "[";
    for (const Sentence& sentence : sentences) {
      out += (out.size() == 1 ? "" : ",") + Of(sentence);
    }
    return out + "]";
  }

 private:
  std::string Of(const Argument& argument) const {
    using Type = Argument::Type;
    std::string out =
        "{\"type\":" + JsonString(Name(argument.type)) + ",\"value\":";
    if (argument.type == Type::kText) {
      out += JsonString(argument.text);
    } else if (argument.type == Type::kMessage) {
      out += JsonString(Info(static_cast<Message>(argument.number)).code);
    } else if (argument.type == Type::kSum || argument.type == Type::kList) {
      out += Of(argument.sentences);
    } else {  // a string, as in protobuf's JSON mapping of 64-bit numbers
      out += JsonString(std::to_string(argument.number));
    }
    return out + "}";
  }

  const Words& words_;
};

}  // namespace

std::string PageAsText(const Page& page, const Words& words) {
  std::string out = words(page.title, Printable) + "\n";
  if (IsSaid(page.verdict)) {
    out += "\n" + Wrapped(words(page.verdict, Printable)) + "\n";
  }
  for (const Section& section : page.sections) {
    if (section.table.rows.empty() && section.items.empty()) continue;
    out += "\n";
    if (IsSaid(section.heading)) {
      out += words(section.heading, Printable) + "\n";
    }
    out += AlignedTable(Worded(section.table, words, Printable),
                        {section.table.align, 2, section.table.total});
    if (!section.table.rows.empty() && !section.items.empty()) out += "\n";
    for (const Sentence& item : section.items) {
      out += Wrapped(words(item, Printable)) + "\n";
    }
  }
  return out;
}

std::string PageAsMarkdown(const Page& page, const Words& words) {
  std::string out = "## " + words(page.title, MarkdownText) + "\n";
  if (IsSaid(page.verdict)) {
    out += "\n" + words(page.verdict, MarkdownText) + "\n";
  }
  for (const Section& section : page.sections) {
    if (section.table.rows.empty() && section.items.empty()) continue;
    if (IsSaid(section.heading)) {
      out += "\n**" + words(section.heading, MarkdownText) + "**\n";
    }
    if (!section.table.rows.empty()) out += "\n";
    out += MarkdownTable(Worded(section.table, words, MarkdownText),
                         {section.table.align});
    if (!section.items.empty()) out += "\n";
    for (const Sentence& item : section.items) {
      out += "- " + words(item, MarkdownText) + "\n";
    }
  }
  return out;
}

std::string PageAsHtml(const Page& page, const Words& words,
                       std::string_view data) {
  const Html html(words);
  const std::string name = html.Of(page.name);
  std::string out =
      "<!doctype html>\n<html lang=\"" + HtmlText(words(Message::kLanguage)) +
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      // No request leaves the page, even if a name smuggled markup in.
      "<meta http-equiv=\"Content-Security-Policy\" content=\""
      "default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>" +
      name + "</title>\n<style>" + std::string(kStyle) +
      "</style>\n</head>\n<body>\n<main>\n<h1 dir=\"auto\">" + name + "</h1>\n";
  if (IsSaid(page.headline)) {
    out += "<p class=\"score\"><b>" + html.Of(page.headline) + "</b> <span>" +
           html.Of(page.rest) + "</span></p>\n";
  }
  if (IsSaid(page.verdict)) out += "<p>" + html.Of(page.verdict) + "</p>\n";
  for (size_t i = 0; i < page.sections.size(); ++i) {
    html.Append(page.sections[i], i + 1, &out);
  }
  out +=
      "<p class=\"data\"><a download=\"report.influence\" href=\"data:"
      "application/octet-stream;base64," +
      Base64(data) + "\">" + HtmlText(words(Message::kDataLink)) +
      "</a></p>\n</main>\n</body>\n</html>\n";
  return out;
}

std::string PageAsJson(const Page& page, const Words& words) {
  const Json json(words);
  std::string out = "{\"language\":" + JsonString(words(Message::kLanguage)) +
                    ",\n\"title\":" + json.Of(page.title) +
                    ",\n\"verdict\":" + json.Of(page.verdict) +
                    ",\n\"sections\":[";
  for (size_t i = 0; i < page.sections.size(); ++i) {
    const Section& section = page.sections[i];
    out += (i == 0 ? "\n" : ",\n");
    out += "{\"heading\":" + json.Of(section.heading) +
           ",\n \"items\":" + json.Of(section.items) + ",\n \"table\":[";
    for (size_t r = 0; r < section.table.rows.size(); ++r) {
      out += (r == 0 ? "\n  " : ",\n  ") + json.Of(section.table.rows[r]);
    }
    out += "]}";
  }
  return out + "]}\n";
}

// Widths are fixed: a label and at most three digits.
std::string Badge(const Page& page, const Words& words) {
  const Html html(words);
  const std::string label = HtmlText(words(Message::kBadgeLabel));
  const std::string value = html.Of(page.headline);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"110\" "
         "height=\"20\" role=\"img\" aria-label=\"" +
         html.Of(page.title) +
         "\"><rect width=\"74\" height=\"20\" fill=\"#40464d\"/>"
         "<rect x=\"74\" width=\"36\" height=\"20\" fill=\"#0b5cad\"/>"
         "<g fill=\"#fff\" font-family=\"system-ui,sans-serif\" "
         "font-size=\"12\" text-anchor=\"middle\"><text x=\"37\" y=\"14\">" +
         label + "</text><text x=\"92\" y=\"14\">" + value +
         "</text></g></svg>\n";
}

}  // namespace influence
