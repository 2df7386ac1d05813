// How the command stops: an exit code and a line on stderr.
#ifndef INFLUENCE_CLI_BASICS_FAILURE_H_
#define INFLUENCE_CLI_BASICS_FAILURE_H_

#include <stdexcept>
#include <string>

namespace influence::cli {

// Part of the command's interface; `influence schema` prints them.
enum ExitCode {
  kFine = 0,
  kCheckFailed = 1,
  kUsage = 2,
  kBadData = 3,
  kUnknownAlgorithm = 4,  // or a fingerprint that does not match
  kInternal = 5,          // also: output that could not be written
};

class Failure : public std::runtime_error {
 public:
  Failure(ExitCode code, const std::string& message)
      : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_FAILURE_H_
