// Bit counting that C++17 lacks.
#ifndef INFLUENCE_BASE_BITS_H_
#define INFLUENCE_BASE_BITS_H_

#include <cstdint>

namespace influence {

// The number of zero bits above the highest set bit. Requires value > 0.
constexpr int CountLeadingZeros(uint64_t value) {
#if defined(__GNUC__)
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

}  // namespace influence

#endif  // INFLUENCE_BASE_BITS_H_
