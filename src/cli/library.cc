#include "cli/library.h"

namespace influence::cli {
namespace {

ExitCode ExitCodeOf(influence_status status) {
  switch (status) {
    case INFLUENCE_UNKNOWN_ALGORITHM:
    case INFLUENCE_ALGORITHM_MISMATCH:
      return kUnknownAlgorithm;
    case INFLUENCE_INVALID_ARGUMENT:
    case INFLUENCE_MALFORMED:
    case INFLUENCE_TOO_LARGE:
    case INFLUENCE_INVALID_ALGORITHM:
    case INFLUENCE_OUT_OF_RANGE:
    case INFLUENCE_INVALID_UTF8:
      return kBadData;
    default:
      return kInternal;
  }
}

}  // namespace

void Check(influence_status status, const Bytes& message) {
  if (status == INFLUENCE_OK) return;
  std::string text = influence_status_name(status);
  if (!message.str().empty()) text += ": " + message.str();
  throw Failure(ExitCodeOf(status), text);
}

}  // namespace influence::cli
