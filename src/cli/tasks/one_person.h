// One person, found in a population by id, or opened in a log of events.
#ifndef INFLUENCE_CLI_TASKS_ONE_PERSON_H_
#define INFLUENCE_CLI_TASKS_ONE_PERSON_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/client/standing_handle.h"
#include "cli/client/tally_handle.h"
#include "cli/read/people/people_file.h"
#include "cli/tasks/command_options.h"

namespace influence::cli {

// The people of a file of whom one is asked about. Throws Failure(kBadData) for
// a bad row of theirs, and for one that does not say whose it is; those of
// others are passed over, and stderr says so.
std::unique_ptr<Population> ReadForOne(const std::string& id,
                                       std::string_view text,
                                       Population::Options options);

// Throws Failure(kBadData) if nobody has the id, with ids that are near it, or
// more than one has. `file` is the input's name.
const Person& FindPerson(const std::string& id, const std::string& file,
                         const std::vector<Person>& people);

// The standing of everybody, by the options' edges or those of the tally; null
// if it was not asked for.
std::unique_ptr<Standing> StandingOf(const ScoreOptions& options,
                                     const Engine& engine, const Tally* tally,
                                     bool rows_to_terminal);

// The person of the options as a node of the graph, if they are one.
std::optional<abi1::NodeReport> FindNode(const Standing& standing,
                                         const ScoreOptions& options);

// One person's result, with the whole ledger. Throws Failure if nobody has the
// id, or the library refuses their facts.
abi1::ScoreResponse ScoreOne(const ScoreOptions& options, const Engine& engine,
                             abi1::Rendering rendering,
                             const Standing* standing = nullptr);

// One person of the options' events: where their points come from, and the
// request for their score.
struct OpenedPerson {
  std::unique_ptr<Tally> tally;
  std::unique_ptr<Standing> standing;
  std::optional<abi1::NodeReport> node;  // if they are one of the graph
  abi1::SubjectReport report;
  abi1::ScoreRequest request;
};
OpenedPerson OpenPerson(const ScoreOptions& options, const Engine& engine,
                        bool carriers, bool rows_to_terminal);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TASKS_ONE_PERSON_H_
