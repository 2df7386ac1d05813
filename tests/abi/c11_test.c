/* Every function from strict C11, with every NULL, zero size and limit that
 * the header speaks of. Each check prints its line when it fails. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "influence/influence.h"

static int failures;

#define CHECK(condition)                                      \
  do {                                                        \
    if (!(condition)) {                                       \
      fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
      ++failures;                                             \
    }                                                         \
  } while (0)

/* What an out-parameter holds before a call: never read, never freed. */
static uint8_t garbage_byte;
static influence_bytes garbage(void) {
  influence_bytes bytes = {&garbage_byte, 77};
  return bytes;
}

static int is_zero(const influence_bytes* bytes) {
  return bytes->data == NULL && bytes->size == 0;
}

/* A text for a developer: not empty, ended by a NUL that size leaves out. */
static int is_text(const influence_bytes* bytes) {
  return bytes->data != NULL && bytes->size > 0 &&
         bytes->data[bytes->size] == 0 &&
         strlen((const char*)bytes->data) == bytes->size;
}

static int contains(const influence_bytes* bytes, const char* needle) {
  const size_t size = strlen(needle);
  for (size_t i = 0; i + size <= bytes->size; ++i) {
    if (memcmp(bytes->data + i, needle, size) == 0) return 1;
  }
  return 0;
}

/* ScoreRequest{algorithm: "v1"} */
static const uint8_t kEmptyBatch[] = {0x0a, 2, 'v', '1'};

/* ScoreRequest{algorithm: "v1", profiles {id: "a",
 *              accounts {followers_micros: 1'000'000}}} */
static const uint8_t kOnePerson[] = {0x0a, 2,    'v', '1',  0x1a, 9,    0x0a, 1,
                                     'a',  0x12, 4,   0x48, 0xc0, 0x84, 0x3d};

// clang-format off
/* Algorithm{id: "acme/one", rows {factor: AUDIENCE,
 *           weight: 100 points, full marks: 1'000 units,
 *           counts {FOLLOWERS, 1'000'000}}} */
static const uint8_t kCustom[] = {
    0x0a, 8,    'a',  'c',  'm',  'e',  '/',  'o',  'n',  'e',
    0x12, 21,   0x08, 4,                              /* factor */
    0x10, 0x80, 0xc2, 0xd7, 0x2f,                     /* 100'000'000 */
    0x18, 0x80, 0x94, 0xeb, 0xdc, 0x03,               /* 1'000'000'000 */
    0x2a, 6,    0x08, 8,    0x10, 0xc0, 0x84, 0x3d};  /* counts */
// clang-format on

static void test_names(void) {
  CHECK(influence_abi_version() == INFLUENCE_ABI_VERSION);
  CHECK(influence_library_version() != NULL);
  int major = -1, minor = -1, patch = -1, end = 0;
  CHECK(sscanf(influence_library_version(), "%d.%d.%d%n", &major, &minor,
               &patch, &end) == 3);
  CHECK(major >= 0 && minor >= 0 && patch >= 0);
  CHECK(strlen(influence_library_version()) == (size_t)end);

  static const char* const kNames[] = {
      "OK",
      "INVALID_ARGUMENT",
      "MALFORMED",
      "TOO_LARGE",
      "UNKNOWN_ALGORITHM",
      "ALGORITHM_MISMATCH",
      "INVALID_ALGORITHM",
      "OUT_OF_RANGE",
      "INVALID_UTF8",
      "OUT_OF_MEMORY",
      "INTERNAL",
      "CANCELLED",
  };
  const int32_t count = (int32_t)(sizeof kNames / sizeof kNames[0]);
  CHECK(count == INFLUENCE_CANCELLED + 1);
  for (int32_t i = 0; i < count; ++i) {
    CHECK(strcmp(influence_status_name(i), kNames[i]) == 0);
  }
  CHECK(strcmp(influence_status_name(-1), "UNKNOWN") == 0);
  CHECK(strcmp(influence_status_name(count), "UNKNOWN") == 0);
  CHECK(strcmp(influence_status_name(INT32_MIN), "UNKNOWN") == 0);
  CHECK(strcmp(influence_status_name(INT32_MAX), "UNKNOWN") == 0);
}

static void test_list(void) {
  CHECK(influence_algorithm_list(NULL) == INFLUENCE_INVALID_ARGUMENT);
  influence_bytes list = garbage();
  CHECK(influence_algorithm_list(&list) == INFLUENCE_OK);
  CHECK(contains(&list, "v1"));
  CHECK(contains(&list, influence_library_version()));
  influence_bytes_free(&list);
  CHECK(is_zero(&list));
}

static void test_bytes_free(void) {
  influence_bytes_free(NULL);
  influence_bytes zero = {0};
  influence_bytes_free(&zero);
  influence_bytes_free(&zero);
  CHECK(is_zero(&zero));
}

