// What must hold in any ledger, whoever wrote it.
#ifndef INFLUENCE_CLI_LAWS_H_
#define INFLUENCE_CLI_LAWS_H_

#include <string>
#include <vector>

#include "influence.pb.h"

namespace influence::cli {

// Every law of proto/influence.proto that a whole ledger breaks, in words.
std::vector<std::string> BrokenLaws(const wire::Ledger& ledger);

// Every field of a ledger in which a stored one is not the recomputed one.
std::vector<std::string> Differences(const wire::Ledger& stored,
                                     const wire::Ledger& again);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_LAWS_H_
