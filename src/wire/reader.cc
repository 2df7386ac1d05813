#include "wire/reader.h"

namespace influence {

using protozero::pbf_wire_type;

void Reader::SkipBytes(size_t size) {
  if (size > static_cast<size_t>(end_ - at_)) {
    throw protozero::end_of_buffer_exception{};
  }
  at_ += size;
}

// Groups are long obsolete, but protobuf still skips unknown ones.
void Reader::SkipValue(uint32_t tag, int depth) {
  constexpr uint32_t kStartGroup = 3;
  constexpr uint32_t kEndGroup = 4;
  switch (tag & 7) {
    case static_cast<uint32_t>(pbf_wire_type::varint):
      Varint();
      return;
    case static_cast<uint32_t>(pbf_wire_type::fixed64):
      SkipBytes(8);
      return;
    case static_cast<uint32_t>(pbf_wire_type::length_delimited):
      SkipBytes(ReadSize());
      return;
    case static_cast<uint32_t>(pbf_wire_type::fixed32):
      SkipBytes(4);
      return;
    case kStartGroup: {
      if (depth <= 0) throw protozero::unknown_pbf_wire_type_exception{};
      const uint32_t end_tag = (tag & ~uint32_t{7}) | kEndGroup;
      for (;;) {
        const uint32_t inner = ReadTag();
        if (inner == end_tag) return;
        SkipValue(inner, depth - 1);
      }
    }
    default:  // an end without a start, or wire types 6 and 7
      throw protozero::unknown_pbf_wire_type_exception{};
  }
}

}  // namespace influence