/* A failure with its words: the engine is zeroed, the message is text. */
static void check_no_engine(influence_status got, influence_status want,
                            influence_engine* engine,
                            influence_bytes* message) {
  CHECK(got == want);
  CHECK(engine == NULL);
  CHECK(is_text(message));
  influence_bytes_free(message);
}

static void test_engine_new(void) {
  static char somewhere; /* an engine pointer that must not be read */
  influence_engine* const junk = (influence_engine*)(void*)&somewhere;
  influence_engine* engine = junk;
  influence_bytes message = garbage();

  CHECK(influence_engine_new("v1", 2, &engine, &message) == INFLUENCE_OK);
  CHECK(engine != NULL && engine != junk);
  CHECK(is_zero(&message));
  influence_engine_free(engine);

  /* The id is id_size bytes, whatever follows them; the message is optional. */
  CHECK(influence_engine_new("v1-draft", 2, &engine, NULL) == INFLUENCE_OK);
  influence_engine_free(engine);

  static const struct {
    const char* id;
    size_t size;
    influence_status status;
  } kCases[] = {
      {"v0", 2, INFLUENCE_UNKNOWN_ALGORITHM},
      {"V1", 2, INFLUENCE_UNKNOWN_ALGORITHM},
      {"v1", 1, INFLUENCE_UNKNOWN_ALGORITHM},
      {"v1", 3, INFLUENCE_UNKNOWN_ALGORITHM}, /* with its NUL */
      {"latest", 6, INFLUENCE_UNKNOWN_ALGORITHM},
      {"", 0, INFLUENCE_UNKNOWN_ALGORITHM},
      {NULL, 0, INFLUENCE_UNKNOWN_ALGORITHM},
      {"\xff\n", 2, INFLUENCE_UNKNOWN_ALGORITHM},
      {NULL, 1, INFLUENCE_INVALID_ARGUMENT},
      {NULL, SIZE_MAX, INFLUENCE_INVALID_ARGUMENT},
  };
  for (size_t i = 0; i < sizeof kCases / sizeof kCases[0]; ++i) {
    engine = junk;
    message = garbage();
    const influence_status got =
        influence_engine_new(kCases[i].id, kCases[i].size, &engine, &message);
    check_no_engine(got, kCases[i].status, engine, &message);
    engine = junk;
    CHECK(influence_engine_new(kCases[i].id, kCases[i].size, &engine, NULL) ==
          kCases[i].status);
    CHECK(engine == NULL);
  }

  message = garbage();
  CHECK(influence_engine_new("v1", 2, NULL, &message) ==
        INFLUENCE_INVALID_ARGUMENT);
  CHECK(is_text(&message));
  influence_bytes_free(&message);
  CHECK(influence_engine_new("v1", 2, NULL, NULL) ==
        INFLUENCE_INVALID_ARGUMENT);
  influence_engine_free(NULL);
}

static void test_engine_new_custom(void) {
  influence_engine* engine = NULL;
  influence_bytes message = garbage();
  CHECK(influence_engine_new_custom(kCustom, sizeof kCustom, &engine,
                                    &message) == INFLUENCE_OK);
  CHECK(engine != NULL && is_zero(&message));
  influence_bytes description = garbage();
  CHECK(influence_engine_describe(engine, &description) == INFLUENCE_OK);
  CHECK(contains(&description, "acme/one"));
  influence_bytes_free(&description);
  influence_engine_free(engine);

  static const uint8_t kJunk[] = {0xff, 0xff, 0xff};
  static uint8_t too_large[INFLUENCE_MAX_ALGORITHM_BYTES + 1];
  static const struct {
    const uint8_t* data;
    size_t size;
    influence_status status;
  } kCases[] = {
      {kJunk, sizeof kJunk, INFLUENCE_MALFORMED},
      {kCustom, sizeof kCustom - 1, INFLUENCE_MALFORMED},
      {too_large, sizeof too_large, INFLUENCE_TOO_LARGE},
      {kCustom, 0, INFLUENCE_INVALID_ALGORITHM}, /* no rows, no name */
      {NULL, 0, INFLUENCE_INVALID_ALGORITHM},
      {kCustom, 10, INFLUENCE_INVALID_ALGORITHM}, /* a name alone */
      {NULL, 1, INFLUENCE_INVALID_ARGUMENT},
      {NULL, SIZE_MAX, INFLUENCE_INVALID_ARGUMENT},
  };
  for (size_t i = 0; i < sizeof kCases / sizeof kCases[0]; ++i) {
    message = garbage();
    const influence_status got = influence_engine_new_custom(
        kCases[i].data, kCases[i].size, &engine, &message);
    check_no_engine(got, kCases[i].status, engine, &message);
  }
  CHECK(influence_engine_new_custom(kCustom, sizeof kCustom, NULL, &message) ==
        INFLUENCE_INVALID_ARGUMENT);
  CHECK(is_text(&message));
  influence_bytes_free(&message);
}

