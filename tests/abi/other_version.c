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
void influence_bytes_free(influence_bytes* bytes) { (void)bytes; }
