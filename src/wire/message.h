// A message in the making, of no size known beforehand: for answers that are
// asked for one at a time. Results, of which there are millions, are written by
// Writer alone.
#ifndef INFLUENCE_WIRE_MESSAGE_H_
#define INFLUENCE_WIRE_MESSAGE_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "wire/byte_buffer.h"
#include "wire/reader.h"

namespace influence {

class Message {
 public:
  // Fields are written in ascending order, as Writer has them, of any number:
  // zeros and empty text are left out.
  void Int(uint32_t field, int64_t value) {
    Uint(field, static_cast<uint64_t>(value));
  }
  void Uint(uint32_t field, uint64_t value) {
    if (value != 0) Varint(field, value);
  }
  void PresentInt(uint32_t field, int64_t value) {
    Varint(field, static_cast<uint64_t>(value));
  }
  template <typename Enum>
  void Number(uint32_t field, Enum value) {
    Uint(field, static_cast<uint64_t>(value));
  }
  void Text(uint32_t field, std::string_view text) {
    if (!text.empty()) Field(field, text);
  }
  // Written even if empty: that it is there means something.
  void Bytes(uint32_t field, std::string_view bytes) { Field(field, bytes); }
  void Sub(uint32_t field, const Message& message) {
    Field(field, message.bytes_);
  }
  // Left out if there are none.
  void Packed(uint32_t field, const std::vector<uint64_t>& values) {
    std::string packed;
    for (const uint64_t value : values) Append(value, &packed);
    Text(field, packed);
  }
  // The fields of another message, already written.
  void Raw(std::string_view bytes) { bytes_ += bytes; }

  const std::string& bytes() const { return bytes_; }
  void AppendTo(ByteBuffer* out) const {
    if (bytes_.empty()) return;
    uint8_t* room = out->Room(bytes_.size());
    std::memcpy(room, bytes_.data(), bytes_.size());
    out->SetEnd(room + bytes_.size());
  }

 private:
  void Varint(uint32_t field, uint64_t value) {
    Append(VarintTag(field), &bytes_);
    Append(value, &bytes_);
  }
  void Field(uint32_t field, std::string_view bytes) {
    Append(BytesTag(field), &bytes_);
    Append(bytes.size(), &bytes_);
    bytes_ += bytes;
  }
  static void Append(uint64_t value, std::string* to) {
    for (; value >= 0x80; value >>= 7) {
      *to += static_cast<char>(value | 0x80);
    }
    *to += static_cast<char>(value);
  }

  std::string bytes_;
};

}  // namespace influence

#endif  // INFLUENCE_WIRE_MESSAGE_H_
