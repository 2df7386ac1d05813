// Eight bytes of text at a time, in a general register: no instruction set is
// asked for, and the bytes past the end of a text must be readable (kPadding).
#ifndef INFLUENCE_CLI_READ_SWAR_H_
#define INFLUENCE_CLI_READ_SWAR_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace influence::cli {

// How far past a text these functions may read.
inline constexpr size_t kPadding = 32;

inline constexpr uint64_t kEveryByte = 0x0101010101010101;
inline constexpr uint64_t kTopBits = 0x8080808080808080;

// The first byte is the lowest, on every machine.
inline uint64_t Load8(const char* text) {
  uint64_t word;
  std::memcpy(&word, text, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

// The index of the byte with the lowest set top bit; 8 if there is none.
inline size_t FirstByte(uint64_t top_bits) {
  return top_bits == 0 ? 8 : static_cast<size_t>(__builtin_ctzll(top_bits)) / 8;
}

// The top bit of each byte that is below `limit`, which is at most 128; only
// the lowest bit that is set is to be believed.
inline uint64_t Below(uint64_t word, unsigned char limit) {
  return (word - kEveryByte * limit) & ~word & kTopBits;
}

// How many of the first eight bytes are digits, before any that is not.
inline size_t DigitsOf(uint64_t word) {
  const uint64_t values = word ^ (kEveryByte * '0');
  return FirstByte(((values + kEveryByte * (128 - 10)) | values) & kTopBits);
}

// The number that the first `digits` bytes, which are digits, write.
inline uint64_t NumberOf(uint64_t word, size_t digits) {
  if (digits == 0) return 0;
  uint64_t value = (word ^ (kEveryByte * '0')) << (64 - 8 * digits);
  value = (value * 10 + (value >> 8)) & 0x00ff00ff00ff00ff;
  value = (value * 100 + (value >> 16)) & 0x0000ffff0000ffff;
  return (value * 10'000 + (value >> 32)) & 0xffffffff;
}

// Reads decimal text of at most twelve digits and six decimals, "12", "12.5",
// ".5" or "12.", to millionths, and returns where it ends; NULL if it is not
// so short, or is not a number.
inline const char* ScanMicros(const char* text, int64_t* micros) {
  constexpr uint64_t kPowers[] = {1'000'000, 100'000, 10'000, 1'000,
                                  100,       10,      1};
  constexpr uint64_t kSmall[] = {1, 10, 100, 1'000, 10'000};
  uint64_t word = Load8(text);
  size_t digits = DigitsOf(word);
  uint64_t units = NumberOf(word, digits);
  const char* at = text + digits;
  if (digits == 8) {
    word = Load8(at);
    const size_t more = DigitsOf(word);
    if (more > 4) return nullptr;
    units = units * kSmall[more] + NumberOf(word, more);
    at += more;
  }
  uint64_t value = units * 1'000'000;
  if (*at == '.') {
    word = Load8(at + 1);
    const size_t decimals = DigitsOf(word);
    if (decimals > 6) return nullptr;
    value += NumberOf(word, decimals) * kPowers[decimals];
    at += 1 + decimals;
    digits += decimals;
  }
  *micros = static_cast<int64_t>(value);
  return digits == 0 ? nullptr : at;
}

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_SWAR_H_
