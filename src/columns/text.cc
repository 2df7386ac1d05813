#include "columns/text.h"

#include <charconv>
#include <cstring>

#include "columns/check.h"

namespace influence {
namespace {

bool IsText(char type) { return std::strchr("uzUZ", type) != nullptr; }

template <typename Value>
Value Load(const void* values, size_t at) {
  Value value;  // buffers need no alignment
  std::memcpy(&value, static_cast<const char*>(values) + at * sizeof value,
              sizeof value);
  return value;
}

int64_t OffsetAt(char type, const void* offsets, size_t at) {
  return type == 'u' || type == 'z' ? Load<int32_t>(offsets, at)
                                    : Load<int64_t>(offsets, at);
}

}  // namespace

Error TextColumn::Open(const ArrowSchema& schema, const ArrowArray& array,
                       const std::string& name, int64_t first, int64_t rows) {
  const char* const format = schema.format == nullptr ? "" : schema.format;
  type_ = format[0];
  if (type_ == '\0' || format[1] != '\0' ||
      std::strchr("uzUZcCsSiIlLb", type_) == nullptr) {
    return Refused(name, "is of type " + Printable(schema.format) +
                             "; names are text, integers or booleans");
  }
  Error error = CheckArray(&array, name, IsText(type_) ? 3 : 2, 0, first, rows);
  if (!error.ok()) return error;
  at_ = static_cast<size_t>(array.offset + first);
  values_ = array.buffers[1];
  valid_ = Validity(array, first);
  const auto count = static_cast<size_t>(rows);
  if (IsText(type_) && count > 0) {
    bytes_ = static_cast<const char*>(array.buffers[2]);
    int64_t last = OffsetAt(type_, values_, at_);
    bool ascend = last >= 0;
    for (size_t i = 1; i <= count; ++i) {
      const int64_t next = OffsetAt(type_, values_, at_ + i);
      ascend &= next >= last;
      last = next;
    }
    if (!ascend) {
      return {Code::kMalformed, name, "its offsets do not ascend"};
    }
    if (bytes_ == nullptr && last > 0) return Refused(name, "has no bytes");
  }
  if (schema.dictionary == nullptr) return {};
  if (IsText(type_) || type_ == 'b' || array.dictionary == nullptr) {
    return Refused(name, "its dictionary is not one");
  }
  return OpenDictionary(*schema.dictionary, *array.dictionary, name, count);
}

Error TextColumn::OpenDictionary(const ArrowSchema& schema,
                                 const ArrowArray& array,
                                 const std::string& name, size_t rows) {
  if (schema.dictionary != nullptr) {
    return Refused(name, "its dictionary has a dictionary");
  }
  auto dictionary = std::make_unique<TextColumn>();
  Error error = dictionary->Open(schema, array, name, 0, array.length);
  if (!error.ok()) return error;
  for (size_t i = 0; i < rows; ++i) {
    if (IsNull(i)) continue;
    const int64_t index = Signed(i);
    if (index < 0 || index >= array.length) {
      return {Code::kMalformed, name, "an index is outside its dictionary"};
    }
  }
  dictionary_ = std::move(dictionary);
  return {};
}

bool TextColumn::IsNull(size_t row) const {
  if (!valid_.Get(row)) return true;
  return dictionary_ != nullptr &&
         dictionary_->IsNull(static_cast<size_t>(Signed(row)));
}

// An integer; those over 2^63 come out negative.
int64_t TextColumn::Signed(size_t row) const {
  const size_t at = at_ + row;
  switch (type_) {
    case 'c':
      return Load<int8_t>(values_, at);
    case 'C':
      return Load<uint8_t>(values_, at);
    case 's':
      return Load<int16_t>(values_, at);
    case 'S':
      return Load<uint16_t>(values_, at);
    case 'i':
      return Load<int32_t>(values_, at);
    case 'I':
      return Load<uint32_t>(values_, at);
    default:
      return Load<int64_t>(values_, at);
  }
}

std::string_view TextColumn::View(size_t row, char* digits) const {
  if (IsNull(row)) return {};
  if (dictionary_ != nullptr) {
    return dictionary_->View(static_cast<size_t>(Signed(row)), digits);
  }
  const size_t at = at_ + row;
  if (IsText(type_)) {
    const int64_t begin = OffsetAt(type_, values_, at);
    const int64_t end = OffsetAt(type_, values_, at + 1);
    if (begin == end) return {};
    return {bytes_ + begin, static_cast<size_t>(end - begin)};
  }
  if (type_ == 'b') {
    const Bitmap bits = {static_cast<const uint8_t*>(values_), 0};
    return bits.Get(at) ? "true" : "false";
  }
  const int64_t value = Signed(row);
  const std::to_chars_result end =
      type_ == 'L' ? std::to_chars(digits, digits + kDigits,
                                   static_cast<uint64_t>(value))
                   : std::to_chars(digits, digits + kDigits, value);
  return {digits, static_cast<size_t>(end.ptr - digits)};
}

std::string TextColumn::Get(size_t row) const {
  char digits[kDigits];
  return std::string(View(row, digits));
}

}  // namespace influence
