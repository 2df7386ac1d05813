// Counts events into signals: an accumulator of integers, associative and
// commutative. algorithm/v1/TALLY.md is the rule.
//
// For each actor a, subject u, network w and kind s of reaction, E is the sum
// of count * 2^(-age / half-life) in Q30. The gift of a to u there is
//
//   floor(q * E / (1 + N / c)),   N = the sum of E over everybody a reacted to
//
// (on that network, in that kind) in millionths, and a signal of u is the sum
// of gifts over all actors. Only sums of integers are kept, so the split, order
// and merging of events cannot change a result.
#ifndef INFLUENCE_TALLY_TALLY_H_
#define INFLUENCE_TALLY_TALLY_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/muldiv.h"
#include "messages/messages.h"
#include "model/algorithm.h"
#include "model/event.h"
#include "model/profile.h"
#include "tally/decay.h"
#include "tally/id_table.h"
#include "tally/record_store.h"

namespace influence {

// The gift of one actor to one person on one network in one kind of reaction.
struct Gift {
  uint32_t actor;
  uint32_t network;
  Signal signal;
  Micros amount;
};

// The part of a signal that a person would lose without the reactions in a
// topic.
struct TopicLoss {
  std::string_view topic;
  uint32_t network;
  Signal signal;
  Micros amount;
};

// The evidence of other people's reactions to a person in a topic.
struct TopicEvidence {
  uint32_t subject;
  std::string_view topic;
  Micros quantity;
  uint64_t people;

  // quantity * people / (people + 5): few people prove little.
  Micros score() const {
    const auto n = static_cast<Micros>(people);
    return MulDiv(quantity, n, n + kTopicShrinkage);
  }
};

// The i-th counter of ignored events, in the order of the fields of
// msg::kIgnoredEvents.
inline uint64_t* CounterAt(msg::IgnoredEvents* events, size_t i) {
  return reinterpret_cast<uint64_t*>(reinterpret_cast<char*>(events) +
                                     msg::kIgnoredEvents.fields[i].offset);
}
inline uint64_t CounterAt(const msg::IgnoredEvents& events, size_t i) {
  return *CounterAt(const_cast<msg::IgnoredEvents*>(&events), i);
}

class Tally {
 public:
  // The most events of a block.
  static constexpr size_t kBlock = 512;

  Tally(const Algorithm& algorithm, int64_t as_of_seconds);

  int64_t as_of_seconds() const { return as_of_; }
  const std::string& algorithm_id() const { return algorithm_id_; }

  // Adds a block of events; events that do not count are counted as ignored.
  // Throws std::length_error when numbers for ids run out, and std::bad_alloc.
  // The events added before the exception stay.
  void Add(const msg::Event* events, size_t count);

  // Limits an empty tally to about `memory_bytes`; the rest goes to `scratch`,
  // which must outlive this. Ids stay in memory; when they leave no room, Add()
  // throws std::length_error.
  void SpillTo(uint64_t memory_bytes, Scratch* scratch);
  bool spills() const { return scratch_ != nullptr; }
  bool empty() const { return events_ == 0; }
  bool has_names() const { return !named_.empty(); }
  // The part of memory_bytes that readers of the tally may use; unlimited if it
  // does not spill.
  uint64_t Allowance() const;

  // Adds the events of `other`, which must not spill and must have the same
  // algorithm and as_of.
  void Merge(const Tally& other);

  // Applies the qualities in `other` to actors that this tally knows.
  void LowerQualities(const Tally& other);

  // Sorts and combines the records; the contents stay the same. Everything
  // below requires it after the last change. Does nothing if nothing changed.
  void Compact();

  // The report, without algorithm and fingerprint.
  msg::TallyReport Report() const;

  const IdTable& ids() const { return ids_; }
  const IdTable& networks() const { return networks_; }
  // True if any event of this kind counted on this network.
  bool Occurs(uint32_t network, Signal signal) const {
    return ((stores_.occurs[network] | named_stores_.occurs[network]) >>
                Index(signal) &
            1) != 0;
  }
  // Endorsements belong to a person, not to an account: they are on the network
  // without a name, which always exists.
  static constexpr uint32_t kNoNetwork = 0;

  // Calls give(subject, network, signal, amount) for every gift, in millionths.
  template <typename Give>
  void ForEachGift(Give give) const;

