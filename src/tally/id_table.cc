#include "tally/id_table.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "base/muldiv.h"

namespace influence {
namespace {

constexpr size_t kUnit = 4;
constexpr size_t kChunkBytes = size_t{1} << 20;
constexpr size_t kHeader = 2;
constexpr size_t kSmallest = 1024;  // slots

uint64_t LoadUpTo8(const char* bytes, size_t size) {
  uint64_t word = 0;
  std::memcpy(&word, bytes, size);
  return word;
}

// Both halves of the product, folded: every bit of either moves many.
uint64_t Mix(uint64_t a, uint64_t b) {
  const Uint128 product = Multiply(a, b);
  return product.hi ^ product.lo;
}

// The first eight bytes as a number that compares as they do.
uint64_t Prefix(std::string_view id) {
  uint64_t prefix = 0;
  for (size_t i = 0; i < 8; ++i) {
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

}  // namespace

uint64_t IdTable::Hash(std::string_view id) {
  uint64_t hash = 0x9e3779b97f4a7c15 ^ id.size();
  const char* at = id.data();
  size_t left = id.size();
  for (; left > 8; at += 8, left -= 8) {
    hash = Mix(hash ^ LoadUpTo8(at, 8), 0xd6e8feb86659fd93);
  }
  return Mix(hash ^ LoadUpTo8(at, left), 0xa0761d6478bd642f) ^ hash >> 32;
}

const uint8_t* IdTable::At(uint32_t place) const {
  const size_t byte = size_t{place} * kUnit;
  return chunks_[byte / kChunkBytes].get() + byte % kChunkBytes;
}

std::string_view IdTable::operator[](uint32_t number) const {
  const uint8_t* at = At(places_[number]);
  return {reinterpret_cast<const char*>(at + kHeader),
          static_cast<size_t>(at[0] | at[1] << 8)};
}

void IdTable::Prefetch(uint64_t hash) const {
  if (!slots_.empty()) PrefetchRead(&slots_[SlotOf(hash)]);
}

void IdTable::PrefetchPlace(uint64_t hash) const {
  if (slots_.empty()) return;
  const Slot& slot = slots_[SlotOf(hash)];
  if (slot.number_plus_one != 0) {
    PrefetchRead(&places_[slot.number_plus_one - 1]);
  }
}

void IdTable::PrefetchBytes(uint64_t hash) const {
  if (slots_.empty()) return;
  const Slot& slot = slots_[SlotOf(hash)];
  if (slot.number_plus_one != 0) {
    PrefetchRead(At(places_[slot.number_plus_one - 1]));
  }
}

uint32_t IdTable::FindHashed(std::string_view id, uint64_t hash) const {
  const auto tag = static_cast<uint32_t>(hash >> 32);
  for (size_t i = SlotOf(hash);; i = (i + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[i];
    if (slot.number_plus_one == 0) return kNone;
    if (slot.tag == tag && (*this)[slot.number_plus_one - 1] == id) {
      return slot.number_plus_one - 1;
    }
  }
}

uint32_t IdTable::Find(std::string_view id) const {
  return slots_.empty() ? kNone : FindHashed(id, Hash(id));
}

uint32_t IdTable::Intern(std::string_view id, uint64_t hash) {
  if (places_.size() >= slots_.size() / 4 * 3) Grow();
  const uint32_t known = FindHashed(id, hash);
  if (known != kNone) return known;

  const size_t bytes = (kHeader + id.size() + kUnit - 1) / kUnit * kUnit;
  if (chunks_.empty() || used_ + bytes > kChunkBytes) {
    if (chunks_.size() >= (size_t{UINT32_MAX} + 1) / (kChunkBytes / kUnit) ||
        places_.size() >= kNone - 1) {
      throw std::length_error("ids");
    }
    chunks_.push_back(std::make_unique<uint8_t[]>(kChunkBytes));
    used_ = 0;
  }
  uint8_t* const at = chunks_.back().get() + used_;
  const auto number = static_cast<uint32_t>(places_.size());
  places_.push_back(static_cast<uint32_t>(
      ((chunks_.size() - 1) * kChunkBytes + used_) / kUnit));
  at[0] = static_cast<uint8_t>(id.size());
  at[1] = static_cast<uint8_t>(id.size() >> 8);
  if (!id.empty()) std::memcpy(at + kHeader, id.data(), id.size());
  used_ += bytes;

  size_t i = SlotOf(hash);
  while (slots_[i].number_plus_one != 0) i = (i + 1) & (slots_.size() - 1);
  slots_[i] = {static_cast<uint32_t>(hash >> 32), number + 1};
  return number;
}

void IdTable::Grow() {
  std::vector<Slot> slots(std::max(kSmallest, 2 * slots_.size()));
  slots.swap(slots_);
  for (uint32_t number = 0; number < places_.size(); ++number) {
    const uint64_t hash = Hash((*this)[number]);
    size_t i = SlotOf(hash);
    while (slots_[i].number_plus_one != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = {static_cast<uint32_t>(hash >> 32), number + 1};
  }
}

size_t IdTable::MemoryBytes() const {
  return slots_.capacity() * sizeof(Slot) +
         places_.capacity() * sizeof(uint32_t) + chunks_.size() * kChunkBytes;
}

std::vector<uint32_t> IdTable::Sorted() const {
  struct Entry {
    uint64_t prefix;
    uint32_t number;
  };
  std::vector<Entry> entries;
  entries.reserve(size());
  for (uint32_t number = 0; number < size(); ++number) {
    entries.push_back({Prefix((*this)[number]), number});
  }
  std::sort(entries.begin(), entries.end(),
            [this](const Entry& a, const Entry& b) {
              if (a.prefix != b.prefix) return a.prefix < b.prefix;
              return (*this)[a.number] < (*this)[b.number];
            });
  std::vector<uint32_t> numbers;
  numbers.reserve(size());
  for (const Entry& entry : entries) numbers.push_back(entry.number);
  return numbers;
}

}  // namespace influence
