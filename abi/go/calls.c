#include "calls.h"

#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"

static void ReleaseNoSchema(struct ArrowSchema* schema) {
  schema->release = NULL;
}
static void ReleaseNoArray(struct ArrowArray* array) { array->release = NULL; }

// The table lies on this stack; its columns are the caller's.
influence_status influence_go_columns(
    int32_t into, void* handle, const uint8_t* options, size_t options_size,
    int64_t rows, int64_t columns, const char* const* names,
    const void* const* values, const void* const* ends,
    const void* const* valid, struct ArrowSchema* out_schema,
    struct ArrowArray* out_array, influence_error** error) {
  struct ArrowSchema schemas[kMostColumns], *schema_children[kMostColumns];
  struct ArrowArray arrays[kMostColumns], *array_children[kMostColumns];
  const void* buffers[kMostColumns][3];
  const void* none[1] = {NULL};
  for (int64_t i = 0; i < columns; ++i) {
    const int is_text = ends[i] != NULL;
    memset(&schemas[i], 0, sizeof schemas[i]);
    schemas[i].format = is_text ? "U" : "l";
    schemas[i].name = names[i];
    schemas[i].flags = ARROW_FLAG_NULLABLE;
    schemas[i].release = ReleaseNoSchema;
    schema_children[i] = &schemas[i];
    buffers[i][0] = valid[i];
    buffers[i][1] = is_text ? ends[i] : values[i];
    buffers[i][2] = values[i];
    memset(&arrays[i], 0, sizeof arrays[i]);
    arrays[i].length = rows;
    arrays[i].null_count = valid[i] == NULL ? 0 : -1;
    arrays[i].n_buffers = is_text ? 3 : 2;
    arrays[i].buffers = buffers[i];
    arrays[i].release = ReleaseNoArray;
    array_children[i] = &arrays[i];
  }
  struct ArrowSchema schema = {.format = "+s",
                               .name = "",
                               .n_children = columns,
                               .children = schema_children,
                               .release = ReleaseNoSchema};
  struct ArrowArray array = {.length = rows,
                             .n_buffers = 1,
                             .buffers = none,
                             .n_children = columns,
                             .children = array_children,
                             .release = ReleaseNoArray};
  switch (into) {
    case kIntoTally:
      return influence_tally_add_columns(handle, &schema, &array, error);
    case kIntoGraph:
      return influence_graph_add_columns(handle, &schema, &array, error);
    case kIntoDrift:
      return influence_drift_add_columns(handle, &schema, &array, error);
    default:
      return influence_score_columns(handle, options, options_size, &schema,
                                     &array, out_schema, out_array, error);
  }
}

void influence_go_release_schema(struct ArrowSchema* schema) {
  if (schema->release != NULL) schema->release(schema);
}
void influence_go_release_array(struct ArrowArray* array) {
  if (array->release != NULL) array->release(array);
}

int influence_go_stream_schema(struct ArrowArrayStream* stream,
                               struct ArrowSchema* out) {
  return stream->get_schema(stream, out);
}
int influence_go_stream_next(struct ArrowArrayStream* stream,
                             struct ArrowArray* out) {
  return stream->get_next(stream, out);
}
const char* influence_go_stream_text(struct ArrowArrayStream* stream) {
  return stream->get_last_error(stream);
}
void influence_go_stream_free(struct ArrowArrayStream* stream) {
  if (stream->release != NULL) stream->release(stream);
  free(stream);
}

static int32_t Progress(void* context, uint32_t done, uint32_t all) {
  return influenceGoProgress((uintptr_t)context, done, all);
}
static int32_t Write(void* context, const uint8_t* data, size_t size) {
  return influenceGoWrite((uintptr_t)context, (void*)data, size);
}
static int32_t Read(void* context, uint8_t* data, size_t size) {
  return influenceGoRead((uintptr_t)context, data, size);
}

static int32_t SpillWrite(void* context, const uint8_t* data, size_t size) {
  return influenceGoSpillWrite((uintptr_t)context, (void*)data, size);
}
static int32_t SpillReadAt(void* context, uint64_t offset, uint8_t* data,
                           size_t size) {
  return influenceGoSpillReadAt((uintptr_t)context, offset, data, size);
}
static void SpillRelease(void* context) {
  influenceGoSpillRelease((uintptr_t)context);
}

influence_status influence_go_run(influence_graph* graph,
                                  const uint8_t* options, size_t options_size,
                                  uintptr_t progress,
                                  influence_standing** standing,
                                  influence_error** error) {
  return influence_graph_run(graph, options, options_size,
                             progress == 0 ? NULL : Progress, (void*)progress,
                             standing, error);
}
influence_status influence_go_save(influence_tally* tally, uintptr_t writer,
                                   influence_error** error) {
  return influence_tally_save(tally, Write, (void*)writer, error);
}
influence_status influence_go_load(const influence_engine* engine,
                                   uintptr_t reader, influence_tally** tally,
                                   influence_error** error) {
  return influence_tally_load(engine, Read, (void*)reader, tally, error);
}
influence_status influence_go_spill_tally(influence_tally* tally,
                                          uint64_t memory_bytes,
                                          uintptr_t spill,
                                          influence_error** error) {
  return influence_tally_spill(tally, memory_bytes, SpillWrite, SpillReadAt,
                               SpillRelease, (void*)spill, error);
}
influence_status influence_go_spill_graph(influence_graph* graph,
                                          uint64_t memory_bytes,
                                          uintptr_t spill,
                                          influence_error** error) {
  return influence_graph_spill(graph, memory_bytes, SpillWrite, SpillReadAt,
                               SpillRelease, (void*)spill, error);
}
