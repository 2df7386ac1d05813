// Builds the pages of model cards, a function for each section, out of the
// message codes of card_messages.inc. A custom algorithm gets the same card
// without measurements: its sections say that there are none.
// One file: it is one list, the sections in the order of the page.
#include "render/card_page.h"

#include <algorithm>
#include <utility>

#include "base/civil.h"
#include "model/event.h"
#include "model/profile.h"
#include "render/report_pages.h"

namespace influence {
namespace {

// The algorithm whose scores the judges of the resolution compared.
constexpr std::string_view kResolutionOf = "v1";

Sentence Nothing() { return Say(Message::kNothing); }

Message Offset(Message first, size_t by) {
  return static_cast<Message>(static_cast<size_t>(first) + by);
}

Message Of(Message first, Factor factor) {
  return Offset(first, Index(factor));
}

int32_t DayOf(int32_t year, int32_t month, int32_t day) {
  return static_cast<int32_t>(DaysOf({year, month, day}));
}

Section Items(Message heading, std::vector<Sentence> items) {
  Section section;
  section.heading = Say(heading);
  section.items = std::move(items);
  return section;
}

bool Counts(const Algorithm& algorithm, Signal signal) {
  for (const Row& row : algorithm.rows) {
    for (const SignalValue& count : row.counts) {
      if (count.signal == signal) return true;
    }
  }
  return false;
}

// True if the algorithm counts any signal that a tally produces.
bool CountsReactions(const Algorithm& algorithm) {
  return std::any_of(algorithm.rows.begin(), algorithm.rows.end(),
                     [](const Row& row) {
                       return row.counts.size() > 1 ||
                              row.counts[0].signal != Signal::kStanding;
                     });
}

std::string SourceFile(const char* algorithm, const char* name) {
  return "src/algorithm/" + std::string(algorithm) + "/" + name;
}

Section IdentityOf(const Card& card) {
  const Algorithm& algorithm = *card.algorithm;
  Section section;
  section.heading = Say(Message::kHeadCardIdentity);
  section.table.align = "ll";
  const auto add = [&section](Message what, Argument is) {
    section.table.rows.push_back({Say(what), Say(std::move(is))});
  };
  add(Message::kColumnWhat, Word(Message::kColumnIs));
  add(Message::kRowAlgorithm, Text(algorithm.id));
  add(Message::kCardStatus,
      Word(algorithm.released ? Message::kCardReleased : Message::kCardCustom));
  const std::string_view id = algorithm.id;
  add(Message::kCardMaker, algorithm.released
                               ? Word(Message::kCardProject)
                               : Text(id.substr(0, id.find('/'))));
  add(Message::kRowFingerprint, Text(card.fingerprint));
  add(Message::kRowRenderedBy, Text(card.rendered_by));
  return section;
}

// The bands come from the evaluator (band_from), so the card cannot state other
// ones.
Section MeaningOf(const Card& card) {
  Section section =
      Items(Message::kHeadCardMeans,
            {Say(Message::kCardMeansReactions), Say(Message::kCardMeansLedger),
             Say(Message::kCardMeansOrder), Say(Message::kCardMeansDay),
             Say(Message::kCardMeansBands)});
  section.table = {
      "lr", {{Say(Message::kColumnBand), Say(Message::kColumnPoints)}}, false};
  constexpr uint64_t kMost = kFullScore / kOne;
  for (size_t i = 0; i < card.band_from.size(); ++i) {
    const uint64_t last =
        i + 1 < card.band_from.size() ? card.band_from[i + 1] - 1 : kMost;
    section.table.rows.push_back(
        {Say(Word(static_cast<Band>(i + 1))),
         {Message::kPointRange, {Count(card.band_from[i]), Count(last)}}});
  }
  return section;
}

Section NotMeant() {
  return Items(Message::kHeadCardNot,
               {Say(Message::kCardNotWorth), Say(Message::kCardNotReach),
                Say(Message::kCardNotElsewhere), Say(Message::kCardNotRatio),
                Say(Message::kCardNotBought), Say(Message::kCardNotMixed)});
}

Section Computed() {
  return Items(
      Message::kHeadCardComputed,
      {Say(Message::kCardStepCount),
       {Message::kCardStepSum, {Count(kMaxAccounts)}},
       {Message::kCardStepWeigh,
        {Text("weight * min(1, log2(1 + x) / log2(1 + saturation point))")}},
       {Message::kCardStepAdd, {Quantity(kFullScore)}},
       Say(Message::kCardStepLogarithm),
       Say(Message::kCardStepSame),
       Say(Message::kCardStepMonotone)});
}

// Describes a factor with all known reasons for its weight.
Sentence FactorOf(const Row& row, const Evidence& evidence) {
  std::vector<Sentence> reasons;
  for (const SignalEvidence& alone : evidence.signals) {
    for (const SignalValue& count : row.counts) {
      if (count.signal != alone.signal) continue;
      reasons.push_back(
          {Message::kCardAlone, {Word(alone.signal), Quantity(alone.auc)}});
    }
  }
  for (const FactorReason& one : evidence.reasons) {
    if (one.factor != row.factor) continue;
    reasons.push_back(
        Say(Offset(Message::kCardBestAlone, static_cast<size_t>(one.reason))));
  }
  const Argument meaning = Word(Of(Message::kCardAttention, row.factor));
  if (reasons.empty()) {
    return {Message::kCardFactor, {Word(row.factor), meaning}};
  }
  return {Message::kCardFactorWhy,
          {Word(row.factor), meaning, List(std::move(reasons))}};
}

// Starts from the table of weights that every report shows, and replaces its
// items by the reasons.
Section FactorsOf(const Card& card) {
  const Algorithm& algorithm = *card.algorithm;
  Section section = WeightsOf(algorithm);
  section.heading = Say(Message::kHeadCardFactors);
  section.items.clear();
  for (const Row& row : algorithm.rows) {
    section.items.push_back(FactorOf(row, *card.evidence));
  }
  if (algorithm.released) {
    for (const Message reason :
         {Message::kCardReasonsFree, Message::kCardReasonsValues,
          Message::kCardReasonsFullMarks, Message::kCardReasonsHalfLife,
          Message::kCardNeverCounts}) {
      section.items.push_back(Say(reason));
    }
    section.items.push_back(
        {Message::kCardFile,
         {Text(SourceFile(algorithm.id.c_str(), "SPEC.md"))}});
  } else {
    section.items.push_back(Say(Message::kCardReasonsNone));
  }
  return section;
}

// The constants are those that the tally itself uses; only the words are the
// card's.
Section TallyOf(const Algorithm& algorithm) {
  Section section =
      Items(Message::kHeadCardTally,
            {{Message::kCardTallyFade,
              {Count(static_cast<uint64_t>(algorithm.age_unit_seconds))}},
             {Message::kCardTallyGive,
              {Text("q * E / (1 + N / c)"), Quantity(kLeastQuality),
               Quantity(kOne), Quantity(algorithm.crowd)}},
             {Message::kCardTallyMost, {Quantity(algorithm.crowd)}}});
  if (Counts(algorithm, Signal::kEndorsements)) {
    section.items.push_back(
        {Message::kCardTallyEndorsements,
         {Quantity(kOne / 10 * static_cast<Micros>(kReturnedTenths))}});
  }
  section.items.push_back(
      {Message::kCardTallyTopics,
       {Text("n / (n + " + std::to_string(kTopicShrinkage) + ")")}});
  section.items.push_back(Say(Message::kCardTallyOwn));
  section.items.push_back(Say(Message::kCardTallyCounts));
  section.items.push_back(
      {Message::kCardFile, {Text(SourceFile("v1", "TALLY.md"))}});
  return section;
}

Section StandingOf(const Algorithm& algorithm) {
  return Items(Message::kHeadCardStanding,
               {{Message::kCardStandingFlow,
                 {Count(algorithm.standing.iterations),
                  Quantity(algorithm.standing.teleport)}},
                Say(Message::kCardStandingSeeds),
                {Message::kCardStandingUnit, {Quantity(kOne)}},
                {Message::kCardFile, {Text(SourceFile("v1", "STANDING.md"))}}});
}

// Figures below 0 mean that the algorithm does not count the signal: their
// sentences are left out.
Section GamingOf(const GamingPrices& gaming) {
  Section section;
  section.heading = Say(Message::kHeadCardGaming);
  section.table = {"rrrr",
                   {{Say(Message::kColumnAccounts), Say(Message::kColumnMost),
                     Say(Message::kColumnOnce), Say(Message::kColumnHundred)}},
                   false};
  for (const GamingLine& line : gaming.lines) {
    section.table.rows.push_back(
        {Say(Count(line.accounts)), Say(Points(line.most)),
         Say(Points(line.once)), Say(Points(line.hundred))});
  }
  section.items.push_back(
      {Message::kCardGamingTable, {Quantity(kLeastQuality)}});
  const auto add = [&section](Message what, Micros points) {
    if (points >= 0) section.items.push_back({what, {Points(points)}});
  };
  add(Message::kCardGamingFan, gaming.one_fan_mentions);
  add(Message::kCardGamingRing, gaming.endorsement_ring);
  if (gaming.bought_followers >= 0) {
    section.items.push_back(
        {Message::kCardGamingFollowers,
         {Quantity(kBoughtFollowers), Points(gaming.bought_followers)}});
  }
  section.items.push_back(Say(Message::kCardGamingOwn));
  section.items.push_back(Say(Message::kCardGamingCheap));
  return section;
}

Section MissingPolicy() {
  return Items(Message::kHeadCardMissing,
               {Say(Message::kCardMissingNothing),
                Say(Message::kCardMissingZero),
                {Message::kCardMissingBounds, {Quantity(kFullScore)}},
                Say(Message::kCardMissingCompare)});
}

// Adds the limits of the data and of the figures.
void AddLimits(const Card& card, Section* section) {
  const Evidence& evidence = *card.evidence;
  const auto has = [&evidence](auto is) {
    return std::any_of(evidence.measurements.begin(),
                       evidence.measurements.end(), is);
  };
  section->items.push_back(
      {Message::kCardDataPairs, {Text(YearOf(Data::kPairs))}});
  if (has([](const Measurement& m) { return m.data == Data::kHiggs; })) {
    section->items.push_back(
        {Message::kCardDataReactions, {Text(YearOf(Data::kHiggs))}});
  }
  if (has([](const Measurement& m) { return m.finding == Finding::kUnseen; })) {
    section->items.push_back(Say(Message::kCardLimitSpread));
    section->items.push_back(Say(Message::kCardLimitChosen));
  }
  if (has([](const Measurement& m) { return m.command.empty(); })) {
    section->items.push_back(Say(Message::kCardLimitUnprinted));
  }
  section->items.push_back(
      {Message::kCardLimitAuc, {Quantity(kOne / 2), Quantity(kOne)}});
  uint64_t signals = 0;
  for (const Row& row : card.algorithm->rows) signals += row.counts.size();
  section->items.push_back({Message::kCardLimitSignals,
                            {Count(evidence.signals.size()), Count(signals)}});
  section->items.push_back(Say(Message::kCardLimitNow));
  section->items.push_back(Say(Message::kCardLimitGroups));
  section->items.push_back(Say(Message::kCardLimitCause));
}

// Every figure names the command that prints it; figures without one are
// explained among the limits.
Section EvidenceOn(const Card& card) {
  Section section;
  section.heading = Say(Message::kHeadCardEvidence);
  if (card.evidence->measurements.empty()) {
    section.items = {Say(Message::kCardEvidenceNone),
                     Say(Message::kCardLimitGroups)};
    return section;
  }
  section.table = {"lrrll",
                   {{Say(Message::kColumnWhat), Say(Message::kColumnFigure),
                     Say(Message::kColumnDeviation), Say(Message::kColumnData),
                     Say(Message::kColumnCommand)}},
                   false};
  for (const Measurement& one : card.evidence->measurements) {
    section.table.rows.push_back(
        {Say(Offset(Message::kFindingAuc, static_cast<size_t>(one.finding))),
         Say(Quantity(one.value)),
         one.deviation == 0 ? Nothing() : Say(Quantity(one.deviation)),
         {Message::kCardSample,
          {Count(one.sample),
           Word(Offset(Message::kDataPairs, static_cast<size_t>(one.data)))}},
         one.command.empty() ? Nothing() : Say(Text(one.command))});
  }
  AddLimits(card, &section);
  return section;
}

// Adds the price lists of both algorithms side by side.
void AddPrices(const Card& card, Section* section) {
  const Argument from = Text(card.evidence->drift.from);
  const Argument to = Text(card.algorithm->id);
  section->table = {"lrr",
                    {{Say(Message::kColumnFactor),
                      {Message::kColumnBy, {from}},
                      {Message::kColumnBy, {to}}}},
                    false};
  Micros silence = 0;
  for (const msg::PriceLine& line : *card.before_prices) {
    silence += line.silent_30_days_micropoints;
  }
  for (const msg::PriceLine& line : *card.prices) {
    const auto old =
        std::find_if(card.before_prices->begin(), card.before_prices->end(),
                     [&line](const msg::PriceLine& one) {
                       return one.factor == line.factor;
                     });
    section->table.rows.push_back({Say(Word(line.factor)),
                                   old == card.before_prices->end()
                                       ? Nothing()
                                       : Say(Points(old->tenfold_micropoints)),
                                   Say(Points(line.tenfold_micropoints))});
  }
  section->items.push_back(Say(Message::kCardDriftPrices));
  section->items.push_back(
      {Message::kCardDriftSilence,
       {Points(card.gaming->silent_30_days), to, Points(silence), from}});
}

// The measured drift from the previous version; SPEC.md has the same numbers,
// and a test compares them.
Section DriftOf(const Card& card) {
  const MeasuredDrift& drift = card.evidence->drift;
  Section section =
      Items(Message::kHeadCardDrift,
            {{Message::kCardDriftMoved,
              {Count(drift.people), Count(drift.up), Count(drift.down),
               Signed(drift.least), Signed(drift.most)}},
             {Message::kCardDriftBeyond,
              {Count(drift.beyond), Quantity(card.resolution)}},
             {Message::kCardDriftOrder,
              {Quantity(drift.spearman), Quantity(drift.kendall)}},
             {Message::kCardDriftCommand, {Text(drift.command)}}});
  section.heading.arguments = {Text(drift.from), Text(card.algorithm->id)};
  AddPrices(card, &section);
  return section;
}

// Only one algorithm was judged for its resolution. The others quote it by
// name.
Section ResolutionOf(const Card& card) {
  Section section =
      Items(Message::kHeadCardResolution,
            {{Message::kCardResolution, {Quantity(card.resolution)}},
             Say(Message::kCardResolutionWhole)});
  if (card.evidence->agreements.empty()) {
    section.items.push_back(
        {Message::kCardResolutionOther, {Text(kResolutionOf)}});
    return section;
  }
  section.items.push_back(Say(Message::kCardResolutionJudges));
  section.table = {
      "rr", {{Say(Message::kColumnApart), Say(Message::kColumnAgree)}}, false};
  for (const Agreement& one : card.evidence->agreements) {
    section.table.rows.push_back(
        {Say(Quantity(one.distance)), Say(Count(one.percent))});
  }
  return section;
}

Section Uses() {
  return Items(Message::kHeadCardUses,
               {Say(Message::kCardUseFind), Say(Message::kCardUseOwn),
                Say(Message::kCardUseStudy), Say(Message::kCardUseHuman)});
}

// Uses that the card excludes, with the law that prohibits or restricts them,
// if there is one.
Section Excluded() {
  Section section =
      Items(Message::kHeadCardExcluded,
            {Say(Message::kCardLawProhibited), Say(Message::kCardLawHighRisk),
             Say(Message::kCardLawAdvice)});
  section.table = {
      "ll", {{Say(Message::kColumnUse), Say(Message::kColumnLaw)}}, false};
#define EXCLUDED(use, kind, where)           \
  section.table.rows.push_back(              \
      {Say(Message::k##use),                 \
       Message::k##kind == Message::kNothing \
           ? Nothing()                       \
           : Sentence{Message::k##kind,      \
                      {Text(where), Word(Message::kLawAi)}}});
#include "render/card_law.inc"
#undef EXCLUDED
  return section;
}

// Lists the parameters, most weight first; equal weights keep the order of
// rows.
Section ParametersOf(const Algorithm& algorithm) {
  Section section = Items(Message::kHeadCardParameters, {});
  section.table = {"lrl",
                   {{Say(Message::kColumnFactor), Say(Message::kColumnShare),
                     Say(Message::kColumnMoves)}},
                   false};
  std::vector<Row> rows = algorithm.rows;
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.weight > b.weight;
  });
  for (const Row& row : rows) {
    // Weights sum to 100 points, so they are percentages.
    section.table.rows.push_back(
        {Say(Word(row.factor)), Say(Quantity(row.weight)),
         Say(Of(Message::kMovesAttention, row.factor))});
  }
#define PARAMETERS(sentence, article) \
  section.items.push_back(            \
      {Message::k##sentence, {Text(article), Word(Message::kLawServices)}});
#include "render/card_law.inc"
#undef PARAMETERS
  section.items.insert(section.items.begin() + 1,
                       Say(Message::kCardParametersDo));
  return section;
}

Section Rights() {
  Section section = Items(Message::kHeadCardRights, {});
  section.table = {"lll",
                   {{Say(Message::kColumnRight),
                     {Message::kColumnArticle, {Word(Message::kLawData)}},
                     Say(Message::kColumnFor)}},
                   false};
#define RIGHT(right, articles)                                               \
  section.table.rows.push_back({Say(Message::k##right), Say(Text(articles)), \
                                Say(Message::k##right##For)});
#define CASE(sentence, name, year, month, day) \
  section.items.push_back(                     \
      {Message::k##sentence, {Text(name), Day(DayOf(year, month, day))}});
#include "render/card_law.inc"
#undef RIGHT
#undef CASE
  section.items.push_back(Say(Message::kCardRightWhom));
  return section;
}

Section Changes(const Algorithm& algorithm) {
  return Items(Message::kHeadCardChange,
               {Say(algorithm.released ? Message::kCardChangeFrozen
                                       : Message::kCardChangeCustom),
                Say(Message::kCardChangeLibrary),
                {Message::kCardChangeDrift, {Text("influence drift")}},
                {Message::kCardChangeWhy, {Text("influence compare")}}});
}

Section Checks(const Algorithm& algorithm) {
  const std::string option = algorithm.released
                                 ? "--algorithm " + algorithm.id
                                 : std::string("--algorithm-file FILE");
  return Items(Message::kHeadCardCheck,
               {{Message::kCardCheckPage, {Text("influence card " + option)}},
                {Message::kCardCheckVerify, {Text("influence verify")}},
                {Message::kCardCheckLibrary, {Text("influence selftest")}}});
}

Section Laws() {
  Section section = Items(Message::kHeadCardLaws, {});
  section.table = {
      "lrr",
      {{Say(Message::kColumnRegulation), Say(Message::kColumnNumber),
        Say(Message::kColumnPublished)}},
      false};
#define LAW(name, number, year, month, day)                               \
  section.table.rows.push_back({Say(Message::k##name), Say(Text(number)), \
                                Say(Day(DayOf(year, month, day)))});
#include "render/card_law.inc"
#undef LAW
  return section;
}

}  // namespace

// Sections that the algorithm does not need, such as the tally of one without
// reactions, are left out.
Page PageOf(const Card& card) {
  const Algorithm& algorithm = *card.algorithm;
  Page page;
  page.name = {Message::kCardTitle, {Text(algorithm.id)}};
  page.title = page.name;
  page.verdict = {Message::kCardVerdict, {Quantity(0), Quantity(kFullScore)}};
  std::vector<Section>& sections = page.sections;
  sections = {IdentityOf(card), MeaningOf(card), NotMeant(), Computed(),
              FactorsOf(card)};
  if (CountsReactions(algorithm)) sections.push_back(TallyOf(algorithm));
  if (Counts(algorithm, Signal::kStanding)) {
    sections.push_back(StandingOf(algorithm));
  }
  sections.push_back(PricesOf(*card.prices));
  sections.back().items = {
      Say(Message::kCardPricesBound),
      {Message::kCardPricesSilence, {Points(card.gaming->silent_30_days)}}};
  if (CountsReactions(algorithm)) sections.push_back(GamingOf(*card.gaming));
  sections.push_back(MissingPolicy());
  sections.push_back(EvidenceOn(card));
  if (!card.evidence->drift.from.empty()) sections.push_back(DriftOf(card));
  sections.push_back(ResolutionOf(card));
  sections.push_back(Uses());
  sections.push_back(Excluded());
  sections.push_back(ParametersOf(algorithm));
  sections.push_back(Rights());
  sections.push_back(Changes(algorithm));
  sections.push_back(Checks(algorithm));
  sections.push_back(Laws());
  return page;
}

}  // namespace influence
