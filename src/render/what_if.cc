#include "render/what_if.h"

#include <utility>

namespace influence {
namespace {

// What changes of a leg, and its sum.
Section ChangesOf(const Leg& leg) {
  Section section;
  section.heading = Say(Message::kHeadWhatIf);
  section.table = {
      "rl", {{Say(Message::kColumnPoints), Say(Message::kColumnWhatIf)}}, true};
  for (const LegLine& line : leg.lines) {
    if (line.after == line.before) continue;
    section.table.rows.push_back(
        {Say(Signed(line.after - line.before)),
         {Message::kWhatIfLine,
          {Word(line.factor), Quantity(line.before_quantity),
           Quantity(line.after_quantity)}}});
  }
  section.table.rows.push_back(
      {Say(Signed(leg.change)), Say(Message::kRowTogether)});
  return section;
}

Sentence GoalOf(const GoalAnswer& answer) {
  Argument signal = Word(answer.signal);
  if (!answer.network.empty()) {
    signal = Inner({Message::kSignalOn, {signal, Text(answer.network)}});
  }
  if (!answer.goal.reachable) {
    return {Message::kGoalNone,
            {signal, Quantity(answer.rise), Points(answer.goal.score)}};
  }
  return {Message::kGoalLeast,
          {Quantity(answer.goal.value), signal, Quantity(answer.now),
           Quantity(answer.rise), Points(answer.goal.score)}};
}

Section CurveOf(const FactorCurve& curve) {
  Section section;
  section.heading = {Message::kHeadCurve, {Word(curve.factor)}};
  section.table = {
      "rr",
      {{Say(Message::kColumnQuantity), Say(Message::kColumnPoints)}},
      false};
  for (const CurvePoint& point : curve.points) {
    section.table.rows.push_back(
        {Say(Quantity(point.quantity)), Say(Points(point.points))});
  }
  return section;
}

Section CarriersOf(const std::vector<Carrier>& carriers) {
  Section section;
  section.heading = Say(Message::kHeadCarriers);
  section.table = {"lrr",
                   {{Say(Message::kColumnNetwork), Say(Message::kColumnGives),
                     Say(Message::kColumnWithout)}},
                   false};
  for (const Carrier& carrier : carriers) {
    section.table.rows.push_back({Say(Network(carrier.network)),
                                  Say(Points(carrier.points)),
                                  Say(Points(carrier.score_without))});
  }
  return section;
}

}  // namespace

Page PageOf(const WhatIfAnswer& answer) {
  Page page;
  page.name = answer.then.has_value()
                  ? Sentence{Message::kWhatIfThen,
                             {Text(answer.id), Points(*answer.then),
                              Points(answer.now)}}
                  : Sentence{Message::kWhatIfNow,
                             {Text(answer.id), Points(answer.now)}};
  page.title = page.name;
  if (answer.then.has_value()) {
    page.sections.push_back(ChangesOf(answer.change));
  }
  if (!answer.goals.empty()) {
    Section goals;
    goals.heading = Say(Message::kHeadGoals);
    for (const GoalAnswer& goal : answer.goals) {
      goals.items.push_back(GoalOf(goal));
    }
    page.sections.push_back(std::move(goals));
  }
  for (const FactorCurve& curve : answer.curves) {
    page.sections.push_back(CurveOf(curve));
  }
  if (!answer.carriers.empty()) {
    page.sections.push_back(CarriersOf(answer.carriers));
  }
  return page;
}

}  // namespace influence
