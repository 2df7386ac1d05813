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
#define INFLUENCE_MAX_TOPIC_BYTES 64           /* an event's topic */
#define INFLUENCE_MAX_EVENT_COUNT 1000000      /* reactions one event is */

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
  INFLUENCE_INTERNAL = 10,
  /* A callback of the caller's asked to stop, or could not do its work. */
  INFLUENCE_CANCELLED = 11
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
 * Beside accounts there may be standing, or standing_micros, if they have none:
 * it is the person's, as if the first account stated it, or the only one.
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
 * influence.library_version; and of which graph the standing is, if the options
 * or the metadata of the input say so, which must not differ.
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

/* ------------------------------------------------------------------ tally
 *
 * From events to profiles: who reacted to whom, when, how. The rule, with its
 * proofs, is the algorithm's TALLY.md (src/algorithm/v1/TALLY.md).
 *
 * A tally is an accumulator of integers. In whatever order events are added,
 * however they are split among tallies that are then merged, however often
 * these are saved and loaded, on however many threads: the same events give
 * the same bytes.
 *
 * Threads. A tally belongs to one thread at a time: it is sorted in place even
 * when it is only asked. Several producers have a tally each, merged at the
 * end, or take turns.
 */
typedef struct influence_tally influence_tally;

/* Writes `size` bytes somewhere; 0 if it did. Anything else ends the call with
 * INFLUENCE_CANCELLED. Must not throw or jump out. */
typedef int32_t (*influence_write_fn)(void* context, const uint8_t* data,
                                      size_t size);
/* Reads exactly `size` bytes, in order; 0 if it did. */
typedef int32_t (*influence_read_fn)(void* context, uint8_t* data, size_t size);

/* Reads exactly `size` bytes at `offset` of all that was written; 0 if it did.
 */
typedef int32_t (*influence_read_at_fn)(void* context, uint64_t offset,
                                        uint8_t* data, size_t size);

/* Makes an empty tally for the engine's algorithm and a point in time;
 * `options` is a serialized TallyOptions, of which as_of_seconds is required.
 * The engine may be released before the tally.
 * Fails with INVALID_ARGUMENT, MALFORMED, OUT_OF_RANGE, ALGORITHM_MISMATCH or
 * OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_tally_new(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    influence_tally** tally, influence_bytes* message);

/* Releases a tally. NULL is allowed. */
INFLUENCE_API void influence_tally_free(influence_tally* tally);

/* Lets a new tally keep about `memory_bytes` (at least 64 MiB) and put what
 * they have no room for where `write` appends and `read_at` reads: a file, say.
 * Ids stay in memory; when they leave no room, adding is TOO_LARGE. Such a
 * tally cannot be saved, or be the other of a merge; its profiles are the same.
 * Both functions are called with `context`, by the thread that uses the tally
 * or its stream, until both are released. What they refuse ends the call with
 * CANCELLED; the tally can then only be released. */
INFLUENCE_API influence_status influence_tally_spill(
    influence_tally* tally, uint64_t memory_bytes, influence_write_fn write,
    influence_read_at_fn read_at, void* context, influence_bytes* message);

/* Adds the events of a serialized EventBatch. Either all of them are taken (an
 * event that the rule ignores is counted by its reason, see TallyReport) or,
 * on failure, none.
 * Fails with MALFORMED, TOO_LARGE (over INFLUENCE_MAX_REQUEST_BYTES, or out of
 * numbers for ids: four billion), OUT_OF_RANGE (an event after as_of, unless
 * the options say that these are ignored), INVALID_ARGUMENT or OUT_OF_MEMORY.
 * After OUT_OF_MEMORY, or TOO_LARGE for ids, some are taken and some are not:
 * release the tally. */
INFLUENCE_API influence_status influence_tally_add(influence_tally* tally,
                                                   const uint8_t* events,
                                                   size_t events_size,
                                                   influence_bytes* message);

/* The same from columns, of any number of rows: a struct array with
 *   actor, subject            required: who reacted, and to whom
 *   kind                      required: int8 or int32, a Signal; or text, a
 *                             signal's name: "mentions", or "mention"
 *   time                      required: int64, seconds since 1970 UTC; or a
 *                             timestamp in s, ms, us or ns
 *   network, topic, event_id  optional
 *   quality                   optional: int64 in millionths, the actor's
 *   count                     optional: int64, how many reactions this is
 * Ids, networks and topics are utf8, binary, their large forms, int32, uint32,
 * int64 or uint64 (which mean their decimal digits), or dictionaries of text
 * with int8, int16 or int32 indices.
 * Ownership of `schema` and `array` is that of influence_score_columns(). */
