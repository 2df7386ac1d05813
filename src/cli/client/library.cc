// Turns statuses of the library into Failures with exit codes. No other file
// decides which exit code a status is.
#include "cli/client/library.h"

#include <charconv>

#include "absl/strings/str_cat.h"

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
    case INFLUENCE_NOT_FOUND:
    case INFLUENCE_FAILED_PRECONDITION:  // a graph without nodes
    case INFLUENCE_NOT_VERIFIED:
    case INFLUENCE_OPTED_OUT:
      return kBadData;
    default:
      return kInternal;
  }
}

// Whether what a row of the input says can be why a call fails so.
bool IsOfRows(influence_status status) {
  return status == INFLUENCE_INVALID_ARGUMENT ||
         status == INFLUENCE_TOO_LARGE || status == INFLUENCE_OUT_OF_RANGE ||
         status == INFLUENCE_INVALID_UTF8;
}

}  // namespace

std::optional<size_t> CallError::row() const {
  const int64_t row = influence_error_row(error_);
  if (row < 0) return std::nullopt;
  return static_cast<size_t>(row);
}

std::string CallError::Words() const {
  const std::string of = field();
  const std::string what = text();
  return absl::StrCat(of, of.empty() || what.empty() ? "" : ": ", what);
}

FieldPath SplitPath(std::string_view path) {
  FieldPath parts;
  const size_t step = path.find_first_of(".[");
  parts.list = path.substr(0, step);
  if (step == std::string_view::npos) return parts;
  path.remove_prefix(step);
  if (path[0] == '[') {
    const char* const end = path.data() + path.size();
    size_t index = 0;
    const auto read = std::from_chars(path.data() + 1, end, index);
    if (read.ec == std::errc() && read.ptr != end && *read.ptr == ']') {
      parts.index = index;
      path.remove_prefix(static_cast<size_t>(read.ptr + 1 - path.data()));
    }
  }
  if (!path.empty() && path[0] == '.') path.remove_prefix(1);
  parts.rest = path;
  return parts;
}

void Check(influence_status status, const CallError& error) {
  if (status == INFLUENCE_OK) return;
  std::string text = influence_status_name(status);
  if (error.row().has_value() && !SplitPath(error.field()).index.has_value()) {
    absl::StrAppend(&text, ": row ", *error.row());
  }
  const std::string words = error.Words();
  if (!words.empty()) absl::StrAppend(&text, ": ", words);
  throw Failure(ExitCodeOf(status), text);
}

void ThrowStreamError(ArrowArrayStream* stream) {
  CallError error;
  influence_stream_error(stream, error.out());
  Check(error.status(), error);
  throw Failure(kInternal, "the library's stream ends early");
}

std::optional<RowFault> FaultOfRow(influence_status status,
                                   const CallError& error) {
  if (status == INFLUENCE_OK) return std::nullopt;
  if (IsOfRows(status)) {
    const FieldPath path = SplitPath(error.field());
    if (path.index.has_value()) return RowFault{path.rest, error.text()};
    if (error.row().has_value()) return RowFault{error.field(), error.text()};
  }
  Check(status, error);
  return std::nullopt;
}

}  // namespace influence::cli
