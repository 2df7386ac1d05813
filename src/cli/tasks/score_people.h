// People as messages, scored in requests of a bounded size.
#ifndef INFLUENCE_CLI_TASKS_SCORE_PEOPLE_H_
#define INFLUENCE_CLI_TASKS_SCORE_PEOPLE_H_

#include <functional>
#include <string>

#include "cli/client/engine_handle.h"
#include "cli/read/people/people_file.h"
#include "cli/tasks/command_options.h"

namespace influence::cli {

// A request without profiles: what the input says of itself, then what the
// options say. Throws Failure(kUnknownAlgorithm) if either names another
// algorithm or fingerprint than the engine's.
abi1::ScoreRequest NewRequest(const ScoreOptions& options, const Engine& engine,
                              const abi1::ScoreRequest& head);

// The one request for a whole population. If the input is a request and the
// options change nothing of it, that is `text`, the input, byte for byte.
std::string RequestBytes(const Population& population,
                         abi1::ScoreRequest request, const std::string& text);

// Calls `use` with the result of each person who has one, in order; the others
// are refused in the population. `head` is the request without its profiles.
void ScorePopulation(const Engine& engine, const abi1::ScoreRequest& head,
                     Population* population,
                     const std::function<void(const abi1::Result&)>& use);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TASKS_SCORE_PEOPLE_H_
