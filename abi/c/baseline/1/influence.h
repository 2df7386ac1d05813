/* libinfluence: versioned, explainable influence scores behind a stable C ABI.
 *
 * This header is the whole public interface. It needs a C11 compiler and
 * nothing else. proto/influence.proto says what the bytes mean.
 *
 *   influence_engine* engine = NULL;
 *   influence_bytes response = {0}, message = {0};
 *   if (influence_engine_new("v1", 2, &engine, &message) == INFLUENCE_OK &&
 *       influence_score(engine, request, request_size, &response, &message) ==
 *           INFLUENCE_OK) {
 *     // response.data[0 .. response.size) is a serialized ScoreResponse
 *   }
 *   influence_bytes_free(&message);
 *   influence_bytes_free(&response);
 *   influence_engine_free(engine);
 *
 * Determinism. The same request bytes and the same algorithm give the same
 * response bytes on every machine, compiler and thread. The library reads no
 * clock, locale, environment, file, network or random number, and never
 * changes the floating-point mode.
 *
 * Threads. Every function may be called from any thread at any time. An engine
 * is immutable: any number of threads may use one at once. Only its release
 * must come after its last use. The library starts no thread unless asked by
 * ColumnsOptions.threads, takes no lock, and may be used before and after
 * fork().
 *
 * Failure. No function aborts, throws, prints, sets a signal handler or leaves
 * a partial result. Each returns a numbered status, and those that can fail
 * for a reason worth words take a `message`.
 *
 * Memory. What the library returns in an influence_bytes belongs to the caller
 * until influence_bytes_free(). The library keeps no pointer it was given
 * beyond the call. An in-parameter of size 0 may have a NULL pointer. Calling
 * with a NULL pointer and a size that is not 0 is INFLUENCE_INVALID_ARGUMENT.
 *
 * Out-parameters. Unless it says otherwise, an `out` pointer is required; NULL
 * is INFLUENCE_INVALID_ARGUMENT. What it points to is overwritten without
 * being read, so release earlier contents first. On failure it is zeroed.
 * `message` may be NULL. If it is not, it is zeroed on success, and on failure
 * holds UTF-8 text for a developer: which field, and why. The text ends in a
 * NUL that `size` does not count; its wording is not part of the interface.
 *
 * What may change. Within one INFLUENCE_ABI_VERSION functions, constants and
 * message fields are only added. No released algorithm ever changes. The words
 * of messages and of Result.text may change in any release.
 */
#ifndef INFLUENCE_INFLUENCE_H_
#define INFLUENCE_INFLUENCE_H_

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && defined(INFLUENCE_BUILDING)
#define INFLUENCE_API __declspec(dllexport)
#elif defined(_WIN32)
#define INFLUENCE_API __declspec(dllimport)
#elif defined(__GNUC__)
#define INFLUENCE_API __attribute__((visibility("default")))
#else
#define INFLUENCE_API
#endif

/* The ABI this header describes; the number in the library's SONAME. */
#define INFLUENCE_ABI_VERSION 1

/* Limits. More is INFLUENCE_TOO_LARGE for a request, a message in the result
 * for a profile. They may be raised, never lowered. */
#define INFLUENCE_MAX_REQUEST_BYTES 16777216   /* 16 MiB; a call */
#define INFLUENCE_MAX_RESPONSE_BYTES 268435456 /* 256 MiB; a call */
#define INFLUENCE_MAX_ALGORITHM_BYTES 65536    /* a custom algorithm */
#define INFLUENCE_MAX_PROFILES 65536           /* a request */
#define INFLUENCE_MAX_ACCOUNTS 64              /* a profile */
#define INFLUENCE_MAX_ID_BYTES 256             /* a profile's id */
#define INFLUENCE_MAX_NETWORK_BYTES 64         /* an account's network */

