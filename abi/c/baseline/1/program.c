/* A program as it was compiled against this baseline's header, which uses every
 * function: it has to go on working with every later library of the same ABI.
 * Numbers of scores are those of the released algorithm, for ever. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "influence.h"

#define EXPECT(condition)                                     \
  do {                                                        \
    if (!(condition)) {                                       \
      fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
      exit(1);                                                \
    }                                                         \
  } while (0)
#define OK(call) EXPECT((call) == INFLUENCE_OK)

/* ----------------------------------------------------------- Arrow's structs
 */

static void ReleaseSchema(struct ArrowSchema* schema) {
  schema->release = NULL;
}
static void ReleaseArray(struct ArrowArray* array) { array->release = NULL; }

enum { kMostColumns = 4 };
static struct ArrowSchema fields[kMostColumns], *field_list[kMostColumns];
static struct ArrowArray columns[kMostColumns], *column_list[kMostColumns];
static const void* buffers[kMostColumns][3];
static int n_columns;

/* A column of the next table; `values` has the offsets of text, or numbers. */
static void AddColumn(const char* name, const char* format, int64_t rows,
                      const void* values, const void* text) {
  const int i = n_columns++;
  buffers[i][0] = NULL;
  buffers[i][1] = values;
  buffers[i][2] = text;
  fields[i] = (struct ArrowSchema){
      .format = format, .name = name, .release = ReleaseSchema};
  columns[i] = (struct ArrowArray){.length = rows,
                                   .n_buffers = text == NULL ? 2 : 3,
                                   .buffers = buffers[i],
                                   .release = ReleaseArray};
  field_list[i] = &fields[i];
  column_list[i] = &columns[i];
}
/* The table of these columns. */
static void MakeTable(struct ArrowSchema* schema, struct ArrowArray* array) {
  static const void* none[] = {NULL};
  *schema = (struct ArrowSchema){.format = "+s",
                                 .name = "",
                                 .n_children = n_columns,
                                 .children = field_list,
                                 .release = ReleaseSchema};
  *array = (struct ArrowArray){.length = columns[0].length,
                               .n_buffers = 1,
                               .buffers = none,
                               .n_children = n_columns,
                               .children = column_list,
                               .release = ReleaseArray};
  n_columns = 0;
}

/* How many rows a stream has; it is released. */
static int64_t CountRows(struct ArrowArrayStream* stream) {
  int64_t rows = 0;
  for (;;) {
    struct ArrowArray table;
    EXPECT(stream->get_next(stream, &table) == 0);
    if (table.release == NULL) break;
    rows += table.length;
    table.release(&table);
  }
  stream->release(stream);
  return rows;
}

/* ------------------------------------------------------ a file, as callbacks
 */

struct File {
  uint8_t bytes[65536];
  size_t size, at;
  int releases;
};
static int32_t Write(void* context, const uint8_t* data, size_t size) {
  struct File* file = context;
  if (size > sizeof file->bytes - file->size) return 1;
  memcpy(file->bytes + file->size, data, size);
  file->size += size;
  return 0;
}
static int32_t Read(void* context, uint8_t* data, size_t size) {
  struct File* file = context;
  if (size > file->size - file->at) return 1;
  memcpy(data, file->bytes + file->at, size);
  file->at += size;
  return 0;
}
static int32_t ReadAt(void* context, uint64_t offset, uint8_t* data,
                      size_t size) {
  struct File* file = context;
  if (offset > file->size || size > file->size - offset) return 1;
  memcpy(data, file->bytes + offset, size);
  return 0;
}
static void Release(void* context) { ++((struct File*)context)->releases; }
static int32_t CountStep(void* context, uint32_t done, uint32_t all) {
  EXPECT(done <= all);
  ++*(int*)context;
  return 0;
}

/* Releases the bytes that a call returned. */
static influence_bytes bytes;
static void Took(void) {
  EXPECT(bytes.size > 0 && bytes.data != NULL);
  influence_bytes_free(&bytes);
  EXPECT(bytes.size == 0 && bytes.data == NULL);
}

static influence_error* error;

/* ------------------------------------------------------------------ messages
 */

/* algorithm: "v1", profiles { accounts { followers_micros: 1000000 } },
 * detail: DETAIL_SCORE */
static const uint8_t kRequest[] = {0x0a, 2,    'v',  '1',  0x1a, 6,    0x12,
                                   4,    0x48, 0xc0, 0x84, 0x3d, 0x20, 1};
/* id: "acme/one"; all of it audience, by followers, at 1'000 of them */
static const uint8_t kAlgorithm[] = {
    0x0a, 8,    'a',  'c',  'm',  'e',  '/',  'o',  'n',  'e',  0x12,
    21,   0x08, 4,    0x10, 0x80, 0xc2, 0xd7, 0x2f, 0x18, 0x80, 0x94,
    0xeb, 0xdc, 0x03, 0x2a, 6,    0x08, 8,    0x10, 0xc0, 0x84, 0x3d};
