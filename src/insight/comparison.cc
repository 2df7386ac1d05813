// Compare() scores three times: the old data and the new under the old formula,
// the new under the new one. Both legs are differences of these three scores,
// so they sum to the change exactly. input_leg.cc splits the first leg further.
#include "insight/comparison.h"

#include <algorithm>
#include <tuple>

#include "base/muldiv.h"

namespace influence {
namespace {

// Ledgers have at most six lines, so a scan is enough.
const Line* FindLine(const Ledger& ledger, Factor factor) {
  for (const Line& line : ledger.lines) {
    if (line.factor == factor) return &line;
  }
  return nullptr;
}

// A weight of 0 means that the algorithm has no row for the factor.
ChangeCode FormulaCode(const msg::LegLine& line) {
  if (line.before_weight_micropoints == 0) return ChangeCode::kFactorAdded;
  if (line.after_weight_micropoints == 0) return ChangeCode::kFactorRemoved;
  return line.change_micropoints > 0 ? ChangeCode::kCountsMore
                                     : ChangeCode::kCountsLess;
}

const Evaluator::Compiled* FindCompiled(const Evaluator& evaluator,
                                        Factor factor) {
  for (const Evaluator::Compiled& row : evaluator.rows()) {
    if (row.factor == factor) return &row;
  }
  return nullptr;
}

// Names the largest signal of a factor and the number of others, if the new
// formula counts each of them as before: only then is the weight the reason.
void NameSignals(const Evaluator& before, const Evaluator& after,
                 const Profile& facts, msg::ChangeReason* reason) {
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

// The order is total, so equal requests have equal bytes: reasons in the
// direction of the change first, the largest first.
void SortReasons(Micros change, std::vector<msg::ChangeReason>* reasons) {
  const auto key = [change](const msg::ChangeReason& reason) {
    const Micros own = reason.change_micropoints;
    const bool against = (own < 0) != (change < 0);
    const Micros size = std::max(own, -own);
    return std::make_tuple(against, -size, reason.code, reason.factor,
                           reason.signal, reason.networks, reason.network);
  };
  std::sort(reasons->begin(), reasons->end(),
            [&key](const msg::ChangeReason& a, const msg::ChangeReason& b) {
              return key(a) < key(b);
            });
}

}  // namespace

int64_t ToWholePoints(Micros score) { return MulDiv(score, 1, kOne); }

// Largest remainder, as SPEC step 5 splits points. People add up the numbers on
// a page, so they must sum in whole points too.
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

// A factor that one side lacks is compared with an empty line: no weight, no
// points.
msg::Leg FormulaLeg(const Ledger& before, const Ledger& after) {
  msg::Leg leg;
  leg.change_micropoints = after.score - before.score;
  const Line none{};
  const auto add = [&](Factor factor) {
    const Line* from = FindLine(before, factor);
    const Line* to = FindLine(after, factor);
    leg.lines.push_back(LegLineOf(factor, from == nullptr ? none : *from,
                                  to == nullptr ? none : *to));
  };
  for (const Line& line : before.lines) add(line.factor);
  for (const Line& line : after.lines) {
    if (FindLine(before, line.factor) == nullptr) add(line.factor);
  }
  return leg;
}

msg::CompareResponse Compare(const Formula& before, const Profile& before_facts,
                             const Formula& after, const Profile& after_facts,
                             int64_t days) {
  Ledger old_on_old, old_on_new, new_on_new;
  before.evaluator.Score(before_facts, Detail::kLedger, &old_on_old);
  before.evaluator.Score(after_facts, Detail::kLedger, &old_on_new);
  after.evaluator.Score(after_facts, Detail::kLedger, &new_on_new);
  msg::CompareResponse change;
  change.id = after_facts.id;
  change.before_micropoints = old_on_old.score;
  change.between_micropoints = old_on_new.score;
  change.after_micropoints = new_on_new.score;
  change.change_micropoints = new_on_new.score - old_on_old.score;
  change.before_band = old_on_old.band;
  change.after_band = new_on_new.band;
  change.whole_points =
      ToWholePoints(new_on_new.score) - ToWholePoints(old_on_old.score);
  change.input = InputLeg(before, before_facts, old_on_old, after_facts,
                          old_on_new, days, &change.reasons);
  change.formula = FormulaLeg(old_on_new, new_on_new);
  for (const msg::LegLine& line : change.formula->lines) {
    if (line.change_micropoints == 0) continue;
    msg::ChangeReason reason;
    reason.code = FormulaCode(line);
    reason.factor = line.factor;
    reason.change_micropoints = line.change_micropoints;
    reason.before_quantity_micros = line.before_quantity_micros;
    reason.after_quantity_micros = line.after_quantity_micros;
    NameSignals(before.evaluator, after.evaluator, after_facts, &reason);
    change.reasons.push_back(reason);
  }
  SortReasons(change.change_micropoints, &change.reasons);
  std::vector<Micros> changes;
  for (const msg::ChangeReason& reason : change.reasons) {
    changes.push_back(reason.change_micropoints);
  }
  const std::vector<int64_t> whole = WholePoints(changes, change.whole_points);
  for (size_t i = 0; i < whole.size(); ++i) {
    change.reasons[i].whole_points = whole[i];
  }
  return change;
}

}  // namespace influence
