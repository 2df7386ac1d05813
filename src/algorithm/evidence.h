// The measurements behind the released algorithms, for their model cards. No
// score depends on them. evidence.inc has the figures.
#ifndef INFLUENCE_ALGORITHM_EVIDENCE_H_
#define INFLUENCE_ALGORITHM_EVIDENCE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/micros.h"
#include "model/vocabulary.h"

namespace influence {

// The data that was measured on, in the order of the card's words.
enum class Data : uint8_t {
  kPairs,      // human judgements of which of two people is more influential
  kSomePairs,  // the part of kPairs that ships with the project
  kHiggs,      // reactions of several days, and reshares of the next day
};

enum class Finding : uint8_t {
  kAuc,          // how often the chosen one of a pair has the higher score
  kAccuracy,     // how many pairs are ordered as people did
  kPeopleAgree,  // two people about one pair
  kBlackBox,     // AUC of a model that cannot be recomputed by hand
  kLowestMoved,  // AUC with perturbed weights: the lowest and the highest
  kHighestMoved,
  kUnseen,  // AUC, each pair by a table chosen without both its people
  kUnseenAccuracy,
  kGain,            // AUC above the version before, over resampled people
  kGainLeast,       // all but one draw in forty are above it
  kGainMost,        // one in forty is above it
  kReshared,        // AUC of who is reshared by ten or more
  kResharedPeople,  // the same by counting people
  kResharedAll,     // the same by counting reactions
  kFirst,           // NDCG of the first hundred
  kFirstPeople,
  kFirstAll,
};

struct Measurement {
  Finding finding;
  Micros value;
  Micros deviation;  // standard; 0: not known
  Data data;
  uint64_t sample;
  std::string_view command;  // that prints it; empty: none in the project
};

// How well one signal alone orders the pairs.
struct SignalEvidence {
  Signal signal;
  Micros auc;
};

// Reasons for a factor's weight, beyond what it measures.
enum class WeightReason : uint8_t {
  kBestAlone,   // its signal is the best of all alone
  kBought,      // it can be bought: kept below its predictive power
  kSaidBetter,  // who has it has another, which says it better
  kFlat,        // above full marks it adds nothing to what the others say
  kOptional,    // without seeds there is none
  kTraded,      // cheap to trade, so small
  kLikePower,   // near what it can carry
};

struct FactorReason {
  Factor factor;
  WeightReason reason;
};

// The number of judges in a hundred who agree on who is ahead at this distance.
struct Agreement {
  Micros distance;
  uint64_t percent;
};

// The measured effect of moving people to this algorithm from the one before.
struct MeasuredDrift {
  std::string_view from;  // empty: there was none
  uint64_t people, up, down, beyond;
  Micros least, most;        // change, micropoints
  Micros spearman, kendall;  // of scores in half points
  std::string_view command;
};

struct Evidence {
  std::vector<Measurement> measurements;
  std::vector<SignalEvidence> signals;
  std::vector<FactorReason> reasons;
  std::vector<Agreement> agreements;
  MeasuredDrift drift;
};

// The year in which the data was recorded.
std::string_view YearOf(Data data);

// All empty for an algorithm that is not released.
Evidence EvidenceOf(std::string_view algorithm);

}  // namespace influence

#endif  // INFLUENCE_ALGORITHM_EVIDENCE_H_
