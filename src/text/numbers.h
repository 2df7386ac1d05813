// Integers of millionths and counts, as people read them. No locale is
// consulted, and no floating point.
#ifndef INFLUENCE_TEXT_NUMBERS_H_
#define INFLUENCE_TEXT_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/micros.h"

namespace influence {

inline constexpr int kMicrosDecimals = 6;
// The most characters WriteMicros() needs room for: a sign, 13 digits, a point
// and six decimals.
inline constexpr size_t kMicrosBytes = 21;

// Writes millionths with `decimals` decimals, 0 .. 6, rounded with ties to the
// even digit, at `to`, which has room for kMicrosBytes, and returns the end.
// Zero has no sign. Allocates and throws nothing.
//   61'234'567 with 6: "61.234567"     61'234'567 with 0: "61"
//   2'500'000 with 0: "2"              -400'000 with 0: "0"
char* WriteMicros(Micros micros, int decimals, char* to);

// The same as a string: "61.234567".
std::string FormatMicros(Micros micros, int decimals = kMicrosDecimals);

// "61.23": always two decimals, rounded half up, as a drift's histogram is.
std::string FormatHundredths(Micros micros);

// "2.58": two decimals, rounded up, for what is at most so much. Requires
// micros >= 0.
std::string FormatRoundedUp(Micros micros);

// "1,234": things counted, thousands separated.
std::string FormatCount(uint64_t count);

// "1,234.5": thousands separated, no more decimals than needed. Requires
// micros >= 0.
std::string FormatQuantity(Micros micros);

}  // namespace influence

#endif  // INFLUENCE_TEXT_NUMBERS_H_
