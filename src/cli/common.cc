#include <google/protobuf/util/json_util.h>
#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "cli/commands.h"
#include "cli/files.h"

namespace influence::cli {

Engine ChooseEngine(const AlgorithmOptions& options) {
  if (!options.id.empty() && !options.file.empty()) {
    throw Failure(kUsage, "give --algorithm or --algorithm-file, not both");
  }
  if (!options.file.empty()) {
    wire::Algorithm algorithm;
    ParseJsonOrBytes(ReadAll(options.file), options.file, &algorithm);
    return Engine::Custom(algorithm.SerializeAsString());
  }
  if (!options.id.empty()) return Engine::Released(options.id);
  std::string message =
      "--algorithm is required: a score means nothing without the version "
      "that gave it";
  if (isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0) {
    message += ". There are:";
    const wire::AlgorithmList list = ListAlgorithms();
    for (const wire::AlgorithmDescription& known : list.algorithms()) {
      message += "\n  --algorithm " + known.algorithm().id();
    }
  }
  throw Failure(kUsage, message);
}

Population::Options PopulationOptions(const InputOptions& input) {
  Population::Options options;
  options.name = input.file == "-" ? "standard input" : input.file;
  options.allow_extra_columns = input.allow_extra;
  const auto is = [&input](const char* format, const char* extension) {
    return input.format.empty() ? absl::EndsWith(input.file, extension)
                                : input.format == format;
  };
  if (is("csv", ".csv")) {
    options.format = InputFormat::kCsv;
  } else if (is("jsonl", ".jsonl")) {
    options.format = InputFormat::kJsonl;
  } else if (is("proto", ".pb")) {
    options.format = InputFormat::kProto;
  } else {
    throw Failure(kUsage, absl::StrCat(options.name,
                                       ": say what it is with --input-format "
                                       "csv, jsonl or proto"));
  }
  return options;
}

wire::ScoreRequest NewRequest(const ScoreOptions& options,
                              const Engine& engine) {
  wire::ScoreRequest request;
  request.set_algorithm(engine.Describe().algorithm().id());
  request.set_fingerprint(options.fingerprint);
  if (!options.as_of.empty()) {
    absl::CivilDay day;
    if (options.as_of.size() != 10 ||
        !absl::ParseCivilTime(options.as_of, &day)) {
      throw Failure(kUsage, "--as-of: '" + options.as_of +
                                "' is not a day such as 2026-01-31");
    }
    request.set_as_of_days(
        static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1)));
  }
  return request;
}

void ParseJsonOrBytes(const std::string& text, const std::string& name,
                      google::protobuf::Message* message) {
  const std::string type = message->GetDescriptor()->name();
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && text[first] == '{') {
    const auto status =
        google::protobuf::util::JsonStringToMessage(text, message);
    if (!status.ok()) {
      throw Failure(kBadData, absl::StrCat(name, ": is not a ", type,
                                           " in JSON: ", status.ToString()));
    }
    return;
  }
  if (!message->ParseFromString(text)) {
    throw Failure(kBadData, absl::StrCat(name, ": is not a ", type));
  }
}

}  // namespace influence::cli
