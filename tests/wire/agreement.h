// Whether the library and libprotobuf say the same of some bytes.
#ifndef INFLUENCE_TESTS_WIRE_AGREEMENT_H_
#define INFLUENCE_TESTS_WIRE_AGREEMENT_H_

#include <string>

namespace influence::testing {

// Compares the library's reading of `bytes` as a ScoreRequest for v1, and as a
// custom Algorithm, with libprotobuf's. Returns what they disagree on, or "".
//   - One accepts the bytes exactly if the other does. The library reports a
//     malformed profile in that profile's result.
//   - The values read are the same: what protobuf read, written again, scores
//     to the same results.
//   - What the library writes, protobuf reads and writes again byte for byte.
std::string Disagreement(const std::string& bytes);

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_WIRE_AGREEMENT_H_
