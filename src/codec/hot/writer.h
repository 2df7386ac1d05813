// Writes the protobuf wire format into memory known to be large enough.
//
// The bytes equal those of protobuf's own serializer if fields are written in
// ascending order: zeros and empty strings are left out, varints and lengths
// are as short as possible. Written by hand because a varint costs a branch per
// byte in the usual libraries, and a result has about a hundred of them.
#ifndef INFLUENCE_CODEC_HOT_WRITER_H_
#define INFLUENCE_CODEC_HOT_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/bits.h"
#include "codec/reader.h"

namespace influence {

// The most bytes a field takes: tag, value, and for bytes a length.
inline constexpr size_t kMaxVarintField = 11;
constexpr size_t MaxBytesField(size_t size) { return size + 6; }

class Writer {
 public:
  // The caller guarantees room for everything written, and 8 bytes more.
  explicit Writer(uint8_t* at) : at_(at) {}
  uint8_t* at() const { return at_; }

  // A varint field; left out when zero.
  void Varint(uint32_t field, uint64_t value) {
    if (value != 0) PresentVarint(field, value);
  }
  void Int64(uint32_t field, int64_t value) {
    Varint(field, static_cast<uint64_t>(value));
  }
  // A varint field with presence: written even when zero.
  // Tags are one byte, so tag and value take one store and no loop while the
  // value has at most seven groups of seven bits: each group is moved into its
  // byte at once, and every byte but the last is marked as not the last.
  void PresentVarint(uint32_t field, uint64_t value) {
    if (value >= uint64_t{1} << 49) {
      PutTag(VarintTag(field));
      Put(value);
      return;
    }
    // (bits - 1) / 7 + 1 for 1 <= bits <= 49, without a division.
    const int size = (9 * (64 - CountLeadingZeros(value | 1)) + 64) / 64;
    constexpr uint64_t kMore = 0x8080808080808080;
    const uint64_t bytes =
        SpreadSevens(value) | (kMore & ((uint64_t{1} << (8 * size - 8)) - 1));
    StoreLittleEndian(bytes << 8 | VarintTag(field));
    at_ += size + 1;
  }
  // A string field; left out when empty.
  void Bytes(uint32_t field, std::string_view bytes) {
    if (bytes.empty()) return;
    PutTag(BytesTag(field));
    Put(bytes.size());
    std::memcpy(at_, bytes.data(), bytes.size());
    at_ += bytes.size();
  }

  // Begins a message field and reserves kLengthBytes for its length: 1 for
  // messages that are nearly always under 128 bytes, 2 for longer ones. Close()
  // moves the body if the guess was wrong.
  template <int kLengthBytes = 1>
  uint8_t* Open(uint32_t field) {
    PutTag(BytesTag(field));
    uint8_t* start = at_;
    at_ += kLengthBytes;
    return start;
  }
  template <int kLengthBytes = 1>
  void Close(uint8_t* start) {
    uint8_t* body = start + kLengthBytes;
    const auto size = static_cast<size_t>(at_ - body);
    const int needed = size < 0x80 ? 1 : size < 0x4000 ? 2 : SizeOf(size);
    if (needed != kLengthBytes) {
      std::memmove(start + needed, body, size);
    }
    at_ = start;
    Put(size);
    at_ = body + size + needed - kLengthBytes;
  }

 private:
  // All field numbers are below 16, so a tag is one byte.
  void PutTag(uint32_t tag) { *at_++ = static_cast<uint8_t>(tag); }

  static int SizeOf(size_t value) {
    int size = 1;
    while ((value >>= 7) != 0) ++size;
    return size;
  }

  // Moves bits 7k .. 7k+6 to bits 8k .. 8k+6, halves first.
  static uint64_t SpreadSevens(uint64_t v) {
    v = ((v & 0x00fffffff0000000) << 4) | (v & 0x000000000fffffff);
    v = ((v & 0x0fffc0000fffc000) << 2) | (v & 0x00003fff00003fff);
    return ((v & 0x3f803f803f803f80) << 1) | (v & 0x007f007f007f007f);
  }

  void StoreLittleEndian(uint64_t bytes) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    std::memcpy(at_, &bytes, sizeof bytes);
#else
    for (int i = 0; i < 8; ++i) {
      at_[i] = static_cast<uint8_t>(bytes >> (8 * i));
    }
#endif
  }

  void Put(uint64_t value) {
    while (value >= 0x80) {
      *at_++ = static_cast<uint8_t>(value | 0x80);
      value >>= 7;
    }
    *at_++ = static_cast<uint8_t>(value);
  }

  uint8_t* at_;
};

}  // namespace influence

#endif  // INFLUENCE_CODEC_HOT_WRITER_H_
