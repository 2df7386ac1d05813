// Decodes any message by its table, in one walk over the bytes. codec.h states
// the rules; faults are collected, and the first in FirstFault's order is
// reported with the path of its field.
#include <cstring>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "codec/codec.h"

namespace influence {
namespace {

using msg::Field;
using msg::Kind;
using msg::Label;
using msg::Table;

// The position of the walk in the message, innermost level first. It lives on
// the stack and is turned into a path only when a fault needs one.
struct Place {
  const Place* outer;
  const Field* field;
  size_t index;  // of a repeated field
};

std::string PathOf(const Place* place) {
  std::string path;
  for (; place != nullptr && place->field != nullptr; place = place->outer) {
    std::string step = place->field->name;
    if (place->field->label == Label::kRepeated) {
      step += "[" + std::to_string(place->index) + "]";
    }
    path = path.empty() ? step : step + "." + path;
  }
  return path;
}

class Decoder {
 public:
  Decoder(size_t size, Utf8 utf8, FirstFault* fault)
      : utf8_(utf8),
        memory_left_(kDecodeBytes + kDecodeBytesPerByte * size),
        fault_(*fault) {}

  void Decode(const Table& table, std::string_view bytes, int depth,
              void* message) {
    Message(table, bytes, depth, nullptr, message);
    if (malformed_) fault_.Add(NotValid(table.name));
  }

 private:
  // Returns false if the bytes are no message; other faults are collected.
  bool Message(const Table& table, std::string_view bytes, int depth,
               const Place* place, void* message) {
    Reader in(bytes, depth);
    const Field* guess = table.fields;  // fields come in order, mostly
    while (in.Next()) {
      const Field* const field = Find(table, in.field(), &guess);
      if (field != nullptr && field->label == Label::kPlain &&
          Plain(*field, place, message, &in)) {
        continue;
      }
      Reader rest = in;  // `in` itself is in registers
      if (field == nullptr ||
          !Member(table, *field, depth, place, message, &rest)) {
        rest.Skip();
      }
      in = rest;
      if (malformed_ || is_full_) return false;
    }
    malformed_ |= in.failed();
    return !malformed_;
  }

  // Serializers write fields in ascending order, so the search resumes at the
  // last field found and is usually one comparison.
  static const Field* Find(const Table& table, uint32_t number,
                           const Field** guess) {
    const Field* const end = table.fields + table.count;
    const Field* field = *guess;
    if (field == end || field->number > number) field = table.fields;
    while (field != end && field->number < number) ++field;
    if (field == end || field->number != number) return nullptr;
    *guess = field;
    return field;
  }

  // Reads a number or a text without presence, the most common kind of field.
  // False if the field has another wire type.
  bool Plain(const Field& field, const Place* outer, void* message,
             Reader* in) {
    void* const member = static_cast<char*>(message) + field.offset;
    if (field.kind == Kind::kString) {
      if (in->tag() != BytesTag(field.number)) return false;
      const std::string_view bytes = in->Bytes();
      if (utf8_ == Utf8::kChecked && !IsUtf8(bytes)) AddNotUtf8(field, outer);
      *static_cast<std::string_view*>(member) = bytes;
      return true;
    }
    if (in->tag() != VarintTag(field.number)) return false;
    Store(field.kind, in->Varint(), member);
    return true;
  }

  // False if the field has another wire type than its kind.
  bool Member(const Table& table, const Field& field, int depth,
              const Place* outer, void* message, Reader* in) {
    void* const member = static_cast<char*>(message) + field.offset;
    const bool is_bytes =
        field.kind == Kind::kString || field.kind == Kind::kMessage;
    const bool has_bytes = in->tag() == BytesTag(field.number);
    if (!has_bytes && (is_bytes || in->tag() != VarintTag(field.number))) {
      return false;
    }
    if (has_bytes && !is_bytes && field.label != Label::kRepeated) return false;
    if (field.oneof != 0) ClearOthers(table, field, message);
    const Place place{
        outer, &field,
        field.label == Label::kRepeated ? field.ops->count(member) : 0};
    if (!has_bytes) {
      Number(field, in->Varint(), &place, member);
      return true;
    }
    const std::string_view bytes = in->Bytes();
    if (in->failed()) return true;
    if (field.kind == Kind::kString) {
      Text(field, bytes, &place, member);
    } else if (field.kind == Kind::kMessage) {
      if (depth <= 1) {
        malformed_ = true;
      } else if (void* value = Value(field, &place, member); value != nullptr) {
        Message(*field.table, bytes, depth - 1, &place, value);
      }
    } else {
      Packed(field, bytes, outer, member);
    }
    return true;
  }