INFLUENCE_API influence_status
influence_tally_add_columns(influence_tally* tally, struct ArrowSchema* schema,
                            struct ArrowArray* array, influence_bytes* message);

/* Adds all that `other` has, which does not change. Both must be of one
 * algorithm and one as_of, else ALGORITHM_MISMATCH or INVALID_ARGUMENT. */
INFLUENCE_API influence_status
influence_tally_merge(influence_tally* tally, const influence_tally* other,
                      influence_bytes* message);

/* Writes a tally, in pieces. Its bytes are the same for the same events. */
INFLUENCE_API influence_status influence_tally_save(influence_tally* tally,
                                                    influence_write_fn write,
                                                    void* context,
                                                    influence_bytes* message);

/* Reads a tally that was saved, for the same algorithm. It trusts no byte: a
 * damaged one is MALFORMED. */
INFLUENCE_API influence_status influence_tally_load(
    const influence_engine* engine, influence_read_fn read, void* context,
    influence_tally** tally, influence_bytes* message);

/* What was counted, what was ignored and why: a serialized TallyReport. */
INFLUENCE_API influence_status influence_tally_report(influence_tally* tally,
                                                      influence_bytes* report,
                                                      influence_bytes* message);

/* The profiles of everybody who received a reaction that counts, ascending by
 * id, as a stream of tables: `id` (binary) and `accounts`, a list of structs
 * of `network` (binary) and the signals the algorithm counts, in millionths.
 * It is what influence_score_stream() takes. `options` is a serialized
 * FinishOptions; size 0 is every default. `out` is moved out; it may outlive
 * tally and engine. Until it is released the tally cannot change: adding and
 * merging are INVALID_ARGUMENT. */
INFLUENCE_API influence_status influence_tally_finish(
    influence_tally* tally, const uint8_t* options, size_t options_size,
    struct ArrowArrayStream* out, influence_bytes* message);

/* One person, opened: `request` is a serialized SubjectRequest, `response`
 * becomes a SubjectReport: profile, score, and where each factor's points came
 * from, by network and by actor; topics with their evidence; if asked for, what
 * the score would be without each. The request may have the person's standing,
 * its graph, and the NodeReport it comes from. Fails with INVALID_ARGUMENT if
 * nobody of that id received anything, or if what is said of the standing does
 * not fit together; with ALGORITHM_MISMATCH for a standing of another rule. */
INFLUENCE_API influence_status influence_tally_subject(
    influence_tally* tally, const uint8_t* request, size_t request_size,
    influence_bytes* response, influence_bytes* message);

/* What everybody is listened to about, in one table: a row for each person and
 * topic, with what a TopicEvidence says of them:
 *   id, topic                 large binary
 *   score                     millionths, int64
 *   people                    uint64
 *   quantity                  millionths, int64
 * Ascending by id; of one id the highest score first, then by topic. All that
 * was said in topics is held in memory meanwhile. `out_schema` and `out_array`
 * are moved out. */
INFLUENCE_API influence_status
influence_tally_topics(influence_tally* tally, struct ArrowSchema* out_schema,
                       struct ArrowArray* out_array, influence_bytes* message);

/* --------------------------------------------------------------- standing
 *
 * Influence that flows through the graph of who reacts to whom, from seeds.
 * The rule, with its proofs, is the algorithm's STANDING.md
 * (src/algorithm/v1/STANDING.md).
 *
 *   influence_graph_new(engine, NULL, 0, &graph, &message);
 *   influence_graph_add_tally(graph, tally, &message);   // or _add, _columns
 *   influence_graph_seed(graph, seeds, seeds_size, &message);
 *   influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, &message);
 *   influence_tally_finish(tally, NULL, 0, &people, &message);
 *   influence_standing_join(standing, &people, &joined, &message);
 *   influence_score_stream(engine, NULL, 0, &joined, &scores, &message);
 *
 * In whatever order edges and seeds are added, in however many batches, on
 * however many threads: the same graph and seeds give the same bytes.
 *
 * Threads. A graph belongs to one thread at a time. A standing is immutable:
 * any number of threads may use one at once.
 *
 * Limits. 3'221'225'472 nodes, whose ids have at most 16 GiB together, each
 * with 6 bytes more than it has and in whole fours; as many edges as there is
 * memory for, at 8 bytes each, 16 if they have weights, and 16 or 32 more while
 * they are put in order (then 2 to 8, and 8 more if they have); for more than
 * that see influence_graph_spill(). The edges from one node weigh at most
 * 2^63 - 1 together, and so do the seeds. */
