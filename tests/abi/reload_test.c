/* Loads the library, uses it on two threads and unloads it, a thousand times;
 * nothing of it stays. */
#undef NDEBUG
#include <assert.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "influence/influence.h"

static void* library;

static void* Function(const char* name) {
  void* found = dlsym(library, name);
  assert(found != NULL);
  return found;
}

/* ISO C has no cast from void* to a function. */
#define GET(name)             \
  __typeof__(&name) p_##name; \
  *(void**)&p_##name = Function(#name)

static void* Use(void* unused) {
  static const uint8_t kRequest[] = {0x0a, 2, 'v',  '1',  0x1a, 6,
                                     0x12, 4, 0x48, 0xc0, 0x84, 0x3d};
  GET(influence_engine_open);
  GET(influence_engine_free);
  GET(influence_score);
  GET(influence_bytes_free);
  GET(influence_error_free);
  (void)unused;
  influence_engine* engine = NULL;
  influence_bytes response;
  influence_error* error = NULL;
  assert(p_influence_engine_open("v1", &engine, NULL) == INFLUENCE_OK);
  assert(p_influence_score(engine, kRequest, sizeof kRequest, &response,
                           &error) == INFLUENCE_OK);
  p_influence_bytes_free(&response);
  assert(p_influence_score(engine, kRequest, 3, &response, &error) ==
         INFLUENCE_MALFORMED);
  p_influence_error_free(error);
  p_influence_engine_free(engine);
  return NULL;
}

static long ResidentPages(void) {
  long total = 0;
  long resident = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  assert(file != NULL && fscanf(file, "%ld %ld", &total, &resident) == 2);
  fclose(file);
  return resident;
}

static int IsMapped(const char* path) {
  const char* name = strrchr(path, '/') + 1;
  char line[4096];
  int found = 0;
  FILE* file = fopen("/proc/self/maps", "r");
  assert(file != NULL);
  while (fgets(line, sizeof line, file) != NULL) {
    found |= strstr(line, name) != NULL;
  }
  fclose(file);
  return found;
}

int main(int argc, char** argv) {
  assert(argc == 2);
  long before = 0;
  for (int i = 0; i < 1000; ++i) {
    library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    assert(library != NULL);
    assert(IsMapped(argv[1]));
    pthread_t thread;
    assert(pthread_create(&thread, NULL, Use, NULL) == 0);
    Use(NULL);
    pthread_join(thread, NULL);
    assert(dlclose(library) == 0);
    assert(!IsMapped(argv[1]));
    if (i == 100) before = ResidentPages();
  }
  const long grown = (ResidentPages() - before) * sysconf(_SC_PAGESIZE);
  printf("%ld bytes more after 900 times\n", grown);
  assert(grown < 1 << 20);
  return 0;
}
