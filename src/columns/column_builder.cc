// Export of schemas and arrays over the Arrow C data interface, and defensive
// copies of schemas that come in. A struct that leaves owns its children and
// buffers through private_data, so a consumer may release it on any thread,
// after every engine is gone.
#include "columns/column_builder.h"

#include "base/large_array.h"
#include "columns/schema_checks.h"

namespace influence {
namespace {

// The levels that a carried schema may nest.
constexpr int kMaxDepth = 64;

// The property of an exported schema.
struct SchemaContents {
  std::string format, name, metadata;
  std::vector<Owned<ArrowSchema>> children;
  std::vector<ArrowSchema*> pointers;
  Owned<ArrowSchema> dictionary;
};

// The property of an exported array. Its buffers may be shared with others.
struct ArrayContents {
  std::vector<Shared> keep;
  std::vector<const void*> buffers;
  std::vector<Owned<ArrowArray>> children;
  std::vector<ArrowArray*> pointers;
  Owned<ArrowArray> dictionary;
};

// The release callback, as the specification asks: it leaves children alone
// that were moved out, and does not free the struct itself, which is the
// caller's.
template <typename Struct, typename Contents>
void Release(Struct* released) {
  delete static_cast<Contents*>(released->private_data);
  released->release = nullptr;
}

// Takes the addresses of the children here, when the vector of them no longer
// grows.
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

// Reads one metadata blob. Its total length is unknown, so every count and
// length is bounded before it is followed.
class MetadataReader {
 public:
  explicit MetadataReader(const char* bytes) : at_(bytes) {}

  Error Read(Metadata* metadata) {
    int32_t pairs = 0;
    if (!Take(kMaxPairs, &pairs)) return Wrong("number of entries", pairs);
    for (; pairs > 0; --pairs) {
      metadata->emplace_back();
      auto& [key, value] = metadata->back();
      int32_t size = 0;
      if (!Take(kMaxKey, &size)) return Wrong("key's length", size);
      Take(size, &key);
      if (!Take(left_, &size)) return Wrong("value's length", size);
      Take(size, &value);
      left_ -= size;
    }
    return {};
  }

 private:
  static constexpr int32_t kMaxPairs = 4096;
  static constexpr int32_t kMaxKey = 1024;

  static Error Wrong(const char* what, int32_t is) {
    return {Code::kMalformed, "metadata",
            std::string("a ") + what + " is " + std::to_string(is)};
  }
  bool Take(int32_t most, int32_t* number) {
    std::memcpy(number, at_, sizeof *number);
    at_ += sizeof *number;
    return *number >= 0 && *number <= most;
  }
  void Take(int32_t size, std::string* text) {
    text->assign(at_, static_cast<size_t>(size));
    at_ += size;
  }

  const char* at_;
  int32_t left_ = 16 << 20;  // bytes of values
};

// Copies a schema within fixed budgets of levels, fields and text.
class SchemaCopier {
 public:
  explicit SchemaCopier(const std::string& field) : field_(field) {}

  Error Copy(const ArrowSchema& schema, int depth, Owned<ArrowSchema>* out) {
    if (schema.release == nullptr || schema.format == nullptr) {
      return Refused(field_, "its schema is released");
    }
    if (depth == 0 || fields_ == 0) {
      return Refused(field_, depth == 0 ? "its schema nests too deep"
                                        : "its schema has too many fields");
    }
    --fields_;
    Error error = CheckChildren(schema, field_);
    if (!error.ok()) return error;
    auto contents = std::make_unique<SchemaContents>();
    if (!Text(schema.format, &contents->format) ||
        (schema.name != nullptr && !Text(schema.name, &contents->name))) {
      return Refused(field_, "its schema has too much text");
    }
    if (schema.metadata != nullptr) {
      Metadata metadata;
      error = ReadMetadata(schema.metadata, &metadata);
      if (!error.ok()) return std::move(error).Within(field_);
      contents->metadata = ToBytes(metadata);
    }
    for (int64_t i = 0; i < schema.n_children; ++i) {
      contents->children.emplace_back();
      error = Copy(*schema.children[i], depth - 1, &contents->children.back());
      if (!error.ok()) return error;
    }
    if (schema.dictionary != nullptr) {
      error = Copy(*schema.dictionary, depth - 1, &contents->dictionary);
      if (!error.ok()) return error;
    }
    *out = Export(std::move(contents), schema.flags);
    return {};
  }

 private:
  // Stops at the budget, so an unterminated string is not read without end.
  bool Text(const char* from, std::string* to) {
    size_t size = 0;
    while (size < text_ && from[size] != '\0') ++size;
    if (size == text_) return false;
    text_ -= size;
    to->assign(from, size);
    return true;
  }

  const std::string& field_;
  // The budgets also end the copy of a schema whose children form a ring.
  int64_t fields_ = kMaxColumns;
  size_t text_ = size_t{1} << 20;
};

}  // namespace

// The specification puts a native int32 length before each text.
std::string ToBytes(const Metadata& metadata) {
  std::string out;
  const auto append = [&out](size_t number) {
    const auto value = static_cast<int32_t>(number);
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  append(metadata.size());
  for (const auto& [key, value] : metadata) {
    for (const std::string* text : {&key, &value}) {
      append(text->size());
      out += *text;
    }
  }
  return out;
}

Error ReadMetadata(const char* bytes, Metadata* metadata) {
  metadata->clear();
  return bytes == nullptr ? Error() : MetadataReader(bytes).Read(metadata);
}

Owned<ArrowSchema> NewSchema(const char* format, std::string name,
                             std::vector<Owned<ArrowSchema>> children,
                             Owned<ArrowSchema> dictionary,
                             std::string metadata) {
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
                           std::vector<Owned<ArrowArray>> children,
                           Owned<ArrowArray> dictionary) {
  auto contents = std::make_unique<ArrayContents>();
  contents->keep = std::move(buffers);
  contents->children = std::move(children);
  contents->dictionary = std::move(dictionary);
  return Export(std::move(contents), length, nulls);
}

Shared NewBuffer(size_t bytes, Content content) {
  void* block = nullptr;
  void* const data = AllocateLarge(bytes, content == Content::kZero, &block);
  return {Shared(block, FreeLarge), data};
}

Error CopySchema(const ArrowSchema& schema, const std::string& field,
                 Owned<ArrowSchema>* copy) {
  return SchemaCopier(field).Copy(schema, kMaxDepth, copy);
}

Owned<ArrowSchema> CopySchema(const Owned<ArrowSchema>& schema) {
  const auto& from = *static_cast<const SchemaContents*>(schema->private_data);
  auto contents = std::make_unique<SchemaContents>();
  contents->format = from.format;
  contents->name = from.name;
  contents->metadata = from.metadata;
  for (const Owned<ArrowSchema>& child : from.children) {
    contents->children.push_back(CopySchema(child));
  }
  if (!from.dictionary.released()) {
    contents->dictionary = CopySchema(from.dictionary);
  }
  return Export(std::move(contents), schema->flags);
}

}  // namespace influence
