/* Every status of every function, but OUT_OF_MEMORY, which is the matter of
 * out_of_memory_test.c. Each call says the status that it has to return;
 * check_statuses.py compares what was seen with the header. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "influence/influence.h"

static int failures;

/* The error of every call; it agrees with the status. */
static influence_error* error;
#define E &error

static void Check(int line, influence_status got, influence_status want) {
  const influence_status told = influence_error_status(error);
  if (got != want || told != got ||
      (got != INFLUENCE_OK && influence_error_text(error)[0] == '\0')) {
    fprintf(stderr, "line %d: %s, not %s; the error is %s: %s: %s\n", line,
            influence_status_name(got), influence_status_name(want),
            influence_status_name(told), influence_error_field(error),
            influence_error_text(error));
    ++failures;
  }
  influence_error_free(error);
  error = NULL;
}
#define WANT(status, call) Check(__LINE__, (call), INFLUENCE_##status)

/* A message, as pointer and size. */
#define B(literal) (const uint8_t*)(literal), sizeof(literal) - 1
#define TORN B("\x0a") /* the size of a field is missing */
/* StreamOptions of more rows a table than there may be. */
#define MANY_ROWS B("\x08\xff\xff\xff\x7f")
#define BAD_TEXT "\x0a\x01\xff" /* a first field that is not UTF-8 */
#define NOT_TEXT B(BAD_TEXT)

/* ------------------------------------------------------------------- tables */

static void ReleaseSchema(struct ArrowSchema* self) { self->release = NULL; }
static void ReleaseArray(struct ArrowArray* self) { self->release = NULL; }

enum { kMostColumns = 6 };
static struct ArrowSchema schema, out_schema, fields[kMostColumns],
    *field_list[kMostColumns];
static struct ArrowArray array, out_array, columns[kMostColumns],
    *column_list[kMostColumns];
static const void* buffers[kMostColumns][3];
static int n_columns;

/* A column of the next table; `values` are numbers, or the ends of text. */
static void Column(const char* name, const char* format, int64_t rows,
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
/* Moves the columns into `schema` and `array`, as a call takes them. */
static void Table(void) {
  static const void* none[] = {NULL};
  schema = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .n_children = n_columns,
                                .children = field_list,
                                .release = ReleaseSchema};
  array = (struct ArrowArray){.length = columns[0].length,
                              .n_buffers = 1,
                              .buffers = none,
                              .n_children = n_columns,
                              .children = column_list,
                              .release = ReleaseArray};
  n_columns = 0;
}
static const int32_t kEnds[] = {0, 1};
static const int32_t kTornEnds[] = {1, 0};

/* One person by that many followers. */
static void Followers(const int64_t* count) {
  Column("followers", "l", 1, count, NULL);
  Table();
}
static void Released(void) {
  if (out_schema.release != NULL) out_schema.release(&out_schema);
  if (out_array.release != NULL) out_array.release(&out_array);
}

/* ------------------------------------------------------------------ streams */

/* A stream of the caller's: one person after the other. It fails if it is told
 * to, and its schema has this metadata. */
static int stream_fails;
static const char* stream_metadata;
static void Person(void) {
  static const int64_t kOne = 1;
  Column("id", "l", 1, &kOne, NULL);
  Column("followers", "l", 1, &kOne, NULL);
  Table();
}
static int StreamSchema(struct ArrowArrayStream* self,
                        struct ArrowSchema* out) {
  (void)self;
  if (stream_fails) return EIO;
  Person();
  *out = schema;
  out->metadata = stream_metadata;
  return 0;
}
static int StreamNext(struct ArrowArrayStream* self, struct ArrowArray* out) {
  (void)self;
  if (stream_fails) return EPIPE;
  Person();
  *out = array;
  return 0;
}
static const char* StreamWords(struct ArrowArrayStream* self) {
  (void)self;
  return "the line is dead \xff";
}
static void ReleaseStream(struct ArrowArrayStream* self) {
  self->release = NULL;
}
static struct ArrowArrayStream in, out;
static void Stream(void) {
  in = (struct ArrowArrayStream){StreamSchema, StreamNext, StreamWords,
                                 ReleaseStream, NULL};
}
/* Metadata that names a graph, of that many iterations. */
static const char* GraphMetadata(const char* iterations) {
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
  static char metadata[1024];
  const char* const pairs_of[][2] = {
      {"influence.graph.digest", ZEROS},
      {"influence.graph.seeds_digest", ZEROS},
      {"influence.graph.nodes", "1"},
      {"influence.graph.edges", "1"},
      {"influence.graph.iterations", iterations},
      {"influence.graph.teleport_micros", "150000"}};
  const int32_t pairs = sizeof pairs_of / sizeof pairs_of[0];
  char* at = metadata;
  memcpy(at, &pairs, sizeof pairs);
  at += sizeof pairs;
  for (int i = 0; i < 2 * pairs; ++i) {
    const char* const text = pairs_of[i / 2][i % 2];
    const int32_t size = (int32_t)strlen(text);
    memcpy(at, &size, sizeof size);
    memcpy(at + sizeof size, text, (size_t)size);
    at += sizeof size + (size_t)size;
  }
  return metadata;
}
/* The stream that a call returned, ended. */
static void EndStream(struct ArrowArrayStream* stream) {
  if (stream->release != NULL) stream->release(stream);
}

/* --------------------------------------------------------------- callbacks */

/* A file in memory that refuses what it is told to. */
struct File {
  uint8_t* bytes;
  size_t size, room, at;
  int refuses_write, refuses_read;
};
static int32_t Write(void* context, const uint8_t* data, size_t size) {
  struct File* file = context;
  if (file->refuses_write) return 1;
  if (file->room - file->size < size) {
    file->room = 2 * (file->size + size);
    file->bytes = realloc(file->bytes, file->room);
    if (file->bytes == NULL) abort();
  }
  memcpy(file->bytes + file->size, data, size);
  file->size += size;
  return 0;
}
static int32_t Read(void* context, uint8_t* data, size_t size) {
  struct File* file = context;
  if (file->refuses_read) return 1;
  const size_t left = file->size - file->at;
  if (size > left) { /* as if a byte that was cut off were wrong */
    memset(data, 0, size);
    return 0;
  }
  memcpy(data, file->bytes + file->at, size);
  file->at += size;
  return 0;
}
static int32_t ReadAt(void* context, uint64_t offset, uint8_t* data,
                      size_t size) {
  struct File* file = context;
  if (file->refuses_read) return 1;
  memcpy(data, file->bytes + offset, size);
  return 0;
}
static void Close(void* context) {
  struct File* file = context;
  free(file->bytes);
  *file = (struct File){0};
}
static int32_t Stop(void* context, uint32_t done, uint32_t all) {
  (void)context, (void)done, (void)all;
  return 1;
}

