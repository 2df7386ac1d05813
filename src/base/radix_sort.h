// A radix sort: records by an integer key, digit by digit, without comparisons.
#ifndef INFLUENCE_BASE_RADIX_SORT_H_
#define INFLUENCE_BASE_RADIX_SORT_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/large_array.h"

namespace influence {

// Sorts by bits low .. high - 1 of `key`. Stable. Allocates a second array of
// the same size. Throws std::bad_alloc.
template <typename Record>
void RadixSort(LargeArray<Record>* records, unsigned low, unsigned high) {
  constexpr unsigned kBits = 11;
  const size_t size = records->size();
  LargeArray<Record> sorted(size);
  for (; low < high; low += kBits) {
    const uint64_t mask = (uint64_t{1} << std::min(kBits, high - low)) - 1;
    std::array<size_t, size_t{1} << kBits> next{};
    const Record* const from = records->begin();
    for (size_t i = 0; i < size; ++i) ++next[from[i].key >> low & mask];
    size_t sum = 0;
    for (size_t& begin : next) sum += std::exchange(begin, sum);
    Record* const to = sorted.begin();
    for (size_t i = 0; i < size; ++i) {
      to[next[from[i].key >> low & mask]++] = from[i];
    }
    records->swap(sorted);
  }
}

// The number of bits that numbers 0 .. most need.
inline unsigned BitsOf(uint64_t most) {
  unsigned bits = 0;
  for (; most > 0; most >>= 1) ++bits;
  return bits;
}

}  // namespace influence

#endif  // INFLUENCE_BASE_RADIX_SORT_H_
