// Tallies at the C boundary. Callbacks of C return 0 for success; the engine's
// functions return true.
#include <utility>

#include "boundary.h"
#include "collector.h"
#include "engine/tally_calls.h"
#include "influence/influence.h"

namespace {

using influence::ByteBuffer;
using influence::Error;
using influence::Owned;
using influence::TallyEngine;
using influence::boundary::AddColumns;
using influence::boundary::Answer;
using influence::boundary::Bytes;
using influence::boundary::Call;
using influence::boundary::Clear;
using influence::boundary::Create;
using influence::boundary::FromHandle;
using influence::boundary::OpenStream;
using influence::boundary::Spill;
using influence::boundary::View;

TallyEngine* Of(influence_tally* handle) {
  return reinterpret_cast<TallyEngine*>(handle);
}

}  // namespace

influence_status influence_tally_new(const influence_engine* engine,
                                     const uint8_t* options,
                                     size_t options_size,
                                     influence_tally** tally,
                                     influence_error** error) {
  return Create<TallyEngine>(tally,
                             {{engine, "engine"},
                              Bytes(options, options_size, "options"),
                              {tally, "tally"}},
                             error, [&](auto* made) {
                               return TallyEngine::New(
                                   FromHandle(engine)->core(),
                                   View(options, options_size), made);
                             });
}

void influence_tally_free(influence_tally* tally) { delete Of(tally); }

influence_status influence_tally_spill(influence_tally* tally,
                                       uint64_t memory_bytes,
                                       influence_write_fn write,
                                       influence_read_at_fn read_at,
                                       influence_release_fn release,
                                       void* context, influence_error** error) {
  return Spill("tally", Of(tally), memory_bytes, write, read_at, release,
               context, error);
}

influence_status influence_tally_add(influence_tally* tally,
                                     const uint8_t* events, size_t events_size,
                                     influence_error** error) {
  return Call({{tally, "tally"}, Bytes(events, events_size, "events")}, error,
              [&] { return Of(tally)->Add(View(events, events_size)); });
}

influence_status influence_tally_add_columns(influence_tally* tally,
                                             ArrowSchema* schema,
                                             ArrowArray* array,
                                             influence_error** error) {
  return AddColumns("tally", Of(tally), schema, array, error);
}

influence_status influence_tally_merge(influence_tally* tally,
                                       const influence_tally* other,
                                       influence_error** error) {
  return Call({{tally, "tally"}, {other, "other"}}, error, [&] {
    return Of(tally)->Merge(*reinterpret_cast<const TallyEngine*>(other));
  });
}

// A function pointer does not convert to the pointer that Call() checks, so a
// flag stands for it.
influence_status influence_tally_save(influence_tally* tally,
                                      influence_write_fn write, void* context,
                                      influence_error** error) {
  const bool has_write = write != nullptr;
  return Call({{tally, "tally"}, {has_write ? "" : nullptr, "write"}}, error,
              [&] {
                return Of(tally)->Save([&](const uint8_t* data, size_t size) {
                  return write(context, data, size) == 0;
                });
              });
}

influence_status influence_tally_load(const influence_engine* engine,
                                      influence_read_fn read, void* context,
                                      influence_tally** tally,
                                      influence_error** error) {
  const bool has_read = read != nullptr;
  return Create<TallyEngine>(
      tally,
      {{engine, "engine"}, {has_read ? "" : nullptr, "read"}, {tally, "tally"}},
      error, [&](auto* made) {
        return TallyEngine::Load(
            FromHandle(engine)->core(),
            [&](uint8_t* data, size_t size) {
              return read(context, data, size) == 0;
            },
            made);
      });
}

influence_status influence_tally_report(influence_tally* tally,
                                        influence_bytes* report,
                                        influence_error** error) {
  return Answer(report, {{tally, "tally"}, {report, "report"}}, error,
                [&](ByteBuffer* out) { return Of(tally)->Report(out); });
}

influence_status influence_tally_profiles(influence_tally* tally,
                                          const uint8_t* options,
                                          size_t options_size,
                                          ArrowArrayStream* out,
                                          influence_error** error) {
  return OpenStream(
      out, nullptr,
      {{tally, "tally"}, Bytes(options, options_size, "options"), {out, "out"}},
      error, [&](Owned<ArrowArrayStream>* stream) {
        return Of(tally)->Profiles(View(options, options_size), stream);
      });
}

influence_status influence_tally_subject(influence_tally* tally,
                                         const uint8_t* request,
                                         size_t request_size,
                                         influence_bytes* response,
                                         influence_error** error) {
  return Answer(response,
                {{tally, "tally"},
                 Bytes(request, request_size, "request"),
                 {response, "response"}},
                error, [&](ByteBuffer* out) {
                  return Of(tally)->Subject(View(request, request_size), out);
                });
}

// Schema and array are handed over only if both were made.
influence_status influence_tally_topics(influence_tally* tally,
                                        ArrowSchema* out_schema,
                                        ArrowArray* out_array,
                                        influence_error** error) {
  Clear<ArrowSchema>(out_schema, nullptr);
  Clear<ArrowArray>(out_array, nullptr);
  return Call(
      {{tally, "tally"}, {out_schema, "out_schema"}, {out_array, "out_array"}},
      error, [&]() -> Error {
        Owned<ArrowSchema> schema;
        Owned<ArrowArray> array;
        Error failure = Of(tally)->Topics(&schema, &array);
        if (failure.ok()) {
          *out_schema = schema.Take();
          *out_array = array.Take();
        }
        return failure;
      });
}
