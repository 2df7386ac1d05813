// Turns ledgers and algorithms into pages. render.cc uses AddLedger() for the
// text in a response; engine/page_calls.cc uses the complete pages, with
// identity, limits and the change since an earlier result.
#include "render/report_pages.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "render/comparison_page.h"

namespace influence {
namespace {

using Cells = std::vector<Sentence>;

Sentence Nothing() { return Say(Message::kNothing); }

Sentence Remark(const Line& line) {
  if (line.cap == Cap::kFullMarks) return Say(Message::kRemarkFullMarks);
  return line.stated && line.missing > 0 ? Say(Message::kRemarkPartUnknown)
                                         : Nothing();
}

// Parts are listed only if there are several: a single part repeats its line.
Table LinesOf(const Profile& profile, const Ledger& ledger) {
  // Narrow screens hide full marks and weight, which the table of weights
  // repeats.
  Table table{"lrrrrl", {}, true, "..--.."};
  table.rows.push_back(
      {Say(Message::kColumnFactor), Say(Message::kColumnQuantity),
       Say(Message::kColumnFullMarks), Say(Message::kColumnWeight),
       Say(Message::kColumnPoints), Nothing()});
  for (const Line& line : ledger.lines) {
    table.rows.push_back(
        {Say(Word(line.factor)),
         line.stated ? Say(Quantity(line.quantity)) : Say(Message::kUnknown),
         Say(Quantity(line.full_marks)), Say(Quantity(line.weight)),
         Say(Points(line.points)), Remark(line)});
    if (line.parts_end - line.parts_begin < 2) continue;
    for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
      const Part& part = ledger.parts[i];
      table.rows.push_back(
          {Sentence{Message::kIndented,
                    {Network(profile.accounts[part.account].network)}},
           Say(Quantity(part.quantity)), Nothing(), Nothing(),
           Sentence{Message::kInBrackets, {Points(part.points)}}, Nothing()});
    }
  }
  table.rows.push_back({Say(Message::kRowScore), Nothing(), Nothing(),
                        Say(Quantity(kFullScore)), Say(Points(ledger.score)),
                        Nothing()});
  return table;
}

// "ada, attention: 10 mentions + 4 likes x 0.25".
Section CountedOf(const Algorithm& algorithm, const Profile& profile) {
  Section section;
  section.heading = Say(Message::kHeadCounted);
  for (const Account& account : profile.accounts) {
    for (const Row& row : algorithm.rows) {
      std::vector<Sentence> sum;
      for (const SignalValue& count : row.counts) {
        if (!account.signals.Has(count.signal)) continue;
        Sentence term{
            Message::kCountedTerm,
            {Quantity(account.signals.Get(count.signal)), Word(count.signal)}};
        if (count.value != kOne) {
          term.message = Message::kCountedWeighed;
          term.arguments.push_back(Quantity(count.value));
        }
        sum.push_back(std::move(term));
      }
      if (sum.empty()) continue;
      section.items.push_back(
          {Message::kCounted,
           {Network(account.network), Word(row.factor), Sum(std::move(sum))}});
    }
  }
  return section;
}

Sentence ReasonOf(const Reason& reason) {
  Sentence said{Message::kEarned, {Points(reason.points), Word(reason.factor)}};
  switch (reason.code) {
    case ReasonCode::kUnspecified:
    case ReasonCode::kEarned:
      break;
    case ReasonCode::kFullMarks:
      said.message = Message::kFullMarks;
      break;
    case ReasonCode::kNotStated:
      said.message = Message::kNotStated;
      break;
    case ReasonCode::kPartlyStated:
      said.message = Message::kPartlyStated;
      break;
    case ReasonCode::kBelowFullMarks:
      said.message = Message::kBelowFullMarks;
      said.arguments.push_back(Quantity(reason.quantity));
      said.arguments.push_back(Quantity(reason.full_marks));
      break;
  }
  return said;
}

template <typename Reasons>
Section ReasonsOf(Message heading, const Reasons& reasons) {
  Section section;
  section.heading = Say(heading);
  for (const Reason& reason : reasons) {
    section.items.push_back(ReasonOf(reason));
  }
  return section;
}

// The range comes with the coverage, so that no score without data looks
// certain.
Section KnownOf(const Ledger& ledger) {
  Section section;
  section.heading = Say(Message::kHeadKnown);
  // Weights sum to 100 points, so covered points are a percentage.
  section.items.push_back({Message::kCoverage, {Points(ledger.coverage)}});
  section.items.push_back(
      ledger.low == ledger.high
          ? Sentence{Message::kComplete, {Points(ledger.score)}}
          : Sentence{Message::kBounds,
                     {Points(ledger.low), Points(ledger.high)}});
  section.items.push_back(Say(Message::kResolution));
  return section;
}

Sentence VerdictOf(const Ledger& ledger) {
  // max_element returns the first of equal lines.
  const auto most = std::max_element(
      ledger.lines.begin(), ledger.lines.end(),
      [](const Line& a, const Line& b) { return a.points < b.points; });
  if (most == ledger.lines.end() || ledger.score == 0) {
    return Say(Message::kVerdictNothing);
  }
  return {Message::kVerdict,
          {WholePoints(ledger.score), Word(ledger.band), Word(most->factor),
           Points(most->points)}};
}

// Each bar begins where the one before it ends, so the last ends at the score.
void AddWaterfall(const Ledger& ledger, Section* section) {
  section->chart = {Message::kWaterfallTitle, {Points(ledger.score)}};
  section->chart_key = Say(Message::kWaterfallKey);
  section->bar_limit = kFullScore;
  Micros at = 0;
  for (const Line& line : ledger.lines) {
    section->bars.push_back({Say(Word(line.factor)), Say(Points(line.points)),
                             at, line.points, line.missing});
    at += line.points;
  }
}

Sentence HalfLifeOf(const Algorithm& algorithm, const Row& row) {
  if (row.half_life_units == 0) return Say(Message::kHalfLifeNone);
  const auto units = static_cast<uint64_t>(row.half_life_units);
  if (algorithm.age_unit_seconds == kDay) {
    return {Message::kHalfLifeDays, {Count(units)}};
  }
  return {
      Message::kHalfLifeSeconds,
      {Count(units), Count(static_cast<uint64_t>(algorithm.age_unit_seconds))}};
}

}  // namespace

