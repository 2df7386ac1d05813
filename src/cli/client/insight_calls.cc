// Calls of compare, what-if and drift, with messages in and out.
#include "cli/client/insight_calls.h"

#include "cli/client/library.h"

namespace influence::cli {

abi1::CompareResponse CompareScores(const Engine& before, const Engine& after,
                                    const abi1::CompareRequest& request) {
  const std::string bytes = request.SerializeAsString();
  Bytes response;
  CallError error;
  Check(influence_compare(before.get(), after.get(), DataOf(bytes),
                          bytes.size(), response.out(), error.out()),
        error);
  return Parse<abi1::CompareResponse>(response.str());
}

abi1::WhatIfResponse AskWhatIf(const Engine& engine,
                               const abi1::WhatIfRequest& request) {
  const std::string bytes = request.SerializeAsString();
  Bytes response;
  CallError error;
  const influence_status status = influence_what_if(
      engine.get(), DataOf(bytes), bytes.size(), response.out(), error.out());
  // The facts were scored already: it is what was asked on the line.
  if (status == INFLUENCE_INVALID_ARGUMENT ||
      status == INFLUENCE_OUT_OF_RANGE || status == INFLUENCE_TOO_LARGE) {
    throw Unanswered(error);
  }
  Check(status, error);
  return Parse<abi1::WhatIfResponse>(response.str());
}

Drift::Drift(const Engine& before, const Engine& after,
             const abi1::DriftOptions& options) {
  const std::string bytes = options.SerializeAsString();
  influence_drift* drift = nullptr;
  CallError error;
  const influence_status status =
      influence_drift_new(before.get(), after.get(), DataOf(bytes),
                          bytes.size(), &drift, error.out());
  if (status == INFLUENCE_INVALID_ARGUMENT) {
    throw Failure(kUsage, error.Words());
  }
  Check(status, error);
  drift_.reset(drift);
}

void Drift::Add(const abi1::ScoreRequest& people) {
  const std::string bytes = people.SerializeAsString();
  CallError error;
  Check(influence_drift_add(drift_.get(), DataOf(bytes), bytes.size(),
                            error.out()),
        error);
}

void Drift::Add(BatchTable* table) {
  CallError error;
  Check(influence_drift_add_columns(drift_.get(), &table->schema.value,
                                    &table->array.value, error.out()),
        error);
}

abi1::DriftReport Drift::Report() const {
  Bytes report;
  CallError error;
  Check(influence_drift_report(drift_.get(), report.out(), error.out()), error);
  return Parse<abi1::DriftReport>(report.str());
}

}  // namespace influence::cli
