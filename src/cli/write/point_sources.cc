// Words a SubjectReport: the same rows for a terminal, for Markdown and as CSV.
#include "cli/write/point_sources.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "cli/basics/printable.h"
#include "text/escape.h"
#include "text/layout.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

// The thing that a factor counts, as people call it.
const char* Reactions(abi1::Factor factor) {
  switch (factor) {
    case abi1::FACTOR_ATTENTION:
      return "mentions, replies, saves and likes";
    case abi1::FACTOR_AMPLIFICATION:
      return "reshares and quotes";
    case abi1::FACTOR_CURATION:
      return "listings";
    case abi1::FACTOR_AUDIENCE:
      return "followers";
    case abi1::FACTOR_ENDORSEMENT:
      return "endorsements";
    case abi1::FACTOR_STANDING:
      return "the standing of those who react to you";
    default:
      return "reactions";
  }
}

// "3.1" and "0.04": to a tenth, or below that to a hundredth, half up.
std::string Rounded(int64_t micros) {
  constexpr int64_t kTenth = 100'000;
  constexpr int64_t kHundredth = 10'000;
  const int64_t tenths = (micros + kTenth / 2) / kTenth;
  if (tenths > 0) return FormatQuantity(tenths * kTenth);
  const int64_t hundredths = (micros + kHundredth / 2) / kHundredth;
  return hundredths > 0 ? FormatQuantity(hundredths * kHundredth)
                        : "less than 0.01";
}

std::string Others(uint64_t count) {
  return absl::StrCat(count, count == 1 ? " other" : " others");
}

// The same words for a terminal and for Markdown, which escapes and lists in
// its own way.
struct Style {
  std::string (*escape)(std::string_view);
  const char* heading;
  const char* after;  // of a heading
  std::string (*item)(std::string_view text);
};

std::string Words(const abi1::SubjectReport& report, const Style& style) {
  std::string text;
  if (report.sources_size() > 0) {
    absl::StrAppend(&text, "\n", style.heading, "Where the points come from\n",
                    style.after);
  }
  for (const abi1::FactorSources& from : report.sources()) {
    std::string line =
        absl::StrCat("You got ", Rounded(from.points_micropoints()),
                     " points from ", Reactions(from.factor()));
    if (!from.network().empty()) {
      absl::StrAppend(&line, " on ", style.escape(from.network()));
    }
    const char* separator = ": ";
    const char* of_them = " of them from ";
    const auto add = [&](int64_t points, const std::string& who) {
      absl::StrAppend(&line, separator, Rounded(points), of_them, who);
      separator = ", ";
      of_them = " from ";
    };
    for (const abi1::Source& source : from.top()) {
      add(source.points_micropoints(), style.escape(source.actor()));
    }
    if (from.others_count() > 0) {
      add(from.others().points_micropoints(), Others(from.others_count()));
    }
    text += style.item(line + ".") + "\n";
  }
  if (report.topics_size() > 0) {
    absl::StrAppend(&text, "\n", style.heading, "Topics\n", style.after);
  }
  for (const abi1::TopicEvidence& topic : report.topics()) {
    text += style.item(absl::StrCat(
                style.escape(topic.topic()), ": ",
                Rounded(topic.score_micros()), ", from ", topic.people(),
                topic.people() == 1 ? " person" : " people")) +
            "\n";
  }
  return text;
}

}  // namespace

std::string SourcesAsText(const abi1::SubjectReport& report) {
  return Words(report, {Printable, "", "", Wrapped});
}

std::string SourcesAsMarkdown(const abi1::SubjectReport& report) {
  return Words(report, {MarkdownText, "### ", "\n", [](std::string_view text) {
                          return "- " + std::string(text);
                        }});
}

std::string SourcesAsCsv(const abi1::SubjectReport& report) {
  std::string text = "factor,network,actor,count,quantity,points\n";
  for (const abi1::FactorSources& from : report.sources()) {
    const std::string before =
        absl::StrCat(FactorName(from.factor()), ",", CsvCell(from.network()));
    const auto add = [&](const std::string& who, uint64_t count,
                         int64_t quantity, int64_t points) {
      absl::StrAppend(&text, before, ",", who, ",", count, ",",
                      FormatMicros(quantity), ",", FormatMicros(points), "\n");
    };
    for (const abi1::Source& source : from.top()) {
      add(CsvCell(source.actor()), 1, source.quantity_micros(),
          source.points_micropoints());
    }
    if (from.others_count() > 0) {
      add("", from.others_count(), from.others().quantity_micros(),
          from.others().points_micropoints());
    }
    if (from.remainder_quantity_micros() != 0 ||
        from.remainder_points_micropoints() != 0) {
      add("", 0, from.remainder_quantity_micros(),
          from.remainder_points_micropoints());
    }
  }
  return text;
}

}  // namespace influence::cli