/* as_of_seconds: 1'000'000'000 */
static const uint8_t kTally[] = {0x18, 0x80, 0x94, 0xeb, 0xdc, 0x03};
/* "a" mentions "b" a second before */
static const uint8_t kEvents[] = {0x0a, 14, 0x0a, 1,    'a',  0x12, 1,    'b',
                                  0x18, 1,  0x20, 0xfe, 0xa7, 0xd6, 0xb9, 0x07};
/* "b" reacts to "c" */
static const uint8_t kEdges[] = {0x0a, 6, 0x0a, 1, 'b', 0x12, 1, 'c'};
static const uint8_t kSeeds[] = {0x0a, 3, 0x0a, 1, 'a'};
static const uint8_t kB[] = {0x0a, 1, 'b'}; /* id: "b" */
/* before { profile { accounts { followers: 5 millionths } } },
 * after { profile { accounts {} } } */
static const uint8_t kSides[] = {0x0a, 6,    0x0a, 4,    0x12, 2,    0x48,
                                 5,    0x12, 4,    0x0a, 2,    0x12, 0};
/* profile { accounts { followers: 5 millionths } },
 * goals { signal: SIGNAL_FOLLOWERS rise_micropoints: 1'000'000 } */
static const uint8_t kQuestion[] = {0x0a, 4, 0x12, 2,    0x48, 5,    0x2a,
                                    6,    8, 8,    0x18, 0xc0, 0x84, 0x3d};
/* format: RENDER_FORMAT_TEXT, card: "v1" */
static const uint8_t kCard[] = {0x08, 1, 0x4a, 2, 'v', '1'};

/* ------------------------------------------------------------------- stories
 */

static void Library(void) {
  EXPECT(influence_abi_version() == INFLUENCE_ABI_VERSION);
  EXPECT(strlen(influence_library_version()) > 0);
  EXPECT(strlen(influence_kernel_name()) > 0);
  EXPECT(influence_limit(INFLUENCE_LIMIT_ACCOUNTS) >= INFLUENCE_MAX_ACCOUNTS);
  EXPECT(strcmp(influence_status_name(INFLUENCE_TOO_LARGE), "TOO_LARGE") == 0);
  OK(influence_algorithm_list(&bytes, &error));
  Took();
}

static void Failures(void) {
  influence_engine* engine = NULL;
  EXPECT(influence_engine_open("v0", &engine, &error) ==
         INFLUENCE_UNKNOWN_ALGORITHM);
  EXPECT(engine == NULL);
  EXPECT(influence_error_status(error) == INFLUENCE_UNKNOWN_ALGORITHM);
  EXPECT(strlen(influence_error_text(error)) > 0);
  EXPECT(influence_error_field(error) != NULL);
  EXPECT(influence_error_row(error) == -1);
  influence_error_free(error);
}

static void Score(const influence_engine* engine) {
  static const int64_t kCounts[] = {120, 40, 16, 300, 85, 12, 31, 2400};
  static const int64_t kFollowers[] = {1, -1};
  int64_t score, low, high, coverage;
  char text[INFLUENCE_POINTS_BYTES];
  struct ArrowSchema schema, scores_schema;
  struct ArrowArray array, scores;
  OK(influence_engine_describe(engine, &bytes, &error));
  Took();
  OK(influence_score_counts(engine, kCounts, 8, &score, &low, &high, &coverage,
                            &error));
  EXPECT(score == 36901409 && low == score && high == 48901409);
  EXPECT(coverage == 88000000 && error == NULL);
  OK(influence_format_points(score, 1, text, sizeof text));
  EXPECT(strcmp(text, "36.9") == 0);
  OK(influence_score(engine, kRequest, sizeof kRequest, &bytes, &error));
  Took();
  AddColumn("followers", "l", 2, kFollowers, NULL);
  MakeTable(&schema, &array);
  OK(influence_score_columns(engine, NULL, 0, &schema, &array, &scores_schema,
                             &scores, &error));
  EXPECT(strcmp(scores_schema.children[0]->name, "score") == 0);
  /* 18 * log2(2) / log2(1 + 10^7) points, and a row in error. */
  EXPECT(((const int64_t*)scores.children[0]->buffers[1])[0] == 774077);
  EXPECT(scores.length == 2 && scores.children[0]->null_count == 1);
  scores_schema.release(&scores_schema);
  scores.release(&scores);
}

/* "a" mentions "b" as a table; the offsets of both ids. */
static const int32_t kEnds[] = {0, 1};

