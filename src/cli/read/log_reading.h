// Files of events, edges or seeds, one after the other: a bad row is a Failure,
// or goes to a file of its own.
#ifndef INFLUENCE_CLI_READ_LOG_READING_H_
#define INFLUENCE_CLI_READ_LOG_READING_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/client/event_batch.h"

namespace influence::cli {

struct LogFiles {
  std::vector<std::string> files;  // "-" is standard input
  std::string format;              // csv, jsonl, proto; empty: by the names
  std::string otherwise;           // of those whose names do not say
  bool allow_extra = false;
  std::string on_error = "stop";
  std::string errors;  // a file for bad rows, with "skip"
  const EventNames* names = &kEventNames;
  const char* counted = "events";  // what they have, in the plural
};

struct LogSink {
  // Adds the rows from `first` to before `last`; or none of them, if one is
  // refused, and says why.
  std::function<std::string(const EventBatch&, size_t first, size_t last)>
      add_rows;
  // Adds a message of a stream of them; throws Failure.
  std::function<void(std::string_view)> add_message;
};

// Reads all of the files. Shows progress, unless rows go to the same terminal.
// Throws Failure: kUsage for options, kBadData for the first row that cannot be
// read or that is refused, unless such rows go to the file of errors; stderr
// says how many did.
void ReadLogs(const LogFiles& logs, bool rows_to_terminal, const LogSink& sink);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_LOG_READING_H_
