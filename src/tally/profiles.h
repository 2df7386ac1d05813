// A tally's answer: the signals of everybody who received anything.
#ifndef INFLUENCE_TALLY_PROFILES_H_
#define INFLUENCE_TALLY_PROFILES_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/micros.h"
#include "model/vocabulary.h"
#include "tally/tally.h"

namespace influence {

class TallyProfiles {
 public:
  // Of a compacted tally, which may change or go once this is made.
  explicit TallyProfiles(const Tally& tally);

  // What is received: a kind of reaction on a network. By the network's name,
  // then the kind.
  struct Channel {
    uint32_t network;
    Signal signal;
  };
  const std::vector<Channel>& channels() const { return channels_; }

  // Those who received anything, ascending by id.
  const std::vector<uint32_t>& subjects() const { return subjects_; }

  // Calls visit(index of a channel, amount) for what a subject received, in
  // the order of the channels; amounts are 0 .. kMaxSignal.
  template <typename Visit>
  void ForEach(uint32_t subject, Visit visit) const {
    const uint64_t* const own = &index_[size_t{subject} * stride_];
    size_t at = static_cast<size_t>(own[0]);
    for (size_t word = 1; word < stride_; ++word) {
      uint64_t mask = own[word];
      for (size_t bit = 0; mask != 0; ++bit, mask >>= 1) {
        if ((mask & 1) != 0) visit((word - 1) * 64 + bit, amounts_[at++]);
      }
    }
  }

 private:
  Micros* Place(uint32_t subject, size_t channel);

  std::vector<Channel> channels_;
  std::vector<uint32_t> subjects_;
  // By subject: where its amounts begin, then a mask of the channels it has.
  size_t stride_ = 1;
  LargeArray<uint64_t> index_;
  LargeArray<Micros> amounts_;
};

}  // namespace influence

#endif  // INFLUENCE_TALLY_PROFILES_H_
