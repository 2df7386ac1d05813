/* What a binding has to compare itself with: influence_score() from C, 1,000
 * profiles a call, and influence_score_columns(), 65,536 rows a call.
 *
 *     binding_bench REQUEST [ROWS]    a serialized ScoreRequest of 1,000
 *                                     profiles; rows a call, at most 10^7
 *
 * Prints millions of profiles a second, the median of eleven runs each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "influence/influence.h"

enum { kRuns = 11, kColumns = 6, kMostRows = 10000000 };

static influence_engine* engine;
static uint8_t request[INFLUENCE_MAX_REQUEST_BYTES];
static size_t request_size;
static int64_t columns[kColumns][kMostRows];
static int64_t rows = 65536;

static void Check(influence_status status) {
  if (status == INFLUENCE_OK) return;
  fprintf(stderr, "%s\n", influence_status_name(status));
  exit(1);
}

static void ScoreBytes(void) {
  influence_bytes response = {0};
  Check(influence_score(engine, request, request_size, &response, NULL));
  influence_bytes_free(&response);
}

static void ReleaseSchema(struct ArrowSchema* schema) {
  schema->release = NULL;
}
static void ReleaseArray(struct ArrowArray* array) { array->release = NULL; }

static void ScoreColumns(void) {
  static const char* const kNames[kColumns] = {
      "mentions", "replies", "likes", "reshares", "listings", "followers"};
  struct ArrowSchema fields[kColumns], *field_list[kColumns];
  struct ArrowArray arrays[kColumns], *array_list[kColumns];
  const void* buffers[kColumns][2];
  const void* none[1] = {NULL};
  for (int i = 0; i < kColumns; ++i) {
    fields[i] = (struct ArrowSchema){
        .format = "l", .name = kNames[i], .release = ReleaseSchema};
    field_list[i] = &fields[i];
    buffers[i][0] = NULL;
    buffers[i][1] = columns[i];
    arrays[i] = (struct ArrowArray){.length = rows,
                                    .n_buffers = 2,
                                    .buffers = buffers[i],
                                    .release = ReleaseArray};
    array_list[i] = &arrays[i];
  }
  struct ArrowSchema schema = {.format = "+s",
                               .name = "",
                               .n_children = kColumns,
                               .children = field_list,
                               .release = ReleaseSchema};
  struct ArrowArray array = {.length = rows,
                             .n_buffers = 1,
                             .buffers = none,
                             .n_children = kColumns,
                             .children = array_list,
                             .release = ReleaseArray};
  struct ArrowSchema out_schema;
  struct ArrowArray out_array;
  Check(influence_score_columns(engine, NULL, 0, &schema, &array, &out_schema,
                                &out_array, NULL));
  out_schema.release(&out_schema);
  out_array.release(&out_array);
}

static double Now(void) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int Compare(const void* a, const void* b) {
  const double x = *(const double*)a;
  const double y = *(const double*)b;
  return (x > y) - (x < y);
}

static void Measure(const char* name, void (*call)(void), int calls, int rows) {
  double rates[kRuns];
  call();
  for (int run = 0; run < kRuns; ++run) {
    const double begin = Now();
    for (int i = 0; i < calls; ++i) call();
    rates[run] = (double)calls * rows / (Now() - begin) / 1e6;
  }
  qsort(rates, kRuns, sizeof *rates, Compare);
  printf("%s %.4f\n", name, rates[kRuns / 2]);
}

int main(int argc, char** argv) {
  FILE* file = argc == 2 || argc == 3 ? fopen(argv[1], "rb") : NULL;
  if (argc == 3) rows = strtol(argv[2], NULL, 10);
  if (file == NULL || rows < 1 || rows > kMostRows) {
    fputs("binding_bench REQUEST [ROWS]\n", stderr);
    return 2;
  }
  request_size = fread(request, 1, sizeof request, file);
  fclose(file);
  for (int i = 0; i < kColumns; ++i) {
    for (int64_t row = 0; row < rows; ++row) columns[i][row] = row * (i + 1);
  }
  Check(influence_engine_open("v1", &engine, NULL));
  Measure("score_bytes", ScoreBytes, 100, 1000);
  Measure("score_columns", ScoreColumns, (int)(200 * 65536 / rows + 1),
          (int)rows);
  influence_engine_free(engine);
  return 0;
}
