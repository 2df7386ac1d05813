#include "render/comparison.h"

#include <algorithm>
#include <utility>

namespace influence {
namespace {

constexpr uint32_t kFingerprintField = 2;

// Of another algorithm another fingerprint is no news.
std::vector<Sentence> DifferencesOf(const Comparison& comparison) {
  std::vector<Sentence> items;
  const bool renamed = comparison.before != comparison.after;
  for (const IdentityField& one : InOrder(comparison.identity)) {
    if (one.before == one.after) continue;
    if (one.field == kFingerprintField && renamed) continue;
    items.push_back({Message::kDiffers,
                     {FieldName(one.field), FieldValue(one.field, one.before),
                      FieldValue(one.field, one.after)}});
  }
  return items;
}

Sentence TitleOf(const Comparison& comparison) {
  const Change& change = comparison.change;
  const Micros by = change.after - change.before;
  if (by == 0) {
    return {Message::kChangeNone, {Text(comparison.id), Points(change.after)}};
  }
  return {by > 0 ? Message::kChangeRose : Message::kChangeFell,
          {Text(comparison.id), Points(by > 0 ? by : -by),
           Points(change.before), Points(change.after)}};
}

Argument What(const ChangeReason& reason) {
  return reason.signal == Signal{} ? Word(reason.factor) : Word(reason.signal);
}

Sentence CauseOf(const ChangeReason& reason, const Comparison& comparison) {
  const Argument factor = Word(reason.factor);
  switch (reason.code) {
    case ChangeCode::kRose:
      return {Message::kCauseRose, {What(reason)}};
    case ChangeCode::kFell:
      return {Message::kCauseFell, {What(reason)}};
    case ChangeCode::kFaded:
      return {Message::kCauseFaded, {What(reason)}};
    case ChangeCode::kNowStated:
      return {Message::kCauseNowStated, {What(reason)}};
    case ChangeCode::kNoLongerStated:
      return {Message::kCauseNoLongerStated, {factor}};
    case ChangeCode::kCountsMore:
      return {Message::kCauseCountsMore,
              {Text(comparison.after), What(reason)}};
    case ChangeCode::kCountsLess:
      return {Message::kCauseCountsLess,
              {Text(comparison.after), What(reason)}};
    case ChangeCode::kFactorAdded:
      return {Message::kCauseAdded,
              {Text(comparison.after), factor, Text(comparison.before)}};
    case ChangeCode::kFactorRemoved:
      return {Message::kCauseRemoved, {Text(comparison.after), factor}};
  }
  return Say(Message::kNothing);
}

// The cause, with its factor and how much of it there was and is.
Sentence ReasonOf(const ChangeReason& reason, const Comparison& comparison) {
  Sentence said{Message::kCause,
                {Inner(CauseOf(reason, comparison)), Word(reason.factor)}};
  if (reason.before_quantity == reason.after_quantity) return said;
  said.message = Message::kCauseFromTo;
  said.arguments.push_back(Quantity(reason.before_quantity));
  said.arguments.push_back(Quantity(reason.after_quantity));
  if (reason.half_life_days == 0) return said;
  said.message = Message::kCauseHalving;
  said.arguments.push_back(Count(static_cast<uint64_t>(reason.half_life_days)));
  return said;
}

// "4 because v2 counts reshares less" of those that went down, or up.
std::vector<Sentence> Because(const Comparison& comparison, bool down) {
  std::vector<Sentence> reasons;
  for (const ChangeReason& reason : comparison.change.reasons) {
    const int64_t whole = down ? -reason.whole_points : reason.whole_points;
    if (whole <= 0) continue;
    reasons.push_back({Message::kChangeBecause,
                       {Count(static_cast<uint64_t>(whole)),
                        Inner(CauseOf(reason, comparison))}});
  }
  return reasons;
}

// Nothing if the whole points do not change.
Sentence WholePointsOf(const Comparison& comparison) {
  const int64_t whole = comparison.change.whole_points;
  if (whole == 0) return Say(Message::kNothing);
  const bool lost = whole < 0;
  std::vector<Sentence> others = Because(comparison, !lost);
  Sentence said{lost ? Message::kChangeLost : Message::kChangeWon,
                {Count(static_cast<uint64_t>(lost ? -whole : whole)),
                 List(Because(comparison, lost))}};
  if (!others.empty()) {
    said.message = lost ? Message::kChangeLostBut : Message::kChangeWonBut;
    said.arguments.push_back(List(std::move(others)));
  }
  return said;
}

// What the facts did and what the formula did.
std::vector<Sentence> LegsOf(const Comparison& comparison) {
  const Change& change = comparison.change;
  std::vector<Sentence> items;
  if (comparison.before != comparison.after || change.formula.change != 0) {
    items.push_back({Message::kChangeLegs,
                     {Signed(change.input.change), Text(comparison.before),
                      Signed(change.formula.change), Text(comparison.after)}});
  }
  if (change.input.faded != 0) {
    items.push_back({Message::kChangeFaded, {Signed(change.input.faded)}});
  }
  const Micros by = change.after - change.before;
  if (by > -6 * kOne && by < 6 * kOne) {
    items.push_back(Say(Message::kChangedSmall));
  }
  return items;
}

Section WhyOf(const Comparison& comparison) {
  Section section;
  section.heading = Say(Message::kHeadWhy);
  section.table = {
      "rl", {{Say(Message::kColumnPoints), Say(Message::kColumnWhy)}}, true};
  for (const ChangeReason& reason : comparison.change.reasons) {
    section.table.rows.push_back(
        {Say(Signed(reason.change)), ReasonOf(reason, comparison)});
  }
  section.table.rows.push_back(
      {Say(Signed(comparison.change.after - comparison.change.before)),
       Say(Message::kRowTogether)});
  section.items = LegsOf(comparison);
  return section;
}

// A factor's way through the legs.
struct Way {
  Micros before = 0, faded = 0, facts = 0, formula = 0, after = 0;
};

std::vector<Sentence> RowOf(Sentence name, const Way& way, bool has_fading) {
  std::vector<Sentence> row = {std::move(name), Say(Points(way.before))};
  if (has_fading) row.push_back(Say(Signed(way.faded)));
  for (const Micros change : {way.facts, way.formula}) {
    row.push_back(Say(Signed(change)));
  }
  row.push_back(Say(Points(way.after)));
  return row;
}

Section ByFactorOf(const Change& change) {
  const bool has_fading = change.input.faded != 0;
  Section section;
  section.heading = Say(Message::kHeadByFactor);
  section.table = {has_fading ? "lrrrrr" : "lrrrr",
                   {{Say(Message::kColumnFactor), Say(Message::kColumnBefore)}},
                   true};
  section.table.stacks = true;
  std::vector<Sentence>& head = section.table.rows[0];
  if (has_fading) head.push_back(Say(Message::kColumnFading));
  const Message facts =
      has_fading ? Message::kColumnOtherFacts : Message::kColumnFacts;
  for (const Message column :
       {facts, Message::kColumnFormula, Message::kColumnAfter}) {
    head.push_back(Say(column));
  }
  // The formula leg has the rows of either algorithm, the input leg those of
  // the one before.
  for (const LegLine& line : change.formula.lines) {
    Way way = {line.before, 0, 0, line.after - line.before, line.after};
    for (const LegLine& input : change.input.lines) {
      if (input.factor != line.factor) continue;
      way.before = input.before;
      way.faded = input.faded;
      way.facts = input.after - input.before - input.faded;
    }
    section.table.rows.push_back(
        RowOf(Say(Word(line.factor)), way, has_fading));
  }
  section.table.rows.push_back(RowOf(Say(Message::kRowScore),
                                     {change.before, change.input.faded,
                                      change.input.change - change.input.faded,
                                      change.formula.change, change.after},
                                     has_fading));
  return section;
}

}  // namespace

Page PageOf(const Comparison& comparison, const Origin& origin) {
  Page page;
  page.name = TitleOf(comparison);
  page.title = page.name;
  page.verdict = WholePointsOf(comparison);
  Section differs;
  differs.heading = Say(Message::kHeadDiffers);
  differs.items = DifferencesOf(comparison);
  if (!differs.items.empty()) page.sections.push_back(std::move(differs));
  page.sections.push_back(WhyOf(comparison));
  page.sections.push_back(ByFactorOf(comparison.change));
  page.sections.push_back(LimitsOf(false, origin.proof));
  page.sections.push_back(IdentityOf(Message::kHeadIdentity, comparison.id,
                                     comparison.identity, origin));
  return page;
}

std::vector<Section> ChangedSince(const Comparison& comparison) {
  Section summary;
  summary.heading = Say(Message::kHeadChanged);
  summary.items = DifferencesOf(comparison);
  summary.items.push_back(TitleOf(comparison));
  Sentence whole = WholePointsOf(comparison);
  if (whole.message != Message::kNothing) {
    summary.items.push_back(std::move(whole));
  }
  return {std::move(summary), WhyOf(comparison), ByFactorOf(comparison.change)};
}

}  // namespace influence
