#include "insight/what_if.h"

#include <algorithm>
#include <map>

namespace influence {

Goal LeastValue(const Evaluator& evaluator, Micros now, Micros rise,
                size_t account, Signal signal, Profile* profile) {
  Ledger ledger;
  Signals& signals = profile->accounts[account].signals;
  const auto score_at = [&](Micros value) {
    signals.Set(signal, value);
    evaluator.Score(*profile, Detail::kScore, &ledger);
    return ledger.score;
  };
  Micros low = signals.Get(signal);
  Micros high = kMaxSignal;
  const Micros most = score_at(high);
  if (most - now < rise) return {false, high, most};
  while (low < high) {
    const Micros middle = low + (high - low) / 2;
    if (score_at(middle) - now >= rise) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return {true, low, score_at(low)};
}

std::vector<Carrier> Carriers(const Evaluator& evaluator,
                              const Profile& profile, const Ledger& ledger) {
  std::map<std::string_view, Micros> points;
  for (const Account& account : profile.accounts) points[account.network];
  for (const Part& part : ledger.parts) {
    points[profile.accounts[part.account].network] += part.points;
  }
  std::vector<Carrier> carriers;
  Ledger without;
  for (const auto& [network, sum] : points) {
    Profile rest;
    for (const Account& account : profile.accounts) {
      if (account.network != network) rest.accounts.push_back(account);
    }
    evaluator.Score(rest, Detail::kScore, &without);
    carriers.push_back({network, sum, without.score});
  }
  std::stable_sort(
      carriers.begin(), carriers.end(),
      [](const Carrier& a, const Carrier& b) { return a.points > b.points; });
  return carriers;
}

}  // namespace influence
