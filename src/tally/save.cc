// Saves and loads a tally in one canonical form: names are sorted, numbers are
// replaced by ranks, and records are sorted by rank, so the bytes depend only
// on the events. Loading checks every number before it is used; the digest at
// the end only finds damage, since an attacker can compute it.
// One file: each part of the writer stands beside its reader and shares its
// layout.
#include "tally/save.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "base/utf8.h"

namespace influence {
namespace {

constexpr std::string_view kMagic = "influence-tally 1\n";
constexpr size_t kFingerprintBytes = 64;
constexpr size_t kBufferBytes = size_t{1} << 16;

// Buffers small writes and digests them.
class Output {
 public:
  explicit Output(const std::function<bool(const uint8_t*, size_t)>& write)
      : write_(write) {
    buffer_.reserve(kBufferBytes + 8);
  }
  void Bytes(std::string_view bytes) {
    for (const char c : bytes) buffer_.push_back(static_cast<uint8_t>(c));
    if (buffer_.size() >= kBufferBytes) Flush();
  }
  template <typename Value>
  void Number(Value value) {
    for (size_t i = 0; i < sizeof value; ++i) {
      buffer_.push_back(
          static_cast<uint8_t>(static_cast<uint64_t>(value) >> (8 * i)));
    }
    if (buffer_.size() >= kBufferBytes) Flush();
  }
  bool Finish() {
    Flush();
    const std::array<uint8_t, 32> digest = sha_.Finish();
    return ok_ && write_(digest.data(), digest.size());
  }
  bool ok() const { return ok_; }

 private:
  void Flush() {
    sha_.Update(buffer_.data(), buffer_.size());
    ok_ = ok_ && (buffer_.empty() || write_(buffer_.data(), buffer_.size()));
    buffer_.clear();
  }

  const std::function<bool(const uint8_t*, size_t)>& write_;
  std::vector<uint8_t> buffer_;
  Sha256 sha_;
  bool ok_ = true;
};

// Ends a load: the caller's function failed, or the bytes are no tally.
struct Stop {
  bool cancelled;
  const char* why;
};

class Input {
 public:
  explicit Input(const std::function<bool(uint8_t*, size_t)>& read)
      : read_(read) {}
  void Raw(uint8_t* to, size_t size) {
    if (!read_(to, size)) throw Stop{true, "the caller's function failed"};
  }
  void Read(uint8_t* to, size_t size) {
    Raw(to, size);
    sha_.Update(to, size);
  }
  template <typename Value>
  Value Number() {
    std::array<uint8_t, sizeof(Value)> bytes;
    Read(bytes.data(), bytes.size());
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
      value |= uint64_t{bytes[i]} << (8 * i);
    }
    return static_cast<Value>(value);
  }
  std::string Text(size_t most) {
    const size_t size = Number<uint16_t>();
    if (size > most) throw Stop{false, "a name is too long"};
    std::string text(size, '\0');
    Read(reinterpret_cast<uint8_t*>(text.data()), size);
    return text;
  }
  std::array<uint8_t, 32> Digest() { return sha_.Finish(); }

