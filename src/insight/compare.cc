#include "insight/compare.h"

#include <algorithm>
#include <tuple>

#include "base/muldiv.h"

namespace influence {
namespace {

const Line* FindLine(const Ledger& ledger, Factor factor) {
  for (const Line& line : ledger.lines) {
    if (line.factor == factor) return &line;
  }
  return nullptr;
}

ChangeCode FormulaCode(const LegLine& line) {
  if (line.before_weight == 0) return ChangeCode::kFactorAdded;
  if (line.after_weight == 0) return ChangeCode::kFactorRemoved;
  return line.after > line.before ? ChangeCode::kCountsMore
                                  : ChangeCode::kCountsLess;
}

const Evaluator::Compiled* FindCompiled(const Evaluator& evaluator,
                                        Factor factor) {
  for (const Evaluator::Compiled& row : evaluator.rows()) {
    if (row.factor == factor) return &row;
  }
  return nullptr;
}

// Which signals of the person a factor counts, if it counts each as it did.
void NameSignals(const Evaluator& before, const Evaluator& after,
                 const Profile& facts, ChangeReason* reason) {
  const Evaluator::Compiled* from = FindCompiled(before, reason->factor);
  const Evaluator::Compiled* to = FindCompiled(after, reason->factor);
  if (from == nullptr || to == nullptr) return;
  Micros most = 0;
  uint32_t count = 0;
  Signal largest{};
  for (size_t i = 0; i < kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i + 1);
    const Micros then = QuantityOfSignal(*from, facts, signal);
    const Micros now = QuantityOfSignal(*to, facts, signal);
    if (then != now) return;
    if (now == 0) continue;
    ++count;
    if (now > most) {
      most = now;
      largest = signal;
    }
  }
  if (count == 0) return;
  reason->signal = largest;
  reason->others = count - 1;
}

void SortReasons(Micros change, std::vector<ChangeReason>* reasons) {
  const auto key = [change](const ChangeReason& reason) {
    const bool against = (reason.change < 0) != (change < 0);
    const Micros size = std::max(reason.change, -reason.change);
    return std::make_tuple(against, -size, reason.code, reason.factor,
                           reason.signal, reason.networks, reason.network);
  };
  std::sort(reasons->begin(), reasons->end(),
            [&key](const ChangeReason& a, const ChangeReason& b) {
              return key(a) < key(b);
            });
}

}  // namespace

int64_t ToWholePoints(Micros score) { return MulDiv(score, 1, kOne); }

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
  if (total_whole < 0 && !whole.empty()) whole[0] += total_whole;
  return whole;
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
      {},
      FormulaLeg(old_on_new, new_on_new),
      {},
      ToWholePoints(new_on_new.score) - ToWholePoints(old_on_old.score)};
  change.input = InputLeg(before, before_facts, old_on_old, after_facts,
                          old_on_new, days, &change.reasons);
  for (const LegLine& line : change.formula.lines) {
    if (line.after == line.before) continue;
    ChangeReason reason;
    reason.code = FormulaCode(line);
    reason.factor = line.factor;
    reason.change = line.after - line.before;
    reason.before_quantity = line.before_quantity;
    reason.after_quantity = line.after_quantity;
    NameSignals(before.evaluator, after.evaluator, after_facts, &reason);
    change.reasons.push_back(reason);
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
