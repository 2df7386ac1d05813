// Encodes any message by its table, in two passes: Measure() computes the size
// of every nested message, in writing order, and Write() consumes these sizes
// in the same order. The output is canonical, as proto/README.md describes it.
#include <cstring>
#include <vector>

#include "codec/codec.h"

namespace influence {
namespace {

using msg::Field;
using msg::Kind;
using msg::Label;
using msg::Table;

size_t VarintSize(uint64_t value) {
  size_t size = 1;
  for (; value >= 0x80; value >>= 7) ++size;
  return size;
}

// A number as protobuf writes it: a negative one sign-extended to 64 bits.
uint64_t NumberOf(Kind kind, const void* value) {
  switch (kind) {
    case Kind::kEnum: {  // an object of another type, with these bytes
      int32_t number = 0;
      std::memcpy(&number, value, sizeof number);
      return static_cast<uint64_t>(int64_t{number});
    }
    case Kind::kInt32:
      return static_cast<uint64_t>(
          int64_t{*static_cast<const int32_t*>(value)});
    case Kind::kUint32:
      return *static_cast<const uint32_t*>(value);
    case Kind::kInt64:
      return static_cast<uint64_t>(*static_cast<const int64_t*>(value));
    case Kind::kUint64:
      return *static_cast<const uint64_t*>(value);
    case Kind::kSint32:
      return static_cast<uint32_t>(ZigZag(*static_cast<const int32_t*>(value)));
    case Kind::kSint64:
      return ZigZag(*static_cast<const int64_t*>(value));
    case Kind::kBool:
      return *static_cast<const bool*>(value) ? 1 : 0;
    case Kind::kString:
    case Kind::kMessage:
      break;
  }
  return 0;
}

bool IsNumber(const Field& field) {
  return field.kind != Kind::kString && field.kind != Kind::kMessage;
}

std::string_view TextOf(const void* value) {
  return *static_cast<const std::string_view*>(value);
}

const void* MemberOf(const Field& field, const void* message) {
  return static_cast<const char*>(message) + field.offset;
}

// The number of values to write. A plain field counts 0 if it is zero or empty.
size_t CountOf(const Field& field, const void* member) {
  if (field.label != Label::kPlain) return field.ops->count(member);
  return IsNumber(field) ? NumberOf(field.kind, member) != 0
                         : !TextOf(member).empty();
}

const void* ValueOf(const Field& field, const void* member, size_t i) {
  return field.label == Label::kPlain ? member : field.ops->get(member, i);
}

class Encoder {
 public:
  // Returns the size of a message, and appends the sizes of the messages inside
  // it to sizes_, outer before inner.
  size_t Measure(const Table& table, const void* message) {
    size_t size = 0;
    for (size_t f = 0; f < table.count; ++f) {
      const Field& field = table.fields[f];
      const void* const member = MemberOf(field, message);
      const size_t count = CountOf(field, member);
      if (count == 0) continue;
      const size_t tag = VarintSize(BytesTag(field.number));
      if (field.label == Label::kRepeated && IsNumber(field)) {
        const size_t packed = PackedSize(field, member, count);
        size += tag + VarintSize(packed) + packed;
        continue;
      }
      for (size_t i = 0; i < count; ++i) {
        size += tag + ValueSize(field, ValueOf(field, member, i));
      }
    }
    return size;
  }

  void Write(const Table& table, const void* message) {
    for (size_t f = 0; f < table.count; ++f) {
      const Field& field = table.fields[f];
      const void* const member = MemberOf(field, message);
      const size_t count = CountOf(field, member);
      if (count == 0) continue;
      if (field.label == Label::kRepeated && IsNumber(field)) {
        Put(BytesTag(field.number));
        Put(PackedSize(field, member, count));
        for (size_t i = 0; i < count; ++i) {
          Put(NumberOf(field.kind, field.ops->get(member, i)));
        }
        continue;
      }
      for (size_t i = 0; i < count; ++i) {
        WriteValue(field, ValueOf(field, member, i));
      }
    }
  }

  void set_end(uint8_t* at) { at_ = at; }
  const uint8_t* end() const { return at_; }

 private:
  static size_t PackedSize(const Field& field, const void* member,
                           size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count; ++i) {
      size += VarintSize(NumberOf(field.kind, field.ops->get(member, i)));
    }
    return size;
  }

  // Reserves the place of a nested message before measuring it, which puts
  // outer sizes before inner ones.
  size_t ValueSize(const Field& field, const void* value) {
    if (IsNumber(field)) return VarintSize(NumberOf(field.kind, value));
    size_t size = 0;
    if (field.kind == Kind::kString) {
      size = TextOf(value).size();
    } else {
      const size_t place = sizes_.size();
      sizes_.push_back(0);
      size = Measure(*field.table, value);
      sizes_[place] = size;
    }
    return VarintSize(size) + size;
  }

  // Consumes sizes_ in the order in which Measure() filled it.
  void WriteValue(const Field& field, const void* value) {
    if (IsNumber(field)) {
      Put(VarintTag(field.number));
      Put(NumberOf(field.kind, value));
      return;
    }
    Put(BytesTag(field.number));
    if (field.kind == Kind::kString) {
      const std::string_view text = TextOf(value);
      Put(text.size());
      if (!text.empty()) std::memcpy(at_, text.data(), text.size());
      at_ += text.size();
      return;
    }
    Put(sizes_[next_size_++]);
    Write(*field.table, value);
  }

  void Put(uint64_t value) {
    for (; value >= 0x80; value >>= 7) {
      *at_++ = static_cast<uint8_t>(value | 0x80);
    }
    *at_++ = static_cast<uint8_t>(value);
  }

  std::vector<size_t> sizes_;  // of the messages inside, as they are written
  size_t next_size_ = 0;
  uint8_t* at_ = nullptr;
};

}  // namespace

// One allocation of the exact size. An empty message appends nothing.
void EncodeAs(const Table& table, const void* message, ByteBuffer* out) {
  Encoder encoder;
  const size_t size = encoder.Measure(table, message);
  if (size == 0) return;
  encoder.set_end(out->Room(size));
  encoder.Write(table, message);
  out->SetEnd(encoder.end());
}

}  // namespace influence