#ifdef __cplusplus
extern "C" {
#endif

/* Numbers are part of the ABI: never renumbered, never reused. New ones may be
 * added; treat an unknown one as a failure. */
typedef int32_t influence_status;
enum {
  INFLUENCE_OK = 0,
  /* A NULL where one is not allowed, a NULL with a size, a bad option. */
  INFLUENCE_INVALID_ARGUMENT = 1,
  /* The bytes are not the message they should be. */
  INFLUENCE_MALFORMED = 2,
  /* Over a stated limit. */
  INFLUENCE_TOO_LARGE = 3,
  /* No released algorithm has this id. */
  INFLUENCE_UNKNOWN_ALGORITHM = 4,
  /* The request names another algorithm or fingerprint than the engine's. */
  INFLUENCE_ALGORITHM_MISMATCH = 5,
  /* A custom algorithm breaks a rule; the message names row and rule. */
  INFLUENCE_INVALID_ALGORITHM = 6,
  /* A number outside its stated range. */
  INFLUENCE_OUT_OF_RANGE = 7,
  /* Text that is not UTF-8. */
  INFLUENCE_INVALID_UTF8 = 8,
  /* An allocation failed. Nothing was lost but the call. */
  INFLUENCE_OUT_OF_MEMORY = 9,
  /* A defect of this library; please report it. */
  INFLUENCE_INTERNAL = 10
};

/* Bytes owned by the caller, made by the library. Its layout is frozen. */
typedef struct influence_bytes {
  uint8_t* data; /* NULL if and only if size is 0 */
  size_t size;
} influence_bytes;

/* One algorithm, ready to score. Immutable. Never defined. */
typedef struct influence_engine influence_engine;

/* ------------------------------------------------------------ the library */

/* The ABI of the library that was loaded. It serves every program compiled
 * against a header whose INFLUENCE_ABI_VERSION is equal. */
INFLUENCE_API uint32_t influence_abi_version(void);

/* The library's SemVer, "0.1.0": static, NUL-terminated, never NULL. */
INFLUENCE_API const char* influence_library_version(void);

/* "OK", "MALFORMED", ...: static, NUL-terminated, never NULL; "UNKNOWN" for a
 * number this library does not know. */
INFLUENCE_API const char* influence_status_name(influence_status status);

/* All released algorithms, oldest first, as a serialized AlgorithmList.
 * The list only grows. Fails only with INVALID_ARGUMENT or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_algorithm_list(influence_bytes* list);

/* -------------------------------------------------------------- an engine */

/* Makes an engine for the released algorithm `id` ("v1"; id_size bytes, no NUL
 * needed). There is no default and no "latest".
 * Fails with UNKNOWN_ALGORITHM, INVALID_ARGUMENT or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_engine_new(const char* id,
                                                    size_t id_size,
                                                    influence_engine** engine,
                                                    influence_bytes* message);

/* Makes an engine for the caller's own table, a serialized Algorithm. It is
 * copied. Fails with MALFORMED, TOO_LARGE, INVALID_ALGORITHM, INVALID_ARGUMENT
 * or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_engine_new_custom(
    const uint8_t* algorithm, size_t algorithm_size, influence_engine** engine,
    influence_bytes* message);

/* Releases an engine. NULL is allowed. */
INFLUENCE_API void influence_engine_free(influence_engine* engine);

/* The engine's table, fingerprint and price list, as a serialized
 * AlgorithmDescription. Fails only with INVALID_ARGUMENT or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_engine_describe(
    const influence_engine* engine, influence_bytes* description);

/* ---------------------------------------------------------------- scoring */

/* Scores a serialized ScoreRequest; `response` becomes a serialized
 * ScoreResponse with one result for each profile, in the request's order.
 *
 * A profile that cannot be scored (a number out of range, text that is not
 * UTF-8, a malformed message, too many accounts) has an Error in its result;
 * the call is still INFLUENCE_OK and every other profile has its score.
 *
 * The call itself fails with MALFORMED (the outer message), TOO_LARGE,
 * ALGORITHM_MISMATCH, OUT_OF_RANGE (as_of_days), INVALID_ARGUMENT (an unknown
 * detail or rendering, NULL) or OUT_OF_MEMORY; `response` is then zeroed.
 *
 * An empty request is not valid: it names no algorithm. A request without
 * profiles has a response without results. */
INFLUENCE_API influence_status influence_score(const influence_engine* engine,
                                               const uint8_t* request,
                                               size_t request_size,
                                               influence_bytes* response,
                                               influence_bytes* message);

/* ---------------------------------------------------------------- columns
 *
 * Whole populations, over the Arrow C data interface: what pyarrow, Polars,
 * DuckDB and pandas hand over without a copy. No Arrow library is needed. The
 * three structs are Arrow's own, so whichever header comes first declares them.
 */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/* Scores a table: one row, one person. The same scores as influence_score()
 * gives, to the last bit, for any number of rows.
 *
 * Input: a struct array (a record batch). Its fields, in any order:
 *   id                        optional, of any type: carried, never read
 *   network                   optional, of any type: neither
 *   mentions, replies, saves, likes, reshares, quotes, listings, followers,
 *   standing, endorsements    counts: 12 is twelve
 *   mentions_micros, ...      the same in millionths: 12'000'000 is twelve
 *   accounts                  instead of signals beside id, for people with
 *                             several accounts: a list (or large list) of
 *                             structs of the fields above; at most 64 a row
 * Signals are int32, uint32, int64, uint64 or decimal128 of scale 0 to 6;
 * double only if the options say how to round. A null is unknown, which is not
 * zero. A field of another name or type, or a signal twice, is
 * INVALID_ARGUMENT; the message names it. Buffers need no alignment, but for
 * the offsets of a list.
 *
 * Output: a struct array of as many rows in the same order:
 *   id                        as in the input, if it was there; not copied
 *   score, low, high          micropoints, int64
 *   coverage                  micropoints of weight on stated facts, int64
 *   error                     int32: null, or why the row has no score, as an
 *                             influence_status; the row's other columns are
 *                             then null
 *   error_field               dictionary of text: the field that is at fault
 * and, if the options ask for them,
 *   band                      int8, a Band
 *   points_attention, ...     micropoints, int64; one for each row of the
 *                             algorithm, in its order
 *   lifted, held_back         lists of structs of code (int8, a ReasonCode),
 *                             factor (int8, a Factor) and points (int64)
 * The schema's metadata holds influence.algorithm, influence.fingerprint and
 * influence.library_version.
 *
 * `options` is a serialized ColumnsOptions; size 0 is every default.
 *
 * Ownership. `schema` and `array` are moved in: whatever the result, both have
 * been released when the call returns, and their `release` is NULL; only with
 * a NULL parameter nothing happened to either. `out_schema` and `out_array`
 * are moved out: release them as Arrow says, in any order, from any thread,
 * also after the engine. They need not be released if the call failed.
 *
 * Memory: the output and less than 1 MiB a thread. Threads: one, the caller's,
 * unless the options ask for more; those end before the call does. The
 * floating-point mode is read, never changed, and changes no result; the
 * exception flags may be raised.
 *
 * Fails with INVALID_ARGUMENT, MALFORMED (the options; a list whose offsets
 * are not ascending), TOO_LARGE (accounts), ALGORITHM_MISMATCH or
 * OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_score_columns(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    struct ArrowSchema* schema, struct ArrowArray* array,
    struct ArrowSchema* out_schema, struct ArrowArray* out_array,
    influence_bytes* message);

/* The same for a stream of batches: constant memory for any population.
 *
 * `in` is moved in, as above; its schema is read and checked before the call
 * returns. `out` is moved out: each get_next() reads one batch of `in` and
 * scores it. It belongs to one thread at a time, may outlive the engine, and
 * must be released. A failure of `in` is passed on with its errno and words;
 * one of ours is EINVAL or ENOMEM with the message in get_last_error().
 * Fails as above, and with INVALID_ARGUMENT if `in` fails. */
INFLUENCE_API influence_status
influence_score_stream(const influence_engine* engine, const uint8_t* options,
                       size_t options_size, struct ArrowArrayStream* in,
                       struct ArrowArrayStream* out, influence_bytes* message);

/* Releases what the library returned and zeroes *bytes. NULL and zeroed
 * structs are allowed, so releasing twice is harmless. */
INFLUENCE_API void influence_bytes_free(influence_bytes* bytes);

#ifdef __cplusplus
}
#endif

#endif /* INFLUENCE_INFLUENCE_H_ */
