/* Every allocation fails in turn: the call says OUT_OF_MEMORY, gives nothing
 * back, leaks nothing, and the next call works. The allocator is replaced by
 * one that can be told to fail, which needs glibc and no sanitizer. */
#undef NDEBUG
#include <assert.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "influence/influence.h"

extern void* __libc_malloc(size_t size);
extern void* __libc_calloc(size_t count, size_t size);
extern void* __libc_realloc(void* old, size_t size);
extern void __libc_free(void* old);

static atomic_long allocations_left = -1; /* -1: as many as wanted */
static atomic_long live = 0;

/* The library has to see these four. */
#define EXPORTED __attribute__((visibility("default")))

static int Refused(void) {
  long left = atomic_load(&allocations_left);
  while (left > 0 &&
         !atomic_compare_exchange_weak(&allocations_left, &left, left - 1)) {
  }
  if (left == 0) errno = ENOMEM; /* the C library relies on it */
  return left == 0;
}

EXPORTED void* malloc(size_t size) {
  if (Refused()) return NULL;
  void* made = __libc_malloc(size);
  if (made != NULL) ++live;
  return made;
}

EXPORTED void* calloc(size_t count, size_t size) {
  if (Refused()) return NULL;
  void* made = __libc_calloc(count, size);
  if (made != NULL) ++live;
  return made;
}

EXPORTED void* realloc(void* old, size_t size) {
  if (Refused()) return NULL;
  void* made = __libc_realloc(old, size);
  if (made != NULL && old == NULL) ++live;
  return made;
}

EXPORTED void free(void* old) {
  if (old != NULL) --live;
  __libc_free(old);
}

/* algorithm: "v1", rendering: RENDERING_TEXT; ada with accounts on x and m, and
 * somebody whose followers are negative. */
static const uint8_t kRequest[] = {
    0x0a, 0x02, 'v',  '1',  0x1a, 0x1e, 0x0a, 0x03, 'a',  'd',  'a',  0x12,
    0x0e, 0x0a, 0x01, 'x',  0x10, 0xc0, 0x8d, 0xb7, 0x01, 0x48, 0x80, 0xb0,
    0xb4, 0xf8, 0x08, 0x12, 0x07, 0x0a, 0x01, 'm',  0x28, 0xc0, 0x84, 0x3d,
    0x1a, 0x12, 0x0a, 0x03, 'b',  'a',  'd',  0x12, 0x0b, 0x48, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x30, 0x01};

/* A row of 100 points of attention by mentions: "a/b". */
static const uint8_t kAlgorithm[] = {0x0a, 0x03, 'a',  '/',  'b',  0x12, 0x13,
                                     0x08, 0x01, 0x10, 0x80, 0xc2, 0xd7, 0x2f,
                                     0x18, 0x80, 0x89, 0x7a, 0x2a, 0x06, 0x08,
                                     0x01, 0x10, 0xc0, 0x84, 0x3d};

/* A table of one column of 30,000 followers, each with its row's number, four
 * of them negative. */
enum { kRows = 30000 };
static int64_t followers[kRows];

static void ReleaseSchema(struct ArrowSchema* schema) {
  schema->release = NULL;
}
static void ReleaseArray(struct ArrowArray* array) { array->release = NULL; }
static int GetSchema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  static struct ArrowSchema column;
  static struct ArrowSchema* columns[] = {&column};
  (void)stream;
  column = (struct ArrowSchema){
      .format = "l", .name = "followers", .release = ReleaseSchema};
  *out = (struct ArrowSchema){.format = "+s",
                              .name = "",
                              .n_children = 1,
                              .children = columns,
                              .release = ReleaseSchema};
  return 0;
}
static int GetNext(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  static struct ArrowArray column;
  static struct ArrowArray* columns[] = {&column};
  static const void* buffers[] = {NULL, followers};
  (void)stream;
  column = (struct ArrowArray){.length = kRows,
                               .n_buffers = 2,
                               .buffers = buffers,
                               .release = ReleaseArray};
  *out = (struct ArrowArray){.length = kRows,
                             .n_buffers = 1,
                             .buffers = buffers,
                             .n_children = 1,
                             .children = columns,
                             .release = ReleaseArray};
  return 0;
}
static void ReleaseStream(struct ArrowArrayStream* stream) {
  stream->release = NULL;
}

