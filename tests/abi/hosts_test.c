/* Hosts that call from unusual places: before main(), in a handler of exit(),
 * from a thread with a stack of 64 KiB, in the children of fork(). Each gets
 * the bytes that anybody gets. */
#undef NDEBUG
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "influence/influence.h"

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

static influence_bytes before_main;
static influence_bytes wanted;

static void ReleaseSchema(struct ArrowSchema* schema) {
  schema->release = NULL;
}
static void ReleaseArray(struct ArrowArray* array) { array->release = NULL; }

/* 600 people with 0, 1, 2, ... followers; the sum of their scores. */
static int64_t ScoreColumns(const influence_engine* engine) {
  enum { kRows = 600 };
  static int64_t followers[kRows];
  for (int i = 0; i < kRows; ++i) followers[i] = i;
  const void* buffers[] = {NULL, followers};
  struct ArrowSchema field = {
      .format = "l", .name = "followers", .release = ReleaseSchema};
  struct ArrowSchema* fields[] = {&field};
  struct ArrowSchema schema = {.format = "+s",
                               .name = "",
                               .n_children = 1,
                               .children = fields,
                               .release = ReleaseSchema};
  struct ArrowArray column = {.length = kRows,
                              .n_buffers = 2,
                              .buffers = buffers,
                              .release = ReleaseArray};
  struct ArrowArray* columns[] = {&column};
  struct ArrowArray array = {.length = kRows,
                             .n_buffers = 1,
                             .buffers = buffers,
                             .n_children = 1,
                             .children = columns,
                             .release = ReleaseArray};
  struct ArrowSchema out_schema;
  struct ArrowArray out;
  assert(influence_score_columns(engine, NULL, 0, &schema, &array, &out_schema,
                                 &out, NULL) == INFLUENCE_OK);
  const int64_t* scores = out.children[0]->buffers[1];
  int64_t sum = 0;
  for (int i = 0; i < kRows; ++i) sum += scores[i];
  out_schema.release(&out_schema);
  out.release(&out);
  return sum;
}

/* Every function; the response of the request. */
static influence_bytes Use(void) {
  influence_engine* engine = NULL;
  influence_engine* custom = NULL;
  influence_bytes list, table, response;
  influence_error* error = NULL;
  assert(influence_engine_open("v1", &engine, &error) == INFLUENCE_OK);
  assert(influence_engine_open_custom(kAlgorithm, sizeof kAlgorithm, &custom,
                                      NULL) == INFLUENCE_OK);
  assert(influence_algorithm_list(&list, NULL) == INFLUENCE_OK);
  assert(influence_engine_describe(custom, &table, NULL) == INFLUENCE_OK);
  assert(influence_score(custom, kRequest, sizeof kRequest, &response,
                         &error) == INFLUENCE_ALGORITHM_MISMATCH);
  assert(influence_error_status(error) == INFLUENCE_ALGORITHM_MISMATCH);
  influence_error_free(error);
  assert(influence_score(engine, kRequest, sizeof kRequest, &response,
                         &error) == INFLUENCE_OK);
  const int64_t counts[] = {120, 40, 16, 300, 85, 12, 31, 2400};
  int64_t points = 0;
  char text[INFLUENCE_POINTS_BYTES];
  assert(influence_score_counts(engine, counts, 8, &points, NULL, NULL, NULL,
                                NULL) == INFLUENCE_OK);
  assert(influence_format_points(points, 6, text, sizeof text) == INFLUENCE_OK);
  assert(strcmp(text, "36.901409") == 0);
  assert(ScoreColumns(engine) == ScoreColumns(engine));
  influence_bytes_free(&list);
  influence_bytes_free(&table);
  influence_engine_free(custom);
  influence_engine_free(engine);
  return response;
}

static void UseAsEver(void) {
  influence_bytes response = Use();
  assert(response.size == wanted.size);
  assert(memcmp(response.data, wanted.data, wanted.size) == 0);
  influence_bytes_free(&response);
}

/* Before other constructors, those of the C++ runtime's users included. */
__attribute__((constructor(101))) static void BeforeMain(void) {
  before_main = Use();
}

static void AtExit(void) {
  UseAsEver();
  influence_bytes_free(&wanted);
}

static void* Thread(void* unused) {
  (void)unused;
  UseAsEver();
  return NULL;
}

static void UseInChild(void) {
  fflush(NULL);
  const pid_t child = fork();
  assert(child >= 0);
  if (child == 0) {
    UseAsEver();
    pthread_t thread; /* and in its own threads */
    if (pthread_create(&thread, NULL, Thread, NULL) != 0) _exit(1);
    pthread_join(thread, NULL);
    _exit(0);
  }
  int status = 0;
  assert(waitpid(child, &status, 0) == child && status == 0);
}

static void* Busy(void* stop) {
  while (!__atomic_load_n((int*)stop, __ATOMIC_RELAXED)) UseAsEver();
  return NULL;
}

int main(void) {
  wanted = Use();
  assert(before_main.size == wanted.size);
  assert(memcmp(before_main.data, wanted.data, wanted.size) == 0);
  influence_bytes_free(&before_main);
  assert(atexit(AtExit) == 0);

  pthread_attr_t attributes;
  pthread_t threads[4];
  assert(pthread_attr_init(&attributes) == 0);
#ifndef INFLUENCE_SANITIZED /* which needs more stack itself */
  assert(pthread_attr_setstacksize(&attributes, 65536) == 0);
#endif
  for (int i = 0; i < 4; ++i) {
    assert(pthread_create(&threads[i], &attributes, Thread, NULL) == 0);
  }
  for (int i = 0; i < 4; ++i) pthread_join(threads[i], NULL);
  pthread_attr_destroy(&attributes);

  UseInChild();
  /* While other threads are in the middle of it. */
  int stop = 0;
  for (int i = 0; i < 3; ++i) {
    assert(pthread_create(&threads[i], NULL, Busy, &stop) == 0);
  }
  for (int i = 0; i < 50; ++i) UseInChild();
  __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
  for (int i = 0; i < 3; ++i) pthread_join(threads[i], NULL);
  return 0;
}
