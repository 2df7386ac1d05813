// What every function of the C boundary is made of: pointers checked,
// exceptions stopped, errors turned into numbers.
#ifndef INFLUENCE_ABI_BOUNDARY_H_
#define INFLUENCE_ABI_BOUNDARY_H_

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

#include "engine/engine.h"
#include "influence/influence.h"

namespace influence::boundary {

// The handle is never defined: it is an Engine seen from outside.
inline const Engine* FromHandle(const influence_engine* handle) {
  return reinterpret_cast<const Engine*>(handle);
}

inline std::string_view View(const void* data, size_t size) {
  return {static_cast<const char*>(data), size};
}

inline void Clear(influence_bytes* bytes) {
  if (bytes != nullptr) *bytes = {nullptr, 0};
}

// Moves the buffer to the caller.
inline void Give(ByteBuffer* buffer, influence_bytes* out) {
  const size_t size = buffer->size();
  if (size == 0) return;  // NULL if and only if empty; the buffer frees
  *out = {buffer->Release(), size};
}

// A message that cannot be allocated is left out; the status still says it.
inline influence_status Fail(Code code, const std::string& text,
                             influence_bytes* message) {
  if (message != nullptr && !text.empty()) {
    auto* copy = static_cast<uint8_t*>(std::malloc(text.size() + 1));
    if (copy != nullptr) {
      std::memcpy(copy, text.c_str(), text.size() + 1);
      *message = {copy, text.size()};
    }
  }
  return static_cast<influence_status>(code);
}

inline influence_status FailNull(const char* what, influence_bytes* message) {
  return Fail(Code::kInvalidArgument, std::string(what) + ": is NULL", message);
}

inline influence_status Done(const Error& error, influence_bytes* message) {
  if (error.ok()) return INFLUENCE_OK;
  return Fail(error.code(), error.ToString(), message);
}

// The barrier: what `body` throws ends here.
template <typename Body>
influence_status Barrier(Body body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return INFLUENCE_OUT_OF_MEMORY;
  } catch (...) {
    return INFLUENCE_INTERNAL;
  }
}

}  // namespace influence::boundary

#endif  // INFLUENCE_ABI_BOUNDARY_H_
