/* A library that is not the one a binding was made for: every function is
 * there, none works, and the versions are what the build says.
 *
 *   cc -shared -fPIC -DOTHER_ABI=2 '-DOTHER_VERSION="3.1.4"' \
 *      -Wl,-soname,libinfluence.so.1 -Wl,--version-script=abi/c/influence.map \
 *      tests/abi/other_version.c -o FOLDER/libinfluence.so.1 */
#include <stdint.h>

#ifndef OTHER_ABI
#define OTHER_ABI 1
#endif
#ifndef OTHER_VERSION
#define OTHER_VERSION "0.1.0"
#endif

uint32_t influence_abi_version(void);
uint32_t influence_abi_version(void) { return OTHER_ABI; }
const char* influence_library_version(void);
const char* influence_library_version(void) { return OTHER_VERSION; }

/* A function that should not be called returns INFLUENCE_INTERNAL, whatever its
 * parameters are. */
#define NOT_TO_BE_CALLED(name) \
  int32_t name(void);          \
  int32_t name(void) { return 10; }

/* The same for a function that returns text. */
#define NO_TEXT(name)     \
  const char* name(void); \
  const char* name(void) { return "UNKNOWN"; }

NO_TEXT(influence_error_field)
NO_TEXT(influence_error_text)
NO_TEXT(influence_kernel_name)
NO_TEXT(influence_status_name)
NOT_TO_BE_CALLED(influence_algorithm_list)
NOT_TO_BE_CALLED(influence_bytes_free)
NOT_TO_BE_CALLED(influence_compare)
NOT_TO_BE_CALLED(influence_drift_add)
NOT_TO_BE_CALLED(influence_drift_add_columns)
NOT_TO_BE_CALLED(influence_drift_free)
NOT_TO_BE_CALLED(influence_drift_load)
NOT_TO_BE_CALLED(influence_drift_merge)
NOT_TO_BE_CALLED(influence_drift_new)
NOT_TO_BE_CALLED(influence_drift_report)
NOT_TO_BE_CALLED(influence_drift_save)
NOT_TO_BE_CALLED(influence_engine_describe)
NOT_TO_BE_CALLED(influence_engine_free)
NOT_TO_BE_CALLED(influence_engine_open)
NOT_TO_BE_CALLED(influence_engine_open_custom)
NOT_TO_BE_CALLED(influence_error_free)
NOT_TO_BE_CALLED(influence_error_row)
NOT_TO_BE_CALLED(influence_error_status)
NOT_TO_BE_CALLED(influence_format_points)
NOT_TO_BE_CALLED(influence_graph_add)
NOT_TO_BE_CALLED(influence_graph_add_columns)
NOT_TO_BE_CALLED(influence_graph_add_tally)
NOT_TO_BE_CALLED(influence_graph_free)
NOT_TO_BE_CALLED(influence_graph_new)
NOT_TO_BE_CALLED(influence_graph_run)
NOT_TO_BE_CALLED(influence_graph_seed)
NOT_TO_BE_CALLED(influence_graph_spill)
NOT_TO_BE_CALLED(influence_limit)
NOT_TO_BE_CALLED(influence_render)
NOT_TO_BE_CALLED(influence_score)
NOT_TO_BE_CALLED(influence_score_columns)
NOT_TO_BE_CALLED(influence_score_counts)
NOT_TO_BE_CALLED(influence_score_stream)
NOT_TO_BE_CALLED(influence_standing_explain)
NOT_TO_BE_CALLED(influence_standing_free)
NOT_TO_BE_CALLED(influence_standing_join)
NOT_TO_BE_CALLED(influence_standing_ranks)
NOT_TO_BE_CALLED(influence_standing_report)
NOT_TO_BE_CALLED(influence_stream_error)
NOT_TO_BE_CALLED(influence_tally_add)
NOT_TO_BE_CALLED(influence_tally_add_columns)
NOT_TO_BE_CALLED(influence_tally_free)
NOT_TO_BE_CALLED(influence_tally_load)
NOT_TO_BE_CALLED(influence_tally_merge)
NOT_TO_BE_CALLED(influence_tally_new)
NOT_TO_BE_CALLED(influence_tally_profiles)
NOT_TO_BE_CALLED(influence_tally_report)
NOT_TO_BE_CALLED(influence_tally_save)
NOT_TO_BE_CALLED(influence_tally_spill)
NOT_TO_BE_CALLED(influence_tally_subject)
NOT_TO_BE_CALLED(influence_tally_topics)
NOT_TO_BE_CALLED(influence_what_if)
