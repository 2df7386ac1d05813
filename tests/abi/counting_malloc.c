#include "counting_malloc.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>

extern void* __libc_malloc(size_t size);
extern void* __libc_calloc(size_t count, size_t size);
extern void* __libc_realloc(void* old, size_t size);
extern void __libc_free(void* old);

static atomic_long left = -1;
static atomic_long live_blocks;
static atomic_long live_bytes;
static atomic_long peak_bytes;

/* Every library of the program has to see these four. */
#define EXPORTED __attribute__((visibility("default")))

static int Refused(void) {
  long now = atomic_load(&left);
  while (now > 0 && !atomic_compare_exchange_weak(&left, &now, now - 1)) {
  }
  if (now == 0) errno = ENOMEM; /* the C library relies on it */
  return now == 0;
}

static void* Made(void* made) {
  if (made == NULL) return NULL;
  atomic_fetch_add(&live_blocks, 1);
  const long size = (long)malloc_usable_size(made);
  const long bytes = atomic_fetch_add(&live_bytes, size) + size;
  long peak = atomic_load(&peak_bytes);
  while (bytes > peak &&
         !atomic_compare_exchange_weak(&peak_bytes, &peak, bytes)) {
  }
  return made;
}

static void Gone(void* old) {
  if (old == NULL) return;
  atomic_fetch_sub(&live_blocks, 1);
  atomic_fetch_sub(&live_bytes, (long)malloc_usable_size(old));
}

EXPORTED void* malloc(size_t size) {
  return Refused() ? NULL : Made(__libc_malloc(size));
}

EXPORTED void* calloc(size_t count, size_t size) {
  return Refused() ? NULL : Made(__libc_calloc(count, size));
}

EXPORTED void* realloc(void* old, size_t size) {
  if (Refused()) return NULL;
  const long size_before = old == NULL ? 0 : (long)malloc_usable_size(old);
  void* made = __libc_realloc(old, size);
  if (made == NULL) return NULL;
  if (old != NULL) {
    atomic_fetch_sub(&live_blocks, 1);
    atomic_fetch_sub(&live_bytes, size_before);
  }
  return Made(made);
}

EXPORTED void free(void* old) {
  Gone(old);
  __libc_free(old);
}

void FailAllocationsAfter(long count) { atomic_store(&left, count); }
long LiveBlocks(void) { return atomic_load(&live_blocks); }
long LiveBytes(void) { return atomic_load(&live_bytes); }
void ForgetPeak(void) { atomic_store(&peak_bytes, atomic_load(&live_bytes)); }
long PeakBytes(void) { return atomic_load(&peak_bytes); }
