// The figures of a model card's section on gaming. Each simulates an attack
// with the tally's own rule and scores the outcome with the evaluator, so the
// card changes with the algorithm and never drifts from TALLY.md.
#include "insight/gaming.h"

#include <algorithm>

#include "base/curve.h"
#include "base/muldiv.h"
#include "model/event.h"
#include "model/profile.h"
#include "scoring/evaluator.h"

namespace influence {
namespace {

constexpr Micros kAbsent = -1;

// The gift of an account that gave all its `reactions` of a kind to one person:
// the tally's rule for E = N, rounded down.
Micros GiftOf(uint64_t reactions, Micros crowd) {
  const auto all = static_cast<Micros>(reactions) * kOne;
  return static_cast<Micros>(MulDivFloor(static_cast<uint64_t>(all),
                                         static_cast<uint64_t>(crowd),
                                         static_cast<uint64_t>(crowd + all))
                                 .quotient);
}

// The score of a person who received this gift of every kind from each account.
// Every kind of reaction at once is the worst case: factors add up.
Micros ScoreOf(const Evaluator& evaluator, Micros gift, uint64_t accounts) {
  Profile profile;
  profile.accounts.push_back({"", {}});
  Signals& signals = profile.accounts[0].signals;
  for (size_t i = 0; i < kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i + 1);
    if (signal == Signal::kStanding) continue;  // not a reaction
    signals.Set(signal,
                std::min(kMaxSignal, gift * static_cast<Micros>(accounts)));
  }
  Ledger ledger;
  evaluator.Score(profile, Detail::kScore, &ledger);
  return ledger.score;
}

// The points of one signal alone; kAbsent if it does not count.
Micros Alone(const Algorithm& algorithm, Signal signal, Micros quantity) {
  for (const Row& row : algorithm.rows) {
    for (const SignalValue& count : row.counts) {
      if (count.signal != signal) continue;
      return Curve(row.weight, row.full_marks)
          .At(MulDiv(quantity, count.value, kOne));
    }
  }
  return kAbsent;
}

}  // namespace

GamingPrices PricesOfGaming(const Algorithm& algorithm,
                            const std::vector<msg::PriceLine>& prices) {
  const Evaluator evaluator(algorithm);
  GamingPrices gaming;
  for (uint64_t accounts = 1; accounts <= 10'000; accounts *= 10) {
    gaming.lines.push_back(
        {accounts, ScoreOf(evaluator, algorithm.crowd, accounts),
         ScoreOf(evaluator, GiftOf(1, algorithm.crowd), accounts),
         ScoreOf(evaluator, GiftOf(100, algorithm.crowd), accounts)});
  }
  gaming.one_fan_mentions =
      Alone(algorithm, Signal::kMentions, algorithm.crowd);
  gaming.endorsement_ring =
      Alone(algorithm, Signal::kEndorsements,
            MulDiv(algorithm.crowd, Micros{10} - Micros{kReturnedTenths}, 10));
  gaming.bought_followers =
      Alone(algorithm, Signal::kFollowers, kBoughtFollowers);
  gaming.silent_30_days = 0;
  for (const msg::PriceLine& price : prices) {
    gaming.silent_30_days += price.silent_30_days_micropoints;
  }
  return gaming;
}

}  // namespace influence
