// `influence compare`, `drift` and `what-if`.
#ifndef INFLUENCE_CLI_INSIGHT_COMMANDS_H_
#define INFLUENCE_CLI_INSIGHT_COMMANDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/failure.h"

namespace influence::cli {

struct CompareOptions {
  // Results that were stored, or profiles (.csv, .jsonl, .pb).
  std::string before_file, after_file;
  // Of profiles, required; of results, the file of a custom algorithm.
  AlgorithmOptions before, after;
  std::string before_as_of, after_as_of;  // of profiles
  std::string id;                         // may be empty if there is one
  std::string format = "text";
  LanguageOptions language;
  std::string output;
};

struct DriftCommand {
  InputOptions input;
  AlgorithmOptions before, after;
  std::vector<std::string> by;  // slices
  uint32_t top = 10;
  uint32_t threads = 1;
  std::string max_moved;  // "5%"; empty: no gate
  std::string format = "text";
  LanguageOptions language;
  std::string output;
};

struct WhatIfOptions {
  ScoreOptions score;              // of profiles, or of events
  std::vector<std::string> set;    // "followers=12000", "x:followers=unknown"
  std::vector<std::string> curve;  // "audience=0,1000,2000"
  std::vector<std::string> gain;   // "listings=5": points
  LanguageOptions language;
};

// The drift that the command asks for, as far as adding everybody up goes.
abi1::DriftReport DriftOf(const DriftCommand& command,
                          const Standing* standing = nullptr);

ExitCode RunCompare(const CompareOptions& options);
ExitCode RunDrift(const DriftCommand& command);
ExitCode RunWhatIf(const WhatIfOptions& options);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_INSIGHT_COMMANDS_H_
