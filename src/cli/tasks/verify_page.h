// `influence verify` of a page that `influence report` made.
#ifndef INFLUENCE_CLI_TASKS_VERIFY_PAGE_H_
#define INFLUENCE_CLI_TASKS_VERIFY_PAGE_H_

#include <string>

#include "cli/basics/failure.h"

namespace influence::cli {

// Whether the file is a report, and whether it says what its facts give.
bool IsReport(const std::string& text);
ExitCode VerifyReport(const std::string& text);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TASKS_VERIFY_PAGE_H_
