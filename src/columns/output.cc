#include "columns/output.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <cstdlib>
#include <cstring>
#include <new>

#include "model/error.h"

namespace influence {
namespace {

constexpr size_t kHugePage = size_t{2} << 20;

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
  std::vector<std::shared_ptr<Buffer>> keep;
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
  for (const std::shared_ptr<Buffer>& buffer : contents->keep) {
    contents->buffers.push_back(buffer != nullptr ? buffer->data() : nullptr);
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
                           std::vector<std::shared_ptr<Buffer>> buffers,
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

size_t CountClear(const uint8_t* bits, size_t rows) {
  size_t clear = 0;
  for (size_t i = 0; i < rows; ++i)
    clear += ((bits[i / 8] >> (i % 8)) & 1) == 0;
  return clear;
}

template <typename Value>
std::shared_ptr<Buffer> ToBuffer(const std::vector<Value>& values) {
  auto buffer = std::make_shared<Buffer>(values.size() * sizeof(Value),
                                         Buffer::Content::kAny);
  if (!values.empty()) {
    std::memcpy(buffer->data(), values.data(), values.size() * sizeof(Value));
  }
  return buffer;
}

// The texts that error_field can be, by FaultField.
Owned<ArrowArray> FaultFields(const TableLayout& layout) {
  std::vector<std::string> names(kFaultAccounts + 1);
  names[kFaultAccounts] = "accounts";
  for (const TableLayout::Field& field : layout.fields) {
    names[static_cast<size_t>(field.column.signal)] = field.name;
  }
  std::vector<int32_t> offsets = {0};
  std::vector<char> text;
  for (const std::string& name : names) {
    text.insert(text.end(), name.begin(), name.end());
    offsets.push_back(static_cast<int32_t>(text.size()));
  }
  return NewArray(
      names.size(), 0,
      List(std::shared_ptr<Buffer>(), ToBuffer(offsets), ToBuffer(text)));
}

// One direction's reasons of all rows, from those of the parts.
Owned<ArrowArray> ReasonsArray(
    size_t rows, int64_t nulls, const std::shared_ptr<Buffer>& valid,
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
  const std::shared_ptr<Buffer> none;
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

Buffer::Buffer(size_t bytes, Content content) {
  // Fresh memory costs a fault a page, more than scoring does: where the system
  // has huge pages, a large buffer begins and ends on one and asks for them.
  const bool is_large = content == Content::kAny && bytes >= 2 * kHugePage;
  const size_t alignment = is_large ? kHugePage : 64;
  const size_t size = bytes + alignment;
  allocated_ =
      content == Content::kZero ? std::calloc(size, 1) : std::malloc(size);
  if (allocated_ == nullptr) throw std::bad_alloc();
  const auto at = reinterpret_cast<uintptr_t>(allocated_);
  data_ = static_cast<char*>(allocated_) + (alignment - at % alignment);
#if defined(__linux__)
  if (is_large) madvise(data_, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
#endif
}

Buffer::~Buffer() { std::free(allocated_); }

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

void* ScoreTable::New(size_t bytes, Buffer::Content content, Shared* keep) {
  *keep = std::make_shared<Buffer>(bytes, content);
  return (*keep)->data();
}

ScoreTable::ScoreTable(size_t rows, size_t factors, const OutputChoice& choice)
    : rows_(rows), choice_(choice) {
  const size_t padded =
      (rows + kColumnPadding - 1) / kColumnPadding * kColumnPadding;
  const auto micros = [&](Shared* keep) {
    return static_cast<Micros*>(
        New(padded * sizeof(Micros), Buffer::Content::kAny, keep));
  };
  columns_.score = micros(&score_);
  columns_.high = micros(&high_);
  columns_.coverage = micros(&coverage_);
  if (choice.bands) {
    columns_.band =
        static_cast<int8_t*>(New(padded, Buffer::Content::kAny, &band_));
  }
  if (choice.points) {
    points_.resize(factors);
    for (size_t i = 0; i < factors; ++i)
      columns_.points[i] = micros(&points_[i]);
  }
  columns_.scored =
      static_cast<uint8_t*>(New(padded / 8, Buffer::Content::kAny, &scored_));
  std::memset(columns_.scored, 0xff, padded / 8);
  columns_.error = static_cast<int32_t*>(
      New(padded * sizeof(int32_t), Buffer::Content::kZero, &error_));
  columns_.error_field =
      static_cast<int8_t*>(New(padded, Buffer::Content::kZero, &error_field_));
}

Owned<ArrowArray> ScoreTable::Finish(
    const TableLayout& layout, Owned<ArrowArray>* id,
    const std::vector<std::array<ReasonColumns, 2>>& reasons) {
  const size_t faults = CountClear(columns_.scored, rows_);
  const auto nulls = static_cast<int64_t>(faults);
  const Shared valid = faults > 0 ? scored_ : Shared();
  // The errors' own validity is the opposite.
  Shared faulty;
  auto* bits = static_cast<uint8_t*>(
      New(BitmapBytes(rows_), Buffer::Content::kZero, &faulty));
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
