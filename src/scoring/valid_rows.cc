// Reads a validity map 64 bits at a time.
#include "scoring/valid_rows.h"

#include <algorithm>
#include <cstring>

#include "scoring/kernels/kernel.h"

namespace influence {
namespace {

// Reads 64 bits of a map at a time. Bits past the map's `entries` are set, so
// the last block of a table needs no special case.
class BitReader {
 public:
  BitReader(const Bitmap& map, size_t entries)
      : map_(map), end_((map.offset + entries + 7) / 8) {}

  uint64_t Word(size_t at) const {
    const size_t bit = map_.offset + at;
    const size_t byte = bit / 8;
    uint64_t word = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (byte + sizeof word <= end_) {
      std::memcpy(&word, map_.bytes + byte, sizeof word);
    } else
#endif
    {
      for (size_t i = 0; i < 8; ++i) word |= Byte(byte + i) << (8 * i);
    }
    const size_t shift = bit % 8;
    if (shift == 0) return word;
    return word >> shift | Byte(byte + 8) << (64 - shift);
  }

 private:
  uint64_t Byte(size_t i) const { return i < end_ ? map_.bytes[i] : 0xff; }

  const Bitmap& map_;
  size_t end_;
};

}  // namespace

bool LoadRows(const Bitmap& map, size_t entries, size_t begin, size_t rows,
              uint64_t* words) {
  if (map.bytes == nullptr) return false;
  const BitReader reader(map, entries);
  uint64_t all = ~uint64_t{0};
  for (size_t i = 0; i < kBlockRows; i += 64) {
    uint64_t word = ~uint64_t{0};
    if (i < rows) word = reader.Word(begin + i);
    if (rows - std::min(i, rows) < 64) word |= ~uint64_t{0} << (rows % 64);
    all &= words[i / 64] = word;
  }
  return all != ~uint64_t{0};
}

}  // namespace influence
