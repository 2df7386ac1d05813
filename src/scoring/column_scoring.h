// Scores whole populations by columns. Every row gets the score of
// Evaluator::Score(), to the last bit.
//
// Blocks of rows go through a kernel (kernels/kernel.h), which is right or
// reports a row as doubtful. The evaluator scores the rest: doubtful rows, rows
// at fault, people with several accounts, reasons, and everything on a machine
// without a kernel.
#ifndef INFLUENCE_SCORING_COLUMN_SCORING_H_
#define INFLUENCE_SCORING_COLUMN_SCORING_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/population_columns.h"
#include "scoring/evaluator.h"
#include "scoring/kernels/kernel.h"

namespace influence {

// One table, ready to be scored. Immutable; any number of threads may use one
// at once, each for rows of its own.
class Population {
 public:
  // `kernel` may be null. The arguments must outlive this.
  Population(const Evaluator& evaluator, const Kernel* kernel,
             const Columns& columns);

  // Scores the rows from `begin`, a multiple of kBlockRows, to `end`; the
  // reasons are appended.
  void Score(size_t begin, size_t end, const ScoreColumns& out) const;

 private:
  // A signal that counts in a row of the algorithm.
  struct Term {
    size_t column;   // in columns_.signals
    int64_t factor;  // micros of quantity per integer of ReadIntegers()
    int64_t limit;   // the largest integer that is in range
  };
  // A row of the algorithm, bound to the columns of this table.
  struct Plan {
    PointsRow points;
    std::vector<Term> terms;
    bool never_stated;  // some signal of it has no column
    bool saturates;     // any one missing signal could reach full marks
    bool is_direct;     // the terms need no rounding
  };
  struct Fault {
    Code code;
    int8_t field;  // FaultField
  };
  // The working memory of one thread; about 70 KiB.
  struct Scratch {
    Micros quantities[kFactorCount][kBlockRows];
    int64_t copies[kSignalCount][kBlockRows];
    uint16_t stated[kBlockRows];
    Profile profile;
    Ledger ledger;
  };

  bool Prepare();
  Term TermOf(size_t column, Micros value) const;
  unsigned AllSignals() const;
  // The covered points of a row with these signals.
  Micros CoverageOf(unsigned stated) const;
  void ScoreBlock(size_t begin, size_t rows, const ScoreColumns& out,
                  Scratch* scratch) const;
  // For each column its valid rows, or null if every row is valid.
  using Nulls = std::array<const uint64_t*, kSignalCount>;
  static const uint64_t* AllStated(const Plan& plan, const Nulls& nulls,
                                   uint64_t* both);
  KernelTerm TermOf(const Term& term, size_t begin, size_t rows,
                    const Nulls& nulls, Scratch* scratch) const;
  void ReadQuantities(size_t r, size_t begin, size_t rows, uint64_t* redo,
                      Scratch* scratch) const;
  static void FindFaults(const SignalColumn& column, size_t begin, size_t rows,
                         uint64_t* redo);
  bool ReadRow(size_t i, Profile* profile, Fault* fault) const;
  void ScoreRow(size_t i, const ScoreColumns& out, Scratch* scratch) const;

  const Evaluator& evaluator_;
  const Kernel* kernel_;  // null: none, or none that fits this table
  const Columns& columns_;
  std::vector<Plan> plans_;
  std::vector<Term> uncounted_;  // columns that no row of the algorithm counts
  // CoverageOf() for each set of signals.
  std::vector<Micros> coverage_;
};

}  // namespace influence

#endif  // INFLUENCE_SCORING_COLUMN_SCORING_H_
