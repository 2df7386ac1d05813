/* A library that is not the one a binding was made for: every function is
 * there, none works, and the versions are what the build says.
 *
 *   cc -shared -fPIC -I include -DOTHER_ABI=2 '-DOTHER_VERSION="3.1.4"' \
 *      -Wl,-soname,libinfluence.so.1 -Wl,--version-script=abi/influence.map \
 *      tests/abi/other_version.c -o FOLDER/libinfluence.so.1 */
#include "influence/influence.h"

#ifndef OTHER_ABI
#define OTHER_ABI INFLUENCE_ABI_VERSION
#endif
#ifndef OTHER_VERSION
#define OTHER_VERSION "0.1.0"
#endif

/* What a call gives that should not have been made. */
#define NOT_TO_BE_CALLED INFLUENCE_INTERNAL

uint32_t influence_abi_version(void) { return OTHER_ABI; }
const char* influence_library_version(void) { return OTHER_VERSION; }
const char* influence_status_name(influence_status status) {
  (void)status;
  return "UNKNOWN";
}
influence_status influence_algorithm_list(influence_bytes* list) {
  (void)list;
  return NOT_TO_BE_CALLED;
}
influence_status influence_engine_new(const char* id, size_t id_size,
                                      influence_engine** engine,
                                      influence_bytes* message) {
  (void)id, (void)id_size, (void)engine, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_engine_new_custom(const uint8_t* algorithm,
                                             size_t algorithm_size,
                                             influence_engine** engine,
                                             influence_bytes* message) {
  (void)algorithm, (void)algorithm_size, (void)engine, (void)message;
  return NOT_TO_BE_CALLED;
}
void influence_engine_free(influence_engine* engine) { (void)engine; }
influence_status influence_engine_describe(const influence_engine* engine,
                                           influence_bytes* description) {
  (void)engine, (void)description;
  return NOT_TO_BE_CALLED;
}
influence_status influence_score(const influence_engine* engine,
                                 const uint8_t* request, size_t request_size,
                                 influence_bytes* response,
                                 influence_bytes* message) {
  (void)engine, (void)request, (void)request_size, (void)response;
  (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_score_columns(
    const influence_engine* engine, const uint8_t* options, size_t options_size,
    struct ArrowSchema* schema, struct ArrowArray* array,
    struct ArrowSchema* out_schema, struct ArrowArray* out_array,
    influence_bytes* message) {
  (void)engine, (void)options, (void)options_size, (void)schema, (void)array;
  (void)out_schema, (void)out_array, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_score_stream(const influence_engine* engine,
                                        const uint8_t* options,
                                        size_t options_size,
                                        struct ArrowArrayStream* in,
                                        struct ArrowArrayStream* out,
                                        influence_bytes* message) {
  (void)engine, (void)options, (void)options_size, (void)in, (void)out;
  (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_compare(const influence_engine* before,
                                   const influence_engine* after,
                                   const uint8_t* request, size_t request_size,
                                   influence_bytes* response,
                                   influence_bytes* message) {
  (void)before, (void)after, (void)request, (void)request_size, (void)response,
      (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_drift_new(const influence_engine* before,
                                     const influence_engine* after,
                                     const uint8_t* options,
                                     size_t options_size,
                                     influence_drift** drift,
                                     influence_bytes* message) {
  (void)before, (void)after, (void)options, (void)options_size, (void)drift,
      (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_drift_load(const influence_engine* before,
                                      const influence_engine* after,
                                      const uint8_t* bytes, size_t bytes_size,
                                      influence_drift** drift,
                                      influence_bytes* message) {
  (void)before, (void)after, (void)bytes, (void)bytes_size, (void)drift,
      (void)message;
  return NOT_TO_BE_CALLED;
}
void influence_drift_free(influence_drift* drift) { (void)drift; }
influence_status influence_drift_add_columns(influence_drift* drift,
                                             struct ArrowSchema* schema,
                                             struct ArrowArray* array,
                                             influence_bytes* message) {
  (void)drift, (void)schema, (void)array, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_drift_add(influence_drift* drift,
                                     const uint8_t* request,
                                     size_t request_size,
                                     influence_bytes* message) {
  (void)drift, (void)request, (void)request_size, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_drift_merge(influence_drift* drift,
                                       const influence_drift* other,
                                       influence_bytes* message) {
  (void)drift, (void)other, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_drift_save(const influence_drift* drift,
                                      influence_bytes* bytes,
                                      influence_bytes* message) {
  (void)drift, (void)bytes, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_drift_finish(const influence_drift* drift,
                                        influence_bytes* report,
                                        influence_bytes* message) {
  (void)drift, (void)report, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_what_if(const influence_engine* engine,
                                   const uint8_t* request, size_t request_size,
                                   influence_bytes* response,
                                   influence_bytes* message) {
  (void)engine, (void)request, (void)request_size, (void)response,
      (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_new(const influence_engine* engine,
                                     const uint8_t* options,
                                     size_t options_size,
                                     influence_tally** tally,
                                     influence_bytes* message) {
  (void)engine, (void)options, (void)options_size, (void)tally, (void)message;
  return NOT_TO_BE_CALLED;
}
void influence_tally_free(influence_tally* tally) { (void)tally; }
influence_status influence_tally_spill(
    influence_tally* tally, uint64_t memory_bytes, influence_write_fn write,
    influence_read_at_fn read_at, void* context, influence_bytes* message) {
  (void)tally, (void)memory_bytes, (void)write, (void)read_at, (void)context,
      (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_add(influence_tally* tally,
                                     const uint8_t* events, size_t events_size,
                                     influence_bytes* message) {
  (void)tally, (void)events, (void)events_size, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_add_columns(influence_tally* tally,
                                             struct ArrowSchema* schema,
                                             struct ArrowArray* array,
                                             influence_bytes* message) {
  (void)tally, (void)schema, (void)array, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_merge(influence_tally* tally,
                                       const influence_tally* other,
                                       influence_bytes* message) {
  (void)tally, (void)other, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_save(influence_tally* tally,
                                      influence_write_fn write, void* context,
                                      influence_bytes* message) {
  (void)tally, (void)write, (void)context, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_load(const influence_engine* engine,
                                      influence_read_fn read, void* context,
                                      influence_tally** tally,
                                      influence_bytes* message) {
  (void)engine, (void)read, (void)context, (void)tally, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_report(influence_tally* tally,
                                        influence_bytes* report,
                                        influence_bytes* message) {
  (void)tally, (void)report, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_finish(influence_tally* tally,
                                        const uint8_t* options,
                                        size_t options_size,
                                        struct ArrowArrayStream* out,
                                        influence_bytes* message) {
  (void)tally, (void)options, (void)options_size, (void)out, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_subject(influence_tally* tally,
                                         const uint8_t* request,
                                         size_t request_size,
                                         influence_bytes* response,
                                         influence_bytes* message) {
  (void)tally, (void)request, (void)request_size, (void)response, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_tally_topics(influence_tally* tally,
                                        struct ArrowSchema* out_schema,
                                        struct ArrowArray* out_array,
                                        influence_bytes* message) {
  (void)tally, (void)out_schema, (void)out_array, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_graph_new(const influence_engine* engine,
                                     const uint8_t* options,
                                     size_t options_size,
                                     influence_graph** graph,
                                     influence_bytes* message) {
  (void)engine, (void)options, (void)options_size, (void)graph, (void)message;
  return NOT_TO_BE_CALLED;
}
void influence_graph_free(influence_graph* graph) { (void)graph; }
influence_status influence_graph_spill(
    influence_graph* graph, uint64_t memory_bytes, influence_write_fn write,
    influence_read_at_fn read_at, void* context, influence_bytes* message) {
  (void)graph, (void)memory_bytes, (void)write, (void)read_at, (void)context,
      (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_graph_add(influence_graph* graph,
                                     const uint8_t* edges, size_t edges_size,
                                     influence_bytes* message) {
  (void)graph, (void)edges, (void)edges_size, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_graph_add_columns(influence_graph* graph,
                                             struct ArrowSchema* schema,
                                             struct ArrowArray* array,
                                             influence_bytes* message) {
  (void)graph, (void)schema, (void)array, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_graph_add_tally(influence_graph* graph,
                                           influence_tally* tally,
                                           influence_bytes* message) {
  (void)graph, (void)tally, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_graph_seed(influence_graph* graph,
                                      const uint8_t* seeds, size_t seeds_size,
                                      influence_bytes* message) {
  (void)graph, (void)seeds, (void)seeds_size, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_graph_run(
    influence_graph* graph, const uint8_t* options, size_t options_size,
    influence_progress_fn progress, void* context,
    influence_standing** standing, influence_bytes* message) {
  (void)graph, (void)options, (void)options_size, (void)progress, (void)context,
      (void)standing, (void)message;
  return NOT_TO_BE_CALLED;
}
void influence_standing_free(influence_standing* standing) { (void)standing; }
influence_status influence_standing_report(const influence_standing* standing,
                                           influence_bytes* report,
                                           influence_bytes* message) {
  (void)standing, (void)report, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_standing_columns(const influence_standing* standing,
                                            const uint8_t* options,
                                            size_t options_size,
                                            struct ArrowArrayStream* out,
                                            influence_bytes* message) {
  (void)standing, (void)options, (void)options_size, (void)out, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_standing_explain(const influence_standing* standing,
                                            const uint8_t* request,
                                            size_t request_size,
                                            influence_bytes* response,
                                            influence_bytes* message) {
  (void)standing, (void)request, (void)request_size, (void)response,
      (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_standing_join(const influence_standing* standing,
                                         struct ArrowArrayStream* in,
                                         struct ArrowArrayStream* out,
                                         influence_bytes* message) {
  (void)standing, (void)in, (void)out, (void)message;
  return NOT_TO_BE_CALLED;
}
influence_status influence_render(const uint8_t* request, size_t request_size,
                                  influence_bytes* text,
                                  influence_bytes* message) {
  (void)request, (void)request_size, (void)text, (void)message;
  return NOT_TO_BE_CALLED;
}
void influence_bytes_free(influence_bytes* bytes) { (void)bytes; }
