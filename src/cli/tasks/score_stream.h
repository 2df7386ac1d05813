// A population of any size, a batch of columns at a time.
#ifndef INFLUENCE_CLI_TASKS_SCORE_STREAM_H_
#define INFLUENCE_CLI_TASKS_SCORE_STREAM_H_

#include "cli/client/engine_handle.h"
#include "cli/read/people/people_file.h"
#include "cli/tasks/command_options.h"
#include "cli/write/complaint_writer.h"
#include "cli/write/output_file.h"

namespace influence::cli {

// Scores CSV or JSONL to CSV or JSONL. `complaints` is NULL if bad rows are not
// skipped. A person whose rows do not stand together is noticed as far as an
// IdLedger can.
void ScoreStream(const ScoreOptions& options, const Engine& engine,
                 const Population::Options& population_options, Output* output,
                 ComplaintWriter* complaints);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TASKS_SCORE_STREAM_H_
