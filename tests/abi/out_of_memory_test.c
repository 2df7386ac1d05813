/* Every allocation of every function fails in turn: the call says
 * OUT_OF_MEMORY, gives nothing back, leaks nothing, and the next call works. */
#undef NDEBUG
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "counting_malloc.h"
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

/* ColumnsOptions{bands, points, reasons} */
static const uint8_t kOptions[] = {0x28, 1, 0x30, 1, 0x38, 1};

static influence_engine* engine; /* v1 */

/* ------------------------------------------------------ a table of two rows:
 * ids, and lists of accounts that state followers. */

static void ReleaseSchema(struct ArrowSchema* self) { self->release = NULL; }
static void ReleaseArray(struct ArrowArray* self) { self->release = NULL; }

static struct ArrowSchema Schema(const char* format, const char* name,
                                 int64_t n_children,
                                 struct ArrowSchema** children) {
  const struct ArrowSchema made = {
      format, name,          NULL, ARROW_FLAG_NULLABLE, n_children, children,
      NULL,   ReleaseSchema, NULL};
  return made;
}
static struct ArrowArray Array(int64_t length, int64_t n_buffers,
                               const void** buffers, int64_t n_children,
                               struct ArrowArray** children) {
  const struct ArrowArray made = {length,       0,       0,        n_buffers,
                                  n_children,   buffers, children, NULL,
                                  ReleaseArray, NULL};
  return made;
}

static struct ArrowSchema* NewSchema(void) {
  static struct ArrowSchema root, id, list, item, followers;
  static struct ArrowSchema* fields[] = {&id, &list};
  static struct ArrowSchema* items[] = {&item};
  static struct ArrowSchema* signals[] = {&followers};
  root = Schema("+s", "", 2, fields);
  id = Schema("l", "id", 0, NULL);
  list = Schema("+l", "accounts", 1, items);
  item = Schema("+s", "item", 1, signals);
  followers = Schema("l", "followers", 0, NULL);
  return &root;
}

static struct ArrowArray* NewArray(void) {
  static const int64_t ids[] = {7, 8}, counts[] = {12, -1, 5};
  static const int32_t ends[] = {0, 1, 3};
  static const void *no_values[] = {NULL}, *of_id[] = {NULL, ids},
                    *of_list[] = {NULL, ends}, *of_counts[] = {NULL, counts};
  static struct ArrowArray root, id, list, item, followers;
  static struct ArrowArray* fields[] = {&id, &list};
  static struct ArrowArray* items[] = {&item};
  static struct ArrowArray* signals[] = {&followers};
  root = Array(2, 1, no_values, 2, fields);
  id = Array(2, 2, of_id, 0, NULL);
  list = Array(2, 2, of_list, 1, items);
  item = Array(3, 1, no_values, 1, signals);
  followers = Array(3, 2, of_counts, 0, NULL);
  return &root;
}

static int batches_left;
static int StreamSchema(struct ArrowArrayStream* self,
                        struct ArrowSchema* out) {
  (void)self;
  *out = *NewSchema();
  return 0;
}
static int StreamNext(struct ArrowArrayStream* self, struct ArrowArray* out) {
  (void)self;
  memset(out, 0, sizeof *out);
  if (batches_left-- > 0) *out = *NewArray();
  return 0;
}
static void ReleaseStream(struct ArrowArrayStream* self) {
  self->release = NULL;
}

/* ------------------------------------------------- the functions, one by one
 */

/* What a function gave: freed, and there if and only if it said OK. */
static influence_status Took(influence_status status, influence_bytes* bytes) {
  assert((status == INFLUENCE_OK) == (bytes->data != NULL));
  influence_bytes_free(bytes);
  return status;
}
static influence_status TookEngine(influence_status status,
                                   influence_engine* made) {
  assert((status == INFLUENCE_OK) == (made != NULL));
  influence_engine_free(made);
  return status;
}

