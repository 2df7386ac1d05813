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

std::string Words(const ChangeReason& reason, std::string_view after,
                  std::string_view before) {
  const std::string factor(Name(reason.factor));
  const std::string what = What(reason.factor, reason.signal);
  const std::string new_one(after);
  switch (reason.code) {
    case ChangeCode::kRose:
      return "more " + what + " (" + factor + " " + FromTo(reason) + ")";
    case ChangeCode::kFell:
      return "fewer " + what + " (" + factor + " " + FromTo(reason) + ")";
    case ChangeCode::kFaded:
      return "older " + what + " faded, by half in " +
             std::to_string(reason.half_life_days) + " days (" + factor + " " +
             FromTo(reason) + ")";
    case ChangeCode::kNowStated:
      return what + " are stated now (" + factor + ")";
    case ChangeCode::kNoLongerStated:
      return "nothing is stated of " + factor + " any more";
    case ChangeCode::kCountsMore:
      return new_one + " counts " + what + " more (" + factor + ")";
    case ChangeCode::kCountsLess:
      return new_one + " counts " + what + " less (" + factor + ")";
    case ChangeCode::kFactorAdded:
      return new_one + " counts " + factor + ", which " + std::string(before) +
             " does not";
    case ChangeCode::kFactorRemoved:
      return new_one + " does not count " + factor;
  }
  return factor;
}

std::string Points(int64_t whole) {
  const int64_t size = whole < 0 ? -whole : whole;
  return std::to_string(size) + (size == 1 ? " point" : " points");
}

// "fell by 3 points, from 61 to 58".
std::string Moved(Micros from, Micros to, int64_t whole) {
  if (from == to) return "did not change: " + FormatWholePoints(to);
  const std::string verb = to > from ? "rose by " : "fell by ";
  return verb + (whole == 0 ? "less than half a point" : Points(whole)) +
         ", from " + FormatWholePoints(from) + " to " + FormatWholePoints(to);
}

}  // namespace

std::string RenderChange(std::string_view id, std::string_view before,
                         std::string_view after, const Change& change,
                         Rendering rendering) {
  if (rendering == Rendering::kNone) return "";
  const std::string old_one = Escaped(before, rendering);
  const std::string new_one = Escaped(after, rendering);
  std::string text = "The score of " + Escaped(id, rendering) + " " +
                     Moved(change.before, change.after, change.whole_points) +
                     ".\n";
  if (before != after) {
    text += "Of that, the facts did " + FormatPoints(change.input.change) +
            " (under " + old_one + ") and the formula " +
            FormatPoints(change.formula.change) + " (" + old_one + " to " +
            new_one + ").\n";
  }
  text += "\n" + TableHead(rendering);
  for (const ChangeReason& reason : change.reasons) {
    text += Row(reason.change, Words(reason, new_one, old_one), rendering);
  }
  return text + Row(change.after - change.before, "together", rendering);
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
