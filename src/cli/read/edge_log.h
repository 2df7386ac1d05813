// Edges and seeds from files, or edges from a tally, into a standing; and how
// to ask for it.
#ifndef INFLUENCE_CLI_READ_EDGE_LOG_H_
#define INFLUENCE_CLI_READ_EDGE_LOG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/client/engine_handle.h"
#include "cli/client/standing_handle.h"
#include "cli/client/tally_handle.h"

namespace influence::cli {

inline constexpr char kWithoutSeeds[] =
    "without seeds there is no standing: give --seeds FILE, or say "
    "--uniform-seeds";

struct StandingOptions {
  std::vector<std::string> edges;  // files; "-" is standard input
  std::string seeds;               // a file
  bool uniform_seeds = false;
  std::string format;  // of all these; csv, jsonl, proto; empty: by the names
  std::string otherwise;  // of those whose names do not say
  bool allow_extra = false;
  uint32_t threads = 1;
  uint64_t memory_bytes = 0;  // of edges; 0: no limit
  std::string temporary;      // the folder for what does not fit
  std::string on_error = "stop";
  std::string errors;        // a file for bad rows of edges, with "skip"
  std::string graph_digest;  // refuse another
  std::string seeds_digest;

  // Whether a standing is asked for. Throws Failure(kUsage) if it is asked for
  // by halves.
  bool IsAsked() const;
};

// Reads the edges, or takes those of the tally if there are no files of them,
// then the seeds, and lets influence flow. Shows progress, unless rows go to
// the same terminal; says on stderr what was ignored. Throws Failure.
std::unique_ptr<Standing> MakeStanding(const StandingOptions& options,
                                       const Engine& engine, const Tally* tally,
                                       bool rows_to_terminal);

// Says in words where a node's standing comes from.
std::string NodeAsText(const abi1::NodeReport& node);
std::string NodeAsMarkdown(const abi1::NodeReport& node);
// The same of somebody who is none, in the graph of a report.
std::string NoNodeAsText(const abi1::StandingReport& report);
std::string NoNodeAsMarkdown(const abi1::StandingReport& report);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_EDGE_LOG_H_
