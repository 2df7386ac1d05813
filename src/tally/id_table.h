// Opaque ids, numbered in the order in which they come: 0, 1, 2, ...
//
// The numbers depend on that order and therefore reach no result; whatever
// leaves a tally is put in order by the ids' own bytes.
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

  // For Intern() and Find(); the same for the same bytes.
  static uint32_t Hash(std::string_view id);

  // Have the memory fetched that the next call for this hash will read: first,
  // then, when that is there, second.
  void Prefetch(uint32_t hash) const;
  void PrefetchBytes(uint32_t hash) const;

  // The number of an id of at most kMaxIdBytes, a new one if it has none.
  // Throws std::length_error when there are no numbers left.
  uint32_t Intern(std::string_view id, uint32_t hash);
  uint32_t Intern(std::string_view id) { return Intern(id, Hash(id)); }
  // Its number, or kNone.
  uint32_t Find(std::string_view id) const;

  size_t size() const { return places_.size(); }
  std::string_view operator[](uint32_t number) const;
  size_t MemoryBytes() const;

  // Gives back what only Intern() and Find() need: neither may be called again.
  void EndInterning() { slots_ = LargeArray<Slot>(); }

  // The numbers in ascending order of the ids, compared as unsigned bytes.
  std::vector<uint32_t> Sorted() const;

 private:
  // The whole hash, and one more than where the id is.
  struct Slot {
    uint32_t hash;
    uint32_t place_plus_one;
  };

  // By the upper bits, so that a table twice as large has the same order.
  size_t SlotOf(uint32_t hash) const { return hash >> shift_; }
  size_t Next(size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  // The slot of an id, or the empty one where it would be.
  size_t FindSlot(std::string_view id, uint32_t hash) const;
  void Grow();
  uint8_t* At(uint32_t place) const;

  LargeArray<Slot> slots_;
  int shift_ = 32;
  // Places count units of kUnit bytes. There are four bytes of number, two of
  // size, and the id's own.
  LargeArray<uint32_t> places_;  // by number
  std::vector<LargeArray<uint8_t>> chunks_;
  size_t used_ = 0;  // bytes of the last chunk
};

}  // namespace influence

#endif  // INFLUENCE_TALLY_ID_TABLE_H_
