// The bounds checks behind check.h. The C data interface carries no buffer
// sizes except for views, so the checks cannot prove that memory is readable;
// they make sure that no arithmetic on the caller's numbers overflows and that
// no pointer is followed that the struct itself shows to be missing.
#include "columns/schema_checks.h"

namespace influence {
namespace {

// Known names and formats are shorter; only a time zone may be long.
constexpr size_t kMaxKnown = 512;

}  // namespace

Error Refused(const std::string& field, const std::string& why) {
  return {Code::kInvalidArgument, field, why};
}

std::string ShownName(const char* text) {
  if (text == nullptr) return "(null)";
  size_t size = 0;
  while (size < kMaxShown && text[size] != '\0') ++size;
  return Shown({text, size});
}

std::optional<std::string_view> Bounded(const char* text) {
  if (text == nullptr) return std::string_view();
  size_t size = 0;
  while (size <= kMaxKnown && text[size] != '\0') ++size;
  if (size > kMaxKnown) return std::nullopt;
  return std::string_view(text, size);
}

Error CheckChildren(const ArrowSchema& schema, const std::string& field) {
  if (schema.n_children < 0 || schema.n_children > kMaxColumns ||
      (schema.n_children > 0 && schema.children == nullptr)) {
    return Refused(field, "has " + std::to_string(schema.n_children) +
                              " children; the limit is " +
                              std::to_string(kMaxColumns));
  }
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema* const child = schema.children[i];
    if (child == nullptr || child->release == nullptr ||
        child->format == nullptr) {
      return Refused(field, "child " + std::to_string(i) + " is missing");
    }
  }
  return {};
}

Error CheckStruct(const ArrowSchema& schema, const std::string& field) {
  if (schema.release == nullptr) return Refused(field, "is released");
  if (Bounded(schema.format) != "+s") {
    return Refused(field, "is not a struct of columns (a record batch)");
  }
  return CheckChildren(schema, field);
}

// Offsets and lengths are bounded by 2^48 first, so no sum of three of them
// overflows.
Error CheckArray(const ArrowArray* array, const std::string& field,
                 int64_t n_buffers, size_t n_children, int64_t first,
                 int64_t length) {
  if (array == nullptr || array->release == nullptr) {
    return Refused(field, "the array is released");
  }
  if (array->length < 0 || array->offset < 0 || array->length > kMaxRows ||
      array->offset > kMaxRows) {
    return Refused(field, "the array's length or offset is out of range");
  }
  if (array->null_count < -1 || array->null_count > array->length) {
    return Refused(field, "the array's null_count is out of range");
  }
  if (first > array->length || length > array->length - first) {
    return Refused(field, "the array has " + std::to_string(array->length) +
                              " entries; the table needs " +
                              std::to_string(first + length));
  }
  if (array->n_buffers != n_buffers ||
      array->n_children != static_cast<int64_t>(n_children) ||
      (n_buffers > 0 && array->buffers == nullptr) ||
      (n_children > 0 && array->children == nullptr)) {
    return Refused(field, "the array is not of the type its schema says");
  }
  if (n_buffers > 0 && array->null_count > 0 && array->buffers[0] == nullptr) {
    return Refused(field, "the array has nulls but no validity bitmap");
  }
  if (n_buffers > 1 && length > 0 && array->buffers[1] == nullptr) {
    return Refused(field, "the array has no values");
  }
  return {};
}

Error CheckCarried(const ArrowArray* array, const std::string& field,
                   const ArrowArray& table) {
  if (array == nullptr || array->release == nullptr || array->offset < 0 ||
      array->offset > kMaxRows || array->length > kMaxRows ||
      array->length < table.offset + table.length) {
    return Refused(field, "has fewer entries than the table");
  }
  return {};
}

// null_count 0 wins over a bitmap, as the specification allows.
Bitmap Validity(const ArrowArray& array, int64_t first) {
  if (array.null_count == 0 || array.buffers[0] == nullptr) return {};
  return {static_cast<const uint8_t*>(array.buffers[0]),
          static_cast<size_t>(array.offset + first)};
}

}  // namespace influence