typedef struct influence_graph influence_graph;
typedef struct influence_standing influence_standing;

/* Told how many of all steps are done, by the thread that runs; 0 to go on.
 * Anything else ends the run with INFLUENCE_CANCELLED. Must not throw or jump
 * out, or use the graph. */
typedef int32_t (*influence_progress_fn)(void* context, uint32_t done,
                                         uint32_t all);

/* Makes a graph without nodes for the engine's algorithm, which says how much
 * flows anew from the seeds and how many steps there are. `options` is a
 * serialized GraphOptions; size 0 is every default. The engine may be released
 * before the graph.
 * Fails with MALFORMED, INVALID_UTF8, ALGORITHM_MISMATCH, INVALID_ARGUMENT or
 * OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_graph_new(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    influence_graph** graph, influence_bytes* message);

/* Releases a graph. NULL is allowed. */
INFLUENCE_API void influence_graph_free(influence_graph* graph);

/* Lets a new graph keep about `memory_bytes` (at least 64 MiB) of edges and put
 * the others where `write` appends and `read_at` reads: a file, say. It takes
 * 16 bytes an edge twice and, once in order, 4 to 20. What there is of each
 * node stays in memory: two numbers of 8 bytes while it runs, the id, and about
 * 30 bytes. The ranks are the same; a step reads all edges once, on one thread,
 * and so does opening a node.
 * Both functions are called with `context`, by the thread that uses the graph
 * or a standing of it, until all of them are released; opening nodes of a
 * standing on several threads calls `read_at` on all of them. What they refuse
 * ends the call with CANCELLED; if edges were being added or put in order, the
 * graph can then only be released.
 * Fails with INVALID_ARGUMENT (there are edges already), OUT_OF_RANGE or
 * OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_graph_spill(
    influence_graph* graph, uint64_t memory_bytes, influence_write_fn write,
    influence_read_at_fn read_at, void* context, influence_bytes* message);

/* Adds the edges of a serialized EdgeBatch: all of them or, on failure, none.
 * Edges of one pair add up. One from a node to itself, or of weight 0, is
 * ignored and counted, its ids are nodes; see StandingReport.
 * Fails with MALFORMED, INVALID_ARGUMENT (an empty id; the graph has been run,
 * and cannot grow any more), TOO_LARGE (over INFLUENCE_MAX_REQUEST_BYTES; an
 * id over INFLUENCE_MAX_ID_BYTES; out of numbers for nodes), OUT_OF_RANGE (a
 * weight), CANCELLED or OUT_OF_MEMORY. After OUT_OF_MEMORY, CANCELLED, or
 * TOO_LARGE for nodes, some are added and some are not: release the graph. */
INFLUENCE_API influence_status influence_graph_add(influence_graph* graph,
                                                   const uint8_t* edges,
                                                   size_t edges_size,
                                                   influence_bytes* message);

/* The same from columns, of any number of rows: a struct array with
 *   from, to                  required, no nulls: who reacts, and to whom
 *   weight                    optional: int32, uint32, int64 or uint64, not
 *                             negative, at most 2^63 - 1; a null is 1
 * Ids are utf8, binary, their large forms, integers (which mean their decimal
 * digits), or dictionaries of these.
 * Ownership of `schema` and `array` is that of influence_score_columns(). */
INFLUENCE_API influence_status
influence_graph_add_columns(influence_graph* graph, struct ArrowSchema* schema,
                            struct ArrowArray* array, influence_bytes* message);

/* Adds an edge from each actor to each subject of a tally, which does not
 * change: all reactions of the pair, each by its kind's value, decayed, in
 * millionths. Both must be of one algorithm, else ALGORITHM_MISMATCH; of two
 * tallies with another as_of the second is INVALID_ARGUMENT. */
INFLUENCE_API influence_status influence_graph_add_tally(
    influence_graph* graph, influence_tally* tally, influence_bytes* message);

/* Adds the seeds of a serialized SeedList, which also says it by name if every
 * node is one. Those that are not nodes, or weigh 0, are ignored and counted
 * when the graph is run. Seeds may change between runs. All or none are taken.
 * Fails with MALFORMED, TOO_LARGE, OUT_OF_RANGE (a weight), INVALID_ARGUMENT
 * (an empty id; a list beside every node) or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_graph_seed(influence_graph* graph,
                                                    const uint8_t* seeds,
                                                    size_t seeds_size,
                                                    influence_bytes* message);

/* Lets influence flow. `options` is a serialized RunOptions; size 0 is every
 * default. `progress` may be NULL; it is called with `context` before each
 * step and at the end. The first run puts the graph in order, after which it
 * cannot grow; a run can be cancelled, and the graph run again, as often as
 * one likes. The standing may outlive graph and engine.
 * Fails with MALFORMED, INVALID_ARGUMENT (no seed is a node of the graph; what
 * the options expect is not what there is), OUT_OF_RANGE (threads; the edges
 * from a node, or the seeds, weigh too much), CANCELLED or OUT_OF_MEMORY. If
 * putting it in order fails, the graph can only be released. */
