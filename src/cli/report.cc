// `influence report`: a page to keep, and `influence verify` of such a page.
#include <algorithm>
#include <memory>
#include <string_view>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/edge_log.h"
#include "cli/files.h"
#include "cli/insight_commands.h"
#include "cli/pages.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

constexpr std::string_view kDataBegin =
    "href=\"data:application/octet-stream;base64,";

void AddBefore(const ReportOptions& options, wire::RenderRequest* request) {
  if (options.before.empty()) return;
  wire::ScoreResponse* before = request->mutable_before();
  ParseJsonOrBytes(ReadAll(options.before), NameOf(options.before), before);
  // A stored result may be of many people.
  auto* results = before->mutable_results();
  results->erase(std::remove_if(results->begin(), results->end(),
                                [&](const wire::Result& result) {
                                  return result.id() != options.score.id;
                                }),
                 results->end());
  if (results->empty()) {
    throw Failure(kBadData,
                  absl::StrCat(NameOf(options.before), ": nobody has the id ",
                               Quoted(options.score.id)));
  }
  if (absl::StrContains(before->identity().algorithm(), "/")) {
    const Engine engine =
        ChooseEngine({"", options.before_algorithm_file.empty()
                              ? options.score.algorithm.file
                              : options.before_algorithm_file});
    *request->mutable_before_algorithm() = engine.Describe().algorithm();
  }
}

// Null if it was not asked for.
std::unique_ptr<Standing> StandingOf(const ScoreOptions& score,
                                     const Engine& engine) {
  if (!score.standing.IsAsked()) return nullptr;
  StandingOptions options = score.standing;
  options.allow_extra = score.input.allow_extra;
  return MakeStanding(options, engine, nullptr, /*rows_to_terminal=*/false);
}

void AddPerson(const ReportOptions& options, const Engine& engine,
               wire::RenderRequest* request) {
  const std::unique_ptr<Standing> standing = StandingOf(options.score, engine);
  *request->mutable_result() =
      ScoreOne(options.score, engine, wire::RENDERING_NONE, standing.get());
  const wire::AlgorithmDescription description = engine.Describe();
  if (!description.released()) {
    *request->mutable_algorithm() = description.algorithm();
  }
  AddBefore(options, request);
}

// The drift of the population, or, to the algorithm that it is under, what
// there is of it without one.
wire::DriftReport PopulationOf(const ReportOptions& options,
                               const Engine& engine) {
  const ScoreOptions& score = options.score;
  // Refuses another fingerprint than was asked for.
  engine.Score(NewRequest(score, engine, wire::ScoreRequest()));
  const AlgorithmOptions& to = options.drift_to;
  const bool has_drift = !to.id.empty() || !to.file.empty();
  DriftCommand command;
  command.input = score.input;
  command.before = score.algorithm;
  command.after = has_drift ? to : score.algorithm;
  command.by = options.by;
  command.top = options.top;
  const std::unique_ptr<Standing> standing = StandingOf(score, engine);
  wire::DriftReport report = DriftOf(command, standing.get());
  if (!has_drift) {
    report.clear_before();
    report.clear_before_by_point();
  }
  return report;
}

// The stored answers that a page can be of; at most one.
bool AddStored(const ReportOptions& options, wire::RenderRequest* request) {
  const auto read = [](const std::string& file,
                       google::protobuf::Message* message) {
    ParseJsonOrBytes(ReadAll(file), NameOf(file), message);
  };
  int count = 0;
  for (const std::string* file :
       {&options.drift, &options.comparison, &options.what_if}) {
    count += file->empty() ? 0 : 1;
  }
  if (count > 1 || (count == 1 && !options.score.input.file.empty())) {
    throw Failure(kUsage, "give one of FILE, --drift, --comparison, --what-if");
  }
  if (!options.drift.empty()) {
    wire::DriftReport drift;
    read(options.drift, &drift);
    request->set_drift(drift.SerializeAsString());
  } else if (!options.comparison.empty()) {
    read(options.comparison, request->mutable_comparison());
  } else if (!options.what_if.empty()) {
    read(options.what_if, request->mutable_what_if());
  }
  return count == 1;
}

void AddComputed(const ReportOptions& options, wire::RenderRequest* request) {
  const ScoreOptions& score = options.score;
  if (!score.events.files.empty() || score.input.file.empty()) {
    throw Failure(kUsage,
                  "give a FILE of profiles; `influence tally` makes one of "
                  "events");
  }
  if (options.population != score.id.empty()) {
    throw Failure(kUsage, "give --id or --population");
  }
  if (options.population && !options.before.empty()) {
    throw Failure(kUsage, "--before is one person's; --population is not");
  }
  const bool has_drift =
      !options.drift_to.id.empty() || !options.drift_to.file.empty();
  if (has_drift && !options.population) {
    throw Failure(kUsage, "--drift-to is of a --population");
  }
  if (!options.by.empty() && !has_drift) {
    throw Failure(kUsage, "--by is of a --population with --drift-to");
  }
  const Engine engine = ChooseEngine(score.algorithm);
  if (options.population) {
    request->set_drift(PopulationOf(options, engine).SerializeAsString());
  } else {
    AddPerson(options, engine, request);
  }
}

}  // namespace

ExitCode RunReport(const ReportOptions& options) {
  const ScoreOptions& score = options.score;
  CheckFiles({score.input.file, score.algorithm.file, options.before,
              options.before_algorithm_file, options.language.messages,
              options.drift_to.file, options.drift, options.comparison,
              options.what_if},
             {score.output}, score.standing);
  wire::RenderRequest request;
  if (!AddStored(options, &request)) AddComputed(options, &request);
  const std::string page =
      Page(std::move(request), score.format, options.language);
  Output output(score.output);
  output.Write(page);
  output.Finish();
  return kFine;
}

bool IsReport(const std::string& text) {
  return absl::StartsWithIgnoreCase(text, "<!doctype html>");
}

ExitCode VerifyReport(const std::string& text) {
  const auto say = [](bool good, const std::string& what) {
    Output output("");
    output.Write(absl::StrCat(good ? "ok      " : "FAILED  ", what, "\n",
                              good ? 1 : 0, " passed, ", good ? 0 : 1,
                              " failed\n"));
    output.Finish();
    return good ? kFine : kCheckFailed;
  };
  const size_t begin = text.rfind(kDataBegin);
  const size_t data = begin + kDataBegin.size();
  const size_t end = begin == std::string::npos ? begin : text.find('"', data);
  std::string bytes;
  if (end == std::string::npos ||
      !absl::Base64Unescape(text.substr(data, end - data), &bytes)) {
    return say(false, "the page has no result inside");
  }
  std::string again;
  try {
    again = Render(bytes);
  } catch (const Failure& failure) {
    if (failure.code() == kUnknownAlgorithm || failure.code() == kInternal) {
      throw;
    }
    return say(false, absl::StrCat("the result inside: ", failure.what()));
  }
  if (again == text) {
    return say(true, "the page is, to the last character, what its facts give");
  }
  const size_t same = static_cast<size_t>(
      std::mismatch(text.begin(), text.end(), again.begin(), again.end())
          .first -
      text.begin());
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<ptrdiff_t>(same),
                     '\n');
  return say(false,
             absl::StrCat("the page is not what its facts give: line ", line,
                          " differs, if it was made by libinfluence ",
                          influence_library_version(),
                          "; another version may word it otherwise"));
}

}  // namespace influence::cli
