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

// Sorts by bits low .. high - 1 of `key`. Stable. An Array is a std::vector or
// a LargeArray of records; `spare` has the same size and holds no useful values
// afterwards. Throws nothing.
template <typename Array>
void RadixSort(Array* records, Array* spare, unsigned low, unsigned high) {
  constexpr unsigned kBits = 11;
  const size_t size = records->size();
  for (; low < high; low += kBits) {
    const uint64_t mask = (uint64_t{1} << std::min(kBits, high - low)) - 1;
    std::array<size_t, size_t{1} << kBits> next{};
    const Array& from = *records;
    for (size_t i = 0; i < size; ++i) ++next[from[i].key >> low & mask];
    size_t sum = 0;
    for (size_t& begin : next) sum += std::exchange(begin, sum);
    Array& to = *spare;
    for (size_t i = 0; i < size; ++i) {
      to[next[from[i].key >> low & mask]++] = from[i];
    }
    records->swap(*spare);
  }
}

// The same with a spare of its own. Throws std::bad_alloc.
template <typename Record>
void RadixSort(LargeArray<Record>* records, unsigned low, unsigned high) {
  LargeArray<Record> spare(records->size());
  RadixSort(records, &spare, low, high);
}

}  // namespace influence

#endif  // INFLUENCE_BASE_RADIX_SORT_H_
