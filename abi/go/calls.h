// The calls that Go cannot make by itself: tables on the stack, functions
// behind pointers, and callbacks.
#ifndef INFLUENCE_GO_CALLS_H_
#define INFLUENCE_GO_CALLS_H_

#include <influence/influence.h>
#include <stdint.h>

enum { kMostColumns = 16 };
enum { kIntoScores, kIntoTally, kIntoGraph, kIntoDrift };

// Hands over the caller's columns where they are: 64-bit numbers or, where
// there are ends, text. `ends` and `valid` have a NULL for a column without.
// They are not used after the call, which is that of `handle`'s kind.
influence_status influence_go_columns(
    int32_t into, void* handle, const uint8_t* options, size_t options_size,
    int64_t rows, int64_t columns, const char* const* names,
    const void* const* values, const void* const* ends,
    const void* const* valid, struct ArrowSchema* out_schema,
    struct ArrowArray* out_array, influence_error** error);

void influence_go_release_schema(struct ArrowSchema* schema);
void influence_go_release_array(struct ArrowArray* array);

int influence_go_stream_schema(struct ArrowArrayStream* stream,
                               struct ArrowSchema* out);
int influence_go_stream_next(struct ArrowArrayStream* stream,
                             struct ArrowArray* out);
const char* influence_go_stream_text(struct ArrowArrayStream* stream);
// Ends the stream, if it has not been moved out, and frees its memory.
void influence_go_stream_free(struct ArrowArrayStream* stream);

// With the handle of a callback; 0 is none.
influence_status influence_go_run(influence_graph* graph,
                                  const uint8_t* options, size_t options_size,
                                  uintptr_t progress,
                                  influence_standing** standing,
                                  influence_error** error);
influence_status influence_go_save(influence_tally* tally, uintptr_t writer,
                                   influence_error** error);
influence_status influence_go_load(const influence_engine* engine,
                                   uintptr_t reader, influence_tally** tally,
                                   influence_error** error);

// With the handle of a spill, until it is released.
influence_status influence_go_spill_tally(influence_tally* tally,
                                          uint64_t memory_bytes,
                                          uintptr_t spill,
                                          influence_error** error);
influence_status influence_go_spill_graph(influence_graph* graph,
                                          uint64_t memory_bytes,
                                          uintptr_t spill,
                                          influence_error** error);

#endif  // INFLUENCE_GO_CALLS_H_
