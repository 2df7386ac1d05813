// Adapts the caller's spill callbacks to a Scratch, and their failures to an
// Error.
#ifndef INFLUENCE_ENGINE_SCRATCH_H_
#define INFLUENCE_ENGINE_SCRATCH_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <utility>

#include "model/error.h"
#include "tally/record_store.h"

namespace influence {

// The caller's callbacks. They return false on failure.
using WriteFunction = std::function<bool(const uint8_t*, size_t)>;
using ReadFunction = std::function<bool(uint8_t*, size_t)>;
using ReadAtFunction = std::function<bool(uint64_t, uint8_t*, size_t)>;

inline constexpr uint64_t kLeastSpillMemory = uint64_t{64} << 20;

struct ScratchFailed {};

// Fails with OUT_OF_RANGE for too little memory.
inline Error CheckSpillMemory(uint64_t memory_bytes) {
  if (memory_bytes >= kLeastSpillMemory) return {};
  return {Code::kOutOfRange, "memory_bytes",
          std::to_string(memory_bytes) + " is under " +
              std::to_string(kLeastSpillMemory)};
}

// Makes a Scratch that throws ScratchFailed where a callback fails. If memory
// runs out it keeps neither callback.
inline void Connect(WriteFunction write, ReadAtFunction read_at,
                    Scratch* scratch) {
  std::function<void(const uint8_t*, size_t)> append =
      [write = std::move(write)](const uint8_t* data, size_t size) {
        if (!write(data, size)) throw ScratchFailed{};
      };
  scratch->read_at = [read_at = std::move(read_at)](
                         uint64_t offset, uint8_t* data, size_t size) {
    if (!read_at(offset, data, size)) throw ScratchFailed{};
  };
  scratch->append = std::move(append);
}

// Runs `body` and turns the exceptions that may stop it into errors.
template <typename Body>
Error Stopped(Body body) {
  try {
    return body();
  } catch (const std::length_error&) {
    return {Code::kTooLarge, "ids", "there is no room left for more"};
  } catch (const ScratchFailed&) {
    return {Code::kCancelled, "spill", "the caller's function failed"};
  }
}

}  // namespace influence

#endif  // INFLUENCE_ENGINE_SCRATCH_H_
