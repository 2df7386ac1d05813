// SHA-256 as FIPS 180-4 describes it. The padding and the message are handled
// here; whole blocks go to the SHA instructions of the processor
// (sha256_x86.cc) or to the portable loop, which give the same digest.
#include "base/sha256.h"

#include <atomic>
#include <cstring>

#include "base/sha256_blocks.h"

namespace influence {

// clang-format off
alignas(16) const uint32_t kSha256Rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
    0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
    0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
// clang-format on

namespace {

constexpr uint32_t RotateRight(uint32_t x, int n) {
  return (x >> n) | (x << (32 - n));
}

uint32_t LoadBigEndian(const uint8_t* p) {
  return (uint32_t{p[0]} << 24) | (uint32_t{p[1]} << 16) |
         (uint32_t{p[2]} << 8) | uint32_t{p[3]};
}

void StoreBigEndian(uint32_t value, uint8_t* p) {
  for (int i = 0; i < 4; ++i)
    p[i] = static_cast<uint8_t>(value >> (24 - 8 * i));
}

// One block, FIPS 180-4 section 6.2.2 step by step.
void Compress(uint32_t* state, const uint8_t* block) {
  uint32_t w[64];
  for (int t = 0; t < 16; ++t) w[t] = LoadBigEndian(block + 4 * t);
  for (int t = 16; t < 64; ++t) {
    const uint32_t s0 = RotateRight(w[t - 15], 7) ^ RotateRight(w[t - 15], 18) ^
                        (w[t - 15] >> 3);
    const uint32_t s1 = RotateRight(w[t - 2], 17) ^ RotateRight(w[t - 2], 19) ^
                        (w[t - 2] >> 10);
    w[t] = s1 + w[t - 7] + s0 + w[t - 16];
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  for (int t = 0; t < 64; ++t) {
    const uint32_t sum1 =
        RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25);
    const uint32_t choice = (e & f) ^ (~e & g);
    const uint32_t t1 = h + sum1 + choice + kSha256Rounds[t] + w[t];
    const uint32_t sum0 =
        RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22);
    const uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    const uint32_t t2 = sum0 + majority;
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

void CompressBlocks(uint32_t* state, const uint8_t* blocks, size_t count) {
  // Chosen at the first use, because cpuid is slow on virtual machines. Every
  // thread that gets here first chooses the same, so there is nothing to lock.
  static std::atomic<Sha256Blocks> chosen{nullptr};
  Sha256Blocks best = chosen.load(std::memory_order_relaxed);
  if (best == nullptr) {
    best = Sha256BlocksX86();
    if (best == nullptr) best = &Sha256BlocksPortable;
    chosen.store(best, std::memory_order_relaxed);
  }
  best(state, blocks, count);
}

}  // namespace

void Sha256BlocksPortable(uint32_t* state, const uint8_t* blocks,
                          size_t count) {
  for (; count > 0; --count, blocks += 64) Compress(state, blocks);
}

void Sha256::Update(const void* data, size_t size) {
  if (size == 0) return;
  const uint8_t* bytes = static_cast<const uint8_t*>(data);
  const size_t held = static_cast<size_t>(size_bytes_ % kBlockBytes);
  size_bytes_ += size;
  if (held != 0) {
    const size_t room = kBlockBytes - held;
    const size_t taken = size < room ? size : room;
    std::memcpy(pending_.data() + held, bytes, taken);
    if (taken < room) return;
    CompressBlocks(state_.data(), pending_.data(), 1);
    bytes += taken;
    size -= taken;
  }
  if (size >= kBlockBytes) {
    CompressBlocks(state_.data(), bytes, size / kBlockBytes);
    bytes += size - size % kBlockBytes;
    size %= kBlockBytes;
  }
  if (size != 0) std::memcpy(pending_.data(), bytes, size);
}

std::array<uint8_t, 32> Sha256::Finish() {
  const uint64_t size_bits = size_bytes_ * 8;
  const size_t held = static_cast<size_t>(size_bytes_ % kBlockBytes);
  // A one bit, zeros, and the size in the last eight bytes of a block.
  std::array<uint8_t, kBlockBytes + 8> padding = {0x80};
  const size_t zeros_end = (held < 56 ? 56 : 120) - held;
  StoreBigEndian(static_cast<uint32_t>(size_bits >> 32), &padding[zeros_end]);
  StoreBigEndian(static_cast<uint32_t>(size_bits), &padding[zeros_end + 4]);
  Update(padding.data(), zeros_end + 8);

  std::array<uint8_t, 32> digest{};
  for (size_t i = 0; i < 8; ++i) StoreBigEndian(state_[i], &digest[4 * i]);
  return digest;
}

std::string Sha256Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  Sha256 sha256;
  sha256.Update(bytes.data(), bytes.size());
  std::string hex;
  for (const uint8_t byte : sha256.Finish()) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace influence
