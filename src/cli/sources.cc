#include "cli/sources.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "cli/decimal.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

// What a factor counts, as people say it.
const char* Reactions(wire::Factor factor) {
  switch (factor) {
    case wire::FACTOR_ATTENTION:
      return "mentions, replies, saves and likes";
    case wire::FACTOR_AMPLIFICATION:
      return "reshares and quotes";
    case wire::FACTOR_CURATION:
      return "listings";
    case wire::FACTOR_AUDIENCE:
      return "followers";
    case wire::FACTOR_ENDORSEMENT:
      return "endorsements";
    default:
      return "reactions";
  }
}

// "3.1": points to a tenth, to the nearest; smaller ones as they are.
std::string Tenths(int64_t micropoints) {
  constexpr int64_t kTenth = 100'000;
  if (micropoints < kTenth) return FormatShort(micropoints);
  const int64_t tenths = (micropoints + kTenth / 2) / kTenth;
  return absl::StrCat(tenths / 10, ".", tenths % 10);
}

std::string Others(uint64_t count) {
  return absl::StrCat(count, count == 1 ? " other" : " others");
}

// The same words for a terminal and for Markdown, which escapes and lists in
// its own way.
struct Style {
  std::string (*escape)(std::string_view);
  const char* heading;
  const char* item;
  const char* after;  // of a heading and of a list
};

std::string Words(const wire::SubjectReport& report, const Style& style) {
  std::string text;
  if (report.sources_size() > 0) {
    absl::StrAppend(&text, "\n", style.heading, "Where the points come from\n",
                    style.after);
  }
  for (const wire::FactorSources& from : report.sources()) {
    absl::StrAppend(&text, style.item, "You got ",
                    Tenths(from.points_micropoints()), " points from ",
                    Reactions(from.factor()));
    if (!from.network().empty()) {
      absl::StrAppend(&text, " on ", style.escape(from.network()));
    }
    const char* separator = ": ";
    const char* of_them = " of them from ";
    const auto add = [&](int64_t points, const std::string& who) {
      absl::StrAppend(&text, separator, Tenths(points), of_them, who);
      separator = ", ";
      of_them = " from ";
    };
    for (const wire::Source& source : from.top()) {
      add(source.points_micropoints(), style.escape(source.actor()));
    }
    if (from.others_count() > 0) {
      add(from.others().points_micropoints(), Others(from.others_count()));
    }
    text += ".\n";
  }
  if (report.topics_size() > 0) {
    absl::StrAppend(&text, "\n", style.heading, "Topics\n", style.after);
  }
  for (const wire::TopicEvidence& topic : report.topics()) {
    absl::StrAppend(&text, style.item, style.escape(topic.topic()), ": ",
                    FormatShort(topic.score_micros()), ", from ",
                    topic.people(), topic.people() == 1 ? " person" : " people",
                    "\n");
  }
  return text;
}

}  // namespace

std::string SourcesAsText(const wire::SubjectReport& report) {
  return Words(report, {Printable, "", "  ", ""});
}

std::string SourcesAsMarkdown(const wire::SubjectReport& report) {
  return Words(report, {MarkdownCell, "### ", "- ", "\n"});
}

std::string SourcesAsCsv(const wire::SubjectReport& report) {
  std::string text = "factor,network,actor,count,quantity,points\n";
  for (const wire::FactorSources& from : report.sources()) {
    const std::string before =
        absl::StrCat(FactorName(from.factor()), ",", CsvCell(from.network()));
    const auto add = [&](const std::string& who, uint64_t count,
                         int64_t quantity, int64_t points) {
      absl::StrAppend(&text, before, ",", who, ",", count, ",",
                      FormatMicros(quantity), ",", FormatMicros(points), "\n");
    };
    for (const wire::Source& source : from.top()) {
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
