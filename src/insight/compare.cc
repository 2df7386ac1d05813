#include "insight/compare.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/muldiv.h"
#include "tally/decay.h"

namespace influence {
namespace {

// What the facts give of one kind (a network, a signal) before and after.
struct Delta {
  Micros before = 0;
  Micros after = 0;
};

// Splits the change of a row's points among what rose and what fell. What rose
// comes first: on a curve that flattens, that way round keeps both steps small.
std::vector<Micros> SplitChange(const Evaluator::Compiled& row, Micros before,
                                Micros after,
                                const std::vector<Delta>& deltas) {
  std::vector<Micros> rises, falls;
  Micros rise = 0;
  for (const Delta& delta : deltas) {
    const Micros change = delta.after - delta.before;
    rises.push_back(std::max<Micros>(change, 0));
    falls.push_back(std::max<Micros>(-change, 0));
    rise += rises.back();
  }
  // Two quantities at the limit do not fit a Micros; the curve is flat there.
  const uint64_t sum =
      static_cast<uint64_t>(before) + static_cast<uint64_t>(rise);
  const auto peak =
      static_cast<Micros>(std::min(sum, static_cast<uint64_t>(kMaxQuantity)));
  const Micros top = row.points.At(peak);
  const std::vector<Micros> up = Apportion(top - row.points.At(before), rises);
  const std::vector<Micros> down = Apportion(top - row.points.At(after), falls);
  std::vector<Micros> changes;
  for (size_t i = 0; i < deltas.size(); ++i) changes.push_back(up[i] - down[i]);
  return changes;
}

// What one signal alone gives to a row, each account's rounded on its own.
Micros QuantityOfSignal(const Evaluator::Compiled& row, const Profile& profile,
                        Signal signal) {
  Micros quantity = 0;
  for (const Account& account : profile.accounts) {
    if (!account.signals.Has(signal)) continue;
    Signals alone;
    alone.Set(signal, account.signals.Get(signal));
    quantity += Evaluator::QuantityOf(row, alone);
  }
  return quantity;
}

void AddNetworks(const Evaluator::Compiled& row, const Profile& before,
                 const Profile& after, LegLine* line) {
  std::map<std::string_view, Delta> by_name;
  for (const Account& account : before.accounts) {
    by_name[account.network].before +=
        Evaluator::QuantityOf(row, account.signals);
  }
  for (const Account& account : after.accounts) {
    by_name[account.network].after +=
        Evaluator::QuantityOf(row, account.signals);
  }
  std::vector<Delta> deltas;
  for (const auto& [network, delta] : by_name) {
    if (delta.before == 0 && delta.after == 0) continue;
    line->networks.push_back({network, Signal{}, delta.before, delta.after, 0});
    deltas.push_back(delta);
  }
  const std::vector<Micros> changes =
      SplitChange(row, line->before_quantity, line->after_quantity, deltas);
  for (size_t i = 0; i < changes.size(); ++i) {
    line->networks[i].change = changes[i];
  }
}

void AddSignals(const Evaluator::Compiled& row, const Profile& before,
                const Profile& after, LegLine* line) {
  std::vector<Delta> deltas;
  // Rounded one by one, signals need not sum to the quantity; a few millionths
  // of a unit are the difference, and go to the one that changed most.
  Micros residue = line->after_quantity - line->before_quantity;
  size_t most = 0;
  const auto size_of = [](const Delta& delta) {
    return std::max(delta.after - delta.before, delta.before - delta.after);
  };
  for (const SignalValue& count : row.counts) {
    const Delta delta = {QuantityOfSignal(row, before, count.signal),
                         QuantityOfSignal(row, after, count.signal)};
    line->signals.push_back({{}, count.signal, delta.before, delta.after, 0});
    deltas.push_back(delta);
    residue -= delta.after - delta.before;
    if (size_of(delta) > size_of(deltas[most])) most = deltas.size() - 1;
  }
  (residue > 0 ? deltas[most].after : deltas[most].before) +=
      residue > 0 ? residue : -residue;
  const std::vector<Micros> changes =
      SplitChange(row, line->before_quantity, line->after_quantity, deltas);
  for (size_t i = 0; i < changes.size(); ++i) {
    line->signals[i].change = changes[i];
  }
}

const Row* FindRow(const Algorithm& algorithm, Factor factor) {
  for (const Row& row : algorithm.rows) {
    if (row.factor == factor) return &row;
  }
  return nullptr;
}

const Line* FindLine(const Ledger& ledger, Factor factor) {
  for (const Line& line : ledger.lines) {
    if (line.factor == factor) return &line;
  }
  return nullptr;
}

// The signal that did most of the line's change, in its direction.
Signal Mover(const LegLine& line) {
  const Micros change = line.after - line.before;
  Signal signal{};
  Micros most = 0;
  for (const LegPart& part : line.signals) {
    const Micros size = change < 0 ? -part.change : part.change;
    if (size > most) {
      most = size;
      signal = part.signal;
    }
  }
  return signal;
}

// The signal with the largest quantity in a row.
Signal Largest(const Evaluator& evaluator, Factor factor,
               const Profile& profile) {
  Signal signal{};
  Micros most = 0;
  for (const Evaluator::Compiled& row : evaluator.rows()) {
    if (row.factor != factor) continue;
    for (const SignalValue& count : row.counts) {
      const Micros quantity = QuantityOfSignal(row, profile, count.signal);
      if (quantity > most) {
        most = quantity;
        signal = count.signal;
      }
    }
  }
  return signal;
}

ChangeCode InputCode(const Line& before, const Line& after) {
  if (!before.stated && after.stated) return ChangeCode::kNowStated;
  if (before.stated && !after.stated) return ChangeCode::kNoLongerStated;
  return after.points > before.points ? ChangeCode::kRose : ChangeCode::kFell;
}

// 0 unless it is a number of days.
int32_t HalfLifeInDays(const Algorithm& algorithm, const Row& row) {
  const int64_t seconds =
      int64_t{row.half_life_days} * algorithm.age_unit_seconds;
  return seconds % kDay == 0 ? static_cast<int32_t>(seconds / kDay) : 0;
}

ChangeCode FormulaCode(const LegLine& line) {
  if (line.before_weight == 0) return ChangeCode::kFactorAdded;
  if (line.after_weight == 0) return ChangeCode::kFactorRemoved;
  return line.after > line.before ? ChangeCode::kCountsMore
                                  : ChangeCode::kCountsLess;
}

// What is merely older, and what is really more or less.
void AddInputReasons(const Algorithm& algorithm, const LegLine& line,
                     ChangeCode code, std::vector<ChangeReason>* reasons) {
  const Signal mover = Mover(line);
  if (line.faded != 0) {
    const Row& row = *FindRow(algorithm, line.factor);
    reasons->push_back({ChangeCode::kFaded, line.factor, mover, line.faded,
                        line.before_quantity, line.faded_quantity,
                        HalfLifeInDays(algorithm, row), 0});
  }
  const Micros rest = line.after - line.before - line.faded;
  if (rest == 0) return;
  reasons->push_back({code, line.factor, mover, rest, line.faded_quantity,
                      line.after_quantity, 0, 0});
}

void SortReasons(Micros change, std::vector<ChangeReason>* reasons) {
  const auto key = [change](const ChangeReason& reason) {
    const bool against = (reason.change < 0) != (change < 0);
    const Micros size = std::max(reason.change, -reason.change);
    return std::make_tuple(against, -size, reason.code, reason.factor);
  };
  std::sort(reasons->begin(), reasons->end(),
            [&key](const ChangeReason& a, const ChangeReason& b) {
              return key(a) < key(b);
            });
}

}  // namespace

std::vector<Micros> Apportion(Micros total,
                              const std::vector<Micros>& weights) {
  uint64_t sum = 0;
  for (const Micros weight : weights) sum += static_cast<uint64_t>(weight);
  std::vector<Micros> parts(weights.size(), 0);
  if (sum == 0 || total == 0) return parts;
  std::vector<uint64_t> remainders(weights.size(), 0);
  Micros left = total;
  for (size_t i = 0; i < weights.size(); ++i) {
    const QuotientRemainder share = MulDivFloor(
        static_cast<uint64_t>(total), static_cast<uint64_t>(weights[i]), sum);
    parts[i] = static_cast<Micros>(share.quotient);
    remainders[i] = share.remainder;
    left -= parts[i];
  }
  for (; left > 0; --left) {  // fewer than there are remainders over zero
    const auto largest = std::max_element(remainders.begin(), remainders.end());
    parts[static_cast<size_t>(largest - remainders.begin())] += 1;
    *largest = 0;
  }
  return parts;
}

int64_t ToWholePoints(Micros change) {
  return change < 0 ? -MulDiv(-change, 1, kOne) : MulDiv(change, 1, kOne);
}

std::vector<int64_t> WholePoints(const std::vector<Micros>& changes,
                                 int64_t total_whole) {
  std::vector<int64_t> whole;
  std::vector<Micros> remainders;
  for (const Micros change : changes) {
    Micros remainder = change % kOne;
    if (remainder < 0) remainder += kOne;
    whole.push_back((change - remainder) / kOne);
    remainders.push_back(remainder);
    total_whole -= whole.back();
  }
  for (; total_whole > 0 && !whole.empty(); --total_whole) {
    const auto largest = std::max_element(remainders.begin(), remainders.end());
    whole[static_cast<size_t>(largest - remainders.begin())] += 1;
    *largest = -1;
  }
  return whole;
}

Leg InputLeg(const Formula& formula, const Profile& before,
             const Ledger& before_ledger, const Profile& after,
             const Ledger& after_ledger) {
  Leg leg = {after_ledger.score - before_ledger.score, {}};
  for (size_t i = 0; i < formula.evaluator.rows().size(); ++i) {
    const Evaluator::Compiled& row = formula.evaluator.rows()[i];
    const Line& from = before_ledger.lines[i];
    const Line& to = after_ledger.lines[i];
    LegLine line = {row.factor,    from.points, to.points, from.quantity,
                    to.quantity,   from.weight, to.weight, from.full_marks,
                    to.full_marks, {},          {}};
    AddNetworks(row, before, after, &line);
    AddSignals(row, before, after, &line);
    leg.lines.push_back(std::move(line));
  }
  return leg;
}

Leg FormulaLeg(const Ledger& before, const Ledger& after) {
  Leg leg = {after.score - before.score, {}};
  const Line none{};
  const auto add = [&leg, &none](Factor factor, const Line* from,
                                 const Line* to) {
    if (from == nullptr) from = &none;
    if (to == nullptr) to = &none;
    leg.lines.push_back({factor,
                         from->points,
                         to->points,
                         from->quantity,
                         to->quantity,
                         from->weight,
                         to->weight,
                         from->full_marks,
                         to->full_marks,
                         {},
                         {}});
  };
  for (const Line& line : before.lines) {
    add(line.factor, &line, FindLine(after, line.factor));
  }
  for (const Line& line : after.lines) {
    if (FindLine(before, line.factor) == nullptr) {
      add(line.factor, nullptr, &line);
    }
  }
  return leg;
}

void AddFading(const Formula& formula, int64_t days, const Ledger& after,
               Leg* leg) {
  constexpr int64_t kMostDays = int64_t{1} << 32;  // of two int32 days
  const Algorithm& algorithm = formula.algorithm;
  const int64_t age =
      std::min(days, kMostDays) * kDay / algorithm.age_unit_seconds;
  for (size_t i = 0; i < leg->lines.size(); ++i) {
    LegLine& line = leg->lines[i];
    line.faded_quantity = line.before_quantity;
    const Row& row = algorithm.rows[i];
    if (days <= 0 || row.half_life_days == 0 || line.after >= line.before ||
        !after.lines[i].stated) {
      continue;
    }
    const Micros older =
        MulDiv(line.before_quantity,
               static_cast<Micros>(DecayAt(age, row.half_life_days)), kFresh);
    const Micros quantity = std::max(older, line.after_quantity);
    line.faded = formula.evaluator.rows()[i].points.At(quantity) - line.before;
    if (line.faded != 0) line.faded_quantity = quantity;
    leg->faded += line.faded;
  }
}

Change Compare(const Formula& before, const Profile& before_facts,
               const Formula& after, const Profile& after_facts, int64_t days) {
  Ledger old_on_old, old_on_new, new_on_new;
  before.evaluator.Score(before_facts, Detail::kLedger, &old_on_old);
  before.evaluator.Score(after_facts, Detail::kLedger, &old_on_new);
  after.evaluator.Score(after_facts, Detail::kLedger, &new_on_new);
  Change change = {
      old_on_old.score,
      old_on_new.score,
      new_on_new.score,
      InputLeg(before, before_facts, old_on_old, after_facts, old_on_new),
      FormulaLeg(old_on_new, new_on_new),
      {},
      ToWholePoints(new_on_new.score - old_on_old.score)};
  AddFading(before, days, old_on_new, &change.input);
  for (size_t i = 0; i < change.input.lines.size(); ++i) {
    AddInputReasons(before.algorithm, change.input.lines[i],
                    InputCode(old_on_old.lines[i], old_on_new.lines[i]),
                    &change.reasons);
  }
  for (const LegLine& line : change.formula.lines) {
    if (line.after == line.before) continue;
    const Evaluator& evaluator =
        line.after_weight != 0 ? after.evaluator : before.evaluator;
    change.reasons.push_back({FormulaCode(line), line.factor,
                              Largest(evaluator, line.factor, after_facts),
                              line.after - line.before, line.before_quantity,
                              line.after_quantity, 0, 0});
  }
  SortReasons(change.after - change.before, &change.reasons);
  std::vector<Micros> changes;
  for (const ChangeReason& reason : change.reasons) {
    changes.push_back(reason.change);
  }
  const std::vector<int64_t> whole = WholePoints(changes, change.whole_points);
  for (size_t i = 0; i < whole.size(); ++i) {
    change.reasons[i].whole_points = whole[i];
  }
  return change;
}

}  // namespace influence
