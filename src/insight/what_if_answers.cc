// Recomputation instead of estimates: every answer is a score of a changed
// profile. The score is monotone in each signal, which makes a goal a
// bisection; a score without a source costs one evaluation each.
#include "insight/what_if_answers.h"

#include <algorithm>
#include <map>

namespace influence {

void LeastValue(const Evaluator& evaluator, Micros now, size_t account,
                Profile* profile, msg::GoalAnswer* goal) {
  Ledger ledger;
  Signals& signals = profile->accounts[account].signals;
  const auto score_at = [&](Micros value) {
    signals.Set(goal->signal, value);
    evaluator.Score(*profile, Detail::kScore, &ledger);
    return ledger.score;
  };
  Micros low = signals.Get(goal->signal);
  Micros high = kMaxSignal;
  goal->reachable = score_at(high) - now >= goal->rise_micropoints;
  if (!goal->reachable) low = high;
  while (low < high) {
    const Micros middle = low + (high - low) / 2;
    if (score_at(middle) - now >= goal->rise_micropoints) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  goal->value_micros = low;
  goal->score_micropoints = score_at(low);
}

// One profile is changed and restored for each source, so that a million
// sources need no million profiles.
std::vector<Micros> ScoresWithout(const Evaluator& evaluator,
                                  const Profile& profile,
                                  const SignalSums& sums, size_t sources,
                                  const std::vector<SourceGift>& gifts) {
  Profile rest = profile;
  SignalSums left = sums;
  const auto set = [&rest, &left](const SourceGift& gift) {
    rest.accounts[gift.account].signals.Set(
        gift.signal,
        std::min(kMaxSignal, left[gift.account][Index(gift.signal)]));
  };
  std::vector<Micros> scores;
  scores.reserve(sources);
  Ledger ledger;
  size_t at = 0;
  for (size_t source = 0; source < sources; ++source) {
    const size_t first = at;
    for (; at < gifts.size() && gifts[at].source == source; ++at) {
      left[gifts[at].account][Index(gifts[at].signal)] -= gifts[at].amount;
      set(gifts[at]);
    }
    evaluator.Score(rest, Detail::kScore, &ledger);
    scores.push_back(ledger.score);
    for (size_t i = first; i < at; ++i) {
      const size_t account = gifts[i].account;
      const size_t signal = Index(gifts[i].signal);
      left[account][signal] = sums[account][signal];
      set(gifts[i]);
    }
  }
  return scores;
}

// All accounts of a network leave together: a network is what a person can
// lose.
std::vector<msg::Carrier> Carriers(const Evaluator& evaluator,
                                   const Profile& profile,
                                   const Ledger& ledger) {
  std::map<std::string_view, Micros> points;
  for (const Account& account : profile.accounts) points[account.network];
  for (const Part& part : ledger.parts) {
    points[profile.accounts[part.account].network] += part.points;
  }
  std::vector<msg::Carrier> carriers;
  Ledger without;
  for (const auto& [network, sum] : points) {
    Profile rest;
    for (const Account& account : profile.accounts) {
      if (account.network != network) rest.accounts.push_back(account);
    }
    evaluator.Score(rest, Detail::kScore, &without);
    carriers.push_back({network, sum, without.score});
  }
  std::stable_sort(carriers.begin(), carriers.end(),
                   [](const msg::Carrier& a, const msg::Carrier& b) {
                     return a.points_micropoints > b.points_micropoints;
                   });
  return carriers;
}

}  // namespace influence
