// What has to hold of any text that the command reads as rows.
#ifndef INFLUENCE_TESTS_FUZZ_ROWS_H_
#define INFLUENCE_TESTS_FUZZ_ROWS_H_

#include <cstddef>
#include <cstdint>

#include "cli/read/people/people_file.h"

// The first two bytes say how: whether other columns are allowed and how much
// is read at a time. The rest is the text. The stream and the careful readers
// say the same of it; no exception but Failure gets out; and whoever was read
// can be scored, by the laws of laws.h.
void CheckRows(influence::cli::InputFormat format, const uint8_t* data,
               size_t size);

#endif  // INFLUENCE_TESTS_FUZZ_ROWS_H_
