// Turns a WhatIfResponse into a page: the changed lines, the goals, the curves
// and the carriers. Carriers by actor and topic come from a tally whose events
// are not at hand, and the page says so.
#include "render/what_if_page.h"

#include <algorithm>
#include <utility>

#include "model/messages_of.h"

namespace influence {
namespace {

// True if any account has any of the signals that a line counts.
bool IsStated(const msg::LegLine& line, const msg::Ledger& ledger) {
  for (const msg::Account& account : ledger.accounts) {
    for (const msg::LegPart& part : line.signals) {
      if (FieldOf(part.signal, account).has_value()) return true;
    }
  }
  return false;
}

// A signal that appears or disappears is worded as known or unknown, not as a
// change from or to 0.
Sentence LineOf(const msg::LegLine& line, const msg::WhatIfResponse& answer) {
  const Argument factor = Word(line.factor);
  const Argument before = Quantity(line.before_quantity_micros);
  const Argument after = Quantity(line.after_quantity_micros);
  if (!IsStated(line, *answer.now->ledger)) {
    return {Message::kWhatIfNowStated, {factor, after}};
  }
  if (!IsStated(line, *answer.then->ledger)) {
    return {Message::kWhatIfNotStated, {factor, before}};
  }
  return {Message::kWhatIfLine, {factor, before, after}};
}

// True if the profile has a standing, which actors' reactions do not explain.
bool StatesStanding(const msg::WhatIfResponse& answer) {
  const std::vector<msg::Account>& accounts = answer.now->ledger->accounts;
  return std::any_of(accounts.begin(), accounts.end(),
                     [](const msg::Account& account) {
                       return account.standing_micros.has_value();
                     });
}

Sentence NewAccountOn(std::string_view network) {
  return {Message::kWhatIfNewAccount, {Network(network)}};
}

// Lists the lines that change, and their sum.
Section ChangesOf(const msg::WhatIfResponse& answer) {
  const msg::Leg& leg = *answer.change;
  Section section;
  section.heading = Say(Message::kHeadWhatIf);
  section.table = {
      "rl", {{Say(Message::kColumnPoints), Say(Message::kColumnWhatIf)}}, true};
  for (const msg::LegLine& line : leg.lines) {
    if (line.change_micropoints == 0) continue;
    section.table.rows.push_back(
        {Say(Signed(line.change_micropoints)), LineOf(line, answer)});
  }
  section.table.rows.push_back(
      {Say(Signed(leg.change_micropoints)), Say(Message::kRowTogether)});
  for (const std::string_view network : answer.new_networks) {
    section.items.push_back(NewAccountOn(network));
  }
  return section;
}

Sentence LeastOf(const msg::GoalAnswer& answer, const Argument& signal) {
  const Argument value = Quantity(answer.value_micros);
  const Argument rise = Quantity(answer.rise_micropoints);
  const Argument points = Points(answer.score_micropoints);
  if (!answer.stated_micros.has_value()) {
    return {Message::kGoalLeastOfUnknown, {value, signal, rise, points}};
  }
  return {Message::kGoalLeast,
          {value, signal, Quantity(*answer.stated_micros), rise, points}};
}

// The least value may be a fraction; for signals that are counted the next
// whole number is added.
void AddGoal(const msg::GoalAnswer& answer, std::vector<Sentence>* items) {
  Argument signal = Word(answer.signal);
  if (!answer.network.empty()) {
    signal = Inner({Message::kSignalOn, {signal, Text(answer.network)}});
  }
  if (!answer.reachable) {
    items->push_back({Message::kGoalNone,
                      {signal, Quantity(answer.rise_micropoints),
                       Points(answer.score_micropoints)}});
  } else {
    items->push_back(LeastOf(answer, signal));
    // Standing is a level, so it needs no whole number.
    const Micros part = answer.value_micros % kOne;
    if (part != 0 && answer.signal != Signal::kStanding) {
      items->push_back({Message::kGoalWhole,
                        {signal, Quantity(answer.value_micros - part + kOne)}});
    }
  }
  if (answer.is_new_account) items->push_back(NewAccountOn(answer.network));
}

Section CurveOf(const msg::CurveAnswer& curve) {
  Section section;
  section.heading = {Message::kHeadCurve, {Word(curve.factor)}};
  section.table = {
      "rr",
      {{Say(Message::kColumnQuantity), Say(Message::kColumnPoints)}},
      false};
  for (const msg::CurvePoint& point : curve.points) {
    section.table.rows.push_back({Say(Quantity(point.quantity_micros)),
                                  Say(Points(point.points_micropoints))});
  }
  return section;
}

Section CarriersOf(const std::vector<msg::Carrier>& carriers) {
  Section section;
  section.heading = Say(Message::kHeadCarriers);
  section.table = {"lrr",
                   {{Say(Message::kColumnNetwork), Say(Message::kColumnGives),
                     Say(Message::kColumnWithout)}},
                   false};
  for (const msg::Carrier& carrier : carriers) {
    section.table.rows.push_back(
        {Say(Network(carrier.network)), Say(Points(carrier.points_micropoints)),
         Say(Points(carrier.score_without_micropoints))});
  }
  return section;
}

// Says that a tally computed this and that its events are not at hand.
void AddOfEvents(const msg::WhatIfResponse& answer, Section* section) {
  section->items.push_back(Say(Message::kCarriersOfEvents));
  if (StatesStanding(answer)) {
    section->items.push_back(Say(Message::kCarriersStanding));
  }
}

Section ActorsOf(const msg::WhatIfResponse& answer) {
  Section section;
  section.heading = Say(Message::kHeadActors);
  section.table = {
      "lr",
      {{Say(Message::kColumnActor), Say(Message::kColumnWithoutThem)}},
      false};
  for (const msg::ActorCarrier& one : answer.actors) {
    section.table.rows.push_back(
        {Say(Text(one.actor)), Say(Points(one.score_without_micropoints))});
  }
  AddOfEvents(answer, &section);
  return section;
}

Section TopicsOf(const msg::WhatIfResponse& answer) {
  Section section;
  section.heading = Say(Message::kHeadTopics);
  section.table = {"lrr",
                   {{Say(Message::kColumnTopic), Say(Message::kColumnPeople),
                     Say(Message::kColumnWithout)}},
                   false};
  for (const msg::TopicEvidence& one : answer.topics) {
    section.table.rows.push_back({Say(Text(one.topic)), Say(Count(one.people)),
                                  Say(Points(*one.score_without_micropoints))});
  }
  AddOfEvents(answer, &section);
  return section;
}

}  // namespace

Page PageOf(const msg::WhatIfResponse& answer, const Origin& origin) {
  Page page;
  const std::string_view id = answer.now->id;
  const Argument now = Points(answer.now->ledger->score_micropoints);
  page.name = {Message::kWhatIfNow, {Text(id), now}};
  if (answer.then.has_value()) {
    page.name = {
        Message::kWhatIfThen,
        {Text(id), Points(answer.then->ledger->score_micropoints), now}};
  }
  page.title = page.name;
  if (answer.then.has_value()) {
    page.sections.push_back(ChangesOf(answer));
  }
  if (!answer.goals.empty()) {
    Section goals;
    goals.heading = Say(Message::kHeadGoals);
    for (const msg::GoalAnswer& goal : answer.goals) {
      AddGoal(goal, &goals.items);
    }
    page.sections.push_back(std::move(goals));
  }
  for (const msg::CurveAnswer& curve : answer.curves) {
    page.sections.push_back(CurveOf(curve));
  }
  if (!answer.carriers.empty()) {
    page.sections.push_back(CarriersOf(answer.carriers));
  }
  if (!answer.actors.empty()) page.sections.push_back(ActorsOf(answer));
  if (!answer.topics.empty()) page.sections.push_back(TopicsOf(answer));
  page.sections.push_back(LimitsOf(false, origin.proof));
  page.sections.push_back(
      IdentityOf(Message::kHeadIdentity, id,
                 FieldsOf(answer.identity.value_or(msg::Identity())), origin));
  return page;
}

}  // namespace influence
