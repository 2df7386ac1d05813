#include "cli/insight_calls.h"

#include "cli/library.h"

namespace influence::cli {

wire::CompareResponse CompareScores(const Engine& before, const Engine& after,
                                    const wire::CompareRequest& request) {
  const std::string bytes = request.SerializeAsString();
  Bytes response, message;
  Check(influence_compare(before.get(), after.get(), DataOf(bytes),
                          bytes.size(), response.out(), message.out()),
        message);
  return Parse<wire::CompareResponse>(response.str());
}

wire::WhatIfResponse AskWhatIf(const Engine& engine,
                               const wire::WhatIfRequest& request) {
  const std::string bytes = request.SerializeAsString();
  Bytes response, message;
  const influence_status status = influence_what_if(
      engine.get(), DataOf(bytes), bytes.size(), response.out(), message.out());
  // The facts were scored already: it is what was asked on the line.
  if (status == INFLUENCE_INVALID_ARGUMENT ||
      status == INFLUENCE_OUT_OF_RANGE || status == INFLUENCE_TOO_LARGE) {
    throw Failure(kUsage, message.str());
  }
  Check(status, message);
  return Parse<wire::WhatIfResponse>(response.str());
}

Drift::Drift(const Engine& before, const Engine& after,
             const wire::DriftOptions& options) {
  const std::string bytes = options.SerializeAsString();
  influence_drift* drift = nullptr;
  Bytes message;
  const influence_status status =
      influence_drift_new(before.get(), after.get(), DataOf(bytes),
                          bytes.size(), &drift, message.out());
  if (status == INFLUENCE_INVALID_ARGUMENT) {
    throw Failure(kUsage, message.str());
  }
  Check(status, message);
  drift_.reset(drift);
}

void Drift::Add(const wire::ScoreRequest& people) {
  const std::string bytes = people.SerializeAsString();
  Bytes message;
  Check(influence_drift_add(drift_.get(), DataOf(bytes), bytes.size(),
                            message.out()),
        message);
}

void Drift::Add(BatchTable* table) {
  Bytes message;
  Check(influence_drift_add_columns(drift_.get(), &table->schema.value,
                                    &table->array.value, message.out()),
        message);
}

wire::DriftReport Drift::Finish() const {
  Bytes report, message;
  Check(influence_drift_finish(drift_.get(), report.out(), message.out()),
        message);
  return Parse<wire::DriftReport>(report.str());
}

}  // namespace influence::cli
