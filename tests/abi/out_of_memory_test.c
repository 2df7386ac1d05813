/* Every allocation fails in turn: the call says OUT_OF_MEMORY, gives nothing
 * back, leaks nothing, and the next call works. The allocator is replaced by
 * one that can be told to fail, which needs glibc and no sanitizer. */
#undef NDEBUG
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "influence/influence.h"

extern void* __libc_malloc(size_t size);
extern void* __libc_realloc(void* old, size_t size);
extern void __libc_free(void* old);

static long allocations_left = -1; /* -1: as many as wanted */
static long live = 0;

/* The library has to see these three. */
#define EXPORTED __attribute__((visibility("default")))

static int Refused(void) {
  if (allocations_left == 0) return 1;
  if (allocations_left > 0) --allocations_left;
  return 0;
}

EXPORTED void* malloc(size_t size) {
  if (Refused()) return NULL;
  void* made = __libc_malloc(size);
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
  influence_bytes_free(&list);
  influence_bytes_free(&description);
  influence_bytes_free(&response);
  influence_bytes_free(&message);
  influence_engine_free(engine);
  influence_engine_free(custom);
  return status;
}

int main(void) {
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
  return 0;
}