static void test_describe(const influence_engine* engine) {
  influence_bytes description = garbage();
  CHECK(influence_engine_describe(engine, NULL) == INFLUENCE_INVALID_ARGUMENT);
  CHECK(influence_engine_describe(NULL, NULL) == INFLUENCE_INVALID_ARGUMENT);
  CHECK(influence_engine_describe(NULL, &description) ==
        INFLUENCE_INVALID_ARGUMENT);
  CHECK(is_zero(&description));
  CHECK(influence_engine_describe(engine, &description) == INFLUENCE_OK);
  CHECK(contains(&description, "v1"));
  influence_bytes_free(&description);
}

/* A call that fails: the response is zeroed, the message is text. */
static void check_refused(const influence_engine* engine,
                          const uint8_t* request, size_t size,
                          influence_status want, int line) {
  influence_bytes response = garbage(), message = garbage();
  const influence_status got =
      influence_score(engine, request, size, &response, &message);
  if (got != want || !is_zero(&response) || !is_text(&message)) {
    fprintf(stderr, "line %d: %s, not %s\n", line, influence_status_name(got),
            influence_status_name(want));
    ++failures;
  }
  influence_bytes_free(&response);
  influence_bytes_free(&message);
  CHECK(influence_score(engine, request, size, &response, NULL) == want);
  CHECK(is_zero(&response));
}
#define CHECK_REFUSED(engine, request, size, want) \
  check_refused(engine, request, size, want, __LINE__)

static void test_score(const influence_engine* engine) {
  influence_bytes first = garbage(), second = garbage(), message = garbage();
  CHECK(influence_score(engine, kOnePerson, sizeof kOnePerson, &first,
                        &message) == INFLUENCE_OK);
  CHECK(is_zero(&message));
  CHECK(influence_score(engine, kOnePerson, sizeof kOnePerson, &second, NULL) ==
        INFLUENCE_OK);
  CHECK(first.size > 0 && first.size == second.size &&
        memcmp(first.data, second.data, first.size) == 0);
  CHECK(contains(&first, "v1"));
  influence_bytes_free(&first);
  influence_bytes_free(&second);
  CHECK(is_zero(&first));

  /* No profiles: a response that has an identity and no result. */
  CHECK(influence_score(engine, kEmptyBatch, sizeof kEmptyBatch, &first,
                        NULL) == INFLUENCE_OK);
  CHECK(first.size > 130 && first.data[0] == 0x0a && first.data[1] >= 0x80 &&
        first.size == 3u + (first.data[1] & 0x7fu) + 128u * first.data[2]);
  influence_bytes_free(&first);
}

static void test_score_refuses(const influence_engine* engine) {
  static const uint8_t kJunk[] = {0xff, 0xff, 0xff};
  static const uint8_t kOther[] = {0x0a, 2, 'v', '9'};
  static const uint8_t kPrint[] = {0x0a, 2, 'v', '1', 0x2a, 1, '0'};
  static const uint8_t kDay[] = {0x0a, 2,    'v',  '1', 0x10,
                                 0x81, 0x82, 0xb3, 0x01}; /* 2'932'993 */
  static const uint8_t kDetail[] = {0x0a, 2, 'v', '1', 0x20, 9};
  static const uint8_t kRendering[] = {0x0a, 2, 'v', '1', 0x30, 9};
  CHECK_REFUSED(engine, kJunk, sizeof kJunk, INFLUENCE_MALFORMED);
  CHECK_REFUSED(engine, kOther, sizeof kOther, INFLUENCE_ALGORITHM_MISMATCH);
  CHECK_REFUSED(engine, kPrint, sizeof kPrint, INFLUENCE_ALGORITHM_MISMATCH);
  CHECK_REFUSED(engine, kDay, sizeof kDay, INFLUENCE_OUT_OF_RANGE);
  CHECK_REFUSED(engine, kDetail, sizeof kDetail, INFLUENCE_INVALID_ARGUMENT);
  CHECK_REFUSED(engine, kRendering, sizeof kRendering,
                INFLUENCE_INVALID_ARGUMENT);
  CHECK_REFUSED(engine, kOnePerson, sizeof kOnePerson - 1, INFLUENCE_MALFORMED);

  /* An empty request names no algorithm, however it is empty. */
  CHECK_REFUSED(engine, NULL, 0, INFLUENCE_ALGORITHM_MISMATCH);
  CHECK_REFUSED(engine, kJunk, 0, INFLUENCE_ALGORITHM_MISMATCH);

  CHECK_REFUSED(engine, NULL, 1, INFLUENCE_INVALID_ARGUMENT);
  CHECK_REFUSED(engine, NULL, SIZE_MAX, INFLUENCE_INVALID_ARGUMENT);
  CHECK_REFUSED(NULL, kEmptyBatch, sizeof kEmptyBatch,
                INFLUENCE_INVALID_ARGUMENT);
  influence_bytes message = garbage();
  CHECK(influence_score(engine, kEmptyBatch, sizeof kEmptyBatch, NULL,
                        &message) == INFLUENCE_INVALID_ARGUMENT);
  CHECK(is_text(&message));
  influence_bytes_free(&message);
  CHECK(influence_score(NULL, NULL, 0, NULL, NULL) ==
        INFLUENCE_INVALID_ARGUMENT);
}

