// Compare, drift and what-if at the C boundary.
#include "engine/insight.h"

#include <memory>
#include <utility>

#include "boundary.h"
#include "collector.h"
#include "engine/drift.h"
#include "influence/influence.h"

namespace {

using influence::ByteBuffer;
using influence::Drift;
using influence::Error;
using influence::boundary::AddBytes;
using influence::boundary::AddColumns;
using influence::boundary::Barrier;
using influence::boundary::Clear;
using influence::boundary::Done;
using influence::boundary::FailNull;
using influence::boundary::FromHandle;
using influence::boundary::Give;
using influence::boundary::View;

Drift* FromHandle(influence_drift* handle) {
  return reinterpret_cast<Drift*>(handle);
}
const Drift* FromHandle(const influence_drift* handle) {
  return reinterpret_cast<const Drift*>(handle);
}

// A pointer that must not be NULL, and what it is called.
struct Required {
  const void* pointer;
  const char* name;
};

// Checks pointers, runs `body`, which fills a buffer, and gives it away.
template <typename Body>
influence_status Answer(std::initializer_list<Required> required,
                        const void* data, size_t size, const char* name,
                        influence_bytes* out, const char* out_name,
                        influence_bytes* message, Body body) noexcept {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (out == nullptr) return FailNull(out_name, message);
    Clear(out);
    for (const Required& one : required) {
      if (one.pointer == nullptr) return FailNull(one.name, message);
    }
    if (data == nullptr && size != 0) return FailNull(name, message);
    ByteBuffer buffer;
    const Error error = body(View(data, size), &buffer);
    if (!error.ok()) return Done(error, message);
    Give(&buffer, out);
    return INFLUENCE_OK;
  });
}

// Both ways to make a drift.
template <typename Make>
influence_status NewDrift(const influence_engine* before,
                          const influence_engine* after, const void* data,
                          size_t size, const char* name,
                          influence_drift** drift, influence_bytes* message,
                          Make make) noexcept {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (drift == nullptr) return FailNull("drift", message);
    *drift = nullptr;
    if (before == nullptr) return FailNull("before", message);
    if (after == nullptr) return FailNull("after", message);
    if (data == nullptr && size != 0) return FailNull(name, message);
    std::unique_ptr<Drift> made;
    const Error error =
        make(*influence::boundary::FromHandle(before),
             *influence::boundary::FromHandle(after), View(data, size), &made);
    if (!error.ok()) return Done(error, message);
    *drift = reinterpret_cast<influence_drift*>(made.release());
    return INFLUENCE_OK;
  });
}

}  // namespace

influence_status influence_compare(const influence_engine* before,
                                   const influence_engine* after,
                                   const uint8_t* request, size_t request_size,
                                   influence_bytes* response,
                                   influence_bytes* message) {
  return Answer({{before, "before"}, {after, "after"}}, request, request_size,
                "request", response, "response", message,
                [&](std::string_view bytes, ByteBuffer* out) {
                  return influence::Compare(*FromHandle(before),
                                            *FromHandle(after), bytes, out);
                });
}

influence_status influence_what_if(const influence_engine* engine,
                                   const uint8_t* request, size_t request_size,
                                   influence_bytes* response,
                                   influence_bytes* message) {
  return Answer({{engine, "engine"}}, request, request_size, "request",
                response, "response", message,
                [&](std::string_view bytes, ByteBuffer* out) {
                  return influence::WhatIf(*FromHandle(engine), bytes, out);
                });
}

influence_status influence_drift_new(const influence_engine* before,
                                     const influence_engine* after,
                                     const uint8_t* options,
                                     size_t options_size,
                                     influence_drift** drift,
                                     influence_bytes* message) {
  return NewDrift(before, after, options, options_size, "options", drift,
                  message, Drift::New);
}

influence_status influence_drift_load(const influence_engine* before,
                                      const influence_engine* after,
                                      const uint8_t* bytes, size_t bytes_size,
                                      influence_drift** drift,
                                      influence_bytes* message) {
  return NewDrift(before, after, bytes, bytes_size, "bytes", drift, message,
                  Drift::Load);
}

void influence_drift_free(influence_drift* drift) { delete FromHandle(drift); }

influence_status influence_drift_add_columns(influence_drift* drift,
                                             ArrowSchema* schema,
                                             ArrowArray* array,
                                             influence_bytes* message) {
  return AddColumns("drift", FromHandle(drift), schema, array, message);
}

influence_status influence_drift_add(influence_drift* drift,
                                     const uint8_t* request,
                                     size_t request_size,
                                     influence_bytes* message) {
  return AddBytes("drift", FromHandle(drift), "request", request, request_size,
                  message, &Drift::Add);
}

influence_status influence_drift_merge(influence_drift* drift,
                                       const influence_drift* other,
                                       influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (drift == nullptr) return FailNull("drift", message);
    if (other == nullptr) return FailNull("other", message);
    return Done(FromHandle(drift)->Merge(*FromHandle(other)), message);
  });
}

influence_status influence_drift_save(const influence_drift* drift,
                                      influence_bytes* bytes,
                                      influence_bytes* message) {
  return Answer({{drift, "drift"}}, nullptr, 0, "", bytes, "bytes", message,
                [&](std::string_view, ByteBuffer* out) -> Error {
                  FromHandle(drift)->Save(out);
                  return {};
                });
}

influence_status influence_drift_finish(const influence_drift* drift,
                                        influence_bytes* report,
                                        influence_bytes* message) {
  return Answer({{drift, "drift"}}, nullptr, 0, "", report, "report", message,
                [&](std::string_view, ByteBuffer* out) -> Error {
                  FromHandle(drift)->Finish(out);
                  return {};
                });
}
