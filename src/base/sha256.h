// SHA-256 (FIPS 180-4), for digests that sha256sum can recompute.
#ifndef INFLUENCE_BASE_SHA256_H_
#define INFLUENCE_BASE_SHA256_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace influence {

// The digest of all bytes passed to Update(), in order; how the caller splits
// them does not matter. One object digests one message on one thread.
class Sha256 {
 public:
  // Accepts any data pointer, NULL included, if size is 0.
  void Update(const void* data, size_t size);

  // Ends the message. Neither method may be called afterwards.
  std::array<uint8_t, 32> Finish();

 private:
  static constexpr size_t kBlockBytes = 64;

  std::array<uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                    0xa54ff53a, 0x510e527f, 0x9b05688c,
                                    0x1f83d9ab, 0x5be0cd19};
  std::array<uint8_t, kBlockBytes> pending_{};
  uint64_t size_bytes_ = 0;  // of the message so far; pending_ holds the rest
};

// The digest of bytes as 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace influence

#endif  // INFLUENCE_BASE_SHA256_H_
