#include "columns/build.h"

#include "base/large_array.h"

namespace influence {
namespace {

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
  const Metadata metadata = ReadMetadata(schema.metadata);
  if (schema.metadata != nullptr) contents->metadata = ToBytes(metadata);
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

}  // namespace

// Native integers before each text.
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

Metadata ReadMetadata(const char* bytes) {
  Metadata metadata;
  if (bytes == nullptr) return metadata;
  const auto read = [&bytes] {
    int32_t value = 0;
    std::memcpy(&value, bytes, sizeof value);
    bytes += sizeof value;
    return value < 0 ? size_t{0} : static_cast<size_t>(value);
  };
  const auto text = [&bytes, &read] {
    const size_t size = read();
    std::string value(bytes, size);
    bytes += size;
    return value;
  };
  for (size_t pairs = read(); pairs > 0; --pairs) {
    std::string key = text();
    metadata.emplace_back(std::move(key), text());
  }
  return metadata;
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

Owned<ArrowSchema> CopySchema(const ArrowSchema& schema) {
  Owned<ArrowSchema> copy;
  if (!Copy(schema, kMaxDepth, &copy)) copy.Reset();
  return copy;
}

}  // namespace influence
