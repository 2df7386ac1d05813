// Reads and writes every message by its table. Only scoring, which runs
// millions of times, has a path of its own (hot/).
//
//   msg::CompareRequest request;
//   if (Error error = Decode(bytes, &request); !error.ok()) return error;
//   ...
//   Encode(response, out);
//
// Decoding follows protobuf: the last of a scalar counts, a message that occurs
// twice is merged, the last member of a oneof counts, unknown fields and known
// numbers of another wire type are skipped. Decoding fails on text that is not
// UTF-8 and on a message that would need far more memory than its bytes. Views
// point into the bytes. Encoding writes the bytes that protobuf's own
// serializers write.
#ifndef INFLUENCE_CODEC_CODEC_H_
#define INFLUENCE_CODEC_CODEC_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "base/byte_buffer.h"
#include "codec/reader.h"
#include "messages/messages.h"
#include "model/error.h"

namespace influence {

// The memory that one decoding may allocate: a fixed part, and so much for each
// byte of input. Results of this library need less than half of it.
inline constexpr size_t kDecodeBytes = size_t{64} << 10;
inline constexpr size_t kDecodeBytesPerByte = 16;

// Fails with MALFORMED, or with INVALID_UTF8 or TOO_LARGE and the path of the
// field. Members that the bytes do not set keep their values.
Error DecodeAs(const msg::Table& table, std::string_view bytes, void* message);

template <typename Message>
Error Decode(std::string_view bytes, Message* message) {
  return DecodeAs(TableOf(*message), bytes, message);
}

// Appends the bytes. Throws std::bad_alloc.
void EncodeAs(const msg::Table& table, const void* message, ByteBuffer* out);

template <typename Message>
void Encode(const Message& message, ByteBuffer* out) {
  EncodeAs(TableOf(message), &message, out);
}

template <typename Message>
std::string EncodedText(const Message& message) {
  ByteBuffer out;
  Encode(message, &out);
  return std::string(out.view());
}

enum class Utf8 : uint8_t { kChecked, kUnchecked };

// The items of one repeated field of a message, one at a time, in constant
// memory:
//
//   Items<msg::Event> events("EventBatch", 1, "events", bytes);
//   while (events.Next()) Use(events.item(), events.index());
//   return events.error();
//
// Skips other fields and stops at a fault. With Utf8::kUnchecked the caller
// checks the text itself.
template <typename Item>
class Items {
 public:
  Items(const char* message, uint32_t field, const char* name,
        std::string_view bytes, Utf8 utf8 = Utf8::kChecked)
      : in_(bytes, kMaxDepth),
        message_(message),
        field_(field),
        name_(name),
        utf8_(utf8) {}

  bool Next();
  const Item& item() const { return item_; }
  size_t index() const { return count_ - 1; }  // of the item
  const Error& error() const { return error_; }

 private:
  Reader in_;
  const char* message_;
  uint32_t field_;
  const char* name_;
  Utf8 utf8_;
  size_t count_ = 0;
  Item item_;
  FirstFault fault_;  // of the item
  Error error_;
};

// Owns text that a message under construction has views of.
class TextPool {
 public:
  std::string_view Keep(std::string text) {
    return kept_.emplace_back(std::move(text));
  }

 private:
  std::deque<std::string> kept_;
};

// "the bytes are not a valid Profile", MALFORMED.
Error NotValid(const char* message);

// Decodes the item of a repeated field, one level below kMaxDepth.
void DecodeItem(const msg::Table& table, std::string_view bytes, Utf8 utf8,
                void* item, FirstFault* fault);

template <typename Item>
bool Items<Item>::Next() {
  while (in_.Next()) {
    if (in_.tag() != BytesTag(field_)) {
      in_.Skip();
      continue;
    }
    const std::string_view bytes = in_.Bytes();
    if (in_.failed()) break;
    item_.~Item();  // rebuilt in place: assigning costs as much as reading
    ::new (static_cast<void*>(&item_)) Item;
    ++count_;
    DecodeItem(TableOf(item_), bytes, utf8_, &item_, &fault_);
    if (fault_.ok()) return true;
    error_ =
        fault_.Take()
            .Within(std::string(name_) + "[" + std::to_string(index()) + "]")
            .AtRow(index());
    return false;
  }
  if (in_.failed()) error_ = NotValid(message_);
  return false;
}

}  // namespace influence

#endif  // INFLUENCE_CODEC_CODEC_H_
