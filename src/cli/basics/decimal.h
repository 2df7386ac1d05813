// Decimal text to millionths, exactly. No floating point.
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

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_DECIMAL_H_
