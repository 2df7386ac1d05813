/* libinfluence: versioned, explainable influence scores behind a stable C ABI.
 *
 * This header is the whole public interface and needs no other. The simplest
 * use scores plain counts:
 *
 *   influence_engine* engine = NULL;
 *   if (influence_engine_open("v1", &engine, NULL) == INFLUENCE_OK) {
 *     const int64_t counts[] = {120, 40, 16, 300, 85, 12, 31, 2400};
 *     int64_t score;
 *     if (influence_score_counts(engine, counts, 8, &score, NULL, NULL, NULL,
 *                                NULL) == INFLUENCE_OK) {
 *       ...  // score is in millionths of a point
 *     }
 *   }
 *   influence_engine_free(engine);
 *
 * Every other function takes and returns serialized messages, which
 * proto/influence/abi1/influence.proto defines, or Arrow columns. A call
 * reports failures by its status, and on request by an influence_error.
 *
 * Determinism. The same input and the same algorithm produce the same output
 * with every machine, compiler and number of threads. The library reads no
 * clock, locale, environment, file, network or random number, and never changes
 * the floating-point mode.
 *
 * Threads. Every function may be called from any thread. Each type has its own
 * rule for use by several threads at once:
 *   influence_engine, influence_standing   immutable; any number of threads
 *   influence_drift                        one thread at a time while it is
 *                                          added to or merged into, else any
 *   influence_tally and its streams        one thread at a time for all of
 *                                          them, even for queries
 *   influence_graph                        one thread at a time
 *   another ArrowArrayStream               one thread at a time
 *   influence_error                        immutable; any number of threads
 * The library starts threads only if `threads` is above 1 in the options of
 * influence_score_columns(), influence_score_stream(), influence_drift_new(),
 * influence_tally_new() or influence_graph_run(). It starts them inside the
 * call that does the work (an add, the profiles, a stream's get_next()) and
 * ends them before that call returns. influence_graph_run() with several
 * threads locks a mutex that no other call uses; the library has no other lock.
 * It may be used before and after fork(), also if other threads are inside it.
 *
 * Statuses. A function that can fail returns an influence_status. Its comment
 * ends in a sentence "Returns ..." with every status that it can return, except
 * INTERNAL, which is always a defect of the library. A call that fails for
 * several reasons returns the status of one of them. No function aborts,
 * throws, prints or sets a signal handler.
 *
 * Errors. Pass NULL for `error` if the status is enough. Otherwise a call sets
 * *error to NULL on success, and on failure to an influence_error, which you
 * release, or to NULL if there is no memory for one. It overwrites *error
 * without reading it.
 *
 * Out-parameters. An `out` pointer is required unless the comment says
 * otherwise; NULL is INVALID_ARGUMENT. A call overwrites the target without
 * reading it, so release earlier contents first. On failure it zeroes the
 * target.
 *
 * Memory. You own the contents of an influence_bytes that the library returns,
 * until you call influence_bytes_free(). After a call returns, the library
 * keeps no pointer that you passed, with two exceptions: Arrow structs that
 * were moved in, and the callbacks and the `context` of influence_tally_spill()
 * and influence_graph_spill(), which come with a `release`. Handles do not
 * depend on each other: you may release an engine, a tally or a standing before
 * the objects made from it.
 *
 * Callbacks. A callback runs on a thread that is inside a call of the library.
 * It must not throw, jump out of the call, or use the object that called it.
 *
 * Input bytes. With size 0 a pointer may be NULL: that is an empty message, in
 * which every field has its default. NULL with another size is
 * INVALID_ARGUMENT. Bytes that are not protobuf are MALFORMED. Unknown fields
 * are ignored.
 *
 * Compatibility. Within one INFLUENCE_ABI_VERSION functions, constants and
 * message fields are only added. No released algorithm ever changes. The
 * wording of errors and of Result.text may change in any release.
 */
#ifndef INFLUENCE_INFLUENCE_H_
#define INFLUENCE_INFLUENCE_H_

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && defined(INFLUENCE_STATIC)
#define INFLUENCE_API
#elif defined(_WIN32) && defined(INFLUENCE_BUILDING)
#define INFLUENCE_API __declspec(dllexport)
#elif defined(_WIN32)
#define INFLUENCE_API __declspec(dllimport)
#elif defined(__GNUC__)
#define INFLUENCE_API __attribute__((visibility("default")))
#else
#define INFLUENCE_API
#endif

/* The ABI that this header describes; the number in the library's SONAME. */
#define INFLUENCE_ABI_VERSION 1

/* The release of this header. influence_library_version() returns the release
 * of the loaded library, which may be another one of the same ABI. */
#define INFLUENCE_VERSION_MAJOR 0
#define INFLUENCE_VERSION_MINOR 1
#define INFLUENCE_VERSION_PATCH 0

/* Limits. A call over a limit fails with TOO_LARGE; a profile over a limit has
 * TOO_LARGE in its result. There are two exceptions: an event over a limit is
 * ignored and counted, and more threads are OUT_OF_RANGE. A later library may
 * raise a limit but not lower one; influence_limit() returns the limits of the
 * loaded library. */
#define INFLUENCE_MAX_REQUEST_BYTES 16777216   /* 16 MiB; a call */
#define INFLUENCE_MAX_RESPONSE_BYTES 268435456 /* 256 MiB; a call */
#define INFLUENCE_MAX_ALGORITHM_BYTES 65536    /* a custom algorithm */
#define INFLUENCE_MAX_PROFILES 65536           /* a request */
#define INFLUENCE_MAX_ACCOUNTS 64              /* a profile */
#define INFLUENCE_MAX_ID_BYTES 256             /* an id */
#define INFLUENCE_MAX_NETWORK_BYTES 64         /* a network */
#define INFLUENCE_MAX_TOPIC_BYTES 64           /* a topic */
#define INFLUENCE_MAX_EVENT_COUNT 1000000      /* reactions one event is */
#define INFLUENCE_MAX_THREADS 1024             /* a call */

