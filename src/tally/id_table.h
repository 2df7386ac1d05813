// Opaque ids, numbered in the order in which they come: 0, 1, 2, ...
//
// The numbers depend on that order and therefore reach no result; whatever
// leaves a tally is put in order by the ids' own bytes.
#ifndef INFLUENCE_TALLY_ID_TABLE_H_
#define INFLUENCE_TALLY_ID_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace influence {

class IdTable {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr size_t kMaxIdBytes = 256;

  // For Intern() and Find(); the same for the same bytes.
  static uint64_t Hash(std::string_view id);

  // Have the memory fetched that the next call for this hash will read: first,
  // then, when that is there, second and third.
  void Prefetch(uint64_t hash) const;
  void PrefetchPlace(uint64_t hash) const;
  void PrefetchBytes(uint64_t hash) const;

  // The number of an id of at most kMaxIdBytes, a new one if it has none.
  // Throws std::length_error when there are no numbers left.
  uint32_t Intern(std::string_view id, uint64_t hash);
  uint32_t Intern(std::string_view id) { return Intern(id, Hash(id)); }
  // Its number, or kNone.
  uint32_t Find(std::string_view id) const;

  size_t size() const { return places_.size(); }
  std::string_view operator[](uint32_t number) const;
  size_t MemoryBytes() const;

  // The numbers in ascending order of the ids, compared as unsigned bytes.
  std::vector<uint32_t> Sorted() const;

 private:
  // Of a slot: the upper half of the hash, and the number plus one.
  struct Slot {
    uint32_t tag;
    uint32_t number_plus_one;
  };

  size_t SlotOf(uint64_t hash) const { return hash & (slots_.size() - 1); }
  uint32_t FindHashed(std::string_view id, uint64_t hash) const;
  void Grow();
  const uint8_t* At(uint32_t place) const;

  std::vector<Slot> slots_;
  // Where each id is, in units of kUnit bytes: two bytes of size, then its own.
  std::vector<uint32_t> places_;
  std::vector<std::unique_ptr<uint8_t[]>> chunks_;
  size_t used_ = 0;  // bytes of the last chunk
};

}  // namespace influence

#endif  // INFLUENCE_TALLY_ID_TABLE_H_
