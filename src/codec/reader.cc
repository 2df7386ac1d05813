// The slow paths of Reader: varints of more than one byte, and fields to skip.
// The one-byte varint, the common case, is inline in the header.
#include "codec/reader.h"

namespace influence {

// Bits past the 64th are dropped, as in protobuf.
const char* Reader::LongVarint(const char* at, const char* end,
                               uint64_t* value) {
  constexpr unsigned kMostBits = 70;  // ten bytes
  uint64_t read = 0;
  // One bound for the loop instead of a check per byte: ten bytes, or as many
  // as are left.
  const auto left = static_cast<size_t>(end - at);
  const unsigned bits =
      left < kMostBits / 7 ? static_cast<unsigned>(left) * 7 : kMostBits;
  for (unsigned shift = 0; shift < bits; shift += 7) {
    const auto byte = static_cast<uint8_t>(*at++);
    read |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) {
      *value = read;
      return at;
    }
  }
  return nullptr;
}

// Compares sizes before moving, so the pointer never passes the end.
void Reader::SkipBytes(size_t size) {
  if (size > static_cast<size_t>(end_ - at_)) {
    Fail();
  } else {
    at_ += size;
  }
}

// Groups are long obsolete, but protobuf still skips unknown ones.
void Reader::SkipValue(uint32_t tag, int depth) {
  switch (static_cast<WireType>(tag & 7)) {
    case WireType::kVarint:
      Varint();
      return;
    case WireType::kFixed64:
      SkipBytes(8);
      return;
    case WireType::kBytes:
      SkipBytes(ReadSize());
      return;
    case WireType::kFixed32:
      SkipBytes(4);
      return;
    case WireType::kStartGroup: {
      const uint32_t end_tag =
          (tag & ~uint32_t{7}) | static_cast<uint32_t>(WireType::kEndGroup);
      while (depth > 0 && at_ != end_) {
        const uint32_t inner = ReadTag();
        if (failed_ || inner == end_tag) return;
        SkipValue(inner, depth - 1);
      }
      Fail();
      return;
    }
    case WireType::kEndGroup:  // without a start
      break;
  }
  Fail();  // also wire types 6 and 7
}

}  // namespace influence
