// Splits the effect of new data exactly. In each step rising quantities are
// applied before falling ones, each rise or fall gets its share of the points
// by largest remainder, and signals are grouped by network and fate so that
// each group becomes one reason. Lines, parts and reasons therefore sum to the
// change.
#include "insight/input_leg.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/muldiv.h"
#include "insight/apportion.h"
#include "tally/decay.h"

namespace influence {
namespace {

// One signal on one network: the number of accounts that have it, and their
// sum.
struct Stated {
  uint32_t accounts = 0;
  Micros value = 0;
};

Stated StatedOn(const Profile& profile, std::string_view network,
                Signal signal) {
  Stated stated;
  for (const Account& account : profile.accounts) {
    if (account.network != network || !account.signals.Has(signal)) continue;
    ++stated.accounts;
    stated.value += account.signals.Get(signal);
  }
  return stated;
}

// The fate of a signal on a network, by the number of accounts that have it.
enum class Fate : uint8_t { kSame, kChanged, kNew, kGone, kMore, kFewer };

// Numbers of accounts decide before values: an account that appeared explains
// more than its sum.
Fate FateOf(const Stated& before, const Stated& after) {
  if (before.accounts == 0) {
    return after.accounts == 0 ? Fate::kSame : Fate::kNew;
  }
  if (after.accounts == 0) return Fate::kGone;
  if (after.accounts > before.accounts) return Fate::kMore;
  if (after.accounts < before.accounts) return Fate::kFewer;
  return after.value == before.value ? Fate::kSame : Fate::kChanged;
}

bool CanFade(Fate fate) {
  return fate == Fate::kChanged || fate == Fate::kMore || fate == Fate::kFewer;
}

// The part of kFresh that a row's reactions keep after so many days.
uint32_t LeftAfter(int64_t days, const Algorithm& algorithm, const Row& row) {
  constexpr int64_t kMostDays = int64_t{1} << 32;  // of two int32 days
  if (days <= 0) return kFresh;
  return DecayAt(std::min(days, kMostDays) * kDay / algorithm.age_unit_seconds,
                 row.half_life_units);
}

// The three profiles of an input leg.
struct Facts {
  const Profile& before;
  const Profile& older;  // the accounts of `before`, in the same order
  const Profile& after;
};

// The networks on which a signal had the same fate in one step of the leg.
struct Group {
  Signal signal{};
  Fate fate = Fate::kSame;
  Delta count, quantity;
  std::set<std::string_view> networks;
  Micros change = 0;
};

// The quantity that one signal of one account adds to a row, rounded by itself.
Micros QuantityAlone(const Evaluator::Compiled& row, const Account& account,
                     Signal signal) {
  Signals alone;
  alone.Set(signal, account.signals.Get(signal));
  return Evaluator::QuantityOf(row, alone);
}

Micros QuantityOfRow(const Evaluator::Compiled& row, const Profile& profile) {
  Micros quantity = 0;
  for (const Account& account : profile.accounts) {
    quantity += Evaluator::QuantityOf(row, account.signals);
  }
  return quantity;
}

// The line of one factor in an input leg, and its reasons.
class InputLine {
 public:
  InputLine(const Evaluator::Compiled& row, const Facts& facts)
      : row_(row), facts_(facts) {
    for (const SignalValue& count : row.counts) {
      AddSide(count.signal, facts.before, &faded_, &Delta::before);
      AddSide(count.signal, facts.older, &faded_, &Delta::after);
      AddSide(count.signal, facts.older, &others_, &Delta::before);
      AddSide(count.signal, facts.after, &others_, &Delta::after);
    }
  }

  // Splits the points and quantities of `line`, and appends the reasons.
  void Split(int32_t half_life_days, msg::LegLine* line,
             std::vector<msg::ChangeReason>* reasons) {
    SplitStep(line->before_quantity_micros, line->faded_quantity_micros,
              &faded_);
    SplitStep(line->faded_quantity_micros, line->after_quantity_micros,
              &others_);
    AddSignals(line);
    AddNetworks(line);
    for (const Group& group : faded_) {
      AddReason(ChangeCode::kFaded, group, *line, reasons);
      if (group.change != 0) reasons->back().half_life_units = half_life_days;
    }
    for (const Group& group : others_) {
      AddReason(CodeOf(group), group, *line, reasons);
    }
  }

 private:
  // Adds one side's values of a signal to the groups of a step, each network to
  // the group of its fate. kSame has no group: nothing changed.
  void AddSide(Signal signal, const Profile& profile, std::vector<Group>* step,
               Micros Delta::*side) {
    for (const Account& account : profile.accounts) {
      if (!account.signals.Has(signal)) continue;
      const Fate fate = FateOf(StatedOn(facts_.before, account.network, signal),
                               StatedOn(facts_.after, account.network, signal));
      stating_[signal].insert(account.network);
      const bool fades = step == &faded_;
      if (fate == Fate::kSame || (fades && !CanFade(fate))) continue;
      Group* group = GroupOf(signal, fades ? Fate::kChanged : fate, step);
      group->networks.insert(account.network);
      group->count.*side += account.signals.Get(signal);
      group->quantity.*side += QuantityAlone(row_, account, signal);
    }
  }

