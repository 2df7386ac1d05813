// Builds profiles in two passes over the gifts: the first marks the channels of
// each person, which fixes where amounts lie; the second adds the amounts. Both
// access memory at random, so they run through small queues that prefetch.
#include "tally/profiles.h"

#include <algorithm>
#include <array>

namespace influence {
namespace {

int CountBits(uint64_t bits) {
#if defined(__GNUC__)
  return __builtin_popcountll(bits);
#else
  int count = 0;
  for (; bits != 0; bits &= bits - 1) ++count;
  return count;
#endif
}

void PrefetchWrite(const void* at) {
#if defined(__GNUC__)
  __builtin_prefetch(at, 1);
#else
  (void)at;
#endif
}

// Gifts come ordered by actor, so each one lands elsewhere in memory. The queue
// delays a few of them and prefetches their places meanwhile.
template <typename Item>
class Queue {
 public:
  static constexpr size_t kDelay = 32;

  // Calls fetch(item) at once, and apply(item) after kDelay more items.
  template <typename Fetch, typename Apply>
  void Add(const Item& item, Fetch fetch, Apply apply) {
    fetch(item);
    Item& place = items_[count_++ % kDelay];
    if (count_ > kDelay) apply(place);
    place = item;
  }
  template <typename Apply>
  void Flush(Apply apply) {
    for (size_t i = count_ > kDelay ? count_ - kDelay : 0; i < count_; ++i) {
      apply(items_[i % kDelay]);
    }
    count_ = 0;
  }

 private:
  std::array<Item, kDelay> items_;
  size_t count_ = 0;
};

}  // namespace

TallyProfiles::TallyProfiles(const Tally& tally)
    : tally_(tally),
      channel_of_(tally.networks().size() * kSignalCount),
      order_(tally.ids().Sorted()) {
  for (const uint32_t network : tally.networks().Sorted()) {
    for (size_t kind = 0; kind < kSignalCount; ++kind) {
      const auto signal = static_cast<Signal>(kind + 1);
      if (!tally.Occurs(network, signal)) continue;
      channel_of_[network * kSignalCount + kind] =
          static_cast<uint32_t>(channels_.size());
      channels_.push_back({network, signal});
    }
  }
  stride_ = 1 + (channels_.size() + 63) / 64;
}

size_t TallyProfiles::Load(size_t first, uint64_t memory_bytes) {
  first_ = first;
  const uint64_t one =
      stride_ * sizeof(uint64_t) + channels_.size() * sizeof(Micros);
  const auto count = static_cast<size_t>(
      std::clamp<uint64_t>(memory_bytes / one, 1, order_.size() - first));
  const bool all = count == order_.size();
  if (!all && places_.empty()) {
    places_.resize(order_.size());
    for (size_t place = 0; place < order_.size(); ++place) {
      places_[order_[place]] = static_cast<uint32_t>(place);
    }
  }
  // The place of a subject in index_; at least `count` if it is not loaded.
  const auto at = [this, all, first](uint32_t subject) -> size_t {
    return all ? subject : places_[subject] - first;  // which is unsigned
  };
  const auto channel_of = [&](uint32_t network, Signal signal) {
    return channel_of_[network * kSignalCount + Index(signal)];
  };

  // Marks the channels of each person; then assigns the places of the amounts.
  struct Mark {
    uint64_t* word;
    uint64_t bit;
  };
  index_ = LargeArray<uint64_t>(count * stride_);
  Queue<Mark> marks;
  const auto set = [](const Mark& mark) { *mark.word |= mark.bit; };
  tally_.ForEachChannel([&](uint32_t subject, uint32_t network, Signal signal) {
    const size_t loaded = at(subject);
    if (loaded >= count) return;
    const uint32_t channel = channel_of(network, signal);
    marks.Add(
        {&index_[loaded * stride_ + 1 + channel / 64],
         uint64_t{1} << (channel % 64)},
        [](const Mark& mark) { PrefetchWrite(mark.word); }, set);
  });
  marks.Flush(set);
  amounts_ = LargeArray<Micros>(AssignPlaces(count));

  struct Sum {
    Micros* place;
    Micros amount;
  };
  struct Addend {
    size_t loaded;
    uint32_t channel;
    Micros amount;
  };
  Queue<Addend> addends;
  Queue<Sum> sums;
  // No overflow: an amount is at most 2^30 * 10^6 millionths (kMostCounted),
  // and the sum before it at most kMaxSignal.
  const auto add = [](const Sum& sum) {
    *sum.place = std::min(kMaxSignal, *sum.place + sum.amount);
  };
  const auto place = [&](const Addend& addend) {
    sums.Add(
        {AmountOf(addend.loaded, addend.channel), addend.amount},
        [](const Sum& sum) { PrefetchWrite(sum.place); }, add);
  };
  tally_.ForEachGift(
      [&](uint32_t subject, uint32_t network, Signal signal, Micros amount) {
        const size_t loaded = at(subject);
        if (loaded >= count) return;
        addends.Add(
            {loaded, channel_of(network, signal), amount},
            [&](const Addend& addend) {
              PrefetchWrite(&index_[addend.loaded * stride_]);
            },
            place);
      });
  addends.Flush(place);
  sums.Flush(add);
  return count;
}

// Each person's amounts follow those of the person before. Returns the number
// of all amounts.
size_t TallyProfiles::AssignPlaces(size_t count) {
  uint64_t amounts = 0;
  for (size_t i = 0; i < count; ++i) {
    uint64_t* const own = &index_[i * stride_];
    own[0] = amounts;
    for (size_t word = 1; word < stride_; ++word) {
      amounts += static_cast<uint64_t>(CountBits(own[word]));
    }
  }
  return static_cast<size_t>(amounts);
}

// The amount's place is the number of channels before it: bits of the mask are
// counted, nothing is searched.
Micros* TallyProfiles::AmountOf(size_t loaded, size_t channel) {
  const uint64_t* const own = &index_[loaded * stride_];
  auto place = static_cast<size_t>(own[0]);
  for (size_t word = 0; word < channel / 64; ++word) {
    place += static_cast<size_t>(CountBits(own[1 + word]));
  }
  const uint64_t below = (uint64_t{1} << (channel % 64)) - 1;
  place += static_cast<size_t>(CountBits(own[1 + channel / 64] & below));
  return &amounts_[place];
}

}  // namespace influence
