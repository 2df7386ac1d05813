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

PIN(INFLUENCE_MAX_REQUEST_BYTES, 16777216);
PIN(INFLUENCE_MAX_RESPONSE_BYTES, 268435456);
PIN(INFLUENCE_MAX_ALGORITHM_BYTES, 65536);
PIN(INFLUENCE_MAX_PROFILES, 65536);
PIN(INFLUENCE_MAX_ACCOUNTS, 64);
PIN(INFLUENCE_MAX_ID_BYTES, 256);
PIN(INFLUENCE_MAX_NETWORK_BYTES, 64);
PIN(INFLUENCE_MAX_TOPIC_BYTES, 64);
PIN(INFLUENCE_MAX_EVENT_COUNT, 1000000);

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

/* Every signature. An initialiser of another type does not compile. */
static uint32_t (*const abi_version)(void) = influence_abi_version;
static const char* (*const library_version)(void) = influence_library_version;
static const char* (*const status_name)(int32_t) = influence_status_name;
static int32_t (*const algorithm_list)(influence_bytes*) =
    influence_algorithm_list;
static int32_t (*const engine_new)(const char*, size_t, influence_engine**,
                                   influence_bytes*) = influence_engine_new;
static int32_t (*const engine_new_custom)(
    const uint8_t*, size_t, influence_engine**,
    influence_bytes*) = influence_engine_new_custom;
static void (*const engine_free)(influence_engine*) = influence_engine_free;
static int32_t (*const engine_describe)(
    const influence_engine*, influence_bytes*) = influence_engine_describe;
static int32_t (*const score)(const influence_engine*, const uint8_t*, size_t,
                              influence_bytes*,
                              influence_bytes*) = influence_score;
static int32_t (*const score_columns)(
    const influence_engine*, const uint8_t*, size_t, struct ArrowSchema*,
    struct ArrowArray*, struct ArrowSchema*, struct ArrowArray*,
    influence_bytes*) = influence_score_columns;
static int32_t (*const score_stream)(const influence_engine*, const uint8_t*,
                                     size_t, struct ArrowArrayStream*,
                                     struct ArrowArrayStream*,
                                     influence_bytes*) = influence_score_stream;
static int32_t (*const tally_new)(const influence_engine*, const uint8_t*,
                                  size_t, influence_tally**,
                                  influence_bytes*) = influence_tally_new;
static void (*const tally_free)(influence_tally*) = influence_tally_free;
static int32_t (*const tally_spill)(
    influence_tally*, uint64_t, int32_t (*)(void*, const uint8_t*, size_t),
    int32_t (*)(void*, uint64_t, uint8_t*, size_t), void*,
    influence_bytes*) = influence_tally_spill;
static int32_t (*const tally_add)(influence_tally*, const uint8_t*, size_t,
                                  influence_bytes*) = influence_tally_add;
static int32_t (*const tally_add_columns)(
    influence_tally*, struct ArrowSchema*, struct ArrowArray*,
    influence_bytes*) = influence_tally_add_columns;
static int32_t (*const tally_merge)(influence_tally*, const influence_tally*,
                                    influence_bytes*) = influence_tally_merge;
static int32_t (*const tally_save)(influence_tally*,
                                   int32_t (*)(void*, const uint8_t*, size_t),
                                   void*,
                                   influence_bytes*) = influence_tally_save;
static int32_t (*const tally_load)(const influence_engine*,
                                   int32_t (*)(void*, uint8_t*, size_t), void*,
                                   influence_tally**,
                                   influence_bytes*) = influence_tally_load;
static int32_t (*const tally_report)(influence_tally*, influence_bytes*,
                                     influence_bytes*) = influence_tally_report;
static int32_t (*const tally_finish)(influence_tally*, const uint8_t*, size_t,
                                     struct ArrowArrayStream*,
                                     influence_bytes*) = influence_tally_finish;
static int32_t (*const tally_subject)(influence_tally*, const uint8_t*, size_t,
                                      influence_bytes*, influence_bytes*) =
    influence_tally_subject;
static int32_t (*const render)(const uint8_t*, size_t, influence_bytes*,
                               influence_bytes*) = influence_render;
static int32_t (*const tally_topics)(influence_tally*, struct ArrowSchema*,
                                     struct ArrowArray*,
                                     influence_bytes*) = influence_tally_topics;
static void (*const bytes_free)(influence_bytes*) = influence_bytes_free;
static int32_t (*const compare)(const influence_engine*,
                                const influence_engine*, const uint8_t*, size_t,
                                influence_bytes*,
                                influence_bytes*) = influence_compare;