  static Group* GroupOf(Signal signal, Fate fate, std::vector<Group>* step) {
    for (Group& group : *step) {
      if (group.signal == signal && group.fate == fate) return &group;
    }
    step->emplace_back();
    step->back().signal = signal;
    step->back().fate = fate;
    return &step->back();
  }

  // Groups are rounded one by one and may miss the change of the quantity by a
  // few millionths. The residue goes to the group that changed most, or to the
  // first signal if none changed.
  void SplitStep(Micros before, Micros after, std::vector<Group>* step) {
    if (before == after && step->empty()) return;
    if (step->empty()) GroupOf(row_.counts[0].signal, Fate::kChanged, step);
    const auto size_of = [](const Group& group) {
      const auto size = [](const Delta& delta) {
        return std::max(delta.after - delta.before, delta.before - delta.after);
      };
      return std::make_pair(size(group.quantity), size(group.count));
    };
    std::vector<Delta> deltas;
    Micros residue = after - before;
    size_t most = 0;
    for (size_t i = 0; i < step->size(); ++i) {
      const Group& group = (*step)[i];
      deltas.push_back(group.quantity);
      residue -= group.quantity.after - group.quantity.before;
      if (size_of(group) > size_of((*step)[most])) most = i;
    }
    (residue > 0 ? deltas[most].after : deltas[most].before) +=
        residue > 0 ? residue : -residue;
    const std::vector<Micros> changes =
        SplitChange(row_, before, after, deltas);
    for (size_t i = 0; i < changes.size(); ++i) (*step)[i].change = changes[i];
  }

  void AddSignals(msg::LegLine* line) const {
    for (const SignalValue& count : row_.counts) {
      msg::LegPart part;
      part.signal = count.signal;
      part.before_quantity_micros =
          QuantityOfSignal(row_, facts_.before, count.signal);
      part.after_quantity_micros =
          QuantityOfSignal(row_, facts_.after, count.signal);
      part.faded_quantity_micros =
          QuantityOfSignal(row_, facts_.older, count.signal);
      for (const Group& group : faded_) {
        if (group.signal == count.signal) {
          part.faded_micropoints += group.change;
        }
      }
      part.change_micropoints = part.faded_micropoints;
      for (const Group& group : others_) {
        if (group.signal == count.signal) {
          part.change_micropoints += group.change;
        }
      }
      line->signals.push_back(part);
    }
  }

  // The same two steps as for signals, over the networks: both splits sum to
  // the line.
  void AddNetworks(msg::LegLine* line) const {
    std::map<std::string_view, msg::LegPart> by_name;
    const auto add = [&](const Profile& profile, int64_t msg::LegPart::*side) {
      for (const Account& account : profile.accounts) {
        by_name[account.network].*side +=
            Evaluator::QuantityOf(row_, account.signals);
      }
    };
    add(facts_.before, &msg::LegPart::before_quantity_micros);
    add(facts_.older, &msg::LegPart::faded_quantity_micros);
    add(facts_.after, &msg::LegPart::after_quantity_micros);
    std::vector<Delta> fading, others;
    for (auto& [network, part] : by_name) {
      if (part.before_quantity_micros == 0 && part.after_quantity_micros == 0) {
        continue;
      }
      part.network = network;
      line->networks.push_back(part);
      fading.push_back(
          {part.before_quantity_micros, part.faded_quantity_micros});
      others.push_back(
          {part.faded_quantity_micros, part.after_quantity_micros});
    }
    const std::vector<Micros> faded =
        SplitChange(row_, line->before_quantity_micros,
                    line->faded_quantity_micros, fading);
    const std::vector<Micros> rest = SplitChange(
        row_, line->faded_quantity_micros, line->after_quantity_micros, others);
    for (size_t i = 0; i < faded.size(); ++i) {
      line->networks[i].faded_micropoints = faded[i];
      line->networks[i].change_micropoints = faded[i] + rest[i];
    }
  }

  // Tells CHANGE_CODE_NEW from CHANGE_CODE_ROSE: only what also faded needs new
  // reactions to rise.
  bool Faded(const Group& group) const {
    return group.fate == Fate::kChanged &&
           std::any_of(faded_.begin(), faded_.end(), [&](const Group& faded) {
             return faded.signal == group.signal &&
                    faded.count.after != faded.count.before;
           });
  }

  ChangeCode CodeOf(const Group& group) const {
    const bool all = group.networks.size() == NetworksOf(group.signal);
    switch (group.fate) {
      case Fate::kNew:
        return all ? ChangeCode::kNowStated : ChangeCode::kNowStatedInPart;
      case Fate::kGone:
        return all ? ChangeCode::kNoLongerStated
                   : ChangeCode::kNoLongerStatedInPart;
      case Fate::kMore:
        return ChangeCode::kNowStatedInPart;
      case Fate::kFewer:
        return ChangeCode::kNoLongerStatedInPart;
      case Fate::kSame:
      case Fate::kChanged:
        break;
    }
    if (group.count.after == group.count.before) return ChangeCode::kSpread;
    if (group.count.after < group.count.before) return ChangeCode::kFell;
    return Faded(group) ? ChangeCode::kNew : ChangeCode::kRose;
  }

