#include "render/change.h"

#include "render/format.h"

namespace influence {
namespace {

constexpr size_t kNumberWidth = 12;

std::string Escaped(std::string_view text, Rendering rendering) {
  return rendering == Rendering::kMarkdown ? MarkdownText(text)
                                           : Printable(text);
}

// "+1.250000", right-aligned.
std::string SignedPoints(Micros change) {
  std::string text = (change > 0 ? "+" : "") + FormatPoints(change);
  if (text.size() < kNumberWidth) {
    text.insert(0, kNumberWidth - text.size(), ' ');
  }
  return text;
}

std::string Row(Micros change, const std::string& words, Rendering rendering) {
  const bool markdown = rendering == Rendering::kMarkdown;
  return (markdown ? "| " : "  ") + SignedPoints(change) +
         (markdown ? " | " : "  ") + words + (markdown ? " |\n" : "\n");
}

std::string TableHead(Rendering rendering) {
  return rendering == Rendering::kMarkdown
             ? "| points | why |\n| ---: | --- |\n"
             : "";
}

std::string What(Factor factor, Signal signal) {
  const std::string_view name =
      signal == Signal{} ? Name(factor) : Name(signal);
  return std::string(name);
}

std::string FromTo(const ChangeReason& reason) {
  return FormatQuantity(reason.before_quantity) + " to " +
         FormatQuantity(reason.after_quantity);
}

std::string Cause(const ChangeReason& reason, const std::string& after,
                  const std::string& before) {
  const std::string factor(Name(reason.factor));
  const std::string what = What(reason.factor, reason.signal);
  switch (reason.code) {
    case ChangeCode::kRose:
      return "there are more " + what;
    case ChangeCode::kFell:
      return "there are fewer " + what;
    case ChangeCode::kFaded:
      return "older " + what + " faded";
    case ChangeCode::kNowStated:
      return what + " are stated now";
    case ChangeCode::kNoLongerStated:
      return "nothing is stated of " + factor + " any more";
    case ChangeCode::kCountsMore:
      return after + " counts " + what + " more";
    case ChangeCode::kCountsLess:
      return after + " counts " + what + " less";
    case ChangeCode::kFactorAdded:
      return after + " counts " + factor + ", which " + before + " does not";
    case ChangeCode::kFactorRemoved:
      return after + " does not count " + factor;
  }
  return factor;
}

// The cause, with its factor and how much of it there was and is.
std::string Words(const ChangeReason& reason, const std::string& after,
                  const std::string& before) {
  std::string words =
      Cause(reason, after, before) + " (" + std::string(Name(reason.factor));
  if (reason.before_quantity != reason.after_quantity) {
    words += " " + FromTo(reason);
  }
  if (reason.code == ChangeCode::kFaded) {
    words += "; by half in " + std::to_string(reason.half_life_days) + " days";
  }
  return words + ")";
}

// "1 because older reshares faded, 3 because ...; and won 1 because ...". What
// went against the change comes last among the reasons.
std::string Because(const Change& change, const std::string& before,
                    const std::string& after) {
  const bool lost = change.whole_points < 0;
  std::string text;
  bool has_turned = false;
  for (const ChangeReason& reason : change.reasons) {
    const int64_t whole = reason.whole_points;
    if (whole == 0) continue;
    const bool against = (whole < 0) != lost;
    if (against && !has_turned) {
      text += lost ? "; and won " : "; and lost ";
      has_turned = true;
    } else {
      text += text.empty() ? "" : ", ";
    }
    text += std::to_string(whole < 0 ? -whole : whole) + " because " +
            Cause(reason, after, before);
  }
  return text;
}

// "It lost 3 points: 1 because ..., 2 because ...".
std::string InWholePoints(const Change& change, const std::string& before,
                          const std::string& after) {
  const int64_t whole = change.whole_points;
  if (whole == 0) return "";
  const int64_t size = whole < 0 ? -whole : whole;
  return std::string("In whole points it ") + (whole < 0 ? "lost " : "won ") +
         std::to_string(size) + ": " + Because(change, before, after) + ".\n";
}

}  // namespace

std::string RenderChange(std::string_view id, std::string_view before,
                         std::string_view after, const Change& change,
                         Rendering rendering) {
  if (rendering == Rendering::kNone) return "";
  const std::string old_one = Escaped(before, rendering);
  const std::string new_one = Escaped(after, rendering);
  const Micros by = change.after - change.before;
  std::string text = "The score of " + Escaped(id, rendering);
  if (by == 0) {
    text += " did not change: " + FormatPoints(change.after) + ".\n";
  } else {
    text += std::string(by > 0 ? " rose by " : " fell by ") +
            FormatPoints(by > 0 ? by : -by) + " points, from " +
            FormatPoints(change.before) + " to " + FormatPoints(change.after) +
            ".\n" + InWholePoints(change, old_one, new_one);
  }
  if (before != after) {
    text += "The facts did " + FormatPoints(change.input.change) + " (under " +
            old_one + ") and the formula " +
            FormatPoints(change.formula.change) + " (" + old_one + " to " +
            new_one + ").\n";
  }
  text += "\n" + TableHead(rendering);
  for (const ChangeReason& reason : change.reasons) {
    text += Row(reason.change, Words(reason, new_one, old_one), rendering);
  }
  return text + Row(by, "together", rendering);
}

std::string RenderWhatIf(std::string_view id, Micros now, Micros then,
                         const Leg& change, Rendering rendering) {
  if (rendering == Rendering::kNone) return "";
  std::string text = "For " + Escaped(id, rendering) +
                     " the formula would give " + FormatPoints(then) +
                     " instead of " + FormatPoints(now) + ".\n\n" +
                     TableHead(rendering);
  for (const LegLine& line : change.lines) {
    if (line.after == line.before) continue;
    text += Row(line.after - line.before,
                std::string(Name(line.factor)) + " " +
                    FormatQuantity(line.before_quantity) + " to " +
                    FormatQuantity(line.after_quantity),
                rendering);
  }
  return text + Row(change.change, "together", rendering);
}

}  // namespace influence
