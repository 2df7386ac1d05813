// Compare, drift and what-if of the library, for the command: messages in and
// out, failures as exceptions.
#ifndef INFLUENCE_CLI_CLIENT_INSIGHT_CALLS_H_
#define INFLUENCE_CLI_CLIENT_INSIGHT_CALLS_H_

#include <memory>
#include <string>

#include "cli/basics/failure.h"
#include "cli/client/batch_table.h"
#include "cli/client/engine_handle.h"
#include "cli/client/library.h"
#include "influence/abi1/influence.pb.h"

namespace influence::cli {

abi1::CompareResponse CompareScores(const Engine& before, const Engine& after,
                                    const abi1::CompareRequest& request);

// A question that was asked on the command line and cannot be answered.
class Unanswered : public Failure {
 public:
  explicit Unanswered(const CallError& error)
      : Failure(kUsage, error.Words()),
        field_(error.field()),
        text_(error.text()) {}
  // A field of the request, as in "goals[0].network"; "" if no one is at fault.
  const std::string& field() const { return field_; }
  const std::string& text() const { return text_; }

 private:
  std::string field_;
  std::string text_;
};

// Throws Unanswered, or another Failure.
abi1::WhatIfResponse AskWhatIf(const Engine& engine,
                               const abi1::WhatIfRequest& request);

class Drift {
 public:
  Drift(const Engine& before, const Engine& after,
        const abi1::DriftOptions& options);
  void Add(const abi1::ScoreRequest& people);
  void Add(BatchTable* table);
  abi1::DriftReport Report() const;

 private:
  struct Free {
    void operator()(influence_drift* drift) const {
      influence_drift_free(drift);
    }
  };
  std::unique_ptr<influence_drift, Free> drift_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_INSIGHT_CALLS_H_