static influence_status List(influence_error** error) {
  influence_bytes list;
  return Took(influence_algorithm_list(&list, error), &list);
}
static influence_status Describe(influence_error** error) {
  influence_bytes description;
  return Took(influence_engine_describe(engine, &description, error),
              &description);
}
static influence_status New(influence_error** error) {
  influence_engine* made;
  const influence_status status = influence_engine_open("v1", &made, error);
  return TookEngine(status, made);
}
static influence_status NewCustom(influence_error** error) {
  influence_engine* made;
  const influence_status status =
      influence_engine_open_custom(kAlgorithm, sizeof kAlgorithm, &made, error);
  return TookEngine(status, made);
}
static influence_status Score(influence_error** error) {
  influence_bytes response;
  return Took(
      influence_score(engine, kRequest, sizeof kRequest, &response, error),
      &response);
}

static influence_status Card(influence_error** error) {
  /* HTML, German, the card of v2 */
  static const uint8_t kCard[] = {0x08, 0x03, 0x12, 0x02, 'd',
                                  'e',  0x4a, 0x02, 'v',  '2'};
  influence_bytes text;
  return Took(influence_render(kCard, sizeof kCard, &text, error), &text);
}

static influence_status ScoreColumns(influence_error** error) {
  struct ArrowSchema *schema = NewSchema(), out_schema;
  struct ArrowArray *array = NewArray(), out_array;
  const influence_status status =
      influence_score_columns(engine, kOptions, sizeof kOptions, schema, array,
                              &out_schema, &out_array, error);
  assert(schema->release == NULL && array->release == NULL);
  assert((status == INFLUENCE_OK) == (out_schema.release != NULL));
  assert((status == INFLUENCE_OK) == (out_array.release != NULL));
  if (status == INFLUENCE_OK) {
    assert(out_array.length == 2);
    out_array.release(&out_array);
    out_schema.release(&out_schema);
  }
  return status;
}

static influence_status ScoreStream(influence_error** error) {
  struct ArrowArrayStream in = {StreamSchema, StreamNext, NULL, ReleaseStream,
                                NULL};
  struct ArrowArrayStream out;
  batches_left = 2;
  const influence_status status = influence_score_stream(
      engine, kOptions, sizeof kOptions, &in, &out, error);
  assert(in.release == NULL);
  assert((status == INFLUENCE_OK) == (out.release != NULL));
  if (status != INFLUENCE_OK) return status;
  struct ArrowSchema schema = {0};
  int code = out.get_schema(&out, &schema);
  assert((code == 0) == (schema.release != NULL));
  if (code == 0) schema.release(&schema);
  struct ArrowArray array = {0};
  while (code == 0) {
    code = out.get_next(&out, &array);
    assert(code == 0 || array.release == NULL);
    if (array.release == NULL) break;
    array.release(&array);
  }
  out.release(&out);
  assert(code == 0 || code == ENOMEM);
  return code == 0 ? INFLUENCE_OK : INFLUENCE_OUT_OF_MEMORY;
}

static influence_status Compare(influence_error** error) {
  /* Of one account each, with followers, then without; in words. */
  static const uint8_t kSides[] = {0x0a, 6, 0x0a, 4, 0x12, 2, 0x48, 5,
                                   0x12, 4, 0x0a, 2, 0x12, 0, 0x18, 1};
  influence_bytes response;
  return Took(influence_compare(engine, engine, kSides, sizeof kSides,
                                &response, error),
              &response);
}

static influence_status WhatIf(influence_error** error) {
  /* Another number of followers; the least that gives a point more. */
  static const uint8_t kQuestion[] = {0x0a, 4,    0x12, 2,    0x48, 5, 0x1a, 4,
                                      0x08, 8,    0x10, 7,    0x2a, 6, 0x08, 8,
                                      0x18, 0xc0, 0x84, 0x3d, 0x30, 1};
  influence_bytes response;
  return Took(
      influence_what_if(engine, kQuestion, sizeof kQuestion, &response, error),
      &response);
}

