// Lays a table out for a kernel, block by block, and hands the evaluator every
// row that the kernel may not decide. The invariant: a row that stays out of
// `redo` has exactly the score, range and coverage that Evaluator::Score()
// returns for it.
#include "scoring/column_scoring.h"

#include <algorithm>
#include <memory>

#include "base/muldiv.h"
#include "scoring/valid_rows.h"
#include "scoring/value.h"

namespace influence {
namespace {

// True if kernels read this type in place; they read every other from a copy.
bool IsReadInPlace(ColumnType type) {
  return type == ColumnType::kInt32 || type == ColumnType::kInt64 ||
         type == ColumnType::kUint64;
}

void SetBit(uint64_t* rows, size_t i) {
  rows[i / 64] |= uint64_t{1} << (i % 64);
}

}  // namespace

Population::Population(const Evaluator& evaluator, const Kernel* kernel,
                       const Columns& columns)
    : evaluator_(evaluator), kernel_(kernel), columns_(columns) {
  if (kernel_ != nullptr && !Prepare()) kernel_ = nullptr;
}

// Lays the table out for the kernel; false if the kernel cannot be used. A
// signal without a column is missing for everybody: the kernel then takes the
// whole weight for `high`, which is right only if the missing signal alone
// could reach full marks.
bool Population::Prepare() {
  if (columns_.has_accounts) return false;
  std::array<bool, kSignalCount> is_counted{};
  for (const Evaluator::Compiled& row : evaluator_.rows()) {
    const Curve& curve = row.points;
    Plan plan{MakePointsRow(curve.weight(), curve.full_marks(), curve.slope()),
              {},
              false,
              true,
              true};
    for (const SignalValue& count : row.counts) {
      if (kMaxSignal / kOne * count.value < curve.full_marks()) {
        plan.saturates = false;
      }
      const auto column =
          std::find_if(columns_.signals.begin(), columns_.signals.end(),
                       [&count](const SignalColumn& candidate) {
                         return candidate.signal == count.signal;
                       });
      if (column == columns_.signals.end()) {
        plan.never_stated = true;
        continue;
      }
      const auto index = static_cast<size_t>(column - columns_.signals.begin());
      plan.terms.push_back(TermOf(index, count.value));
      is_counted[index] = true;
      if (count.value % IntegersInUnit(*column) != 0) plan.is_direct = false;
    }
    if (plan.never_stated && !plan.saturates) return false;
    plans_.push_back(std::move(plan));
  }
  // A value out of range is a fault even if no factor counts it.
  for (size_t c = 0; c < columns_.signals.size(); ++c) {
    if (!is_counted[c]) uncounted_.push_back(TermOf(c, 0));
  }
  coverage_.resize(size_t{1} << kSignalCount);
  // Walks all subsets of the table's signals: at most 2^10 of them.
  const unsigned all = AllSignals();
  for (unsigned stated = all;; stated = (stated - 1) & all) {
    coverage_[stated] = CoverageOf(stated);
    if (stated == 0) return true;
  }
}

Population::Term Population::TermOf(size_t column, Micros value) const {
  const Micros unit = IntegersInUnit(columns_.signals[column]);
  return {column, value / unit, kMaxSignal / kOne * unit};
}

Micros Population::CoverageOf(unsigned stated) const {
  Micros covered = 0;
  for (const Evaluator::Compiled& row : evaluator_.rows()) {
    if ((row.signal_mask & ~stated) == 0) {
      covered += row.points.weight();
    } else if ((row.signal_mask & stated) != 0) {
      Micros values = 0;
      for (const SignalValue& count : row.counts) {
        if ((stated & Signals::Bit(count.signal)) != 0) values += count.value;
      }
      covered += MulDiv(row.points.weight(), values, row.value_total);
    }
  }
  return covered;
}

void Population::Score(size_t begin, size_t end,
                       const ScoreColumns& out) const {
  const bool wants_reasons = out.reasons[0] != nullptr;
  const bool by_block =
      kernel_ != nullptr && !wants_reasons && FloatModeIsUsual();
  // Too large for a stack, and to be zeroed, which make_unique() would do.
  const std::unique_ptr<Scratch> scratch(new Scratch);
  for (; begin < end; begin += kBlockRows) {
    const size_t rows = std::min(kBlockRows, end - begin);
    if (by_block) {
      ScoreBlock(begin, rows, out, scratch.get());
    } else {
      for (size_t i = begin; i < begin + rows; ++i) {
        ScoreRow(i, out, scratch.get());
      }
    }
  }
}

void Population::ScoreBlock(size_t begin, size_t rows, const ScoreColumns& out,
                            Scratch* scratch) const {
  const size_t to = begin - out.first_row;
  Micros* const score = out.score + to;
  Micros* const high = out.high + to;
  RowSet redo = {};  // the rows for the evaluator

  // The valid rows of each column.
  RowSet valid_rows;
  if (LoadRows(columns_.valid, columns_.rows, begin, rows, valid_rows)) {
    for (size_t i = 0; i < kBlockRows / 64; ++i) redo[i] |= ~valid_rows[i];
  }
  RowSet valid[kSignalCount];
  Nulls nulls{};        // valid[], or null
  unsigned always = 0;  // the signals that all rows state
  for (size_t c = 0; c < columns_.signals.size(); ++c) {
    const SignalColumn& column = columns_.signals[c];
    if (LoadRows(column.valid, columns_.rows, begin, rows, valid[c])) {
      nulls[c] = valid[c];
    } else {
      always |= Signals::Bit(column.signal);
    }
  }

  // The kernel's work.
  std::array<KernelTerm, kSignalCount> terms;
  std::array<KernelTask, kFactorCount + 1> tasks;
  RowSet all_stated[kFactorCount];
  size_t n_terms = 0;
  size_t n_tasks = 0;
  Micros unknown = 0;  // weights of the factors that lack a column
  for (size_t r = 0; r < plans_.size(); ++r) {
    const Plan& plan = plans_[r];
    if (plan.never_stated) unknown += plan.points.weight;
    Micros* const points =
        out.points[r] != nullptr ? out.points[r] + to : nullptr;
    if (plan.terms.empty()) {
      if (points != nullptr) std::fill_n(points, kBlockRows, Micros{0});
      continue;
    }
    KernelTask& task = tasks[n_tasks++];
    task = {plan.points, &terms[n_terms],    0,
            nullptr,     !plan.never_stated, points};
    if (plan.is_direct) {
      for (const Term& term : plan.terms) {
        terms[n_terms++] = TermOf(term, begin, rows, nulls, scratch);
      }
    } else {
      ReadQuantities(r, begin, rows, redo, scratch);
      terms[n_terms++] = {scratch->quantities[r], nullptr, 1,
                          (int64_t{1} << 62) - 1, false};
    }
    task.n_terms = static_cast<size_t>(&terms[n_terms] - task.terms);
    task.stated = AllStated(plan, nulls, all_stated[r]);
    if (task.stated != nullptr && !plan.saturates) {
      for (size_t i = 0; i < kBlockRows / 64; ++i) redo[i] |= ~task.stated[i];
    }
  }
  if (!uncounted_.empty()) {  // of no weight, but their range is checked
    KernelTask& task = tasks[n_tasks++];
    task = {NoPoints(), &terms[n_terms], 0, nullptr, false, nullptr};
    for (const Term& term : uncounted_) {
      terms[n_terms++] = TermOf(term, begin, rows, nulls, scratch);
    }
    task.n_terms = static_cast<size_t>(&terms[n_terms] - task.terms);
  }
  if (kernel_->score(tasks.data(), n_tasks, rows, unknown, score, high, redo)) {
    for (const SignalColumn& column : columns_.signals) {
      FindFaults(column, begin, rows, redo);
    }
  }

  // Coverage.
  Micros* const coverage = out.coverage + to;
  if (always == AllSignals()) {
    std::fill_n(coverage, kBlockRows, coverage_[always]);
  } else {
    uint16_t* const stated = scratch->stated;
    std::fill_n(stated, kBlockRows, static_cast<uint16_t>(always));
    for (size_t c = 0; c < columns_.signals.size(); ++c) {
      if (nulls[c] == nullptr) continue;
      kernel_->state(
          nulls[c],
          static_cast<uint16_t>(Signals::Bit(columns_.signals[c].signal)),
          stated);
    }
    for (size_t i = 0; i < kBlockRows; ++i) coverage[i] = coverage_[stated[i]];
  }

  if (out.band != nullptr) {
    for (size_t i = 0; i < rows; ++i) {
      out.band[to + i] = static_cast<int8_t>(BandOf(score[i]));
    }
  }
  for (size_t i = 0; i < rows; ++i) {
    if (redo[i / 64] == 0) {
      i |= 63;
    } else if (((redo[i / 64] >> (i % 64)) & 1) != 0) {
      ScoreRow(begin + i, out, scratch);
    }
  }
}

// Returns the rows that have all signals of a plan: null if every row has them,
// one of `nulls`, or the intersection in `both`.
const uint64_t* Population::AllStated(const Plan& plan, const Nulls& nulls,
                                      uint64_t* both) {
  const uint64_t* stated = nullptr;
  for (const Term& term : plan.terms) {
    const uint64_t* const set = nulls[term.column];
    if (set == nullptr) continue;
    if (stated == nullptr) {
      stated = set;
      continue;
    }
    for (size_t i = 0; i < kBlockRows / 64; ++i) both[i] = stated[i] & set[i];
    stated = both;
  }
  return stated;
}

// Binds a column for the kernel: in place, or as a copy if the kernel does not
// read its type or the block is not full.
KernelTerm Population::TermOf(const Term& term, size_t begin, size_t rows,
                              const Nulls& nulls, Scratch* scratch) const {
  const SignalColumn& column = columns_.signals[term.column];
  if (rows == kBlockRows && IsReadInPlace(column.type)) {
    const void* const values =
        static_cast<const char*>(column.values) + begin * SizeOf(column.type);
    return {values, nulls[term.column], term.factor, term.limit,
            column.type == ColumnType::kInt32};
  }
  int64_t* const copy = scratch->copies[term.column];
  ReadIntegers(column, begin, rows, copy);
  std::fill(copy + rows, copy + kBlockRows, 0);
  return {copy, nulls[term.column], term.factor, term.limit, false};
}

// Computes the quantity of row `r` of the algorithm by the evaluator's own
// rounding, for columns whose values are no whole multiples of the kernel's
// integers.
void Population::ReadQuantities(size_t r, size_t begin, size_t rows,
                                uint64_t* redo, Scratch* scratch) const {
  std::fill_n(scratch->quantities[r], kBlockRows, Micros{0});
  for (size_t i = 0; i < rows; ++i) {
    Signals signals;
    for (const Term& term : plans_[r].terms) {
      const SignalColumn& column = columns_.signals[term.column];
      if (!column.valid.Get(begin + i)) continue;
      Micros micros = 0;
      if (ReadMicros(column, begin + i, &micros)) {
        signals.Set(column.signal, micros);
      } else {
        SetBit(redo, i);
      }
    }
    scratch->quantities[r][i] =
        Evaluator::QuantityOf(evaluator_.rows()[r], signals);
  }
}

// Marks the rows whose value is out of range: the evaluator reports them.
void Population::FindFaults(const SignalColumn& column, size_t begin,
                            size_t rows, uint64_t* redo) {
  for (size_t i = 0; i < rows; ++i) {
    Micros micros = 0;
    if (column.valid.Get(begin + i) &&
        !ReadMicros(column, begin + i, &micros)) {
      SetBit(redo, i);
    }
  }
}

// The signals that are columns.
unsigned Population::AllSignals() const {
  unsigned all = 0;
  for (const SignalColumn& column : columns_.signals) {
    all |= Signals::Bit(column.signal);
  }
  return all;
}

// Reads the accounts of a row. On false, *fault is set.
bool Population::ReadRow(size_t i, Profile* profile, Fault* fault) const {
  profile->accounts.clear();
  if (!columns_.valid.Get(i)) {
    *fault = {Code::kInvalidArgument, kFaultRow};
    return false;
  }
  size_t entry = i;
  size_t end = i + 1;
  if (columns_.has_accounts) {
    entry = columns_.Offset(i);
    end = columns_.lists_valid.Get(i) ? columns_.Offset(i + 1) : entry;
    if (end - entry > kMaxAccounts) {
      *fault = {Code::kTooLarge, kFaultAccounts};
      return false;
    }
  }
  for (; entry < end; ++entry) {
    Account account;
    const bool is_known =
        !columns_.has_accounts || columns_.accounts_valid.Get(entry);
    for (const SignalColumn& column : columns_.signals) {
      if (!is_known || !column.valid.Get(entry)) continue;
      Micros micros = 0;
      if (!ReadMicros(column, entry, &micros)) {
        *fault = {Code::kOutOfRange, static_cast<int8_t>(column.signal)};
        return false;
      }
      account.signals.Set(column.signal, micros);
    }
    profile->accounts.push_back(account);
  }
  const std::optional<SignalColumn>& standing = columns_.standing;
  if (standing.has_value() && standing->valid.Get(i)) {
    Micros micros = 0;
    if (!ReadMicros(*standing, i, &micros)) {
      *fault = {Code::kOutOfRange, static_cast<int8_t>(Signal::kStanding)};
      return false;
    }
    if (profile->accounts.empty()) profile->accounts.emplace_back();
    profile->accounts[0].signals.Set(Signal::kStanding, micros);
  }
  SortAccounts(&profile->accounts);
  return true;
}

void Population::ScoreRow(size_t i, const ScoreColumns& out,
                          Scratch* scratch) const {
  const size_t to = i - out.first_row;
  Ledger& ledger = scratch->ledger;
  Fault fault{};
  const bool wants_lines =
      out.points[0] != nullptr || out.reasons[0] != nullptr;
  if (ReadRow(i, &scratch->profile, &fault)) {
    evaluator_.Score(scratch->profile,
                     wants_lines ? Detail::kLedger : Detail::kScore, &ledger);
  } else {
    out.scored[to / 8] =
        static_cast<uint8_t>(out.scored[to / 8] & ~(1u << (to % 8)));
    out.error[to] = static_cast<int32_t>(fault.code);
    out.error_field[to] = fault.field;
    ledger = Ledger{};
  }
  out.score[to] = ledger.score;
  out.high[to] = ledger.high;
  out.coverage[to] = ledger.coverage;
  if (out.band != nullptr) out.band[to] = static_cast<int8_t>(ledger.band);
  for (size_t r = 0; r < evaluator_.rows().size(); ++r) {
    if (out.points[r] == nullptr) continue;
    out.points[r][to] = r < ledger.lines.size() ? ledger.lines[r].points : 0;
  }
  if (out.reasons[0] != nullptr) {
    out.reasons[0]->Append(ledger.lifted);
    out.reasons[1]->Append(ledger.held_back);
  }
}

}  // namespace influence