/* The two limits of a request: at the limit it is served, above it is not. */
static void test_limits(const influence_engine* engine) {
  uint8_t* request = calloc(INFLUENCE_MAX_REQUEST_BYTES + 1, 1);
  if (request == NULL) {
    CHECK(request != NULL);
    return;
  }
  CHECK_REFUSED(engine, request, INFLUENCE_MAX_REQUEST_BYTES + 1,
                INFLUENCE_TOO_LARGE);

  /* A field of a later version fills the request up to its limit. */
  memcpy(request, kEmptyBatch, sizeof kEmptyBatch);
  size_t used = sizeof kEmptyBatch;
  request[used++] = 0xfa; /* field 15'999 as bytes */
  request[used++] = 0xe7;
  request[used++] = 0x07;
  const size_t rest = INFLUENCE_MAX_REQUEST_BYTES - used - 4;
  for (int i = 0; i < 4; ++i) {
    request[used++] = (uint8_t)((rest >> (7 * i) & 0x7f) | (i < 3 ? 0x80u : 0));
  }
  influence_bytes response = garbage();
  CHECK(influence_score(engine, request, INFLUENCE_MAX_REQUEST_BYTES, &response,
                        NULL) == INFLUENCE_OK);
  influence_bytes_free(&response);

  /* Empty profiles, two bytes each. */
  used = sizeof kEmptyBatch;
  for (int i = 0; i <= INFLUENCE_MAX_PROFILES; ++i) {
    request[used++] = 0x1a;
    request[used++] = 0;
  }
  CHECK(influence_score(engine, request, used - 2, &response, NULL) ==
        INFLUENCE_OK);
  CHECK(response.size > INFLUENCE_MAX_PROFILES);
  influence_bytes_free(&response);
  CHECK_REFUSED(engine, request, used, INFLUENCE_TOO_LARGE);
  free(request);
}

static int32_t refuse_write(void* context, const uint8_t* data, size_t size) {
  (void)context, (void)data, (void)size;
  return 1;
}
static int32_t refuse_read(void* context, uint8_t* data, size_t size) {
  (void)context, (void)data, (void)size;
  return 1;
}
static int32_t refuse_read_at(void* context, uint64_t offset, uint8_t* data,
                              size_t size) {
  (void)context, (void)offset, (void)data, (void)size;
  return 1;
}

#define CHECK_INVALID(call)                      \
  do {                                           \
    CHECK((call) == INFLUENCE_INVALID_ARGUMENT); \
    CHECK(is_text(&message));                    \
    influence_bytes_free(&message);              \
  } while (0)

