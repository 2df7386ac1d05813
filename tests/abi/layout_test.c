/* Every number that a caller has compiled in, by literals. Lines are only ever
 * added; of the limits, a number may be raised. */
#include <stddef.h>

#include "influence/influence.h"

#define PIN(name, value) _Static_assert((name) == (value), #name)

PIN(INFLUENCE_ABI_VERSION, 1);

PIN(INFLUENCE_OK, 0);
PIN(INFLUENCE_INVALID_ARGUMENT, 1);
PIN(INFLUENCE_MALFORMED, 2);
PIN(INFLUENCE_TOO_LARGE, 3);
PIN(INFLUENCE_UNKNOWN_ALGORITHM, 4);
PIN(INFLUENCE_ALGORITHM_MISMATCH, 5);
PIN(INFLUENCE_INVALID_ALGORITHM, 6);
PIN(INFLUENCE_OUT_OF_RANGE, 7);
PIN(INFLUENCE_INVALID_UTF8, 8);
PIN(INFLUENCE_OUT_OF_MEMORY, 9);
PIN(INFLUENCE_INTERNAL, 10);
PIN(INFLUENCE_CANCELLED, 11);
PIN(INFLUENCE_NOT_FOUND, 12);
PIN(INFLUENCE_FAILED_PRECONDITION, 13);
PIN(INFLUENCE_NOT_VERIFIED, 14);
PIN(INFLUENCE_OPTED_OUT, 15);

PIN(INFLUENCE_MAX_REQUEST_BYTES, 16777216);
PIN(INFLUENCE_MAX_RESPONSE_BYTES, 268435456);
PIN(INFLUENCE_MAX_ALGORITHM_BYTES, 65536);
PIN(INFLUENCE_MAX_PROFILES, 65536);
PIN(INFLUENCE_MAX_ACCOUNTS, 64);
PIN(INFLUENCE_MAX_ID_BYTES, 256);
PIN(INFLUENCE_MAX_NETWORK_BYTES, 64);
PIN(INFLUENCE_MAX_TOPIC_BYTES, 64);
PIN(INFLUENCE_MAX_EVENT_COUNT, 1000000);
PIN(INFLUENCE_MAX_THREADS, 1024);

PIN(INFLUENCE_LIMIT_REQUEST_BYTES, 1);
PIN(INFLUENCE_LIMIT_RESPONSE_BYTES, 2);
PIN(INFLUENCE_LIMIT_ALGORITHM_BYTES, 3);
PIN(INFLUENCE_LIMIT_PROFILES, 4);
PIN(INFLUENCE_LIMIT_ACCOUNTS, 5);
PIN(INFLUENCE_LIMIT_ID_BYTES, 6);
PIN(INFLUENCE_LIMIT_NETWORK_BYTES, 7);
PIN(INFLUENCE_LIMIT_TOPIC_BYTES, 8);
PIN(INFLUENCE_LIMIT_EVENT_COUNT, 9);
PIN(INFLUENCE_LIMIT_THREADS, 10);

PIN(INFLUENCE_MENTIONS, 0);
PIN(INFLUENCE_REPLIES, 1);
PIN(INFLUENCE_SAVES, 2);
PIN(INFLUENCE_LIKES, 3);
PIN(INFLUENCE_RESHARES, 4);
PIN(INFLUENCE_QUOTES, 5);
PIN(INFLUENCE_LISTINGS, 6);
PIN(INFLUENCE_FOLLOWERS, 7);
PIN(INFLUENCE_STANDING, 8);
PIN(INFLUENCE_ENDORSEMENTS, 9);
PIN(INFLUENCE_UNKNOWN, -9223372036854775807 - 1);
PIN(INFLUENCE_POINTS_BYTES, 24);

PIN(sizeof(influence_status), 4);
PIN((influence_status)-1 < 0, 1);
PIN(offsetof(influence_bytes, data), 0);
PIN(offsetof(influence_bytes, size), sizeof(void*));
PIN(sizeof(influence_bytes), 2 * sizeof(void*));
PIN(sizeof(((influence_bytes*)0)->size), sizeof(size_t));

/* Arrow's structs, as its specification lays them out. */
PIN(offsetof(struct ArrowSchema, format), 0);
PIN(offsetof(struct ArrowSchema, name), sizeof(void*));
PIN(offsetof(struct ArrowSchema, metadata), 2 * sizeof(void*));
PIN(offsetof(struct ArrowSchema, flags) % 8, 0);
PIN(offsetof(struct ArrowSchema, n_children),
    offsetof(struct ArrowSchema, flags) + 8);
PIN(offsetof(struct ArrowSchema, children),
    offsetof(struct ArrowSchema, flags) + 16);
PIN(offsetof(struct ArrowSchema, dictionary),
    offsetof(struct ArrowSchema, children) + sizeof(void*));
PIN(offsetof(struct ArrowSchema, release),
    offsetof(struct ArrowSchema, children) + 2 * sizeof(void*));
PIN(offsetof(struct ArrowSchema, private_data),
    offsetof(struct ArrowSchema, children) + 3 * sizeof(void*));
