// The drift of a population: what another algorithm does to everybody.
#ifndef INFLUENCE_CLI_TASKS_DRIFT_PEOPLE_H_
#define INFLUENCE_CLI_TASKS_DRIFT_PEOPLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "cli/client/standing_handle.h"
#include "cli/read/stored.h"
#include "cli/tasks/command_options.h"

namespace influence::cli {

struct DriftOptions {
  InputOptions input;
  AlgorithmOptions before, after;
  std::vector<std::string> by;  // slices
  uint32_t top = 10;
  uint32_t threads = 1;
};

// Scores everybody in the input under both algorithms. Throws Failure.
abi1::DriftReport DriftOf(const DriftOptions& command,
                          const Standing* standing = nullptr);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TASKS_DRIFT_PEOPLE_H_