/* Every NULL that the header speaks of, every status that is not elsewhere. */
static void test_tally(const influence_engine* engine) {
  static const uint8_t kOptions[] = {0x18, 0x80, 0x94, 0xeb, 0xdc, 0x03};
  influence_bytes message = garbage(), bytes = garbage();
  influence_tally* tally = NULL;
  CHECK_INVALID(
      influence_tally_new(engine, kOptions, sizeof kOptions, NULL, &message));
  CHECK_INVALID(
      influence_tally_new(NULL, kOptions, sizeof kOptions, &tally, &message));
  CHECK_INVALID(influence_tally_new(engine, NULL, 1, &tally, &message));
  CHECK_INVALID(influence_tally_new(engine, NULL, 0, &tally, &message));
  CHECK(influence_tally_new(engine, kOptions, 1, &tally, NULL) ==
        INFLUENCE_MALFORMED);
  CHECK(tally == NULL);
  CHECK(influence_tally_new(engine, kOptions, sizeof kOptions, &tally,
                            &message) == INFLUENCE_OK);
  CHECK(message.data == NULL && message.size == 0);
  influence_tally_free(NULL);

  CHECK_INVALID(influence_tally_add(NULL, NULL, 0, &message));
  CHECK_INVALID(influence_tally_add(tally, NULL, 1, &message));
  CHECK(influence_tally_add(tally, NULL, 0, NULL) == INFLUENCE_OK);
  CHECK(influence_tally_add(tally, kOptions, 1, NULL) == INFLUENCE_MALFORMED);
  struct ArrowSchema schema = {0};
  struct ArrowArray array = {0};
  CHECK_INVALID(influence_tally_add_columns(NULL, &schema, &array, &message));
  CHECK_INVALID(influence_tally_add_columns(tally, NULL, &array, &message));
  CHECK_INVALID(influence_tally_add_columns(tally, &schema, NULL, &message));
  CHECK_INVALID(influence_tally_add_columns(tally, &schema, &array, &message));
  CHECK_INVALID(influence_tally_merge(NULL, tally, &message));
  CHECK_INVALID(influence_tally_merge(tally, NULL, &message));
  CHECK_INVALID(influence_tally_save(NULL, refuse_write, NULL, &message));
  CHECK_INVALID(influence_tally_save(tally, NULL, NULL, &message));
  CHECK(influence_tally_save(tally, refuse_write, NULL, NULL) ==
        INFLUENCE_CANCELLED);
  influence_tally* loaded = tally;
  CHECK_INVALID(
      influence_tally_load(NULL, refuse_read, NULL, &loaded, &message));
  CHECK(loaded == NULL);
  CHECK_INVALID(influence_tally_load(engine, NULL, NULL, &loaded, &message));
  CHECK_INVALID(
      influence_tally_load(engine, refuse_read, NULL, NULL, &message));
  CHECK(influence_tally_load(engine, refuse_read, NULL, &loaded, NULL) ==
        INFLUENCE_CANCELLED);
  CHECK_INVALID(influence_tally_report(NULL, &bytes, &message));
  CHECK(bytes.data == NULL && bytes.size == 0);
  CHECK_INVALID(influence_tally_report(tally, NULL, &message));
  CHECK(influence_tally_report(tally, &bytes, NULL) == INFLUENCE_OK);
  CHECK(bytes.size > 0);
  influence_bytes_free(&bytes);
  struct ArrowArrayStream stream;
  CHECK_INVALID(influence_tally_finish(NULL, NULL, 0, &stream, &message));
  CHECK(stream.release == NULL);
  CHECK_INVALID(influence_tally_finish(tally, NULL, 1, &stream, &message));
  CHECK_INVALID(influence_tally_finish(tally, NULL, 0, NULL, &message));
  CHECK(influence_tally_finish(tally, NULL, 0, &stream, NULL) == INFLUENCE_OK);
  CHECK(stream.get_next(&stream, &array) == 0 && array.release == NULL);
  stream.release(&stream);
  CHECK_INVALID(influence_tally_subject(NULL, NULL, 0, &bytes, &message));
  CHECK_INVALID(influence_tally_subject(tally, NULL, 1, &bytes, &message));
  CHECK_INVALID(influence_tally_subject(tally, NULL, 0, NULL, &message));
  CHECK_INVALID(influence_tally_subject(tally, NULL, 0, &bytes, &message));
  CHECK_INVALID(influence_tally_topics(NULL, &schema, &array, &message));
  CHECK(schema.release == NULL && array.release == NULL);
  CHECK_INVALID(influence_tally_topics(tally, NULL, &array, &message));
  CHECK_INVALID(influence_tally_topics(tally, &schema, NULL, &message));
  CHECK(influence_tally_topics(tally, &schema, &array, NULL) == INFLUENCE_OK);
  CHECK(schema.n_children == 5 && array.length == 0);
  schema.release(&schema);
  array.release(&array);

  const uint64_t least = 64u << 20;
  CHECK_INVALID(influence_tally_spill(NULL, least, refuse_write, refuse_read_at,
                                      NULL, &message));
  CHECK_INVALID(influence_tally_spill(tally, least, NULL, refuse_read_at, NULL,
                                      &message));
  CHECK_INVALID(
      influence_tally_spill(tally, least, refuse_write, NULL, NULL, &message));
  CHECK(influence_tally_spill(tally, least - 1, refuse_write, refuse_read_at,
                              NULL, NULL) == INFLUENCE_OUT_OF_RANGE);
  CHECK(influence_tally_spill(tally, least, refuse_write, refuse_read_at, NULL,
                              NULL) == INFLUENCE_OK);
  CHECK_INVALID(influence_tally_spill(tally, least, refuse_write,
                                      refuse_read_at, NULL, &message));
  CHECK_INVALID(influence_tally_save(tally, refuse_write, NULL, &message));
  influence_tally_free(tally);
}

static int32_t stop_at_once(void* context, uint32_t done, uint32_t all) {
  (void)all;
  ++*(int*)context;
  return done == 0;
}