// Used by reports of persons, of algorithms and by cards, so that all show one
// table.
Section WeightsOf(const Algorithm& algorithm) {
  Section section;
  section.heading = {Message::kHeadWeights, {Text(algorithm.id)}};
  section.items.push_back(Say(Message::kFormula));
  Table table{"lrrrl", {}, false, "", /*stacks=*/true};
  table.rows.push_back(
      {Say(Message::kColumnFactor), Say(Message::kColumnWeight),
       Say(Message::kColumnFullMarks), Say(Message::kColumnHalfLife),
       Say(Message::kColumnCounts)});
  for (const Row& row : algorithm.rows) {
    std::vector<Sentence> counts;
    for (const SignalValue& count : row.counts) {
      counts.push_back(
          {Message::kCountsTerm, {Word(count.signal), Quantity(count.value)}});
    }
    table.rows.push_back({Say(Word(row.factor)), Say(Quantity(row.weight)),
                          Say(Quantity(row.full_marks)),
                          HalfLifeOf(algorithm, row),
                          Say(List(std::move(counts)))});
  }
  section.table = std::move(table);
  return section;
}

Section PricesOf(const std::vector<msg::PriceLine>& prices) {
  Section section;
  section.heading = Say(Message::kHeadPrices);
  section.table.align = "lrrr";
  section.table.rows.push_back(
      {Say(Message::kColumnFactor), Say(Message::kColumnDoubled),
       Say(Message::kColumnTenfold), Say(Message::kColumnSilent)});
  for (const msg::PriceLine& price : prices) {
    section.table.rows.push_back(
        {Say(Word(price.factor)), Say(Points(price.doubled_micropoints)),
         Say(Points(price.tenfold_micropoints)),
         Say(Points(price.silent_30_days_micropoints))});
  }
  return section;
}

Sentence TitleOf(const Algorithm& algorithm, const Profile& profile,
                 const Ledger& ledger) {
  return {Message::kTitle,
          {Text(profile.id), WholePoints(ledger.score), Word(ledger.band),
           Text(algorithm.id)}};
}

void AddLedger(const Algorithm& algorithm, const Profile& profile,
               const Ledger& ledger, Page* page) {
  Section lines;
  lines.heading = Say(Message::kHeadLedger);
  lines.table = LinesOf(profile, ledger);
  page->sections.push_back(std::move(lines));
  page->sections.push_back(CountedOf(algorithm, profile));
  page->sections.push_back(ReasonsOf(Message::kHeadLifted, ledger.lifted));
  page->sections.push_back(ReasonsOf(Message::kHeadHeldBack, ledger.held_back));
  page->sections.push_back(KnownOf(ledger));
}

// The change since an earlier result follows the ledger directly: it is the
// reader's next question.
Page PageOf(const PersonReport& report) {
  const ReportSide& now = report.now;
  Page page;
  page.name = {Message::kReportTitle, {Text(now.profile->id)}};
  page.title = TitleOf(*now.algorithm, *now.profile, *now.ledger);
  page.headline = Say(WholePoints(now.ledger->score));
  page.rest = {Message::kOutOf, {Word(now.ledger->band)}};
  page.verdict = VerdictOf(*now.ledger);
  AddLedger(*now.algorithm, *now.profile, *now.ledger, &page);
  AddWaterfall(*now.ledger, &page.sections.front());
  if (report.change != nullptr) {
    std::vector<Section> changed = ChangedSince(*report.change);
    page.sections.insert(page.sections.begin() + 1,
                         std::make_move_iterator(changed.begin()),
                         std::make_move_iterator(changed.end()));
  }
  page.sections.push_back(WeightsOf(*now.algorithm));
  page.sections.push_back(PricesOf(*report.prices));
  page.sections.push_back(LimitsOf(true, report.origin.proof));
  page.sections.push_back(IdentityOf(Message::kHeadIdentity, now.profile->id,
                                     now.identity, report.origin));
  // Drops empty sections together with their headings.
  page.sections.erase(std::remove_if(page.sections.begin(), page.sections.end(),
                                     [](const Section& section) {
                                       return section.items.empty() &&
                                              section.table.rows.empty();
                                     }),
                      page.sections.end());
  return page;
}

Page PageOf(const AlgorithmReport& report) {
  const Algorithm& algorithm = *report.algorithm;
  Page page;
  page.name = {Message::kAlgorithmTitle, {Text(algorithm.id)}};
  page.title = page.name;
  page.verdict = Say(algorithm.released ? Message::kAlgorithmReleased
                                        : Message::kAlgorithmCustom);
  page.sections = {
      WeightsOf(algorithm), PricesOf(*report.prices),
      LimitsOf(true, report.origin.proof),
      IdentityOf(Message::kHeadIdentity, "", report.identity, report.origin)};
  return page;
}

}  // namespace influence
