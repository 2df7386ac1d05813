// How much an old reaction still counts: 2^(-age / half-life), as integers.
#ifndef INFLUENCE_TALLY_DECAY_H_
#define INFLUENCE_TALLY_DECAY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace influence {

// Counts of decayed reactions are in these fractions of one: Q30.
inline constexpr int kDecayBits = 30;
inline constexpr uint32_t kFresh = uint32_t{1} << kDecayBits;

// 2^(kDecayBits - age / half_life), the exact number rounded to the nearest
// integer, ties to even; kFresh if half_life is 0. Requires age >= 0.
uint32_t DecayAt(int64_t age, int32_t half_life);

// The same, of one half-life, looked up.
class DecayTable {
 public:
  // `half_life` is in age units; 0 is for ever.
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
