/* Scores the people of a CSV file by four counts each, and meets a bad one. C11
 * and libinfluence, and nothing else.
 *
 *     cc -std=c11 score.c $(pkg-config --cflags --libs influence) -o score
 *     ./score people.csv
 */
#include <influence/influence.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The columns of the file after the id. */
static const int kColumns[] = {INFLUENCE_MENTIONS, INFLUENCE_RESHARES,
                               INFLUENCE_FOLLOWERS, INFLUENCE_LIKES};

/* Scores a row: id,mentions,reshares,followers,likes. */
static void Score(const influence_engine* v1, char* row) {
  enum { kSignals = INFLUENCE_FOLLOWERS + 1 };
  int64_t counts[kSignals], score = 0;
  for (int i = 0; i < kSignals; ++i) counts[i] = INFLUENCE_UNKNOWN;
  char* cell = strchr(row, ',');
  for (int i = 0; i < 4 && cell != NULL; ++i) {
    *cell++ = '\0';
    char* end;
    const int64_t count = strtoll(cell, &end, 10);
    /* An empty cell is unknown, which is not zero. */
    if (end != cell) counts[kColumns[i]] = count;
    cell = strchr(end, ',');
  }
  char points[INFLUENCE_POINTS_BYTES];
  influence_error* error = NULL;
  const influence_status status = influence_score_counts(
      v1, counts, kSignals, &score, NULL, NULL, NULL, &error);
  if (status == INFLUENCE_OK) {
    influence_format_points(score, 6, points, sizeof points);
    printf("%s: %s points\n", row, points);
  } else {
    printf("%s has no score: %s: %s\n", row, influence_status_name(status),
           influence_error_text(error));
  }
  influence_error_free(error);
}

int main(int argc, char** argv) {
  char row[1024];
  influence_engine* v1 = NULL;
  FILE* file = argc == 2 ? fopen(argv[1], "r") : NULL;
  if (file == NULL || fgets(row, sizeof row, file) == NULL || /* the header */
      influence_engine_open("v1", &v1, NULL) != INFLUENCE_OK) {
    fprintf(stderr, "score FILE\n");
    return 2;
  }
  while (fgets(row, sizeof row, file) != NULL) Score(v1, row);
  fclose(file);
  influence_engine_free(v1);
  return 0;
}
