// The frame of every function of the C boundary: it checks pointers, catches
// every exception and turns an Error into a status and an influence_error.
#ifndef INFLUENCE_ABI_BOUNDARY_H_
#define INFLUENCE_ABI_BOUNDARY_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <new>
#include <string_view>

#include "base/byte_buffer.h"
#include "columns/arrow.h"
#include "engine/engine.h"
#include "influence/influence.h"
#include "model/error.h"

namespace influence::boundary {

// Handle types are never defined: a handle is a pointer to an internal object.
inline const Engine* FromHandle(const influence_engine* handle) {
  return reinterpret_cast<const Engine*>(handle);
}

inline std::string_view View(const void* data, size_t size) {
  return {static_cast<const char*>(data), size};
}

// Zeroes out-parameters before a call does anything else.
inline void Clear(influence_bytes* bytes) {
  if (bytes != nullptr) *bytes = {nullptr, 0};
}
template <typename Handle>
void Clear(Handle** handle) {
  if (handle != nullptr) *handle = nullptr;
}
template <typename Struct>
void Clear(Struct* arrow, const Struct* input) {
  // A result may replace its input, which is moved out first.
  if (arrow != nullptr && arrow != input) *arrow = {};
}

// Returns the status of `failure` and stores a copy in *error. If memory runs
// out, *error stays NULL and the status is the same.
influence_status Fail(Error failure, influence_error** error) noexcept;
// The same for a failure with a constant message.
influence_status Fail(Code code, const char* field, const char* text,
                      influence_error** error) noexcept;
// The same for a message that `make` builds only if the caller wants it.
template <typename Make>
influence_status Fail(Code code, influence_error** error, Make make) noexcept {
  try {
    if (error != nullptr) return Fail(make(), error);
  } catch (const std::bad_alloc&) {
  }
  return static_cast<influence_status>(code);
}

// A pointer that must not be NULL, and its name in the header.
struct Required {
  const void* pointer;
  const char* name;
};

// Input bytes: NULL is an empty message.
inline Required Bytes(const void* data, size_t size, const char* name) {
  return {size == 0 ? "" : data, name};
}

// Runs `body`, which returns an Error, if no required pointer is NULL.
template <typename Body>
influence_status Call(std::initializer_list<Required> required,
                      influence_error** error, Body body) noexcept {
  Clear(error);
  for (const Required& one : required) {
    if (one.pointer == nullptr) {
      return Fail(Code::kInvalidArgument, one.name, "is NULL", error);
    }
  }
  // The messages are short enough for std::string not to allocate.
  try {
    return Fail(body(), error);
  } catch (const std::bad_alloc&) {
    return Fail(Code::kOutOfMemory, "", "out of memory", error);
  } catch (...) {
    return Fail(Code::kInternal, "", "internal error", error);
  }
}

// A call that returns bytes, which `body` appends to a buffer.
template <typename Body>
influence_status Answer(influence_bytes* out,
                        std::initializer_list<Required> required,
                        influence_error** error, Body body) noexcept {
  Clear(out);
  return Call(required, error, [&]() -> Error {
    ByteBuffer buffer;
    Error failure = body(&buffer);
    const size_t size = buffer.size();
    // `data` is NULL if and only if it is empty.
    if (failure.ok() && size != 0) *out = {buffer.Release(), size};
    return failure;
  });
}

// A call that returns a handle of an Object, which `make` creates.
template <typename Object, typename Handle, typename Make>
influence_status Create(Handle** handle,
                        std::initializer_list<Required> required,
                        influence_error** error, Make make) noexcept {
  Clear(handle);
  return Call(required, error, [&]() -> Error {
    std::unique_ptr<Object> made;
    Error failure = make(&made);
    if (failure.ok()) *handle = reinterpret_cast<Handle*>(made.release());
    return failure;
  });
}

// A call that returns a stream, which `open` opens.
template <typename Open>
influence_status OpenStream(ArrowArrayStream* out, const ArrowArrayStream* in,
                            std::initializer_list<Required> required,
                            influence_error** error, Open open) noexcept {
  Clear(out, in);
  return Call(required, error, [&]() -> Error {
    Owned<ArrowArrayStream> stream;
    Error failure = open(&stream);
    if (failure.ok()) *out = stream.Take();
    return failure;
  });
}

}  // namespace influence::boundary

#endif  // INFLUENCE_ABI_BOUNDARY_H_
