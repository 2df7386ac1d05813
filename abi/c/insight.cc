// Compare, drift and what-if at the C boundary. Each handle is a Drift; a const
// one may be used by several threads, as the header says.
#include <utility>

#include "boundary.h"
#include "collector.h"
#include "engine/compare_calls.h"
#include "engine/drift_calls.h"
#include "influence/influence.h"

namespace {

using influence::ByteBuffer;
using influence::Drift;
using influence::Error;
using influence::boundary::AddColumns;
using influence::boundary::Answer;
using influence::boundary::Bytes;
using influence::boundary::Call;
using influence::boundary::Create;
using influence::boundary::FromHandle;
using influence::boundary::View;

Drift* FromHandle(influence_drift* handle) {
  return reinterpret_cast<Drift*>(handle);
}
const Drift* FromHandle(const influence_drift* handle) {
  return reinterpret_cast<const Drift*>(handle);
}

}  // namespace

influence_status influence_compare(const influence_engine* before,
                                   const influence_engine* after,
                                   const uint8_t* request, size_t request_size,
                                   influence_bytes* response,
                                   influence_error** error) {
  return Answer(response,
                {{before, "before"},
                 {after, "after"},
                 Bytes(request, request_size, "request"),
                 {response, "response"}},
                error, [&](ByteBuffer* out) {
                  return influence::Compare(*FromHandle(before),
                                            *FromHandle(after),
                                            View(request, request_size), out);
                });
}

influence_status influence_what_if(const influence_engine* engine,
                                   const uint8_t* request, size_t request_size,
                                   influence_bytes* response,
                                   influence_error** error) {
  return Answer(response,
                {{engine, "engine"},
                 Bytes(request, request_size, "request"),
                 {response, "response"}},
                error, [&](ByteBuffer* out) {
                  return influence::WhatIf(*FromHandle(engine),
                                           View(request, request_size), out);
                });
}

influence_status influence_drift_new(const influence_engine* before,
                                     const influence_engine* after,
                                     const uint8_t* options,
                                     size_t options_size,
                                     influence_drift** drift,
                                     influence_error** error) {
  return Create<Drift>(drift,
                       {{before, "before"},
                        {after, "after"},
                        Bytes(options, options_size, "options"),
                        {drift, "drift"}},
                       error, [&](auto* made) {
                         return Drift::New(*FromHandle(before),
                                           *FromHandle(after),
                                           View(options, options_size), made);
                       });
}

influence_status influence_drift_load(const influence_engine* before,
                                      const influence_engine* after,
                                      const uint8_t* bytes, size_t bytes_size,
                                      influence_drift** drift,
                                      influence_error** error) {
  return Create<Drift>(drift,
                       {{before, "before"},
                        {after, "after"},
                        Bytes(bytes, bytes_size, "bytes"),
                        {drift, "drift"}},
                       error, [&](auto* made) {
                         return Drift::Load(*FromHandle(before),
                                            *FromHandle(after),
                                            View(bytes, bytes_size), made);
                       });
}

void influence_drift_free(influence_drift* drift) { delete FromHandle(drift); }

influence_status influence_drift_add_columns(influence_drift* drift,
                                             ArrowSchema* schema,
                                             ArrowArray* array,
                                             influence_error** error) {
  return AddColumns("drift", FromHandle(drift), schema, array, error);
}

influence_status influence_drift_add(influence_drift* drift,
                                     const uint8_t* request,
                                     size_t request_size,
                                     influence_error** error) {
  return Call(
      {{drift, "drift"}, Bytes(request, request_size, "request")}, error,
      [&] { return FromHandle(drift)->Add(View(request, request_size)); });
}

// A drift merged into itself is detected by the engine, which compares
// addresses.
influence_status influence_drift_merge(influence_drift* drift,
                                       const influence_drift* other,
                                       influence_error** error) {
  return Call({{drift, "drift"}, {other, "other"}}, error,
              [&] { return FromHandle(drift)->Merge(*FromHandle(other)); });
}

influence_status influence_drift_save(const influence_drift* drift,
                                      influence_bytes* bytes,
                                      influence_error** error) {
  return Answer(bytes, {{drift, "drift"}, {bytes, "bytes"}}, error,
                [&](ByteBuffer* out) -> Error {
                  FromHandle(drift)->Save(out);
                  return {};
                });
}

influence_status influence_drift_report(const influence_drift* drift,
                                        influence_bytes* report,
                                        influence_error** error) {
  return Answer(report, {{drift, "drift"}, {report, "report"}}, error,
                [&](ByteBuffer* out) -> Error {
                  FromHandle(drift)->Report(out);
                  return {};
                });
}