  // Calls visit(subject, network, signal) for the same, without the amounts.
  template <typename Visit>
  void ForEachChannel(Visit visit) const {
    for (const RecordStore* store :
         {&stores_.reactions, &named_stores_.reactions}) {
      store->ForEach([&](const Record& at) {
        visit(at.subject, at.slot >> 4, static_cast<Signal>(at.slot & 15));
      });
    }
    Endorsements().ForEach([&](const Record& at) {
      visit(at.subject, kNoNetwork, Signal::kEndorsements);
    });
  }

  // Returns the gifts to `subject`, in the stored order of actors.
  std::vector<Gift> GiftsTo(uint32_t subject) const;

  // Returns the evidence of `subject` by topic; for IdTable::kNone that of all
  // people, by number, then topic. Needs memory for all reactions with a topic.
  std::vector<TopicEvidence> TopicsOf(uint32_t subject) const;

  // Returns one loss for each giver, topic, network and signal, in unspecified
  // order: the gift minus the gift without the events of the topic. (Without
  // them the giver's other reactions count more, because there are fewer.)
  std::vector<TopicLoss> TopicLossesOf(uint32_t subject) const;

  // Calls visit(actor, subject, weight) for each pair: its reactions, each by
  // its kind's value, decayed but not damped, in millionths rounded down per
  // kind and network, at most 2^63 - 1. Endorsements are a second visit of the
  // pair.
  template <typename Visit>
  void ForEachPair(Visit visit) const;

 private:
  friend class TallyWriter;
  friend class TallyReader;

  // Counts by actor, subject and slot.
  struct Stores {
    RecordStore reactions{RecordStore::Combine::kSum};  // network << 4 | kind
    RecordStore topical{RecordStore::Combine::kSum};    // place << 4 | kind
    RecordStore endorsements{RecordStore::Combine::kMax};  // TopicSlot()
    std::vector<uint16_t> occurs;  // by network, a bit a kind
  };
  // An event without its texts.
  struct Numbered {
    int64_t time_seconds;
    uint32_t actor;
    uint32_t subject;
    uint32_t network;
    uint32_t place;  // a topic on a network; kNone: no topic
    int32_t count;
    Signal kind;
  };
  using Digest = std::array<uint64_t, 2>;
  struct DigestHash {
    size_t operator()(const Digest& digest) const {
      return static_cast<size_t>(digest[0]);
    }
  };
  // N: the sums of one actor over all subjects, by slot of `reactions`, in Q30.
  class Given {
   public:
    // Replaces the sums by those of the next actor's records.
    void Set(const Record* begin, const Record* end);
    uint64_t operator[](uint32_t slot) const { return sums_[slot]; }

   private:
    std::vector<uint64_t> sums_;
    std::vector<uint32_t> slots_;  // of the sums that are not zero
  };

  // The reason that an event does not count, as its counter.
  using Ignored = uint64_t msg::IgnoredEvents::*;
  // Returns the reason to ignore an event, or null if it counts.
  Ignored Judge(const msg::Event& event) const;
  // count * 2^(-age / half-life), in Q30.
  uint64_t Worth(Signal kind, int64_t time_seconds, int64_t count) const;
  void Take(const msg::Event& event, uint32_t actor_hash,
            uint32_t subject_hash);
  void TakeNamed(const Digest& digest, const Numbered& event);
  bool Before(const Numbered& a, const Numbered& b) const;
  void Put(const Numbered& event, Stores* stores) const;
  void LowerQuality(uint32_t actor, int64_t quality);
  int64_t QualityOf(uint32_t actor) const {
    return actor < qualities_.size() ? qualities_[actor] : kOne;
  }
  void KeepWithin();
  // An estimate.
  uint64_t NamedBytes() const {
    return named_.size() *
           (sizeof(Digest) + sizeof(Numbered) + 3 * sizeof(void*));
  }
  static uint32_t TopicSlot(uint32_t place) {
    return place == IdTable::kNone ? 0 : place + 1;
  }
  // A place is a topic on a network. Its name is the topic's size in a byte,
  // the topic, and the network.
  uint32_t PlaceOf(std::string_view topic, std::string_view network);
  static std::string_view TopicIn(std::string_view place) {
    return place.substr(1, static_cast<uint8_t>(place[0]));
  }
  static std::string_view NetworkIn(std::string_view place) {
    return place.substr(1 + static_cast<uint8_t>(place[0]));
  }
  uint32_t NetworkOf(std::string_view network);
  // The gift for `tenths` tenths of a reaction in Q30 by an actor whose
  // reactions to all people sum to `to_all`.
  Micros Amount(uint32_t actor, uint64_t tenths, uint64_t to_all) const;
  // The same for endorsements, of which the subject has returned `returned`.
  Micros EndorsementAmount(uint32_t actor, uint64_t given, uint64_t returned,
                           uint64_t to_all) const {
    return Amount(actor,
                  10 * given - kReturnedTenths * std::min(given, returned),
                  to_all);
  }
  // All endorsements, of events with and without names.
  const RecordStore& Endorsements() const {
    return named_.empty() ? stores_.endorsements : named_stores_.endorsements;
  }
  template <typename Give>
  void EndorsementsOf(const Record* begin, const Record* end, Give give) const;

