// Adds events, merges tallies and answers queries, by the rule of TALLY.md.
// Everything that is kept is a sum, a maximum or a minimum over a set of
// events, so any order, split or merge of the same events ends in the same
// numbers. Divisions happen only in Amount(), when a query reads them.
// One file: adding, merging and asking rely on one order of the records, and
// the argument for each is in the others.
#include "tally/tally.h"

#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

#include "base/sha256.h"
#include "base/utf8.h"

namespace influence {
namespace {

// Ages are differences of whole units of time, rounded toward the past, also
// before 1970.
int64_t FloorDivide(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

std::array<uint64_t, 2> DigestOf(std::string_view event_id) {
  Sha256 sha;
  sha.Update(event_id.data(), event_id.size());
  const std::array<uint8_t, 32> bytes = sha.Finish();
  std::array<uint64_t, 2> digest{};
  for (size_t i = 0; i < 16; ++i) {
    digest[i / 8] = digest[i / 8] << 8 | bytes[i];
  }
  return digest;
}

// floor(a * b / (c.hi * 2^64 + c.lo)) for c of more than 64 bits.
uint64_t DivideWide(uint64_t a, uint64_t b, Uint128 c) {
#if defined(__SIZEOF_INT128__) && !defined(INFLUENCE_NO_INT128)
  const NativeUint128 divisor = NativeUint128{c.hi} << 64 | c.lo;
  return static_cast<uint64_t>(NativeUint128{a} * b / divisor);
#else
  // Binary long division; the quotient fits 64 bits.
  const Uint128 product = Multiply(a, b);
  uint64_t quotient = 0;
  Uint128 rest = {0, 0};
  for (int bit = 127; bit >= 0; --bit) {
    const uint64_t next =
        (bit >= 64 ? product.hi >> (bit - 64) : product.lo >> bit) & 1;
    rest = {rest.hi << 1 | rest.lo >> 63, rest.lo << 1 | next};
    quotient <<= 1;
    if (rest.hi > c.hi || (rest.hi == c.hi && rest.lo >= c.lo)) {
      const uint64_t borrow = rest.lo < c.lo ? 1 : 0;
      rest = {rest.hi - c.hi - borrow, rest.lo - c.lo};
      quotient |= 1;
    }
  }
  return quotient;
#endif
}

// Returns the first record of an actor whose subject is not below `subject`.
const Record* OfSubject(const Record* begin, const Record* end,
                        uint32_t subject) {
  return std::lower_bound(begin, end, subject,
                          [](const Record& record, uint32_t wanted) {
                            return record.subject < wanted;
                          });
}

uint32_t Slot(uint32_t what, Signal kind) {
  return what << 4 | static_cast<uint32_t>(kind);
}

}  // namespace

Tally::Tally(const Algorithm& algorithm, int64_t as_of_seconds)
    : algorithm_id_(algorithm.id),
      age_unit_(algorithm.age_unit_seconds),
      crowd_(algorithm.crowd),
      as_of_(as_of_seconds) {
  for (const Row& row : algorithm.rows) {
    for (const SignalValue& count : row.counts) {
      if (count.signal == Signal::kStanding) continue;
      values_[Index(count.signal)] = count.value;
      decay_of_[Index(count.signal)] = static_cast<uint8_t>(decays_.size());
    }
    decays_.emplace_back(row.half_life_units);
  }
  NetworkOf("");
}

// The order of the checks is the order of reasons in TALLY.md: the first one
// that applies is counted.
Tally::Ignored Tally::Judge(const msg::Event& event) const {
  using Why = msg::IgnoredEvents;
  const auto is_id = [](std::string_view id) {
    return !id.empty() && id.size() <= kMaxIdBytes;
  };
  if (!is_id(event.actor)) return &Why::no_actor;
  if (!is_id(event.subject)) return &Why::no_subject;
  const auto kind = static_cast<int32_t>(event.kind);
  if (kind < 1 || kind > static_cast<int32_t>(kSignalCount) ||
      event.kind == Signal::kStanding) {
    return &Why::unknown_kind;
  }
  if (values_[Index(event.kind)] == 0) return &Why::not_counted;
  if (event.network.size() > kMaxNetworkBytes) return &Why::network_too_long;
  if (event.topic.size() > kMaxTopicBytes) return &Why::topic_too_long;
  if (event.event_id.size() > kMaxIdBytes) return &Why::event_id_too_long;
  for (const std::string_view text : {event.actor, event.subject, event.network,
                                      event.topic, event.event_id}) {
    if (!IsUtf8(text)) return &Why::not_utf8;
  }
  const int64_t quality = event.quality_micros.value_or(kOne);
  if (quality < kLeastQuality || quality > kOne) return &Why::bad_quality;
  const int64_t count = event.count.value_or(1);
  if (count < 1 || count > kMaxEventCount) return &Why::bad_count;
  if (event.actor == event.subject) return &Why::self_reaction;
  if (event.time_seconds > as_of_) return &Why::after_as_of;
  if (Worth(event.kind, event.time_seconds, 1) == 0) return &Why::faded;
  return nullptr;
}

uint64_t Tally::Worth(Signal kind, int64_t time_seconds, int64_t count) const {
  const int64_t age =
      FloorDivide(as_of_, age_unit_) - FloorDivide(time_seconds, age_unit_);
  return static_cast<uint64_t>(count) * decays_[decay_of_[Index(kind)]].At(age);
}

uint32_t Tally::NetworkOf(std::string_view network) {
  const uint32_t number = networks_.Intern(network);
  for (Stores* stores : {&stores_, &named_stores_}) {
    if (number >= stores->occurs.size()) {
      stores->occurs.resize(number + size_t{1});
    }
  }
  return number;
}

// The size comes first in the name, so that no topic and network can be read as
// another pair.
uint32_t Tally::PlaceOf(std::string_view topic, std::string_view network) {
  if (topic.empty()) return IdTable::kNone;
  std::array<char, 1 + kMaxTopicBytes + kMaxNetworkBytes> name;
  name[0] = static_cast<char>(topic.size());
  std::copy(topic.begin(), topic.end(), name.begin() + 1);
  std::copy(network.begin(), network.end(),
            name.begin() + 1 + static_cast<ptrdiff_t>(topic.size()));
  return places_.Intern({name.data(), 1 + topic.size() + network.size()});
}

// Nothing is stored while every quality is 1.
void Tally::LowerQuality(uint32_t actor, int64_t quality) {
  if (quality == kOne) return;
  if (actor >= qualities_.size()) {
    qualities_.resize(std::max(ids_.size(), actor + size_t{1}),
                      static_cast<uint32_t>(kOne));
  }
  qualities_[actor] =
      std::min(qualities_[actor], static_cast<uint32_t>(quality));
}

void Tally::Add(const msg::Event* events, size_t count) {
  // Prefetches the table entries of the whole block first: their memory latency
  // would otherwise dominate.
  std::array<uint32_t, kBlock> actors, subjects;
  for (size_t i = 0; i < count; ++i) {
    actors[i] = IdTable::Hash(events[i].actor);
    subjects[i] = IdTable::Hash(events[i].subject);
    ids_.Prefetch(actors[i]);
    ids_.Prefetch(subjects[i]);
  }
  for (size_t i = 0; i < count; ++i) {
    ids_.PrefetchBytes(actors[i]);
    ids_.PrefetchBytes(subjects[i]);
  }
  is_compact_ = false;
  events_ += count;
  for (size_t i = 0; i < count; ++i) {
    if (const Ignored why = Judge(events[i]); why != nullptr) {
      ++(ignored_.*why);
    } else {
      Take(events[i], actors[i], subjects[i]);
    }
  }
  if (spills()) KeepWithin();
}

void Tally::SpillTo(uint64_t memory_bytes, Scratch* scratch) {
  memory_bytes_ = memory_bytes;
  scratch_ = scratch;
}

uint64_t Tally::Allowance() const {
  if (!spills()) return UINT64_MAX;
  // Readers also need the order of the ids and the place of each id in it.
  const uint64_t kept =
      ids_.MemoryBytes() + places_.MemoryBytes() +
      2 * sizeof(uint32_t) * ids_.size() + stores_.endorsements.MemoryBytes() +
      qualities_.capacity() * sizeof qualities_[0] + NamedBytes();
  return kept < memory_bytes_ ? memory_bytes_ - kept : 0;
}

// Records may use half of the allowance; the rest is for the blocks and buckets
// in progress. An allowance below an eighth of the limit means that ids have
// taken too much.
void Tally::KeepWithin() {
  const uint64_t allowance = Allowance();
  if (allowance < memory_bytes_ / 8) throw std::length_error("memory");
  if (stores_.reactions.MemoryBytes() + stores_.topical.MemoryBytes() >
      allowance / 2) {
    stores_.reactions.Spill(scratch_);
    stores_.topical.Spill(scratch_);
  }
}

void Tally::Take(const msg::Event& event, uint32_t actor_hash,
                 uint32_t subject_hash) {
  Numbered numbered;
  numbered.count = static_cast<int32_t>(event.count.value_or(1));
  numbered.kind = event.kind;
  numbered.time_seconds = event.time_seconds;
  numbered.actor = ids_.Intern(event.actor, actor_hash);
  numbered.subject = ids_.Intern(event.subject, subject_hash);
  numbered.network = NetworkOf(event.network);
  numbered.place = PlaceOf(event.topic, numbered.kind == Signal::kEndorsements
                                            ? std::string_view()
                                            : event.network);
  LowerQuality(numbered.actor, event.quality_micros.value_or(kOne));
  if (event.event_id.empty()) {
    Put(numbered, &stores_);
  } else {
    TakeNamed(DigestOf(event.event_id), numbered);
  }
}

void Tally::TakeNamed(const Digest& digest, const Numbered& event) {
  const auto [place, is_new] = named_.try_emplace(digest, event);
  if (is_new) return;
  ++ignored_.duplicate;
  if (Before(event, place->second)) place->second = event;
}

// Decides which event of one name counts: the earliest, then by texts, never by
// numbers, which depend on the order of arrival.
bool Tally::Before(const Numbered& a, const Numbered& b) const {
  const auto texts = [this](const Numbered& event) {
    return std::make_tuple(
        event.time_seconds, ids_[event.actor], ids_[event.subject],
        static_cast<int>(event.kind), networks_[event.network],
        event.place == IdTable::kNone ? std::string_view()
                                      : TopicIn(places_[event.place]),
        event.count);
  };
  return texts(a) < texts(b);
}

void Tally::Put(const Numbered& event, Stores* stores) const {
  const uint64_t worth = Worth(event.kind, event.time_seconds, event.count);
  const uint32_t network =
      event.kind == Signal::kEndorsements ? kNoNetwork : event.network;
  stores->occurs[network] |= static_cast<uint16_t>(1u << Index(event.kind));
  if (event.kind == Signal::kEndorsements) {
    // One per giver and topic: the newest, whatever its count. The store keeps
    // the maximum, and the newest has decayed least.
    stores->endorsements.Add({event.actor, event.subject,
                              TopicSlot(event.place),
                              Worth(event.kind, event.time_seconds, 1)});
    return;
  }
  stores->reactions.Add(
      {event.actor, event.subject, Slot(event.network, event.kind), worth});
  if (event.place != IdTable::kNone) {
    stores->topical.Add(
        {event.actor, event.subject, Slot(event.place, event.kind), worth});
  }
}

// Renumbers the other tally's ids, networks and places, then adds its records.
// Named events go through TakeNamed(), because the same event may be in both.
void Tally::Merge(const Tally& other) {
  is_compact_ = false;
  std::vector<uint32_t> ids(other.ids_.size());
  for (uint32_t i = 0; i < ids.size(); ++i) ids[i] = ids_.Intern(other.ids_[i]);
  std::vector<uint32_t> networks(other.networks_.size());
  for (uint32_t i = 0; i < networks.size(); ++i) {
    networks[i] = NetworkOf(other.networks_[i]);
    stores_.occurs[networks[i]] |= other.stores_.occurs[i];
  }
  std::vector<uint32_t> places(other.places_.size());
  for (uint32_t i = 0; i < places.size(); ++i) {
    places[i] = places_.Intern(other.places_[i]);
  }
  const auto renumbered = [&](const Record& from, uint32_t slot) {
    return Record(ids[from.actor], ids[from.subject], slot, from.value());
  };
  other.stores_.reactions.ForEach([&](const Record& from) {
    stores_.reactions.Add(
        renumbered(from, networks[from.slot >> 4] << 4 | (from.slot & 15)));
  });
  other.stores_.topical.ForEach([&](const Record& from) {
    stores_.topical.Add(
        renumbered(from, places[from.slot >> 4] << 4 | (from.slot & 15)));
  });
  other.stores_.endorsements.ForEach([&](const Record& from) {
    stores_.endorsements.Add(renumbered(
        from, from.slot == 0 ? 0 : TopicSlot(places[from.slot - 1])));
  });
  for (uint32_t i = 0; i < other.qualities_.size(); ++i) {
    LowerQuality(ids[i], other.qualities_[i]);
  }
  for (const auto& [digest, from] : other.named_) {
    Numbered event = from;
    event.actor = ids[from.actor];
    event.subject = ids[from.subject];
    event.network = networks[from.network];
    if (from.place != IdTable::kNone) event.place = places[from.place];
    TakeNamed(digest, event);
  }
  events_ += other.events_;
  for (size_t i = 0; i < msg::kIgnoredEvents.count; ++i) {
    *CounterAt(&ignored_, i) += CounterAt(other.ignored_, i);
  }
  if (spills()) KeepWithin();
}

void Tally::LowerQualities(const Tally& other) {
  for (uint32_t i = 0; i < other.qualities_.size(); ++i) {
    if (other.qualities_[i] == kOne) continue;
    const uint32_t actor = ids_.Find(other.ids_[i]);
    if (actor != IdTable::kNone) LowerQuality(actor, other.qualities_[i]);
  }
}

void Tally::Compact() {
  if (is_compact_) return;
  stores_.reactions.Compact();
  stores_.topical.Compact();
  stores_.endorsements.Compact();
  if (named_.empty()) {
    is_compact_ = true;
    return;
  }
  // Only now is it known which event of a name counts, and a later event may
  // change it, so the named stores are rebuilt.
  named_stores_.reactions.Clear();
  named_stores_.topical.Clear();
  named_stores_.endorsements.Clear();
  named_stores_.occurs.assign(networks_.size(), 0);
  for (const auto& [digest, event] : named_) {
    Put(event, &named_stores_);
  }
  stores_.endorsements.ForEach(
      [this](const Record& record) { named_stores_.endorsements.Add(record); });
  named_stores_.reactions.Compact();
  named_stores_.topical.Compact();
  named_stores_.endorsements.Compact();
  is_compact_ = true;
}

Micros Tally::Amount(uint32_t actor, uint64_t tenths, uint64_t to_all) const {
  // floor(q * E / (1 + N / c)) of TALLY.md with E = tenths / 10 / 2^30, N =
  // to_all / 2^30 and c in millionths. Everything is exact except the one
  // division, which rounds down.
  const auto crowd = static_cast<uint64_t>(crowd_);
  const uint64_t scale = static_cast<uint64_t>(QualityOf(actor)) * crowd;
  const Uint128 all = Multiply(to_all, 10 * static_cast<uint64_t>(kOne));
  const uint64_t own = 10 * (crowd << kDecayBits);  // below 2^64: kMaxCrowd
  const Uint128 divisor = {all.hi + (all.lo + own < own ? 1 : 0), all.lo + own};
  const uint64_t amount = divisor.hi == 0
                              ? MulDivFloor(tenths, scale, divisor.lo).quotient
                              : DivideWide(tenths, scale, divisor);
  return static_cast<Micros>(amount);
}

// Clears only the slots that the last actor used. Sums saturate instead of
// wrapping.
void Tally::Given::Set(const Record* begin, const Record* end) {
  for (const uint32_t slot : slots_) sums_[slot] = 0;
  slots_.clear();
  for (const Record* at = begin; at != end; ++at) {
    if (at->slot >= sums_.size()) sums_.resize(at->slot + size_t{1});
    uint64_t& sum = sums_[at->slot];
    if (sum == 0) slots_.push_back(at->slot);
    sum = std::min(sum, UINT64_MAX - at->value()) + at->value();
  }
}

// Visits all actors, because records are stored by actor; N needs all records
// of one.
std::vector<Gift> Tally::GiftsTo(uint32_t subject) const {
  std::vector<Gift> gifts;
  Given to_all;
  RecordStore::ForEachActor(
      stores_.reactions, named_stores_.reactions,
      [&](const Record* begin, const Record* end) {
        const Record* at = OfSubject(begin, end, subject);
        if (at == end || at->subject != subject) return;
        to_all.Set(begin, end);
        for (; at != end && at->subject == subject; ++at) {
          gifts.push_back(
              {at->actor, at->slot >> 4, static_cast<Signal>(at->slot & 15),
               Amount(at->actor, 10 * at->value(), to_all[at->slot])});
        }
      });
  Endorsements().ForEachActor([&](const Record* begin, const Record* end) {
    EndorsementsOf(
        begin, end, [&](uint32_t actor, uint32_t endorsed, Micros amount) {
          if (endorsed != subject) return;
          gifts.push_back({actor, kNoNetwork, Signal::kEndorsements, amount});
        });
  });
  return gifts;
}

std::vector<TopicEvidence> Tally::TopicsOf(uint32_t subject) const {
  const auto of_subject = [subject](const Record* begin, const Record* end) {
    if (subject == IdTable::kNone) return std::make_pair(begin, end);
    return std::equal_range(
        begin, end, Record(begin->actor, subject, 0, 0),
        [](const Record& a, const Record& b) { return a.subject < b.subject; });
  };
  // The reactions in topics, by actor.
  std::map<uint32_t, std::vector<Record>> spoken;
  RecordStore::ForEachActor(stores_.topical, named_stores_.topical,
                            [&](const Record* begin, const Record* end) {
                              const auto [from, to] = of_subject(begin, end);
                              if (from != to)
                                spoken[begin->actor].assign(from, to);
                            });
  // Then their gifts, which depend on N: on the actor's reactions to all
  // people, in topics or not.
  struct Sum {
    Micros quantity = 0;
    uint64_t people = 0;
    uint32_t last = IdTable::kNone;  // of the people
  };
  std::map<std::pair<uint32_t, std::string_view>, Sum> sums;
  Given to_all;
  RecordStore::ForEachActor(
      stores_.reactions, named_stores_.reactions,
      [&](const Record* begin, const Record* end) {
        const auto found = spoken.find(begin->actor);
        if (found == spoken.end()) return;
        to_all.Set(begin, end);
        for (const Record& record : found->second) {
          const std::string_view place = places_[record.slot >> 4];
          const auto kind = static_cast<Signal>(record.slot & 15);
          const uint32_t slot = Slot(networks_.Find(NetworkIn(place)), kind);
          const Micros amount =
              Amount(record.actor, 10 * record.value(), to_all[slot]);
          Sum& sum = sums[{record.subject, TopicIn(place)}];
          sum.quantity += MulDiv(amount, values_[Index(kind)], kOne);
          // Each actor comes once, with all reactions.
          sum.people += sum.last == record.actor ? 0 : 1;
          sum.last = record.actor;
        }
      });
  std::vector<TopicEvidence> topics;
  topics.reserve(sums.size());
  for (const auto& [whom, sum] : sums) {
    topics.push_back({whom.first, whom.second, sum.quantity, sum.people});
  }
  return topics;
}

std::vector<TopicLoss> Tally::TopicLossesOf(uint32_t subject) const {
  // The reactions of each actor to the subject, by topic and slot of
  // `reactions`.
  using Done = std::map<std::pair<std::string_view, uint32_t>, uint64_t>;
  std::map<uint32_t, Done> spoken;
  RecordStore::ForEachActor(
      stores_.topical, named_stores_.topical,
      [&](const Record* begin, const Record* end) {
        for (const Record* at = OfSubject(begin, end, subject);
             at != end && at->subject == subject; ++at) {
          const std::string_view place = places_[at->slot >> 4];
          const uint32_t slot = Slot(networks_.Find(NetworkIn(place)),
                                     static_cast<Signal>(at->slot & 15));
          spoken[at->actor][{TopicIn(place), slot}] += at->value();
        }
      });
  std::vector<TopicLoss> losses;
  Given to_all;
  RecordStore::ForEachActor(
      stores_.reactions, named_stores_.reactions,
      [&](const Record* begin, const Record* end) {
        const auto found = spoken.find(begin->actor);
        if (found == spoken.end()) return;
        to_all.Set(begin, end);
        std::map<uint32_t, uint64_t> own;  // by slot
        for (const Record* at = OfSubject(begin, end, subject);
             at != end && at->subject == subject; ++at) {
          own[at->slot] = at->value();
        }
        for (const auto& [where, value] : found->second) {
          const auto& [topic, slot] = where;
          const uint64_t all = to_all[slot];
          const Micros given = Amount(begin->actor, 10 * own[slot], all);
          const Micros left =
              Amount(begin->actor, 10 * (own[slot] - value), all - value);
          losses.push_back(
              {topic, slot >> 4, static_cast<Signal>(slot & 15), given - left});
        }
      });
  Endorsements().ForEachActor([&](const Record* begin, const Record* end) {
    const Record* from = OfSubject(begin, end, subject);
    if (from == end || from->subject != subject) return;
    uint64_t to_everybody = 0, own = 0;
    for (const Record* at = begin; at != end; ++at) {
      to_everybody += at->value();
      if (at->subject == subject) own += at->value();
    }
    const uint64_t returned = Endorsements().Sum(subject, begin->actor);
    const auto amount = [&](uint64_t given, uint64_t to_all_of_them) {
      return EndorsementAmount(begin->actor, given, returned, to_all_of_them);
    };
    for (const Record* at = from; at != end && at->subject == subject; ++at) {
      if (at->slot == 0) continue;
      losses.push_back(
          {TopicIn(places_[at->slot - 1]), kNoNetwork, Signal::kEndorsements,
           amount(own, to_everybody) -
               amount(own - at->value(), to_everybody - at->value())});
    }
  });
  return losses;
}

// Counted events are the rest: each event either counts or has one reason.
msg::TallyReport Tally::Report() const {
  msg::TallyReport report;
  report.as_of_seconds = as_of_;
  report.events = events_;
  report.counted = events_;
  report.ignored = ignored_;
  for (size_t i = 0; i < msg::kIgnoredEvents.count; ++i) {
    report.counted -= CounterAt(ignored_, i);
  }
  report.ids = ids_.size();
  report.networks = networks_.size();
  std::set<std::string_view> topics;
  for (uint32_t i = 0; i < places_.size(); ++i) {
    topics.insert(TopicIn(places_[i]));
  }
  report.topics = topics.size();
  ForEachPair([&](uint32_t, uint32_t, uint64_t) { ++report.pairs; });
  report.memory_bytes =
      ids_.MemoryBytes() + networks_.MemoryBytes() + places_.MemoryBytes() +
      qualities_.capacity() * sizeof qualities_[0] +
      named_.size() * (sizeof(Digest) + sizeof(Numbered) + 3 * sizeof(void*));
  for (const Stores* stores : {&stores_, &named_stores_}) {
    report.memory_bytes += stores->reactions.MemoryBytes() +
                           stores->topical.MemoryBytes() +
                           stores->endorsements.MemoryBytes();
  }
  return report;
}

}  // namespace influence
