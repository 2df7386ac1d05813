// Whole populations by columns: the scores that Evaluator::Score gives, row by
// row and bit by bit, at the speed of the machine.
//
// Blocks of rows go through a kernel (kernels/kernel.h), which is right or says
// that it is not sure. Whatever a kernel does not do goes through the
// evaluator: rows it is unsure of, rows at fault, people with several accounts,
// reasons, and everything where there is no kernel.
#ifndef INFLUENCE_SCORING_POPULATION_H_
#define INFLUENCE_SCORING_POPULATION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/columns.h"
#include "scoring/evaluator.h"
#include "scoring/kernels/kernel.h"

namespace influence {

// One table, about to be scored. Immutable; any number of threads may use one
// at once, each for rows of its own.
class Population {
 public:
  // `kernel` may be null. All that is given must outlive this.
  Population(const Evaluator& evaluator, const Kernel* kernel,
             const Columns& columns);

  // Scores the rows from `begin`, a multiple of kBlockRows, to `end`; the
  // reasons are appended.
  void Score(size_t begin, size_t end, const ScoreColumns& out) const;

 private:
  // A signal that counts in a row of the algorithm.
  struct Term {
    size_t column;   // in columns_.signals
    int64_t factor;  // micros of quantity for one of ReadIntegers()' integers
    int64_t limit;   // the largest integer that is in range
  };
  // A row of the algorithm, as it meets this table.
  struct Plan {
    PointsRow points;
    std::vector<Term> terms;
    bool never_stated;  // some signal of it is no column at all
    bool saturates;     // any one missing signal could reach full marks
    bool is_direct;     // the terms need no rounding
  };
  struct Fault {
    Code code;
    int8_t field;  // FaultField
  };
  // What one thread works with; about 70 KiB.
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
  // The covered points of who states these signals.
  Micros CoverageOf(unsigned stated) const;
  void ScoreBlock(size_t begin, size_t rows, const ScoreColumns& out,
                  Scratch* scratch) const;
  // For each column its valid rows, or null if all are.
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
  const Kernel* kernel_;  // null: none, or none that is of use here
  const Columns& columns_;
  std::vector<Plan> plans_;
  std::vector<Term> uncounted_;  // columns that no row of the algorithm counts
  // CoverageOf() each set of columns.
  std::vector<Micros> coverage_;
};

}  // namespace influence

#endif  // INFLUENCE_SCORING_POPULATION_H_
