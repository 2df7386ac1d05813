// The tables by which the codec reads and writes a message: its fields,
// ascending by number.
//
// A struct of messages.h has a plain member for a field without presence, a
// std::optional for a field with presence, and a std::vector for a repeated
// one. A Field locates the member and names its kind; Ops access the last two
// kinds.
#ifndef INFLUENCE_MESSAGES_FIELD_TABLE_H_
#define INFLUENCE_MESSAGES_FIELD_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace influence::msg {

enum class Kind : uint8_t {
  kInt32,
  kInt64,
  kUint32,
  kUint64,
  kSint32,
  kSint64,
  kBool,
  kEnum,
  kString,
  kMessage,
};

enum class Label : uint8_t { kPlain, kOptional, kRepeated };

// The operations on an optional or repeated member.
struct Ops {
  size_t value_size;  // bytes of one value
  size_t (*count)(const void* member);
  const void* (*get)(const void* member, size_t i);
  // Returns the value of an optional, created if absent, or appends a value to
  // a repeated member.
  void* (*add)(void* member);
  void (*clear)(void* member);
};

struct Table;

struct Field {
  uint32_t number;
  Kind kind;
  Label label;
  uint8_t oneof;  // fields of one number exclude each other; 0 is none
  const char* name;
  size_t offset;
  const Table* table;  // of a message
  const Ops* ops;      // unless plain
};

struct Table {
  const char* name;
  size_t size;  // bytes of the struct
  const Field* fields;
  size_t count;
};

template <typename T>
struct OptionalOps {
  using Member = std::optional<T>;
  static size_t Count(const void* member) {
    return static_cast<const Member*>(member)->has_value() ? 1 : 0;
  }
  static const void* Get(const void* member, size_t) {
    return &**static_cast<const Member*>(member);
  }
  static void* Add(void* member) {
    auto* optional = static_cast<Member*>(member);
    if (!optional->has_value()) optional->emplace();
    return &**optional;
  }
  static void Clear(void* member) { static_cast<Member*>(member)->reset(); }
};

template <typename T>
struct RepeatedOps {
  using Member = std::vector<T>;
  static size_t Count(const void* member) {
    return static_cast<const Member*>(member)->size();
  }
  static const void* Get(const void* member, size_t i) {
    return &(*static_cast<const Member*>(member))[i];
  }
  static void* Add(void* member) {
    return &static_cast<Member*>(member)->emplace_back();
  }
  static void Clear(void* member) { static_cast<Member*>(member)->clear(); }
};

template <typename T>
inline constexpr Ops kOptionalOps = {sizeof(T), OptionalOps<T>::Count,
                                     OptionalOps<T>::Get, OptionalOps<T>::Add,
                                     OptionalOps<T>::Clear};

template <typename T>
inline constexpr Ops kRepeatedOps = {sizeof(T), RepeatedOps<T>::Count,
                                     RepeatedOps<T>::Get, RepeatedOps<T>::Add,
                                     RepeatedOps<T>::Clear};

}  // namespace influence::msg

#endif  // INFLUENCE_MESSAGES_FIELD_TABLE_H_
