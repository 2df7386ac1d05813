// The result of a tally: the signals of all people who received anything.
#ifndef INFLUENCE_TALLY_PROFILES_H_
#define INFLUENCE_TALLY_PROFILES_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/large_array.h"
#include "base/micros.h"
#include "model/vocabulary.h"
#include "tally/tally.h"

namespace influence {

class TallyProfiles {
 public:
  // Requires a compacted tally that does not change afterwards.
  explicit TallyProfiles(const Tally& tally);

  // A kind of reaction on a network. Ordered by the network's name, then the
  // kind.
  struct Channel {
    uint32_t network;
    Signal signal;
  };
  const std::vector<Channel>& channels() const { return channels_; }

  // All ids by number, ascending by id, including people who received nothing.
  const std::vector<uint32_t>& order() const { return order_; }

  // Loads the profiles of order()[first .. first + n) and returns n: as many as
  // fit `memory_bytes`, at least one. Each call reads the whole tally.
  size_t Load(size_t first, uint64_t memory_bytes);

  // Calls visit(index of a channel, amount) for each channel of the person at
  // `place` of order(), in the order of channels; amounts are 0 .. kMaxSignal.
  // Requires the place to be loaded.
  template <typename Visit>
  void ForEach(size_t place, Visit visit) const {
    const uint64_t* const own =
        &index_[(places_.empty() ? order_[place] : place - first_) * stride_];
    size_t at = static_cast<size_t>(own[0]);
    for (size_t word = 1; word < stride_; ++word) {
      uint64_t mask = own[word];
      for (size_t bit = 0; mask != 0; ++bit, mask >>= 1) {
        if ((mask & 1) != 0) visit((word - 1) * 64 + bit, amounts_[at++]);
      }
    }
  }

 private:
  size_t AssignPlaces(size_t count);
  Micros* AmountOf(size_t loaded, size_t channel);

  const Tally& tally_;
  std::vector<Channel> channels_;
  std::vector<uint32_t> channel_of_;  // by network and kind
  std::vector<uint32_t> order_;
  // The place in order_ of each number. Empty if all profiles fit at once: they
  // are then stored by number, without a look-up per gift.
  LargeArray<uint32_t> places_;
  size_t first_ = 0;
  // For each loaded profile the beginning of its amounts, then a mask of its
  // channels.
  size_t stride_ = 1;
  LargeArray<uint64_t> index_;
  LargeArray<Micros> amounts_;
};

}  // namespace influence

#endif  // INFLUENCE_TALLY_PROFILES_H_
