// A hash table with open addressing whose slots point into chunks of packed
// ids. Ids are the largest part of a tally's memory and looking them up its
// largest cost, hence six bytes of overhead an id, prefetching in blocks, and a
// radix sort by prefix.
#include "tally/id_table.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

#include "base/muldiv.h"

namespace influence {
namespace {

constexpr size_t kUnit = 4;
constexpr size_t kChunkBytes = size_t{4} << 20;
constexpr size_t kSmallestChunk = 4096;
constexpr size_t kHeader = 6;  // number and size
constexpr int kSmallestBits = 10;

template <typename Value, typename Byte>
Value Load(const Byte* at) {
  Value value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

// Most ids are so short that their two ends, which may overlap, cover them. The
// numbers depend on the byte order; they only decide where an id is stored.
struct Ends {
  uint64_t first, last;
};
Ends EndsOf(const char* id, size_t size) {
  if (size >= 8) return {Load<uint64_t>(id), Load<uint64_t>(id + size - 8)};
  if (size >= 4) return {Load<uint32_t>(id), Load<uint32_t>(id + size - 4)};
  if (size == 0) return {0, 0};
  return {static_cast<uint8_t>(id[0]),
          uint64_t{static_cast<uint8_t>(id[size / 2])} << 8 |
              static_cast<uint8_t>(id[size - 1])};
}

bool Equal(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.size() > 16) return a == b;
  const Ends x = EndsOf(a.data(), a.size());
  const Ends y = EndsOf(b.data(), b.size());
  return x.first == y.first && x.last == y.last;
}

// Folds both halves of the product, so that every input bit affects many.
uint64_t Mix(uint64_t a, uint64_t b) {
  const Uint128 product = Multiply(a, b);
  return product.hi ^ product.lo;
}

// Eight bytes from `skip` on as a big-endian number, which compares as they do.
uint64_t Prefix(std::string_view id, size_t skip) {
  uint64_t prefix = 0;
  for (size_t i = skip; i < skip + 8; ++i) {
    prefix = prefix << 8 | (i < id.size() ? static_cast<uint8_t>(id[i]) : 0);
  }
  return prefix;
}

void PrefetchRead(const void* at) {
#if defined(__GNUC__)
  __builtin_prefetch(at);
#else
  (void)at;
#endif
}

std::string_view IdAt(const uint8_t* at) {
  return {reinterpret_cast<const char*>(at + kHeader),
          Load<uint16_t>(at + sizeof(uint32_t))};
}

struct Entry {
  uint64_t prefix;
  uint32_t number;
};

// Sorts by prefix, least significant digit first. Stable.
void SortByPrefix(std::vector<Entry>* entries) {
  constexpr int kDigitBits = 11;
  constexpr size_t kDigits = size_t{1} << kDigitBits;
  uint64_t all = 0, common = UINT64_MAX;
  for (const Entry& entry : *entries) {
    all |= entry.prefix;
    common &= entry.prefix;
  }
  std::vector<Entry> scratch(entries->size());
  for (int shift = 0; shift < 64; shift += kDigitBits) {
    // Skips digits that are equal in all entries.
    if (((all ^ common) >> shift & (kDigits - 1)) == 0) continue;
    std::array<size_t, kDigits> ends{};
    for (const Entry& entry : *entries) {
      ++ends[entry.prefix >> shift & (kDigits - 1)];
    }
    size_t before = 0;
    for (size_t& end : ends) {
      const size_t size = end;
      end = before;
      before += size;
    }
    for (const Entry& entry : *entries) {
      scratch[ends[entry.prefix >> shift & (kDigits - 1)]++] = entry;
    }
    entries->swap(scratch);
  }
}

}  // namespace

uint32_t IdTable::Hash(std::string_view id) {
  uint64_t hash = 0x9e3779b97f4a7c15 ^ id.size();
  const char* at = id.data();
  size_t left = id.size();
  for (; left > 16; at += 8, left -= 8) {
    hash = Mix(hash ^ Load<uint64_t>(at), 0xd6e8feb86659fd93);
  }
  const Ends ends = EndsOf(at, left);
  hash = Mix(hash ^ ends.first, 0xa0761d6478bd642f ^ ends.last);
  hash = Mix(hash, 0xd6e8feb86659fd93);
  return static_cast<uint32_t>(hash ^ hash >> 32);
}

uint8_t* IdTable::At(uint32_t place) const {
  const size_t byte = size_t{place} * kUnit;
  return const_cast<uint8_t*>(chunks_[byte / kChunkBytes].begin()) +
         byte % kChunkBytes;
}

std::string_view IdTable::operator[](uint32_t number) const {
  return IdAt(At(places_[number]));
}

void IdTable::Prefetch(uint32_t hash) const {
  if (!slots_.empty()) PrefetchRead(&slots_[SlotOf(hash)]);
}

// Follows the probe sequence by hashes alone; the bytes are compared later.
void IdTable::PrefetchBytes(uint32_t hash) const {
  if (slots_.empty()) return;
  for (size_t i = SlotOf(hash); slots_[i].place_plus_one != 0; i = Next(i)) {
    if (slots_[i].hash != hash) continue;
    PrefetchRead(At(slots_[i].place_plus_one - 1));
    return;
  }
}

size_t IdTable::FindSlot(std::string_view id, uint32_t hash) const {
  size_t i = SlotOf(hash);
  for (;; i = Next(i)) {
    const Slot& slot = slots_[i];
    if (slot.place_plus_one == 0) return i;
    if (slot.hash == hash && Equal(IdAt(At(slot.place_plus_one - 1)), id)) {
      return i;
    }
  }
}

uint32_t IdTable::Find(std::string_view id) const {
  if (slots_.empty()) return kNone;
  const Slot& slot = slots_[FindSlot(id, Hash(id))];
  return slot.place_plus_one == 0 ? kNone
                                  : Load<uint32_t>(At(slot.place_plus_one - 1));
}

// The table is at most three quarters full.
uint32_t IdTable::Intern(std::string_view id, uint32_t hash) {
  if (places_.size() >= slots_.size() / 4 * 3) Grow();
  Slot& slot = slots_[FindSlot(id, hash)];
  if (slot.place_plus_one != 0) {
    return Load<uint32_t>(At(slot.place_plus_one - 1));
  }

  const size_t bytes = (kHeader + id.size() + kUnit - 1) / kUnit * kUnit;
  if (chunks_.empty() || used_ + bytes > kChunkBytes) {
    constexpr size_t kMostChunks = (size_t{UINT32_MAX} / kChunkBytes) * kUnit;
    if (chunks_.size() >= kMostChunks) throw std::length_error("ids");
    chunks_.emplace_back();
    used_ = 0;
  }
  // The first chunk grows, for tables that stay small.
  LargeArray<uint8_t>& chunk = chunks_.back();
  if (used_ + bytes > chunk.size()) {
    chunk.resize(chunks_.size() > 1
                     ? kChunkBytes
                     : std::min(kChunkBytes,
                                std::max(kSmallestChunk, 2 * chunk.size())));
  }
  const auto number = static_cast<uint32_t>(places_.size());
  const auto size = static_cast<uint16_t>(id.size());
  const auto place = static_cast<uint32_t>(
      ((chunks_.size() - 1) * kChunkBytes + used_) / kUnit);
  places_.push_back(place);
  uint8_t* const at = At(place);
  std::memcpy(at, &number, sizeof number);
  std::memcpy(at + sizeof number, &size, sizeof size);
  if (!id.empty()) std::memcpy(at + kHeader, id.data(), id.size());
  used_ += bytes;
  slot = {hash, place + 1};
  return number;
}

// Doubles the table. Hashes are stored, so no id is read again.
void IdTable::Grow() {
  const int bits =
      slots_.empty() ? kSmallestBits : 33 - shift_;  // one more than now
  if (bits > 32) throw std::length_error("ids");
  LargeArray<Slot> slots(size_t{1} << bits);
  slots.swap(slots_);
  shift_ = 32 - bits;
  for (const Slot& slot : slots) {
    if (slot.place_plus_one == 0) continue;
    size_t i = SlotOf(slot.hash);
    while (slots_[i].place_plus_one != 0) i = Next(i);
    slots_[i] = slot;
  }
}

size_t IdTable::MemoryBytes() const {
  size_t bytes = slots_.MemoryBytes() + places_.MemoryBytes();
  for (const LargeArray<uint8_t>& chunk : chunks_) bytes += chunk.MemoryBytes();
  return bytes;
}

std::vector<uint32_t> IdTable::Sorted() const {
  // A prefix that all ids share does not affect their order, so the eight bytes
  // compared first begin after it.
  const std::string_view first = size() > 0 ? (*this)[0] : std::string_view();
  size_t skip = first.size();
  for (uint32_t number = 1; number < size() && skip > 0; ++number) {
    const std::string_view id = (*this)[number];
    const auto [end, unused] = std::mismatch(
        first.begin(),
        first.begin() + static_cast<ptrdiff_t>(std::min(skip, id.size())),
        id.begin());
    skip = static_cast<size_t>(end - first.begin());
  }
  std::vector<Entry> entries;
  entries.reserve(size());
  for (uint32_t number = 0; number < size(); ++number) {
    entries.push_back({Prefix((*this)[number], skip), number});
  }
  SortByPrefix(&entries);
  // Few ids share the eight bytes, unless an attacker chose them; std::sort
  // bounds that case to n log n comparisons.
  for (size_t i = 0; i < entries.size();) {
    size_t end = i + 1;
    while (end < entries.size() && entries[end].prefix == entries[i].prefix) {
      ++end;
    }
    std::sort(entries.begin() + static_cast<ptrdiff_t>(i),
              entries.begin() + static_cast<ptrdiff_t>(end),
              [this](const Entry& a, const Entry& b) {
                return (*this)[a.number] < (*this)[b.number];
              });
    i = end;
  }
  std::vector<uint32_t> numbers;
  numbers.reserve(size());
  for (const Entry& entry : entries) numbers.push_back(entry.number);
  return numbers;
}

}  // namespace influence
