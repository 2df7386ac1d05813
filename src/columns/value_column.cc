// Opening is where untrusted memory is checked: offsets ascend, views lie
// within their buffers, indices within their dictionary and run ends cover the
// rows. Reading a row afterwards checks nothing again, because it is done
// millions of times.
#include "columns/value_column.h"

#include <charconv>
#include <cstring>

#include "columns/schema_checks.h"

namespace influence {
namespace {

// A view of text, in the specification's layout.
struct View {
  int32_t size;
  char begin[4];  // of the text; a short text is stored here entirely
  int32_t buffer;
  int32_t offset;
};
static_assert(sizeof(View) == 16);
constexpr int32_t kMaxInline = 12;
// More than any producer writes.
constexpr int64_t kMaxViewBuffers = int64_t{1} << 20;
constexpr size_t kInlineAt = offsetof(View, begin);

template <typename Value>
Value At(const void* values, size_t i) {
  Value value;  // buffers need no alignment
  std::memcpy(&value, static_cast<const char*>(values) + i * sizeof value,
              sizeof value);
  return value;
}

int64_t OffsetAt(Storage storage, const void* offsets, size_t i) {
  return storage == Storage::kOffsets32 ? At<int32_t>(offsets, i)
                                        : At<int64_t>(offsets, i);
}

Error Malformed(const std::string& name, const char* why, size_t row) {
  return Error(Code::kMalformed, name, why).AtRow(row);
}

// Rewords a fault of the values that rows refer to: its position is an entry,
// not a row of the table.
Error OfValues(const Error& error) {
  if (error.ok()) return {};
  return {error.code(), error.field(),
          (error.row().has_value() ? "of what its rows refer to, entry " +
                                         std::to_string(*error.row()) + ": "
                                   : "of what its rows refer to, ") +
              error.message()};
}

}  // namespace

Error ValueColumn::Open(const ColumnFormat& format, const ArrowArray& array,
                        const std::string& name, int64_t first, int64_t rows) {
  reference_ = format.reference;
  if (reference_ == Reference::kRuns) {
    return OpenRuns(format, array, name, first, rows);
  }
  if (reference_ == Reference::kNone) {
    return OpenPlain(format.values, array, name, first, rows);
  }
  ValueType indices;
  indices.is = kTakesIntegers;
  indices.storage = Storage::kNumbers;
  indices.number = format.index;
  indices.width = SizeOf(format.index);
  Error error = OpenPlain(indices, array, name, first, rows);
  if (!error.ok()) return error;
  return OpenDictionary(format, array, name);
}

Error ValueColumn::OpenPlain(const ValueType& type, const ArrowArray& array,
                             const std::string& name, int64_t first,
                             int64_t rows) {
  type_ = type;
  rows_ = static_cast<size_t>(rows);
  int64_t n_buffers = type.is_text() ? 3 : 2;
  if (type.storage == Storage::kFixedBytes) n_buffers = 2;
  if (type.is_null()) n_buffers = 0;
  // A view array has any number of data buffers, and one with their sizes.
  if (type.storage == Storage::kViews && array.n_buffers > n_buffers &&
      array.n_buffers <= kMaxViewBuffers) {
    n_buffers = array.n_buffers;
  }
  Error error = CheckArray(&array, name, n_buffers, 0, first, rows);
  if (!error.ok()) return error;
  if (type.is_null()) {
    all_null_ = true;
    return {};
  }
  valid_ = Validity(array, first);
  if (rows == 0) return {};
  const auto at = static_cast<size_t>(array.offset + first);
  if (type.storage == Storage::kBits) {
    numbers_ = array.buffers[1];
    first_ = static_cast<int64_t>(at);
    return {};
  }
  numbers_ = static_cast<const char*>(array.buffers[1]) + at * type.width;
  switch (type.storage) {
    case Storage::kOffsets32:
    case Storage::kOffsets64:
      bytes_ = static_cast<const char*>(array.buffers[2]);
      return CheckOffsets(name);
    case Storage::kViews:
      views_ = array.buffers + 2;
      return CheckViews(array, name);
    default:
      return {};
  }
}

// Texts must lie one after the other, as the specification demands. Their end
// is not known to the interface, so only the order can be checked.
Error ValueColumn::CheckOffsets(const std::string& name) const {
  const Storage storage = type_.storage;
  int64_t last = OffsetAt(storage, numbers_, 0);
  if (last < 0) return Malformed(name, "an offset is negative", 0);
  for (size_t row = 0; row < rows_; ++row) {
    const int64_t next = OffsetAt(storage, numbers_, row + 1);
    if (next < last) return Malformed(name, "its offsets do not ascend", row);
    last = next;
  }
  if (bytes_ == nullptr && last > 0) return Refused(name, "has no text");
  return {};
}

Error ValueColumn::CheckViews(const ArrowArray& array,
                              const std::string& name) {
  // Buffers: validity, views, the data buffers, and the sizes of the latter.
  const auto buffers = static_cast<size_t>(array.n_buffers - 3);
  const void* const sizes = array.buffers[array.n_buffers - 1];
  for (size_t row = 0; row < rows_; ++row) {
    if (!valid_.Get(row)) continue;
    const auto view = At<View>(numbers_, row);
    if (view.size < 0) return Malformed(name, "a view has no size", row);
    if (view.size <= kMaxInline) continue;
    const auto buffer = static_cast<size_t>(view.buffer);
    if (view.buffer < 0 || buffer >= buffers || sizes == nullptr ||
        views_[buffer] == nullptr) {
      return Malformed(name, "a view is of a buffer that is not there", row);
    }
    const int64_t end = int64_t{view.offset} + view.size;
    if (view.offset < 0 || end > At<int64_t>(sizes, buffer)) {
      return Malformed(name, "a view is not within its buffer", row);
    }
  }
  return {};
}

// Null rows may hold any index, so only valid rows are checked.
Error ValueColumn::OpenDictionary(const ColumnFormat& format,
                                  const ArrowArray& array,
                                  const std::string& name) {
  const ArrowArray* const dictionary = array.dictionary;
  if (dictionary == nullptr || dictionary->release == nullptr) {
    return Refused(name, "has no dictionary");
  }
  auto inner = std::make_unique<ValueColumn>();
  Error error = OfValues(inner->OpenPlain(format.values, *dictionary, name, 0,
                                          dictionary->length));
  if (!error.ok()) return error;
  for (size_t row = 0; row < rows_; ++row) {
    if (!valid_.Get(row)) continue;
    int64_t index = 0;
    if (!LoadInteger(type_.number, numbers_, row, &index) || index < 0 ||
        index >= dictionary->length) {
      return Malformed(name, "an index is outside its dictionary", row);
    }
  }
  inner_ = std::move(inner);
  return {};
}

// Run ends must ascend strictly and reach the last row, which makes the binary
// search of Entry() total.
Error ValueColumn::OpenRuns(const ColumnFormat& format, const ArrowArray& array,
                            const std::string& name, int64_t first,
                            int64_t rows) {
  Error error = CheckArray(&array, name, 0, 2, first, rows);
  if (!error.ok()) return error;
  const ArrowArray* const ends = array.children[0];
  const ArrowArray* const values = array.children[1];
  if (ends == nullptr || values == nullptr) {
    return Refused(name, "its runs are missing");
  }
  ValueType type;
  type.is = kTakesIntegers;
  type.storage = Storage::kNumbers;
  type.number = format.index;
  type.width = SizeOf(format.index);
  error = CheckArray(ends, name, 2, 0, 0, ends->length);
  if (!error.ok()) return error;
  if (ends->null_count > 0) return Refused(name, "has a run without an end");
  auto inner = std::make_unique<ValueColumn>();
  error = OfValues(
      inner->OpenPlain(format.values, *values, name, 0, values->length));
  if (!error.ok()) return error;
  type_ = type;
  rows_ = static_cast<size_t>(rows);
  first_ = array.offset + first;
  runs_ = static_cast<size_t>(ends->length);
  if (runs_ > inner->rows()) {
    return Refused(name, "has more runs than values");
  }
  if (runs_ > 0) {
    numbers_ = static_cast<const char*>(ends->buffers[1]) +
               static_cast<size_t>(ends->offset) * type.width;
  }
  int64_t last = 0;
  for (size_t run = 0; run < runs_; ++run) {
    const int64_t end = RunEnd(run);
    if (end <= last) {
      return {Code::kMalformed, name, "the ends of its runs do not ascend"};
    }
    last = end;
  }
  if (rows > 0 && last < first_ + rows) {
    return Refused(name, "its runs end before the table");
  }
  inner_ = std::move(inner);
  return {};
}

int64_t ValueColumn::RunEnd(size_t run) const {
  int64_t end = 0;
  LoadInteger(type_.number, numbers_, run, &end);
  return end;
}

size_t ValueColumn::Entry(size_t row) const {
  if (reference_ == Reference::kNone) return row;
  if (reference_ == Reference::kDictionary) {
    int64_t index = 0;
    LoadInteger(type_.number, numbers_, row, &index);
    return static_cast<size_t>(index);
  }
  // Finds the first run that ends after the row.
  const int64_t at = first_ + static_cast<int64_t>(row);
  size_t low = 0;
  size_t high = runs_;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (RunEnd(middle) > at) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

std::string_view ValueColumn::Text(size_t row, char* digits) const {
  if (all_null_ || !valid_.Get(row)) return {};
  if (inner_ != nullptr) return inner_->Text(Entry(row), digits);
  switch (type_.storage) {
    case Storage::kOffsets32:
    case Storage::kOffsets64: {
      const int64_t begin = OffsetAt(type_.storage, numbers_, row);
      const int64_t end = OffsetAt(type_.storage, numbers_, row + 1);
      if (begin == end) return {};
      return {bytes_ + begin, static_cast<size_t>(end - begin)};
    }
    case Storage::kViews: {
      const auto view = At<View>(numbers_, row);
      const auto size = static_cast<size_t>(view.size);
      if (view.size <= kMaxInline) {
        return {
            static_cast<const char*>(numbers_) + row * sizeof view + kInlineAt,
            size};
      }
      return {static_cast<const char*>(views_[view.buffer]) + view.offset,
              size};
    }
    case Storage::kFixedBytes:
      return {static_cast<const char*>(numbers_) + row * type_.width,
              type_.width};
    case Storage::kBits: {
      const Bitmap bits = {static_cast<const uint8_t*>(numbers_),
                           static_cast<size_t>(first_)};
      return bits.Get(row) ? "true" : "false";
    }
    case Storage::kNumbers:
      break;
    case Storage::kNothing:
      return {};
  }
  int64_t value = 0;
  const std::to_chars_result end =
      LoadInteger(type_.number, numbers_, row, &value)
          ? std::to_chars(digits, digits + kDigits, value)
          : std::to_chars(digits, digits + kDigits,
                          At<uint64_t>(numbers_, row));
  return {digits, static_cast<size_t>(end.ptr - digits)};
}

bool ValueColumn::Integer(size_t row, int64_t* value) const {
  if (inner_ != nullptr) return inner_->Integer(Entry(row), value);
  return LoadInteger(type_.number, numbers_, row, value);
}

}  // namespace influence
