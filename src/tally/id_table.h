// Interns opaque ids: numbers them 0, 1, 2, ... in order of arrival.
//
// Numbers depend on that order, so they must not reach a result: output of a
// tally is ordered by the ids' own bytes.
#ifndef INFLUENCE_TALLY_ID_TABLE_H_
#define INFLUENCE_TALLY_ID_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/large_array.h"

namespace influence {

class IdTable {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr size_t kMaxIdBytes = 256;

  // The hash for Intern() and Prefetch(); equal bytes have equal hashes.
  static uint32_t Hash(std::string_view id);

  // Prefetch the memory that the next call with this hash reads, in two stages:
  // PrefetchBytes() needs the memory that Prefetch() fetched.
  void Prefetch(uint32_t hash) const;
  void PrefetchBytes(uint32_t hash) const;

  // Returns the number of an id of at most kMaxIdBytes bytes, a new one for a
  // new id. Throws std::length_error when numbers or room for ids run out.
  uint32_t Intern(std::string_view id, uint32_t hash);
  uint32_t Intern(std::string_view id) { return Intern(id, Hash(id)); }
  // Returns the number of an id, or kNone.
  uint32_t Find(std::string_view id) const;

  size_t size() const { return places_.size(); }
  std::string_view operator[](uint32_t number) const;
  size_t MemoryBytes() const;

  // Releases the memory that only Intern() and Find() need. Neither may be
  // called afterwards.
  void EndInterning() { slots_ = LargeArray<Slot>(); }

  // The numbers in ascending order of the ids, compared as unsigned bytes.
  std::vector<uint32_t> Sorted() const;

 private:
  // The hash, and the place of the id plus one; 0 is an empty slot.
  struct Slot {
    uint32_t hash;
    uint32_t place_plus_one;
  };

  // The upper bits of the hash, so that growing keeps the order of slots.
  size_t SlotOf(uint32_t hash) const { return hash >> shift_; }
  size_t Next(size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  // Returns the slot of an id, or the empty slot where it belongs.
  size_t FindSlot(std::string_view id, uint32_t hash) const;
  void Grow();
  uint8_t* At(uint32_t place) const;

  LargeArray<Slot> slots_;
  int shift_ = 32;
  // Places count units of kUnit bytes. An entry has four bytes of number, two
  // of size, and the id.
  LargeArray<uint32_t> places_;  // by number
  std::vector<LargeArray<uint8_t>> chunks_;
  size_t used_ = 0;  // bytes of the last chunk
};

}  // namespace influence

#endif  // INFLUENCE_TALLY_ID_TABLE_H_