static influence_status ScoreTable(const influence_engine* engine,
                                   const uint8_t* options, size_t size) {
  struct ArrowSchema schema, out_schema = {0};
  struct ArrowArray array, out_array = {0};
  influence_bytes message = {0};
  GetSchema(NULL, &schema);
  GetNext(NULL, &array);
  const influence_status status =
      influence_score_columns(engine, options, size, &schema, &array,
                              &out_schema, &out_array, &message);
  influence_bytes_free(&message);
  assert(schema.release == NULL && array.release == NULL);
  assert((status == INFLUENCE_OK) == (out_array.release != NULL));
  assert((status == INFLUENCE_OK) == (out_schema.release != NULL));
  if (status == INFLUENCE_OK) {
    out_schema.release(&out_schema);
    out_array.release(&out_array);
  }
  return status;
}

static influence_status ScoreStream(const influence_engine* engine) {
  struct ArrowArrayStream in = {GetSchema, GetNext, NULL, ReleaseStream, NULL};
  struct ArrowArrayStream out = {0};
  struct ArrowSchema schema;
  struct ArrowArray array;
  influence_bytes message = {0};
  influence_status status =
      influence_score_stream(engine, NULL, 0, &in, &out, &message);
  influence_bytes_free(&message);
  assert(in.release == NULL);
  if (status != INFLUENCE_OK) return status;
  const int got = out.get_schema(&out, &schema);
  if (got == 0) schema.release(&schema);
  const int next = got == 0 ? out.get_next(&out, &array) : got;
  if (next == 0) array.release(&array);
  out.release(&out);
  assert(next == 0 || next == ENOMEM);
  return next == 0 ? INFLUENCE_OK : INFLUENCE_OUT_OF_MEMORY;
}

/* threads, bands, points, reasons */
static const uint8_t kEverything[] = {0x18, 1, 0x28, 1, 0x30, 1, 0x38, 1};
static const uint8_t kThreads[] = {0x18, 3};

static influence_status RunOnce(void) {
  influence_engine* custom = NULL;
  influence_engine* engine = NULL;
  influence_bytes list = {0}, description = {0}, response = {0}, message = {0};
  influence_status status = influence_engine_new_custom(
      kAlgorithm, sizeof kAlgorithm, &custom, &message);
  if (status == INFLUENCE_OK) status = influence_algorithm_list(&list);
  if (status == INFLUENCE_OK) {
    status = influence_engine_describe(custom, &description);
  }
  if (status == INFLUENCE_OK) {
    status = influence_engine_new("v1", 2, &engine, &message);
  }
  if (status == INFLUENCE_OK) {
    status =
        influence_score(engine, kRequest, sizeof kRequest, &response, &message);
    assert((status == INFLUENCE_OK) == (response.data != NULL));
  }
  if (status == INFLUENCE_OK) {
    status = ScoreTable(engine, kEverything, sizeof kEverything);
  }
  if (status == INFLUENCE_OK) status = ScoreStream(engine);
  influence_bytes_free(&list);
  influence_bytes_free(&description);
  influence_bytes_free(&response);
  influence_bytes_free(&message);
  influence_engine_free(engine);
  influence_engine_free(custom);
  return status;
}

/* With threads the order of allocations is not always the same, and the C
 * library keeps something of each thread. */
static void RunThreads(void) {
  influence_engine* engine = NULL;
  assert(influence_engine_new("v1", 2, &engine, NULL) == INFLUENCE_OK);
  long failures = 0;
  influence_status status = INFLUENCE_OUT_OF_MEMORY;
  for (; status != INFLUENCE_OK || failures < 100; ++failures) {
    allocations_left = failures;
    status = ScoreTable(engine, kThreads, sizeof kThreads);
    allocations_left = -1;
    assert(status == INFLUENCE_OK || status == INFLUENCE_OUT_OF_MEMORY);
  }
  influence_engine_free(engine);
}

int main(void) {
  for (int i = 0; i < kRows; ++i) followers[i] = i % 9999 == 77 ? -1 : i;
  assert(RunOnce() == INFLUENCE_OK); /* lazy set-up of the C++ runtime, too */
  long failures = 0;
  for (;; ++failures) {
    const long live_before = live;
    allocations_left = failures;
    const influence_status status = RunOnce();
    allocations_left = -1;
    assert(live == live_before);
    if (status == INFLUENCE_OK) break;
    assert(status == INFLUENCE_OUT_OF_MEMORY);
  }
  printf("%ld allocations failed in turn\n", failures);
  assert(failures > 50);
  RunThreads();
  return 0;
}
