// The library, its engines and scoring at the C boundary. Nothing in this
// folder computes: each function checks pointers, calls src/engine, catches
// every exception and turns an Error into a status.
#include "influence/influence.h"

#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include "boundary.h"
#include "columns/table_stream.h"
#include "engine/count_calls.h"
#include "engine/engine.h"

namespace {

using influence::ByteBuffer;
using influence::Code;
using influence::Engine;
using influence::Error;
using influence::Owned;
using influence::boundary::Answer;
using influence::boundary::Bytes;
using influence::boundary::Call;
using influence::boundary::Clear;
using influence::boundary::Create;
using influence::boundary::Fail;
using influence::boundary::FromHandle;
using influence::boundary::OpenStream;
using influence::boundary::View;

}  // namespace

uint32_t influence_abi_version(void) { return INFLUENCE_ABI_VERSION; }

const char* influence_library_version(void) {
  return influence::LibraryVersion();
}

// Names come from the enumeration of the messages; a test compares its numbers
// with the header's.
const char* influence_status_name(influence_status status) {
  const std::string_view name = influence::UpperName(static_cast<Code>(status));
  return name.empty() ? "UNKNOWN" : name.data();
}

const char* influence_kernel_name(void) { return influence::KernelName(); }

influence_status influence_algorithm_list(influence_bytes* list,
                                          influence_error** error) {
  return Answer(list, {{list, "list"}}, error, [](ByteBuffer* out) -> Error {
    influence::ListAlgorithms(INFLUENCE_ABI_VERSION, out);
    return {};
  });
}

// `id` is the only text of the interface without a size: it is a constant in
// most programs.
influence_status influence_engine_open(const char* id,
                                       influence_engine** engine,
                                       influence_error** error) {
  return Create<Engine>(
      engine, {{engine, "engine"}, {id, "id"}}, error,
      [&](auto* made) { return Engine::NewReleased(id, made); });
}

influence_status influence_engine_open_custom(const uint8_t* algorithm,
                                              size_t algorithm_size,
                                              influence_engine** engine,
                                              influence_error** error) {
  return Create<Engine>(
      engine,
      {{engine, "engine"}, Bytes(algorithm, algorithm_size, "algorithm")},
      error, [&](auto* made) {
        return Engine::NewCustom(View(algorithm, algorithm_size), made);
      });
}

void influence_engine_free(influence_engine* engine) {
  delete FromHandle(engine);
}

influence_status influence_engine_describe(const influence_engine* engine,
                                           influence_bytes* description,
                                           influence_error** error) {
  return Answer(description, {{engine, "engine"}, {description, "description"}},
                error, [&](ByteBuffer* out) -> Error {
                  FromHandle(engine)->Describe(out);
                  return {};
                });
}

influence_status influence_score(const influence_engine* engine,
                                 const uint8_t* request, size_t request_size,
                                 influence_bytes* response,
                                 influence_error** error) {
  return Answer(response,
                {{engine, "engine"},
                 Bytes(request, request_size, "request"),
                 {response, "response"}},
                error, [&](ByteBuffer* out) {
                  return FromHandle(engine)->Score(View(request, request_size),
                                                   out);
                });
}

// After the checks the inputs are moved into owners, so they are released on
// every path.
influence_status influence_score_columns(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    ArrowSchema* schema, ArrowArray* array, ArrowSchema* out_schema,
    ArrowArray* out_array, influence_error** error) {
  Clear(out_schema, schema);
  Clear(out_array, array);
  return Call({{engine, "engine"},
               Bytes(options, options_size, "options"),
               {schema, "schema"},
               {array, "array"},
               {out_schema, "out_schema"},
               {out_array, "out_array"}},
              error, [&]() -> Error {
                Owned<ArrowSchema> schema_in(schema), schema_out;
                Owned<ArrowArray> array_in(array), array_out;
                Error failure = FromHandle(engine)->ScoreColumns(
                    View(options, options_size), std::move(schema_in),
                    std::move(array_in), &schema_out, &array_out);
                if (failure.ok()) {
                  *out_schema = schema_out.Take();
                  *out_array = array_out.Take();
                }
                return failure;
              });
}

influence_status influence_score_stream(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    ArrowArrayStream* in, ArrowArrayStream* out, influence_error** error) {
  return OpenStream(out, in,
                    {{engine, "engine"},
                     Bytes(options, options_size, "options"),
                     {in, "in"},
                     {out, "out"}},
                    error, [&](Owned<ArrowArrayStream>* stream) {
                      return FromHandle(engine)->ScoreStream(
                          View(options, options_size),
                          Owned<ArrowArrayStream>(in), stream);
                    });
}

// `error` is the result here and not the description of a failure, unless the
// stream is foreign.
influence_status influence_stream_error(ArrowArrayStream* stream,
                                        influence_error** error) {
  Clear(error);
  if (stream == nullptr) {
    return Fail(Code::kInvalidArgument, "stream", "is NULL", error);
  }
  const Error* const last = influence::LastError(*stream);
  if (last == nullptr) {
    return Fail(Code::kInvalidArgument, "stream",
                "is not an open stream of this library", error);
  }
  return Call({}, nullptr, [&]() -> Error {
    Fail(*last, error);
    return {};
  });
}

// The buffer comes from malloc (ByteBuffer), so that it can be freed here.
void influence_bytes_free(influence_bytes* bytes) {
  if (bytes == nullptr) return;
  std::free(bytes->data);
  Clear(bytes);
}
