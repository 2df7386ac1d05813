// The SPEC's steps 1 to 6 in integers. Every score of the library comes from
// Score() or ScoreOne(), or from a kernel that population.cc checks against
// them; the ledger is filled by the same pass that sums the score, so the two
// cannot disagree.
#include "scoring/evaluator.h"

#include <algorithm>
#include <array>

#include "base/muldiv.h"
#include "scoring/reasons.h"

namespace influence {

// Bands are 20 whole points each, of the score rounded half-even as people see
// it; 100 points fall into the last one.
Band BandOf(Micros score) {
  const Micros whole_points = MulDiv(score, 1, kOne);
  return static_cast<Band>(std::min<Micros>(whole_points / 20, 4) + 1);
}

Evaluator::Evaluator(const Algorithm& algorithm) {
  rows_.reserve(algorithm.rows.size());
  for (const Row& row : algorithm.rows) {
    Micros total = 0;
    unsigned mask = 0;
    for (const SignalValue& count : row.counts) {
      total += count.value;
      mask |= Signals::Bit(count.signal);
    }
    rows_.push_back({row.factor, Curve(row.weight, row.full_marks),
                     Curve(kOne, row.full_marks), total, mask, row.counts});
  }
}

// SPEC step 1. round_half_even(sum of value * count), in micros. The whole
// units of a count are at most 10^10 and the values sum to at most 10^7, so
// `whole` stays below 10^17 + 1 and `rest`, in millionths of a micro, below
// 10^13: nothing overflows and there is one rounding.
Micros Evaluator::QuantityOf(const Compiled& row, const Signals& signals) {
  Micros whole = 0;
  Micros rest = 0;
  for (const SignalValue& count : row.counts) {
    const Micros given = signals.Get(count.signal);
    if (count.value == kOne) {
      whole += given;
    } else {
      whole += given / kOne * count.value;
      rest += given % kOne * count.value;
    }
  }
  whole += rest / kOne;
  rest %= kOne;
  constexpr Micros kHalf = kOne / 2;
  return whole + (rest > kHalf || (rest == kHalf && whole % 2 != 0) ? 1 : 0);
}

// SPEC step 2, for one account. An account with all signals of the row is the
// common case and needs no loop.
void Evaluator::AddTo(Sum* sum, const Compiled& row, const Signals& signals) {
  sum->quantity += QuantityOf(row, signals);
  if ((row.signal_mask & ~signals.present()) == 0) {
    sum->stated += row.value_total;
    return;
  }
  for (const SignalValue& count : row.counts) {
    const bool has = signals.Has(count.signal);
    (has ? sum->stated : sum->unstated) += count.value;
  }
}

Evaluator::Sum Evaluator::SumOver(const Compiled& row, const Profile& profile) {
  Sum sum{0, 0, 0};
  for (const Account& account : profile.accounts) {
    AddTo(&sum, row, account.signals);
  }
  if (profile.accounts.empty()) sum.unstated = row.value_total;
  return sum;
}

// SPEC steps 3 and 6. Nothing overflows: known and missing values sum to at
// most 64 * 10^7 and a signal to 10^10 units, so `most` is at most
// kMaxQuantity.
Evaluator::Given Evaluator::GivenBy(const Compiled& row, const Sum& sum,
                                    uint64_t log2) {
  const Micros weight = row.points.weight();
  const Micros points = row.points.At(sum.quantity, log2);
  if (sum.unstated == 0) return {points, weight, 0};
  // Every missing signal at its limit; kMaxSignal is a whole number of units,
  // so the product is a whole number of micros.
  const Micros most = sum.quantity + kMaxSignal / kOne * sum.unstated;
  return {points, MulDiv(weight, sum.stated, sum.stated + sum.unstated),
          row.points.At(most) - points};
}

Evaluator::Sums Evaluator::ScoreOne(const Signals& signals) const {
  Sums sums{0, 0, 0};
  for (const Compiled& row : rows_) {
    Sum sum{0, 0, 0};
    AddTo(&sum, row, signals);
    const Given given = GivenBy(row, sum, Log2OnePlus(sum.quantity));
    sums.score += given.points;
    sums.high += given.points + given.missing;
    sums.coverage += given.covered;
  }
  return sums;
}

// SPEC step 5: largest remainder. The parts are sorted first, by network and
// then by size, so that equal remainders go to the part listed first whatever
// the order of the accounts.
void Evaluator::AddParts(const Compiled& row, const Profile& profile,
                         Line* line, std::vector<Part>* parts) {
  const size_t begin = parts->size();
  std::array<uint64_t, kMaxAccounts> remainders;
  if (profile.accounts.size() == 1) {
    if (line->quantity > 0) parts->push_back({0, line->quantity, line->points});
    line->parts_begin = static_cast<uint32_t>(begin);
    line->parts_end = static_cast<uint32_t>(parts->size());
    return;
  }
  for (uint32_t i = 0; i < profile.accounts.size(); ++i) {
    const Micros quantity = QuantityOf(row, profile.accounts[i].signals);
    if (quantity > 0) parts->push_back({i, quantity, 0});
  }
  const auto first = parts->begin() + static_cast<std::ptrdiff_t>(begin);
  const size_t n = parts->size() - begin;
  line->parts_begin = static_cast<uint32_t>(begin);
  line->parts_end = static_cast<uint32_t>(parts->size());
  if (n == 0) return;
  if (n == 1) {
    first->points = line->points;
    return;
  }
  std::sort(first, parts->end(), [&profile](const Part& a, const Part& b) {
    const int order = profile.accounts[a.account].network.compare(
        profile.accounts[b.account].network);
    if (order != 0) return order < 0;
    if (a.quantity != b.quantity) return a.quantity > b.quantity;
    return a.account < b.account;
  });
  Micros left = line->points;
  for (size_t i = 0; i < n; ++i) {
    Part& part = first[static_cast<std::ptrdiff_t>(i)];
    const QuotientRemainder share =
        MulDivFloor(static_cast<uint64_t>(line->points),
                    static_cast<uint64_t>(part.quantity),
                    static_cast<uint64_t>(line->quantity));
    part.points = static_cast<Micros>(share.quotient);
    remainders[i] = share.remainder;
    left -= part.points;
  }
  for (; left > 0; --left) {  // fewer than n are left
    const auto largest = static_cast<size_t>(
        std::max_element(remainders.begin(),
                         remainders.begin() + static_cast<std::ptrdiff_t>(n)) -
        remainders.begin());  // the first of equal ones
    first[static_cast<std::ptrdiff_t>(largest)].points += 1;
    remainders[largest] = 0;
  }
}

void Evaluator::Score(const Profile& profile, Detail detail,
                      Ledger* ledger) const {
  ledger->score = ledger->high = ledger->coverage = 0;
  ledger->lines.clear();
  ledger->parts.clear();
  ledger->lifted.clear();
  ledger->held_back.clear();
  for (const Compiled& row : rows_) {
    const Sum sum = SumOver(row, profile);
    const Micros full_marks = row.points.full_marks();
    const uint64_t log2 = Log2OnePlus(sum.quantity);
    const Given given = GivenBy(row, sum, log2);
    ledger->score += given.points;
    ledger->high += given.points + given.missing;
    ledger->coverage += given.covered;
    if (detail == Detail::kScore) continue;

    Line line{row.factor,
              sum.quantity >= full_marks ? Cap::kFullMarks : Cap::kNone,
              sum.stated > 0,
              sum.quantity,
              full_marks,
              row.share.At(sum.quantity, log2),
              row.points.weight(),
              given.points,
              given.covered,
              given.missing,
              0,
              0};
    AddParts(row, profile, &line, &ledger->parts);
    ledger->lines.push_back(line);
  }
  ledger->low = ledger->score;
  ledger->band = BandOf(ledger->score);
  if (detail == Detail::kLedger) AddReasons(ledger);
}

}  // namespace influence
