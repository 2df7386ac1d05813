// What the boundary of all that collects has in common: a tally, a graph.
// `name` is what the public header calls the handle.
#ifndef INFLUENCE_ABI_COLLECTOR_H_
#define INFLUENCE_ABI_COLLECTOR_H_

#include <memory>
#include <utility>

#include "boundary.h"

namespace influence::boundary {

template <typename Collector, typename Handle>
influence_status NewCollector(const char* name, const influence_engine* engine,
                              const uint8_t* options, size_t options_size,
                              Handle** handle,
                              influence_bytes* message) noexcept {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (handle == nullptr) return FailNull(name, message);
    *handle = nullptr;
    if (engine == nullptr) return FailNull("engine", message);
    if (options == nullptr && options_size != 0) {
      return FailNull("options", message);
    }
    std::unique_ptr<Collector> made;
    const Error error = Collector::New(FromHandle(engine)->core(),
                                       View(options, options_size), &made);
    if (error.ok()) *handle = reinterpret_cast<Handle*>(made.release());
    return Done(error, message);
  });
}

template <typename Collector>
influence_status Spill(const char* name, Collector* to, uint64_t memory_bytes,
                       influence_write_fn write, influence_read_at_fn read_at,
                       void* context, influence_bytes* message) noexcept {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (to == nullptr) return FailNull(name, message);
    if (write == nullptr) return FailNull("write", message);
    if (read_at == nullptr) return FailNull("read_at", message);
    return Done(
        to->SpillTo(
            memory_bytes,
            [write, context](const uint8_t* data, size_t size) {
              return write(context, data, size) == 0;
            },
            [read_at, context](uint64_t offset, uint8_t* data, size_t size) {
              return read_at(context, offset, data, size) == 0;
            }),
        message);
  });
}

// `take` is called with the bytes, which are called `what`.
template <typename Collector, typename Take>
influence_status AddBytes(const char* name, Collector* to, const char* what,
                          const uint8_t* data, size_t size,
                          influence_bytes* message, Take take) noexcept {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (to == nullptr) return FailNull(name, message);
    if (data == nullptr && size != 0) return FailNull(what, message);
    return Done((to->*take)(View(data, size)), message);
  });
}

template <typename Collector>
influence_status AddColumns(const char* name, Collector* to,
                            ArrowSchema* schema, ArrowArray* array,
                            influence_bytes* message) noexcept {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (to == nullptr) return FailNull(name, message);
    if (schema == nullptr) return FailNull("schema", message);
    if (array == nullptr) return FailNull("array", message);
    Owned<ArrowSchema> schema_in(schema);
    Owned<ArrowArray> array_in(array);
    return Done(to->AddColumns(std::move(schema_in), std::move(array_in)),
                message);
  });
}

}  // namespace influence::boundary

#endif  // INFLUENCE_ABI_COLLECTOR_H_
