// The options that several subcommands have: their values, how a subcommand
// gets them, and the rules between them.
#ifndef INFLUENCE_CLI_TASKS_COMMAND_OPTIONS_H_
#define INFLUENCE_CLI_TASKS_COMMAND_OPTIONS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/read/edge_log.h"
#include "cli/read/event_log.h"
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
  std::string id;       // of a subcommand about one person
  uint32_t top = 5;     // how many actors are named for a factor
  EventOptions events;  // instead of the input, if there are any
  StandingOptions standing;
};

// The options of a subcommand that tallies events.
struct TallyingOptions {
  AlgorithmOptions algorithm;
  EventOptions events;
  std::string format;
  std::string output;
};

// Accepts text, which the library takes as UTF-8 alone; the name of a file is
// any bytes.
CLI::Validator IsUtf8Text();

void AddAlgorithm(CLI::App* app, AlgorithmOptions* options);
void AddSides(CLI::App* app, AlgorithmOptions* before, AlgorithmOptions* after);
void AddInputFormat(CLI::App* app, const char* what, std::string* format,
                    bool* allow_extra);
void AddFormat(CLI::App* app, const std::vector<std::string>& formats,
               std::string* format);
void AddOutput(CLI::App* app, std::string* output);
void AddThreads(CLI::App* app, const char* what, uint32_t* threads);
void AddTop(CLI::App* app, const char* what, uint32_t least, uint32_t* top);
void AddOnError(CLI::App* app, std::string* on_error, std::string* errors);
// --memory and --temporary-folder.
void AddMemory(CLI::App* app, uint64_t* memory_bytes, std::string* folder);
CLI::Option* AddFuture(CLI::App* app, const char* what, std::string* future);
void AddEventsOption(CLI::App* app, const char* what,
                     std::vector<std::string>* files);
void AddSeeds(CLI::App* app, StandingOptions* options);
void AddEdges(CLI::App* app, const char* what, StandingOptions* options);

// The options of a subcommand that scores profiles, but for --events.
void AddScoringOfProfiles(CLI::App* app,
                          const std::vector<std::string>& formats,
                          const char* edges, ScoreOptions* options);

// The same with --events, of which a tally makes the profiles.
void AddScoring(CLI::App* app, const std::vector<std::string>& formats,
                ScoreOptions* options);

void AddTallying(CLI::App* app, const std::vector<std::string>& formats,
                 TallyingOptions* options);

// Throws Failure(kUsage) for an option that was given and needs another, of
// which CLI11's needs() can name only one.
void RequireFor(const CLI::App& app, const std::vector<std::string>& names,
                bool has_other, const std::string& other);

// After parsing what AddScoring() added: events and edges are read by the
// options that profiles are read by. Throws Failure(kUsage) for an option that
// would do nothing.
void ShareReading(const CLI::App& app, ScoreOptions* options);

// Throws Failure(kUsage) if two inputs are standard input, or if an output is
// an input, whose contents it would replace, or another output. Empty names are
// files that were not asked for. The inputs of a standing are inputs, too.
void CheckFiles(std::vector<std::string> inputs,
                const std::vector<std::string>& outputs,
                const StandingOptions& standing = {});

// The same for a subcommand that reads events, and writes `output`.
void CheckEventFiles(const EventOptions& events,
                     const AlgorithmOptions& algorithm,
                     const std::string& output,
                     const StandingOptions& standing = {});

// How to read the input; throws Failure(kUsage) if nothing says its format.
Population::Options PopulationOptions(const InputOptions& input);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TASKS_COMMAND_OPTIONS_H_
