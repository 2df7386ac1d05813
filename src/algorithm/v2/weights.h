// Algorithm v2: every number. SPEC.md beside this file gives the reasons. To
// change a number, add the next version; src/algorithm/README.md says how.
#ifndef INFLUENCE_ALGORITHM_V2_WEIGHTS_H_
#define INFLUENCE_ALGORITHM_V2_WEIGHTS_H_

#include "algorithm/table.h"

namespace influence::v2 {

// clang-format off
inline constexpr FactorRow kFactors[] = {
  // factor                 weight, micropoints  full marks at  half-life, days
  {Factor::kAttention,               28'000'000,       100'000,   45},
  {Factor::kAmplification,           15'000'000,       100'000,   45},
  {Factor::kCuration,                33'000'000,     1'000'000,    0},
  {Factor::kAudience,                12'000'000,       100'000,    0},
  {Factor::kStanding,                 6'000'000,        10'000,    0},
  {Factor::kEndorsement,              6'000'000,         1'000,  180},
};
static_assert(TotalWeight(kFactors) == kFullScore);

inline constexpr SignalRow kSignals[] = {
  // signal                 counts in                one counts, millionths
  {Signal::kMentions,       Factor::kAttention,      1'000'000},
  {Signal::kReplies,        Factor::kAttention,      1'000'000},
  {Signal::kSaves,          Factor::kAttention,        500'000},
  {Signal::kLikes,          Factor::kAttention,        250'000},
  {Signal::kReshares,       Factor::kAmplification,  1'000'000},
  {Signal::kQuotes,         Factor::kAmplification,  1'250'000},
  {Signal::kListings,       Factor::kCuration,       1'000'000},
  {Signal::kFollowers,      Factor::kAudience,       1'000'000},
  {Signal::kStanding,       Factor::kStanding,       1'000'000},
  {Signal::kEndorsements,   Factor::kEndorsement,    1'000'000},
};
// clang-format on

}  // namespace influence::v2

#endif  // INFLUENCE_ALGORITHM_V2_WEIGHTS_H_
