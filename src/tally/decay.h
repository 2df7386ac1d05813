// The decay of old reactions, 2^(-age / half-life), as integers.
#ifndef INFLUENCE_TALLY_DECAY_H_
#define INFLUENCE_TALLY_DECAY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace influence {

// Decayed counts are in units of 2^-30: Q30.
inline constexpr int kDecayBits = 30;
inline constexpr uint32_t kFresh = uint32_t{1} << kDecayBits;

// Returns 2^(kDecayBits - age / half_life), rounded to the nearest integer,
// ties to even; kFresh if half_life is 0. Requires age >= 0.
uint32_t DecayAt(int64_t age, int32_t half_life);

// The same for one half-life, from a table.
class DecayTable {
 public:
  // `half_life` is in age units; 0 means no decay.
  explicit DecayTable(int32_t half_life);

  // DecayAt(age, half_life).
  uint32_t At(int64_t age) const {
    if (by_age_.empty()) return kFresh;
    return age < static_cast<int64_t>(by_age_.size())
               ? by_age_[static_cast<size_t>(age)]
               : 0;
  }

 private:
  std::vector<uint32_t> by_age_;  // empty: no half-life
};

}  // namespace influence

#endif  // INFLUENCE_TALLY_DECAY_H_