static influence_tally* Tally(const influence_engine* engine,
                              struct File* spilled) {
  static const int8_t kKind[] = {1};
  static const int64_t kTime[] = {999999999};
  static struct File saved;
  influence_tally *tally, *other;
  struct ArrowSchema schema;
  struct ArrowArray array;
  OK(influence_tally_new(engine, kTally, sizeof kTally, &other, &error));
  OK(influence_tally_add(other, kEvents, sizeof kEvents, &error));
  OK(influence_tally_save(other, Write, &saved, &error));
  influence_tally_free(other);
  OK(influence_tally_load(engine, Read, &saved, &other, &error));

  OK(influence_tally_new(engine, kTally, sizeof kTally, &tally, &error));
  OK(influence_tally_spill(tally, 64u << 20, Write, ReadAt, Release, spilled,
                           &error));
  AddColumn("actor", "u", 1, kEnds, "a");
  AddColumn("subject", "u", 1, kEnds, "b");
  AddColumn("kind", "c", 1, kKind, NULL);
  AddColumn("time", "l", 1, kTime, NULL);
  MakeTable(&schema, &array);
  OK(influence_tally_add_columns(tally, &schema, &array, &error));
  OK(influence_tally_merge(tally, other, &error));
  influence_tally_free(other);
  OK(influence_tally_report(tally, &bytes, &error));
  Took();
  OK(influence_tally_subject(tally, kB, sizeof kB, &bytes, &error));
  Took();
  OK(influence_tally_topics(tally, &schema, &array, &error));
  EXPECT(array.length == 0);
  schema.release(&schema);
  array.release(&array);
  return tally;
}

static influence_standing* Standing(const influence_engine* engine,
                                    influence_tally* tally,
                                    struct File* spilled) {
  influence_graph* graph;
  influence_standing* standing;
  struct ArrowSchema schema;
  struct ArrowArray array;
  int steps = 0;
  OK(influence_graph_new(engine, NULL, 0, &graph, &error));
  OK(influence_graph_spill(graph, 64u << 20, Write, ReadAt, Release, spilled,
                           &error));
  OK(influence_graph_add(graph, kEdges, sizeof kEdges, &error));
  AddColumn("source", "u", 1, kEnds, "c");
  AddColumn("target", "u", 1, kEnds, "a");
  MakeTable(&schema, &array);
  OK(influence_graph_add_columns(graph, &schema, &array, &error));
  OK(influence_graph_add_tally(graph, tally, &error));
  OK(influence_graph_seed(graph, kSeeds, sizeof kSeeds, &error));
  OK(influence_graph_run(graph, NULL, 0, CountStep, &steps, &standing, &error));
  EXPECT(steps > 1);
  influence_graph_free(graph);
  OK(influence_standing_report(standing, &bytes, &error));
  Took();
  OK(influence_standing_explain(standing, kB, sizeof kB, &bytes, &error));
  Took();
  return standing;
}

static void Flow(const influence_engine* engine) {
  static struct File of_tally, of_graph;
  struct ArrowArrayStream people, ranks, joined, scores;
  influence_tally* tally = Tally(engine, &of_tally);
  influence_standing* standing = Standing(engine, tally, &of_graph);
  OK(influence_standing_ranks(standing, NULL, 0, &ranks, &error));
  EXPECT(CountRows(&ranks) == 3);
  OK(influence_tally_profiles(tally, NULL, 0, &people, &error));
  OK(influence_standing_join(standing, &people, &joined, &error));
  OK(influence_score_stream(engine, NULL, 0, &joined, &scores, &error));
  OK(influence_stream_error(&scores, &error));
  EXPECT(error == NULL);
  influence_tally_free(tally);
  influence_standing_free(standing);
  EXPECT(CountRows(&scores) == 1);
  EXPECT(of_tally.releases == 1 && of_graph.releases == 1);
}

static void Insight(const influence_engine* before,
                    const influence_engine* after) {
  static const int64_t kFollowers[] = {10, 100};
  influence_drift *drift, *loaded;
  influence_bytes saved;
  struct ArrowSchema schema;
  struct ArrowArray array;
  OK(influence_compare(before, after, kSides, sizeof kSides, &bytes, &error));
  Took();
  OK(influence_what_if(before, kQuestion, sizeof kQuestion, &bytes, &error));
  Took();
  OK(influence_drift_new(before, after, NULL, 0, &drift, &error));
  AddColumn("followers", "l", 2, kFollowers, NULL);
  MakeTable(&schema, &array);
  OK(influence_drift_add_columns(drift, &schema, &array, &error));
  OK(influence_drift_add(drift, kRequest, sizeof kRequest, &error));
  OK(influence_drift_save(drift, &saved, &error));
  OK(influence_drift_load(before, after, saved.data, saved.size, &loaded,
                          &error));
  influence_bytes_free(&saved);
  OK(influence_drift_merge(drift, loaded, &error));
  OK(influence_drift_report(drift, &bytes, &error));
  Took();
  influence_drift_free(drift);
  influence_drift_free(loaded);
}

int main(void) {
  influence_engine *engine, *custom;
  Library();
  Failures();
  OK(influence_engine_open("v1", &engine, &error));
  OK(influence_engine_open_custom(kAlgorithm, sizeof kAlgorithm, &custom,
                                  &error));
  Score(engine);
  Flow(engine);
  Insight(engine, custom);
  OK(influence_render(kCard, sizeof kCard, &bytes, &error));
  Took();
  influence_engine_free(engine);
  influence_engine_free(custom);
  return 0;
}