/* -------------------------------------------------------------- the engines */

/* Algorithms of one row, by followers at 1'000 of them: "acme/one", and the
 * first with a crowd, which is another table. */
#define ROW                                                              \
  "\x12\x15\x08\x04\x10\x80\xc2\xd7\x2f\x18\x80\x94\xeb\xdc\x03\x2a\x06" \
  "\x08\x08\x10\xc0\x84\x3d"
#define ONE  \
  "\x0a\x08" \
  "acme/one" ROW

static influence_engine *v1, *v2, *custom;
static uint8_t* too_large; /* one byte over the limit of a request */
#define OVER too_large, INFLUENCE_MAX_REQUEST_BYTES + 1

static influence_bytes bytes;
static void Took(void) { influence_bytes_free(&bytes); }

static void TestEngines(void) {
  static uint8_t large[INFLUENCE_MAX_ALGORITHM_BYTES + 1];
  WANT(OK, influence_algorithm_list(&bytes, E));
  Took();
  WANT(INVALID_ARGUMENT, influence_algorithm_list(NULL, E));
  WANT(OK, influence_engine_open("v1", &v1, E));
  WANT(OK, influence_engine_open("v2", &v2, E));
  influence_engine* none;
  WANT(INVALID_ARGUMENT, influence_engine_open(NULL, &none, E));
  WANT(UNKNOWN_ALGORITHM, influence_engine_open("latest", &none, E));
  WANT(OK, influence_engine_open_custom(B(ONE), &custom, E));
  WANT(INVALID_ARGUMENT, influence_engine_open_custom(NULL, 1, &none, E));
  WANT(MALFORMED, influence_engine_open_custom(TORN, &none, E));
  WANT(TOO_LARGE, influence_engine_open_custom(large, sizeof large, &none, E));
  WANT(INVALID_ALGORITHM, influence_engine_open_custom(NULL, 0, &none, E));
  WANT(INVALID_UTF8, influence_engine_open_custom(NOT_TEXT, &none, E));
  WANT(OK, influence_engine_describe(v1, &bytes, E));
  Took();
  WANT(INVALID_ARGUMENT, influence_engine_describe(NULL, &bytes, E));
}

static void TestCounts(void) {
  static const int64_t kCounts[] = {1, -1};
  int64_t score;
  char text[3];
  WANT(OK, influence_score_counts(v1, kCounts, 1, &score, NULL, NULL, NULL, E));
  WANT(INVALID_ARGUMENT,
       influence_score_counts(v1, NULL, 1, &score, NULL, NULL, NULL, E));
  WANT(OUT_OF_RANGE,
       influence_score_counts(v1, kCounts, 2, &score, NULL, NULL, NULL, E));
  const influence_status ok = influence_format_points(1000000, 0, text, 3);
  const influence_status bad = influence_format_points(1000000, 9, text, 3);
  const influence_status large = influence_format_points(1000000, 1, text, 3);
  if (ok != INFLUENCE_OK || bad != INFLUENCE_INVALID_ARGUMENT ||
      large != INFLUENCE_TOO_LARGE) {
    fprintf(stderr, "influence_format_points: %d, %d, %d\n", ok, bad, large);
    ++failures;
  }
}