 private:
  const std::function<bool(uint8_t*, size_t)>& read_;
  Sha256 sha_;
};

void Require(bool holds, const char* why) {
  if (!holds) throw Stop{false, why};
}

// Writes the names in order, and returns the rank of each number.
std::vector<uint32_t> WriteNames(const IdTable& names, Output* out) {
  const std::vector<uint32_t> sorted = names.Sorted();
  std::vector<uint32_t> ranks(sorted.size());
  out->Number(static_cast<uint32_t>(sorted.size()));
  for (uint32_t rank = 0; rank < sorted.size(); ++rank) {
    ranks[sorted[rank]] = rank;
    const std::string_view name = names[sorted[rank]];
    out->Number(static_cast<uint16_t>(name.size()));
    out->Bytes(name);
  }
  return ranks;
}

// Names must ascend strictly: then ranks are numbers, and each tally has
// exactly one form.
void ReadNames(size_t most, IdTable* names, Input* in) {
  const auto count = in->Number<uint32_t>();
  std::string last;
  for (uint32_t i = 0; i < count; ++i) {
    std::string name = in->Text(most);
    Require(i == 0 || last < name, "names do not ascend");
    names->Intern(name);
    last = std::move(name);
  }
  Require(names->size() == count, "names do not ascend");
}

constexpr char kNotUtf8[] = "a name is not valid UTF-8";

// Ids leave the library as text, so a saved tally must not smuggle other bytes
// in.
void RequireUtf8(const IdTable& names) {
  for (uint32_t i = 0; i < names.size(); ++i) {
    Require(IsUtf8(names[i]), kNotUtf8);
  }
}

// Renumbers all records by rank and sorts them again. `slot` maps a slot to one
// by ranks.
template <typename SlotOf>
void WriteStore(const RecordStore& store, const std::vector<uint32_t>& ids,
                SlotOf slot, Output* out) {
  std::vector<Record> records;
  store.ForEach([&](const Record& from) {
    records.emplace_back(ids[from.actor], ids[from.subject], slot(from.slot),
                         from.value());
  });
  std::sort(records.begin(), records.end(),
            [](const Record& a, const Record& b) { return a.key() < b.key(); });
  out->Number(static_cast<uint64_t>(records.size()));
  for (const Record& record : records) {
    out->Number(record.actor);
    out->Number(record.subject);
    out->Number(record.slot);
    out->Number(record.value());
  }
}

template <typename IsSlot>
// Records must ascend strictly, name two people, and have a slot and a value
// that a tally can hold.
void ReadStore(uint32_t ids, IsSlot is_slot, RecordStore* store, Input* in) {
  const auto count = in->Number<uint64_t>();
  Record last(0, 0, 0, 0);
  for (uint64_t i = 0; i < count; ++i) {
    const auto actor = in->Number<uint32_t>();
    const auto subject = in->Number<uint32_t>();
    const auto slot = in->Number<uint32_t>();
    const auto value = in->Number<uint64_t>();
    const Record record(actor, subject, slot, value);
    Require(actor < ids && subject < ids && actor != subject,
            "a record is of nobody");
    Require(is_slot(slot), "a record is of nothing that counts");
    Require(value >= 1 && value <= kMostCounted, "a value is out of range");
    Require(i == 0 || last.key() < record.key(), "records do not ascend");
    store->Add(record);
    last = record;
  }
}

}  // namespace

// A friend of Tally that writes it.
class TallyWriter {
 public:
  static bool Write(const Tally& tally, std::string_view fingerprint,
                    const std::function<bool(const uint8_t*, size_t)>& write) {
    Output out(write);
    out.Bytes(kMagic);
    out.Bytes(fingerprint);
    out.Number(tally.as_of_);
    out.Number(tally.events_);
    for (size_t i = 0; i < msg::kIgnoredEvents.count; ++i) {
      out.Number(CounterAt(tally.ignored_, i));
    }
    const std::vector<uint32_t> ids = WriteNames(tally.ids_, &out);
    const std::vector<uint32_t> networks = WriteNames(tally.networks_, &out);
    const std::vector<uint32_t> places = WriteNames(tally.places_, &out);
    for (const uint32_t network : tally.networks_.Sorted()) {
      out.Number(tally.stores_.occurs[network]);
    }
    WriteQualities(tally, &out);
    WriteStore(
        tally.stores_.reactions, ids,
        [&](uint32_t slot) { return networks[slot >> 4] << 4 | (slot & 15); },
        &out);
    WriteStore(
        tally.stores_.topical, ids,
        [&](uint32_t slot) { return places[slot >> 4] << 4 | (slot & 15); },
        &out);
    WriteStore(
        tally.stores_.endorsements, ids,
        [&](uint32_t slot) {
          return slot == 0 ? 0 : Tally::TopicSlot(places[slot - 1]);
        },
        &out);
    WriteNamed(tally, ids, networks, places, &out);
    return out.Finish();
  }

 private:
  static void WriteQualities(const Tally& tally, Output* out) {
    std::vector<std::pair<uint32_t, uint32_t>> lowered;
    const std::vector<uint32_t> sorted = tally.ids_.Sorted();
    for (uint32_t rank = 0; rank < sorted.size(); ++rank) {
      const int64_t quality = tally.QualityOf(sorted[rank]);
      if (quality != kOne) {
        lowered.emplace_back(rank, static_cast<uint32_t>(quality));
      }
    }
    out->Number(static_cast<uint32_t>(lowered.size()));
    for (const auto& [rank, quality] : lowered) {
      out->Number(rank);
      out->Number(quality);
    }
  }

