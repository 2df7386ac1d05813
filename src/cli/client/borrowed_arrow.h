// Arrow's structs over memory that this command keeps.
#ifndef INFLUENCE_CLI_CLIENT_BORROWED_ARROW_H_
#define INFLUENCE_CLI_CLIENT_BORROWED_ARROW_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "influence/influence.h"

namespace influence::cli {

// An array or a schema over memory of someone else, with a handful of children.
// It owns nothing, so releasing it only says so.
template <typename Struct>
void ReleaseNothing(Struct* of) {
  for (int64_t i = 0; i < of->n_children; ++i) {
    Struct* child = of->children[i];
    if (child->release != nullptr) child->release(child);
  }
  of->release = nullptr;
}

template <typename Struct>
class Borrowed {
 public:
  static constexpr size_t kMostChildren = 12;

  Borrowed() { value.release = ReleaseNothing<Struct>; }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;

  // Requires fewer children than the most.
  void AddChild(Struct* child) {
    children_[static_cast<size_t>(value.n_children++)] = child;
    value.children = children_.data();
  }
  Struct value = {};

 private:
  std::array<Struct*, kMostChildren> children_ = {};
};

using BorrowedSchema = Borrowed<ArrowSchema>;

inline void Describe(const char* format, const char* name,
                     BorrowedSchema* schema) {
  schema->value.format = format;
  schema->value.name = name;
  schema->value.flags = ARROW_FLAG_NULLABLE;
}

class BorrowedArray : public Borrowed<ArrowArray> {
 public:
  // Two buffers, or of text a third; NULL for `known` is that all are.
  void Fill(size_t length, const void* known, const void* values,
            int64_t buffers, const void* bytes = nullptr) {
    buffers_ = {known, values, bytes};
    value.length = static_cast<int64_t>(length);
    value.null_count = known == nullptr ? 0 : -1;  // not counted
    value.n_buffers = buffers;
    value.buffers = buffers_.data();
  }

 private:
  std::array<const void*, 3> buffers_ = {};
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_BORROWED_ARROW_H_
