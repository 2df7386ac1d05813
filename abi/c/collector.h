// The calls that tallies, graphs and drifts share. `name` is the handle's name
// in the header.
#ifndef INFLUENCE_ABI_COLLECTOR_H_
#define INFLUENCE_ABI_COLLECTOR_H_

#include <memory>
#include <utility>

#include "boundary.h"

namespace influence::boundary {

// Shares the context of the caller's callbacks: its last owner releases it,
// even if making the first owner fails.
inline std::shared_ptr<void> Share(void* context,
                                   influence_release_fn release) {
  if (release == nullptr) return {std::shared_ptr<void>(), context};
  return {context, release};
}

template <typename Collector>
influence_status Spill(const char* name, Collector* to, uint64_t memory_bytes,
                       influence_write_fn write, influence_read_at_fn read_at,
                       influence_release_fn release, void* context,
                       influence_error** error) noexcept {
  return Call({}, error, [&]() -> Error {
    const std::shared_ptr<void> shared = Share(context, release);
    const char* const missing = to == nullptr        ? name
                                : write == nullptr   ? "write"
                                : read_at == nullptr ? "read_at"
                                                     : nullptr;
    if (missing != nullptr) {
      return {Code::kInvalidArgument, missing, "is NULL"};
    }
    return to->SpillTo(
        memory_bytes,
        [write, shared](const uint8_t* data, size_t size) {
          return write(shared.get(), data, size) == 0;
        },
        [read_at, shared](uint64_t offset, uint8_t* data, size_t size) {
          return read_at(shared.get(), offset, data, size) == 0;
        });
  });
}

template <typename Collector>
influence_status AddColumns(const char* name, Collector* to,
                            ArrowSchema* schema, ArrowArray* array,
                            influence_error** error) noexcept {
  return Call({{to, name}, {schema, "schema"}, {array, "array"}}, error, [&] {
    Owned<ArrowSchema> schema_in(schema);
    Owned<ArrowArray> array_in(array);
    return to->AddColumns(std::move(schema_in), std::move(array_in));
  });
}

}  // namespace influence::boundary

#endif  // INFLUENCE_ABI_COLLECTOR_H_
