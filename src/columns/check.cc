#include "columns/check.h"

#include <cstring>

namespace influence {

Error Refused(const std::string& field, const std::string& why) {
  return {Code::kInvalidArgument, field, why};
}

std::string Printable(const char* text) {
  constexpr size_t kMaxShown = 64;
  std::string shown;
  if (text == nullptr) return "(null)";
  for (; *text != '\0' && shown.size() < kMaxShown; ++text) {
    shown += *text >= 0x20 && *text < 0x7f ? *text : '?';
  }
  return shown;
}

bool IsStruct(const ArrowSchema& schema) {
  return schema.format != nullptr && std::strcmp(schema.format, "+s") == 0 &&
         schema.n_children >= 0 &&
         (schema.n_children == 0 || schema.children != nullptr);
}

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
  if (array->null_count > 0 && array->buffers[0] == nullptr) {
    return Refused(field, "the array has nulls but no validity bitmap");
  }
  if (n_buffers > 1 && length > 0 && array->buffers[1] == nullptr) {
    return Refused(field, "the array has no values");
  }
  return {};
}

Bitmap Validity(const ArrowArray& array, int64_t first) {
  if (array.null_count == 0 || array.buffers[0] == nullptr) return {};
  return {static_cast<const uint8_t*>(array.buffers[0]),
          static_cast<size_t>(array.offset + first)};
}

}  // namespace influence
