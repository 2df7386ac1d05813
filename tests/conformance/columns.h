// Scores accounts as a table, through influence_score_columns().
#ifndef INFLUENCE_TESTS_CONFORMANCE_COLUMNS_H_
#define INFLUENCE_TESTS_CONFORMANCE_COLUMNS_H_

#include <cstdint>
#include <vector>

#include "cli/conformance/corpus_request.h"
#include "cli/conformance/outcome.h"

namespace influence::conformance {

struct ColumnResult {
  int64_t code = 0;
  int64_t headline[kHeadline] = {};
};

// One result a row, in order. Throws std::runtime_error if the call fails.
std::vector<ColumnResult> ScoreColumns(const influence_engine* engine,
                                       uint32_t threads,
                                       const std::vector<const Account*>& rows);

}  // namespace influence::conformance

#endif  // INFLUENCE_TESTS_CONFORMANCE_COLUMNS_H_
