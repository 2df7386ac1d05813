/* Scores the people of a CSV file, line by line of the sum; pins the algorithm,
 * and meets a bad profile. C11 and libinfluence, and nothing else: columns need
 * no protobuf.
 *
 *     cc -std=c11 score.c $(pkg-config --cflags --libs influence) -o score
 *     ./score people.csv
 */
#include <influence/influence.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kMostPeople = 1000, kSignals = 4 };
static const char* const kNames[kSignals] = {"mentions", "reshares",
                                             "followers", "likes"};
/* A serialized ColumnsOptions: fingerprint (v1, and no other table), points. */
static const char kOptions[] =
    "\x12\x40"
    "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0"
    "\x30\x01";

static char ids[kMostPeople][INFLUENCE_MAX_ID_BYTES + 1];
static int64_t counts[kSignals][kMostPeople];
static uint8_t known[kSignals][kMostPeople / 8 + 1];

/* An empty cell is unknown, which is not zero. Returns how many people. */
static int64_t Read(FILE* file) {
  char row[1024];
  int64_t people = 0;
  if (fgets(row, sizeof row, file) == NULL) return 0; /* the header */
  while (people < kMostPeople && fgets(row, sizeof row, file) != NULL) {
    char* cell = row;
    for (int column = -1; column < kSignals && cell != NULL; ++column) {
      char* next = strchr(cell, ',');
      if (next != NULL) *next++ = '\0';
      cell[strcspn(cell, "\r\n")] = '\0';
      if (column < 0) {
        snprintf(ids[people], sizeof ids[people], "%.*s",
                 INFLUENCE_MAX_ID_BYTES, cell);
      } else if (*cell != '\0') {
        counts[column][people] = strtoll(cell, NULL, 10);
        known[column][people / 8] |= (uint8_t)(1 << people % 8);
      }
      cell = next;
    }
    ++people;
  }
  return people;
}

static void ReleaseSchema(struct ArrowSchema* schema) {
  schema->release = NULL;
}
static void ReleaseArray(struct ArrowArray* array) { array->release = NULL; }

static int IsNull(const struct ArrowArray* column, int64_t row) {
  const uint8_t* valid = column->buffers[0];
  return valid != NULL && (valid[row / 8] >> row % 8 & 1) == 0;
}

static void PrintPoints(int64_t micropoints) {
  printf("%" PRId64 ".%06" PRId64, micropoints / 1000000,
         micropoints % 1000000);
}

static void Print(const struct ArrowSchema* schema,
                  const struct ArrowArray* scores) {
  const struct ArrowArray* score = scores->children[0];
  for (int64_t row = 0; row < scores->length; ++row) {
    if (!IsNull(score, row)) {
      printf("%s: ", ids[row]);
      PrintPoints(((const int64_t*)score->buffers[1])[row]);
      printf(" points\n");
    }
    for (int64_t i = 0; i < scores->n_children; ++i) {
      const struct ArrowArray* column = scores->children[i];
      const char* name = schema->children[i]->name;
      if (IsNull(column, row)) continue;
      if (strcmp(name, "error") == 0) {
        const influence_status why = ((const int32_t*)column->buffers[1])[row];
        printf("%s has no score: %s", ids[row], influence_status_name(why));
      } else if (strcmp(name, "error_field") == 0) {
        const int8_t word = ((const int8_t*)column->buffers[1])[row];
        const int32_t* ends = column->dictionary->buffers[1];
        const char* text = column->dictionary->buffers[2];
        printf(": %.*s\n", (int)(ends[word + 1] - ends[word]),
               text + ends[word]);
      } else if (strncmp(name, "points_", 7) == 0) {
        printf("  %-13s ", name + 7);
        PrintPoints(((const int64_t*)column->buffers[1])[row]);
        printf("\n");
      }
    }
  }
}

int main(int argc, char** argv) {
  FILE* file = argc == 2 ? fopen(argv[1], "r") : NULL;
  if (file == NULL) {
    fprintf(stderr, "score FILE\n");
    return 2;
  }
  const int64_t people = Read(file);
  fclose(file);

  const void* buffers[kSignals][2];
  const void* none[1] = {NULL};
  struct ArrowSchema fields[kSignals], *field_list[kSignals];
  struct ArrowArray columns[kSignals], *column_list[kSignals];
  for (int i = 0; i < kSignals; ++i) {
    buffers[i][0] = known[i];
    buffers[i][1] = counts[i];
    fields[i] = (struct ArrowSchema){
        .format = "l", .name = kNames[i], .release = ReleaseSchema};
    columns[i] = (struct ArrowArray){.length = people,
                                     .null_count = -1,
                                     .n_buffers = 2,
                                     .buffers = buffers[i],
                                     .release = ReleaseArray};
    field_list[i] = &fields[i];
    column_list[i] = &columns[i];
  }
  struct ArrowSchema schema = {.format = "+s",
                               .name = "",
                               .n_children = kSignals,
                               .children = field_list,
                               .release = ReleaseSchema};
  struct ArrowArray array = {.length = people,
                             .n_buffers = 1,
                             .buffers = none,
                             .n_children = kSignals,
                             .children = column_list,
                             .release = ReleaseArray};
  struct ArrowSchema out_schema;
  struct ArrowArray scores;
  influence_engine* engine = NULL;
  influence_bytes message = {0};
  influence_status status = influence_engine_new("v1", 2, &engine, &message);
  if (status == INFLUENCE_OK) {
    status = influence_score_columns(engine, (const uint8_t*)kOptions,
                                     sizeof kOptions - 1, &schema, &array,
                                     &out_schema, &scores, &message);
  }
  if (status == INFLUENCE_OK) {
    Print(&out_schema, &scores);
    out_schema.release(&out_schema);
    scores.release(&scores);
  } else {
    fprintf(stderr, "%s: %s\n", influence_status_name(status),
            message.data ? (const char*)message.data : "");
  }
  influence_bytes_free(&message);
  influence_engine_free(engine);
  return status == INFLUENCE_OK ? 0 : 1;
}
