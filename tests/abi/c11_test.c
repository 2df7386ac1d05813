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

/* An error out-parameter before a call. */
static influence_error* junk_error(void) {
  return (influence_error*)(void*)&garbage_byte;
}

/* An error with that status, and with words for a developer. */
static int is_error(const influence_error* error, influence_status status) {
  return error != NULL && influence_error_status(error) == status &&
         influence_error_text(error)[0] != '\0' &&
         influence_error_field(error) != NULL &&
         influence_error_row(error) >= -1;
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
  CHECK(major == INFLUENCE_VERSION_MAJOR && minor == INFLUENCE_VERSION_MINOR &&
        patch == INFLUENCE_VERSION_PATCH);
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
      "NOT_FOUND",
      "FAILED_PRECONDITION",
      "NOT_VERIFIED",
      "OPTED_OUT",
  };
  const int32_t count = (int32_t)(sizeof kNames / sizeof kNames[0]);
  CHECK(count == INFLUENCE_OPTED_OUT + 1);
  for (int32_t i = 0; i < count; ++i) {
    CHECK(strcmp(influence_status_name(i), kNames[i]) == 0);
  }
  CHECK(strcmp(influence_status_name(-1), "UNKNOWN") == 0);
  CHECK(strcmp(influence_status_name(count), "UNKNOWN") == 0);
  CHECK(strcmp(influence_status_name(INT32_MIN), "UNKNOWN") == 0);
  CHECK(strcmp(influence_status_name(INT32_MAX), "UNKNOWN") == 0);

  static const char* const kKernels[] = {"integer", "sse2", "avx2", "avx512",
                                         "neon"};
  int known = 0;
  for (size_t i = 0; i < sizeof kKernels / sizeof kKernels[0]; ++i) {
    known += strcmp(influence_kernel_name(), kKernels[i]) == 0;
  }
  CHECK(known == 1);
}

static void test_limit(void) {
  static const uint64_t kLimits[] = {
      0,
      INFLUENCE_MAX_REQUEST_BYTES,
      INFLUENCE_MAX_RESPONSE_BYTES,
      INFLUENCE_MAX_ALGORITHM_BYTES,
      INFLUENCE_MAX_PROFILES,
      INFLUENCE_MAX_ACCOUNTS,
      INFLUENCE_MAX_ID_BYTES,
      INFLUENCE_MAX_NETWORK_BYTES,
      INFLUENCE_MAX_TOPIC_BYTES,
      INFLUENCE_MAX_EVENT_COUNT,
      INFLUENCE_MAX_THREADS,
      0,
  };
  const int32_t count = (int32_t)(sizeof kLimits / sizeof kLimits[0]);
  CHECK(count == INFLUENCE_LIMIT_THREADS + 2);
  for (int32_t i = 0; i < count; ++i) CHECK(influence_limit(i) == kLimits[i]);
  CHECK(influence_limit(INT32_MIN) == 0 && influence_limit(INT32_MAX) == 0);
}