/* Every NULL that the header speaks of; one graph from edge to score. */
static void test_standing(const influence_engine* engine) {
  static const uint8_t kOptions[] = {0x18, 0x80, 0x94, 0xeb, 0xdc, 0x03};
  /* edges { from: "a" to: "b" } */
  static const uint8_t kEdges[] = {0x0a, 6, 0x0a, 1, 'a', 0x12, 1, 'b'};
  /* seeds { id: "a" } */
  static const uint8_t kSeeds[] = {0x0a, 3, 0x0a, 1, 'a'};
  static const uint8_t kNode[] = {0x0a, 1, 'b'}; /* id: "b" */
  influence_bytes message = garbage(), bytes = garbage();
  influence_graph* graph = NULL;
  CHECK_INVALID(influence_graph_new(engine, NULL, 0, NULL, &message));
  CHECK_INVALID(influence_graph_new(NULL, NULL, 0, &graph, &message));
  CHECK_INVALID(influence_graph_new(engine, NULL, 1, &graph, &message));
  CHECK(influence_graph_new(engine, kEdges, 1, &graph, NULL) ==
        INFLUENCE_MALFORMED);
  CHECK(graph == NULL);
  CHECK(influence_graph_new(engine, NULL, 0, &graph, &message) == INFLUENCE_OK);
  CHECK(message.data == NULL && message.size == 0);
  influence_graph_free(NULL);

  const uint64_t least = 64u << 20;
  CHECK_INVALID(influence_graph_spill(NULL, least, refuse_write, refuse_read_at,
                                      NULL, &message));
  CHECK_INVALID(influence_graph_spill(graph, least, NULL, refuse_read_at, NULL,
                                      &message));
  CHECK_INVALID(
      influence_graph_spill(graph, least, refuse_write, NULL, NULL, &message));
  CHECK(influence_graph_spill(graph, least - 1, refuse_write, refuse_read_at,
                              NULL, NULL) == INFLUENCE_OUT_OF_RANGE);
  influence_graph* spilled = NULL;
  CHECK(influence_graph_new(engine, NULL, 0, &spilled, NULL) == INFLUENCE_OK);
  CHECK(influence_graph_spill(spilled, least, refuse_write, refuse_read_at,
                              NULL, NULL) == INFLUENCE_OK);
  CHECK_INVALID(influence_graph_spill(spilled, least, refuse_write,
                                      refuse_read_at, NULL, &message));
  CHECK(influence_graph_add(spilled, kEdges, sizeof kEdges, NULL) ==
        INFLUENCE_OK);
  CHECK(influence_graph_seed(spilled, kSeeds, sizeof kSeeds, NULL) ==
        INFLUENCE_OK);
  influence_standing* none = NULL;
  CHECK(influence_graph_run(spilled, NULL, 0, NULL, NULL, &none, NULL) ==
        INFLUENCE_CANCELLED);
  CHECK(none == NULL);
  CHECK_INVALID(influence_graph_add(spilled, NULL, 0, &message));
  influence_graph_free(spilled);

  struct ArrowSchema schema = {0};
  struct ArrowArray array = {0};
  CHECK_INVALID(influence_graph_add(NULL, NULL, 0, &message));
  CHECK_INVALID(influence_graph_add(graph, NULL, 1, &message));
  CHECK(influence_graph_add(graph, NULL, 0, NULL) == INFLUENCE_OK);
  CHECK(influence_graph_add(graph, kEdges, 1, NULL) == INFLUENCE_MALFORMED);
  CHECK_INVALID(influence_graph_add_columns(NULL, &schema, &array, &message));
  CHECK_INVALID(influence_graph_add_columns(graph, NULL, &array, &message));
  CHECK_INVALID(influence_graph_add_columns(graph, &schema, NULL, &message));
  CHECK_INVALID(influence_graph_add_columns(graph, &schema, &array, &message));
  influence_tally* tally = NULL;
  CHECK(influence_tally_new(engine, kOptions, sizeof kOptions, &tally, NULL) ==
        INFLUENCE_OK);
  CHECK_INVALID(influence_graph_add_tally(NULL, tally, &message));
  CHECK_INVALID(influence_graph_add_tally(graph, NULL, &message));
  CHECK(influence_graph_add_tally(graph, tally, NULL) == INFLUENCE_OK);
  influence_tally_free(tally);
  CHECK(influence_graph_add(graph, kEdges, sizeof kEdges, NULL) ==
        INFLUENCE_OK);

  influence_standing* standing = NULL;
  CHECK_INVALID(influence_graph_seed(NULL, NULL, 0, &message));
  CHECK_INVALID(influence_graph_seed(graph, NULL, 1, &message));
  CHECK(influence_graph_seed(graph, NULL, 0, NULL) == INFLUENCE_OK);
  CHECK_INVALID(
      influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, &message));
  CHECK(influence_graph_seed(graph, kSeeds, sizeof kSeeds, NULL) ==
        INFLUENCE_OK);
  CHECK_INVALID(
      influence_graph_run(NULL, NULL, 0, NULL, NULL, &standing, &message));
  CHECK_INVALID(
      influence_graph_run(graph, NULL, 1, NULL, NULL, &standing, &message));
  CHECK_INVALID(
      influence_graph_run(graph, NULL, 0, NULL, NULL, NULL, &message));
  int calls = 0;
  CHECK(influence_graph_run(graph, NULL, 0, stop_at_once, &calls, &standing,
                            NULL) == INFLUENCE_CANCELLED);
  CHECK(calls == 1 && standing == NULL);
  CHECK(influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, &message) ==
        INFLUENCE_OK);
  CHECK(message.data == NULL && message.size == 0);
  CHECK_INVALID(influence_graph_add(graph, kEdges, sizeof kEdges, &message));
  influence_graph_free(graph);

  CHECK_INVALID(influence_standing_report(NULL, &bytes, &message));
  CHECK(bytes.data == NULL && bytes.size == 0);
  CHECK_INVALID(influence_standing_report(standing, NULL, &message));
  CHECK(influence_standing_report(standing, &bytes, NULL) == INFLUENCE_OK);
  CHECK(bytes.size > 0);
  influence_bytes_free(&bytes);
  CHECK_INVALID(
      influence_standing_explain(NULL, kNode, sizeof kNode, &bytes, &message));
  CHECK_INVALID(
      influence_standing_explain(standing, NULL, 1, &bytes, &message));
  CHECK_INVALID(influence_standing_explain(standing, kNode, sizeof kNode, NULL,
                                           &message));
  CHECK_INVALID(
      influence_standing_explain(standing, NULL, 0, &bytes, &message));
  CHECK(influence_standing_explain(standing, kNode, sizeof kNode, &bytes,
                                   NULL) == INFLUENCE_OK);
  CHECK(bytes.size > 0);
  influence_bytes_free(&bytes);

  struct ArrowArrayStream ranks, joined;
  CHECK_INVALID(influence_standing_columns(NULL, NULL, 0, &ranks, &message));
  CHECK(ranks.release == NULL);
  CHECK_INVALID(
      influence_standing_columns(standing, NULL, 1, &ranks, &message));
  CHECK_INVALID(influence_standing_columns(standing, NULL, 0, NULL, &message));
  CHECK(influence_standing_columns(standing, NULL, 0, &ranks, NULL) ==
        INFLUENCE_OK);
  CHECK_INVALID(influence_standing_join(NULL, &ranks, &joined, &message));
  CHECK_INVALID(influence_standing_join(standing, NULL, &joined, &message));
  CHECK_INVALID(influence_standing_join(standing, &ranks, NULL, &message));
  CHECK(ranks.release != NULL);
  /* It has standing_micros already. */
  CHECK_INVALID(influence_standing_join(standing, &ranks, &joined, &message));
  CHECK(ranks.release == NULL && joined.release == NULL);
  CHECK_INVALID(influence_standing_join(standing, &ranks, &joined, &message));
  CHECK(influence_standing_columns(standing, NULL, 0, &ranks, NULL) ==
        INFLUENCE_OK);
  influence_standing_free(standing);
  influence_standing_free(NULL);
  CHECK(ranks.get_schema(&ranks, &schema) == 0);
  CHECK(schema.n_children == 3);
  schema.release(&schema);
  CHECK(ranks.get_next(&ranks, &array) == 0 && array.length == 2);
  array.release(&array);
  ranks.release(&ranks);
}

