// From events to signals: an accumulator of integers that is associative and
// commutative. algorithm/v1/TALLY.md is the rule.
//
// For each actor a, subject u, network w and kind s of reaction, E is the sum
// of count * 2^(-age / half-life) in Q30. What a gives u there is
//
//   floor(q * E / (1 + N / c)),   N = the sum of E over everybody a reacted to
//
// (on that network, in that kind) in millionths, and a signal of u is the sum
// of it over all actors. Only sums of integers are kept until then, so that no
// split, order or merge can show.
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

// What one actor gave one person on one network in one kind of reaction.
struct Gift {
  uint32_t actor;
  uint32_t network;
  Signal signal;
  Micros amount;
};

// How much less of a signal a person would have without what was done to them
// in a topic.
struct TopicLoss {
  std::string_view topic;
  uint32_t network;
  Signal signal;
  Micros amount;
};

// What other people had to say about a person in a topic.
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

// The counters of ignored events: as many as msg::kIgnoredEvents has fields, by
// number.
inline uint64_t* CounterAt(msg::IgnoredEvents* events, size_t i) {
  return reinterpret_cast<uint64_t*>(reinterpret_cast<char*>(events) +
                                     msg::kIgnoredEvents.fields[i].offset);
}
inline uint64_t CounterAt(const msg::IgnoredEvents& events, size_t i) {
  return *CounterAt(const_cast<msg::IgnoredEvents*>(&events), i);
}

class Tally {
 public:
  // Events are taken in blocks of at most this many.
  static constexpr size_t kBlock = 512;

  Tally(const Algorithm& algorithm, int64_t as_of_seconds);

  int64_t as_of_seconds() const { return as_of_; }
  const std::string& algorithm_id() const { return algorithm_id_; }

  // Takes a block: those that do not count are counted as ignored. Throws
  // std::length_error when there are no numbers left for ids, std::bad_alloc
  // when there is no memory; what was taken until then stays.
  void Add(const msg::Event* events, size_t count);

  // From now on, of an empty tally: what `memory_bytes` have no room for goes
  // into `scratch`, which must outlive this. Ids stay in memory; when they
  // leave no room, Add() throws std::length_error.
  void SpillTo(uint64_t memory_bytes, Scratch* scratch);
  bool spills() const { return scratch_ != nullptr; }
  bool empty() const { return events_ == 0; }
  bool has_names() const { return !named_.empty(); }
  // What is left of memory_bytes for whoever reads the tally; all there is if
  // it does not spill.
  uint64_t Allowance() const;

  // Adds all that `other` has, which does not spill: of the same algorithm and
  // as_of.
  void Merge(const Tally& other);

  // What `other` says of the quality of those whom this one knows as well.
  void LowerQualities(const Tally& other);

  // Sorts and combines; the contents stay. Everything below requires it since
  // the last change. Without a change since the last time it does nothing.
  void Compact();

  // Its algorithm and fingerprint are empty.
  msg::TallyReport Report() const;

  const IdTable& ids() const { return ids_; }
  const IdTable& networks() const { return networks_; }
  // Whether anything of that kind counted on that network.
  bool Occurs(uint32_t network, Signal signal) const {
    return ((stores_.occurs[network] | named_stores_.occurs[network]) >>
                Index(signal) &
            1) != 0;
  }
  // Endorsements are of a person, not of an account: they are on the network
  // without a name, which is always there.
  static constexpr uint32_t kNoNetwork = 0;

  // Calls give(subject, network, signal, amount) for all that anybody gave
  // anybody, in millionths.
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

  // What everybody gave `subject`, by actor as they are stored.
  std::vector<Gift> GiftsTo(uint32_t subject) const;

  // By topic; for IdTable::kNone those of everybody, by number, then topic. All
  // that was said in topics is held meanwhile.
  std::vector<TopicEvidence> TopicsOf(uint32_t subject) const;

  // One for each giver, topic, network and signal, in no order that is
  // promised: what was given less what would be had the events of the topic not
  // been. (A giver's other reactions then count more, as there are fewer of
  // them.)
  std::vector<TopicLoss> TopicLossesOf(uint32_t subject) const;

  // Calls visit(actor, subject, weight) for each pair: how many reactions, each
  // by its kind's value, decayed but not damped, in millionths rounded down, at
  // most 2^63 - 1. Endorsements are another visit of the same pair.
  template <typename Visit>
  void ForEachPair(Visit visit) const;

 private:
  friend class TallyWriter;
  friend class TallyReader;

  // Counts by actor, subject and what was counted.
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
    uint32_t place;  // a topic on a network; kNone: it has no topic
    int32_t count;
    Signal kind;
  };
  using Digest = std::array<uint64_t, 2>;
  struct DigestHash {
    size_t operator()(const Digest& digest) const {
      return static_cast<size_t>(digest[0]);
    }
  };
  // How much one actor gave to everybody, by slot of `reactions`; in Q30.
  class Given {
   public:
    // For one actor's records after the other.
    void Set(const Record* begin, const Record* end);
    uint64_t operator[](uint32_t slot) const { return sums_[slot]; }

   private:
    std::vector<uint64_t> sums_;
    std::vector<uint32_t> slots_;  // of the sums that are not zero
  };

  // A reason why an event does not count: its counter.
  using Ignored = uint64_t msg::IgnoredEvents::*;
  // The reason that the event's contents give; null if it counts.
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
  // About.
  uint64_t NamedBytes() const {
    return named_.size() *
           (sizeof(Digest) + sizeof(Numbered) + 3 * sizeof(void*));
  }
  static uint32_t TopicSlot(uint32_t place) {
    return place == IdTable::kNone ? 0 : place + 1;
  }
  // Places are named by the topic's size in a byte, the topic, the network.
  uint32_t PlaceOf(std::string_view topic, std::string_view network);
  static std::string_view TopicIn(std::string_view place) {
    return place.substr(1, static_cast<uint8_t>(place[0]));
  }
  static std::string_view NetworkIn(std::string_view place) {
    return place.substr(1 + static_cast<uint8_t>(place[0]));
  }
  uint32_t NetworkOf(std::string_view network);
  // What an actor gives for `tenths` tenths of a reaction in Q30, having given
  // `to_all` to everybody.
  Micros Amount(uint32_t actor, uint64_t tenths, uint64_t to_all) const;
  // The same for endorsements, of which the other has given back `returned`.
  Micros EndorsementAmount(uint32_t actor, uint64_t given, uint64_t returned,
                           uint64_t to_all) const {
    return Amount(actor,
                  10 * given - kReturnedTenths * std::min(given, returned),
                  to_all);
  }
  // All endorsements, of events with names and without.
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
  std::vector<uint32_t> qualities_;  // by actor; those missing are kOne
  // Events with names: the one that counts of each, and all of these as stores,
  // which Compact() makes.
  std::unordered_map<Digest, Numbered, DigestHash> named_;
  Stores named_stores_;  // its endorsements are all there are

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
  // Records of topics, which are one kind on one network: rounded together.
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
