// The words of a corpus: decimal integers, hexadecimal bytes, escaped names.
#ifndef INFLUENCE_CLI_CONFORMANCE_CORPUS_TEXT_H_
#define INFLUENCE_CLI_CONFORMANCE_CORPUS_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace influence::conformance {

std::string ToHex(std::string_view bytes);

// False if the text is not pairs of lower-case hexadecimal digits.
bool FromHex(std::string_view text, std::string* bytes);

// " " and the number.
void AppendNumber(int64_t value, std::string* line);

// " " and the text in one word: every byte but A-Z a-z 0-9 . _ - [ ] is a
// percent sign and two hexadecimal digits; nothing at all is "%".
void AppendName(std::string_view name, std::string* line);

}  // namespace influence::conformance

#endif  // INFLUENCE_CLI_CONFORMANCE_CORPUS_TEXT_H_
