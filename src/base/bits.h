// Bit counting that C++17 lacks.
#ifndef INFLUENCE_BASE_BITS_H_
#define INFLUENCE_BASE_BITS_H_

#include <cstdint>

namespace influence {

// The number of zero bits above the highest set bit. Requires value > 0.
inline int CountLeadingZeros(uint64_t value) {
#if defined(__GNUC__) && defined(__x86_64__) && !defined(__LZCNT__)
  // The builtin compiles to bsr, which waits for the previous content of the
  // register it writes. Independent logarithms would then queue up, at 11 ns
  // each instead of 4; writing a zero first breaks the dependency.
  uint64_t highest_bit = 0;
  asm("bsrq %1, %0" : "+r"(highest_bit) : "r"(value) : "cc");
  return static_cast<int>(highest_bit ^ 63);
#elif defined(__GNUC__)
  return __builtin_clzll(value);
#else
  int zeros = 0;
  for (int half = 32; half > 0; half /= 2) {
    if (value >> (64 - half) == 0) {
      zeros += half;
      value <<= half;
    }
  }
  return zeros;
#endif
}

// The number of bits that numbers 0 .. most need.
inline unsigned BitsOf(uint64_t most) {
  return most == 0 ? 0 : 64 - static_cast<unsigned>(CountLeadingZeros(most));
}

}  // namespace influence

#endif  // INFLUENCE_BASE_BITS_H_
