// The compression function of SHA-256, portable and by CPU instructions. Only
// sha256.cc and its test need this header.
#ifndef INFLUENCE_BASE_SHA256_BLOCKS_H_
#define INFLUENCE_BASE_SHA256_BLOCKS_H_

#include <cstddef>
#include <cstdint>

namespace influence {

// The round constants K of FIPS 180-4, section 4.2.2.
alignas(16) extern const uint32_t kSha256Rounds[64];

// Updates the state's eight words with `count` blocks of 64 bytes.
using Sha256Blocks = void (*)(uint32_t* state, const uint8_t* blocks,
                              size_t count);

void Sha256BlocksPortable(uint32_t* state, const uint8_t* blocks, size_t count);

// The version for x86's SHA instructions; nullptr if this CPU or this build
// does not have them.
Sha256Blocks Sha256BlocksX86();

}  // namespace influence

#endif  // INFLUENCE_BASE_SHA256_BLOCKS_H_