/* Every NULL that influence.h speaks of. */
static void test_insight_nulls(const influence_engine* engine) {
  influence_bytes out = {NULL, 0};
  influence_drift* drift = NULL;
  const influence_status kBad = INFLUENCE_INVALID_ARGUMENT;
  CHECK(influence_compare(NULL, engine, NULL, 0, &out, NULL) == kBad);
  CHECK(influence_compare(engine, NULL, NULL, 0, &out, NULL) == kBad);
  CHECK(influence_compare(engine, engine, NULL, 1, &out, NULL) == kBad);
  CHECK(influence_compare(engine, engine, NULL, 0, NULL, NULL) == kBad);
  CHECK(influence_what_if(NULL, NULL, 0, &out, NULL) == kBad);
  CHECK(influence_what_if(engine, NULL, 1, &out, NULL) == kBad);
  CHECK(influence_what_if(engine, NULL, 0, NULL, NULL) == kBad);
  CHECK(influence_drift_new(NULL, engine, NULL, 0, &drift, NULL) == kBad);
  CHECK(influence_drift_new(engine, NULL, NULL, 0, &drift, NULL) == kBad);
  CHECK(influence_drift_new(engine, engine, NULL, 1, &drift, NULL) == kBad);
  CHECK(influence_drift_new(engine, engine, NULL, 0, NULL, NULL) == kBad);
  CHECK(influence_drift_load(engine, engine, NULL, 0, &drift, NULL) ==
        INFLUENCE_MALFORMED);
  CHECK(influence_drift_load(engine, engine, NULL, 1, &drift, NULL) == kBad);
  CHECK(drift == NULL && out.data == NULL);

  /* Nobody in particular, compared; an empty drift, reported. */
  CHECK(influence_compare(engine, engine, NULL, 0, &out, NULL) == INFLUENCE_OK);
  influence_bytes_free(&out);
  CHECK(influence_what_if(engine, NULL, 0, &out, NULL) == INFLUENCE_OK);
  influence_bytes_free(&out);
  CHECK(influence_drift_new(engine, engine, NULL, 0, &drift, NULL) ==
        INFLUENCE_OK);
  CHECK(influence_drift_add(drift, NULL, 0, NULL) == INFLUENCE_OK);
  CHECK(influence_drift_add(drift, NULL, 1, NULL) == kBad);
  CHECK(influence_drift_add(NULL, NULL, 0, NULL) == kBad);
  CHECK(influence_drift_add_columns(NULL, NULL, NULL, NULL) == kBad);
  CHECK(influence_drift_add_columns(drift, NULL, NULL, NULL) == kBad);
  CHECK(influence_drift_merge(drift, NULL, NULL) == kBad);
  CHECK(influence_drift_merge(NULL, drift, NULL) == kBad);
  CHECK(influence_drift_merge(drift, drift, NULL) == INFLUENCE_OK);
  CHECK(influence_drift_save(NULL, &out, NULL) == kBad);
  CHECK(influence_drift_save(drift, NULL, NULL) == kBad);
  CHECK(influence_drift_finish(NULL, &out, NULL) == kBad);
  CHECK(influence_drift_finish(drift, NULL, NULL) == kBad);
  CHECK(influence_drift_finish(drift, &out, NULL) == INFLUENCE_OK);
  CHECK(out.size > 0);
  influence_bytes_free(&out);
  influence_drift_free(drift);
  influence_drift_free(NULL);
}

