#include "render/what_if.h"

#include <utility>

namespace influence {
namespace {

Sentence LineOf(const LegLine& line) {
  if (!line.stated_before) {
    return {Message::kWhatIfNowStated,
            {Word(line.factor), Quantity(line.after_quantity)}};
  }
  if (!line.stated_after) {
    return {Message::kWhatIfNotStated,
            {Word(line.factor), Quantity(line.before_quantity)}};
  }
  return {Message::kWhatIfLine,
          {Word(line.factor), Quantity(line.before_quantity),
           Quantity(line.after_quantity)}};
}

Sentence NewAccountOn(std::string_view network) {
  return {Message::kWhatIfNewAccount, {Network(network)}};
}

// What changes of a leg, and its sum.
Section ChangesOf(const WhatIfAnswer& answer) {
  const Leg& leg = answer.change;
  Section section;
  section.heading = Say(Message::kHeadWhatIf);
  section.table = {
      "rl", {{Say(Message::kColumnPoints), Say(Message::kColumnWhatIf)}}, true};
  for (const LegLine& line : leg.lines) {
    if (line.after == line.before) continue;
    section.table.rows.push_back(
        {Say(Signed(line.after - line.before)), LineOf(line)});
  }
  section.table.rows.push_back(
      {Say(Signed(leg.change)), Say(Message::kRowTogether)});
  for (const std::string_view network : answer.new_networks) {
    section.items.push_back(NewAccountOn(network));
  }
  return section;
}

Sentence LeastOf(const GoalAnswer& answer, const Argument& signal) {
  const Argument value = Quantity(answer.goal.value);
  const Argument rise = Quantity(answer.rise);
  const Argument points = Points(answer.goal.score);
  if (!answer.stated.has_value()) {
    return {Message::kGoalLeastOfUnknown, {value, signal, rise, points}};
  }
  return {Message::kGoalLeast,
          {value, signal, Quantity(*answer.stated), rise, points}};
}

void AddGoal(const GoalAnswer& answer, std::vector<Sentence>* items) {
  Argument signal = Word(answer.signal);
  if (!answer.network.empty()) {
    signal = Inner({Message::kSignalOn, {signal, Text(answer.network)}});
  }
  if (!answer.goal.reachable) {
    items->push_back(
        {Message::kGoalNone,
         {signal, Quantity(answer.rise), Points(answer.goal.score)}});
  } else {
    items->push_back(LeastOf(answer, signal));
    // Standing is no number of things.
    const Micros part = answer.goal.value % kOne;
    if (part != 0 && answer.signal != Signal::kStanding) {
      items->push_back({Message::kGoalWhole,
                        {signal, Quantity(answer.goal.value - part + kOne)}});
    }
  }
  if (answer.is_new_account) items->push_back(NewAccountOn(answer.network));
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

// What a tally said; the events are not here.
void AddOfEvents(const WhatIfAnswer& answer, Section* section) {
  section->items.push_back(Say(Message::kCarriersOfEvents));
  if (answer.states_standing) {
    section->items.push_back(Say(Message::kCarriersStanding));
  }
}

Section ActorsOf(const WhatIfAnswer& answer) {
  Section section;
  section.heading = Say(Message::kHeadActors);
  section.table = {
      "lr",
      {{Say(Message::kColumnActor), Say(Message::kColumnWithoutThem)}},
      false};
  for (const CarryingActor& one : answer.actors) {
    section.table.rows.push_back(
        {Say(Text(one.actor)), Say(Points(one.score_without))});
  }
  AddOfEvents(answer, &section);
  return section;
}

Section TopicsOf(const WhatIfAnswer& answer) {
  Section section;
  section.heading = Say(Message::kHeadTopics);
  section.table = {"lrr",
                   {{Say(Message::kColumnTopic), Say(Message::kColumnPeople),
                     Say(Message::kColumnWithout)}},
                   false};
  for (const CarryingTopic& one : answer.topics) {
    section.table.rows.push_back({Say(Text(one.topic)), Say(Count(one.people)),
                                  Say(Points(one.score_without))});
  }
  AddOfEvents(answer, &section);
  return section;
}

}  // namespace

Page PageOf(const WhatIfAnswer& answer, const Origin& origin) {
  Page page;
  page.name = answer.then.has_value()
                  ? Sentence{Message::kWhatIfThen,
                             {Text(answer.id), Points(*answer.then),
                              Points(answer.now)}}
                  : Sentence{Message::kWhatIfNow,
                             {Text(answer.id), Points(answer.now)}};
  page.title = page.name;
  if (answer.then.has_value()) {
    page.sections.push_back(ChangesOf(answer));
  }
  if (!answer.goals.empty()) {
    Section goals;
    goals.heading = Say(Message::kHeadGoals);
    for (const GoalAnswer& goal : answer.goals) {
      AddGoal(goal, &goals.items);
    }
    page.sections.push_back(std::move(goals));
  }
  for (const FactorCurve& curve : answer.curves) {
    page.sections.push_back(CurveOf(curve));
  }
  if (!answer.carriers.empty()) {
    page.sections.push_back(CarriersOf(answer.carriers));
  }
  if (!answer.actors.empty()) page.sections.push_back(ActorsOf(answer));
  if (!answer.topics.empty()) page.sections.push_back(TopicsOf(answer));
  page.sections.push_back(LimitsOf(false, origin.proof));
  page.sections.push_back(
      IdentityOf(Message::kHeadIdentity, answer.id, answer.identity, origin));
  return page;
}

}  // namespace influence