  static void WriteNamed(const Tally& tally, const std::vector<uint32_t>& ids,
                         const std::vector<uint32_t>& networks,
                         const std::vector<uint32_t>& places, Output* out) {
    std::vector<const std::pair<const Tally::Digest, Tally::Numbered>*> named;
    named.reserve(tally.named_.size());
    for (const auto& one : tally.named_) named.push_back(&one);
    std::sort(named.begin(), named.end(),
              [](const auto* a, const auto* b) { return a->first < b->first; });
    out->Number(static_cast<uint64_t>(named.size()));
    for (const auto* one : named) {
      const Tally::Numbered& event = one->second;
      out->Number(one->first[0]);
      out->Number(one->first[1]);
      out->Number(event.time_seconds);
      out->Number(ids[event.actor]);
      out->Number(ids[event.subject]);
      out->Number(networks[event.network]);
      out->Number(event.place == IdTable::kNone ? IdTable::kNone
                                                : places[event.place]);
      out->Number(event.count);
      out->Number(static_cast<uint32_t>(event.kind));
    }
  }
};

// A friend of Tally that fills an empty one.
class TallyReader {
 public:
  static void Read(Input* in, Tally* tally) {
    tally->is_compact_ = false;
    tally->events_ = in->Number<uint64_t>();
    uint64_t left = tally->events_;
    for (size_t i = 0; i < msg::kIgnoredEvents.count; ++i) {
      const auto ignored = in->Number<uint64_t>();
      Require(ignored <= left, "more was ignored than there was");
      left -= ignored;
      *CounterAt(&tally->ignored_, i) = ignored;
    }
    ReadNames(kMaxIdBytes, &tally->ids_, in);
    Require(tally->ids_.size() == 0 || !tally->ids_[0].empty(),
            "an id is empty");
    RequireUtf8(tally->ids_);
    // Tally() interned the network without a name as number 0, and "" is the
    // first in order, so the numbers of the names equal their ranks.
    ReadNames(kMaxNetworkBytes, &tally->networks_, in);
    RequireUtf8(tally->networks_);
    ReadNames(1 + kMaxTopicBytes + kMaxNetworkBytes, &tally->places_, in);
    const auto ids = static_cast<uint32_t>(tally->ids_.size());
    const auto networks = static_cast<uint32_t>(tally->networks_.size());
    const auto places = static_cast<uint32_t>(tally->places_.size());
    Require(networks < (uint32_t{1} << 28) && places < (uint32_t{1} << 28),
            "too many names");
    for (uint32_t i = 0; i < places; ++i) {
      const std::string_view place = tally->places_[i];
      const size_t size = place.empty() ? 0 : static_cast<uint8_t>(place[0]);
      Require(
          size >= 1 && size <= kMaxTopicBytes && size < place.size() &&
              tally->networks_.Find(Tally::NetworkIn(place)) != IdTable::kNone,
          "a topic is nowhere");
      Require(IsUtf8(Tally::TopicIn(place)), kNotUtf8);
    }
    for (uint32_t i = 0; i < networks; ++i) {
      tally->NetworkOf(tally->networks_[i]);
      tally->stores_.occurs[i] = in->Number<uint16_t>();
      Require(tally->stores_.occurs[i] >> kSignalCount == 0,
              "a kind is unknown");
    }
    ReadQualities(ids, in, tally);
    const auto counts = [tally](uint32_t kind) {
      return kind >= 1 && kind <= kSignalCount && tally->values_[kind - 1] != 0;
    };
    const auto is_reaction = [&](uint32_t kind) {
      return counts(kind) && static_cast<Signal>(kind) != Signal::kEndorsements;
    };
    ReadStore(
        ids,
        [&](uint32_t slot) {
          return slot >> 4 < networks && is_reaction(slot & 15) &&
                 (tally->stores_.occurs[slot >> 4] >> ((slot & 15) - 1) & 1) !=
                     0;
        },
        &tally->stores_.reactions, in);
    ReadStore(
        ids,
        [&](uint32_t slot) {
          return slot >> 4 < places && is_reaction(slot & 15);
        },
        &tally->stores_.topical, in);
    ReadStore(
        ids,
        [&](uint32_t slot) {
          return slot <= places &&
                 counts(static_cast<uint32_t>(Signal::kEndorsements)) &&
                 (tally->stores_.occurs[Tally::kNoNetwork] >>
                      Index(Signal::kEndorsements) &
                  1) != 0;
        },
        &tally->stores_.endorsements, in);
    ReadNamed(ids, networks, places, counts, in, tally);
  }

