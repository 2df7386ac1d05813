// The people of a tally, scored as they come out of it.
#ifndef INFLUENCE_CLI_TASKS_SCORE_TALLY_H_
#define INFLUENCE_CLI_TASKS_SCORE_TALLY_H_

#include "cli/client/engine_handle.h"
#include "cli/client/standing_handle.h"
#include "cli/client/tally_handle.h"
#include "cli/tasks/command_options.h"
#include "cli/write/output_file.h"

namespace influence::cli {

// Writes everybody's row in the options' format: table, markdown, csv or jsonl.
// The memory that it needs does not grow with their number. `standing` may be
// NULL. Throws Failure(kBadData) if the library refuses somebody.
void ScoreTally(const ScoreOptions& options, const Engine& engine,
                const Tally& tally, const Standing* standing, Output* output);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TASKS_SCORE_TALLY_H_