PIN(offsetof(struct ArrowArray, length), 0);
PIN(offsetof(struct ArrowArray, null_count), 8);
PIN(offsetof(struct ArrowArray, offset), 16);
PIN(offsetof(struct ArrowArray, n_buffers), 24);
PIN(offsetof(struct ArrowArray, n_children), 32);
PIN(offsetof(struct ArrowArray, buffers), 40);
PIN(offsetof(struct ArrowArray, children), 40 + sizeof(void*));
PIN(offsetof(struct ArrowArray, dictionary), 40 + 2 * sizeof(void*));
PIN(offsetof(struct ArrowArray, release), 40 + 3 * sizeof(void*));
PIN(offsetof(struct ArrowArray, private_data), 40 + 4 * sizeof(void*));
PIN(offsetof(struct ArrowArrayStream, get_schema), 0);
PIN(offsetof(struct ArrowArrayStream, get_next), sizeof(void*));
PIN(offsetof(struct ArrowArrayStream, get_last_error), 2 * sizeof(void*));
PIN(offsetof(struct ArrowArrayStream, release), 3 * sizeof(void*));
PIN(offsetof(struct ArrowArrayStream, private_data), 4 * sizeof(void*));

/* Every signature, by the types that a caller passes. */
#define SIGNATURE(result, name, ...)                                        \
  _Static_assert(                                                           \
      _Generic(&influence_##name, result(*)(__VA_ARGS__) : 1, default : 0), \
      #name)

SIGNATURE(void, bytes_free, influence_bytes*);
SIGNATURE(int32_t, engine_open, const char*, influence_engine**,
          influence_error**);
SIGNATURE(void, engine_free, influence_engine*);
SIGNATURE(int32_t, score_counts, const influence_engine*, const int64_t*,
          size_t, int64_t*, int64_t*, int64_t*, int64_t*, influence_error**);
SIGNATURE(int32_t, format_points, int64_t, int32_t, char*, size_t);
SIGNATURE(int32_t, error_status, const influence_error*);
SIGNATURE(const char*, error_field, const influence_error*);
SIGNATURE(int64_t, error_row, const influence_error*);
SIGNATURE(const char*, error_text, const influence_error*);
SIGNATURE(void, error_free, influence_error*);
SIGNATURE(const char*, status_name, int32_t);
SIGNATURE(uint32_t, abi_version, void);
SIGNATURE(const char*, library_version, void);
SIGNATURE(uint64_t, limit, int32_t);
SIGNATURE(const char*, kernel_name, void);
SIGNATURE(int32_t, algorithm_list, influence_bytes*, influence_error**);
SIGNATURE(int32_t, engine_open_custom, const uint8_t*, size_t,
          influence_engine**, influence_error**);
SIGNATURE(int32_t, engine_describe, const influence_engine*, influence_bytes*,
          influence_error**);
SIGNATURE(int32_t, score, const influence_engine*, const uint8_t*, size_t,
          influence_bytes*, influence_error**);
SIGNATURE(int32_t, score_columns, const influence_engine*, const uint8_t*,
          size_t, struct ArrowSchema*, struct ArrowArray*, struct ArrowSchema*,
          struct ArrowArray*, influence_error**);
SIGNATURE(int32_t, score_stream, const influence_engine*, const uint8_t*,
          size_t, struct ArrowArrayStream*, struct ArrowArrayStream*,
          influence_error**);
SIGNATURE(int32_t, stream_error, struct ArrowArrayStream*, influence_error**);
SIGNATURE(int32_t, tally_new, const influence_engine*, const uint8_t*, size_t,
          influence_tally**, influence_error**);
SIGNATURE(void, tally_free, influence_tally*);
SIGNATURE(int32_t, tally_spill, influence_tally*, uint64_t,
          int32_t (*)(void*, const uint8_t*, size_t),
          int32_t (*)(void*, uint64_t, uint8_t*, size_t), void (*)(void*),
          void*, influence_error**);
SIGNATURE(int32_t, tally_add, influence_tally*, const uint8_t*, size_t,
          influence_error**);
SIGNATURE(int32_t, tally_add_columns, influence_tally*, struct ArrowSchema*,
          struct ArrowArray*, influence_error**);
SIGNATURE(int32_t, tally_merge, influence_tally*, const influence_tally*,
          influence_error**);
SIGNATURE(int32_t, tally_save, influence_tally*,
          int32_t (*)(void*, const uint8_t*, size_t), void*, influence_error**);
SIGNATURE(int32_t, tally_load, const influence_engine*,
          int32_t (*)(void*, uint8_t*, size_t), void*, influence_tally**,
          influence_error**);
SIGNATURE(int32_t, tally_report, influence_tally*, influence_bytes*,
          influence_error**);
SIGNATURE(int32_t, tally_profiles, influence_tally*, const uint8_t*, size_t,
          struct ArrowArrayStream*, influence_error**);
SIGNATURE(int32_t, tally_subject, influence_tally*, const uint8_t*, size_t,
          influence_bytes*, influence_error**);
SIGNATURE(int32_t, tally_topics, influence_tally*, struct ArrowSchema*,
          struct ArrowArray*, influence_error**);
SIGNATURE(int32_t, graph_new, const influence_engine*, const uint8_t*, size_t,
          influence_graph**, influence_error**);
SIGNATURE(void, graph_free, influence_graph*);
SIGNATURE(int32_t, graph_spill, influence_graph*, uint64_t,
          int32_t (*)(void*, const uint8_t*, size_t),
          int32_t (*)(void*, uint64_t, uint8_t*, size_t), void (*)(void*),
          void*, influence_error**);
SIGNATURE(int32_t, graph_add, influence_graph*, const uint8_t*, size_t,
          influence_error**);
SIGNATURE(int32_t, graph_add_columns, influence_graph*, struct ArrowSchema*,
          struct ArrowArray*, influence_error**);
SIGNATURE(int32_t, graph_add_tally, influence_graph*, influence_tally*,
          influence_error**);
SIGNATURE(int32_t, graph_seed, influence_graph*, const uint8_t*, size_t,
          influence_error**);
SIGNATURE(int32_t, graph_run, influence_graph*, const uint8_t*, size_t,
          int32_t (*)(void*, uint32_t, uint32_t), void*, influence_standing**,
          influence_error**);
SIGNATURE(void, standing_free, influence_standing*);
SIGNATURE(int32_t, standing_report, const influence_standing*, influence_bytes*,
          influence_error**);
SIGNATURE(int32_t, standing_ranks, const influence_standing*, const uint8_t*,
          size_t, struct ArrowArrayStream*, influence_error**);
SIGNATURE(int32_t, standing_explain, const influence_standing*, const uint8_t*,
          size_t, influence_bytes*, influence_error**);
SIGNATURE(int32_t, standing_join, const influence_standing*,
          struct ArrowArrayStream*, struct ArrowArrayStream*,
          influence_error**);
SIGNATURE(int32_t, compare, const influence_engine*, const influence_engine*,
          const uint8_t*, size_t, influence_bytes*, influence_error**);
SIGNATURE(int32_t, drift_new, const influence_engine*, const influence_engine*,
          const uint8_t*, size_t, influence_drift**, influence_error**);
SIGNATURE(void, drift_free, influence_drift*);
SIGNATURE(int32_t, drift_add_columns, influence_drift*, struct ArrowSchema*,
          struct ArrowArray*, influence_error**);
SIGNATURE(int32_t, drift_add, influence_drift*, const uint8_t*, size_t,
          influence_error**);
SIGNATURE(int32_t, drift_merge, influence_drift*, const influence_drift*,
          influence_error**);
SIGNATURE(int32_t, drift_save, const influence_drift*, influence_bytes*,
          influence_error**);
SIGNATURE(int32_t, drift_load, const influence_engine*, const influence_engine*,
          const uint8_t*, size_t, influence_drift**, influence_error**);
SIGNATURE(int32_t, drift_report, const influence_drift*, influence_bytes*,
          influence_error**);
SIGNATURE(int32_t, what_if, const influence_engine*, const uint8_t*, size_t,
          influence_bytes*, influence_error**);
SIGNATURE(int32_t, render, const uint8_t*, size_t, influence_bytes*,
          influence_error**);

/* Using each makes a function that is missing from the library a link error. */
#define USE(name) (void (*)(void)) influence_##name
static void (*const functions[])(void) = {
    USE(bytes_free),
    USE(engine_open),
    USE(engine_free),
    USE(score_counts),
    USE(format_points),
    USE(error_status),
    USE(error_field),
    USE(error_row),
    USE(error_text),
    USE(error_free),
    USE(status_name),
    USE(abi_version),
    USE(library_version),
    USE(limit),
    USE(kernel_name),
    USE(algorithm_list),
    USE(engine_open_custom),
    USE(engine_describe),
    USE(score),
    USE(score_columns),
    USE(score_stream),
    USE(stream_error),
    USE(tally_new),
    USE(tally_free),
    USE(tally_spill),
    USE(tally_add),
    USE(tally_add_columns),
    USE(tally_merge),
    USE(tally_save),
    USE(tally_load),
    USE(tally_report),
    USE(tally_profiles),
    USE(tally_subject),
    USE(tally_topics),
    USE(graph_new),
    USE(graph_free),
    USE(graph_spill),
    USE(graph_add),
    USE(graph_add_columns),
    USE(graph_add_tally),
    USE(graph_seed),
    USE(graph_run),
    USE(standing_free),
    USE(standing_report),
    USE(standing_ranks),
    USE(standing_explain),
    USE(standing_join),
    USE(compare),
    USE(drift_new),
    USE(drift_free),
    USE(drift_add_columns),
    USE(drift_add),
    USE(drift_merge),
    USE(drift_save),
    USE(drift_load),
    USE(drift_report),
    USE(what_if),
    USE(render),
};

int main(void) {
  for (size_t i = 0; i < sizeof functions / sizeof *functions; ++i) {
    if (functions[i] == NULL) return 1;
  }
  return 0;
}
