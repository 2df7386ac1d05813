// A tally's answer: the signals of everybody who received anything.
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
  // Of a compacted tally, which must stay as it is.
  explicit TallyProfiles(const Tally& tally);

  // What is received: a kind of reaction on a network. By the network's name,
  // then the kind.
  struct Channel {
    uint32_t network;
    Signal signal;
  };
  const std::vector<Channel>& channels() const { return channels_; }

  // Everybody's number, ascending by id, those included who received nothing.
  const std::vector<uint32_t>& order() const { return order_; }

  // Makes the profiles of those at `first` .. `first + n` of order(), and
  // returns n: as many as `memory_bytes` have room for, at least one. All of
  // the tally is read for it.
  size_t Load(size_t first, uint64_t memory_bytes);

  // Calls visit(index of a channel, amount) for what the one at `place` of
  // order() received, in the order of the channels; amounts are 0 ..
  // kMaxSignal. Requires the place to be loaded.
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
  Micros* AmountOf(size_t loaded, size_t channel);

  const Tally& tally_;
  std::vector<Channel> channels_;
  std::vector<uint32_t> channel_of_;  // by network and kind
  std::vector<uint32_t> order_;
  // In order_, by number; empty when all are loaded, which are then loaded by
  // number, without a look-up for each gift.
  LargeArray<uint32_t> places_;
  size_t first_ = 0;
  // Of each that is loaded: where its amounts begin, then a mask of the
  // channels it has.
  size_t stride_ = 1;
  LargeArray<uint64_t> index_;
  LargeArray<Micros> amounts_;
};

}  // namespace influence

#endif  // INFLUENCE_TALLY_PROFILES_H_
