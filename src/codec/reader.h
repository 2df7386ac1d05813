// Reads one message of the protobuf wire format, field by field.
//
//   Reader in(bytes, kMaxDepth);
//   while (in.Next()) {
//     switch (in.tag()) {
//       case VarintTag(2): value = in.Varint(); break;
//       default: in.Skip();
//     }
//   }
//   if (in.failed()) ...
//
// It accepts exactly the bytes that protobuf's own parser accepts: unknown
// fields and known numbers with another wire type are skipped, groups included;
// lengths and tags have at most five bytes. At any other byte it fails: Next()
// is false from then on, and values read are zero and empty. It copies,
// allocates and throws nothing.
#ifndef INFLUENCE_CODEC_READER_H_
#define INFLUENCE_CODEC_READER_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace influence {

// How deep messages and groups may nest: protobuf's own limit.
inline constexpr int kMaxDepth = 100;

enum class WireType : uint32_t {
  kVarint = 0,
  kFixed64 = 1,
  kBytes = 2,
  kStartGroup = 3,
  kEndGroup = 4,
  kFixed32 = 5,
};

// A tag as encoded: the field number and the wire type.
constexpr uint32_t VarintTag(uint32_t field) { return field << 3; }
constexpr uint32_t BytesTag(uint32_t field) { return field << 3 | 2; }

// Zigzag encoding: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
constexpr uint64_t ZigZag(int64_t value) {
  return static_cast<uint64_t>(value) << 1 ^
         static_cast<uint64_t>(value < 0 ? -1 : 0);
}
constexpr int64_t UnZigZag(uint64_t value) {
  return static_cast<int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

class Reader {
 public:
  // `depth` levels are left for groups inside this message.
  Reader(std::string_view bytes, int depth)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()), depth_(depth) {}

  // Moves to the next field. False at the end of the message, and on failure.
  bool Next() {
    if (at_ == end_) return false;
    tag_ = ReadTag();
    return !failed_;
  }
  bool failed() const { return failed_; }

  uint32_t tag() const { return tag_; }
  uint32_t field() const { return tag_ >> 3; }

  // The value of the current field; each field is read or skipped once.
  uint64_t Varint() {
    if (at_ != end_ && static_cast<uint8_t>(*at_) < 0x80) {
      return static_cast<uint8_t>(*at_++);
    }
    uint64_t value = 0;
    at_ = LongVarint(at_, end_, &value);
    if (at_ == nullptr) Fail();
    return value;
  }
  int64_t Int64() { return static_cast<int64_t>(Varint()); }
  int32_t Int32() { return static_cast<int32_t>(Varint()); }
  std::string_view Bytes() {
    const size_t size = ReadSize();
    const std::string_view bytes(at_, size);
    at_ += size;
    return bytes;
  }
  void Skip() { SkipValue(tag_, depth_); }

  // For the values of a packed field, which has no tags.
  bool at_end() const { return at_ == end_; }

 private:
  // Returns the end of the varint that begins at `at`, or null. Static, so that
  // a reader whose address is never taken stays in registers.
  static const char* LongVarint(const char* at, const char* end,
                                uint64_t* value);
  uint32_t ReadTag();
  size_t ReadSize();
  void SkipBytes(size_t size);
  void SkipValue(uint32_t tag, int depth);
  void Fail() {
    failed_ = true;
    at_ = end_;
  }

  const char* at_;
  const char* end_;
  int depth_;
  uint32_t tag_ = 0;
  bool failed_ = false;
};

inline uint32_t Reader::ReadTag() {
  const char* const start = at_;
  const auto tag = static_cast<uint32_t>(Varint());
  if (at_ - start > 5 || tag >> 3 == 0) Fail();
  return tag;
}

inline size_t Reader::ReadSize() {
  const char* const start = at_;
  const uint64_t size = Varint();
  if (at_ - start > 5 || size > static_cast<uint64_t>(end_ - at_)) {
    Fail();
    return 0;
  }
  return static_cast<size_t>(size);
}

}  // namespace influence

#endif  // INFLUENCE_CODEC_READER_H_
