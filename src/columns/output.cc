#include "columns/output.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include "model/error.h"

namespace influence {
namespace {

constexpr size_t kAlignment = 64;  // as the specification recommends
constexpr size_t kHugePage = size_t{2} << 20;

using Shared = std::shared_ptr<void>;

// How deep a carried schema may nest.
constexpr int kMaxDepth = 64;

// What an exported schema owns.
struct SchemaContents {
  std::string format, name, metadata;
  std::vector<Owned<ArrowSchema>> children;
  std::vector<ArrowSchema*> pointers;
  Owned<ArrowSchema> dictionary;
};

// What an exported array owns. Its buffers may be shared with others.
struct ArrayContents {
  std::vector<Shared> keep;
  std::vector<const void*> buffers;
  std::vector<Owned<ArrowArray>> children;
  std::vector<ArrowArray*> pointers;
  Owned<ArrowArray> dictionary;
};

// As the specification asks: children that were moved out are left alone, the
// struct itself is the caller's.
template <typename Struct, typename Contents>
void Release(Struct* released) {
  delete static_cast<Contents*>(released->private_data);
  released->release = nullptr;
}

Owned<ArrowSchema> Export(std::unique_ptr<SchemaContents> contents,
                          int64_t flags) {
  for (Owned<ArrowSchema>& child : contents->children) {
    contents->pointers.push_back(child.get());
  }
  Owned<ArrowSchema> schema;
  schema->format = contents->format.c_str();
  schema->name = contents->name.c_str();
  if (!contents->metadata.empty()) {
    schema->metadata = contents->metadata.data();
  }
  schema->flags = flags;
  schema->n_children = static_cast<int64_t>(contents->children.size());
  if (!contents->pointers.empty()) {
    schema->children = contents->pointers.data();
  }
  if (!contents->dictionary.released()) {
    schema->dictionary = contents->dictionary.get();
  }
  schema->release = Release<ArrowSchema, SchemaContents>;
  schema->private_data = contents.release();
  return schema;
}

Owned<ArrowArray> Export(std::unique_ptr<ArrayContents> contents, size_t length,
                         int64_t nulls) {
  for (const Shared& buffer : contents->keep) {
    contents->buffers.push_back(buffer.get());
  }
  for (Owned<ArrowArray>& child : contents->children) {
    contents->pointers.push_back(child.get());
  }
  Owned<ArrowArray> array;
  array->length = static_cast<int64_t>(length);
  array->null_count = nulls;
  array->n_buffers = static_cast<int64_t>(contents->buffers.size());
  array->n_children = static_cast<int64_t>(contents->children.size());
  if (!contents->buffers.empty()) array->buffers = contents->buffers.data();
  if (!contents->pointers.empty()) array->children = contents->pointers.data();
  if (!contents->dictionary.released()) {
    array->dictionary = contents->dictionary.get();
  }
  array->release = Release<ArrowArray, ArrayContents>;
  array->private_data = contents.release();
  return array;
}

Owned<ArrowSchema> NewSchema(const char* format, std::string name,
                             std::vector<Owned<ArrowSchema>> children = {},
                             Owned<ArrowSchema> dictionary = {},
                             std::string metadata = {}) {
  auto contents = std::make_unique<SchemaContents>();
  contents->format = format;
  contents->name = std::move(name);
  contents->metadata = std::move(metadata);
  contents->children = std::move(children);
  contents->dictionary = std::move(dictionary);
  return Export(std::move(contents), ARROW_FLAG_NULLABLE);
}

Owned<ArrowArray> NewArray(size_t length, int64_t nulls,
                           std::vector<Shared> buffers,
                           std::vector<Owned<ArrowArray>> children = {},
                           Owned<ArrowArray> dictionary = {}) {
  auto contents = std::make_unique<ArrayContents>();
  contents->keep = std::move(buffers);
  contents->children = std::move(children);
  contents->dictionary = std::move(dictionary);
  return Export(std::move(contents), length, nulls);
}

template <typename... Parts>
auto List(Parts... parts) {
  std::vector<std::common_type_t<Parts...>> list;
  (list.push_back(std::move(parts)), ...);
  return list;
}

void AppendInt32(int32_t value, std::string* out) {
  out->append(reinterpret_cast<const char*>(&value), sizeof value);
}

// The specification's form: native integers before each text.
std::string Metadata(
    const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::string out;
  AppendInt32(static_cast<int32_t>(pairs.size()), &out);
  for (const auto& [key, value] : pairs) {
    for (const std::string* text : {&key, &value}) {
      AppendInt32(static_cast<int32_t>(text->size()), &out);
      out += *text;
    }
  }
  return out;
}

std::string CopyMetadata(const char* metadata) {
  if (metadata == nullptr) return {};
  const auto read = [metadata](size_t at) {
    int32_t value = 0;
    std::memcpy(&value, metadata + at, sizeof value);
    return value < 0 ? size_t{0} : static_cast<size_t>(value);
  };
  size_t size = sizeof(int32_t);
  for (size_t texts = 2 * read(0); texts > 0; --texts) {
    size += sizeof(int32_t) + read(size);
  }
  return {metadata, size};
}

// False if it nests too deep, or is no schema.
bool Copy(const ArrowSchema& schema, int depth, Owned<ArrowSchema>* out) {
  if (depth == 0 || schema.release == nullptr || schema.format == nullptr ||
      schema.n_children < 0 ||
      (schema.n_children > 0 && schema.children == nullptr)) {
    return false;
  }
  auto contents = std::make_unique<SchemaContents>();
  contents->format = schema.format;
  if (schema.name != nullptr) contents->name = schema.name;
  contents->metadata = CopyMetadata(schema.metadata);
  for (int64_t i = 0; i < schema.n_children; ++i) {
    if (schema.children[i] == nullptr) return false;
    contents->children.emplace_back();
    if (!Copy(*schema.children[i], depth - 1, &contents->children.back())) {
      return false;
    }
  }
  if (schema.dictionary != nullptr &&
      !Copy(*schema.dictionary, depth - 1, &contents->dictionary)) {
    return false;
  }
  *out = Export(std::move(contents), schema.flags);
  return true;
}

size_t BitmapBytes(size_t rows) { return (rows + 7) / 8; }

// `bits` is readable to the next multiple of 64 rows.
size_t CountClear(const uint8_t* bits, size_t rows) {
  size_t clear = 0;
  for (size_t i = 0; i < rows; i += 64) {
    uint64_t word;
    std::memcpy(&word, bits + i / 8, sizeof word);
    if (word == ~uint64_t{0}) continue;
    for (size_t row = i; row < std::min(rows, i + 64); ++row) {
      clear += ((bits[row / 8] >> (row % 8)) & 1) == 0;
    }
  }
  return clear;
}

enum class Content { kAny, kZero };

// Throws std::bad_alloc. Zero costs no more than any where memory is fresh.
Shared NewBuffer(size_t bytes, Content content) {
  // Fresh memory costs a fault a page, more than scoring does: where the system
  // has huge pages, a large buffer begins and ends on one and asks for them.
  const bool is_large = content == Content::kAny && bytes >= 2 * kHugePage;
  const size_t alignment = is_large ? kHugePage : kAlignment;
  const size_t size = bytes + alignment;
  const Shared allocated(
      content == Content::kZero ? std::calloc(size, 1) : std::malloc(size),
      std::free);
  if (allocated == nullptr) throw std::bad_alloc();
  const auto at = reinterpret_cast<uintptr_t>(allocated.get());
  char* const data =
      static_cast<char*>(allocated.get()) + (alignment - at % alignment);
#if defined(__linux__)
  if (is_large) madvise(data, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
#endif
  return {allocated, data};
}

template <typename Value>
Shared ToBuffer(const std::vector<Value>& values) {
  Shared buffer = NewBuffer(values.size() * sizeof(Value), Content::kAny);
  if (!values.empty()) {
    std::memcpy(buffer.get(), values.data(), values.size() * sizeof(Value));
  }
  return buffer;
}

// The texts that error_field can be, by FaultField; each once, as clients
// expect of a dictionary.
Owned<ArrowArray> FaultFields(const TableLayout& layout) {
  std::vector<std::string> names(kFaultAccounts + 1);
  names[kFaultAccounts] = "accounts";
  for (size_t i = 1; i <= kSignalCount; ++i) {
    names[i] = Name(static_cast<Signal>(i));
  }
  for (const TableLayout::Field& field : layout.fields) {
    names[static_cast<size_t>(field.column.signal)] = field.name;
  }
  std::vector<int32_t> offsets = {0};
  std::vector<char> text;
  for (const std::string& name : names) {
    text.insert(text.end(), name.begin(), name.end());
    offsets.push_back(static_cast<int32_t>(text.size()));
  }
  return NewArray(names.size(), 0,
                  List(Shared(), ToBuffer(offsets), ToBuffer(text)));
}

// One direction's reasons of all rows, from those of the parts.
Owned<ArrowArray> ReasonsArray(
    size_t rows, int64_t nulls, const Shared& valid,
    const std::vector<std::array<ReasonColumns, 2>>& parts, size_t direction) {
  ReasonColumns all;
  all.ends.push_back(0);
  for (const std::array<ReasonColumns, 2>& both : parts) {
    const ReasonColumns& part = both[direction];
    const int32_t before = all.ends.back();
    for (const int32_t end : part.ends) all.ends.push_back(before + end);
    all.codes.insert(all.codes.end(), part.codes.begin(), part.codes.end());
    all.factors.insert(all.factors.end(), part.factors.begin(),
                       part.factors.end());
    all.points.insert(all.points.end(), part.points.begin(), part.points.end());
  }
  const size_t n = all.codes.size();
  const Shared none;
  std::vector<Owned<ArrowArray>> fields;
  fields.push_back(NewArray(n, 0, List(none, ToBuffer(all.codes))));
  fields.push_back(NewArray(n, 0, List(none, ToBuffer(all.factors))));
  fields.push_back(NewArray(n, 0, List(none, ToBuffer(all.points))));
  std::vector<Owned<ArrowArray>> items;
  items.push_back(NewArray(n, 0, List(none), std::move(fields)));
  return NewArray(rows, nulls, List(valid, ToBuffer(all.ends)),
                  std::move(items));
}

}  // namespace

Owned<ArrowSchema> CopySchema(const ArrowSchema& schema) {
  Owned<ArrowSchema> copy;
  if (!Copy(schema, kMaxDepth, &copy)) copy.Reset();
  return copy;
}

Owned<ArrowSchema> ScoreSchema(
    const ArrowSchema* id, const std::vector<Factor>& factors,
    const OutputChoice& choice,
    const std::vector<std::pair<std::string, std::string>>& metadata) {
  std::vector<Owned<ArrowSchema>> fields;
  if (id != nullptr) fields.push_back(CopySchema(*id));
  for (const char* name : {"score", "low", "high", "coverage"}) {
    fields.push_back(NewSchema("l", name));
  }
  fields.push_back(NewSchema("i", "error"));
  fields.push_back(NewSchema("c", "error_field", {}, NewSchema("u", "")));
  if (choice.bands) fields.push_back(NewSchema("c", "band"));
  if (choice.points) {
    for (const Factor factor : factors) {
      fields.push_back(NewSchema("l", "points_" + std::string(Name(factor))));
    }
  }
  if (choice.reasons) {
    for (const char* name : {"lifted", "held_back"}) {
      std::vector<Owned<ArrowSchema>> parts;
      parts.push_back(NewSchema("c", "code"));
      parts.push_back(NewSchema("c", "factor"));
      parts.push_back(NewSchema("l", "points"));
      std::vector<Owned<ArrowSchema>> item;
      item.push_back(NewSchema("+s", "item", std::move(parts)));
      fields.push_back(NewSchema("+l", name, std::move(item)));
    }
  }
  return NewSchema("+s", "", std::move(fields), {}, Metadata(metadata));
}

ScoreTable::ScoreTable(size_t rows, size_t factors, const OutputChoice& choice)
    : rows_(rows), choice_(choice), points_(choice.points ? factors : 0) {
  const size_t padded =
      (rows + kColumnPadding - 1) / kColumnPadding * kColumnPadding;
  static_assert(kColumnPadding / 8 % kAlignment == 0);
  // One allocation: what is freed whole is kept by malloc for the next batch.
  const size_t columns = 3 + points_.size();
  const size_t bytes = padded * (columns * sizeof(Micros)) + padded / 8 +
                       (choice.bands ? padded : 0);
  const Shared all = NewBuffer(bytes, Content::kAny);
  auto* next = static_cast<char*>(all.get());
  const auto take = [&](size_t size, Shared* part) {
    *part = Shared(all, next);
    next += size;
    return part->get();
  };
  const auto micros = [&](Shared* part) {
    return static_cast<Micros*>(take(padded * sizeof(Micros), part));
  };
  columns_.score = micros(&score_);
  columns_.high = micros(&high_);
  columns_.coverage = micros(&coverage_);
  for (size_t i = 0; i < points_.size(); ++i) {
    columns_.points[i] = micros(&points_[i]);
  }
  if (choice.bands) columns_.band = static_cast<int8_t*>(take(padded, &band_));
  columns_.scored = static_cast<uint8_t*>(take(padded / 8, &scored_));
  std::memset(columns_.scored, 0xff, padded / 8);
  // Few rows have errors: of a large population these stay untouched.
  error_ = NewBuffer(padded * sizeof(int32_t), Content::kZero);
  columns_.error = static_cast<int32_t*>(error_.get());
  error_field_ = NewBuffer(padded, Content::kZero);
  columns_.error_field = static_cast<int8_t*>(error_field_.get());
}

Owned<ArrowArray> ScoreTable::Finish(
    const TableLayout& layout, Owned<ArrowArray>* id,
    const std::vector<std::array<ReasonColumns, 2>>& reasons) {
  const size_t faults = CountClear(columns_.scored, rows_);
  const auto nulls = static_cast<int64_t>(faults);
  const Shared valid = faults > 0 ? scored_ : Shared();
  // The errors' own validity is the opposite.
  const Shared faulty = NewBuffer(BitmapBytes(rows_), Content::kZero);
  auto* bits = static_cast<uint8_t*>(faulty.get());
  for (size_t i = 0; faults > 0 && i < BitmapBytes(rows_); ++i) {
    bits[i] = static_cast<uint8_t>(~columns_.scored[i]);
  }
  const auto no_errors = static_cast<int64_t>(rows_ - faults);

  std::vector<Owned<ArrowArray>> arrays;
  if (id != nullptr) arrays.push_back(std::move(*id));
  // low is the score: it shares its memory.
  for (const Shared* values : {&score_, &score_, &high_, &coverage_}) {
    arrays.push_back(NewArray(rows_, nulls, List(valid, *values)));
  }
  arrays.push_back(NewArray(rows_, no_errors, List(faulty, error_)));
  arrays.push_back(NewArray(rows_, no_errors, List(faulty, error_field_), {},
                            FaultFields(layout)));
  if (choice_.bands) {
    arrays.push_back(NewArray(rows_, nulls, List(valid, band_)));
  }
  for (const Shared& points : points_) {
    arrays.push_back(NewArray(rows_, nulls, List(valid, points)));
  }
  if (choice_.reasons) {
    for (const size_t direction : {size_t{0}, size_t{1}}) {
      arrays.push_back(ReasonsArray(rows_, nulls, valid, reasons, direction));
    }
  }
  return NewArray(rows_, 0, List(Shared()), std::move(arrays));
}

}  // namespace influence