  std::string algorithm_id_;
  std::array<Micros, kSignalCount> values_{};     // 0: the kind does not count
  std::array<uint8_t, kSignalCount> decay_of_{};  // by kind, into decays_
  std::vector<DecayTable> decays_;
  int64_t age_unit_;
  Micros crowd_;
  int64_t as_of_;

  IdTable ids_, networks_, places_;
  Stores stores_;
  std::vector<uint32_t> qualities_;  // by actor; missing ones are kOne
  // Events with names: for each name the event that counts, and the stores that
  // Compact() makes of them.
  std::unordered_map<Digest, Numbered, DigestHash> named_;
  Stores named_stores_;  // its endorsements include the unnamed

  uint64_t events_ = 0;
  msg::IgnoredEvents ignored_;

  bool is_compact_ = true;
  Scratch* scratch_ = nullptr;
  uint64_t memory_bytes_ = UINT64_MAX;
};

template <typename Give>
void Tally::EndorsementsOf(const Record* begin, const Record* end,
                           Give give) const {
  uint64_t to_all = 0;
  for (const Record* at = begin; at != end; ++at) to_all += at->value();
  for (const Record* at = begin; at != end;) {
    const uint32_t subject = at->subject;
    uint64_t i = 0;
    for (; at != end && at->subject == subject; ++at) i += at->value();
    give(begin->actor, subject,
         EndorsementAmount(begin->actor, i,
                           Endorsements().Sum(subject, begin->actor), to_all));
  }
}

template <typename Give>
void Tally::ForEachGift(Give give) const {
  Given to_all;
  RecordStore::ForEachActor(
      stores_.reactions, named_stores_.reactions,
      [&](const Record* begin, const Record* end) {
        to_all.Set(begin, end);
        for (const Record* at = begin; at != end; ++at) {
          give(at->subject, at->slot >> 4, static_cast<Signal>(at->slot & 15),
               Amount(at->actor, 10 * at->value(), to_all[at->slot]));
        }
      });
  Endorsements().ForEachActor([&](const Record* begin, const Record* end) {
    EndorsementsOf(begin, end, [&](uint32_t, uint32_t subject, Micros amount) {
      give(subject, kNoNetwork, Signal::kEndorsements, amount);
    });
  });
}

template <typename Visit>
void Tally::ForEachPair(Visit visit) const {
  const auto weight_of = [this](uint64_t given, size_t kind) {
    return MulDivFloor(given, static_cast<uint64_t>(values_[kind]), kFresh)
        .quotient;
  };
  RecordStore::ForEachActor(
      stores_.reactions, named_stores_.reactions,
      [&](const Record* begin, const Record* end) {
        for (const Record* at = begin; at != end;) {
          const uint32_t subject = at->subject;
          uint64_t weight = 0;
          for (; at != end && at->subject == subject; ++at) {
            weight =
                std::min(uint64_t{INT64_MAX},
                         weight + weight_of(at->value(), (at->slot & 15) - 1));
          }
          visit(begin->actor, subject, weight);
        }
      });
  // Endorsements of a pair in different topics are one kind on one network, so
  // they are rounded together.
  Endorsements().ForEachActor([&](const Record* begin, const Record* end) {
    for (const Record* at = begin; at != end;) {
      const uint32_t subject = at->subject;
      uint64_t given = 0;
      for (; at != end && at->subject == subject; ++at) given += at->value();
      visit(begin->actor, subject,
            weight_of(given, Index(Signal::kEndorsements)));
    }
  });
}

}  // namespace influence

#endif  // INFLUENCE_TALLY_TALLY_H_
