// The laws of comparisons and what-if answers; drift_laws.cc has those of
// drifts. Ranges are checked before sums: an answer may come from anywhere, and
// no sum of its numbers may overflow.
#include "insight/stored_laws.h"

#include <utility>

#include "base/micros.h"
#include "codec/identity_fields.h"
#include "insight/checks.h"
#include "insight/comparison.h"

namespace influence {
namespace {

// Limits of lists: the library never writes more.
constexpr size_t kMostLines = 2 * kFactorCount;
// Each signal can fade and have five other fates; each line adds one reason.
constexpr size_t kMostReasons = 6 * kSignalCount + kMostLines;
constexpr size_t kMostNetworks = 2 * kMaxAccounts;  // of two sides
constexpr int64_t kMostDays = int64_t{1} << 30;

void CheckQuantity(const Checks& at, const char* name, Micros value) {
  at.Number(name, value, 0, kMaxQuantity);
}

// The count of one signal over all accounts; absent if unknown.
void CheckCount(const Checks& at, const char* name,
                const std::optional<int64_t>& count) {
  at.Number(name, count.value_or(0), 0, Micros{kMaxAccounts} * kMaxSignal);
}

// Checks the networks or the signals of a line. Both lists may be empty.
void CheckParts(const msg::LegLine& line, const Checks& at, const char* name,
                const std::vector<msg::LegPart>& parts) {
  Micros change = 0, faded = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const msg::LegPart& part = parts[i];
    const Checks here = at.In(name, i);
    if (&parts == &line.signals) {
      here.Known("signal", part.signal, kSignalCount);
    }
    CheckQuantity(here, "before_quantity_micros", part.before_quantity_micros);
    CheckQuantity(here, "after_quantity_micros", part.after_quantity_micros);
    CheckQuantity(here, "faded_quantity_micros", part.faded_quantity_micros);
    here.ScoreChange("change_micropoints", part.change_micropoints);
    here.Number("faded_micropoints", part.faded_micropoints, -kFullScore,
                kFullScore);
    if (parts.size() > kMostNetworks) continue;  // so that no sum overflows
    change += part.change_micropoints;
    faded += part.faded_micropoints;
  }
  at.Law(parts.empty() || (change == line.change_micropoints &&
                           faded == line.faded_micropoints),
         name, "do not sum to the line");
}

void CheckLegLine(const msg::LegLine& line, const Checks& at) {
  at.Known("factor", line.factor, kFactorCount);
  at.Score("before_micropoints", line.before_micropoints);
  at.Score("after_micropoints", line.after_micropoints);
  CheckQuantity(at, "before_quantity_micros", line.before_quantity_micros);
  CheckQuantity(at, "after_quantity_micros", line.after_quantity_micros);
  at.Number("faded_micropoints", line.faded_micropoints, -kFullScore, 0);
  at.Limit("networks", line.networks.size(), kMostNetworks);
  at.Limit("signals", line.signals.size(), kSignalCount);
  at.Law(line.change_micropoints ==
             line.after_micropoints - line.before_micropoints,
         "change_micropoints", "is not what the points differ by");
  CheckParts(line, at, "networks", line.networks);
  CheckParts(line, at, "signals", line.signals);
}

void CheckLeg(const msg::Leg& leg, const Checks& at) {
  at.ScoreChange("change_micropoints", leg.change_micropoints);
  at.Number("faded_micropoints", leg.faded_micropoints, -kFullScore, 0);
  at.Limit("lines", leg.lines.size(), kMostLines);
  Micros change = 0, faded = 0;
  for (size_t i = 0; i < leg.lines.size() && i < kMostLines; ++i) {
    CheckLegLine(leg.lines[i], at.In("lines", i));
    change += leg.lines[i].after_micropoints - leg.lines[i].before_micropoints;
    faded += leg.lines[i].faded_micropoints;
  }
  at.Law(change == leg.change_micropoints, "change_micropoints",
         "is not its lines' sum");
  at.Law(faded == leg.faded_micropoints, "faded_micropoints",
         "is not its lines' sum");
}

void CheckReason(const msg::ChangeReason& reason, const Checks& at) {
  at.Known("code", reason.code, kChangeCodeCount);
  at.Known("factor", reason.factor, kFactorCount);
  at.ScoreChange("change_micropoints", reason.change_micropoints);
  if (reason.signal != Signal::kUnspecified) {
    at.Known("signal", reason.signal, kSignalCount);
  }
  CheckQuantity(at, "before_quantity_micros", reason.before_quantity_micros);
  CheckQuantity(at, "after_quantity_micros", reason.after_quantity_micros);
  at.Number("half_life_units", reason.half_life_units, 0, kMostDays);
  at.Number("whole_points", reason.whole_points, -100, 100);
  CheckCount(at, "before_count_micros", reason.before_count_micros);
  CheckCount(at, "after_count_micros", reason.after_count_micros);
  at.Count("networks", reason.networks, kMostNetworks);
  at.Count("others", reason.others, kSignalCount);
}

// Sums only the reasons within the limit, so that no sum overflows.
void CheckReasons(const msg::CompareResponse& change, const Checks& at) {
  at.Limit("reasons", change.reasons.size(), kMostReasons);
  Micros sum = 0;
  int64_t whole = 0;
  for (size_t i = 0; i < change.reasons.size() && i < kMostReasons; ++i) {
    CheckReason(change.reasons[i], at.In("reasons", i));
    sum += change.reasons[i].change_micropoints;
    whole += change.reasons[i].whole_points;
  }
  at.Law(sum == change.after_micropoints - change.before_micropoints &&
             whole == change.whole_points,
         "reasons", "do not sum to the change");
}

// Returns the score of a result, or 0 and adds a fault.
Micros ScoreIn(const std::optional<msg::Result>& result, const Checks& at) {
  if (!result.has_value()) return 0;
  if (!at.Needed("ledger", result->ledger.has_value())) return 0;
  at.In("ledger").Score("score_micropoints", result->ledger->score_micropoints);
  return result->ledger->score_micropoints;
}

void CheckCurve(const msg::CurveAnswer& curve, const Checks& at) {
  at.Known("factor", curve.factor, kFactorCount);
  at.Limit("points", curve.points.size(), kMaxCurvePoints);
  for (size_t i = 0; i < curve.points.size(); ++i) {
    const Checks here = at.In("points", i);
    CheckQuantity(here, "quantity_micros", curve.points[i].quantity_micros);
    here.Score("points_micropoints", curve.points[i].points_micropoints);
  }
}

void CheckGoal(const msg::GoalAnswer& goal, const Checks& at) {
  at.Known("signal", goal.signal, kSignalCount);
  at.Score("rise_micropoints", goal.rise_micropoints);
  at.Number("value_micros", goal.value_micros, 0, kMaxSignal);
  at.Score("score_micropoints", goal.score_micropoints);
  at.Number("stated_micros", goal.stated_micros.value_or(0), 0, kMaxSignal);
}

void CheckCarriers(const msg::WhatIfResponse& answer, const Checks& at) {
  constexpr const char* kWithout = "score_without_micropoints";
  at.Limit("carriers", answer.carriers.size(), kMaxAccounts);
  for (size_t i = 0; i < answer.carriers.size(); ++i) {
    const Checks here = at.In("carriers", i);
    here.Score("points_micropoints", answer.carriers[i].points_micropoints);
    here.Score(kWithout, answer.carriers[i].score_without_micropoints);
  }
  at.Limit("actors", answer.actors.size(), kMaxCarriers);
  for (size_t i = 0; i < answer.actors.size(); ++i) {
    at.In("actors", i)
        .Score(kWithout, answer.actors[i].score_without_micropoints);
  }
  at.Limit("topics", answer.topics.size(), kMaxCarriers);
  for (size_t i = 0; i < answer.topics.size(); ++i) {
    const auto& without = answer.topics[i].score_without_micropoints;
    const Checks here = at.In("topics", i);
    if (here.Needed(kWithout, without.has_value())) {
      here.Score(kWithout, *without);
    }
  }
}

}  // namespace

