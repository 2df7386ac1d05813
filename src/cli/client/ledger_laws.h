// The laws that every ledger must keep, whoever wrote it.
#ifndef INFLUENCE_CLI_CLIENT_LEDGER_LAWS_H_
#define INFLUENCE_CLI_CLIENT_LEDGER_LAWS_H_

#include <string>
#include <vector>

#include "influence/abi1/influence.pb.h"

namespace influence::cli {

// Every law of influence.proto that a whole ledger breaks, in words.
std::vector<std::string> BrokenLaws(const abi1::Ledger& ledger);

// Every field of a ledger in which a stored one is not the recomputed one.
std::vector<std::string> Differences(const abi1::Ledger& stored,
                                     const abi1::Ledger& again);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_LEDGER_LAWS_H_
