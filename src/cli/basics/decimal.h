// Decimal text to millionths and back, exactly. No floating point.
#ifndef INFLUENCE_CLI_BASICS_DECIMAL_H_
#define INFLUENCE_CLI_BASICS_DECIMAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace influence::cli {

// "12", "12.5", ".5", "12." or "+12", of any number of digits, to millionths:
// exact to six decimals, rounded half-even beyond. Returns nothing and sets
// *why for anything else: a minus sign (also before zero), exponents,
// separators, spaces, hexadecimal, words, values of 10^12 and more.
std::optional<int64_t> ParseMicros(std::string_view text, std::string* why);

// "61.234567": always six decimals.
std::string FormatMicros(int64_t micros);

// Writes what FormatMicros gives, at most 21 bytes, and returns its end.
char* WriteMicros(int64_t micros, char* to);

// "61": whole units, rounded half-even, as the bands are. Requires micros >= 0.
std::string FormatWhole(int64_t micros);

// "2.58": two decimals, rounded up. Requires micros >= 0.
std::string FormatRoundedUp(int64_t micros);

// "1,234.5": thousands separated, no more decimals than needed. Requires
// micros >= 0.
std::string FormatShort(int64_t micros);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_DECIMAL_H_
