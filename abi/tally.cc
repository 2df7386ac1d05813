// The tally's functions at the C boundary.
#include "engine/tally.h"

#include <memory>
#include <utility>

#include "boundary.h"
#include "collector.h"
#include "influence/influence.h"

namespace {

static_assert(INFLUENCE_MAX_TOPIC_BYTES == influence::kMaxTopicBytes);
static_assert(INFLUENCE_MAX_EVENT_COUNT == influence::kMaxEventCount);

using influence::ByteBuffer;
using influence::Error;
using influence::Owned;
using influence::TallyEngine;
using influence::boundary::AddBytes;
using influence::boundary::AddColumns;
using influence::boundary::Barrier;
using influence::boundary::Clear;
using influence::boundary::Done;
using influence::boundary::FailNull;
using influence::boundary::FromHandle;
using influence::boundary::Give;
using influence::boundary::NewCollector;
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
                                     influence_bytes* message) {
  return NewCollector<TallyEngine>("tally", engine, options, options_size,
                                   tally, message);
}

void influence_tally_free(influence_tally* tally) { delete Of(tally); }

influence_status influence_tally_spill(
    influence_tally* tally, uint64_t memory_bytes, influence_write_fn write,
    influence_read_at_fn read_at, void* context, influence_bytes* message) {
  return Spill("tally", Of(tally), memory_bytes, write, read_at, context,
               message);
}

influence_status influence_tally_add(influence_tally* tally,
                                     const uint8_t* events, size_t events_size,
                                     influence_bytes* message) {
  return AddBytes("tally", Of(tally), "events", events, events_size, message,
                  &TallyEngine::Add);
}

influence_status influence_tally_add_columns(influence_tally* tally,
                                             ArrowSchema* schema,
                                             ArrowArray* array,
                                             influence_bytes* message) {
  return AddColumns("tally", Of(tally), schema, array, message);
}

influence_status influence_tally_merge(influence_tally* tally,
                                       const influence_tally* other,
                                       influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (tally == nullptr) return FailNull("tally", message);
    if (other == nullptr) return FailNull("other", message);
    return Done(Of(tally)->Merge(*reinterpret_cast<const TallyEngine*>(other)),
                message);
  });
}

influence_status influence_tally_save(influence_tally* tally,
                                      influence_write_fn write, void* context,
                                      influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (tally == nullptr) return FailNull("tally", message);
    if (write == nullptr) return FailNull("write", message);
    return Done(Of(tally)->Save([&](const uint8_t* data, size_t size) {
      return write(context, data, size) == 0;
    }),
                message);
  });
}

influence_status influence_tally_load(const influence_engine* engine,
                                      influence_read_fn read, void* context,
                                      influence_tally** tally,
                                      influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (tally == nullptr) return FailNull("tally", message);
    *tally = nullptr;
    if (engine == nullptr) return FailNull("engine", message);
    if (read == nullptr) return FailNull("read", message);
    std::unique_ptr<TallyEngine> loaded;
    const Error error = TallyEngine::Load(
        FromHandle(engine)->core(),
        [&](uint8_t* data, size_t size) {
          return read(context, data, size) == 0;
        },
        &loaded);
    if (error.ok())
      *tally = reinterpret_cast<influence_tally*>(loaded.release());
    return Done(error, message);
  });
}

influence_status influence_tally_report(influence_tally* tally,
                                        influence_bytes* report,
                                        influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (report == nullptr) return FailNull("report", message);
    Clear(report);
    if (tally == nullptr) return FailNull("tally", message);
    ByteBuffer buffer;
    const Error error = Of(tally)->Report(&buffer);
    if (error.ok()) Give(&buffer, report);
    return Done(error, message);
  });
}

influence_status influence_tally_finish(influence_tally* tally,
                                        const uint8_t* options,
                                        size_t options_size,
                                        ArrowArrayStream* out,
                                        influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (out == nullptr) return FailNull("out", message);
    *out = {};
    if (tally == nullptr) return FailNull("tally", message);
    if (options == nullptr && options_size != 0) {
      return FailNull("options", message);
    }
    Owned<ArrowArrayStream> stream;
    const Error error = Of(tally)->Finish(View(options, options_size), &stream);
    if (error.ok()) *out = stream.Take();
    return Done(error, message);
  });
}

influence_status influence_tally_subject(influence_tally* tally,
                                         const uint8_t* request,
                                         size_t request_size,
                                         influence_bytes* response,
                                         influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (response == nullptr) return FailNull("response", message);
    Clear(response);
    if (tally == nullptr) return FailNull("tally", message);
    if (request == nullptr && request_size != 0) {
      return FailNull("request", message);
    }
    ByteBuffer buffer;
    const Error error =
        Of(tally)->Subject(View(request, request_size), &buffer);
    if (error.ok()) Give(&buffer, response);
    return Done(error, message);
  });
}

influence_status influence_tally_topics(influence_tally* tally,
                                        ArrowSchema* out_schema,
                                        ArrowArray* out_array,
                                        influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (out_schema != nullptr) *out_schema = {};
    if (out_array != nullptr) *out_array = {};
    if (tally == nullptr) return FailNull("tally", message);
    if (out_schema == nullptr) return FailNull("out_schema", message);
    if (out_array == nullptr) return FailNull("out_array", message);
    Owned<ArrowSchema> schema;
    Owned<ArrowArray> array;
    const Error error = Of(tally)->Topics(&schema, &array);
    if (error.ok()) {
      *out_schema = schema.Take();
      *out_array = array.Take();
    }
    return Done(error, message);
  });
}
