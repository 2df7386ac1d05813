#include "render/render.h"

#include <array>
#include <string_view>
#include <vector>

#include "render/format.h"

namespace influence {
namespace {

// What is said, before it is laid out for a kind of page.
struct Story {
  std::string title;
  // factor or account, quantity, full marks, weight, points, remark
  std::vector<std::array<std::string, 6>> rows;
  std::vector<std::string> counted;
  std::vector<std::string> lifted;
  std::vector<std::string> held_back;
  std::vector<std::string> known;
};

using Escape = std::string (*)(std::string_view);

std::string_view BandName(Band band) {
  constexpr std::string_view kNames[] = {"minimal", "limited", "moderate",
                                         "high", "very high"};
  return kNames[static_cast<size_t>(band) - 1];
}

std::string NetworkName(const Account& account, Escape escape) {
  return account.network.empty() ? "(no network)" : escape(account.network);
}

std::string Remark(const Line& line) {
  if (line.cap == Cap::kFullMarks) return "full marks";
  return line.stated && line.missing > 0 ? "part unknown" : "";
}

void AddRows(const Profile& profile, const Ledger& ledger, Escape escape,
             Story* story) {
  story->rows.push_back(
      {"factor", "quantity", "full marks", "weight", "points", ""});
  for (const Line& line : ledger.lines) {
    story->rows.push_back(
        {std::string(Name(line.factor)),
         line.stated ? FormatQuantity(line.quantity) : "unknown",
         FormatQuantity(line.full_marks), FormatQuantity(line.weight),
         FormatPoints(line.points), Remark(line)});
    if (line.parts_end - line.parts_begin < 2) continue;
    for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
      const Part& part = ledger.parts[i];
      story->rows.push_back(
          {"  " + NetworkName(profile.accounts[part.account], escape),
           FormatQuantity(part.quantity), "", "",
           "(" + FormatPoints(part.points) + ")", ""});
    }
  }
  story->rows.push_back({"score", "", "", FormatQuantity(kFullScore),
                         FormatPoints(ledger.score), ""});
}

// "ada, attention: 10 mentions + 4 likes x 0.25".
void AddCounted(const Algorithm& algorithm, const Profile& profile,
                Escape escape, Story* story) {
  for (const Account& account : profile.accounts) {
    for (const Row& row : algorithm.rows) {
      std::string sum;
      for (const SignalValue& count : row.counts) {
        if (!account.signals.Has(count.signal)) continue;
        if (!sum.empty()) sum += " + ";
        sum += FormatQuantity(account.signals.Get(count.signal)) + " " +
               std::string(Name(count.signal));
        if (count.value != kOne) sum += " x " + FormatQuantity(count.value);
      }
      if (sum.empty()) continue;
      story->counted.push_back(NetworkName(account, escape) + ", " +
                               std::string(Name(row.factor)) + ": " + sum);
    }
  }
}

std::string ReasonText(const Reason& reason) {
  std::string text =
      FormatPoints(reason.points) + " " + std::string(Name(reason.factor));
  switch (reason.code) {
    case ReasonCode::kEarned:
      return text;
    case ReasonCode::kFullMarks:
      return text + ", full marks: it can add no more";
    case ReasonCode::kNotStated:
      return text + ": unknown; the most it could have added";
    case ReasonCode::kPartlyStated:
      return text + ": part unknown; the most that could have added";
    case ReasonCode::kBelowFullMarks:
      return text + ": " + FormatQuantity(reason.quantity) + " of the " +
             FormatQuantity(reason.full_marks) + " that earn full marks";
  }
  return text;
}

Story Tell(const Algorithm& algorithm, const Profile& profile,
           const Ledger& ledger, Escape escape) {
  Story story;
  story.title = escape(profile.id) + ": " + FormatWholePoints(ledger.score) +
                " of 100 points (" + std::string(BandName(ledger.band)) +
                "), algorithm " + escape(algorithm.id);
  AddRows(profile, ledger, escape, &story);
  AddCounted(algorithm, profile, escape, &story);
  for (const Reason& r : ledger.lifted) story.lifted.push_back(ReasonText(r));
  for (const Reason& r : ledger.held_back) {
    story.held_back.push_back(ReasonText(r));
  }
  // Weights sum to 100 points, so covered points are a percentage.
  story.known.push_back(FormatPoints(ledger.coverage) +
                        " % of the weight rests on stated facts.");
  story.known.push_back(
      ledger.low == ledger.high
          ? "Nothing is missing, so the score can only be " +
                FormatPoints(ledger.score) + "."
          : "The missing facts could make the score anything from " +
                FormatPoints(ledger.low) + " to " + FormatPoints(ledger.high) +
                "; unknown earns nothing.");
  story.known.push_back("Scores less than 6 points apart mean almost nothing.");
  return story;
}

// ------------------------------------------------------------- plain text

constexpr size_t kColumns = 80;

// Breaks at spaces; lines after the first are indented further.
void AppendWrapped(std::string_view text, std::string* out) {
  std::string line = "  ";
  bool empty = true;
  while (!text.empty()) {
    const size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    if (!empty && line.size() + 1 + word.size() > kColumns) {
      *out += line + "\n";
      line = "      ";
      empty = true;
    }
    if (!empty) line += ' ';
    line += word;
    empty = false;
    text = space == std::string_view::npos ? "" : text.substr(space + 1);
  }
  *out += line + "\n";
}

void AppendList(std::string_view heading, const std::vector<std::string>& items,
                std::string* out) {
  if (items.empty()) return;
  *out += "\n" + std::string(heading) + "\n";
  for (const std::string& item : items) AppendWrapped(item, out);
}

std::string Text(const Story& story) {
  // Wide enough for the widest value; names are left, numbers right.
  std::array<size_t, 6> width{};
  for (const auto& row : story.rows) {
    for (size_t c = 0; c < row.size(); ++c) {
      if (row[c].size() > width[c]) width[c] = row[c].size();
    }
  }
  std::string out = story.title + "\n\n";
  for (size_t r = 0; r < story.rows.size(); ++r) {
    const auto& row = story.rows[r];
    if (r + 1 == story.rows.size()) {
      out +=
          std::string(2 + width[0] + width[1] + width[2] + width[3] + 8, ' ') +
          std::string(width[4], '-') + "\n";
    }
    std::string line =
        "  " + row[0] + std::string(width[0] - row[0].size(), ' ');
    for (size_t c = 1; c < 5; ++c) {
      line += "  " + std::string(width[c] - row[c].size(), ' ') + row[c];
    }
    if (!row[5].empty()) line += "  " + row[5];
    out += line + "\n";
  }
  AppendList("What was counted", story.counted, &out);
  AppendList("What lifted it", story.lifted, &out);
  AppendList("What held it back", story.held_back, &out);
  AppendList("What is known", story.known, &out);
  return out;
}

// --------------------------------------------------------------- Markdown

void AppendMarkdownList(std::string_view heading,
                        const std::vector<std::string>& items,
                        std::string* out) {
  if (items.empty()) return;
  *out += "\n**" + std::string(heading) + "**\n\n";
  for (const std::string& item : items) *out += "- " + item + "\n";
}

std::string Markdown(const Story& story) {
  std::string out = "## " + story.title + "\n\n";
  for (size_t r = 0; r < story.rows.size(); ++r) {
    out += "|";
    for (const std::string& cell : story.rows[r]) out += " " + cell + " |";
    out += "\n";
    if (r == 0) out += "|---|---:|---:|---:|---:|---|\n";
  }
  AppendMarkdownList("What was counted", story.counted, &out);
  AppendMarkdownList("What lifted it", story.lifted, &out);
  AppendMarkdownList("What held it back", story.held_back, &out);
  AppendMarkdownList("What is known", story.known, &out);
  return out;
}

}  // namespace

std::string Render(const Algorithm& algorithm, const Profile& profile,
                   const Ledger& ledger, Rendering rendering) {
  switch (rendering) {
    case Rendering::kNone:
      break;
    case Rendering::kText:
      return Text(Tell(algorithm, profile, ledger, Printable));
    case Rendering::kMarkdown:
      return Markdown(Tell(algorithm, profile, ledger, MarkdownText));
  }
  return {};
}

}  // namespace influence