#ifdef __cplusplus
extern "C" {
#endif

/* Each status has one meaning and one number. Numbers are part of the ABI: they
 * are never changed or reused. Statuses may be added; treat an unknown one as a
 * failure. */
typedef int32_t influence_status;
enum {
  INFLUENCE_OK = 0,
  /* An argument is not allowed: NULL, an unknown option, a missing field, a
   * column of a name or type that is not accepted. */
  INFLUENCE_INVALID_ARGUMENT = 1,
  /* The bytes are not the message, the saved state or the Arrow array that they
   * should be. */
  INFLUENCE_MALFORMED = 2,
  /* A size or a count is over its limit. */
  INFLUENCE_TOO_LARGE = 3,
  /* No released algorithm has this id. */
  INFLUENCE_UNKNOWN_ALGORITHM = 4,
  /* The input names another algorithm, fingerprint or standing rule than the
   * engine's. */
  INFLUENCE_ALGORITHM_MISMATCH = 5,
  /* A custom algorithm breaks a rule; the error names row and rule. */
  INFLUENCE_INVALID_ALGORITHM = 6,
  /* A number is outside its range. */
  INFLUENCE_OUT_OF_RANGE = 7,
  /* Text is not UTF-8. */
  INFLUENCE_INVALID_UTF8 = 8,
  /* An allocation failed. */
  INFLUENCE_OUT_OF_MEMORY = 9,
  /* A defect of this library; please report it. */
  INFLUENCE_INTERNAL = 10,
  /* A callback or an input stream of the caller failed, or asked to stop. */
  INFLUENCE_CANCELLED = 11,
  /* No person, node or seed has this id. */
  INFLUENCE_NOT_FOUND = 12,
  /* The object is not in a state for this call: a tally whose stream is open, a
   * graph that has been run, an object that a failed call left half changed. */
  INFLUENCE_FAILED_PRECONDITION = 13,
  /* A stored result does not follow from its inputs. */
  INFLUENCE_NOT_VERIFIED = 14,
  /* The person does not want to be scored. */
  INFLUENCE_OPTED_OUT = 15
};

/* Bytes that the library allocated and you own. The layout is frozen. */
typedef struct influence_bytes {
  uint8_t* data; /* NULL if and only if size is 0 */
  size_t size;
} influence_bytes;

/* Handles. Their types are never defined. */
typedef struct influence_error influence_error;       /* why a call failed */
typedef struct influence_engine influence_engine;     /* one algorithm */
typedef struct influence_tally influence_tally;       /* events, counted */
typedef struct influence_graph influence_graph;       /* who reacts to whom */
typedef struct influence_standing influence_standing; /* a graph that was run */
typedef struct influence_drift influence_drift; /* a population, compared */

/* Releases bytes that the library returned and zeroes *bytes. NULL and zeroed
 * structs are allowed, so releasing twice is harmless. */
INFLUENCE_API void influence_bytes_free(influence_bytes* bytes);

/* ----------------------------------------------------------- plain counts */

/* Opens an engine for the released algorithm `id`, a NUL-terminated string such
 * as "v1". There is no default and no "latest". An engine is immutable. NULL is
 * INVALID_ARGUMENT.
 * Returns OK, INVALID_ARGUMENT, UNKNOWN_ALGORITHM or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_engine_open(const char* id,
                                                     influence_engine** engine,
                                                     influence_error** error);

/* Releases an engine. NULL is allowed. */
INFLUENCE_API void influence_engine_free(influence_engine* engine);

/* The index of each signal in the `counts` of influence_score_counts(): its
 * number in the enumeration Signal minus one. */
enum {
  INFLUENCE_MENTIONS = 0,
  INFLUENCE_REPLIES = 1,
  INFLUENCE_SAVES = 2,
  INFLUENCE_LIKES = 3,
  INFLUENCE_RESHARES = 4,
  INFLUENCE_QUOTES = 5,
  INFLUENCE_LISTINGS = 6,
  INFLUENCE_FOLLOWERS = 7,
  INFLUENCE_STANDING = 8,
  INFLUENCE_ENDORSEMENTS = 9
};

/* A count that is not known. It earns as little as zero but is not the same: it
 * widens the range from low to high. */
#define INFLUENCE_UNKNOWN INT64_MIN

/* Scores one person with one account by plain counts: 12 means twelve. A count
 * is at most 10'000'000'000. `counts` has `counts_size` entries; signals beyond
 * them are unknown. Entries beyond this library's signals are allowed if they
 * are INFLUENCE_UNKNOWN.
 *
 * Sets *score to the score in micropoints, 0 .. 100'000'000; *low and *high to
 * the lowest and the highest score that the unknown counts could produce; and
 * *coverage to the micropoints of weight that rest on known counts. Each of
 * low, high and coverage may be NULL.
 *
 * The field of an error is the place of the count, such as "counts[5]"; its
 * text names the signal.
 *
 * NULL with `counts_size` 0 is allowed: every signal is then unknown. Allocates
 * memory only for an error.
 * Returns OK, INVALID_ARGUMENT or OUT_OF_RANGE. */
INFLUENCE_API influence_status influence_score_counts(
    const influence_engine* engine, const int64_t* counts, size_t counts_size,
    int64_t* score, int64_t* low, int64_t* high, int64_t* coverage,
    influence_error** error);

/* The most bytes that influence_format_points() writes. */
#define INFLUENCE_POINTS_BYTES 24

/* Formats micropoints, or any count of millionths, as a decimal. Writes it with
 * a NUL to `text`, which has room for `text_size` bytes: 36'901'409 with 6
 * decimals is "36.901409", with 1 "36.9", with 0 "37". `decimals` is 0 .. 6.
 * Ties round to even, a value that rounds to zero has no sign, and no locale is
 * read. Fails with TOO_LARGE if there is not enough room, and then sets `text`
 * to "" if it has room for that.
 * Returns OK, INVALID_ARGUMENT or TOO_LARGE. */
INFLUENCE_API influence_status influence_format_points(int64_t micropoints,
                                                       int32_t decimals,
                                                       char* text,
                                                       size_t text_size);

/* ----------------------------------------------------------------- errors */

/* The parts of an error: the status; the field at fault, as a path such as
 * "profiles[12].accounts[0].followers_micros" or the name of a column, "" if
 * there is none; the row of a table or the place in a batch, counted from 0, or
 * -1; and a description for developers, in English.
 *
 * Texts are UTF-8, NUL-terminated, never NULL, and valid until the error is
 * released. An error is immutable. These functions treat NULL as an error with
 * the status OK and without a field, row or text. */
INFLUENCE_API influence_status
influence_error_status(const influence_error* error);
INFLUENCE_API const char* influence_error_field(const influence_error* error);
INFLUENCE_API int64_t influence_error_row(const influence_error* error);
INFLUENCE_API const char* influence_error_text(const influence_error* error);

/* Releases an error. NULL is allowed. */
INFLUENCE_API void influence_error_free(influence_error* error);

/* Returns "OK", "MALFORMED" and so on: static, NUL-terminated, never NULL;
 * "UNKNOWN" for a number that this library does not know. */
INFLUENCE_API const char* influence_status_name(influence_status status);

/* ------------------------------------------------------------ the library */

/* Returns the ABI of the loaded library. The library serves every program that
 * was compiled against a header with the same INFLUENCE_ABI_VERSION. */
INFLUENCE_API uint32_t influence_abi_version(void);

/* Returns the SemVer of the loaded library, "0.1.0": static, NUL-terminated,
 * never NULL. */
INFLUENCE_API const char* influence_library_version(void);

/* The numbers of the limits, for influence_limit(). */
enum {
  INFLUENCE_LIMIT_REQUEST_BYTES = 1,
  INFLUENCE_LIMIT_RESPONSE_BYTES = 2,
  INFLUENCE_LIMIT_ALGORITHM_BYTES = 3,
  INFLUENCE_LIMIT_PROFILES = 4,
  INFLUENCE_LIMIT_ACCOUNTS = 5,
  INFLUENCE_LIMIT_ID_BYTES = 6,
  INFLUENCE_LIMIT_NETWORK_BYTES = 7,
  INFLUENCE_LIMIT_TOPIC_BYTES = 8,
  INFLUENCE_LIMIT_EVENT_COUNT = 9,
  INFLUENCE_LIMIT_THREADS = 10
};

/* Returns a limit of the loaded library, or 0 for a number that it does not
 * know. */
INFLUENCE_API uint64_t influence_limit(int32_t limit);

/* Returns the name of the code that scores columns on this processor:
 * "integer", "sse2", "avx2", "avx512" or "neon"; static, NUL-terminated, never
 * NULL. They differ only in speed. A thread that does not round to nearest, or
 * traps floating-point exceptions, uses "integer". */
INFLUENCE_API const char* influence_kernel_name(void);

/* Returns all released algorithms, oldest first, as a serialized AlgorithmList.
 * The list only grows.
 * Returns OK, INVALID_ARGUMENT or OUT_OF_MEMORY. */
INFLUENCE_API influence_status
influence_algorithm_list(influence_bytes* list, influence_error** error);

/* Opens an engine for a custom algorithm, a serialized Algorithm, which is
 * copied.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, INVALID_ALGORITHM,
 * INVALID_UTF8 or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_engine_open_custom(
    const uint8_t* algorithm, size_t algorithm_size, influence_engine** engine,
    influence_error** error);

/* Returns the engine's table, fingerprint and price list as a serialized
 * AlgorithmDescription.
 * Returns OK, INVALID_ARGUMENT or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_engine_describe(
    const influence_engine* engine, influence_bytes* description,
    influence_error** error);

/* ---------------------------------------------------------------- scoring */

/* Scores a serialized ScoreRequest. Sets `response` to a serialized
 * ScoreResponse with one result for each profile, in the request's order.
 *
 * A profile that cannot be scored (a number out of range, text that is not
 * UTF-8, a malformed message, too many accounts, a person who opted out) has an
 * Error in its result. The call still returns OK, and every other profile has
 * its score.
 *
 * The call itself fails with MALFORMED or INVALID_UTF8 (the outer message),
 * TOO_LARGE (profiles, request or response), ALGORITHM_MISMATCH, OUT_OF_RANGE
 * (as_of_days, graph) or INVALID_ARGUMENT (an unknown detail or rendering, an
 * incomplete graph).
 *
 * An empty request is ALGORITHM_MISMATCH, because it names no algorithm. A
 * request without profiles has a response without results.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, ALGORITHM_MISMATCH,
 * OUT_OF_RANGE, INVALID_UTF8 or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_score(const influence_engine* engine,
                                               const uint8_t* request,
                                               size_t request_size,
                                               influence_bytes* response,
                                               influence_error** error);

/* ---------------------------------------------------------------- columns
 *
 * Whole populations over the Arrow C data interface, which pyarrow, Polars,
 * DuckDB and pandas export without a copy. No Arrow library is needed. The
 * three structs are Arrow's own; the first header that declares them is used.
 *
 * Types. All functions that take a table accept the same types for the same
 * thing:
 *   integers   int8 to int64 and uint8 to uint64
 *   decimals   decimal32 to decimal256, of scale 0 to 18; rounded to six
 *              places, ties to even
 *   floats     float16, float32 and float64
 *   text       utf8 or binary that is UTF-8, their large and view forms, and
 *              fixed-size binary
 *   times      timestamps of any unit and zone, date32 and date64; without a
 *              zone they are UTC
 * Columns that accept integers also accept decimals of scale 0, except ids,
 * times and kinds. A column may be dictionary-encoded or run-end encoded, and a
 * column of nulls may have the type null. Buffers need no alignment, except the
 * offsets of a list. Ids, networks and topics are text, or integers, which
 * stand for their decimal digits.
 *
 * Faults. A schema that does not match the function's description is
 * INVALID_ARGUMENT. Offsets, views, indices or run ends that point outside
 * their buffers are MALFORMED. The error names the column and, if there is one,
 * the row.
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

/* Scores a table with one person per row and any number of rows. Each score
 * equals that of influence_score() to the last bit.
 *
 * Input: a struct array (a record batch) with these columns, in any order:
 *   id                        optional, of any type: passed through unread
 *   mentions, replies, saves, likes, reshares, quotes, listings, followers,
 *   standing, endorsements    counts: 12 is twelve
 *   mentions_micros, ...      the same in millionths: 12'000'000 is twelve
 *   accounts                  instead of the signals, for people with several
 *                             accounts: a list (or large list) of structs of
 *                             the signals and a `network` of any type, which
 *                             is not read
 * A table with `accounts` may also have `standing` or `standing_micros`, if the
 * accounts have neither: the person's standing, as if the first account had it.
 * Signals are integers or decimals, or floats if the options say how to round;
 * signals in millionths are integers or floats. A null is unknown, which is not
 * zero. A column of another name or type, or a signal given twice, is
 * INVALID_ARGUMENT. So is a `network` among the signals: a row is a person, so
 * group the rows of a person with several accounts into `accounts`.
 *
 * Output: a struct array with the same number of rows in the same order:
 *   id                        as in the input, if present; not copied
 *   score, low, high          points, decimal128(9, 6): 36.901409
 *   coverage                  points of weight that rest on known counts, the
 *                             same type
 *   error                     int32: null, or an influence_status, if the row
 *                             has no score; its other columns are then null
 *   error_field               dictionary of text: the column at fault
 * and, if the options ask for them,
 *   band                      int8, a Band
 *   points_attention, ...     points, decimal128(9, 6); one for each row of the
 *                             algorithm, in its order
 *   lifted, held_back         lists of structs of code (int8, a ReasonCode),
 *                             factor (int8, a Factor) and points
 * With SCORE_UNIT_MICROPOINTS all points are int64 micropoints instead, and the
 * names of their columns end in `_micropoints`. The schema's metadata has
 * influence.algorithm, influence.fingerprint and influence.library_version. It
 * also has the graph of the standing if the options or the input's metadata
 * name one; if both do, they must be equal. A row that is null itself, or has
 * more than 64 accounts, is an error of that row. More rows than the lists of
 * reasons can hold are TOO_LARGE.
 *
 * `options` is a serialized ColumnsOptions.
 *
 * Ownership. `schema` and `array` are moved in: when the call returns, whatever
 * its status, both have been released and their `release` is NULL. Only a call
 * with a NULL argument leaves both unchanged. `out_schema` and `out_array` are
 * moved out: release them as Arrow specifies, in any order, from any thread,
 * even after the engine. `out_schema` may be `schema`, and `out_array` may be
 * `array`.
 *
 * The call needs memory for the output, for a copy of signals that are
 * dictionary-encoded or run-end encoded, and less than 1 MiB per thread. It
 * reads the floating-point mode, never changes it, and may raise exception
 * flags.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, ALGORITHM_MISMATCH,
 * OUT_OF_RANGE, INVALID_UTF8 or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_score_columns(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    struct ArrowSchema* schema, struct ArrowArray* array,
    struct ArrowSchema* out_schema, struct ArrowArray* out_array,
    influence_error** error);

/* Scores a stream of tables in constant memory: each get_next() of `out` reads
 * one table of `in` and scores it. The call itself reads and checks the schema
 * of `in`. Ownership is that of influence_score_columns(): `in` is moved in;
 * `out` is moved out, may outlive the engine, and must be released. `out` may
 * be `in`.
 *
 * A stream of the library reports failures as Arrow specifies: get_schema() and
 * get_next() return an errno, get_last_error() a text. The errno is that of
 * `in` if `in` failed, ENOMEM if memory ran out, EIO if a callback failed or
 * the library has a defect, and otherwise EINVAL. influence_stream_error()
 * returns the details.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, ALGORITHM_MISMATCH, OUT_OF_RANGE,
 * INVALID_UTF8, OUT_OF_MEMORY or CANCELLED. */
INFLUENCE_API influence_status
influence_score_stream(const influence_engine* engine, const uint8_t* options,
                       size_t options_size, struct ArrowArrayStream* in,
                       struct ArrowArrayStream* out, influence_error** error);

/* Copies the last failure of a stream that this library returned to *error;
 * sets *error to NULL if the stream has not failed. A stream from elsewhere, or
 * one that has been released, is INVALID_ARGUMENT, which *error then describes.
 * Returns OK or INVALID_ARGUMENT. */
INFLUENCE_API influence_status influence_stream_error(
    struct ArrowArrayStream* stream, influence_error** error);

/* ------------------------------------------------------------------ tally
 *
 * Aggregates events (who reacted to whom, when and how) into profiles. The
 * rule, with its proofs, is the algorithm's TALLY.md
 * (src/algorithm/v1/TALLY.md).
 *
 * A tally is an accumulator of integers. The same events produce the same
 * bytes, independent of their order, of batches, of the number of threads, and
 * of how they are split among tallies that are saved, loaded and merged.
 *
 * A tally and the streams of its profiles belong to one thread at a time,
 * because even queries sort the tally in place. Several producers use one tally
 * each and merge them at the end.
 *
 * A call that fails with OUT_OF_MEMORY, with CANCELLED, or with TOO_LARGE for a
 * lack of numbers or memory for ids, may leave a tally half changed. Every
 * later call except influence_tally_free() then fails with FAILED_PRECONDITION.
 */

/* Writes `size` bytes and returns 0. Another value ends the call of the library
 * with INFLUENCE_CANCELLED. */
typedef int32_t (*influence_write_fn)(void* context, const uint8_t* data,
                                      size_t size);

/* Reads exactly the next `size` bytes and returns 0. Another value ends the
 * call of the library with INFLUENCE_CANCELLED. */
typedef int32_t (*influence_read_fn)(void* context, uint8_t* data, size_t size);

/* Reads exactly `size` bytes at `offset` of everything written, and returns 0.
 * Another value ends the call of the library with INFLUENCE_CANCELLED. */
typedef int32_t (*influence_read_at_fn)(void* context, uint64_t offset,
                                        uint8_t* data, size_t size);

/* Releases `context`. Called exactly once, after the last call of the other
 * callbacks. */
typedef void (*influence_release_fn)(void* context);

/* Makes an empty tally for the engine's algorithm and a point in time.
 * `options` is a serialized TallyOptions, in which as_of_seconds is required.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, ALGORITHM_MISMATCH, OUT_OF_RANGE,
 * INVALID_UTF8 or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_tally_new(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    influence_tally** tally, influence_error** error);

/* Releases a tally. NULL is allowed. */
INFLUENCE_API void influence_tally_free(influence_tally* tally);

/* Limits the memory of a tally without events to about `memory_bytes` (at least
 * 64 MiB, else OUT_OF_RANGE). The tally spills the rest through `write` and
 * `read_at`, for example to a file. Ids stay in memory; if they leave no room,
 * adding fails. The profiles do not change. Such a tally cannot be saved or be
 * the `other` of a merge. Fails with FAILED_PRECONDITION if the tally has
 * events, spills already, or is for several threads.
 *
 * Calls on the tally and its streams call both functions with `context`, on
 * their own thread. `release` may be NULL. Otherwise it is called once,
 * whatever the status: before this call returns if it fails, and else when the
 * tally and its streams have been released.
 * Returns OK, INVALID_ARGUMENT, OUT_OF_RANGE, OUT_OF_MEMORY or
 * FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_tally_spill(
    influence_tally* tally, uint64_t memory_bytes, influence_write_fn write,
    influence_read_at_fn read_at, influence_release_fn release, void* context,
    influence_error** error);

/* Adds the events of a serialized EventBatch: all of them, or none on failure.
 * An event that the rule ignores is counted by its reason; see TallyReport. An
 * event after as_of is OUT_OF_RANGE, unless the options ignore such events. A
 * batch over INFLUENCE_MAX_REQUEST_BYTES is TOO_LARGE; so is an event whose id
 * exceeds the limits of a graph's ids, which hold for a tally too. Fails with
 * FAILED_PRECONDITION while a stream of the tally's profiles is open.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, OUT_OF_RANGE,
 * OUT_OF_MEMORY, CANCELLED or FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_tally_add(influence_tally* tally,
                                                   const uint8_t* events,
                                                   size_t events_size,
                                                   influence_error** error);

/* Adds the events of a table of any number of rows: a struct array with
 *   actor, subject            required: who reacted, and to whom
 *   kind                      required: integers, a Signal; or text, a signal's
 *                             name: "mentions", or "mention"
 *   time                      required: times, or integers: seconds since 1970
 *                             UTC
 *   network, topic, event_id  optional
 *   quality                   optional: integers or decimals, of the actor:
 *                             0.1 to 1; or quality_micros, in millionths
 *   count                     optional: integers, the number of reactions
 * Ownership of `schema` and `array` is that of influence_score_columns().
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, OUT_OF_RANGE,
 * OUT_OF_MEMORY, CANCELLED or FAILED_PRECONDITION. */
INFLUENCE_API influence_status
influence_tally_add_columns(influence_tally* tally, struct ArrowSchema* schema,
                            struct ArrowArray* array, influence_error** error);

/* Adds all events of `other`, which does not change. Fails with
 * ALGORITHM_MISMATCH if the algorithms differ, and with INVALID_ARGUMENT if the
 * points in time differ or `other` is the tally itself.
 * Returns OK, INVALID_ARGUMENT, TOO_LARGE, ALGORITHM_MISMATCH, OUT_OF_MEMORY,
 * CANCELLED or FAILED_PRECONDITION. */
INFLUENCE_API influence_status
influence_tally_merge(influence_tally* tally, const influence_tally* other,
                      influence_error** error);

/* Writes a tally in pieces. The bytes are the same for the same events; their
 * format may change with the library's version. Fails with FAILED_PRECONDITION
 * if the tally spills. `write` and `context` are not kept.
 * Returns OK, INVALID_ARGUMENT, OUT_OF_MEMORY, CANCELLED or
 * FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_tally_save(influence_tally* tally,
                                                    influence_write_fn write,
                                                    void* context,
                                                    influence_error** error);

/* Reads a tally that was saved for the same algorithm. Trusts no byte: a
 * damaged tally is MALFORMED. The options of the saved tally are not kept: the
 * new one rejects events after as_of and uses one thread. `read` and `context`
 * are not kept.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, ALGORITHM_MISMATCH, OUT_OF_MEMORY or
 * CANCELLED. */
INFLUENCE_API influence_status influence_tally_load(
    const influence_engine* engine, influence_read_fn read, void* context,
    influence_tally** tally, influence_error** error);

/* Returns the numbers of events counted and ignored, by reason, as a serialized
 * TallyReport.
 * Returns OK, INVALID_ARGUMENT, OUT_OF_MEMORY, CANCELLED or
 * FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_tally_report(influence_tally* tally,
                                                      influence_bytes* report,
                                                      influence_error** error);

/* Returns the profiles of all people who received a reaction that counts,
 * ascending by id, as a stream of tables: `id` and `accounts`, a list of
 * structs of `network` and the signals that the algorithm counts, in
 * millionths. Pass the stream to influence_score_stream(). `options` is a
 * serialized StreamOptions. `out` is moved out and may outlive tally and
 * engine. Until it is released, adding and merging fail with
 * FAILED_PRECONDITION, and so may queries of a tally for several threads.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, OUT_OF_RANGE, OUT_OF_MEMORY or
 * FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_tally_profiles(
    influence_tally* tally, const uint8_t* options, size_t options_size,
    struct ArrowArrayStream* out, influence_error** error);

/* Explains one person. `request` is a serialized SubjectRequest. Sets
 * `response` to a SubjectReport with the profile, the score, the sources of
 * each factor's points by network and by actor, the topics with their evidence
 * and, on request, the score without each actor and topic. The request may
 * include the person's standing, its graph, and the NodeReport that it comes
 * from. They must agree, else INVALID_ARGUMENT, and must come from the
 * algorithm's standing rule, else ALGORITHM_MISMATCH. A person who received
 * nothing is NOT_FOUND.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, ALGORITHM_MISMATCH,
 * OUT_OF_RANGE, INVALID_UTF8, OUT_OF_MEMORY, CANCELLED, NOT_FOUND or
 * FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_tally_subject(
    influence_tally* tally, const uint8_t* request, size_t request_size,
    influence_bytes* response, influence_error** error);

/* Returns a table with a row for each person and topic, as TopicEvidence
 * describes:
 *   id, topic                 large text
 *   score_micros              int64
 *   people                    uint64
 *   quantity_micros           int64
 * Rows ascend by id; for one id the highest score comes first, and equal scores
 * are ordered by topic. The call needs memory for all reactions that have a
 * topic. `out_schema` and `out_array` are moved out.
 * Returns OK, INVALID_ARGUMENT, OUT_OF_MEMORY, CANCELLED or
 * FAILED_PRECONDITION. */
INFLUENCE_API influence_status
influence_tally_topics(influence_tally* tally, struct ArrowSchema* out_schema,
                       struct ArrowArray* out_array, influence_error** error);

/* --------------------------------------------------------------- standing
 *
 * Personalised PageRank: influence propagates from seeds through the graph of
 * reactions. The rule, with its proofs, is the algorithm's STANDING.md
 * (src/algorithm/v1/STANDING.md).
 *
 *   influence_graph_new(engine, NULL, 0, &graph, &error);
 *   influence_graph_add_tally(graph, tally, &error);  // or _add, _add_columns
 *   influence_graph_seed(graph, seeds, seeds_size, &error);
 *   influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, &error);
 *   influence_tally_profiles(tally, NULL, 0, &people, &error);
 *   influence_standing_join(standing, &people, &joined, &error);
 *   influence_score_stream(engine, NULL, 0, &joined, &scores, &error);
 *
 * The same graph and seeds produce the same bytes, independent of the order and
 * batches of edges and seeds and of the number of threads.
 *
 * Limits. A graph has at most 3'221'225'472 nodes. Their ids take at most 16
 * GiB together; each takes 6 bytes more than its size, rounded up to a multiple
 * of 4. An edge takes 8 bytes of memory, or 16 with a weight, and 16 or 32 more
 * while the first run orders the edges; afterwards 2 to 8, and 8 more with a
 * weight. influence_graph_spill() moves edges out of memory. The edges from one
 * node weigh at most 2^63 - 1 together, and so do the seeds.
 *
 * A call that fails with OUT_OF_MEMORY, with CANCELLED, or with TOO_LARGE for a
 * lack of numbers for nodes, while it adds or orders edges, may leave a graph
 * half changed. Adding, spilling and running then fail with
 * FAILED_PRECONDITION.
 */

/* Called before each step of a run and at its end, with the number of steps
 * that are done out of `all`. Returns 0 to continue. Another value ends the run
 * with INFLUENCE_CANCELLED. */
typedef int32_t (*influence_progress_fn)(void* context, uint32_t done,
                                         uint32_t all);

/* Makes an empty graph for the engine's algorithm, whose StandingRule its runs
 * use. `options` is a serialized GraphOptions.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, ALGORITHM_MISMATCH, INVALID_UTF8 or
 * OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_graph_new(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    influence_graph** graph, influence_error** error);

/* Releases a graph. NULL is allowed. */
INFLUENCE_API void influence_graph_free(influence_graph* graph);

/* Limits the memory for the edges of a graph without edges to about
 * `memory_bytes` (at least 64 MiB, else OUT_OF_RANGE). The graph spills the
 * rest through `write` and `read_at`, for example to a file: twice 16 bytes per
 * edge and, once ordered, 4 to 20. Nodes stay in memory: two numbers of 8 bytes
 * during a run, the id, and about 30 bytes. The ranks do not change. A step
 * reads all edges once, on one thread, and so does
 * influence_standing_explain(). Fails with FAILED_PRECONDITION if the graph has
 * edges, spills already or has been run.
 *
 * Calls on the graph and its standings call both functions with `context`, on
 * their own thread: if several threads explain nodes at once, all of them call
 * `read_at` at once. `release` may be NULL. Otherwise it is called once,
 * whatever the status: before this call returns if it fails, and else when the
 * graph, its standings and their streams have been released.
 * Returns OK, INVALID_ARGUMENT, OUT_OF_RANGE, OUT_OF_MEMORY or
 * FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_graph_spill(
    influence_graph* graph, uint64_t memory_bytes, influence_write_fn write,
    influence_read_at_fn read_at, influence_release_fn release, void* context,
    influence_error** error);

/* Adds the edges of a serialized EdgeBatch: all of them, or none on failure.
 * The weights of edges of one pair add up. An edge from a node to itself, or of
 * weight 0, is ignored and counted, and its ids become nodes; see
 * StandingReport. An empty id is INVALID_ARGUMENT; an id or a batch over its
 * limit is TOO_LARGE. Fails with FAILED_PRECONDITION after the first run,
 * because a graph then cannot grow.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, OUT_OF_RANGE,
 * INVALID_UTF8, OUT_OF_MEMORY, CANCELLED or FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_graph_add(influence_graph* graph,
                                                   const uint8_t* edges,
                                                   size_t edges_size,
                                                   influence_error** error);

/* Adds the edges of a table of any number of rows: a struct array with
 *   source, target            required, without nulls: who reacts, and to whom
 *   weight                    optional: integers, 0 to 2^63 - 1; a null is 1
 * Ownership of `schema` and `array` is that of influence_score_columns().
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, OUT_OF_RANGE,
 * INVALID_UTF8, OUT_OF_MEMORY, CANCELLED or FAILED_PRECONDITION. */
INFLUENCE_API influence_status
influence_graph_add_columns(influence_graph* graph, struct ArrowSchema* schema,
                            struct ArrowArray* array, influence_error** error);

/* Adds an edge from each actor to each subject of a tally, whose events do not
 * change. The weight is the sum of the pair's reactions, each by its kind's
 * value, decayed, in millionths. Fails with ALGORITHM_MISMATCH if the
 * algorithms of graph and tally differ, and with INVALID_ARGUMENT if two
 * tallies of a graph have different points in time.
 * Returns OK, INVALID_ARGUMENT, ALGORITHM_MISMATCH, OUT_OF_MEMORY, CANCELLED or
 * FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_graph_add_tally(
    influence_graph* graph, influence_tally* tally, influence_error** error);

/* Adds the seeds of a serialized SeedList, or makes every node a seed if the
 * list says so: all of them, or none on failure. A seed that is no node, or
 * weighs 0, is ignored and counted when the graph is run. Seeds may change
 * between runs. An empty id, or a list of seeds together with every node, is
 * INVALID_ARGUMENT.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, OUT_OF_RANGE,
 * INVALID_UTF8 or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_graph_seed(influence_graph* graph,
                                                    const uint8_t* seeds,
                                                    size_t seeds_size,
                                                    influence_error** error);

/* Computes the standing of every node. `options` is a serialized RunOptions.
 * `progress` may be NULL; it is called with `context`, and neither is kept. The
 * first run orders the edges; the graph then cannot grow. You may run a graph
 * any number of times, even after a run that failed or was cancelled.
 *
 * Fails with NOT_FOUND if no seed is a node; with FAILED_PRECONDITION if there
 * are no nodes or no seeds, or if graph or seeds are not those that the options
 * expect; and with OUT_OF_RANGE if the seeds, or the edges from one node, weigh
 * too much together.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, OUT_OF_RANGE, INVALID_UTF8,
 * OUT_OF_MEMORY, CANCELLED, NOT_FOUND or FAILED_PRECONDITION. */
INFLUENCE_API influence_status influence_graph_run(
    influence_graph* graph, const uint8_t* options, size_t options_size,
    influence_progress_fn progress, void* context,
    influence_standing** standing, influence_error** error);

/* Releases a standing. NULL is allowed. */
INFLUENCE_API void influence_standing_free(influence_standing* standing);

/* Returns a serialized StandingReport: the rule that was run, and the graph.
 * Returns OK, INVALID_ARGUMENT or OUT_OF_MEMORY. */
INFLUENCE_API influence_status
influence_standing_report(const influence_standing* standing,
                          influence_bytes* report, influence_error** error);

/* Returns all nodes, ascending by id, as a stream of tables:
 *   id                        text
 *   rank                      uint64; all ranks sum to 2^62
 *   standing_micros           int64: rank * nodes / 2^62, in millionths; the
 *                             signal for scoring
 * The schema's metadata names the graph, as influence_standing_join() does.
 * `options` is a serialized StreamOptions. `out` is moved out and may outlive
 * the standing.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, OUT_OF_RANGE or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_standing_ranks(
    const influence_standing* standing, const uint8_t* options,
    size_t options_size, struct ArrowArrayStream* out, influence_error** error);

/* Explains one node. `request` is a serialized NodeRequest. Sets `response` to
 * a NodeReport, whose parts sum to the rank exactly and which names its graph.
 * An id that is no node is NOT_FOUND.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, OUT_OF_RANGE, INVALID_UTF8,
 * OUT_OF_MEMORY, CANCELLED or NOT_FOUND. */
INFLUENCE_API influence_status influence_standing_explain(
    const influence_standing* standing, const uint8_t* request,
    size_t request_size, influence_bytes* response, influence_error** error);

/* Adds standing to profiles. `in` is a stream for influence_score_stream(),
 * with an `id` and without a column of standing. `out` is the same with one
 * more column, `standing_micros`, null if the id is no node. The schema's
 * metadata names the graph, and scoring passes it on: influence.graph.digest
 * and so on, one key for each field of GraphIdentity. If the metadata of `in`
 * names another graph, the call fails with INVALID_ARGUMENT.
 * Ownership and failures of the streams are those of influence_score_stream().
 * `out` may outlive the standing.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, OUT_OF_RANGE, OUT_OF_MEMORY or
 * CANCELLED. */
INFLUENCE_API influence_status influence_standing_join(
    const influence_standing* standing, struct ArrowArrayStream* in,
    struct ArrowArrayStream* out, influence_error** error);

/* ---------------------------------------------------------------- compare */

/* Explains why a score changed. `request` is a serialized CompareRequest with
 * two sides of one person: `before` is scored by the engine `before`, `after`
 * by the engine `after`; both may be the same engine. Sets `response` to a
 * serialized CompareResponse, which splits the change exactly into the effect
 * of the data and the effect of the formula. The error's field names the side.
 * A person who opted out on either side is OPTED_OUT.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, ALGORITHM_MISMATCH,
 * OUT_OF_RANGE, INVALID_UTF8, OUT_OF_MEMORY or OPTED_OUT. */
INFLUENCE_API influence_status influence_compare(const influence_engine* before,
                                                 const influence_engine* after,
                                                 const uint8_t* request,
                                                 size_t request_size,
                                                 influence_bytes* response,
                                                 influence_error** error);

/* ------------------------------------------------------------------ drift
 *
 * The effect of a change of algorithm on a population, in one pass and constant
 * memory. A drift is an accumulator of integers: the same people produce the
 * same bytes, independent of their order, of batches, of the number of threads,
 * and of how they are split among drifts that are saved, loaded and merged.
 */

/* Makes an empty drift from the algorithm of `before` to the algorithm of
 * `after`. `options` is a serialized DriftOptions.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, OUT_OF_RANGE, INVALID_UTF8 or
 * OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_drift_new(
    const influence_engine* before, const influence_engine* after,
    const uint8_t* options, size_t options_size, influence_drift** drift,
    influence_error** error);

/* Releases a drift. NULL is allowed. */
INFLUENCE_API void influence_drift_free(influence_drift* drift);

/* Scores the people of a table under both algorithms and adds them: all of
 * them, or nobody on failure. The table is one for influence_score_columns(),
 * with the columns of DriftOptions.slices added. `id` is read if the options
 * ask for the people who moved most, and must then be text or integers. Slices
 * are text, integers or booleans, but not signals, `accounts` or `network`. Too
 * many values of slices, or more than 2^35 people, are TOO_LARGE. A graph that
 * the schema's metadata names must come from the standing rule of both
 * algorithms, and is checked as influence_score_columns() checks it.
 * Ownership of `schema` and `array` is that of influence_score_columns().
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, ALGORITHM_MISMATCH,
 * OUT_OF_RANGE, INVALID_UTF8 or OUT_OF_MEMORY. */
INFLUENCE_API influence_status
influence_drift_add_columns(influence_drift* drift, struct ArrowSchema* schema,
                            struct ArrowArray* array, influence_error** error);

/* Adds the profiles of a serialized ScoreRequest: all of them, or nobody on
 * failure. Its other fields have no effect. They are checked as
 * influence_score() checks them, except that `algorithm` may be empty or name
 * either side, and that `graph` must come from the standing rule of both. Fails
 * with INVALID_ARGUMENT if the drift has slices: it then takes only columns.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, ALGORITHM_MISMATCH,
 * OUT_OF_RANGE, INVALID_UTF8 or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_drift_add(influence_drift* drift,
                                                   const uint8_t* request,
                                                   size_t request_size,
                                                   influence_error** error);

/* Adds all people of `other`, which does not change. Fails with
 * ALGORITHM_MISMATCH if the algorithms differ, and with INVALID_ARGUMENT if
 * `top` or the slices differ or `other` is the drift itself.
 * Returns OK, INVALID_ARGUMENT, TOO_LARGE, ALGORITHM_MISMATCH or
 * OUT_OF_MEMORY. */
INFLUENCE_API influence_status
influence_drift_merge(influence_drift* drift, const influence_drift* other,
                      influence_error** error);

/* Returns the drift as bytes, which are the same for the same people. Their
 * format may change with the library's version.
 * Returns OK, INVALID_ARGUMENT or OUT_OF_MEMORY. */
INFLUENCE_API influence_status
influence_drift_save(const influence_drift* drift, influence_bytes* bytes,
                     influence_error** error);

/* Reads a drift that was saved for the same two algorithms. Trusts no byte: a
 * damaged drift is MALFORMED. The number of threads is not kept: the new drift
 * uses one.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, ALGORITHM_MISMATCH or OUT_OF_MEMORY.
 * */
INFLUENCE_API influence_status influence_drift_load(
    const influence_engine* before, const influence_engine* after,
    const uint8_t* bytes, size_t bytes_size, influence_drift** drift,
    influence_error** error);

/* Returns the result so far, as a serialized DriftReport.
 * Returns OK, INVALID_ARGUMENT or OUT_OF_MEMORY. */
INFLUENCE_API influence_status
influence_drift_report(const influence_drift* drift, influence_bytes* report,
                       influence_error** error);

/* ---------------------------------------------------------------- what-if */

/* Scores one person under changed data, by exact recomputation. A serialized
 * WhatIfRequest replaces some of their counts, or asks for the least count that
 * reaches a goal. Sets `response` to a serialized WhatIfResponse. A person who
 * opted out is OPTED_OUT.
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, ALGORITHM_MISMATCH,
 * OUT_OF_RANGE, INVALID_UTF8, OUT_OF_MEMORY or OPTED_OUT. */
INFLUENCE_API influence_status influence_what_if(const influence_engine* engine,
                                                 const uint8_t* request,
                                                 size_t request_size,
                                                 influence_bytes* response,
                                                 influence_error** error);

/* ----------------------------------------------------------------- render */

/* Renders a stored result, comparison, what-if or drift, an algorithm or its
 * model card. `request` is a serialized RenderRequest. Sets `text` to UTF-8
 * without a NUL: plain text, Markdown, HTML, JSON or SVG. Needs no engine: it
 * finds released algorithms by name, and custom ones are in the request.
 *
 * Rendering is also a proof. A result is recomputed from the data inside it; if
 * it differs, the call fails with NOT_VERIFIED. An algorithm and its card are
 * computed from its table, a comparison and a what-if from their requests. An
 * answer that is stored without its data has only its sums checked, and its
 * page says so.
 *
 * The same request produces the same bytes in one version of the library;
 * another version may use other words and another layout, with the same
 * numbers. A language that lacks words is INVALID_ARGUMENT.
 *
 * A library built without pages (INFLUENCE_PAGES=OFF) has no format: it rejects
 * every request as INVALID_ARGUMENT, with the field "format". It also rejects a
 * ScoreRequest, CompareRequest or WhatIfRequest that asks for text, with the
 * field "rendering".
 * Returns OK, INVALID_ARGUMENT, MALFORMED, TOO_LARGE, UNKNOWN_ALGORITHM,
 * ALGORITHM_MISMATCH, INVALID_ALGORITHM, OUT_OF_RANGE, INVALID_UTF8,
 * OUT_OF_MEMORY, NOT_VERIFIED or OPTED_OUT. */
INFLUENCE_API influence_status influence_render(const uint8_t* request,
                                                size_t request_size,
                                                influence_bytes* text,
                                                influence_error** error);

#ifdef __cplusplus
}
#endif

#endif /* INFLUENCE_INFLUENCE_H_ */
