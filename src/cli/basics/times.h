// Points in time as text. All of them are UTC; no clock and no locale is read.
#ifndef INFLUENCE_CLI_BASICS_TIMES_H_
#define INFLUENCE_CLI_BASICS_TIMES_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace influence::cli {

// Seconds since 1970-01-01 00:00:00 UTC of
//   1341100972, -5                      Unix seconds
//   2012-07-01                          the day's first second
//   2012-07-01T00:02:52Z                RFC 3339; also with a space for the T,
//   2012-07-01T02:02:52.25+02:00        with an offset, or with none: UTC
// A fraction is dropped: a time is the second it is in. A leap second is the
// first second of the next minute. Nothing for any other text, or a year
// outside 0001 to 9999.
std::optional<int64_t> ParseTime(std::string_view text);

// The same, but a day alone is its last second: a tally as of a day counts what
// happened on it.
std::optional<int64_t> ParseAsOf(std::string_view text);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_TIMES_H_
