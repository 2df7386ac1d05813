// The C boundary. Nothing here computes: it checks pointers and sizes, calls
// src/engine, stops every exception and turns an Error into a number.
#include "influence/influence.h"

#include <cstdlib>
#include <memory>
#include <utility>

#include "boundary.h"
#include "engine/engine.h"

namespace {

// The contract and what is behind it are the same numbers.
static_assert(INFLUENCE_MAX_REQUEST_BYTES == influence::kMaxRequestBytes);
static_assert(INFLUENCE_MAX_RESPONSE_BYTES == influence::kMaxResponseBytes);
static_assert(INFLUENCE_MAX_ALGORITHM_BYTES == influence::kMaxAlgorithmBytes);
static_assert(INFLUENCE_MAX_PROFILES == influence::kMaxProfiles);
static_assert(INFLUENCE_MAX_ACCOUNTS == influence::kMaxAccounts);
static_assert(INFLUENCE_MAX_ID_BYTES == influence::kMaxIdBytes);
static_assert(INFLUENCE_MAX_NETWORK_BYTES == influence::kMaxNetworkBytes);

using influence::ByteBuffer;
using influence::Code;
using influence::Engine;
using influence::Error;
using influence::Owned;
using influence::boundary::Barrier;
using influence::boundary::Clear;
using influence::boundary::Done;
using influence::boundary::FailNull;
using influence::boundary::FromHandle;
using influence::boundary::Give;
using influence::boundary::View;

influence_engine* ToHandle(Engine* engine) {
  return reinterpret_cast<influence_engine*>(engine);
}

// Both ways to make an engine: `make` fills the pointer or fails.
template <typename Make>
influence_status NewEngine(const char* what, const void* data, size_t size,
                           influence_engine** engine, influence_bytes* message,
                           Make make) noexcept {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (engine == nullptr) return FailNull("engine", message);
    *engine = nullptr;
    if (data == nullptr && size != 0) return FailNull(what, message);
    std::unique_ptr<Engine> made;
    const Error error = make(View(data, size), &made);
    if (!error.ok()) return Done(error, message);
    *engine = ToHandle(made.release());
    return INFLUENCE_OK;
  });
}

}  // namespace

uint32_t influence_abi_version(void) { return INFLUENCE_ABI_VERSION; }

const char* influence_library_version(void) {
  return influence::LibraryVersion();
}

const char* influence_status_name(influence_status status) {
  return influence::CodeName(static_cast<Code>(status));
}

influence_status influence_algorithm_list(influence_bytes* list) {
  return Barrier([&]() -> influence_status {
    if (list == nullptr) return INFLUENCE_INVALID_ARGUMENT;
    Clear(list);
    ByteBuffer buffer;
    influence::ListAlgorithms(INFLUENCE_ABI_VERSION, &buffer);
    Give(&buffer, list);
    return INFLUENCE_OK;
  });
}

influence_status influence_engine_new(const char* id, size_t id_size,
                                      influence_engine** engine,
                                      influence_bytes* message) {
  return NewEngine("id", id, id_size, engine, message, Engine::NewReleased);
}

influence_status influence_engine_new_custom(const uint8_t* algorithm,
                                             size_t algorithm_size,
                                             influence_engine** engine,
                                             influence_bytes* message) {
  return NewEngine("algorithm", algorithm, algorithm_size, engine, message,
                   Engine::NewCustom);
}

void influence_engine_free(influence_engine* engine) {
  delete FromHandle(engine);
}

influence_status influence_engine_describe(const influence_engine* engine,
                                           influence_bytes* description) {
  return Barrier([&]() -> influence_status {
    if (description == nullptr) return INFLUENCE_INVALID_ARGUMENT;
    Clear(description);
    if (engine == nullptr) return INFLUENCE_INVALID_ARGUMENT;
    ByteBuffer buffer;
    FromHandle(engine)->Describe(&buffer);
    Give(&buffer, description);
    return INFLUENCE_OK;
  });
}

influence_status influence_score(const influence_engine* engine,
                                 const uint8_t* request, size_t request_size,
                                 influence_bytes* response,
                                 influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (response == nullptr) return FailNull("response", message);
    Clear(response);
    if (engine == nullptr) return FailNull("engine", message);
    if (request == nullptr && request_size != 0) {
      return FailNull("request", message);
    }
    ByteBuffer buffer;
    const Error error =
        FromHandle(engine)->Score(View(request, request_size), &buffer);
    if (!error.ok()) return Done(error, message);
    Give(&buffer, response);
    return INFLUENCE_OK;
  });
}

influence_status influence_score_columns(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    ArrowSchema* schema, ArrowArray* array, ArrowSchema* out_schema,
    ArrowArray* out_array, influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    // A result may go where the input was, which is moved out first.
    if (out_schema != nullptr && out_schema != schema) *out_schema = {};
    if (out_array != nullptr && out_array != array) *out_array = {};
    if (engine == nullptr) return FailNull("engine", message);
    if (schema == nullptr) return FailNull("schema", message);
    if (array == nullptr) return FailNull("array", message);
    if (out_schema == nullptr) return FailNull("out_schema", message);
    if (out_array == nullptr) return FailNull("out_array", message);
    Owned<ArrowSchema> schema_in(schema), schema_out;
    Owned<ArrowArray> array_in(array), array_out;
    if (options == nullptr && options_size != 0) {
      return FailNull("options", message);
    }
    const Error error = FromHandle(engine)->ScoreColumns(
        View(options, options_size), std::move(schema_in), std::move(array_in),
        &schema_out, &array_out);
    if (!error.ok()) return Done(error, message);
    *out_schema = schema_out.Take();
    *out_array = array_out.Take();
    return INFLUENCE_OK;
  });
}

influence_status influence_score_stream(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    ArrowArrayStream* in, ArrowArrayStream* out, influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (out != nullptr && out != in) *out = {};
    if (engine == nullptr) return FailNull("engine", message);
    if (in == nullptr) return FailNull("in", message);
    if (out == nullptr) return FailNull("out", message);
    Owned<ArrowArrayStream> stream_in(in), stream_out;
    if (options == nullptr && options_size != 0) {
      return FailNull("options", message);
    }
    const Error error = FromHandle(engine)->ScoreStream(
        View(options, options_size), std::move(stream_in), &stream_out);
    if (!error.ok()) return Done(error, message);
    *out = stream_out.Take();
    return INFLUENCE_OK;
  });
}

void influence_bytes_free(influence_bytes* bytes) {
  if (bytes == nullptr) return;
  std::free(bytes->data);
  Clear(bytes);
}
