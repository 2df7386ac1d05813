// Reads one message of the protobuf wire format, field by field.
//
//   Reader in(bytes, kMaxDepth);
//   while (in.Next()) {
//     switch (in.tag()) {
//       case VarintTag(2): value = in.Varint(); break;
//       default: in.Skip();
//     }
//   }
//
// It accepts exactly what protobuf's own parser accepts: unknown fields and
// known numbers with another wire type are skipped, groups included; lengths
// and tags have at most five bytes. Anything else throws a
// protozero::exception. Nothing is copied or allocated.
#ifndef INFLUENCE_WIRE_READER_H_
#define INFLUENCE_WIRE_READER_H_

#include <cstddef>
#include <cstdint>
#include <protozero/exception.hpp>
#include <protozero/types.hpp>
#include <protozero/varint.hpp>
#include <string_view>

namespace influence {

// How deep messages and groups may nest: protobuf's own limit.
inline constexpr int kMaxDepth = 100;

// A tag is a field number and a wire type, as it stands in the bytes.
constexpr uint32_t VarintTag(uint32_t field) {
  return field << 3 | static_cast<uint32_t>(protozero::pbf_wire_type::varint);
}
constexpr uint32_t BytesTag(uint32_t field) {
  return field << 3 |
         static_cast<uint32_t>(protozero::pbf_wire_type::length_delimited);
}

class Reader {
 public:
  // `depth` is what is left of kMaxDepth for groups inside this message.
  Reader(std::string_view bytes, int depth)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()), depth_(depth) {}

  // Moves to the next field. False at the end of the message.
  bool Next() {
    if (at_ == end_) return false;
    tag_ = ReadTag();
    return true;
  }

  uint32_t tag() const { return tag_; }

  // The value of the current field; each field is read or skipped once.
  uint64_t Varint() { return protozero::decode_varint(&at_, end_); }
  int64_t Int64() { return static_cast<int64_t>(Varint()); }
  int32_t Int32() { return static_cast<int32_t>(Varint()); }
  std::string_view Bytes() {
    const size_t size = ReadSize();
    const std::string_view bytes(at_, size);
    at_ += size;
    return bytes;
  }
  void Skip() { SkipValue(tag_, depth_); }

 private:
  uint32_t ReadTag();
  size_t ReadSize();
  void SkipBytes(size_t size);
  void SkipValue(uint32_t tag, int depth);

  const char* at_;
  const char* end_;
  int depth_;
  uint32_t tag_ = 0;
};

inline uint32_t Reader::ReadTag() {
  const char* start = at_;
  const auto tag = static_cast<uint32_t>(Varint());
  if (at_ - start > 5 || tag >> 3 == 0)
    throw protozero::invalid_tag_exception{};
  return tag;
}

inline size_t Reader::ReadSize() {
  const char* start = at_;
  const uint64_t size = Varint();
  if (at_ - start > 5 || size > static_cast<uint64_t>(end_ - at_)) {
    throw protozero::end_of_buffer_exception{};
  }
  return static_cast<size_t>(size);
}

}  // namespace influence

#endif  // INFLUENCE_WIRE_READER_H_