 private:
  static void ReadQualities(uint32_t ids, Input* in, Tally* tally) {
    const auto count = in->Number<uint32_t>();
    uint32_t least = 0;
    for (uint32_t i = 0; i < count; ++i) {
      const auto id = in->Number<uint32_t>();
      const auto quality = in->Number<uint32_t>();
      Require(id >= least && id < ids, "qualities do not ascend");
      Require(quality >= kLeastQuality && quality < kOne,
              "a quality is out of range");
      tally->LowerQuality(id, quality);
      least = id + 1;
    }
  }

  template <typename Counts>
  static void ReadNamed(uint32_t ids, uint32_t networks, uint32_t places,
                        Counts counts, Input* in, Tally* tally) {
    const auto count = in->Number<uint64_t>();
    Tally::Digest last{};
    for (uint64_t i = 0; i < count; ++i) {
      Tally::Digest digest;
      digest[0] = in->Number<uint64_t>();
      digest[1] = in->Number<uint64_t>();
      Tally::Numbered event;
      event.time_seconds = in->Number<int64_t>();
      event.actor = in->Number<uint32_t>();
      event.subject = in->Number<uint32_t>();
      event.network = in->Number<uint32_t>();
      event.place = in->Number<uint32_t>();
      event.count = in->Number<int32_t>();
      const auto kind = in->Number<uint32_t>();
      Require(i == 0 || last < digest, "named events do not ascend");
      Require(event.actor < ids && event.subject < ids &&
                  event.actor != event.subject && event.network < networks &&
                  (event.place == IdTable::kNone || event.place < places),
              "an event is of nobody");
      Require(counts(kind), "an event is of nothing that counts");
      event.kind = static_cast<Signal>(kind);
      Require(event.count >= 1 && event.count <= kMaxEventCount,
              "a count is out of range");
      Require(event.time_seconds <= tally->as_of_ &&
                  tally->Worth(event.kind, event.time_seconds, 1) != 0,
              "an event is out of time");
      tally->named_.emplace(digest, event);
      last = digest;
    }
  }
};

bool SaveTally(const Tally& tally, std::string_view fingerprint,
               const std::function<bool(const uint8_t*, size_t)>& write) {
  return TallyWriter::Write(tally, fingerprint, write);
}

// Exceptions end a load early; none leaves this function except std::bad_alloc.
Error LoadTally(const std::function<bool(uint8_t*, size_t)>& read,
                std::string_view fingerprint,
                const std::function<Tally*(int64_t)>& make) {
  try {
    Input in(read);
    std::string magic(kMagic.size(), '\0');
    in.Read(reinterpret_cast<uint8_t*>(magic.data()), magic.size());
    Require(magic == kMagic, "this is no tally");
    std::string saved(kFingerprintBytes, '\0');
    in.Read(reinterpret_cast<uint8_t*>(saved.data()), saved.size());
    if (saved != fingerprint) {
      return {Code::kAlgorithmMismatch, "tally",
              "is for an algorithm of another fingerprint"};
    }
    const auto as_of = in.Number<int64_t>();
    Require(as_of >= 0 && as_of <= kMaxAsOfSeconds, "as_of is out of range");
    TallyReader::Read(&in, make(as_of));
    const std::array<uint8_t, 32> digest = in.Digest();
    std::array<uint8_t, 32> stored;
    in.Raw(stored.data(), stored.size());
    Require(digest == stored, "its digest is not that of its contents");
    return {};
  } catch (const std::length_error&) {
    return {Code::kMalformed, "tally", "it has more names than a tally has"};
  } catch (const Stop& stop) {
    return {stop.cancelled ? Code::kCancelled : Code::kMalformed, "tally",
            stop.why};
  }
}

}  // namespace influence
