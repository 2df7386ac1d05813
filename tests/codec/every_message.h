// Whether the library's codec and libprotobuf read the same in some bytes, as
// each of the messages that there are.
#ifndef INFLUENCE_TESTS_CODEC_EVERY_MESSAGE_H_
#define INFLUENCE_TESTS_CODEC_EVERY_MESSAGE_H_

#include <cstddef>
#include <string>

namespace influence::testing {

// How many messages there are; a `type` below is less than that.
size_t MessageTypes();
const char* MessageName(size_t type);

// Decodes `bytes` as a message of that type with both. Returns what they
// disagree on, or "":
//   - One accepts the bytes exactly if the other does. The library may refuse
//     with TOO_LARGE what would need far more memory than it has bytes.
//   - What it reads and writes again are the bytes that libprotobuf writes.
std::string MessageDisagreement(size_t type, const std::string& bytes);

// The bytes that the library writes for what it reads; "" if it refuses.
std::string Rewritten(size_t type, const std::string& bytes);

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_CODEC_EVERY_MESSAGE_H_
