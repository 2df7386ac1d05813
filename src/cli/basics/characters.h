// UTF-8 as Unicode defines it: no surrogates, no overlong forms.
#ifndef INFLUENCE_CLI_BASICS_CHARACTERS_H_
#define INFLUENCE_CLI_BASICS_CHARACTERS_H_

#include <cstddef>
#include <string_view>

namespace influence::cli {

// The length in bytes, 1 to 4, of the character that `text` begins with; 0 if
// it begins with none.
size_t CharacterSize(std::string_view text);

// The offset of the first byte that begins no character, or text.size().
size_t FirstInvalid(std::string_view text);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_CHARACTERS_H_
