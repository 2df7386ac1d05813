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

// Gifts come in the order of the actors, so that each goes to somewhere else in
// memory: a few are kept back, and their places fetched meanwhile.
template <typename Item>
class Queue {
 public:
  static constexpr size_t kDelay = 32;

  // Calls fetch(item) at once, and apply(item) when kDelay more were added.
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

TallyProfiles::TallyProfiles(const Tally& tally) {
  // Which channels there are at all, by number of network and kind.
  std::vector<uint32_t> numbers(tally.networks().size() * kSignalCount);
  for (const uint32_t network : tally.networks().Sorted()) {
    for (size_t kind = 0; kind < kSignalCount; ++kind) {
      const auto signal = static_cast<Signal>(kind + 1);
      if (!tally.Occurs(network, signal)) continue;
      numbers[network * kSignalCount + kind] =
          static_cast<uint32_t>(channels_.size());
      channels_.push_back({network, signal});
    }
  }
  stride_ = 1 + (channels_.size() + 63) / 64;
  const auto channel_of = [&](uint32_t network, Signal signal) {
    return numbers[network * kSignalCount + Index(signal)];
  };

  // Which of them each subject has, then where its amounts are.
  struct Mark {
    uint64_t* word;
    uint64_t bit;
  };
  const size_t ids = tally.ids().size();
  index_.resize(ids * stride_);
  Queue<Mark> marks;
  const auto set = [](const Mark& mark) { *mark.word |= mark.bit; };
  tally.ForEachChannel([&](uint32_t subject, uint32_t network, Signal signal) {
    const uint32_t channel = channel_of(network, signal);
    marks.Add(
        {&index_[size_t{subject} * stride_ + 1 + channel / 64],
         uint64_t{1} << (channel % 64)},
        [](const Mark& mark) { PrefetchWrite(mark.word); }, set);
  });
  marks.Flush(set);
  uint64_t amounts = 0;
  for (size_t id = 0; id < ids; ++id) {
    uint64_t* const own = &index_[id * stride_];
    own[0] = amounts;
    for (size_t word = 1; word < stride_; ++word) {
      amounts += static_cast<uint64_t>(CountBits(own[word]));
    }
  }
  amounts_.resize(static_cast<size_t>(amounts));

  struct Sum {
    Micros* place;
    Micros amount;
  };
  struct Addend {
    uint32_t subject;
    uint32_t channel;
    Micros amount;
  };
  Queue<Addend> addends;
  Queue<Sum> sums;
  // An amount is at most kMostCounted, 2^30 * 10^6 millionths.
  const auto add = [](const Sum& sum) {
    *sum.place = std::min(kMaxSignal, *sum.place + sum.amount);
  };
  const auto place = [&](const Addend& addend) {
    sums.Add(
        {Place(addend.subject, addend.channel), addend.amount},
        [](const Sum& sum) { PrefetchWrite(sum.place); }, add);
  };
  tally.ForEachGift(
      [&](uint32_t subject, uint32_t network, Signal signal, Micros amount) {
        addends.Add(
            {subject, channel_of(network, signal), amount},
            [&](const Addend& addend) {
              PrefetchWrite(&index_[size_t{addend.subject} * stride_]);
            },
            place);
      });
  addends.Flush(place);
  sums.Flush(add);

  for (const uint32_t id : tally.ids().Sorted()) {
    const uint64_t* const own = &index_[size_t{id} * stride_];
    if (std::any_of(own + 1, own + stride_,
                    [](uint64_t mask) { return mask != 0; })) {
      subjects_.push_back(id);
    }
  }
}

Micros* TallyProfiles::Place(uint32_t subject, size_t channel) {
  const uint64_t* const own = &index_[size_t{subject} * stride_];
  auto place = static_cast<size_t>(own[0]);
  for (size_t word = 0; word < channel / 64; ++word) {
    place += static_cast<size_t>(CountBits(own[1 + word]));
  }
  const uint64_t below = (uint64_t{1} << (channel % 64)) - 1;
  place += static_cast<size_t>(CountBits(own[1 + channel / 64] & below));
  return &amounts_[place];
}

}  // namespace influence
