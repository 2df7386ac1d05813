// Whether the library and libprotobuf say the same of some bytes.
#ifndef INFLUENCE_TESTS_CODEC_AGREEMENT_H_
#define INFLUENCE_TESTS_CODEC_AGREEMENT_H_

#include <string>

namespace influence::testing {

// Compares the library's reading of `bytes` as a ScoreRequest for v1, and as a
// custom Algorithm, with libprotobuf's. Returns what they disagree on, or "".
//   - One accepts the bytes exactly if the other does. The library reports a
//     malformed profile in that profile's result.
//   - The values read are the same: what protobuf read, written again, has the
//     same answer, and the ids and accounts of the answer are those protobuf
//     read.
//   - What the library writes, protobuf reads, finds no unknown field in, and
//     writes again byte for byte.
// Not compared: whether a profile is malformed when the request is refused as
// a whole, for the library does not read profiles then.
std::string Disagreement(const std::string& bytes);

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_CODEC_AGREEMENT_H_