static void test_render(void) {
  /* format = TEXT, and no result. */
  static const uint8_t kRequest[] = {0x08, 0x01};
  influence_bytes message = garbage(), text = garbage();
  CHECK_INVALID(influence_render(kRequest, sizeof kRequest, NULL, &message));
  CHECK_INVALID(influence_render(NULL, 1, &text, &message));
  CHECK(text.data == NULL && text.size == 0);
  CHECK_INVALID(influence_render(NULL, 0, &text, &message));
  CHECK_INVALID(influence_render(kRequest, sizeof kRequest, &text, &message));
  CHECK(influence_render(kRequest, 1, &text, NULL) == INFLUENCE_MALFORMED);
  CHECK(text.data == NULL && text.size == 0);
}

/* A card: card = "v1", and then what makes of it something else. */
static void test_card(void) {
  enum { kCard = 6 };
  static const uint8_t kRequest[] = {
      0x08, 0x01, 0x4a, 0x02, 'v', '1', /* text */
      0x08, 0x05,                       /* a badge instead */
  };
  static const uint8_t kUnknown[] = {0x08, 0x01, 0x4a, 0x02, 'v', '9'};
  static const uint8_t kBadUtf8[] = {0x08, 0x01, 0x4a, 0x01, 0xff};
  static const uint8_t kTwo[] = {0x08, 0x01, 0x4a, 0x02, 'v', '1', 0x22, 0x00};
  /* An algorithm of its own, "a/b" of attention by mentions, called "v1". */
  static const uint8_t kOther[] = {
      0x08, 0x01, 0x4a, 0x02, 'v',  '1',  0x32, 0x1a, 0x0a, 0x03, 'a',  '/',
      'b',  0x12, 0x13, 0x08, 0x01, 0x10, 0x80, 0xc2, 0xd7, 0x2f, 0x18, 0x80,
      0x89, 0x7a, 0x2a, 0x06, 0x08, 0x01, 0x10, 0xc0, 0x84, 0x3d};
  influence_bytes text = garbage(), message = garbage();
  CHECK(influence_render(kRequest, kCard, &text, &message) == INFLUENCE_OK);
  CHECK(text.size > 1000);
  influence_bytes_free(&text);
  CHECK_INVALID(influence_render(kRequest, sizeof kRequest, &text, &message));
  CHECK_INVALID(influence_render(kTwo, sizeof kTwo, &text, &message));
  CHECK(influence_render(kUnknown, sizeof kUnknown, &text, NULL) ==
        INFLUENCE_UNKNOWN_ALGORITHM);
  CHECK(influence_render(kBadUtf8, sizeof kBadUtf8, &text, NULL) ==
        INFLUENCE_INVALID_UTF8);
  CHECK(influence_render(kOther, sizeof kOther, &text, NULL) ==
        INFLUENCE_ALGORITHM_MISMATCH);
  CHECK(is_zero(&text));
}

int main(void) {
  test_names();
  test_list();
  test_bytes_free();
  test_engine_new();
  test_engine_new_custom();
  influence_engine* engine = NULL;
  if (influence_engine_new("v1", 2, &engine, NULL) != INFLUENCE_OK) return 1;
  test_describe(engine);
  test_score(engine);
  test_score_refuses(engine);
  test_limits(engine);
  test_tally(engine);
  test_standing(engine);
  test_insight_nulls(engine);
  test_render();
  test_card();
  influence_engine_free(engine);
  return failures == 0 ? 0 : 1;
}