  // Repeated numbers may come packed or one by one; both are accepted.
  void Packed(const Field& field, std::string_view bytes, const Place* outer,
              void* member) {
    Reader in(bytes, 0);
    while (!in.at_end() && !is_full_) {
      const uint64_t number = in.Varint();
      if (in.failed()) break;
      const Place place{outer, &field, field.ops->count(member)};
      Number(field, number, &place, member);
    }
    malformed_ |= in.failed();
  }

  void Text(const Field& field, std::string_view bytes, const Place* place,
            void* member) {
    if (utf8_ == Utf8::kChecked && !IsUtf8(bytes)) {
      fault_.Add(NotUtf8(PathOf(place)));
    }
    if (void* value = Value(field, place, member); value != nullptr) {
      *static_cast<std::string_view*>(value) = bytes;
    }
  }

  void Number(const Field& field, uint64_t number, const Place* place,
              void* member) {
    void* const value = Value(field, place, member);
    if (value != nullptr) Store(field.kind, number, value);
  }

  void AddNotUtf8(const Field& field, const Place* outer) {
    const Place place{outer, &field, 0};
    fault_.Add(NotUtf8(PathOf(&place)));
  }

  static void Store(Kind kind, uint64_t number, void* value) {
    switch (kind) {
      case Kind::kEnum: {  // an object of another type, with these bytes
        const auto as_enum = static_cast<int32_t>(number);
        std::memcpy(value, &as_enum, sizeof as_enum);
        return;
      }
      case Kind::kInt32:
        *static_cast<int32_t*>(value) = static_cast<int32_t>(number);
        return;
      case Kind::kUint32:
        *static_cast<uint32_t*>(value) = static_cast<uint32_t>(number);
        return;
      case Kind::kInt64:
        *static_cast<int64_t*>(value) = static_cast<int64_t>(number);
        return;
      case Kind::kUint64:
        *static_cast<uint64_t*>(value) = number;
        return;
      case Kind::kSint32:
        *static_cast<int32_t*>(value) =
            static_cast<int32_t>(UnZigZag(static_cast<uint32_t>(number)));
        return;
      case Kind::kSint64:
        *static_cast<int64_t*>(value) = UnZigZag(number);
        return;
      case Kind::kBool:
        *static_cast<bool*>(value) = number != 0;
        return;
      case Kind::kString:
      case Kind::kMessage:
        return;
    }
  }

  // Returns the place for a value, or null and a fault if the message would
  // exceed its memory. A few bytes can encode a large empty message, so memory
  // is accounted per item, not per byte.
  void* Value(const Field& field, const Place* place, void* member) {
    if (field.label == Label::kPlain) return member;
    if (field.label == Label::kRepeated) {
      if (field.ops->value_size > memory_left_) {
        is_full_ = true;
        fault_.Add({Code::kTooLarge, PathOf(place),
                    "the message would need much more memory than it has "
                    "bytes"});
        return nullptr;
      }
      memory_left_ -= field.ops->value_size;
    }
    return field.ops->add(member);
  }

  // The last member of a oneof counts.
  static void ClearOthers(const Table& table, const Field& field,
                          void* message) {
    for (size_t i = 0; i < table.count; ++i) {
      const Field& other = table.fields[i];
      if (other.oneof == field.oneof && &other != &field) {
        other.ops->clear(static_cast<char*>(message) + other.offset);
      }
    }
  }

  Utf8 utf8_;
  size_t memory_left_;
  bool malformed_ = false;
  bool is_full_ = false;
  FirstFault& fault_;
};

}  // namespace

Error NotValid(const char* message) {
  return {Code::kMalformed, "",
          std::string("the bytes are not a valid ") + message};
}

Error DecodeAs(const Table& table, std::string_view bytes, void* message) {
  FirstFault fault;
  Decoder(bytes.size(), Utf8::kChecked, &fault)
      .Decode(table, bytes, kMaxDepth, message);
  return fault.Take();
}

void DecodeItem(const Table& table, std::string_view bytes, Utf8 utf8,
                void* item, FirstFault* fault) {
  Decoder(bytes.size(), utf8, fault).Decode(table, bytes, kMaxDepth - 1, item);
}

}  // namespace influence
