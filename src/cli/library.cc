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

std::string FaultInMessage(std::string_view message) {
  // "row 3: weight: is ..." of a table, "edges[3].from: is ..." of a list.
  const size_t place = message.find(": ");
  if (place == std::string_view::npos) return "";
  if (message.substr(0, 4) == "row ") {
    return std::string(message.substr(place + 2));
  }
  const size_t dot = message.find("].");
  if (dot < place) return std::string(message.substr(dot + 2));
  return "";
}

std::string FaultOfRow(influence_status status, const Bytes& message) {
  if (status == INFLUENCE_INVALID_ARGUMENT || status == INFLUENCE_TOO_LARGE ||
      status == INFLUENCE_OUT_OF_RANGE) {
    std::string fault = FaultInMessage(message.str());
    if (!fault.empty()) return fault;
  }
  Check(status, message);
  return "";
}

}  // namespace influence::cli
