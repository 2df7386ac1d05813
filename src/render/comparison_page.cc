// Turns a CompareResponse into sentences and tables. Every reason is listed
// with its points, and both its micropoints and its whole points sum to the
// change, so readers can add up what they see.
#include "render/comparison_page.h"

#include <algorithm>
#include <utility>

#include "base/muldiv.h"

namespace influence {
namespace {

// The name of a side's algorithm.
std::string_view AlgorithmOf(const std::optional<msg::Identity>& side) {
  return side.has_value() ? side->algorithm : std::string_view();
}

// Missing identities count as empty, so that their fields are listed as not
// set.
std::vector<IdentityField> BothSidesOf(const msg::CompareResponse& comparison) {
  return FieldsOf(comparison.before.value_or(msg::Identity()),
                  comparison.after.value_or(msg::Identity()));
}

// The first digits of a digest. IdentityOf() shows it completely.
std::string Begin(const std::string& digest) {
  constexpr size_t kDigits = 12;
  return digest.size() <= kDigits ? digest : digest.substr(0, kDigits) + "...";
}

// Lists the differences of the sides. If the algorithms differ, their
// fingerprints do too, and are not listed.
std::vector<Sentence> DifferencesOf(const msg::CompareResponse& comparison) {
  std::vector<Sentence> items;
  const bool renamed =
      AlgorithmOf(comparison.before) != AlgorithmOf(comparison.after);
  for (const IdentityField& one : InOrder(BothSidesOf(comparison))) {
    if (one.before == one.after) continue;
    if (one.path == "fingerprint" && renamed) continue;
    const bool digest = NamesBytes(one.path);
    const auto value = [&](const std::string& text) {
      return FieldValue(one.path, digest ? Begin(text) : text);
    };
    items.push_back(
        {Message::kDiffers,
         {FieldName(one.path), value(one.before), value(one.after)}});
  }
  return items;
}

// A change of 0 gets its own sentence: "from 41 to 41" would puzzle.
Sentence TitleOf(const msg::CompareResponse& comparison) {
  const Argument after = Points(comparison.after_micropoints);
  if (comparison.change_micropoints == 0) {
    return {Message::kChangeNone, {Text(comparison.id), after}};
  }
  return {comparison.change_micropoints > 0 ? Message::kChangeRose
                                            : Message::kChangeFell,
          {Text(comparison.id), Points(comparison.before_micropoints), after}};
}

// Names the signal and its networks, unless it is on all; or else the factor.
Argument What(const msg::ChangeReason& reason) {
  if (reason.signal == Signal::kUnspecified) return Word(reason.factor);
  Argument signal = Word(reason.signal);
  if (reason.others > 0) return Inner({Message::kSignalAndOthers, {signal}});
  if (reason.networks == 0) return signal;
  if (reason.networks == 1) {
    return Inner({Message::kSignalOn, {signal, Network(reason.network)}});
  }
  return Inner({Message::kSignalOnSome, {signal, Count(reason.networks)}});
}

// One sentence per code. Codes of the formula name the algorithm that counts
// differently.
Sentence CauseOf(const msg::ChangeReason& reason,
                 const msg::CompareResponse& comparison) {
  const Argument before = Text(AlgorithmOf(comparison.before));
  const Argument after = Text(AlgorithmOf(comparison.after));
  const Argument factor = Word(reason.factor);
  const Argument what = What(reason);
  // Standing is a level, not a number of things.
  const bool level = reason.signal == Signal::kStanding;
  switch (reason.code) {
    case ChangeCode::kUnspecified:
      break;
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
      return {reason.before_count_micros.has_value() ? Message::kCauseMoreState
                                                     : Message::kCauseNowStated,
              {what}};
    case ChangeCode::kNoLongerStatedInPart:
      return {reason.after_count_micros.has_value()
                  ? Message::kCauseFewerState
                  : Message::kCauseNoLongerStated,
              {what}};
    case ChangeCode::kSpread:
      return {Message::kCauseSpread, {what}};
    case ChangeCode::kCountsMore:
      return {Message::kCauseCountsMore, {after, what}};
    case ChangeCode::kCountsLess:
      return {Message::kCauseCountsLess, {after, what}};
    case ChangeCode::kFactorAdded:
      return {Message::kCauseAdded, {after, factor, before}};
    case ChangeCode::kFactorRemoved:
      return {Message::kCauseRemoved, {after, factor}};
  }
  return Say(Message::kNothing);
}

// Rounds a count for people: decayed counts have six decimals that carry no
// meaning. The exact numbers are in the response.
Micros About(Micros count) {
  constexpr Micros kMany = 100 * kOne;
  const Micros step = count >= kMany ? kOne : kOne / 100;
  return MulDiv(count, 1, step) * step;
}

Argument CountOf(const std::optional<Micros>& count, bool about) {
  if (!count.has_value()) return Word(Message::kUnknown);
  return Quantity(about ? About(*count) : *count);
}

// The cause with its factor, and the counts before and after.
Sentence ReasonOf(const msg::ChangeReason& reason,
                  const msg::CompareResponse& comparison) {
  const Argument cause = Inner(CauseOf(reason, comparison));
  const Argument factor = Word(reason.factor);
  if (reason.code >= ChangeCode::kCountsMore &&
      reason.code <= ChangeCode::kFactorRemoved) {
    return reason.signal == Signal::kUnspecified
               ? Sentence{Message::kCauseAlone, {cause}}
               : Sentence{Message::kCause, {cause, factor}};
  }
  const std::optional<int64_t>& before = reason.before_count_micros;
  const std::optional<int64_t>& after = reason.after_count_micros;
  if (before == after) return {Message::kCause, {cause, factor}};
  const bool about = !before.has_value() || !after.has_value() ||
                     About(*before) != About(*after);
  Sentence said{Message::kCauseFromTo,
                {cause, factor, CountOf(before, about), CountOf(after, about)}};
  if (reason.half_life_units == 0) return said;
  said.message = Message::kCauseHalving;
  said.arguments.push_back(
      Count(static_cast<uint64_t>(reason.half_life_units)));
  return said;
}

// The whole points of one direction: "4 because v2 counts reshares less".
struct Because {
  int64_t points = 0;
  std::vector<Sentence> reasons;
};

Because BecauseOf(const msg::CompareResponse& comparison, bool down) {
  Because because;
  for (const msg::ChangeReason& reason : comparison.reasons) {
    const int64_t whole = down ? -reason.whole_points : reason.whole_points;
    if (whole <= 0) continue;
    because.points += whole;
    because.reasons.push_back({Message::kChangeBecause,
                               {Count(static_cast<uint64_t>(whole)),
                                Inner(CauseOf(reason, comparison))}});
  }
  return because;
}

// A single reason needs no number of its own: "because v2 counts ..".
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

// Words the change in whole points. Empty without reasons.
Sentence WholePointsOf(const msg::CompareResponse& comparison) {
  if (comparison.reasons.empty()) return Say(Message::kNothing);
  Because down = BecauseOf(comparison, true);
  Because up = BecauseOf(comparison, false);
  const Argument now = WholePoints(comparison.after_micropoints);
  if (comparison.whole_points == 0) {
    if (down.reasons.empty()) return {Message::kWholeSame, {now}};
    return {Message::kWholeSameBut,
            {now, Both(Message::kLostAndWon, std::move(down), std::move(up))}};
  }
  const bool rose = comparison.whole_points > 0;
  Because& with = rose ? up : down;
  Because& against = rose ? down : up;
  const int64_t by = rose ? comparison.whole_points : -comparison.whole_points;
  Sentence said{Message::kNothing,
                {Count(static_cast<uint64_t>(by)),
                 WholePoints(comparison.before_micropoints), now}};
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

// Six points are the resolution of a score (insight's kScoreResolution, which
// this layer may not include).
bool IsSmall(const msg::CompareResponse& comparison) {
  const Micros by = comparison.change_micropoints;
  return by != 0 && by > -6 * kOne && by < 6 * kOne;
}

// Lists the effects of age, data and formula.
std::vector<Sentence> LegsOf(const msg::CompareResponse& comparison) {
  std::vector<Sentence> items;
  const Micros faded = comparison.input->faded_micropoints;
  const Argument facts = Signed(comparison.input->change_micropoints - faded);
  const Argument before = Text(AlgorithmOf(comparison.before));
  const Argument after = Text(AlgorithmOf(comparison.after));
  const Micros formula = comparison.formula->change_micropoints;
  if (AlgorithmOf(comparison.before) != AlgorithmOf(comparison.after) ||
      formula != 0) {
    items.push_back(
        faded == 0
            ? Sentence{Message::kChangeLegs,
                       {facts, before, Signed(formula), after}}
            : Sentence{Message::kChangeLegsFaded,
                       {Signed(faded), facts, before, Signed(formula), after}});
  } else if (faded != 0) {
    items.push_back({Message::kChangeFaded, {Signed(faded), facts}});
  }
  if (IsSmall(comparison)) items.push_back(Say(Message::kChangedSmall));
  return items;
}

Section WhyOf(const msg::CompareResponse& comparison) {
  Section section;
  section.heading = Say(Message::kHeadWhy);
  section.items = LegsOf(comparison);
  if (comparison.reasons.empty()) return section;
  section.table = {
      "rl", {{Say(Message::kColumnPoints), Say(Message::kColumnWhy)}}, true};
  for (const msg::ChangeReason& reason : comparison.reasons) {
    section.table.rows.push_back(
        {Say(Signed(reason.change_micropoints)), ReasonOf(reason, comparison)});
  }
  section.table.rows.push_back(
      {Say(Signed(comparison.change_micropoints)), Say(Message::kRowTogether)});
  return section;
}

// The limits of a change, without the sentence that WhyOf() has said already.
Section LimitsOf(const msg::CompareResponse& comparison, Proof proof) {
  Section section = LimitsOf(false, proof);
  std::vector<Sentence>& items = section.items;
  const auto found =
      std::find_if(items.begin(), items.end(), [](const Sentence& item) {
        return item.message == Message::kResolution;
      });
  if (found == items.end()) return section;
  if (IsSmall(comparison)) {
    items.erase(found);
  } else {
    *found = Say(Message::kChangedSmall);
  }
  return section;
}

// The points of a factor after each leg.
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

// A column for fading appears only if something faded.
Section ByFactorOf(const msg::CompareResponse& comparison) {
  const msg::Leg& input = *comparison.input;
  const msg::Leg& formula = *comparison.formula;
  const bool has_fading = input.faded_micropoints != 0;
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
  // The formula leg has the rows of both algorithms, the input leg those of the
  // old one.
  for (const msg::LegLine& line : formula.lines) {
    Way way = {line.before_micropoints, 0, 0, line.change_micropoints,
               line.after_micropoints};
    for (const msg::LegLine& fact : input.lines) {
      if (fact.factor != line.factor) continue;
      way.before = fact.before_micropoints;
      way.faded = fact.faded_micropoints;
      way.facts = fact.change_micropoints - fact.faded_micropoints;
    }
    section.table.rows.push_back(
        RowOf(Say(Word(line.factor)), way, has_fading));
  }
  section.table.rows.push_back(
      RowOf(Say(Message::kRowScore),
            {comparison.before_micropoints, input.faded_micropoints,
             input.change_micropoints - input.faded_micropoints,
             formula.change_micropoints, comparison.after_micropoints},
            has_fading));
  return section;
}

}  // namespace

// Differences come first: they are the frame in which the change must be read.
Page PageOf(const msg::CompareResponse& comparison, const Origin& origin) {
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
  page.sections.push_back(ByFactorOf(comparison));
  page.sections.push_back(LimitsOf(comparison, origin.proof));
  page.sections.push_back(IdentityOf(Message::kHeadIdentity, comparison.id,
                                     BothSidesOf(comparison), origin));
  return page;
}

std::vector<Section> ChangedSince(const msg::CompareResponse& comparison) {
  Section summary;
  summary.heading = Say(Message::kHeadChanged);
  summary.items = DifferencesOf(comparison);
  summary.items.push_back(TitleOf(comparison));
  Sentence whole = WholePointsOf(comparison);
  if (whole.message != Message::kNothing) {
    summary.items.push_back(std::move(whole));
  }
  return {std::move(summary), WhyOf(comparison), ByFactorOf(comparison),
          IdentityOf(Message::kHeadIdentityBoth, comparison.id,
                     BothSidesOf(comparison), {{}, Proof::kFacts})};
}

}  // namespace influence
