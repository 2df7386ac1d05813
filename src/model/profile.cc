#include "model/profile.h"

#include <algorithm>

namespace influence {

int Compare(const Signals& a, const Signals& b) {
  for (size_t i = 0; i < kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i + 1);
    if (a.Has(signal) != b.Has(signal)) return a.Has(signal) ? 1 : -1;
    if (a.values_[i] != b.values_[i])
      return a.values_[i] < b.values_[i] ? -1 : 1;
  }
  return 0;
}

void SortAccounts(std::vector<Account>* accounts) {
  if (accounts->size() < 2) return;
  std::sort(accounts->begin(), accounts->end(),
            [](const Account& a, const Account& b) {
              const int order = a.network.compare(b.network);
              return order != 0 ? order < 0 : Compare(a.signals, b.signals) < 0;
            });
}

}  // namespace influence