static void TestScore(void) {
  WANT(OK, influence_score(v1, B("\x0a\x02v1"), &bytes, E));
  Took();
  WANT(INVALID_ARGUMENT, influence_score(v1, NULL, 1, &bytes, E));
  WANT(INVALID_ARGUMENT, /* an unknown detail */
       influence_score(v1, B("\x0a\x02v1\x20\x09"), &bytes, E));
  WANT(MALFORMED, influence_score(v1, TORN, &bytes, E));
  WANT(TOO_LARGE, influence_score(v1, OVER, &bytes, E));
  WANT(ALGORITHM_MISMATCH, influence_score(v1, B("\x0a\x02v2"), &bytes, E));
  WANT(OUT_OF_RANGE, /* as_of_days: -1 */
       influence_score(
           v1, B("\x0a\x02v1\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
           &bytes, E));
  WANT(INVALID_UTF8, influence_score(v1, NOT_TEXT, &bytes, E));
}

static influence_status ScoreTable(const uint8_t* options, size_t size) {
  const influence_status status = influence_score_columns(
      v1, options, size, &schema, &array, &out_schema, &out_array, E);
  Released();
  return status;
}

static void TestColumns(void) {
  static const int64_t kOne = 1;
  Followers(&kOne);
  WANT(INVALID_ARGUMENT, influence_score_columns(v1, NULL, 1, &schema, &array,
                                                 &out_schema, &out_array, E));
  WANT(OK, ScoreTable(NULL, 0));
  Column("fame", "l", 1, &kOne, NULL);
  Table();
  WANT(INVALID_ARGUMENT, ScoreTable(NULL, 0));
  Followers(&kOne);
  WANT(MALFORMED, ScoreTable(TORN));
  Followers(&kOne);
  array.length = columns[0].length = (1 << 28) + 1; /* seen before it is read */
  WANT(TOO_LARGE, ScoreTable(B("\x38\x01")));       /* reasons */
  Followers(&kOne);
  WANT(ALGORITHM_MISMATCH, ScoreTable(B("\x0a\x02v2")));
  Followers(&kOne);
  WANT(OUT_OF_RANGE, ScoreTable(B("\x18\x81\x08"))); /* threads: 1'025 */
  Followers(&kOne);
  WANT(INVALID_UTF8, ScoreTable(NOT_TEXT));
}

static influence_status ScoreStream(const uint8_t* options, size_t size) {
  Stream();
  const influence_status status =
      influence_score_stream(v1, options, size, &in, &out, E);
  EndStream(&out);
  return status;
}

static void TestStreams(void) {
  WANT(OK, ScoreStream(NULL, 0));
  WANT(INVALID_ARGUMENT, influence_score_stream(NULL, NULL, 0, &in, &out, E));
  WANT(MALFORMED, ScoreStream(TORN));
  WANT(ALGORITHM_MISMATCH, ScoreStream(B("\x0a\x02v2")));
  WANT(OUT_OF_RANGE, ScoreStream(B("\x18\x81\x08")));
  WANT(INVALID_UTF8, ScoreStream(NOT_TEXT));
  stream_fails = 1;
  WANT(CANCELLED, ScoreStream(NULL, 0));
  stream_fails = 0;

  /* A stream that works, and then does not. */
  struct ArrowArray table;
  Stream();
  WANT(INVALID_ARGUMENT, influence_stream_error(NULL, E));
  WANT(INVALID_ARGUMENT, influence_stream_error(&in, E));
  WANT(OK, influence_score_stream(v1, NULL, 0, &in, &out, E));
  WANT(INVALID_ARGUMENT, influence_stream_error(&in, E)); /* released */
  WANT(OK, influence_stream_error(&out, E));
  if (out.get_next(&out, &table) != 0) ++failures;
  table.release(&table);
  stream_fails = 1;
  if (out.get_next(&out, &table) != EPIPE) ++failures;
  stream_fails = 0;
  if (strstr(out.get_last_error(&out), "the line is dead") == NULL) ++failures;
  influence_error* last = NULL;
  const influence_status status = influence_stream_error(&out, &last);
  if (status != INFLUENCE_OK ||
      influence_error_status(last) != INFLUENCE_CANCELLED ||
      strcmp(influence_error_field(last), "in") != 0 ||
      strstr(influence_error_text(last), "the line is dead \\xff") == NULL) {
    fprintf(stderr, "influence_stream_error: %s: %s: %s\n",
            influence_status_name(status), influence_error_field(last),
            influence_error_text(last));
    ++failures;
  }
  out.release(&out);
  influence_error_free(last); /* it outlives the stream */
}

/* ------------------------------------------------------------------ tallies */

#define AS_OF "\x18\x80\x94\xeb\xdc\x03" /* 1'000'000'000 */
/* "a" mentions "b" on the topic "t", then, and a second after as_of. */
#define EVENT                        \
  "\x0a\x11\x0a\x01"                 \
  "a"                                \
  "\x12\x01"                         \
  "b"                                \
  "\x18\x01\x20\xfe\xa7\xd6\xb9\x07" \
  "\x32\x01t"
#define LATE_EVENT   \
  "\x0a\x0e\x0a\x01" \
  "a"                \
  "\x12\x01"         \
  "b"                \
  "\x18\x01\x20\x82\xa8\xd6\xb9\x07"
#define ID_B \
  "\x0a\x01" \
  "b"

static influence_tally* NewTally(const influence_engine* engine) {
  influence_tally* tally = NULL;
  WANT(OK, influence_tally_new(engine, B(AS_OF), &tally, E));
  return tally;
}
static influence_status Spill(influence_tally* tally, struct File* file) {
  return influence_tally_spill(tally, 64u << 20, Write, ReadAt, Close, file, E);
}

/* Mentions as a table, which stay until they are taken. */
enum { kManyRows = 1700000, kLongIds = 270000, kIdBytes = 256 };
static int32_t* ends;
static uint32_t *actors, *subjects;
static char* long_ids;
static int8_t* kinds;
static int64_t* times;

static void MakeManyEvents(void) {
  actors = calloc(kManyRows, sizeof *actors);
  subjects = calloc(kManyRows, sizeof *subjects);
  kinds = calloc(kManyRows, sizeof *kinds);
  times = calloc(kManyRows, sizeof *times);
  ends = calloc(kLongIds + 1, sizeof *ends);
  long_ids = calloc(kLongIds, kIdBytes);
  if (actors == NULL || subjects == NULL || kinds == NULL || times == NULL ||
      ends == NULL || long_ids == NULL) {
    abort();
  }
  for (int i = 0; i < kManyRows; ++i) {
    actors[i] = (uint32_t)i % 2000;
    subjects[i] = 2000 + (uint32_t)i / 2000;
    kinds[i] = 1;
    times[i] = 999999999;
  }
  for (int i = 0; i < kLongIds; ++i) {
    ends[i + 1] = (i + 1) * kIdBytes;
    memset(long_ids + (size_t)i * kIdBytes, 'i', kIdBytes);
    char number[16];
    const int size = snprintf(number, sizeof number, "%d", i);
    memcpy(long_ids + (size_t)i * kIdBytes, number, (size_t)size);
  }
}
static void FreeManyEvents(void) {
  free(actors);
  free(subjects);
  free(kinds);
  free(times);
  free(ends);
  free(long_ids);
}
/* Two thousand people mention 850: more pairs than fit into 64 MiB. */
static void ManyPairs(void) {
  Column("actor", "I", kManyRows, actors, NULL);
  Column("subject", "I", kManyRows, subjects, NULL);
  Column("kind", "c", kManyRows, kinds, NULL);
  Column("time", "l", kManyRows, times, NULL);
  Table();
}
/* More ids than fit into 64 MiB. */
static void ManyIds(void) {
  Column("actor", "u", kLongIds, ends, long_ids);
  Column("subject", "I", kLongIds, subjects, NULL);
  Column("kind", "c", kLongIds, kinds, NULL);
  Column("time", "l", kLongIds, times, NULL);
  Table();
}
static void Mention(const int32_t* id_ends, const int64_t* time) {
  static const int8_t kKind = 1;
  Column("actor", "u", 1, id_ends, "a");
  Column("subject", "u", 1, kEnds, "b");
  Column("kind", "c", 1, &kKind, NULL);
  Column("time", "l", 1, time, NULL);
  Table();
}

static void TestTallyNew(void) {
  influence_tally* tally = NULL;
  WANT(OK, influence_tally_new(v1, B(AS_OF), &tally, E));
  influence_tally_free(tally);
  WANT(INVALID_ARGUMENT, influence_tally_new(v1, NULL, 0, &tally, E));
  WANT(MALFORMED, influence_tally_new(v1, TORN, &tally, E));
  WANT(ALGORITHM_MISMATCH,
       influence_tally_new(v1, B("\x0a\x02v2" AS_OF), &tally, E));
  WANT(OUT_OF_RANGE, /* threads: 1'025 */
       influence_tally_new(v1, B(AS_OF "\x28\x81\x08"), &tally, E));
  WANT(INVALID_UTF8, influence_tally_new(v1, NOT_TEXT, &tally, E));
}

static void TestTally(void) {
  static const int64_t kTime = 999999999, kLate = 1000000001;
  influence_tally *tally = NewTally(v1), *other = NewTally(custom);
  WANT(OK, influence_tally_add(tally, B(EVENT), E));
  WANT(INVALID_ARGUMENT, influence_tally_add(tally, NULL, 1, E));
  WANT(MALFORMED, influence_tally_add(tally, TORN, E));
  WANT(TOO_LARGE, influence_tally_add(tally, OVER, E));
  WANT(OUT_OF_RANGE, influence_tally_add(tally, B(LATE_EVENT), E));
  Mention(kEnds, &kTime);
  WANT(OK, influence_tally_add_columns(tally, &schema, &array, E));
  Mention(kEnds, &kLate);
  WANT(OUT_OF_RANGE, influence_tally_add_columns(tally, &schema, &array, E));
  Mention(kTornEnds, &kTime);
  WANT(MALFORMED, influence_tally_add_columns(tally, &schema, &array, E));
  Column("actor", "u", 1, kEnds, "a");
  Table();
  WANT(INVALID_ARGUMENT,
       influence_tally_add_columns(tally, &schema, &array, E));

  WANT(ALGORITHM_MISMATCH, influence_tally_merge(tally, other, E));
  influence_tally_free(other);
  other = NewTally(v1);
  WANT(INVALID_ARGUMENT, influence_tally_merge(tally, tally, E));
  WANT(OK, influence_tally_merge(other, tally, E));

  struct File file = {0};
  WANT(OK, influence_tally_save(tally, Write, &file, E));
  WANT(INVALID_ARGUMENT, influence_tally_save(tally, NULL, &file, E));
  file.refuses_write = 1;
  WANT(CANCELLED, influence_tally_save(tally, Write, &file, E));
  influence_tally_free(other);
  WANT(INVALID_ARGUMENT, influence_tally_load(v1, NULL, &file, &other, E));
  WANT(OK, influence_tally_load(v1, Read, &file, &other, E));
  influence_tally_free(other);
  file.at = 0;
  WANT(ALGORITHM_MISMATCH, influence_tally_load(v2, Read, &file, &other, E));
  file.at = file.size;
  WANT(MALFORMED, influence_tally_load(v1, Read, &file, &other, E));
  file.refuses_read = 1;
  WANT(CANCELLED, influence_tally_load(v1, Read, &file, &other, E));
  Close(&file);

  WANT(OK, influence_tally_report(tally, &bytes, E));
  Took();
  WANT(INVALID_ARGUMENT, influence_tally_report(NULL, &bytes, E));
  WANT(OK, influence_tally_topics(tally, &out_schema, &out_array, E));
  Released();
  WANT(INVALID_ARGUMENT, influence_tally_topics(tally, NULL, &out_array, E));

  WANT(OK, influence_tally_subject(tally, B(ID_B), &bytes, E));
  Took();
  WANT(INVALID_ARGUMENT, influence_tally_subject(tally, NULL, 1, &bytes, E));
  WANT(MALFORMED, influence_tally_subject(tally, TORN, &bytes, E));
  WANT(TOO_LARGE, influence_tally_subject(tally, OVER, &bytes, E));
  WANT(ALGORITHM_MISMATCH, /* the graph of another rule: 1 step */
       influence_tally_subject(
           tally,
           B(ID_B
             "\x18\x01\x52\x8e\x01"
             "\x0a\x40"
             "0000000000000000000000000000000000000000000000000000000000000000"
             "\x12\x40"
             "0000000000000000000000000000000000000000000000000000000000000000"
             "\x18\x01\x20\x01\x28\xf0\x93\x09\x30\x01"),
           &bytes, E));
  WANT(OUT_OF_RANGE, /* top: 1'001 */
       influence_tally_subject(tally, B(ID_B "\x10\xe9\x07"), &bytes, E));
  WANT(INVALID_UTF8, influence_tally_subject(tally, NOT_TEXT, &bytes, E));
  WANT(NOT_FOUND, influence_tally_subject(tally, B("\x0a\x01q"), &bytes, E));

  WANT(INVALID_ARGUMENT, influence_tally_profiles(tally, NULL, 1, &out, E));
  WANT(MALFORMED, influence_tally_profiles(tally, TORN, &out, E));
  WANT(OUT_OF_RANGE, influence_tally_profiles(tally, MANY_ROWS, &out, E));
  WANT(OK, influence_tally_profiles(tally, NULL, 0, &out, E));
  influence_tally_free(tally);
  EndStream(&out);
}

/* A tally that was left half changed: by its own callback, which was told. */
static void TestLostTally(void) {
  static const int64_t kTime = 999999999;
  struct File file = {0}, unused = {0};
  influence_tally *tally = NewTally(v1), *other = NewTally(v1);
  influence_graph* graph = NULL;
  WANT(INVALID_ARGUMENT,
       influence_tally_spill(tally, 64u << 20, Write, NULL, Close, &file, E));
  WANT(OUT_OF_RANGE,
       influence_tally_spill(tally, 64u << 19, Write, ReadAt, Close, &file, E));
  WANT(OK, Spill(tally, &file));
  WANT(FAILED_PRECONDITION, Spill(tally, &unused));
  WANT(FAILED_PRECONDITION, influence_tally_save(tally, Write, &unused, E));
  WANT(OK, influence_graph_new(v1, NULL, 0, &graph, E));

  ManyPairs();
  WANT(OK, influence_tally_add_columns(tally, &schema, &array, E));
  if (file.size == 0) {
    fprintf(stderr, "nothing was spilled\n");
    ++failures;
  }
  /* What only reads can be asked again. */
  file.refuses_read = 1;
  WANT(CANCELLED, influence_tally_report(tally, &bytes, E));
  struct ArrowArray table;
  WANT(OK, influence_tally_profiles(tally, NULL, 0, &out, E));
  if (out.get_next(&out, &table) != EIO) ++failures;
  EndStream(&out);
  WANT(CANCELLED, influence_tally_subject(tally,
                                          B("\x0a\x04"
                                            "2000"),
                                          &bytes, E));
  WANT(CANCELLED, influence_tally_topics(tally, &out_schema, &out_array, E));
  WANT(CANCELLED, influence_graph_add_tally(graph, tally, E));
  file.refuses_read = 0;
  WANT(OK, influence_tally_report(tally, &bytes, E));
  Took();

  file.refuses_write = 1;
  ManyPairs();
  WANT(CANCELLED, influence_tally_add_columns(tally, &schema, &array, E));
  WANT(FAILED_PRECONDITION, influence_tally_add(tally, B(EVENT), E));
  Mention(kEnds, &kTime);
  WANT(FAILED_PRECONDITION,
       influence_tally_add_columns(tally, &schema, &array, E));
  WANT(FAILED_PRECONDITION, influence_tally_merge(tally, other, E));
  WANT(FAILED_PRECONDITION, influence_tally_report(tally, &bytes, E));
  WANT(FAILED_PRECONDITION, influence_tally_profiles(tally, NULL, 0, &out, E));
  WANT(FAILED_PRECONDITION, influence_tally_subject(tally, B(ID_B), &bytes, E));
  WANT(FAILED_PRECONDITION,
       influence_tally_topics(tally, &out_schema, &out_array, E));
  influence_graph_free(graph);
  WANT(OK, influence_graph_new(v1, NULL, 0, &graph, E));
  WANT(FAILED_PRECONDITION, influence_graph_add_tally(graph, tally, E));
  influence_graph_free(graph);
  influence_tally_free(tally);

  /* The same by a merge, and by bytes. */
  tally = NewTally(v1);
  WANT(OK, Spill(tally, &file));
  file.refuses_write = 1;
  ManyPairs();
  WANT(OK, influence_tally_add_columns(other, &schema, &array, E));
  WANT(CANCELLED, influence_tally_merge(tally, other, E));
  influence_tally_free(tally);
  influence_tally_free(other);

  tally = NewTally(v1);
  WANT(OK, Spill(tally, &file));
  file.refuses_write = 1;
  /* Each batch: one actor mentions 60'000 people. */
  enum { kBatch = 60000, kEventBytes = 22 };
  char* batch = malloc((size_t)kBatch * kEventBytes);
  if (batch == NULL) abort();
  influence_status status = INFLUENCE_OK;
  for (int actor = 0; actor < 100 && status == INFLUENCE_OK; ++actor) {
    for (int i = 0; i < kBatch; ++i) {
      char event[kEventBytes + 1];
      snprintf(event, sizeof event,
               "\x0a\x14\x0a\x02%02d\x12\x06%06d\x18\x01\x20\xfe\xa7\xd6\xb9"
               "\x07",
               actor, i);
      memcpy(batch + (size_t)i * kEventBytes, event, kEventBytes);
    }
    status = influence_tally_add(tally, (const uint8_t*)batch,
                                 (size_t)kBatch * kEventBytes, E);
  }
  WANT(CANCELLED, status);
  free(batch);
  influence_tally_free(tally);

  /* Ids have to stay in memory. */
  tally = NewTally(v1);
  other = NewTally(v1);
  WANT(OK, Spill(tally, &file));
  ManyIds();
  WANT(TOO_LARGE, influence_tally_add_columns(tally, &schema, &array, E));
  WANT(FAILED_PRECONDITION, influence_tally_report(tally, &bytes, E));
  influence_tally_free(tally);
  tally = NewTally(v1);
  WANT(OK, Spill(tally, &file));
  ManyIds();
  WANT(OK, influence_tally_add_columns(other, &schema, &array, E));
  WANT(TOO_LARGE, influence_tally_merge(tally, other, E));
  influence_tally_free(tally);
  influence_tally_free(other);
}

/* ---------------------------------------------------------------- standings */

#define EDGE         \
  "\x0a\x06\x0a\x01" \
  "a"                \
  "\x12\x01"         \
  "b" /* "a" reacts to "b" */
#define SEED_A       \
  "\x0a\x03\x0a\x01" \
  "a"

static void Reacts(const int32_t* id_ends, const char* source) {
  Column("source", "u", 1, id_ends, source);
  Column("target", "u", 1, kEnds, "b");
  Table();
}

static influence_graph* NewGraph(void) {
  influence_graph* graph = NULL;
  WANT(OK, influence_graph_new(v1, NULL, 0, &graph, E));
  return graph;
}
static influence_status SpillGraph(influence_graph* graph, struct File* file) {
  return influence_graph_spill(graph, 64u << 20, Write, ReadAt, Close, file, E);
}

static void TestGraph(void) {
  static const int32_t kLongEnds[] = {0, 257};
  static const int64_t kNegative = -1;
  static char long_id[257];
  memset(long_id, 'i', sizeof long_id);
  influence_graph* graph = NULL;
  WANT(INVALID_ARGUMENT, influence_graph_new(v1, NULL, 1, &graph, E));
  WANT(MALFORMED, influence_graph_new(v1, TORN, &graph, E));
  WANT(ALGORITHM_MISMATCH, influence_graph_new(v1, B("\x0a\x02v2"), &graph, E));
  WANT(INVALID_UTF8, influence_graph_new(v1, NOT_TEXT, &graph, E));
  WANT(OK, influence_graph_new(v1, NULL, 0, &graph, E));

  WANT(OK, influence_graph_add(graph, B(EDGE), E));
  WANT(INVALID_ARGUMENT, influence_graph_add(graph, B("\x0a\x00"), E));
  WANT(MALFORMED, influence_graph_add(graph, TORN, E));
  WANT(TOO_LARGE, influence_graph_add(graph, OVER, E));
  WANT(OUT_OF_RANGE, /* weight: 2^63 */
       influence_graph_add(graph,
                           B("\x0a\x11\x0a\x01"
                             "a"
                             "\x12\x01"
                             "b"
                             "\x18\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"),
                           E));
  WANT(INVALID_UTF8, influence_graph_add(graph,
                                         B("\x0a\x06\x0a\x01\xff\x12\x01"
                                           "b"),
                                         E));

  Reacts(kEnds, "a");
  WANT(OK, influence_graph_add_columns(graph, &schema, &array, E));
  Reacts(kTornEnds, "a");
  WANT(MALFORMED, influence_graph_add_columns(graph, &schema, &array, E));
  Reacts(kLongEnds, long_id);
  WANT(TOO_LARGE, influence_graph_add_columns(graph, &schema, &array, E));
  Reacts(kEnds, "\xff");
  WANT(INVALID_UTF8, influence_graph_add_columns(graph, &schema, &array, E));
  Column("source", "u", 1, kEnds, "a");
  Column("target", "u", 1, kEnds, "b");
  Column("weight", "l", 1, &kNegative, NULL);
  Table();
  WANT(OUT_OF_RANGE, influence_graph_add_columns(graph, &schema, &array, E));
  Column("from", "u", 1, kEnds, "a");
  Table();
  WANT(INVALID_ARGUMENT,
       influence_graph_add_columns(graph, &schema, &array, E));

  influence_tally *tally = NewTally(v1), *other = NewTally(custom);
  WANT(OK, influence_graph_add_tally(graph, tally, E));
  WANT(INVALID_ARGUMENT, influence_graph_add_tally(graph, NULL, E));
  WANT(ALGORITHM_MISMATCH, influence_graph_add_tally(graph, other, E));
  influence_tally_free(other);
  influence_tally_free(tally);

  WANT(OK, influence_graph_seed(graph, B("\x0a\x03\x0a\x01q"), E));
  WANT(INVALID_ARGUMENT, influence_graph_seed(graph, B("\x0a\x00"), E));
  WANT(MALFORMED, influence_graph_seed(graph, TORN, E));
  WANT(TOO_LARGE, influence_graph_seed(graph, OVER, E));
  WANT(OUT_OF_RANGE, /* weight: 2^63 */
       influence_graph_seed(graph,
                            B("\x0a\x0e\x0a\x01"
                              "a"
                              "\x10\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"),
                            E));
  WANT(INVALID_UTF8, influence_graph_seed(graph, B("\x0a\x03\x0a\x01\xff"), E));

  influence_standing* standing = NULL;
  const struct {
    influence_status want;
    const uint8_t* options;
    size_t size;
    influence_progress_fn progress;
  } kRuns[] = {
      {INFLUENCE_INVALID_ARGUMENT, NULL, 1, NULL},
      {INFLUENCE_MALFORMED, TORN, NULL},
      {INFLUENCE_OUT_OF_RANGE, B("\x08\x81\x08"), NULL}, /* threads: 1'025 */
      {INFLUENCE_INVALID_UTF8, B("\x52\x01\xff"), NULL},
      {INFLUENCE_NOT_FOUND, NULL, 0, NULL}, /* "q" is no node */
      {INFLUENCE_CANCELLED, NULL, 0, Stop},
  };
  for (size_t i = 0; i < sizeof kRuns / sizeof kRuns[0]; ++i) {
    if (kRuns[i].want == INFLUENCE_CANCELLED) {
      WANT(OK, influence_graph_seed(graph, B(SEED_A), E));
    }
    Check(__LINE__,
          influence_graph_run(graph, kRuns[i].options, kRuns[i].size,
                              kRuns[i].progress, NULL, &standing, E),
          kRuns[i].want);
  }
  WANT(FAILED_PRECONDITION, /* graph_digest: "q" */
       influence_graph_run(graph, B("\x52\x01q"), NULL, NULL, &standing, E));
  WANT(OK, influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, E));
  WANT(FAILED_PRECONDITION, influence_graph_add(graph, B(EDGE), E));
  Reacts(kEnds, "a");
  WANT(FAILED_PRECONDITION,
       influence_graph_add_columns(graph, &schema, &array, E));
  tally = NewTally(v1);
  WANT(FAILED_PRECONDITION, influence_graph_add_tally(graph, tally, E));
  influence_tally_free(tally);
  influence_graph_free(graph);

  WANT(OK, influence_standing_report(standing, &bytes, E));
  Took();
  WANT(INVALID_ARGUMENT, influence_standing_report(standing, NULL, E));
  WANT(OK, influence_standing_ranks(standing, NULL, 0, &out, E));
  EndStream(&out);
  WANT(INVALID_ARGUMENT, influence_standing_ranks(standing, NULL, 1, &out, E));
  WANT(MALFORMED, influence_standing_ranks(standing, TORN, &out, E));
  WANT(OUT_OF_RANGE, influence_standing_ranks(standing, MANY_ROWS, &out, E));
  WANT(OK, influence_standing_explain(standing, B(ID_B), &bytes, E));
  Took();
  WANT(INVALID_ARGUMENT, influence_standing_explain(NULL, NULL, 0, &bytes, E));
  WANT(MALFORMED, influence_standing_explain(standing, TORN, &bytes, E));
  WANT(OUT_OF_RANGE, /* top: 1'001 */
       influence_standing_explain(standing, B(ID_B "\x10\xe9\x07"), &bytes, E));
  WANT(INVALID_UTF8, influence_standing_explain(standing, NOT_TEXT, &bytes, E));
  WANT(NOT_FOUND,
       influence_standing_explain(standing, B("\x0a\x01q"), &bytes, E));

  Stream();
  WANT(INVALID_ARGUMENT, influence_standing_join(NULL, &in, &out, E));
  stream_metadata = "\xff\xff\xff\xff"; /* -1 pairs */
  WANT(MALFORMED, influence_standing_join(standing, &in, &out, E));
  Stream();
  stream_metadata = GraphMetadata("0");
  WANT(OUT_OF_RANGE, influence_standing_join(standing, &in, &out, E));
  stream_metadata = NULL;
  Stream();
  stream_fails = 1;
  WANT(CANCELLED, influence_standing_join(standing, &in, &out, E));
  stream_fails = 0;
  tally = NewTally(v1);
  WANT(OK, influence_tally_profiles(tally, NULL, 0, &in, E));
  WANT(OK, influence_standing_join(standing, &in, &out, E));
  EndStream(&out);
  influence_tally_free(tally);
  influence_standing_free(standing);
}