/* All of a drift's life; each step fails or does its work whole. */
static influence_status Drift(influence_error** error) {
  static const uint8_t kTopThree[] = {0x18, 3};
  influence_drift *drift = NULL, *loaded = NULL;
  influence_bytes saved = {NULL, 0}, report = {NULL, 0};
  influence_status status = influence_drift_new(
      engine, engine, kTopThree, sizeof kTopThree, &drift, error);
  assert((status == INFLUENCE_OK) == (drift != NULL));
  if (status == INFLUENCE_OK) {
    struct ArrowSchema* schema = NewSchema();
    struct ArrowArray* array = NewArray();
    status = influence_drift_add_columns(drift, schema, array, error);
    assert(schema->release == NULL && array->release == NULL);
  }
  if (status == INFLUENCE_OK) {
    status = influence_drift_add(drift, kRequest, sizeof kRequest, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_drift_save(drift, &saved, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_drift_load(engine, engine, saved.data, saved.size,
                                  &loaded, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_drift_merge(drift, loaded, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_drift_report(drift, &report, error);
  }
  assert((status == INFLUENCE_OK) == (report.size > 0));
  influence_bytes_free(&report);
  influence_bytes_free(&saved);
  influence_drift_free(loaded);
  influence_drift_free(drift);
  return status;
}

/* A table of two people in two teams, who are merged into an empty drift. */
static influence_status SlicedDrift(influence_error** error) {
  static const uint8_t kByTeam[] = {0x22, 4, 't', 'e', 'a', 'm'};
  static const int64_t values[] = {3, 4};
  static const void *none[] = {NULL}, *of_values[] = {NULL, values};
  struct ArrowSchema team = Schema("l", "team", 0, NULL),
                     followers = Schema("l", "followers", 0, NULL);
  struct ArrowSchema* fields[] = {&team, &followers};
  struct ArrowSchema schema = Schema("+s", "", 2, fields);
  struct ArrowArray column = Array(2, 2, of_values, 0, NULL), other = column;
  struct ArrowArray* columns[] = {&column, &other};
  struct ArrowArray array = Array(2, 1, none, 2, columns);
  influence_drift *drift = NULL, *empty = NULL;
  influence_status status = influence_drift_new(engine, engine, kByTeam,
                                                sizeof kByTeam, &drift, error);
  if (status == INFLUENCE_OK) {
    status = influence_drift_add_columns(drift, &schema, &array, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_drift_new(engine, engine, kByTeam, sizeof kByTeam,
                                 &empty, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_drift_merge(empty, drift, error);
  }
  influence_drift_free(empty);
  influence_drift_free(drift);
  return status;
}

static int32_t Keep(void* context, const uint8_t* data, size_t size) {
  (void)context, (void)data, (void)size;
  return 0;
}

/* Reads all tables of a stream and releases it. */
static influence_status Drain(struct ArrowArrayStream* stream) {
  int code = 0;
  for (;;) {
    struct ArrowArray table = {0};
    code = stream->get_next(stream, &table);
    assert(code == 0 || table.release == NULL);
    if (table.release == NULL) break;
    table.release(&table);
  }
  stream->release(stream);
  assert(code == 0 || code == ENOMEM);
  return code == 0 ? INFLUENCE_OK : INFLUENCE_OUT_OF_MEMORY;
}

/* From reactions to a score with standing; each step fails or does its work
 * whole. */
static influence_status Flow(influence_error** error) {
  /* as_of_seconds: 1'000'000'000 */
  static const uint8_t kTally[] = {0x18, 0x80, 0x94, 0xeb, 0xdc, 0x03};
  /* "a" mentions "b" a second before, on the topic "t". */
  static const uint8_t kEvents[] = {0x0a, 17,   0x0a, 1,    'a',  0x12, 1,
                                    'b',  0x18, 1,    0x20, 0xfe, 0xa7, 0xd6,
                                    0xb9, 0x07, 0x32, 1,    't'};
  static const uint8_t kEdges[] = {0x0a, 6, 0x0a, 1, 'b', 0x12, 1, 'c'};
  static const uint8_t kSeeds[] = {0x0a, 3, 0x0a, 1, 'a'};
  static const uint8_t kNode[] = {0x0a, 1, 'b'};
  influence_tally* tally = NULL;
  influence_graph* graph = NULL;
  influence_standing* standing = NULL;
  influence_bytes bytes = {NULL, 0};
  influence_status status =
      influence_tally_new(engine, kTally, sizeof kTally, &tally, error);
  assert((status == INFLUENCE_OK) == (tally != NULL));
  if (status == INFLUENCE_OK) {
    status = influence_tally_add(tally, kEvents, sizeof kEvents, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_tally_save(tally, Keep, NULL, error);
  }
  if (status == INFLUENCE_OK) {
    status = Took(influence_tally_report(tally, &bytes, error), &bytes);
  }
  if (status == INFLUENCE_OK) {
    status =
        Took(influence_tally_subject(tally, kNode, sizeof kNode, &bytes, error),
             &bytes);
  }
  if (status == INFLUENCE_OK) {
    status = influence_graph_new(engine, NULL, 0, &graph, error);
    assert((status == INFLUENCE_OK) == (graph != NULL));
  }
  if (status == INFLUENCE_OK) {
    status = influence_graph_add_tally(graph, tally, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_graph_add(graph, kEdges, sizeof kEdges, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_graph_seed(graph, kSeeds, sizeof kSeeds, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, error);
    assert((status == INFLUENCE_OK) == (standing != NULL));
  }
  if (status == INFLUENCE_OK) {
    status = Took(influence_standing_report(standing, &bytes, error), &bytes);
  }
  if (status == INFLUENCE_OK) {
    status = Took(influence_standing_explain(standing, kNode, sizeof kNode,
                                             &bytes, error),
                  &bytes);
  }
  struct ArrowArrayStream people, joined, scores;
  if (status == INFLUENCE_OK) {
    status = influence_standing_ranks(standing, NULL, 0, &people, error);
    assert((status == INFLUENCE_OK) == (people.release != NULL));
    if (status == INFLUENCE_OK) status = Drain(&people);
  }
  if (status == INFLUENCE_OK) {
    status = influence_tally_profiles(tally, NULL, 0, &people, error);
    assert((status == INFLUENCE_OK) == (people.release != NULL));
  }
  if (status == INFLUENCE_OK) {
    status = influence_standing_join(standing, &people, &joined, error);
    assert(people.release == NULL);
    assert((status == INFLUENCE_OK) == (joined.release != NULL));
  }
  if (status == INFLUENCE_OK) {
    status = influence_score_stream(engine, NULL, 0, &joined, &scores, error);
    assert(joined.release == NULL);
    assert((status == INFLUENCE_OK) == (scores.release != NULL));
    if (status == INFLUENCE_OK) status = Drain(&scores);
  }
  influence_standing_free(standing);
  influence_graph_free(graph);
  influence_tally_free(tally);
  return status;
}

static struct {
  uint8_t bytes[4096];
  size_t size, at;
} saved_tally;
static int32_t Store(void* context, const uint8_t* data, size_t size) {
  (void)context;
  assert(size <= sizeof saved_tally.bytes - saved_tally.size);
  memcpy(saved_tally.bytes + saved_tally.size, data, size);
  saved_tally.size += size;
  return 0;
}
static int32_t Restore(void* context, uint8_t* data, size_t size) {
  (void)context;
  assert(size <= saved_tally.size - saved_tally.at);
  memcpy(data, saved_tally.bytes + saved_tally.at, size);
  saved_tally.at += size;
  return 0;
}
static int32_t GiveAt(void* context, uint64_t offset, uint8_t* data,
                      size_t size) {
  (void)context, (void)offset, (void)data, (void)size;
  return 1;
}
static int releases;
static void CountRelease(void* context) {
  (void)context;
  ++releases;
}

/* "a" mentions, or reacts to, "b", as a table. */
static void Reaction(const char* source, const char* target, int is_event,
                     struct ArrowSchema* schema, struct ArrowArray* array) {
  static const int32_t ends[] = {0, 1};
  static const int8_t kinds[] = {1};
  static const int64_t times[] = {999999999};
  static const void *none[] = {NULL}, *of_a[] = {NULL, ends, "a"},
                    *of_b[] = {NULL, ends, "b"}, *of_kind[] = {NULL, kinds},
                    *of_time[] = {NULL, times};
  static struct ArrowSchema fields[4], *field_list[4];
  static struct ArrowArray columns[4], *column_list[4];
  fields[0] = Schema("u", source, 0, NULL);
  fields[1] = Schema("u", target, 0, NULL);
  fields[2] = Schema("c", "kind", 0, NULL);
  fields[3] = Schema("l", "time", 0, NULL);
  columns[0] = Array(1, 3, of_a, 0, NULL);
  columns[1] = Array(1, 3, of_b, 0, NULL);
  columns[2] = Array(1, 2, of_kind, 0, NULL);
  columns[3] = Array(1, 2, of_time, 0, NULL);
  for (int i = 0; i < 4; ++i) {
    field_list[i] = &fields[i];
    column_list[i] = &columns[i];
  }
  *schema = Schema("+s", "", is_event ? 4 : 2, field_list);
  *array = Array(1, 1, none, is_event ? 4 : 2, column_list);
}

/* What Flow() leaves out: tables, tallies that spill, load and merge. */
static influence_status Tables(influence_error** error) {
  static const uint8_t kTally[] = {0x18, 0x80, 0x94, 0xeb, 0xdc, 0x03};
  struct ArrowSchema schema;
  struct ArrowArray array;
  influence_tally *tally = NULL, *loaded = NULL;
  influence_graph* graph = NULL;
  saved_tally.size = saved_tally.at = 0;
  releases = 0;
  influence_status status =
      influence_tally_new(engine, kTally, sizeof kTally, &tally, error);
  if (status == INFLUENCE_OK) {
    Reaction("actor", "subject", 1, &schema, &array);
    status = influence_tally_add_columns(tally, &schema, &array, error);
    assert(schema.release == NULL && array.release == NULL);
    if (status == INFLUENCE_OUT_OF_MEMORY) {
      FailAllocationsAfter(-1);
      const influence_status after = influence_tally_add(tally, NULL, 0, NULL);
      assert(after == INFLUENCE_OK || after == INFLUENCE_FAILED_PRECONDITION);
      FailAllocationsAfter(0);
    }
  }
  if (status == INFLUENCE_OK) {
    status = influence_tally_save(tally, Store, NULL, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_tally_load(engine, Restore, NULL, &loaded, error);
    assert((status == INFLUENCE_OK) == (loaded != NULL));
  }
  influence_tally_free(tally);
  tally = NULL;
  if (status == INFLUENCE_OK) {
    status = influence_tally_new(engine, kTally, sizeof kTally, &tally, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_tally_spill(tally, 64u << 20, Keep, GiveAt, CountRelease,
                                   NULL, error);
    assert(releases == (status == INFLUENCE_OK ? 0 : 1));
  }
  if (status == INFLUENCE_OK) {
    status = influence_tally_merge(tally, loaded, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_tally_topics(tally, &schema, &array, error);
    assert((status == INFLUENCE_OK) == (schema.release != NULL));
    assert((status == INFLUENCE_OK) == (array.release != NULL));
    if (status == INFLUENCE_OK) {
      schema.release(&schema);
      array.release(&array);
    }
  }
  const int spilled = tally != NULL && status == INFLUENCE_OK;
  influence_tally_free(tally);
  influence_tally_free(loaded);
  assert(!spilled || releases == 1);
  releases = 0;
  if (status == INFLUENCE_OK) {
    status = influence_graph_new(engine, NULL, 0, &graph, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_graph_spill(graph, 64u << 20, Keep, GiveAt, CountRelease,
                                   NULL, error);
    assert(releases == (status == INFLUENCE_OK ? 0 : 1));
  }
  if (status == INFLUENCE_OK) {
    Reaction("source", "target", 0, &schema, &array);
    status = influence_graph_add_columns(graph, &schema, &array, error);
  }
  influence_graph_free(graph);
  assert(status != INFLUENCE_OK || releases == 1);
  return status;
}

/* After a failure nobody knows which edges of a batch there are: such a graph
 * takes no more and gives nothing. */
static influence_status LostGraph(influence_error** error) {
  /* a, b; c, d of weight 2, for which the weight of the first is filled in. */
  static const uint8_t kEdges[] = {0x0a, 6,    0x0a, 1,   'a',  0x12,
                                   1,    'b',  0x0a, 8,   0x0a, 1,
                                   'c',  0x12, 1,    'd', 0x18, 2};
  static const uint8_t kSeeds[] = {0x0a, 3, 0x0a, 1, 'a'};
  influence_graph* graph = NULL;
  influence_standing* standing = NULL;
  influence_status status = influence_graph_new(engine, NULL, 0, &graph, error);
  if (status == INFLUENCE_OK) {
    status = influence_graph_seed(graph, kSeeds, sizeof kSeeds, error);
  }
  if (status == INFLUENCE_OK) {
    status = influence_graph_add(graph, kEdges, sizeof kEdges, error);
    if (status != INFLUENCE_OK) {
      FailAllocationsAfter(-1);
      assert(influence_graph_add(graph, kEdges, sizeof kEdges, NULL) ==
             INFLUENCE_FAILED_PRECONDITION);
      assert(influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, NULL) ==
             INFLUENCE_FAILED_PRECONDITION);
      assert(standing == NULL);
    }
  }
  influence_graph_free(graph);
  return status;
}

/* A failure that has words; with no memory for them it has none, and the
 * status may be either. */
static influence_status Fail(influence_error** error) {
  influence_engine* made;
  const influence_status status = influence_engine_open("nobody", &made, error);
  assert(made == NULL);
  return status == INFLUENCE_UNKNOWN_ALGORITHM && *error != NULL
             ? INFLUENCE_OK
             : INFLUENCE_OUT_OF_MEMORY;
}

/* Plain counts need no memory, and a fault of theirs only that of its error:
 * without it the status is the same. */
static influence_status ScoreCounts(influence_error** error) {
  const int64_t counts[] = {120, 40, 16, 300, 85, 12, 31, 2400}, bad = -1;
  int64_t score = 0, low, high, coverage;
  char text[INFLUENCE_POINTS_BYTES];
  influence_status status = influence_score_counts(
      engine, counts, 8, &score, &low, &high, &coverage, error);
  assert(status == INFLUENCE_OK && score == 36901409 && *error == NULL);
  status = influence_format_points(score, 6, text, sizeof text);
  assert(status == INFLUENCE_OK && strcmp(text, "36.901409") == 0);
  status =
      influence_score_counts(engine, &bad, 1, &score, NULL, NULL, NULL, error);
  assert(status == INFLUENCE_OUT_OF_RANGE);
  return *error == NULL ? INFLUENCE_OUT_OF_MEMORY : INFLUENCE_OK;
}
static influence_status NoNull(influence_error** error) {
  influence_bytes response;
  const influence_status status =
      influence_score(NULL, NULL, 0, &response, error);
  assert(status == INFLUENCE_INVALID_ARGUMENT);
  return *error == NULL ? INFLUENCE_OUT_OF_MEMORY : INFLUENCE_OK;
}

/* A failure says so in words if there is memory for them alone. */
static void CheckWords(influence_status status, influence_error* error) {
  assert(error == NULL || influence_error_status(error) == status);
  assert(error == NULL || influence_error_text(error)[0] != '\0');
}

/* Returns how many allocations failed in turn. */
static long FailEach(influence_status (*function)(influence_error**)) {
  influence_error* error;
  /* Once without fault, for what the C++ runtime sets up when first used. */
  assert(function(&error) == INFLUENCE_OK);
  influence_error_free(error);
  for (long failures = 0;; ++failures) {
    const long live_before = LiveBlocks();
    error = NULL;
    FailAllocationsAfter(failures);
    const influence_status status = function(&error);
    FailAllocationsAfter(-1);
    if (status == INFLUENCE_OUT_OF_MEMORY) CheckWords(status, error);
    influence_error_free(error);
    assert(LiveBlocks() == live_before);
    if (status == INFLUENCE_OK) return failures;
    assert(status == INFLUENCE_OUT_OF_MEMORY);
  }
}

/* On three threads the order of allocations is not always the same, and the C
 * library keeps something of each. */
static void FailThreads(void) {
  enum { kRows = 30000 };
  static int64_t counts[kRows];
  static const uint8_t kThreads[] = {0x18, 3};
  static const void *of_counts[] = {NULL, counts}, *none[] = {NULL};
  for (int i = 0; i < kRows; ++i) counts[i] = i % 9999 == 77 ? -1 : i;
  influence_status status = INFLUENCE_OUT_OF_MEMORY;
  for (long left = 0; status != INFLUENCE_OK || left < 200; ++left) {
    struct ArrowSchema field = Schema("l", "followers", 0, NULL);
    struct ArrowSchema* fields[] = {&field};
    struct ArrowSchema schema = Schema("+s", "", 1, fields), out_schema;
    struct ArrowArray column = Array(kRows, 2, of_counts, 0, NULL);
    struct ArrowArray* columns[] = {&column};
    struct ArrowArray array = Array(kRows, 1, none, 1, columns), out_array;
    FailAllocationsAfter(left);
    status = influence_score_columns(engine, kThreads, sizeof kThreads, &schema,
                                     &array, &out_schema, &out_array, NULL);
    FailAllocationsAfter(-1);
    assert(status == INFLUENCE_OK || status == INFLUENCE_OUT_OF_MEMORY);
    if (status != INFLUENCE_OK) continue;
    assert(out_array.children[0]->null_count == 3);
    out_array.release(&out_array);
    out_schema.release(&out_schema);
  }
}

int main(void) {
  assert(influence_engine_open("v1", &engine, NULL) == INFLUENCE_OK);
  static const struct {
    const char* name;
    influence_status (*function)(influence_error**);
    long least; /* so that a function that allocates nothing is noticed */
  } kFunctions[] = {
      {"influence_algorithm_list", List, 1},
      {"influence_engine_open", New, 1},
      {"influence_engine_open_custom", NewCustom, 5},
      {"influence_engine_describe", Describe, 1},
      {"influence_score", Score, 10},
      {"influence_score_columns", ScoreColumns, 50},
      {"influence_score_stream", ScoreStream, 50},
      {"influence_compare", Compare, 30},
      {"influence_what_if", WhatIf, 20},
      {"influence_render", Card, 500},
      {"a drift", Drift, 100},
      {"a drift by teams", SlicedDrift, 20},
      {"from reactions to a score with standing", Flow, 200},
      {"tables, and what spills", Tables, 50},
      {"a graph that lost edges", LostGraph, 5},
      {"a failure with words", Fail, 1},
      {"influence_score_counts", ScoreCounts, 1},
      {"a NULL", NoNull, 1},
  };
  for (size_t i = 0; i < sizeof kFunctions / sizeof kFunctions[0]; ++i) {
    const long failures = FailEach(kFunctions[i].function);
    printf("%s: %ld allocations failed in turn\n", kFunctions[i].name,
           failures);
    fflush(stdout);
    assert(failures >= kFunctions[i].least);
  }
  FailThreads();
  influence_engine_free(engine);
  return 0;
}
