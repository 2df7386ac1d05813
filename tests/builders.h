// Short ways to write down the tables and profiles of a test.
#ifndef INFLUENCE_TESTS_UNIT_BUILDERS_H_
#define INFLUENCE_TESTS_UNIT_BUILDERS_H_

#include <fstream>
#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "algorithm/registry.h"
#include "gtest/gtest.h"
#include "model/algorithm.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "scoring/evaluator.h"

namespace influence {

struct Stated {
  Signal signal;
  Micros value;
};

inline Signals SignalsOf(std::initializer_list<Stated> stated) {
  Signals signals;
  for (const Stated& s : stated) signals.Set(s.signal, s.value);
  return signals;
}

// `network` must outlive the account.
inline Account AccountOf(std::string_view network,
                         std::initializer_list<Stated> stated) {
  return {network, SignalsOf(stated)};
}

// In canonical order, as the evaluator wants it.
inline Profile ProfileOf(std::initializer_list<Account> accounts) {
  Profile profile{"someone", accounts};
  SortAccounts(&profile.accounts);
  return profile;
}

inline Ledger LedgerOf(const Algorithm& algorithm, const Profile& profile,
                       Detail detail = Detail::kLedger) {
  Ledger ledger;
  Evaluator(algorithm).Score(profile, detail, &ledger);
  return ledger;
}

inline Algorithm V1() { return *FindReleased("v1"); }

// Attention with the row's numbers; followers take the rest of the weight,
// with full marks at one follower.
inline Algorithm AttentionTable(Micros weight, Micros full_marks,
                                std::vector<SignalValue> counts) {
  return {"acme/attention",
          false,
          {{Factor::kAttention, weight, full_marks, 0, std::move(counts)},
           {Factor::kAudience,
            kFullScore - weight,
            kOne,
            0,
            {{Signal::kFollowers, kOne}}}}};
}

// A file of the project, by its path from the root.
inline std::string ProjectFile(const std::string& path) {
  std::ifstream file(std::string(INFLUENCE_SOURCE_DIR) + "/" + path,
                     std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace influence

#endif  // INFLUENCE_TESTS_UNIT_BUILDERS_H_
