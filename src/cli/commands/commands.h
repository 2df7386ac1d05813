// The subcommands of `influence`, one file each. Each function adds one, with
// its options, and what it does when it is asked for: that leaves its exit
// code, or throws Failure.
#ifndef INFLUENCE_CLI_COMMANDS_COMMANDS_H_
#define INFLUENCE_CLI_COMMANDS_COMMANDS_H_

#include <CLI/CLI.hpp>

#include "cli/basics/failure.h"

namespace influence::cli {

void AddScore(CLI::App* app, ExitCode* code);
void AddTally(CLI::App* app, ExitCode* code);
void AddTopics(CLI::App* app, ExitCode* code);
void AddExplain(CLI::App* app, ExitCode* code);
void AddStanding(CLI::App* app, ExitCode* code);
void AddCompare(CLI::App* app, ExitCode* code);
void AddDrift(CLI::App* app, ExitCode* code);
void AddWhatIf(CLI::App* app, ExitCode* code);
void AddAlgorithms(CLI::App* app, ExitCode* code);
void AddVerify(CLI::App* app, ExitCode* code);
void AddReport(CLI::App* app, ExitCode* code);
void AddCard(CLI::App* app, ExitCode* code);
void AddSchema(CLI::App* app, ExitCode* code);
void AddSelftest(CLI::App* app, ExitCode* code);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_COMMANDS_COMMANDS_H_
