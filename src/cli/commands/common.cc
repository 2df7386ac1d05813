#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "cli/basics/printable.h"
#include "cli/commands/commands.h"
#include "cli/read/inputs.h"
#include "cli/write/output.h"

namespace influence::cli {
namespace {

// Days since 1970-01-01 of "2026-01-31".
int32_t ParseDay(const std::string& text) {
  const std::optional<int64_t> day = ReadDay(text);
  if (!day.has_value() || *day < 0) {
    throw Failure(kUsage, "--as-of: " + Quoted(text) +
                              " is not a day such as 2026-01-31, from "
                              "1970-01-01 on");
  }
  return static_cast<int32_t>(*day);
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

}  // namespace influence::cli
