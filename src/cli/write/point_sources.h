// The sources of a person's points, in words and in rows.
#ifndef INFLUENCE_CLI_WRITE_POINT_SOURCES_H_
#define INFLUENCE_CLI_WRITE_POINT_SOURCES_H_

#include <string>

#include "influence/abi1/influence.pb.h"

namespace influence::cli {

// For people: a paragraph for each factor and network, then the topics.
std::string SourcesAsText(const abi1::SubjectReport& report);
std::string SourcesAsMarkdown(const abi1::SubjectReport& report);

// factor,network,actor,count,quantity,points: the top actors, all others, and
// what rounding left, so that each factor's rows sum to its line of the ledger.
std::string SourcesAsCsv(const abi1::SubjectReport& report);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_WRITE_POINT_SOURCES_H_