  size_t NetworksOf(Signal signal) const {
    const auto found = stating_.find(signal);
    return found == stating_.end() ? 0 : found->second.size();
  }

  void AddReason(ChangeCode code, const Group& group, const msg::LegLine& line,
                 std::vector<msg::ChangeReason>* reasons) const {
    if (group.change == 0) return;
    msg::ChangeReason reason;
    reason.code = code;
    reason.factor = line.factor;
    reason.signal = group.signal;
    reason.change_micropoints = group.change;
    reason.before_quantity_micros = group.quantity.before;
    reason.after_quantity_micros = group.quantity.after;
    if (group.fate != Fate::kNew) {
      reason.before_count_micros = group.count.before;
    }
    if (group.fate != Fate::kGone) {
      reason.after_count_micros = group.count.after;
    }
    if (group.networks.size() != NetworksOf(group.signal)) {
      reason.networks = static_cast<uint32_t>(group.networks.size());
      if (reason.networks == 1) reason.network = *group.networks.begin();
    }
    reasons->push_back(reason);
  }

  const Evaluator::Compiled& row_;
  const Facts& facts_;
  std::vector<Group> faded_, others_;  // by the step
  std::map<Signal, std::set<std::string_view>> stating_;
};

// The half-life in days, or 0 if it is no whole number of days.
// Pages say "halves every 45 days"; another unit has no words.
int32_t HalfLifeInDays(const Algorithm& algorithm, const Row& row) {
  const int64_t seconds =
      int64_t{row.half_life_units} * algorithm.age_unit_seconds;
  return seconds % kDay == 0 ? static_cast<int32_t>(seconds / kDay) : 0;
}

}  // namespace

Micros QuantityOfSignal(const Evaluator::Compiled& row, const Profile& profile,
                        Signal signal) {
  Micros quantity = 0;
  for (const Account& account : profile.accounts) {
    if (!account.signals.Has(signal)) continue;
    quantity += QuantityAlone(row, account, signal);
  }
  return quantity;
}

msg::LegLine LegLineOf(Factor factor, const Line& before, const Line& after) {
  msg::LegLine line;
  line.factor = factor;
  line.before_micropoints = before.points;
  line.after_micropoints = after.points;
  line.change_micropoints = after.points - before.points;
  line.before_quantity_micros = before.quantity;
  line.after_quantity_micros = after.quantity;
  line.before_weight_micropoints = before.weight;
  line.after_weight_micropoints = after.weight;
  line.before_full_marks_micros = before.full_marks;
  line.after_full_marks_micros = after.full_marks;
  return line;
}

Profile Older(const Formula& formula, const Profile& before,
              const Profile& after, int64_t days) {
  const Algorithm& algorithm = formula.algorithm;
  Profile older = before;
  for (const Row& row : algorithm.rows) {
    const auto left = Micros{LeftAfter(days, algorithm, row)};
    if (left == Micros{kFresh}) continue;
    for (Account& account : older.accounts) {
      for (const SignalValue& count : row.counts) {
        if (!account.signals.Has(count.signal) ||
            !CanFade(FateOf(StatedOn(before, account.network, count.signal),
                            StatedOn(after, account.network, count.signal)))) {
          continue;
        }
        account.signals.Set(
            count.signal,
            MulDiv(account.signals.Get(count.signal), left, Micros{kFresh}));
      }
    }
  }
  return older;
}

// The aged profile is the middle of the two steps: its points follow from the
// curve, not from a ledger of their own.
msg::Leg InputLeg(const Formula& formula, const Profile& before,
                  const Ledger& before_ledger, const Profile& after,
                  const Ledger& after_ledger, int64_t days,
                  std::vector<msg::ChangeReason>* reasons) {
  msg::Leg leg;
  leg.change_micropoints = after_ledger.score - before_ledger.score;
  std::vector<msg::ChangeReason> unasked;
  if (reasons == nullptr) reasons = &unasked;
  const Profile older = Older(formula, before, after, days);
  const Facts facts = {before, older, after};
  for (size_t i = 0; i < formula.evaluator.rows().size(); ++i) {
    const Evaluator::Compiled& row = formula.evaluator.rows()[i];
    msg::LegLine line =
        LegLineOf(row.factor, before_ledger.lines[i], after_ledger.lines[i]);
    line.faded_quantity_micros = QuantityOfRow(row, older);
    line.faded_micropoints =
        row.points.At(line.faded_quantity_micros) - line.before_micropoints;
    leg.faded_micropoints += line.faded_micropoints;
    InputLine(row, facts)
        .Split(HalfLifeInDays(formula.algorithm, formula.algorithm.rows[i]),
               &line, reasons);
    leg.lines.push_back(std::move(line));
  }
  return leg;
}

}  // namespace influence
