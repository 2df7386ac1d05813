// What `influence` does, one function a subcommand. Each returns the exit code
// or throws Failure.
#ifndef INFLUENCE_CLI_COMMANDS_COMMANDS_H_
#define INFLUENCE_CLI_COMMANDS_COMMANDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "cli/basics/failure.h"
#include "cli/client/engine_handle.h"
#include "cli/commands/pages.h"
#include "cli/read/edge_log.h"
#include "cli/read/event_log.h"
#include "cli/read/inputs.h"
#include "cli/read/people/people_file.h"
#include "cli/read/stored.h"

namespace influence::cli {

struct InputOptions {
  std::string file;    // "-" is standard input
  std::string format;  // csv, jsonl, proto; empty: by the file's name
  bool allow_extra = false;
};

struct ScoreOptions {
  AlgorithmOptions algorithm;
  InputOptions input;
  std::string format = "table";
  std::string output;
  std::string on_error = "stop";
  std::string errors;
  std::string as_of;
  std::string fingerprint;
  uint32_t threads = 1;
  std::string id;       // explain only, as `top`
  uint32_t top = 5;     // how many actors are named for a factor
  EventOptions events;  // instead of the input, if there are any
  StandingOptions standing;
};

struct TallyCommand {
  AlgorithmOptions algorithm;
  EventOptions events;
  std::string format;
  std::string output;
  std::string id;  // topics only; empty: everybody
};

struct StandingCommand {
  AlgorithmOptions algorithm;
  StandingOptions standing;
  EventOptions events;  // instead of edges, if there are any
  std::string format = "table";
  std::string output;
  std::string report;  // a file for what was run on what
  std::string id;      // only this node, opened
  uint32_t top = 20;
};

struct ReportOptions {
  ScoreOptions score;  // its format is a page's
  std::string before;
  std::string before_algorithm_file;
  LanguageOptions language;
  bool population = false;
  AlgorithmOptions drift_to;    // with population: what it would do to it
  std::vector<std::string> by;  // slices of that
  uint32_t top = 10;
  // Something stored instead, JSON or bytes.
  std::string result, drift, comparison, what_if;
};

struct CardOptions {
  AlgorithmOptions algorithm;
  std::string format = "markdown";
  LanguageOptions language;
  std::string output;
};

struct VerifyOptions {
  std::string result;
  std::string request;
  std::string algorithm_file;
  StandingOptions standing;  // its graph, made again
  EventOptions events;       // of these, without edges
  bool has_options = false;  // any but the result
};

struct SelftestOptions {
  std::string algorithm;  // empty: every released one
  std::string write;
  std::string corpus;
};

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

ExitCode RunScore(const ScoreOptions& options);
ExitCode RunExplain(const ScoreOptions& options);
ExitCode RunTally(const TallyCommand& options);
ExitCode RunStanding(const StandingCommand& options);
ExitCode RunTopics(const TallyCommand& options);
ExitCode RunAlgorithms(const std::string& format);
ExitCode RunShowAlgorithm(const AlgorithmOptions& algorithm,
                          const std::string& format,
                          const LanguageOptions& language);
ExitCode RunVerify(const VerifyOptions& options);
ExitCode RunReport(const ReportOptions& options);
ExitCode RunCard(const CardOptions& options);
ExitCode RunCompare(const CompareOptions& options);
ExitCode RunDrift(const DriftCommand& command);
ExitCode RunWhatIf(const WhatIfOptions& options);
ExitCode RunSchema();
ExitCode RunSelftest(const SelftestOptions& options);

// Shared by the subcommands.

// Throws Failure(kUsage) if two inputs are standard input, or if an output is
// an input, whose contents it would replace, or another output. Empty names are
// files that were not asked for. The inputs of a standing are inputs, too.
void CheckFiles(std::vector<std::string> inputs,
                const std::vector<std::string>& outputs,
                const StandingOptions& standing = {});

// The same for a command that reads events, and writes `output`.
void CheckEventFiles(const EventOptions& events,
                     const AlgorithmOptions& algorithm,
                     const std::string& output,
                     const StandingOptions& standing = {});

// How to read the input; throws Failure(kUsage) if nothing says what it is.
Population::Options PopulationOptions(const InputOptions& input);

// A request without profiles: what the input says of itself, then what the
// options say. Throws Failure(kUnknownAlgorithm) if either names another
// algorithm or fingerprint than the engine's.
abi1::ScoreRequest NewRequest(const ScoreOptions& options, const Engine& engine,
                              const abi1::ScoreRequest& head);

// The one request for a whole population. If the input is a request and the
// options change nothing of it, that is `text`, the input, byte for byte.
std::string RequestBytes(const Population& population,
                         abi1::ScoreRequest request, const std::string& text);

// One person's result, with the whole ledger. Throws Failure if nobody has the
// id, or the library refuses their facts.
abi1::ScoreResponse ScoreOne(const ScoreOptions& options, const Engine& engine,
                             abi1::Rendering rendering,
                             const Standing* standing = nullptr);

// The drift that the command asks for, as far as adding everybody up goes.
abi1::DriftReport DriftOf(const DriftCommand& command,
                          const Standing* standing = nullptr);

// Whether the file is a report, and whether it says what its facts give.
bool IsReport(const std::string& text);
ExitCode VerifyReport(const std::string& text);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_COMMANDS_COMMANDS_H_
