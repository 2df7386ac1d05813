// Logs of events into one tally, and how to ask for it.
#ifndef INFLUENCE_CLI_READ_EVENT_LOG_H_
#define INFLUENCE_CLI_READ_EVENT_LOG_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/client/engine_handle.h"
#include "cli/client/tally_handle.h"
#include "influence/abi1/influence.pb.h"

namespace influence::cli {

struct EventOptions {
  std::vector<std::string> files;  // "-" is standard input
  std::string format;              // csv, jsonl, proto; empty: by the names
  bool allow_extra = false;
  std::string as_of;
  std::string future = "refuse";
  uint32_t threads = 1;
  uint64_t memory_bytes = 0;  // 0: no limit
  std::string temporary;      // the folder for what does not fit
  std::string report;  // a file for what was counted and what was ignored
  std::string on_error = "stop";
  std::string errors;  // a file for rows that cannot be read, with "skip"
};

// Checks the options before anything is read. Throws Failure(kUsage).
abi1::TallyOptions NewTallyOptions(const EventOptions& options,
                                   const Engine& engine);

// Reads all of the files. Shows progress, unless rows go to the same terminal;
// says on stderr what was ignored and why, and in the file of --report, as
// JSON, all that was counted. Throws Failure: kUsage for options, kBadData for
// the first row that cannot be read or that the library refuses, unless such
// rows go to the file of --errors.
std::unique_ptr<Tally> TallyEvents(const EventOptions& options,
                                   const Engine& engine, bool rows_to_terminal);

// Returns a request without its profiles, which names the graph of a standing.
abi1::ScoreRequest HeadOf(const Tally& tally, const Engine& engine,
                          const Standing* standing = nullptr);

// The profiles of a tally as the one ScoreRequest that scores them, which says
// what it was made from; nothing if they do not fit into one.
std::optional<std::string> RequestOf(const Tally& tally, const Engine& engine,
                                     const Standing* standing = nullptr);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_EVENT_LOG_H_