INFLUENCE_API influence_status influence_graph_run(
    influence_graph* graph, const uint8_t* options, size_t options_size,
    influence_progress_fn progress, void* context,
    influence_standing** standing, influence_bytes* message);

/* Releases a standing. NULL is allowed. */
INFLUENCE_API void influence_standing_free(influence_standing* standing);

/* What was run on what: a serialized StandingReport. */
INFLUENCE_API influence_status
influence_standing_report(const influence_standing* standing,
                          influence_bytes* report, influence_bytes* message);

/* All nodes, ascending by id, as a stream of tables:
 *   id                        binary
 *   rank                      uint64, of 2^62, which is everybody's together
 *   standing_micros           int64: millionths of what each would have if all
 *                             had the same; the signal that is scored
 * The schema's metadata says of which graph, as that of
 * influence_standing_join(). `options` is a serialized FinishOptions. `out` is
 * moved out; it may outlive the standing. */
INFLUENCE_API influence_status influence_standing_columns(
    const influence_standing* standing, const uint8_t* options,
    size_t options_size, struct ArrowArrayStream* out,
    influence_bytes* message);

/* One node, opened: `request` is a serialized NodeRequest, `response` becomes
 * a NodeReport, whose parts sum to the rank exactly, and which names its
 * graph. Fails with INVALID_ARGUMENT if there is no such node. */
INFLUENCE_API influence_status influence_standing_explain(
    const influence_standing* standing, const uint8_t* request,
    size_t request_size, influence_bytes* response, influence_bytes* message);

/* Profiles, with the standing of who is a node: `in` is what
 * influence_score_stream() takes, with an `id` of text, binary or integers and
 * without a column of standing; `out` is the same with a column more,
 * `standing_micros`, null where the id is no node. The schema's metadata says
 * of which graph, and scoring hands that on: influence.graph_digest,
 * graph_nodes, graph_edges, seeds_digest, standing_teleport_micros and
 * standing_iterations. If `in` has them and they differ, it is another graph's:
 * INVALID_ARGUMENT.
 * Ownership, failures and threads of the streams are those of
 * influence_score_stream(). `out` may outlive the standing. */
INFLUENCE_API influence_status influence_standing_join(
    const influence_standing* standing, struct ArrowArrayStream* in,
    struct ArrowArrayStream* out, influence_bytes* message);

/* ---------------------------------------------------------------- compare */

/* Why a score changed: a serialized CompareRequest with two sides of one
 * person, `before` scored by the engine `before` and `after` by `after`; the
 * two may be one engine. `response` becomes a serialized CompareResponse, which
 * splits the change exactly into what the facts did and what the formula did.
 * Fails with MALFORMED, INVALID_UTF8, TOO_LARGE, OUT_OF_RANGE,
 * ALGORITHM_MISMATCH, INVALID_ARGUMENT or OUT_OF_MEMORY; the message names the
 * side and the field. */
INFLUENCE_API influence_status influence_compare(const influence_engine* before,
                                                 const influence_engine* after,
                                                 const uint8_t* request,
                                                 size_t request_size,
                                                 influence_bytes* response,
                                                 influence_bytes* message);

/* ------------------------------------------------------------------ drift
 *
 * What a change of algorithm does to a population, in one pass and constant
 * memory. A drift is an accumulator of integers: in whatever order people are
 * added, however they are split among drifts that are then merged, however
 * often these are saved and loaded, on however many threads, the same people
 * give the same bytes.
 *
 * Threads. A drift belongs to one thread at a time while it is added to or
 * merged into; functions that take it as const may be called from any number of
 * threads at once. */
typedef struct influence_drift influence_drift;

/* Makes an empty drift from the algorithm of `before` to that of `after`, which
 * may both be released before it. `options` is a serialized DriftOptions; size
 * 0 is every default. Fails with MALFORMED, INVALID_UTF8, OUT_OF_RANGE,
 * INVALID_ARGUMENT or OUT_OF_MEMORY. */
