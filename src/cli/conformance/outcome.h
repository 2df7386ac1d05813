// The library's answer to a request, and its canonical text.
#ifndef INFLUENCE_CLI_CONFORMANCE_OUTCOME_H_
#define INFLUENCE_CLI_CONFORMANCE_OUTCOME_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "influence/influence.h"

namespace influence::conformance {

// Score, low, high, coverage in micropoints, and the band.
inline constexpr size_t kHeadline = 5;

struct Result {
  std::string id;
  bool has_ledger = false;
  int64_t headline[kHeadline] = {};
  std::string rest;  // the other lines of the ledger
  bool has_error = false;
  int64_t code = 0;
  std::string field;  // without its leading "profiles[n]"
  bool has_text = false;
};

struct Answer {
  influence_status status = INFLUENCE_OK;
  std::string identity;  // the line; empty if the call failed
  std::vector<Result> results;
};

// Scores a request. The header's promises about every answer (a digest of the
// request, nothing beside a failure, an error's place in its batch) is checked
// here; a broken promise is a line `broken ...` in the text.
Answer Score(const influence_engine* engine, std::string_view request);

// The outcome lines of a case.
void Render(const Answer& answer, std::string* text);

}  // namespace influence::conformance

#endif  // INFLUENCE_CLI_CONFORMANCE_OUTCOME_H_
