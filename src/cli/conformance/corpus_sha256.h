// SHA-256 (FIPS 180-4) of a text that comes in pieces.
//
// The library has one too. This is another on purpose: a corpus is no witness
// of code that it is hashed with, and a client has the public header alone.
#ifndef INFLUENCE_CLI_CONFORMANCE_CORPUS_SHA256_H_
#define INFLUENCE_CLI_CONFORMANCE_CORPUS_SHA256_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace influence::conformance {

class Sha256 {
 public:
  void Update(std::string_view bytes);

  // Ends the message; 64 lower-case hexadecimal digits.
  std::string Hex();

 private:
  void AddBlock(const unsigned char* block);

  std::array<uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                    0xa54ff53a, 0x510e527f, 0x9b05688c,
                                    0x1f83d9ab, 0x5be0cd19};
  std::string pending_;  // less than a block
  uint64_t size_bytes_ = 0;
};

std::string Sha256Hex(std::string_view bytes);

}  // namespace influence::conformance

#endif  // INFLUENCE_CLI_CONFORMANCE_CORPUS_SHA256_H_
