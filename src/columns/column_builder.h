// Builds Arrow schemas and arrays. Each owns its parts and frees them when it
// is released.
#ifndef INFLUENCE_COLUMNS_COLUMN_BUILDER_H_
#define INFLUENCE_COLUMNS_COLUMN_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "columns/arrow.h"
#include "model/error.h"

namespace influence {

// Memory that several arrays may share; freed with the last of them.
using Shared = std::shared_ptr<void>;

enum class Content { kAny, kZero };

// Aligned as the specification recommends, or for huge pages. Throws
// std::bad_alloc.
Shared NewBuffer(size_t bytes, Content content);

template <typename Value>
Shared ToBuffer(const std::vector<Value>& values) {
  Shared buffer = NewBuffer(values.size() * sizeof(Value), Content::kAny);
  if (!values.empty()) {
    std::memcpy(buffer.get(), values.data(), values.size() * sizeof(Value));
  }
  return buffer;
}

template <typename... Parts>
auto List(Parts... parts) {
  std::vector<std::common_type_t<Parts...>> list;
  (list.push_back(std::move(parts)), ...);
  return list;
}

// The metadata of a schema: keys and values.
using Metadata = std::vector<std::pair<std::string, std::string>>;
// Encodes metadata as the specification defines it.
std::string ToBytes(const Metadata& metadata);
// Decodes it; null is empty. The encoding does not carry its total length, so a
// length that is negative or larger than any schema needs is MALFORMED.
Error ReadMetadata(const char* bytes, Metadata* metadata);

// A nullable field, or the table itself.
Owned<ArrowSchema> NewSchema(const char* format, std::string name,
                             std::vector<Owned<ArrowSchema>> children = {},
                             Owned<ArrowSchema> dictionary = {},
                             std::string metadata = {});

// An array over `buffers`. An empty Shared becomes a null buffer.
Owned<ArrowArray> NewArray(size_t length, int64_t nulls,
                           std::vector<Shared> buffers,
                           std::vector<Owned<ArrowArray>> children = {},
                           Owned<ArrowArray> dictionary = {});

// Copies a foreign schema and keeps no reference to it. Fails with
// INVALID_ARGUMENT if it is released or has more levels, fields or text than
// any schema in use, and with MALFORMED for its metadata.
Error CopySchema(const ArrowSchema& schema, const std::string& field,
                 Owned<ArrowSchema>* copy);
// Copies a schema that NewSchema() or CopySchema() made.
Owned<ArrowSchema> CopySchema(const Owned<ArrowSchema>& schema);

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_COLUMN_BUILDER_H_