/* A graph that spills into a file which refuses. */
static void TestLostGraph(void) {
  struct File file = {0}, unused = {0};
  influence_graph* graph = NewGraph();
  influence_standing* standing = NULL;
  WANT(INVALID_ARGUMENT,
       influence_graph_spill(graph, 64u << 20, NULL, ReadAt, Close, &file, E));
  WANT(OUT_OF_RANGE,
       influence_graph_spill(graph, 64u << 19, Write, ReadAt, Close, &file, E));
  WANT(OK, SpillGraph(graph, &file));
  WANT(FAILED_PRECONDITION, SpillGraph(graph, &unused));
  WANT(OK, influence_graph_add(graph, B(EDGE), E));
  WANT(OK, influence_graph_seed(graph, B(SEED_A), E));
  WANT(OK, influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, E));
  influence_graph_free(graph);
  file.refuses_read = 1;
  WANT(CANCELLED, influence_standing_explain(standing, B(ID_B), &bytes, E));
  influence_standing_free(standing);

  /* By columns, and then by bytes, until memory has no room. */
  Column("source", "I", kManyRows, actors, NULL);
  Column("target", "I", kManyRows, subjects, NULL);
  graph = NewGraph();
  WANT(OK, SpillGraph(graph, &file));
  file.refuses_write = 1;
  influence_status status = INFLUENCE_OK;
  for (int i = 0; i < 20 && status == INFLUENCE_OK; ++i) {
    n_columns = 2;
    columns[0].release = columns[1].release = ReleaseArray;
    fields[0].release = fields[1].release = ReleaseSchema;
    Table();
    status = influence_graph_add_columns(graph, &schema, &array, E);
  }
  WANT(CANCELLED, status);
  WANT(FAILED_PRECONDITION,
       influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, E));
  influence_graph_free(graph);

  graph = NewGraph();
  WANT(OK, SpillGraph(graph, &file));
  file.refuses_write = 1;
  enum { kBatch = 1000000, kEdgeBytes = 8 };
  char* batch = malloc((size_t)kBatch * kEdgeBytes);
  if (batch == NULL) abort();
  for (int i = 0; i < kBatch; ++i) {
    memcpy(batch + (size_t)i * kEdgeBytes, EDGE, kEdgeBytes);
  }
  status = INFLUENCE_OK;
  for (int i = 0; i < 20 && status == INFLUENCE_OK; ++i) {
    status = influence_graph_add(graph, (const uint8_t*)batch,
                                 (size_t)kBatch * kEdgeBytes, E);
  }
  WANT(CANCELLED, status);
  free(batch);
  influence_graph_free(graph);
}

