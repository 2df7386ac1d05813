#include "base/radix_sort.h"

#include <algorithm>
#include <random>
#include <vector>

#include "base/bits.h"
#include "gtest/gtest.h"

namespace influence {
namespace {

struct Record {
  uint64_t key;
  size_t was;  // where it stood
};

// A stable sort by comparison of the same bits.
template <typename Array>
std::vector<size_t> Expected(const Array& records, unsigned low,
                             unsigned high) {
  const auto part = [&](const Record& record) {
    return high == 64 ? record.key >> low
                      : (record.key & ((uint64_t{1} << high) - 1)) >> low;
  };
  std::vector<Record> sorted(records.begin(), records.end());
  std::stable_sort(
      sorted.begin(), sorted.end(),
      [&](const Record& a, const Record& b) { return part(a) < part(b); });
  std::vector<size_t> order;
  for (const Record& record : sorted) order.push_back(record.was);
  return order;
}

template <typename Array>
std::vector<size_t> Order(const Array& records) {
  std::vector<size_t> order;
  for (const Record& record : records) order.push_back(record.was);
  return order;
}

TEST(RadixSortTest, IsAStableSortByTheBits) {
  std::mt19937_64 rng(7);
  for (const size_t size : {0u, 1u, 2u, 5'000u}) {
    for (const auto& [low, high] : std::vector<std::pair<unsigned, unsigned>>{
             {0, 64}, {0, 1}, {5, 5}, {3, 14}, {3, 15}, {32, 50}}) {
      LargeArray<Record> large(size);
      for (size_t i = 0; i < size; ++i) large[i] = {rng() >> rng() % 64, i};
      std::vector<Record> plain(large.begin(), large.end()), spare(size);
      const std::vector<size_t> want = Expected(plain, low, high);
      RadixSort(&large, low, high);
      RadixSort(&plain, &spare, low, high);
      EXPECT_EQ(Order(large), want) << size << " " << low << " " << high;
      EXPECT_EQ(Order(plain), want) << size << " " << low << " " << high;
    }
  }
}

TEST(BitsTest, OfTheLargestValue) {
  EXPECT_EQ(BitsOf(0), 0u);
  EXPECT_EQ(BitsOf(1), 1u);
  EXPECT_EQ(BitsOf(2), 2u);
  EXPECT_EQ(BitsOf(255), 8u);
  EXPECT_EQ(BitsOf(256), 9u);
  EXPECT_EQ(BitsOf(UINT64_MAX), 64u);
}

}  // namespace
}  // namespace influence