static void test_list(void) {
  influence_error* error = junk_error();
  CHECK(influence_algorithm_list(NULL, NULL) == INFLUENCE_INVALID_ARGUMENT);
  CHECK(influence_algorithm_list(NULL, &error) == INFLUENCE_INVALID_ARGUMENT);
  CHECK(is_error(error, INFLUENCE_INVALID_ARGUMENT));
  CHECK(strcmp(influence_error_field(error), "list") == 0);
  CHECK(influence_error_row(error) == -1);
  influence_error_free(error);
  influence_bytes list = garbage();
  CHECK(influence_algorithm_list(&list, &error) == INFLUENCE_OK);
  CHECK(error == NULL);
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

/* No error is an error that is OK. */
static void test_no_error(void) {
  CHECK(influence_error_status(NULL) == INFLUENCE_OK);
  CHECK(strcmp(influence_error_field(NULL), "") == 0);
  CHECK(strcmp(influence_error_text(NULL), "") == 0);
  CHECK(influence_error_row(NULL) == -1);
  influence_error_free(NULL);
}

static void test_engine_open(void) {
  influence_engine* const junk = (influence_engine*)(void*)&garbage_byte;
  influence_engine* engine = junk;
  influence_error* error = junk_error();

  CHECK(influence_engine_open("v1", &engine, &error) == INFLUENCE_OK);
  CHECK(engine != NULL && engine != junk && error == NULL);
  influence_engine_free(engine);

  static const struct {
    const char* id;
    influence_status status;
  } kCases[] = {
      {"v0", INFLUENCE_UNKNOWN_ALGORITHM},
      {"V1", INFLUENCE_UNKNOWN_ALGORITHM},
      {"v", INFLUENCE_UNKNOWN_ALGORITHM},
      {"v1 ", INFLUENCE_UNKNOWN_ALGORITHM},
      {"latest", INFLUENCE_UNKNOWN_ALGORITHM},
      {"", INFLUENCE_UNKNOWN_ALGORITHM},
      {"\xff\n", INFLUENCE_UNKNOWN_ALGORITHM},
      {NULL, INFLUENCE_INVALID_ARGUMENT},
  };
  for (size_t i = 0; i < sizeof kCases / sizeof kCases[0]; ++i) {
    engine = junk;
    error = junk_error();
    CHECK(influence_engine_open(kCases[i].id, &engine, &error) ==
          kCases[i].status);
    CHECK(engine == NULL && is_error(error, kCases[i].status));
    influence_error_free(error);
    engine = junk;
    CHECK(influence_engine_open(kCases[i].id, &engine, NULL) ==
          kCases[i].status);
    CHECK(engine == NULL);
  }

  CHECK(influence_engine_open("v1", NULL, &error) ==
        INFLUENCE_INVALID_ARGUMENT);
  CHECK(is_error(error, INFLUENCE_INVALID_ARGUMENT));
  influence_error_free(error);
  CHECK(influence_engine_open("v1", NULL, NULL) == INFLUENCE_INVALID_ARGUMENT);
  influence_engine_free(NULL);
}

static void test_engine_open_custom(void) {
  influence_engine* engine = NULL;
  influence_error* error = junk_error();
  CHECK(influence_engine_open_custom(kCustom, sizeof kCustom, &engine,
                                     &error) == INFLUENCE_OK);
  CHECK(engine != NULL && error == NULL);
  influence_bytes description = garbage();
  CHECK(influence_engine_describe(engine, &description, NULL) == INFLUENCE_OK);
  CHECK(contains(&description, "acme/one"));
  influence_bytes_free(&description);
  influence_engine_free(engine);

  static const uint8_t kJunk[] = {0xff, 0xff, 0xff};
  static const uint8_t kNotText[] = {0x0a, 1, 0xff};
  static uint8_t too_large[INFLUENCE_MAX_ALGORITHM_BYTES + 1];
  static const struct {
    const uint8_t* data;
    size_t size;
    influence_status status;
  } kCases[] = {
      {kJunk, sizeof kJunk, INFLUENCE_MALFORMED},
      {kCustom, sizeof kCustom - 1, INFLUENCE_MALFORMED},
      {kNotText, sizeof kNotText, INFLUENCE_INVALID_UTF8},
      {too_large, sizeof too_large, INFLUENCE_TOO_LARGE},
      {kCustom, 0, INFLUENCE_INVALID_ALGORITHM}, /* no rows, no name */
      {NULL, 0, INFLUENCE_INVALID_ALGORITHM},
      {kCustom, 10, INFLUENCE_INVALID_ALGORITHM}, /* a name alone */
      {NULL, 1, INFLUENCE_INVALID_ARGUMENT},
      {NULL, SIZE_MAX, INFLUENCE_INVALID_ARGUMENT},
  };
  for (size_t i = 0; i < sizeof kCases / sizeof kCases[0]; ++i) {
    error = junk_error();
    CHECK(influence_engine_open_custom(kCases[i].data, kCases[i].size, &engine,
                                       &error) == kCases[i].status);
    CHECK(engine == NULL && is_error(error, kCases[i].status));
    influence_error_free(error);
  }
  CHECK(influence_engine_open_custom(kCustom, sizeof kCustom, NULL, &error) ==
        INFLUENCE_INVALID_ARGUMENT);
  CHECK(is_error(error, INFLUENCE_INVALID_ARGUMENT));
  influence_error_free(error);
}

/* The README's four numbers, and what is unknown about them. */
static void test_score_counts(const influence_engine* engine) {
  const int64_t kUnknown = INFLUENCE_UNKNOWN;
  const int64_t counts[] = {120, 40,   16,       300,      85,       12,
                            31,  2400, kUnknown, kUnknown, kUnknown, kUnknown};
  int64_t score = -1, low = -1, high = -1, coverage = -1;
  influence_error* error = junk_error();
  CHECK(influence_score_counts(engine, counts, 8, &score, &low, &high,
                               &coverage, &error) == INFLUENCE_OK);
  CHECK(error == NULL && score == 36901409 && low == 36901409);
  CHECK(high == 48901409 && coverage == 88000000);
  /* Each of three outputs may be left out; unknown is as good as left out. */
  CHECK(influence_score_counts(engine, counts, 12, &score, NULL, NULL, NULL,
                               NULL) == INFLUENCE_OK);
  CHECK(score == 36901409);
  CHECK(influence_score_counts(engine, NULL, 0, &score, &low, &high, &coverage,
                               NULL) == INFLUENCE_OK);
  CHECK(score == 0 && low == 0 && high == 100000000 && coverage == 0);

  static const struct {
    int64_t counts[11];
    size_t size;
    influence_status status;
    const char *field, *text;
  } kCases[] = {
      {{-1}, 1, INFLUENCE_OUT_OF_RANGE, "counts[0]", "mentions -1 "},
      {{0, 0, INT64_MIN + 1}, 3, INFLUENCE_OUT_OF_RANGE, "counts[2]", "saves"},
      {{0, 10000000001}, 2, INFLUENCE_OUT_OF_RANGE, "counts[1]", "replies"},
      {{0, INT64_MAX}, 2, INFLUENCE_OUT_OF_RANGE, "counts[1]", "replies"},
      {{0, 0, 0, 0, 0, 0, 0, 0, 0, -7},
       10,
       INFLUENCE_OUT_OF_RANGE,
       "counts[9]",
       "endorsements -7 "},
      {{0}, 11, INFLUENCE_INVALID_ARGUMENT, "counts[10]", "10 signals"},
      {{10000000000, 0, 10000000000}, 10, INFLUENCE_OK, "", ""},
  };
  for (size_t i = 0; i < sizeof kCases / sizeof kCases[0]; ++i) {
    score = low = high = coverage = -1;
    error = junk_error();
    CHECK(influence_score_counts(engine, kCases[i].counts, kCases[i].size,
                                 &score, &low, &high, &coverage,
                                 &error) == kCases[i].status);
    CHECK(strcmp(influence_error_field(error), kCases[i].field) == 0);
    CHECK(strstr(influence_error_text(error), kCases[i].text) != NULL);
    if (kCases[i].status != INFLUENCE_OK) {
      CHECK(is_error(error, kCases[i].status));
      CHECK(score == 0 && low == 0 && high == 0 && coverage == 0);
    }
    influence_error_free(error);
    CHECK(influence_score_counts(engine, kCases[i].counts, kCases[i].size,
                                 &score, NULL, NULL, NULL,
                                 NULL) == kCases[i].status);
  }

  const struct {
    const influence_engine* engine;
    const int64_t* counts;
    int64_t* score;
    const char* field;
  } kNulls[] = {{NULL, counts, &score, "engine"},
                {engine, NULL, &score, "counts"},
                {engine, counts, NULL, "score"}};
  for (size_t i = 0; i < sizeof kNulls / sizeof kNulls[0]; ++i) {
    CHECK(influence_score_counts(kNulls[i].engine, kNulls[i].counts, 8,
                                 kNulls[i].score, &low, NULL, NULL,
                                 &error) == INFLUENCE_INVALID_ARGUMENT);
    CHECK(strcmp(influence_error_field(error), kNulls[i].field) == 0);
    CHECK(is_error(error, INFLUENCE_INVALID_ARGUMENT) && low == 0);
    influence_error_free(error);
  }
}

static void test_format_points(void) {
  static const struct {
    int64_t micropoints;
    int32_t decimals;
    const char* text;
  } kCases[] = {
      {36901409, 6, "36.901409"},
      {36901409, 5, "36.90141"},
      {36901409, 4, "36.9014"},
      {36901409, 3, "36.901"},
      {36901409, 2, "36.90"},
      {36901409, 1, "36.9"},
      {36901409, 0, "37"},
      {0, 0, "0"},
      {0, 6, "0.000000"},
      {1, 6, "0.000001"},
      {100000000, 1, "100.0"},
      {99950000, 1, "100.0"}, /* a tie, to even */
      {99850000, 1, "99.8"},  /* another */
      {500000, 0, "0"},
      {1500000, 0, "2"},
      {500001, 0, "1"},
      {-500000, 0, "0"}, /* zero has no sign */
      {-500001, 0, "-1"},
      {-1, 6, "-0.000001"},
      {-36901409, 2, "-36.90"},
      {-1500000, 0, "-2"},
      {INT64_MAX, 6, "9223372036854.775807"},
      {INT64_MIN, 6, "-9223372036854.775808"},
      {INT64_MIN, 0, "-9223372036855"},
  };
  char text[INFLUENCE_POINTS_BYTES];
  for (size_t i = 0; i < sizeof kCases / sizeof kCases[0]; ++i) {
    const size_t size = strlen(kCases[i].text);
    memset(text, '#', sizeof text);
    CHECK(influence_format_points(kCases[i].micropoints, kCases[i].decimals,
                                  text, size + 1) == INFLUENCE_OK);
    CHECK(strcmp(text, kCases[i].text) == 0);
    CHECK(size + 1 == sizeof text || text[size + 1] == '#');
    memset(text, '#', sizeof text);
    CHECK(influence_format_points(kCases[i].micropoints, kCases[i].decimals,
                                  text, size) == INFLUENCE_TOO_LARGE);
    CHECK(text[0] == '\0' && text[1] == '#');
  }
  CHECK(influence_format_points(0, 0, text, 0) == INFLUENCE_TOO_LARGE);
  CHECK(influence_format_points(0, 0, NULL, 0) == INFLUENCE_INVALID_ARGUMENT);
  CHECK(influence_format_points(0, 0, NULL, 9) == INFLUENCE_INVALID_ARGUMENT);
  static const int32_t kBad[] = {-1, 7, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof kBad / sizeof kBad[0]; ++i) {
    CHECK(influence_format_points(0, kBad[i], text, sizeof text) ==
          INFLUENCE_INVALID_ARGUMENT);
    CHECK(text[0] == '\0');
  }
}

static void test_describe(const influence_engine* engine) {
  influence_bytes description = garbage();
  CHECK(influence_engine_describe(engine, NULL, NULL) ==
        INFLUENCE_INVALID_ARGUMENT);
  CHECK(influence_engine_describe(NULL, NULL, NULL) ==
        INFLUENCE_INVALID_ARGUMENT);
  CHECK(influence_engine_describe(NULL, &description, NULL) ==
        INFLUENCE_INVALID_ARGUMENT);
  CHECK(is_zero(&description));
  CHECK(influence_engine_describe(engine, &description, NULL) == INFLUENCE_OK);
  CHECK(contains(&description, "v1"));
  influence_bytes_free(&description);
}

/* A call that fails: the response is zeroed, the error has words. */
static void check_refused(const influence_engine* engine,
                          const uint8_t* request, size_t size,
                          influence_status want, int line) {
  influence_bytes response = garbage();
  influence_error* error = junk_error();
  const influence_status got =
      influence_score(engine, request, size, &response, &error);
  if (got != want || !is_zero(&response) || !is_error(error, want)) {
    fprintf(stderr, "line %d: %s, not %s\n", line, influence_status_name(got),
            influence_status_name(want));
    ++failures;
  }
  influence_bytes_free(&response);
  influence_error_free(error);
  CHECK(influence_score(engine, request, size, &response, NULL) == want);
  CHECK(is_zero(&response));
}
#define CHECK_REFUSED(engine, request, size, want) \
  check_refused(engine, request, size, want, __LINE__)

static void test_score(const influence_engine* engine) {
  influence_bytes first = garbage(), second = garbage();
  influence_error* error = junk_error();
  CHECK(influence_score(engine, kOnePerson, sizeof kOnePerson, &first,
                        &error) == INFLUENCE_OK);
  CHECK(error == NULL);
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
  influence_error* error = junk_error();
  CHECK(influence_score(engine, kEmptyBatch, sizeof kEmptyBatch, NULL,
                        &error) == INFLUENCE_INVALID_ARGUMENT);
  CHECK(is_error(error, INFLUENCE_INVALID_ARGUMENT));
  influence_error_free(error);
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

/* How often a context was released. */
static void count_release(void* context) { ++*(int*)context; }

/* A call that takes &error fails with that status, in words. */
#define CHECK_FAILS(call, status)     \
  do {                                \
    CHECK((call) == (status));        \
    CHECK(is_error(error, (status))); \
    influence_error_free(error);      \
  } while (0)
#define CHECK_INVALID(call) CHECK_FAILS(call, INFLUENCE_INVALID_ARGUMENT)
#define CHECK_STATE(call) CHECK_FAILS(call, INFLUENCE_FAILED_PRECONDITION)

/* Every NULL that the header speaks of, every status that is not elsewhere. */
static void test_tally(const influence_engine* engine) {
  static const uint8_t kOptions[] = {0x18, 0x80, 0x94, 0xeb, 0xdc, 0x03};
  influence_error* error = junk_error();
  influence_bytes bytes = garbage();
  influence_tally* tally = NULL;
  CHECK_INVALID(
      influence_tally_new(engine, kOptions, sizeof kOptions, NULL, &error));
  CHECK_INVALID(
      influence_tally_new(NULL, kOptions, sizeof kOptions, &tally, &error));
  CHECK_INVALID(influence_tally_new(engine, NULL, 1, &tally, &error));
  CHECK_INVALID(influence_tally_new(engine, NULL, 0, &tally, &error));
  CHECK(influence_tally_new(engine, kOptions, 1, &tally, NULL) ==
        INFLUENCE_MALFORMED);
  CHECK(tally == NULL);
  CHECK(influence_tally_new(engine, kOptions, sizeof kOptions, &tally,
                            &error) == INFLUENCE_OK);
  CHECK(error == NULL);
  influence_tally_free(NULL);

  CHECK_INVALID(influence_tally_add(NULL, NULL, 0, &error));
  CHECK_INVALID(influence_tally_add(tally, NULL, 1, &error));
  CHECK(influence_tally_add(tally, NULL, 0, NULL) == INFLUENCE_OK);
  CHECK(influence_tally_add(tally, kOptions, 1, NULL) == INFLUENCE_MALFORMED);
  struct ArrowSchema schema = {0};
  struct ArrowArray array = {0};
  CHECK_INVALID(influence_tally_add_columns(NULL, &schema, &array, &error));
  CHECK_INVALID(influence_tally_add_columns(tally, NULL, &array, &error));
  CHECK_INVALID(influence_tally_add_columns(tally, &schema, NULL, &error));
  CHECK_INVALID(influence_tally_add_columns(tally, &schema, &array, &error));
  CHECK_INVALID(influence_tally_merge(NULL, tally, &error));
  CHECK_INVALID(influence_tally_merge(tally, NULL, &error));
  CHECK_INVALID(influence_tally_merge(tally, tally, &error));
  CHECK_INVALID(influence_tally_save(NULL, refuse_write, NULL, &error));
  CHECK_INVALID(influence_tally_save(tally, NULL, NULL, &error));
  CHECK(influence_tally_save(tally, refuse_write, NULL, NULL) ==
        INFLUENCE_CANCELLED);
  influence_tally* loaded = tally;
  CHECK_INVALID(influence_tally_load(NULL, refuse_read, NULL, &loaded, &error));
  CHECK(loaded == NULL);
  CHECK_INVALID(influence_tally_load(engine, NULL, NULL, &loaded, &error));
  CHECK_INVALID(influence_tally_load(engine, refuse_read, NULL, NULL, &error));
  CHECK(influence_tally_load(engine, refuse_read, NULL, &loaded, NULL) ==
        INFLUENCE_CANCELLED);
  CHECK_INVALID(influence_tally_report(NULL, &bytes, &error));
  CHECK(bytes.data == NULL && bytes.size == 0);
  CHECK_INVALID(influence_tally_report(tally, NULL, &error));
  CHECK(influence_tally_report(tally, &bytes, NULL) == INFLUENCE_OK);
  CHECK(bytes.size > 0);
  influence_bytes_free(&bytes);
  struct ArrowArrayStream stream;
  CHECK_INVALID(influence_tally_profiles(NULL, NULL, 0, &stream, &error));
  CHECK(stream.release == NULL);
  CHECK_INVALID(influence_tally_profiles(tally, NULL, 1, &stream, &error));
  CHECK_INVALID(influence_tally_profiles(tally, NULL, 0, NULL, &error));
  CHECK(influence_tally_profiles(tally, NULL, 0, &stream, NULL) ==
        INFLUENCE_OK);
  CHECK(stream.get_next(&stream, &array) == 0 && array.release == NULL);
  stream.release(&stream);
  CHECK_INVALID(influence_tally_subject(NULL, NULL, 0, &bytes, &error));
  CHECK_INVALID(influence_tally_subject(tally, NULL, 1, &bytes, &error));
  CHECK_INVALID(influence_tally_subject(tally, NULL, 0, NULL, &error));
  CHECK_FAILS(influence_tally_subject(tally, NULL, 0, &bytes, &error),
              INFLUENCE_NOT_FOUND);
  CHECK_INVALID(influence_tally_topics(NULL, &schema, &array, &error));
  CHECK(schema.release == NULL && array.release == NULL);
  CHECK_INVALID(influence_tally_topics(tally, NULL, &array, &error));
  CHECK_INVALID(influence_tally_topics(tally, &schema, NULL, &error));
  CHECK(influence_tally_topics(tally, &schema, &array, NULL) == INFLUENCE_OK);
  CHECK(schema.n_children == 5 && array.length == 0);
  schema.release(&schema);
  array.release(&array);

  /* While a stream of its profiles is open it cannot change. */
  CHECK(influence_tally_profiles(tally, NULL, 0, &stream, NULL) ==
        INFLUENCE_OK);
  CHECK_STATE(influence_tally_add(tally, NULL, 0, &error));
  stream.release(&stream);
  CHECK(influence_tally_add(tally, NULL, 0, NULL) == INFLUENCE_OK);

  /* A context is released once, whatever the result. */
  const uint64_t least = 64u << 20;
  int released = 0;
  CHECK_INVALID(influence_tally_spill(NULL, least, refuse_write, refuse_read_at,
                                      count_release, &released, &error));
  CHECK(released == 1);
  CHECK_INVALID(influence_tally_spill(tally, least, NULL, refuse_read_at,
                                      count_release, &released, &error));
  CHECK(released == 2);
  CHECK_INVALID(influence_tally_spill(tally, least, refuse_write, NULL,
                                      count_release, &released, &error));
  CHECK(released == 3);
  CHECK_FAILS(
      influence_tally_spill(tally, least - 1, refuse_write, refuse_read_at,
                            count_release, &released, &error),
      INFLUENCE_OUT_OF_RANGE);
  CHECK(released == 4);
  CHECK_FAILS(influence_tally_spill(tally, least - 1, refuse_write,
                                    refuse_read_at, NULL, NULL, &error),
              INFLUENCE_OUT_OF_RANGE);
  CHECK(influence_tally_spill(tally, least, refuse_write, refuse_read_at,
                              count_release, &released,
                              &error) == INFLUENCE_OK);
  CHECK(released == 4 && error == NULL);
  CHECK_STATE(influence_tally_spill(tally, least, refuse_write, refuse_read_at,
                                    count_release, &released, &error));
  CHECK(released == 5);
  CHECK_STATE(influence_tally_save(tally, refuse_write, NULL, &error));
  /* It is released with the last of the tally and its streams. */
  CHECK(influence_tally_profiles(tally, NULL, 0, &stream, NULL) ==
        INFLUENCE_OK);
  influence_tally_free(tally);
  CHECK(released == 5);
  stream.release(&stream);
  CHECK(released == 6);
}

static int32_t stop_at_once(void* context, uint32_t done, uint32_t all) {
  (void)all;
  ++*(int*)context;
  return done == 0;
}

/* Every NULL that the header speaks of; one graph from edge to score. */
static void test_standing(const influence_engine* engine) {
  static const uint8_t kOptions[] = {0x18, 0x80, 0x94, 0xeb, 0xdc, 0x03};
  /* edges { source: "a" target: "b" } */
  static const uint8_t kEdges[] = {0x0a, 6, 0x0a, 1, 'a', 0x12, 1, 'b'};
  /* seeds { id: "a" } */
  static const uint8_t kSeeds[] = {0x0a, 3, 0x0a, 1, 'a'};
  static const uint8_t kNode[] = {0x0a, 1, 'b'}; /* id: "b" */
  influence_error* error = junk_error();
  influence_bytes bytes = garbage();
  influence_graph* graph = NULL;
  CHECK_INVALID(influence_graph_new(engine, NULL, 0, NULL, &error));
  CHECK_INVALID(influence_graph_new(NULL, NULL, 0, &graph, &error));
  CHECK_INVALID(influence_graph_new(engine, NULL, 1, &graph, &error));
  CHECK(influence_graph_new(engine, kEdges, 1, &graph, NULL) ==
        INFLUENCE_MALFORMED);
  CHECK(graph == NULL);
  CHECK(influence_graph_new(engine, NULL, 0, &graph, &error) == INFLUENCE_OK);
  CHECK(error == NULL);
  influence_graph_free(NULL);

  const uint64_t least = 64u << 20;
  int released = 0;
  CHECK_INVALID(influence_graph_spill(NULL, least, refuse_write, refuse_read_at,
                                      count_release, &released, &error));
  CHECK_INVALID(influence_graph_spill(graph, least, NULL, refuse_read_at,
                                      count_release, &released, &error));
  CHECK_INVALID(influence_graph_spill(graph, least, refuse_write, NULL,
                                      count_release, &released, &error));
  CHECK_FAILS(
      influence_graph_spill(graph, least - 1, refuse_write, refuse_read_at,
                            count_release, &released, &error),
      INFLUENCE_OUT_OF_RANGE);
  CHECK(released == 4);
  influence_graph* spilled = NULL;
  CHECK(influence_graph_new(engine, NULL, 0, &spilled, NULL) == INFLUENCE_OK);
  CHECK(influence_graph_spill(spilled, least, refuse_write, refuse_read_at,
                              count_release, &released, NULL) == INFLUENCE_OK);
  CHECK(released == 4);
  CHECK_STATE(influence_graph_spill(spilled, least, refuse_write,
                                    refuse_read_at, count_release, &released,
                                    &error));
  CHECK(released == 5);
  CHECK(influence_graph_add(spilled, kEdges, sizeof kEdges, NULL) ==
        INFLUENCE_OK);
  CHECK(influence_graph_seed(spilled, kSeeds, sizeof kSeeds, NULL) ==
        INFLUENCE_OK);
  influence_standing* none = NULL;
  CHECK_FAILS(influence_graph_run(spilled, NULL, 0, NULL, NULL, &none, &error),
              INFLUENCE_CANCELLED);
  CHECK(none == NULL);
  /* It was left half in order. */
  CHECK_STATE(influence_graph_add(spilled, NULL, 0, &error));
  CHECK_STATE(influence_graph_run(spilled, NULL, 0, NULL, NULL, &none, &error));
  influence_graph_free(spilled);
  CHECK(released == 6);

  struct ArrowSchema schema = {0};
  struct ArrowArray array = {0};
  CHECK_INVALID(influence_graph_add(NULL, NULL, 0, &error));
  CHECK_INVALID(influence_graph_add(graph, NULL, 1, &error));
  CHECK(influence_graph_add(graph, NULL, 0, NULL) == INFLUENCE_OK);
  CHECK(influence_graph_add(graph, kEdges, 1, NULL) == INFLUENCE_MALFORMED);
  CHECK_INVALID(influence_graph_add_columns(NULL, &schema, &array, &error));
  CHECK_INVALID(influence_graph_add_columns(graph, NULL, &array, &error));
  CHECK_INVALID(influence_graph_add_columns(graph, &schema, NULL, &error));
  CHECK_INVALID(influence_graph_add_columns(graph, &schema, &array, &error));
  influence_tally* tally = NULL;
  CHECK(influence_tally_new(engine, kOptions, sizeof kOptions, &tally, NULL) ==
        INFLUENCE_OK);
  CHECK_INVALID(influence_graph_add_tally(NULL, tally, &error));
  CHECK_INVALID(influence_graph_add_tally(graph, NULL, &error));
  CHECK(influence_graph_add_tally(graph, tally, NULL) == INFLUENCE_OK);
  influence_tally_free(tally);
  CHECK(influence_graph_add(graph, kEdges, sizeof kEdges, NULL) ==
        INFLUENCE_OK);

  influence_standing* standing = NULL;
  CHECK_INVALID(influence_graph_seed(NULL, NULL, 0, &error));
  CHECK_INVALID(influence_graph_seed(graph, NULL, 1, &error));
  CHECK(influence_graph_seed(graph, NULL, 0, NULL) == INFLUENCE_OK);
  CHECK_STATE(
      influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, &error));
  CHECK(influence_graph_seed(graph, kSeeds, sizeof kSeeds, NULL) ==
        INFLUENCE_OK);
  CHECK_INVALID(
      influence_graph_run(NULL, NULL, 0, NULL, NULL, &standing, &error));
  CHECK_INVALID(
      influence_graph_run(graph, NULL, 1, NULL, NULL, &standing, &error));
  CHECK_INVALID(influence_graph_run(graph, NULL, 0, NULL, NULL, NULL, &error));
  int calls = 0;
  CHECK(influence_graph_run(graph, NULL, 0, stop_at_once, &calls, &standing,
                            NULL) == INFLUENCE_CANCELLED);
  CHECK(calls == 1 && standing == NULL);
  CHECK(influence_graph_run(graph, NULL, 0, NULL, NULL, &standing, &error) ==
        INFLUENCE_OK);
  CHECK(error == NULL);
  CHECK_STATE(influence_graph_add(graph, kEdges, sizeof kEdges, &error));
  influence_graph_free(graph);

  CHECK_INVALID(influence_standing_report(NULL, &bytes, &error));
  CHECK(bytes.data == NULL && bytes.size == 0);
  CHECK_INVALID(influence_standing_report(standing, NULL, &error));
  CHECK(influence_standing_report(standing, &bytes, NULL) == INFLUENCE_OK);
  CHECK(bytes.size > 0);
  influence_bytes_free(&bytes);
  CHECK_INVALID(
      influence_standing_explain(NULL, kNode, sizeof kNode, &bytes, &error));
  CHECK_INVALID(influence_standing_explain(standing, NULL, 1, &bytes, &error));
  CHECK_INVALID(
      influence_standing_explain(standing, kNode, sizeof kNode, NULL, &error));
  CHECK_FAILS(influence_standing_explain(standing, NULL, 0, &bytes, &error),
              INFLUENCE_NOT_FOUND);
  CHECK(influence_standing_explain(standing, kNode, sizeof kNode, &bytes,
                                   NULL) == INFLUENCE_OK);
  CHECK(bytes.size > 0);
  influence_bytes_free(&bytes);

  struct ArrowArrayStream ranks, joined;
  CHECK_INVALID(influence_standing_ranks(NULL, NULL, 0, &ranks, &error));
  CHECK(ranks.release == NULL);
  CHECK_INVALID(influence_standing_ranks(standing, NULL, 1, &ranks, &error));
  CHECK_INVALID(influence_standing_ranks(standing, NULL, 0, NULL, &error));
  CHECK(influence_standing_ranks(standing, NULL, 0, &ranks, NULL) ==
        INFLUENCE_OK);
  CHECK_INVALID(influence_standing_join(NULL, &ranks, &joined, &error));
  CHECK_INVALID(influence_standing_join(standing, NULL, &joined, &error));
  CHECK_INVALID(influence_standing_join(standing, &ranks, NULL, &error));
  CHECK(ranks.release != NULL);
  /* It has standing_micros already. */
  CHECK_INVALID(influence_standing_join(standing, &ranks, &joined, &error));
  CHECK(ranks.release == NULL && joined.release == NULL);
  CHECK_INVALID(influence_standing_join(standing, &ranks, &joined, &error));
  CHECK(influence_standing_ranks(standing, NULL, 0, &ranks, NULL) ==
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
  CHECK(influence_drift_merge(drift, drift, NULL) == kBad);
  CHECK(influence_drift_save(NULL, &out, NULL) == kBad);
  CHECK(influence_drift_save(drift, NULL, NULL) == kBad);
  CHECK(influence_drift_report(NULL, &out, NULL) == kBad);
  CHECK(influence_drift_report(drift, NULL, NULL) == kBad);
  CHECK(influence_drift_report(drift, &out, NULL) == INFLUENCE_OK);
  CHECK(out.size > 0);
  influence_bytes_free(&out);
  influence_drift_free(drift);
  influence_drift_free(NULL);
}

static void test_render(void) {
  /* format = TEXT, and no result. */
  static const uint8_t kRequest[] = {0x08, 0x01};
  influence_error* error = junk_error();
  influence_bytes text = garbage();
  CHECK_INVALID(influence_render(kRequest, sizeof kRequest, NULL, &error));
  CHECK_INVALID(influence_render(NULL, 1, &text, &error));
  CHECK(text.data == NULL && text.size == 0);
  CHECK_INVALID(influence_render(NULL, 0, &text, &error));
  CHECK_INVALID(influence_render(kRequest, sizeof kRequest, &text, &error));
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
  influence_error* error = junk_error();
  influence_bytes text = garbage();
  CHECK(influence_render(kRequest, kCard, &text, &error) == INFLUENCE_OK);
  CHECK(text.size > 1000);
  influence_bytes_free(&text);
  CHECK_INVALID(influence_render(kRequest, sizeof kRequest, &text, &error));
  CHECK_INVALID(influence_render(kTwo, sizeof kTwo, &text, &error));
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
  test_limit();
  test_list();
  test_bytes_free();
  test_no_error();
  test_format_points();
  test_engine_open();
  test_engine_open_custom();
  influence_engine* engine = NULL;
  if (influence_engine_open("v1", &engine, NULL) != INFLUENCE_OK) return 1;
  test_describe(engine);
  test_score_counts(engine);
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