/* ------------------------------------------------------------------ insight */

/* A profile that opted out; with a negative count; with 65 accounts. */
#define OUTED "\x0a\x03\xa0\x01\x01"
#define NEGATIVE "\x0a\x0d\x12\x0b\x48\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
#define TWO_ACCOUNTS "\x12\x00\x12\x00"
#define EIGHT TWO_ACCOUNTS TWO_ACCOUNTS TWO_ACCOUNTS TWO_ACCOUNTS
#define CROWD \
  "\x0a\x82\x01\x12\x00" EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT

static void TestCompare(void) {
  const struct {
    influence_status want;
    const uint8_t* request;
    size_t size;
  } kCases[] = {
      {INFLUENCE_OK, NULL, 0},
      {INFLUENCE_INVALID_ARGUMENT, NULL, 1},
      {INFLUENCE_INVALID_ARGUMENT, B("\x18\x09")}, /* an unknown rendering */
      {INFLUENCE_MALFORMED, TORN},
      {INFLUENCE_TOO_LARGE, OVER},
      {INFLUENCE_ALGORITHM_MISMATCH, B("\x0a\x06\x12\x04\x0a\x02v9")},
      {INFLUENCE_OUT_OF_RANGE, B("\x0a\x0f" NEGATIVE)},
      {INFLUENCE_INVALID_UTF8, B("\x0a\x05\x0a\x03" BAD_TEXT)},
      {INFLUENCE_OPTED_OUT, B("\x0a\x05" OUTED)},
  };
  for (size_t i = 0; i < sizeof kCases / sizeof kCases[0]; ++i) {
    Check(
        __LINE__,
        influence_compare(v1, v2, kCases[i].request, kCases[i].size, &bytes, E),
        kCases[i].want);
    Took();
  }
}

