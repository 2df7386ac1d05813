#include "columns/edges.h"

#include <cstring>
#include <string>

#include "columns/check.h"
#include "model/profile.h"

namespace influence {
namespace {

template <typename Value>
Value Load(const void* values, size_t at) {
  Value value;  // buffers need no alignment
  std::memcpy(&value, static_cast<const char*>(values) + at * sizeof value,
              sizeof value);
  return value;
}

std::string At(const char* name, size_t row) {
  return "row " + std::to_string(row) + ": " + name;
}

}  // namespace

Error EdgeColumns::Open(const ArrowSchema& schema, const ArrowArray& array) {
  if (schema.release == nullptr) return Refused("schema", "is released");
  if (!IsStruct(schema)) {
    return Refused("schema", "is not a struct of columns (a record batch)");
  }
  const auto children = static_cast<size_t>(schema.n_children);
  Error error = CheckArray(&array, "array", 1, children, 0, 0);
  if (!error.ok()) return error;
  rows_ = static_cast<size_t>(array.length);
  const Bitmap valid = Validity(array, 0);
  for (size_t row = 0; row < rows_; ++row) {
    if (!valid.Get(row)) {
      return Refused("array", "row " + std::to_string(row) + " is null");
    }
  }
  bool has_from = false, has_to = false, has_weight = false;
  for (size_t i = 0; i < children; ++i) {
    const ArrowSchema* field = schema.children[i];
    const ArrowArray* child = array.children[i];
    if (field == nullptr || field->release == nullptr) {
      return Refused("schema", "child " + std::to_string(i) + " is missing");
    }
    if (child == nullptr) {
      return Refused("array", "child " + std::to_string(i) + " is missing");
    }
    const std::string_view name = field->name != nullptr ? field->name : "";
    bool* const has = name == "from"     ? &has_from
                      : name == "to"     ? &has_to
                      : name == "weight" ? &has_weight
                                         : nullptr;
    if (has == nullptr) {
      return Refused(Printable(field->name), "is not a known column");
    }
    if (*has) return Refused(Printable(field->name), "occurs twice");
    *has = true;
    error = has == &has_weight ? OpenWeights(*field, *child, array.offset)
                               : (has == &has_from ? &from_ : &to_)
                                     ->Open(*field, *child, std::string(name),
                                            array.offset, array.length);
    if (!error.ok()) return error;
  }
  if (!has_from) return Refused("from", "is missing");
  if (!has_to) return Refused("to", "is missing");
  error = CheckIds(from_, "from");
  if (error.ok()) error = CheckIds(to_, "to");
  return error;
}

Error EdgeColumns::CheckIds(const TextColumn& ids, const char* name) const {
  char digits[TextColumn::kDigits];
  for (size_t row = 0; row < rows_; ++row) {
    const size_t size = ids.View(row, digits).size();
    if (size == 0) {
      return Refused(At(name, row), ids.IsNull(row) ? "is null" : "is empty");
    }
    if (size > kMaxIdBytes) {
      return {Code::kTooLarge, At(name, row),
              "has " + std::to_string(size) + " bytes; the limit is " +
                  std::to_string(kMaxIdBytes)};
    }
  }
  return {};
}

Error EdgeColumns::OpenWeights(const ArrowSchema& schema,
                               const ArrowArray& array, int64_t first) {
  const char* const format = schema.format == nullptr ? "" : schema.format;
  if (format[0] == '\0' || format[1] != '\0' ||
      std::strchr("iIlL", format[0]) == nullptr ||
      schema.dictionary != nullptr) {
    return Refused("weight",
                   "is of type " + Printable(schema.format) +
                       "; a weight is int32, uint32, int64 or uint64");
  }
  const auto rows = static_cast<int64_t>(rows_);
  Error error = CheckArray(&array, "weight", 2, 0, first, rows);
  if (!error.ok()) return error;
  weight_type_ = format[0];
  weights_ = array.buffers[1];
  weights_at_ = static_cast<size_t>(array.offset + first);
  weights_valid_ = Validity(array, first);
  for (size_t row = 0; row < rows_; ++row) {
    // Negative ones, and those over the limit, have the highest bit.
    if (Weight(row) <= INT64_MAX) continue;
    return {Code::kOutOfRange, At("weight", row), "is not in 0 .. 2^63 - 1"};
  }
  return {};
}

uint64_t EdgeColumns::Weight(size_t row) const {
  if (weight_type_ == 0 || !weights_valid_.Get(row)) return 1;
  const size_t at = weights_at_ + row;
  switch (weight_type_) {
    case 'i':
      return static_cast<uint64_t>(int64_t{Load<int32_t>(weights_, at)});
    case 'I':
      return Load<uint32_t>(weights_, at);
    default:
      return Load<uint64_t>(weights_, at);
  }
}

}  // namespace influence
