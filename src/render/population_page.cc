// Turns a DriftReport into a page. A report without `before` describes one
// population: its page has the distribution and the bands alone. With `before`
// the page answers how many people moved, how far, and through which factor.
#include "render/population_page.h"

#include <algorithm>
#include <utility>

#include "model/messages_of.h"

namespace influence {
namespace {

constexpr size_t kPointBins = 100;  // each of a whole point

using Cells = std::vector<Sentence>;

Sentence Nothing() { return Say(Message::kNothing); }

Section NewSection(Sentence heading, std::string align, Cells head) {
  Section section;
  section.heading = std::move(heading);
  section.table = {std::move(align), {std::move(head)}, false};
  return section;
}

uint64_t PeopleIn(const std::vector<uint64_t>& by_point, size_t from,
                  size_t to) {
  uint64_t people = 0;
  for (size_t i = from; i < to; ++i) people += by_point[i];
  return people;
}

void AddCounted(uint64_t people, uint64_t all, Cells* row) {
  row->push_back(Say(Count(people)));
  row->push_back(Say(PercentOf(people, all)));
}

// Shows before and after side by side, if there is a before.
Section DistributionOf(const msg::DriftReport& drift) {
  constexpr size_t kStep = 10;
  const bool both = !drift.before_by_point.empty();
  const uint64_t all = drift.all->people;
  Section section =
      NewSection(Say(Message::kHeadDistribution), both ? "lrrrr" : "lrr",
                 {Say(Message::kColumnScores)});
  Cells& head = section.table.rows[0];
  if (both) {
    head.push_back(Say(Message::kColumnPeopleBefore));
    head.push_back(Say(Message::kColumnPercent));
  }
  head.push_back(
      Say(both ? Message::kColumnPeopleAfter : Message::kColumnPeople));
  head.push_back(Say(Message::kColumnPercent));
  section.chart = {Message::kPopulationPeople,
                   {Count(all), Count(drift.all->refused)}};
  for (size_t from = 0; from < kPointBins; from += kStep) {
    const size_t to = from + kStep;
    const Sentence range{
        Message::kPointRange,
        {Count(from), Count(to == kPointBins ? kPointBins : to - 1)}};
    Cells row = {range};
    if (both) {
      AddCounted(PeopleIn(drift.before_by_point, from, to), all, &row);
    }
    const uint64_t people = PeopleIn(drift.after_by_point, from, to);
    AddCounted(people, all, &row);
    section.table.rows.push_back(std::move(row));
    section.bars.push_back(
        {range, Say(Count(people)), 0, static_cast<Micros>(people), 0});
    section.bar_limit =
        std::max(section.bar_limit, static_cast<Micros>(people));
  }
  return section;
}

Argument BandName(size_t band) { return Word(static_cast<Band>(band + 1)); }

// Sums the columns of the matrix: the people of each band after the change.
Section BandsOf(const msg::DriftSummary& all) {
  Section section = NewSection(
      Say(Message::kHeadBands), "lrr",
      {Nothing(), Say(Message::kColumnPeople), Say(Message::kColumnPercent)});
  const BandMatrix matrix = MatrixOf(all.bands);
  for (size_t after = 0; after < kBandCount; ++after) {
    uint64_t people = 0;
    for (size_t before = 0; before < kBandCount; ++before) {
      people += matrix[before][after];
    }
    Cells row = {Say(BandName(after))};
    AddCounted(people, all.people, &row);
    section.table.rows.push_back(std::move(row));
  }
  return section;
}

// People who moved by the resolution or more have a row of their own: the
// others hardly notice.
Section MovedOf(const msg::DriftReport& drift) {
  const msg::DriftSummary& all = *drift.all;
  Section section = NewSection(
      Say(Message::kHeadMoved), "lrr",
      {Nothing(), Say(Message::kColumnPeople), Say(Message::kColumnPercent)});
  for (const auto& [row, people] :
       {std::pair{Message::kDriftUnchanged, all.unchanged},
        std::pair{Message::kDriftUp, all.up},
        std::pair{Message::kDriftDown, all.down},
        std::pair{Message::kDriftBeyondRow, all.beyond}}) {
    Cells cells = {Say(row)};
    AddCounted(people, all.people, &cells);
    section.table.rows.push_back(std::move(cells));
  }
  section.items.push_back(Say(Message::kResolution));
  return section;
}

// The least and the most are exact, the quantiles between them rounded to a
// hundredth.
Sentence ChangeOf(const msg::DriftQuantile& quantile) {
  if (quantile.permyriad == 0 || quantile.permyriad == 10'000) {
    return Say(Signed(quantile.change_micropoints));
  }
  return {Message::kChangeAbout,
          {SignedHundredths(quantile.change_micropoints)}};
}

Section QuantilesOf(const msg::DriftSummary& all) {
  Section section =
      NewSection(Say(Message::kHeadQuantiles), "lr",
                 {Say(Message::kColumnOfPeople), Say(Message::kColumnAtMost)});
  for (const msg::DriftQuantile& quantile : all.quantiles) {
    section.table.rows.push_back(
        {Say(PercentOf(static_cast<uint64_t>(quantile.permyriad), 10'000)),
         ChangeOf(quantile)});
  }
  return section;
}

// Rows are the bands before, columns the bands after.
Section MigrationOf(const msg::DriftSummary& all) {
  Section section =
      NewSection(Say(Message::kHeadMigration), "lrrrrr", {Nothing()});
  for (size_t band = 0; band < kBandCount; ++band) {
    section.table.rows[0].push_back(Say(BandName(band)));
  }
  const BandMatrix matrix = MatrixOf(all.bands);
  for (size_t before = 0; before < kBandCount; ++before) {
    Cells row = {Say(BandName(before))};
    for (size_t after = 0; after < kBandCount; ++after) {
      row.push_back(Say(Count(matrix[before][after])));
    }
    section.table.rows.push_back(std::move(row));
  }
  return section;
}

// An agreement is unknown if all people of a side are tied.
Section OrderOf(const msg::DriftSummary& all) {
  Section section =
      NewSection(Say(Message::kHeadOrder), "lr",
                 {Say(Message::kColumnMeasure), Say(Message::kColumnValue)});
  for (const auto& [name, value] :
       {std::pair{Message::kSpearman, all.spearman_micros},
        std::pair{Message::kKendall, all.kendall_micros},
        std::pair{Message::kStability, all.stability_micros}}) {
    section.table.rows.push_back({Say(name), value.has_value()
                                                 ? Say(Points(*value))
                                                 : Say(Message::kUnknown)});
  }
  section.items.push_back(Say(Message::kOrderTies));
  return section;
}

Section MovementOf(const msg::DriftSummary& all) {
  Section section =
      NewSection(Say(Message::kHeadMovement), "lrrr",
                 {Say(Message::kColumnFactor), Say(Message::kColumnUp),
                  Say(Message::kColumnDown), Say(Message::kColumnMovedShare)});
  for (const msg::DriftFactor& factor : all.factors) {
    section.table.rows.push_back(
        {Say(Word(factor.factor)), Say(Points(factor.up_micropoints)),
         Say(Points(factor.down_micropoints)),
         Say(PercentOf(static_cast<uint64_t>(factor.share_micros),
                       static_cast<uint64_t>(kOne)))});
  }
  return section;
}

// Lists the movers with the change of each of their factors.
Section MoversOf(const msg::DriftSummary& all) {
  Section section =
      NewSection(Say(Message::kHeadMovers), "lrrrl",
                 {Say(Message::kColumnId), Say(Message::kColumnBefore),
                  Say(Message::kColumnThen), Say(Message::kColumnChange),
                  Say(Message::kColumnReasons)});
  section.table.stacks = true;
  for (const msg::DriftMover& mover : all.movers) {
    std::vector<Sentence> factors;
    for (const msg::DriftFactorChange& one : mover.factors) {
      const Micros change = one.after_micropoints - one.before_micropoints;
      if (change == 0) continue;
      factors.push_back(
          {Message::kFactorChanged, {Word(one.factor), Signed(change)}});
    }
    section.table.rows.push_back(
        {Say(Text(mover.id)), Say(Points(mover.before_micropoints)),
         Say(Points(mover.after_micropoints)),
         Say(Signed(mover.after_micropoints - mover.before_micropoints)),
         Say(List(std::move(factors)))});
  }
  return section;
}

Sentence MedianOf(const msg::DriftSummary& of) {
  for (const msg::DriftQuantile& quantile : of.quantiles) {
    if (quantile.permyriad == 5'000) {
      return Say(SignedHundredths(quantile.change_micropoints));
    }
  }
  return Nothing();
}

Section SlicesOf(const std::vector<msg::DriftSlice>& slices) {
  Section section =
      NewSection(Say(Message::kHeadSlices), "lrrrrrr",
                 {Say(Message::kColumnSlice), Say(Message::kColumnPeople),
                  Say(Message::kColumnMove), Say(Message::kColumnRise),
                  Say(Message::kColumnFall), Say(Message::kColumnBeyond),
                  Say(Message::kColumnMedian)});
  section.table.stacks = true;
  for (const msg::DriftSlice& slice : slices) {
    const msg::DriftSummary& of = *slice.summary;
    const Argument value = slice.is_null         ? Word(Message::kSliceNone)
                           : slice.value.empty() ? Word(Message::kSliceEmpty)
                                                 : Text(slice.value);
    section.table.rows.push_back(
        {Sentence{Message::kSlice, {Text(slice.column), value}},
         Say(Count(of.people)), Say(PercentOf(of.up + of.down, of.people)),
         Say(PercentOf(of.up, of.people)), Say(PercentOf(of.down, of.people)),
         Say(PercentOf(of.beyond, of.people)), MedianOf(of)});
  }
  return section;
}

void AddDrift(const msg::DriftReport& drift, std::vector<Section>* sections) {
  const msg::DriftSummary& all = *drift.all;
  sections->push_back(MovedOf(drift));
  if (!all.quantiles.empty()) sections->push_back(QuantilesOf(all));
  if (!all.bands.empty()) sections->push_back(MigrationOf(all));
  sections->push_back(OrderOf(all));
  if (!all.factors.empty()) sections->push_back(MovementOf(all));
  if (!all.movers.empty()) sections->push_back(MoversOf(all));
  if (!drift.slices.empty()) sections->push_back(SlicesOf(drift.slices));
}

}  // namespace

// The identities of both sides are listed, or of the one there is.
Page PageOf(const msg::DriftReport& drift, const Origin& origin) {
  const msg::Identity after = drift.after.value_or(msg::Identity());
  const bool has_drift =
      drift.before.has_value() && !drift.before->algorithm.empty();
  Page page;
  page.name = {Message::kPopulationTitle, {Text(after.algorithm)}};
  if (has_drift) {
    page.name = {Message::kPopulationFromTo,
                 {Text(drift.before->algorithm), Text(after.algorithm)}};
  }
  page.title = page.name;
  page.verdict = {Message::kPopulationPeople,
                  {Count(drift.all->people), Count(drift.all->refused)}};
  if (has_drift) AddDrift(drift, &page.sections);
  page.sections.push_back(DistributionOf(drift));
  if (!drift.all->bands.empty()) page.sections.push_back(BandsOf(*drift.all));
  page.sections.push_back(LimitsOf(false, origin.proof));
  page.sections.push_back(
      IdentityOf(Message::kHeadIdentity, "",
                 FieldsOf(has_drift ? *drift.before : after, after), origin));
  return page;
}

}  // namespace influence
