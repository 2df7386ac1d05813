// People as messages, scored in requests of a bounded size.
#ifndef INFLUENCE_CLI_COMMANDS_SCORE_PEOPLE_H_
#define INFLUENCE_CLI_COMMANDS_SCORE_PEOPLE_H_

#include <functional>

#include "cli/client/engine_handle.h"
#include "cli/read/people/people_file.h"

namespace influence::cli {

// Calls `use` with the result of each person who has one, in order; the others
// are refused in the population. `head` is the request without its profiles.
void ScorePopulation(const Engine& engine, const abi1::ScoreRequest& head,
                     Population* population,
                     const std::function<void(const abi1::Result&)>& use);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_COMMANDS_SCORE_PEOPLE_H_