static void TestWhatIf(void) {
  const struct {
    influence_status want;
    const uint8_t* request;
    size_t size;
  } kCases[] = {
      {INFLUENCE_OK, NULL, 0},
      {INFLUENCE_INVALID_ARGUMENT, NULL, 1},
      {INFLUENCE_INVALID_ARGUMENT, B("\x30\x09")}, /* an unknown rendering */
      {INFLUENCE_MALFORMED, TORN},
      {INFLUENCE_TOO_LARGE, B(CROWD)},
      {INFLUENCE_ALGORITHM_MISMATCH, B("\x12\x04\x0a\x02v9")},
      {INFLUENCE_OUT_OF_RANGE, B(NEGATIVE)},
      {INFLUENCE_INVALID_UTF8, B("\x0a\x03" BAD_TEXT)},
      {INFLUENCE_OPTED_OUT, B(OUTED)},
  };
  for (size_t i = 0; i < sizeof kCases / sizeof kCases[0]; ++i) {
    Check(__LINE__,
          influence_what_if(v1, kCases[i].request, kCases[i].size, &bytes, E),
          kCases[i].want);
    Took();
  }
}

static void TestDrift(void) {
  static const int64_t kOne = 1;
  static int64_t values[257];
  influence_drift *drift = NULL, *other = NULL;
  WANT(OK, influence_drift_new(v1, v2, NULL, 0, &drift, E));
  WANT(INVALID_ARGUMENT, influence_drift_new(v1, NULL, NULL, 0, &other, E));
  WANT(MALFORMED, influence_drift_new(v1, v2, TORN, &other, E));
  WANT(OUT_OF_RANGE, /* threads: 1'025 */
       influence_drift_new(v1, v2, B("\x08\x81\x08"), &other, E));
  WANT(INVALID_UTF8, influence_drift_new(v1, v2, B("\x22\x01\xff"), &other, E));

  WANT(OK, influence_drift_add(drift, NULL, 0, E));
  WANT(INVALID_ARGUMENT, influence_drift_add(drift, NULL, 1, E));
  WANT(MALFORMED, influence_drift_add(drift, TORN, E));
  WANT(TOO_LARGE, influence_drift_add(drift, OVER, E));
  WANT(ALGORITHM_MISMATCH, influence_drift_add(drift, B("\x0a\x02v9"), E));
  WANT(OUT_OF_RANGE, /* as_of_days: -1 */
       influence_drift_add(
           drift, B("\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), E));
  WANT(INVALID_UTF8, influence_drift_add(drift, NOT_TEXT, E));

  Followers(&kOne);
  WANT(OK, influence_drift_add_columns(drift, &schema, &array, E));
  Column("fame", "l", 1, &kOne, NULL);
  Table();
  WANT(INVALID_ARGUMENT,
       influence_drift_add_columns(drift, &schema, &array, E));
  Followers(&kOne);
  schema.metadata = GraphMetadata("0");
  WANT(OUT_OF_RANGE, influence_drift_add_columns(drift, &schema, &array, E));
  Followers(&kOne);
  schema.metadata = GraphMetadata("1"); /* of another rule */
  WANT(ALGORITHM_MISMATCH,
       influence_drift_add_columns(drift, &schema, &array, E));

  /* Sliced by "team", with those who moved most. */
  influence_drift* sliced = NULL;
  WANT(OK, influence_drift_new(v1, v2, B("\x18\x01\x22\x04team"), &sliced, E));
  WANT(INVALID_ARGUMENT, influence_drift_add(sliced, NULL, 0, E));
  for (int i = 0; i < 257; ++i) values[i] = i;
  Column("followers", "l", 257, values, NULL);
  Column("id", "l", 257, values, NULL);
  Column("team", "l", 257, values, NULL);
  Table();
  WANT(TOO_LARGE, influence_drift_add_columns(sliced, &schema, &array, E));
  Column("followers", "l", 1, &kOne, NULL);
  Column("id", "u", 1, kEnds, "\xff");
  Column("team", "l", 1, values, NULL);
  Table();
  WANT(INVALID_UTF8, influence_drift_add_columns(sliced, &schema, &array, E));
  Column("followers", "l", 1, &kOne, NULL);
  Column("id", "u", 1, kEnds, "a");
  Column("team", "u", 1, kTornEnds, "b");
  Table();
  WANT(MALFORMED, influence_drift_add_columns(sliced, &schema, &array, E));
  WANT(INVALID_ARGUMENT, influence_drift_merge(drift, sliced, E));
  /* Two that have 257 values together. */
  influence_drift* more = NULL;
  WANT(OK, influence_drift_new(v1, v2, B("\x18\x01\x22\x04team"), &more, E));
  for (int i = 0; i < 2; ++i) {
    Column("followers", "l", 128, values, NULL);
    Column("id", "l", 128, values, NULL);
    Column("team", "l", 128, values + 128 * i, NULL);
    Table();
    WANT(OK, influence_drift_add_columns(i == 0 ? sliced : more, &schema,
                                         &array, E));
  }
  Column("followers", "l", 1, values, NULL);
  Column("id", "l", 1, values, NULL);
  Column("team", "l", 1, values + 256, NULL);
  Table();
  WANT(OK, influence_drift_add_columns(more, &schema, &array, E));
  WANT(TOO_LARGE, influence_drift_merge(sliced, more, E));
  influence_drift_free(more);

  influence_bytes saved = {NULL, 0};
  WANT(OK, influence_drift_save(drift, &saved, E));
  WANT(INVALID_ARGUMENT, influence_drift_save(drift, NULL, E));
  WANT(INVALID_ARGUMENT, influence_drift_load(v1, v2, NULL, 1, &other, E));
  WANT(MALFORMED,
       influence_drift_load(v1, v2, saved.data, saved.size / 2, &other, E));
  WANT(ALGORITHM_MISMATCH,
       influence_drift_load(v2, v1, saved.data, saved.size, &other, E));
  WANT(OK, influence_drift_load(v1, v2, saved.data, saved.size, &other, E));
  WANT(OK, influence_drift_merge(drift, other, E));
  influence_drift_free(other);
  WANT(OK, influence_drift_new(v2, v1, NULL, 0, &other, E));
  WANT(ALGORITHM_MISMATCH, influence_drift_merge(drift, other, E));
  influence_bytes_free(&saved);

  WANT(OK, influence_drift_report(drift, &bytes, E));
  Took();
  WANT(INVALID_ARGUMENT, influence_drift_report(drift, NULL, E));
  influence_drift_free(other);
  influence_drift_free(sliced);
  influence_drift_free(drift);
}

/* ------------------------------------------------------------------- render */

/* RenderRequest{format: TEXT, result: a scored person}; the place of the
 * person's followers in it. */
static size_t StoredResult(uint8_t* request, size_t* followers) {
  static const uint8_t kFollowers[] = {0x48, 0xc0, 0x84, 0x3d};
  WANT(OK, influence_score(v1, B("\x0a\x02v1\x1a\x06\x12\x04\x48\xc0\x84\x3d"),
                           &bytes, E));
  size_t size = 0;
  request[size++] = 0x08;
  request[size++] = 1;
  request[size++] = 0x22;
  request[size++] = (uint8_t)(0x80 | (bytes.size & 0x7f));
  request[size++] = (uint8_t)(bytes.size >> 7);
  memcpy(request + size, bytes.data, bytes.size);
  size += bytes.size;
  Took();
  for (*followers = 0; memcmp(request + *followers, kFollowers, 4) != 0;) {
    if (++*followers + 4 > size) abort();
  }
  return size;
}

static void TestRender(void) {
  const struct {
    influence_status want;
    const uint8_t* request;
    size_t size;
  } kCases[] = {
      {INFLUENCE_OK, B("\x08\x01\x4a\x02v1")}, /* the card of v1 */
      {INFLUENCE_INVALID_ARGUMENT, NULL, 1},
      {INFLUENCE_INVALID_ARGUMENT, NULL, 0},
      {INFLUENCE_MALFORMED, TORN},
      {INFLUENCE_TOO_LARGE, OVER},
      {INFLUENCE_UNKNOWN_ALGORITHM, B("\x08\x01\x4a\x02v9")},
      {INFLUENCE_ALGORITHM_MISMATCH, /* "acme/one" is no "v1" */
       B("\x08\x01\x4a\x02v1\x32\x21" ONE)},
      {INFLUENCE_INVALID_ALGORITHM, /* it has no rows */
       B("\x08\x01\x4a\x03"
         "a/b\x32\x05\x0a\x03"
         "a/b")},
      {INFLUENCE_OUT_OF_RANGE, /* compare_request */
       B("\x08\x01\x6a\x1f\x0a\x15" NEGATIVE "\x12\x04\x0a\x02v1"
         "\x12\x06\x12\x04\x0a\x02v1")},
      {INFLUENCE_INVALID_UTF8, B("\x08\x01\x4a\x01\xff")},
      {INFLUENCE_OPTED_OUT,
       B("\x08\x01\x6a\x15\x0a\x0b" OUTED "\x12\x04\x0a\x02v1"
         "\x12\x06\x12\x04\x0a\x02v1")},
  };
  for (size_t i = 0; i < sizeof kCases / sizeof kCases[0]; ++i) {
    Check((int)i,
          influence_render(kCases[i].request, kCases[i].size, &bytes, E),
          kCases[i].want);
    Took();
  }
  uint8_t request[4096];
  size_t followers;
  const size_t size = StoredResult(request, &followers);
  WANT(OK, influence_render(request, size, &bytes, E));
  Took();
  request[followers + 3] ^= 1; /* other data, and the same score */
  WANT(NOT_VERIFIED, influence_render(request, size, &bytes, E));
}

int main(void) {
  too_large = calloc(INFLUENCE_MAX_REQUEST_BYTES + 1, 1);
  if (too_large == NULL) return 1;
  MakeManyEvents();
  TestEngines();
  TestCounts();
  TestScore();
  TestColumns();
  TestStreams();
  TestTallyNew();
  TestTally();
  TestLostTally();
  TestGraph();
  TestLostGraph();
  TestCompare();
  TestWhatIf();
  TestDrift();
  TestRender();
  influence_engine_free(v1);
  influence_engine_free(v2);
  influence_engine_free(custom);
  FreeManyEvents();
  free(too_large);
  return failures == 0 ? 0 : 1;
}
