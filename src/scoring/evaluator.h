// Profile in, ledger out. There is no other way to get a score.
//
// One evaluator runs every table. Laws, for every algorithm and profile:
//   - the ledger's sums hold exactly (model/ledger.h);
//   - raising any signal, stating a missing one or adding an account never
//     lowers the score;
//   - the score depends only on the profile and the table.
// Two things are not laws. Stating a missing signal may lower `high`: knowing
// more narrows the range. And `low` and `high` do not bound the scores that
// later data can give; they bound the scores that the missing data could have
// given now.
#ifndef INFLUENCE_SCORING_EVALUATOR_H_
#define INFLUENCE_SCORING_EVALUATOR_H_

#include <cstdint>
#include <vector>

#include "base/curve.h"
#include "model/algorithm.h"
#include "model/ledger.h"
#include "model/profile.h"

namespace influence {

// The band of a score.
Band BandOf(Micros score);

// An algorithm made ready to run. Immutable; any number of threads may use
// one at once.
class Evaluator {
 public:
  // Requires a released algorithm or one that passed ValidateCustom().
  explicit Evaluator(const Algorithm& algorithm);

  // Overwrites *ledger. Requires accounts in canonical order, at most
  // kMaxAccounts of them, every signal in 0 .. kMaxSignal. Every such profile
  // has a score. For Detail::kScore the lines, parts and reasons are left
  // empty; everything else is equal.
  void Score(const Profile& profile, Detail detail, Ledger* ledger) const;

  // The sums of the ledger of a profile with one account. Allocates nothing.
  struct Sums {
    Micros score, high, coverage;  // `low` is the score
  };
  Sums ScoreOne(const Signals& signals) const;

  // One row, laid out for the inner loop.
  struct Compiled {
    Factor factor;
    Curve points;          // of the row's weight
    Curve share;           // of kOne
    Micros value_total;    // sum of all values
    unsigned signal_mask;  // Signals::Bit of each counted signal
    std::vector<SignalValue> counts;
  };
  const std::vector<Compiled>& rows() const { return rows_; }
  // The quantity that one account adds to a row: SPEC step 1.
  static Micros QuantityOf(const Compiled& row, const Signals& signals);

 private:
  // The totals of one row over the accounts.
  struct Sum {
    Micros quantity;  // x
    Micros stated;    // sum over accounts of the values of known signals
    Micros unstated;  // the same for missing ones
  };
  // The result of one row.
  struct Given {
    Micros points;
    Micros covered;  // weight that rests on known signals
    Micros missing;  // the most that the missing ones could add
  };

  static void AddTo(Sum* sum, const Compiled& row, const Signals& signals);
  static Sum SumOver(const Compiled& row, const Profile& profile);
  // `log2` is Log2OnePlus() of the quantity.
  static Given GivenBy(const Compiled& row, const Sum& sum, uint64_t log2);
  static void AddParts(const Compiled& row, const Profile& profile, Line* line,
                       std::vector<Part>* parts);

  std::vector<Compiled> rows_;
};

}  // namespace influence

#endif  // INFLUENCE_SCORING_EVALUATOR_H_