static int32_t (*const drift_new)(const influence_engine*,
                                  const influence_engine*, const uint8_t*,
                                  size_t, influence_drift**,
                                  influence_bytes*) = influence_drift_new;
static void (*const drift_free)(influence_drift*) = influence_drift_free;
static int32_t (*const drift_add_columns)(
    influence_drift*, struct ArrowSchema*, struct ArrowArray*,
    influence_bytes*) = influence_drift_add_columns;
static int32_t (*const drift_add)(influence_drift*, const uint8_t*, size_t,
                                  influence_bytes*) = influence_drift_add;
static int32_t (*const drift_merge)(influence_drift*, const influence_drift*,
                                    influence_bytes*) = influence_drift_merge;
static int32_t (*const drift_save)(const influence_drift*, influence_bytes*,
                                   influence_bytes*) = influence_drift_save;
static int32_t (*const drift_load)(const influence_engine*,
                                   const influence_engine*, const uint8_t*,
                                   size_t, influence_drift**,
                                   influence_bytes*) = influence_drift_load;
static int32_t (*const drift_finish)(const influence_drift*, influence_bytes*,
                                     influence_bytes*) = influence_drift_finish;
static int32_t (*const graph_new)(const influence_engine*, const uint8_t*,
                                  size_t, influence_graph**,
                                  influence_bytes*) = influence_graph_new;
static void (*const graph_free)(influence_graph*) = influence_graph_free;
static int32_t (*const graph_spill)(
    influence_graph*, uint64_t, int32_t (*)(void*, const uint8_t*, size_t),
    int32_t (*)(void*, uint64_t, uint8_t*, size_t), void*,
    influence_bytes*) = influence_graph_spill;
static int32_t (*const graph_add)(influence_graph*, const uint8_t*, size_t,
                                  influence_bytes*) = influence_graph_add;
static int32_t (*const graph_add_columns)(
    influence_graph*, struct ArrowSchema*, struct ArrowArray*,
    influence_bytes*) = influence_graph_add_columns;
static int32_t (*const graph_add_tally)(influence_graph*, influence_tally*,
                                        influence_bytes*) =
    influence_graph_add_tally;
static int32_t (*const graph_seed)(influence_graph*, const uint8_t*, size_t,
                                   influence_bytes*) = influence_graph_seed;
static int32_t (*const graph_run)(influence_graph*, const uint8_t*, size_t,
                                  int32_t (*)(void*, uint32_t, uint32_t), void*,
                                  influence_standing**,
                                  influence_bytes*) = influence_graph_run;
static void (*const standing_free)(influence_standing*) =
    influence_standing_free;
static int32_t (*const standing_report)(const influence_standing*,
                                        influence_bytes*, influence_bytes*) =
    influence_standing_report;
static int32_t (*const standing_columns)(
    const influence_standing*, const uint8_t*, size_t, struct ArrowArrayStream*,
    influence_bytes*) = influence_standing_columns;
static int32_t (*const standing_explain)(
    const influence_standing*, const uint8_t*, size_t, influence_bytes*,
    influence_bytes*) = influence_standing_explain;
static int32_t (*const standing_join)(
    const influence_standing*, struct ArrowArrayStream*,
    struct ArrowArrayStream*, influence_bytes*) = influence_standing_join;
static int32_t (*const what_if)(const influence_engine*, const uint8_t*, size_t,
                                influence_bytes*,
                                influence_bytes*) = influence_what_if;

/* Using each makes a function that is missing from the library a link error. */
int main(void) {
  return abi_version == NULL || library_version == NULL ||
         status_name == NULL || algorithm_list == NULL || engine_new == NULL ||
         engine_new_custom == NULL || engine_free == NULL ||
         engine_describe == NULL || score == NULL || score_columns == NULL ||
         score_stream == NULL || tally_new == NULL || tally_free == NULL ||
         tally_spill == NULL || tally_add == NULL ||
         tally_add_columns == NULL || tally_merge == NULL ||
         tally_save == NULL || tally_load == NULL || tally_report == NULL ||
         tally_finish == NULL || tally_subject == NULL ||
         tally_topics == NULL || bytes_free == NULL || compare == NULL ||
         drift_new == NULL || drift_free == NULL || drift_add_columns == NULL ||
         drift_add == NULL || drift_merge == NULL || drift_save == NULL ||
         drift_load == NULL || drift_finish == NULL || what_if == NULL ||
         render == NULL || graph_new == NULL || graph_free == NULL ||
         graph_spill == NULL || graph_add == NULL ||
         graph_add_columns == NULL || graph_add_tally == NULL ||
         graph_seed == NULL || graph_run == NULL || standing_free == NULL ||
         standing_report == NULL || standing_columns == NULL ||
         standing_explain == NULL || standing_join == NULL;
}
