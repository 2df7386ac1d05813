#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "cli/commands.h"
#include "cli/compressed.h"
#include "cli/files.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

// Days since 1970-01-01 of "2026-01-31".
int32_t ParseDay(const std::string& text) {
  constexpr size_t kSize = sizeof "2026-01-31" - 1;
  constexpr absl::CivilDay kFirst(1970, 1, 1);
  absl::CivilDay day;
  if (text.size() != kSize || !absl::ParseCivilTime(text, &day) ||
      day < kFirst) {
    throw Failure(kUsage, "--as-of: " + Quoted(text) +
                              " is not a day such as 2026-01-31, from "
                              "1970-01-01 on");
  }
  return static_cast<int32_t>(day - kFirst);
}

void CheckSame(const char* what, const std::string& asked,
               const std::string& there) {
  if (asked.empty() || asked == there) return;
  throw Failure(kUnknownAlgorithm,
                absl::StrCat("the ", what, " asked for is ", Quoted(asked),
                             ", the algorithm's is '", there, "'"));
}

}  // namespace

void CheckFiles(std::vector<std::string> inputs,
                const std::vector<std::string>& outputs,
                const StandingOptions& standing) {
  inputs.insert(inputs.end(), standing.edges.begin(), standing.edges.end());
  inputs.push_back(standing.seeds);
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) {
    throw Failure(kUsage, "standard input can be only one of the files");
  }
  std::vector<std::string> taken = std::move(inputs);
  for (const std::string& output : outputs) {
    for (const std::string& other : taken) {
      if (SameFile(output, other)) {
        throw Failure(kUsage,
                      absl::StrCat(NameOf(output), " and ", NameOf(other),
                                   " are one file; it would be lost"));
      }
    }
    taken.push_back(output);
  }
}

void CheckEventFiles(const EventOptions& events,
                     const AlgorithmOptions& algorithm,
                     const std::string& output,
                     const StandingOptions& standing) {
  std::vector<std::string> inputs = events.files;
  inputs.push_back(algorithm.file);
  CheckFiles(inputs, {output, events.errors, events.report}, standing);
}

Engine ChooseEngine(const AlgorithmOptions& options) {
  if (!options.id.empty() && !options.file.empty()) {
    throw Failure(kUsage, "give --algorithm or --algorithm-file, not both");
  }
  if (!options.file.empty()) {
    abi1::Algorithm algorithm;
    const std::string name = NameOf(options.file);
    ParseJsonOrBytes(ReadAll(options.file), name, &algorithm);
    try {
      return Engine::Custom(algorithm.SerializeAsString());
    } catch (const Failure& failure) {
      throw Failure(failure.code(), absl::StrCat(name, ": ", failure.what()));
    }
  }
  if (!options.id.empty()) return Engine::Released(options.id);
  std::string message =
      "name an algorithm; there is no default, because a score means nothing "
      "without the version that gave it. There are:";
  const abi1::AlgorithmList list = ListAlgorithms();
  for (const abi1::AlgorithmDescription& known : list.algorithms()) {
    message += "\n  --algorithm " + known.algorithm().id();
  }
  throw Failure(kUsage, message + "\n  --algorithm-file FILE");
}

InputFormat FormatOf(const std::string& file, const std::string& format,
                     const std::string& otherwise) {
  const std::string name = WithoutCompression(file);
  std::string said = format;
  for (const auto& [extension, that] :
       {std::pair(".csv", "csv"), std::pair(".jsonl", "jsonl"),
        std::pair(".ndjson", "jsonl"), std::pair(".pb", "proto"),
        std::pair(".binpb", "proto")}) {
    if (said.empty() && absl::EndsWithIgnoreCase(name, extension)) said = that;
  }
  if (said.empty()) said = otherwise;
  if (said == "csv") return InputFormat::kCsv;
  if (said == "jsonl") return InputFormat::kJsonl;
  if (said == "proto") return InputFormat::kProto;
  throw Failure(kUsage, NameOf(file) +
                            ": say what it is with --input-format csv, jsonl "
                            "or proto");
}

Population::Options PopulationOptions(const InputOptions& input) {
  Population::Options options;
  options.name = NameOf(input.file);
  options.allow_extra_columns = input.allow_extra;
  options.format = FormatOf(input.file, input.format);
  return options;
}

abi1::ScoreRequest NewRequest(const ScoreOptions& options, const Engine& engine,
                              const abi1::ScoreRequest& head) {
  const abi1::AlgorithmDescription description = engine.Describe();
  const std::string& id = description.algorithm().id();
  CheckSame("algorithm", head.algorithm(), id);
  CheckSame("fingerprint", head.fingerprint(), description.fingerprint());
  CheckSame("fingerprint", options.fingerprint, description.fingerprint());
  abi1::ScoreRequest request = head;
  request.set_algorithm(id);
  // A tally has its own point in time, and its head the day of it.
  if (!options.as_of.empty() && options.events.files.empty()) {
    request.set_as_of_days(ParseDay(options.as_of));
  }
  return request;
}

std::string RequestBytes(const Population& population,
                         abi1::ScoreRequest request, const std::string& text) {
  const bool unchanged =
      request.SerializeAsString() == population.head().SerializeAsString();
  if (unchanged && population.complaints().empty()) return text;
  for (const Person& person : population.people()) {
    *request.add_profiles() = person.profile;
  }
  return request.SerializeAsString();
}

void ParseJsonOrBytes(std::string text, const std::string& name,
                      google::protobuf::Message* message) {
  constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (absl::StartsWith(text, kByteOrderMark)) {  // no message begins so
    text.erase(0, kByteOrderMark.size());
  }
  const std::string type = message->GetDescriptor()->name();
  const size_t first = text.find_first_not_of(" \t\r\n");
  const bool looks_like_json = first != std::string::npos && text[first] == '{';
  std::string why;
  if (looks_like_json) {
    const auto status =
        google::protobuf::util::JsonStringToMessage(text, message);
    if (status.ok()) return;
    why = " in JSON: " + status.ToString();
  }
  // The first byte of a message can be a line feed, and its second a brace.
  if (looks_like_json && first == 0) {
    throw Failure(kBadData, absl::StrCat(name, ": is no ", type, why));
  }
  if (text.empty() || !message->ParseFromString(text)) {
    throw Failure(kBadData, absl::StrCat(name, ": is no ", type, why));
  }
}

}  // namespace influence::cli
