// Compare, drift and what-if of the library, for the command: messages in and
// out, failures as exceptions.
#ifndef INFLUENCE_CLI_INSIGHT_CALLS_H_
#define INFLUENCE_CLI_INSIGHT_CALLS_H_

#include <memory>

#include "cli/batch_table.h"
#include "cli/engine.h"
#include "influence.pb.h"

namespace influence::cli {

wire::CompareResponse CompareScores(const Engine& before, const Engine& after,
                                    const wire::CompareRequest& request);

wire::WhatIfResponse AskWhatIf(const Engine& engine,
                               const wire::WhatIfRequest& request);

class Drift {
 public:
  Drift(const Engine& before, const Engine& after,
        const wire::DriftOptions& options);
  void Add(const wire::ScoreRequest& people);
  void Add(BatchTable* table);
  wire::DriftReport Finish() const;

 private:
  struct Free {
    void operator()(influence_drift* drift) const {
      influence_drift_free(drift);
    }
  };
  std::unique_ptr<influence_drift, Free> drift_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_INSIGHT_CALLS_H_
