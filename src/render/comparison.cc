#include "render/comparison.h"

#include <algorithm>
#include <utility>

#include "base/muldiv.h"

namespace influence {
namespace {

constexpr uint32_t kFingerprintField = 2;

// The begin of a digest; IdentityOf has all of it.
std::string Begin(const std::string& digest) {
  constexpr size_t kDigits = 12;
  return digest.size() <= kDigits ? digest : digest.substr(0, kDigits) + "...";
}

// Of another algorithm another fingerprint is no news.
std::vector<Sentence> DifferencesOf(const Comparison& comparison) {
  std::vector<Sentence> items;
  const bool renamed = comparison.before != comparison.after;
  for (const IdentityField& one : InOrder(comparison.identity)) {
    if (one.before == one.after) continue;
    if (one.field == kFingerprintField && renamed) continue;
    const bool digest = IsDigest(one.field);
    const auto value = [&](const std::string& text) {
      return FieldValue(one.field, digest ? Begin(text) : text);
    };
    items.push_back(
        {Message::kDiffers,
         {FieldName(one.field), value(one.before), value(one.after)}});
  }
  return items;
}

Sentence TitleOf(const Comparison& comparison) {
  const Change& change = comparison.change;
  if (change.after == change.before) {
    return {Message::kChangeNone, {Text(comparison.id), Points(change.after)}};
  }
  return {change.after > change.before ? Message::kChangeRose
                                       : Message::kChangeFell,
          {Text(comparison.id), Points(change.before), Points(change.after)}};
}

// The signal and where, if not everywhere; or the factor.
Argument What(const ChangeReason& reason) {
  if (reason.signal == Signal{}) return Word(reason.factor);
  Argument signal = Word(reason.signal);
  if (reason.others > 0) return Inner({Message::kSignalAndOthers, {signal}});
  if (reason.networks == 0) return signal;
  if (reason.networks == 1) {
    return Inner({Message::kSignalOn, {signal, Network(reason.network)}});
  }
  return Inner({Message::kSignalOnSome, {signal, Count(reason.networks)}});
}

Sentence CauseOf(const ChangeReason& reason, const Comparison& comparison) {
  const Argument factor = Word(reason.factor);
  const Argument what = What(reason);
  // Standing is no number of things.
  const bool level = reason.signal == Signal::kStanding;
  switch (reason.code) {
    case ChangeCode::kRose:
      return {level ? Message::kCauseLevelRose : Message::kCauseRose, {what}};
    case ChangeCode::kFell:
      return {level ? Message::kCauseLevelFell : Message::kCauseFell, {what}};
    case ChangeCode::kNew:
      return {level ? Message::kCauseLevelRose : Message::kCauseNew, {what}};
    case ChangeCode::kFaded:
      return {level ? Message::kCauseLevelFaded : Message::kCauseFaded, {what}};
    case ChangeCode::kNowStated:
      return {Message::kCauseNowStated, {what}};
    case ChangeCode::kNoLongerStated:
      return {Message::kCauseNoLongerStated, {what}};
    case ChangeCode::kNowStatedInPart:
      return {reason.before.has_value() ? Message::kCauseMoreState
                                        : Message::kCauseNowStated,
              {what}};
    case ChangeCode::kNoLongerStatedInPart:
      return {reason.after.has_value() ? Message::kCauseFewerState
                                       : Message::kCauseNoLongerStated,
              {what}};
    case ChangeCode::kSpread:
      return {Message::kCauseSpread, {what}};
    case ChangeCode::kCountsMore:
      return {Message::kCauseCountsMore, {Text(comparison.after), what}};
    case ChangeCode::kCountsLess:
      return {Message::kCauseCountsLess, {Text(comparison.after), what}};
    case ChangeCode::kFactorAdded:
      return {Message::kCauseAdded,
              {Text(comparison.after), factor, Text(comparison.before)}};
    case ChangeCode::kFactorRemoved:
      return {Message::kCauseRemoved, {Text(comparison.after), factor}};
  }
  return Say(Message::kNothing);
}

// A count for people: decayed ones have six decimals that say nothing. The
// numbers that points are made of are in the response.
Micros About(Micros count) {
  constexpr Micros kMany = 100 * kOne;
  const Micros step = count >= kMany ? kOne : kOne / 100;
  return MulDiv(count, 1, step) * step;
}

Argument CountOf(const std::optional<Micros>& count, bool about) {
  if (!count.has_value()) return Word(Message::kUnknown);
  return Quantity(about ? About(*count) : *count);
}

// The cause, with how much there was and is of it, and its factor.
Sentence ReasonOf(const ChangeReason& reason, const Comparison& comparison) {
  const Argument cause = Inner(CauseOf(reason, comparison));
  const Argument factor = Word(reason.factor);
  if (reason.code >= ChangeCode::kCountsMore &&
      reason.code <= ChangeCode::kFactorRemoved) {
    return reason.signal == Signal{}
               ? Sentence{Message::kCauseAlone, {cause}}
               : Sentence{Message::kCause, {cause, factor}};
  }
  if (reason.before == reason.after) return {Message::kCause, {cause, factor}};
  const bool about = !reason.before.has_value() || !reason.after.has_value() ||
                     About(*reason.before) != About(*reason.after);
  Sentence said{Message::kCauseFromTo,
                {cause, factor, CountOf(reason.before, about),
                 CountOf(reason.after, about)}};
  if (reason.half_life_days == 0) return said;
  said.message = Message::kCauseHalving;
  said.arguments.push_back(Count(static_cast<uint64_t>(reason.half_life_days)));
  return said;
}

// What went up, or down, in whole points: "4 because v2 counts reshares less".
struct Because {
  int64_t points = 0;
  std::vector<Sentence> reasons;
};

Because BecauseOf(const Comparison& comparison, bool down) {
  Because because;
  for (const ChangeReason& reason : comparison.change.reasons) {
    const int64_t whole = down ? -reason.whole_points : reason.whole_points;
    if (whole <= 0) continue;
    because.points += whole;
    because.reasons.push_back({Message::kChangeBecause,
                               {Count(static_cast<uint64_t>(whole)),
                                Inner(CauseOf(reason, comparison))}});
  }
  return because;
}

// Of a single reason it is known how much it did: "because v2 counts ..".
Argument Reasons(Because because) {
  if (because.reasons.size() == 1) {
    Argument cause = std::move(because.reasons[0].arguments[1]);
    because.reasons[0] = {Message::kChangeBecauseAlone, {std::move(cause)}};
  }
  return List(std::move(because.reasons));
}

// "it lost 7 (5 because .., 2 because ..) and won 5 (because ..)".
Argument Both(Message message, Because first, Because second) {
  const auto count = [](const Because& because) {
    return Count(static_cast<uint64_t>(because.points));
  };
  const Argument points = count(first), others = count(second);
  return Inner({message,
                {points, Reasons(std::move(first)), others,
                 Reasons(std::move(second))}});
}

// What the whole points did; nothing if nothing did anything.
Sentence WholePointsOf(const Comparison& comparison) {
  const Change& change = comparison.change;
  if (change.reasons.empty()) return Say(Message::kNothing);
  Because down = BecauseOf(comparison, true);
  Because up = BecauseOf(comparison, false);
  const Argument now = WholePoints(change.after);
  if (change.whole_points == 0) {
    if (down.reasons.empty()) return {Message::kWholeSame, {now}};
    return {Message::kWholeSameBut,
            {now, Both(Message::kLostAndWon, std::move(down), std::move(up))}};
  }
  const bool rose = change.whole_points > 0;
  Because& with = rose ? up : down;
  Because& against = rose ? down : up;
  const int64_t by = rose ? change.whole_points : -change.whole_points;
  Sentence said{
      Message::kNothing,
      {Count(static_cast<uint64_t>(by)), WholePoints(change.before), now}};
  if (!against.reasons.empty()) {
    said.message = rose ? Message::kWholeRoseBut : Message::kWholeFellBut;
    said.arguments.push_back(
        Both(rose ? Message::kWonAndLost : Message::kLostAndWon,
             std::move(with), std::move(against)));
  } else if (with.reasons.size() == 1) {
    said.message = rose ? Message::kWholeRoseAlone : Message::kWholeFellAlone;
    said.arguments.push_back(std::move(with.reasons[0].arguments[1]));
  } else {
    said.message = rose ? Message::kWholeRose : Message::kWholeFell;
    said.arguments.push_back(List(std::move(with.reasons)));
  }
  return said;
}

bool IsSmall(const Change& change) {
  const Micros by = change.after - change.before;
  return by != 0 && by > -6 * kOne && by < 6 * kOne;
}

// What age, the facts and the formula did.
std::vector<Sentence> LegsOf(const Comparison& comparison) {
  const Change& change = comparison.change;
  std::vector<Sentence> items;
  const Micros faded = change.input.faded;
  const Argument facts = Signed(change.input.change - faded);
  const Argument before = Text(comparison.before);
  if (comparison.before != comparison.after || change.formula.change != 0) {
    const Argument formula = Signed(change.formula.change);
    const Argument after = Text(comparison.after);
    items.push_back(
        faded == 0
            ? Sentence{Message::kChangeLegs, {facts, before, formula, after}}
            : Sentence{Message::kChangeLegsFaded,
                       {Signed(faded), facts, before, formula, after}});
  } else if (faded != 0) {
    items.push_back({Message::kChangeFaded, {Signed(faded), facts}});
  }
  if (IsSmall(change)) items.push_back(Say(Message::kChangedSmall));
  return items;
}

Section WhyOf(const Comparison& comparison) {
  Section section;
  section.heading = Say(Message::kHeadWhy);
  section.items = LegsOf(comparison);
  if (comparison.change.reasons.empty()) return section;
  section.table = {
      "rl", {{Say(Message::kColumnPoints), Say(Message::kColumnWhy)}}, true};
  for (const ChangeReason& reason : comparison.change.reasons) {
    section.table.rows.push_back(
        {Say(Signed(reason.change)), ReasonOf(reason, comparison)});
  }
  section.table.rows.push_back(
      {Say(Signed(comparison.change.after - comparison.change.before)),
       Say(Message::kRowTogether)});
  return section;
}

// Of a change, and not again if WhyOf has said it.
Section LimitsOf(const Change& change, Proof proof) {
  Section section = LimitsOf(false, proof);
  std::vector<Sentence>& items = section.items;
  const auto found =
      std::find_if(items.begin(), items.end(), [](const Sentence& item) {
        return item.message == Message::kResolution;
      });
  if (found == items.end()) return section;
  if (IsSmall(change)) {
    items.erase(found);
  } else {
    *found = Say(Message::kChangedSmall);
  }
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
  for (const Message column : {Message::kColumnFacts, Message::kColumnFormula,
                               Message::kColumnAfter}) {
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
  Section why = WhyOf(comparison);
  if (!why.items.empty() || !why.table.rows.empty()) {
    page.sections.push_back(std::move(why));
  }
  page.sections.push_back(ByFactorOf(comparison.change));
  page.sections.push_back(LimitsOf(comparison.change, origin.proof));
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
  return {std::move(summary), WhyOf(comparison), ByFactorOf(comparison.change),
          IdentityOf(Message::kHeadIdentityBoth, comparison.id,
                     comparison.identity, {{}, Proof::kFacts})};
}

}  // namespace influence