INFLUENCE_API influence_status influence_drift_new(
    const influence_engine* before, const influence_engine* after,
    const uint8_t* options, size_t options_size, influence_drift** drift,
    influence_bytes* message);

/* Releases a drift. NULL is allowed. */
INFLUENCE_API void influence_drift_free(influence_drift* drift);

/* Adds the people of a table, under both algorithms. The table is what
 * influence_score_columns() takes, with the columns of DriftOptions.slices
 * besides; `id` is read if the options ask for the people who moved most, and
 * must then be text, binary or integers. On failure nobody was added.
 * Ownership of `schema` and `array`, and the failures, are those of
 * influence_score_columns(); also TOO_LARGE for too many values of slices or
 * more than 2^35 people. */
INFLUENCE_API influence_status
influence_drift_add_columns(influence_drift* drift, struct ArrowSchema* schema,
                            struct ArrowArray* array, influence_bytes* message);

/* The same from the profiles of a serialized ScoreRequest, whose other fields
 * are checked as influence_score() does and mean nothing, but that `algorithm`
 * may be empty or name either side. A drift with slices takes columns alone:
 * INVALID_ARGUMENT. */
INFLUENCE_API influence_status influence_drift_add(influence_drift* drift,
                                                   const uint8_t* request,
                                                   size_t request_size,
                                                   influence_bytes* message);

/* Adds all that `other` has, which does not change. Both must be of the same
 * two algorithms (else ALGORITHM_MISMATCH), `top` and slices (else
 * INVALID_ARGUMENT). A drift may be added to itself: everybody is then in it
 * twice. */
INFLUENCE_API influence_status
influence_drift_merge(influence_drift* drift, const influence_drift* other,
                      influence_bytes* message);

/* The drift as bytes: for the same people the same ones. Their form may change
 * with the library's version. */
INFLUENCE_API influence_status
influence_drift_save(const influence_drift* drift, influence_bytes* bytes,
                     influence_bytes* message);

/* Reads a drift that was saved, for the same two algorithms. It trusts no byte:
 * a damaged one is MALFORMED. */
INFLUENCE_API influence_status influence_drift_load(
    const influence_engine* before, const influence_engine* after,
    const uint8_t* bytes, size_t bytes_size, influence_drift** drift,
    influence_bytes* message);

/* What was found so far: a serialized DriftReport. */
INFLUENCE_API influence_status
influence_drift_finish(const influence_drift* drift, influence_bytes* report,
                       influence_bytes* message);

/* ---------------------------------------------------------------- what-if */

/* What the formula would give: a serialized WhatIfRequest of one person, whose
 * facts are replaced, or a goal looked for, by exact recomputation. `response`
 * becomes a serialized WhatIfResponse. Fails as influence_compare() does. */
INFLUENCE_API influence_status influence_what_if(const influence_engine* engine,
                                                 const uint8_t* request,
                                                 size_t request_size,
                                                 influence_bytes* response,
                                                 influence_bytes* message);
/* ----------------------------------------------------------------- render */

/* A stored result, comparison, what-if or drift, an algorithm or its model
 * card on a page, in words: a serialized RenderRequest becomes text in UTF-8
 * and without a NUL: plain text, Markdown, HTML, JSON or SVG. A result is
 * computed anew from the facts inside it, and refused with INVALID_ARGUMENT if
 * that is anything else; so rendering is also the proof of it. An algorithm
 * and its card are computed from its table, a comparison and a what-if from
 * their requests. An answer that was stored without its facts is refused if
 * its sums do not hold, and its page says that no more was checked. For the
 * same request one version of the library gives the same bytes; another may
 * word and lay out differently, with the same numbers. Needs no engine:
 * released algorithms are found by name, custom ones are in the request. May
 * be called from any number of threads at once. NULL `request` with size 0 is
 * an empty request, which is refused. Fails with INVALID_ARGUMENT (also for a
 * language that lacks words), MALFORMED, TOO_LARGE, UNKNOWN_ALGORITHM,
 * ALGORITHM_MISMATCH, INVALID_ALGORITHM, OUT_OF_RANGE, INVALID_UTF8 or
 * OUT_OF_MEMORY; the message names the field. */
INFLUENCE_API influence_status influence_render(const uint8_t* request,
                                                size_t request_size,
                                                influence_bytes* text,
                                                influence_bytes* message);

/* Releases what the library returned and zeroes *bytes. NULL and zeroed
 * structs are allowed, so releasing twice is harmless. */
INFLUENCE_API void influence_bytes_free(influence_bytes* bytes);

#ifdef __cplusplus
}
#endif

#endif /* INFLUENCE_INFLUENCE_H_ */
