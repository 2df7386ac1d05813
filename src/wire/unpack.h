// Bytes that this library wrote itself, read as carefully as anybody's.
#ifndef INFLUENCE_WIRE_UNPACK_H_
#define INFLUENCE_WIRE_UNPACK_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "wire/faults.h"
#include "wire/reader.h"

namespace influence {

// The fields of a message.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : in_(bytes, kMaxDepth) {}

  bool Next() { return in_.Next(); }
  bool IsVarint(uint32_t field) const { return in_.tag() == VarintTag(field); }
  bool IsBytes(uint32_t field) const { return in_.tag() == BytesTag(field); }
  uint64_t Varint() { return in_.Varint(); }
  std::string_view Bytes() { return in_.Bytes(); }
  void Skip() { in_.Skip(); }
  // At most `most` numbers; what has more than that has one more than that.
  std::vector<uint64_t> Packed(size_t most) {
    const std::string_view bytes = in_.Bytes();
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    std::vector<uint64_t> values;
    while (at != end && values.size() <= most) {
      values.push_back(protozero::decode_varint(&at, end));
    }
    return values;
  }

 private:
  Reader in_;
};

// Runs `read`, which uses Fields; MALFORMED if they are no fields.
template <typename Read>
Error ReadFields(Read read) {
  return Guarded("message", [&]() -> Error {
    read();
    return {};
  });
}

}  // namespace influence

#endif  // INFLUENCE_WIRE_UNPACK_H_