void CheckIdentity(const std::optional<msg::Identity>& identity,
                   const char* name, FirstFault* fault) {
  if (!identity.has_value()) return;
  fault->Add(CheckTexts(*identity).Within(name));
}

// The laws between the legs are checked only if each leg is sound by itself.
Error CheckComparison(const msg::CompareResponse& comparison) {
  FirstFault fault;
  const Checks at(&fault);
  CheckIdentity(comparison.before, "before", &fault);
  CheckIdentity(comparison.after, "after", &fault);
  const Micros before = comparison.before_micropoints;
  const Micros between = comparison.between_micropoints;
  const Micros after = comparison.after_micropoints;
  at.Score("before_micropoints", before);
  at.Score("between_micropoints", between);
  at.Score("after_micropoints", after);
  at.ScoreChange("change_micropoints", comparison.change_micropoints);
  at.Number("whole_points", comparison.whole_points, -100, 100);
  const bool has_input = at.Needed("input", comparison.input.has_value());
  if (has_input) CheckLeg(*comparison.input, at.In("input"));
  const bool has_formula = at.Needed("formula", comparison.formula.has_value());
  if (has_formula) CheckLeg(*comparison.formula, at.In("formula"));
  if (!fault.ok()) return fault.Take();
  at.Law(between - before == comparison.input->change_micropoints, "input",
         "is not what the scores differ by");
  at.Law(after - between == comparison.formula->change_micropoints, "formula",
         "is not what the scores differ by");
  at.Law(after - before == comparison.change_micropoints, "change_micropoints",
         "is not what the scores differ by");
  CheckReasons(comparison, at);
  at.Law(
      comparison.whole_points == ToWholePoints(after) - ToWholePoints(before),
      "whole_points", "is not what the scores differ by");
  return fault.Take();
}

Error CheckWhatIf(const msg::WhatIfResponse& answer) {
  FirstFault fault;
  const Checks at(&fault);
  CheckIdentity(answer.identity, "identity", &fault);
  at.Needed("now", answer.now.has_value());
  const Micros now = ScoreIn(answer.now, at.In("now"));
  const Micros then =
      answer.then.has_value() ? ScoreIn(answer.then, at.In("then")) : now;
  const bool has_change = answer.change.has_value();
  if (has_change) CheckLeg(*answer.change, at.In("change"));
  if (answer.then.has_value()) at.Needed("change", has_change);
  at.Limit("curves", answer.curves.size(), kFactorCount);
  for (size_t i = 0; i < answer.curves.size(); ++i) {
    CheckCurve(answer.curves[i], at.In("curves", i));
  }
  at.Limit("goals", answer.goals.size(), kMaxGoals);
  for (size_t i = 0; i < answer.goals.size(); ++i) {
    CheckGoal(answer.goals[i], at.In("goals", i));
  }
  CheckCarriers(answer, at);
  at.Limit("new_networks", answer.new_networks.size(), kMaxAccounts);
  if (!fault.ok()) return fault.Take();
  at.Law(then - now == (has_change ? answer.change->change_micropoints : 0),
         "change", "is not what the scores differ by");
  return fault.Take();
}

}  // namespace influence
