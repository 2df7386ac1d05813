// The structs of the Arrow C data and stream interfaces, copied from their
// specification with its guards: the first header to be included declares them.
// Owned releases a struct that was moved in exactly once on every path.
#ifndef INFLUENCE_COLUMNS_ARROW_H_
#define INFLUENCE_COLUMNS_ARROW_H_

#include <cstddef>
#include <cstdint>

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

extern "C" {

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

}  // extern "C"
#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

extern "C" {

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

}  // extern "C"
#endif  // ARROW_C_STREAM_INTERFACE

namespace influence {

// One of the three structs, owned.
template <typename Struct>
class Owned {
 public:
  Owned() = default;
  // Moves out of *from: its `release` becomes null, as the specification says.
  explicit Owned(Struct* from) : value_(*from) { from->release = nullptr; }
  Owned(Owned&& other) noexcept : Owned(&other.value_) {}
  Owned& operator=(Owned&& other) noexcept {
    if (this != &other) {
      Reset();
      value_ = other.Take();
    }
    return *this;
  }
  ~Owned() { Reset(); }

  Struct* get() { return &value_; }
  const Struct& operator*() const { return value_; }
  const Struct* operator->() const { return &value_; }
  Struct* operator->() { return &value_; }
  bool released() const { return value_.release == nullptr; }

  Struct Take() {
    Struct value = value_;
    value_.release = nullptr;
    return value;
  }
  void Reset() {
    if (value_.release != nullptr) value_.release(&value_);
    value_.release = nullptr;
  }

 private:
  Struct value_{};
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_ARROW_H_
