/* A program as it was compiled against a baseline's header: it has to go on
 * working with every later library of the same ABI. */
#include <stdio.h>
#include <string.h>

#include "influence.h"

#define EXPECT(condition)                                     \
  do {                                                        \
    if (!(condition)) {                                       \
      fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
      return 1;                                               \
    }                                                         \
  } while (0)

static void ReleaseSchema(struct ArrowSchema* schema) {
  schema->release = NULL;
}
static void ReleaseArray(struct ArrowArray* array) { array->release = NULL; }

int main(void) {
  /* algorithm: "v1", profiles { accounts { followers_micros: 1000000 } },
   * detail: DETAIL_SCORE */
  static const uint8_t kRequest[] = {0x0a, 2,    'v',  '1',  0x1a, 6,    0x12,
                                     4,    0x48, 0xc0, 0x84, 0x3d, 0x20, 1};
  influence_engine* engine = NULL;
  influence_bytes list = {0}, table = {0}, response = {0}, message = {0};
  EXPECT(influence_abi_version() == INFLUENCE_ABI_VERSION);
  EXPECT(strlen(influence_library_version()) > 0);
  EXPECT(strcmp(influence_status_name(INFLUENCE_TOO_LARGE), "TOO_LARGE") == 0);
  EXPECT(influence_engine_new("v0", 2, &engine, &message) ==
         INFLUENCE_UNKNOWN_ALGORITHM);
  EXPECT(engine == NULL && message.size > 0 &&
         strlen((const char*)message.data) == message.size);
  influence_bytes_free(&message);
  EXPECT(influence_engine_new_custom(NULL, 0, &engine, NULL) ==
         INFLUENCE_INVALID_ALGORITHM);
  EXPECT(influence_engine_new("v1", 2, &engine, &message) == INFLUENCE_OK);
  EXPECT(influence_algorithm_list(&list) == INFLUENCE_OK && list.size > 0);
  EXPECT(influence_engine_describe(engine, &table) == INFLUENCE_OK);
  EXPECT(table.size > 0);
  EXPECT(influence_score(engine, kRequest, sizeof kRequest, &response,
                         &message) == INFLUENCE_OK);
  EXPECT(response.size > 0 && message.data == NULL);

  int64_t followers[] = {1, -1};
  const void* buffers[] = {NULL, followers};
  struct ArrowSchema field = {
      .format = "l", .name = "followers", .release = ReleaseSchema};
  struct ArrowSchema* fields[] = {&field};
  struct ArrowSchema schema = {.format = "+s",
                               .name = "",
                               .n_children = 1,
                               .children = fields,
                               .release = ReleaseSchema};
  struct ArrowArray column = {
      .length = 2, .n_buffers = 2, .buffers = buffers, .release = ReleaseArray};
  struct ArrowArray* columns[] = {&column};
  struct ArrowArray array = {.length = 2,
                             .n_buffers = 1,
                             .buffers = buffers,
                             .n_children = 1,
                             .children = columns,
                             .release = ReleaseArray};
  struct ArrowSchema scores_schema;
  struct ArrowArray scores;
  EXPECT(influence_score_columns(engine, NULL, 0, &schema, &array,
                                 &scores_schema, &scores,
                                 &message) == INFLUENCE_OK);
  EXPECT(strcmp(scores_schema.children[0]->name, "score") == 0);
  /* 18 * log2(2) / log2(1 + 10^7) points, and a row in error. */
  EXPECT(((const int64_t*)scores.children[0]->buffers[1])[0] == 774077);
  EXPECT(scores.length == 2 && scores.children[0]->null_count == 1);
  scores_schema.release(&scores_schema);
  scores.release(&scores);

  influence_bytes_free(&list);
  influence_bytes_free(&table);
  influence_bytes_free(&response);
  influence_bytes_free(&response);
  influence_engine_free(engine);
  influence_engine_free(NULL);
  return 0;
}
