// Whether the fast parsers and the careful readers say the same of a text.
#ifndef INFLUENCE_TESTS_CLI_ROW_AGREEMENT_H_
#define INFLUENCE_TESTS_CLI_ROW_AGREEMENT_H_

#include <cstddef>
#include <string>

#include "cli/read/people/people_file.h"

namespace influence::cli {

// Reads a text as a stream, by blocks of that size, and row by row. Returns
// "" if both give the same people and complaints, or fail in the same words;
// else what each says. `careful` becomes how many people the stream set aside.
std::string Disagreement(const std::string& text, InputFormat format,
                         bool allow_extra, size_t block,
                         size_t* careful = nullptr);

}  // namespace influence::cli

#endif  // INFLUENCE_TESTS_CLI_ROW_AGREEMENT_H_
