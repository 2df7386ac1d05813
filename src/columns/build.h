// Arrow schemas and arrays, made: each owns what it is made of, and frees it
// when it is released.
#ifndef INFLUENCE_COLUMNS_BUILD_H_
#define INFLUENCE_COLUMNS_BUILD_H_

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

// Memory that several arrays may have a part of; freed with the last of them.
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

// What a schema says besides, as keys and values.
using Metadata = std::vector<std::pair<std::string, std::string>>;
// In the specification's form.
std::string ToBytes(const Metadata& metadata);
// Out of it; null has none. The form says nowhere how long it is, so lengths
// that are negative, or more than any schema needs, are MALFORMED.
Error ReadMetadata(const char* bytes, Metadata* metadata);

// A nullable field, or the table itself.
Owned<ArrowSchema> NewSchema(const char* format, std::string name,
                             std::vector<Owned<ArrowSchema>> children = {},
                             Owned<ArrowSchema> dictionary = {},
                             std::string metadata = {});

// An array over `buffers`, of which one without memory is null.
Owned<ArrowArray> NewArray(size_t length, int64_t nulls,
                           std::vector<Shared> buffers,
                           std::vector<Owned<ArrowArray>> children = {},
                           Owned<ArrowArray> dictionary = {});

// A copy of any schema, which keeps nothing of it. INVALID_ARGUMENT if it is
// not a schema, or has more levels, fields or text than any that is used;
// MALFORMED, its metadata.
Error CopySchema(const ArrowSchema& schema, const std::string& field,
                 Owned<ArrowSchema>* copy);
// A copy of a schema that was made here, and is whole.
Owned<ArrowSchema> CopySchema(const Owned<ArrowSchema>& schema);

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_BUILD_H_
