// `influence report`: a page to keep, and `influence verify` of such a page.
#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/files.h"
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

void AddPerson(const ReportOptions& options, const Engine& engine,
               wire::RenderRequest* request) {
  *request->mutable_result() =
      ScoreOne(options.score, engine, wire::RENDERING_NONE);
  const wire::AlgorithmDescription description = engine.Describe();
  if (!description.released()) {
    *request->mutable_algorithm() = description.algorithm();
  }
  AddBefore(options, request);
}

// How many people are in each whole point.
struct Spread {
  std::array<uint64_t, 100> by_point{};
  std::array<uint64_t, 5> by_band{};
  uint64_t people = 0;
  uint64_t refused = 0;
};

void AddScores(const wire::ScoreResponse& response, Spread* spread) {
  for (const wire::Result& result : response.results()) {
    if (!result.has_ledger()) {
      ++spread->refused;
      continue;
    }
    const int64_t point = result.ledger().score_micropoints() / 1'000'000;
    ++spread->by_point[static_cast<size_t>(std::min<int64_t>(point, 99))];
    ++spread->by_band[static_cast<size_t>(result.ledger().band() - 1)];
    ++spread->people;
  }
}

Spread SpreadOf(const ScoreOptions& options, const Engine& engine) {
  constexpr int kBatch = 4'096;  // profiles of the largest size fit a request
  const Population::Options population_options =
      PopulationOptions(options.input);
  const std::string text = ReadAll(options.input.file);
  const Population population(text, population_options);
  Spread spread;
  wire::ScoreRequest request =
      NewRequest(options, engine, wire::ScoreRequest());
  request.set_detail(wire::DETAIL_SCORE);
  size_t bytes = 0;
  const auto score = [&] {
    AddScores(engine.Score(request), &spread);
    request.clear_profiles();
    bytes = 0;
  };
  for (const Person& person : population.people()) {
    *request.add_profiles() = person.profile;
    bytes += person.profile.ByteSizeLong();
    if (request.profiles_size() == kBatch || bytes > (size_t{8} << 20)) score();
  }
  score();
  return spread;
}

// A DriftReport without a side before: after = 2, all = 3 (people = 1,
// refused = 2, bands = 10), after_by_point = 6.
std::string PopulationBytes(const wire::AlgorithmDescription& description,
                            const Spread& spread) {
  using google::protobuf::UnknownFieldSet;
  wire::Identity identity;
  identity.set_algorithm(description.algorithm().id());
  identity.set_fingerprint(description.fingerprint());
  UnknownFieldSet all;
  all.AddVarint(1, spread.people);
  all.AddVarint(2, spread.refused);
  // Nobody moves from band to band.
  for (size_t cell = 0; cell < 25; ++cell) {
    all.AddVarint(10, cell % 6 == 0 ? spread.by_band[cell / 6] : 0);
  }
  UnknownFieldSet report;
  report.AddLengthDelimited(2, identity.SerializeAsString());
  std::string summary;
  all.SerializeToString(&summary);
  report.AddLengthDelimited(3, summary);
  for (const uint64_t count : spread.by_point) report.AddVarint(6, count);
  std::string bytes;
  report.SerializeToString(&bytes);
  return bytes;
}

}  // namespace

wire::RenderFormat RenderFormatOf(const std::string& name) {
  if (name == "text") return wire::RENDER_FORMAT_TEXT;
  if (name == "markdown") return wire::RENDER_FORMAT_MARKDOWN;
  if (name == "json") return wire::RENDER_FORMAT_JSON;
  if (name == "svg") return wire::RENDER_FORMAT_SVG_BADGE;
  return wire::RENDER_FORMAT_HTML;
}

ExitCode RunReport(const ReportOptions& options) {
  const ScoreOptions& score = options.score;
  if (!score.events.files.empty() || score.input.file.empty()) {
    throw Failure(kUsage,
                  "give a FILE of profiles; `influence tally` makes one of "
                  "events");
  }
  CheckFiles({score.input.file, score.algorithm.file, options.before,
              options.before_algorithm_file, options.messages},
             {score.output});
  if (options.population != score.id.empty()) {
    throw Failure(kUsage, "give --id or --population");
  }
  if (options.population && !options.before.empty()) {
    throw Failure(kUsage, "--before is one person's; --population is not");
  }
  const Engine engine = ChooseEngine(score.algorithm);
  wire::RenderRequest request;
  request.set_format(RenderFormatOf(score.format));
  request.set_language(options.language);
  if (!options.messages.empty()) {
    request.set_messages(ReadAll(options.messages));
  }
  if (options.population) {
    request.set_drift(
        PopulationBytes(engine.Describe(), SpreadOf(score, engine)));
  } else {
    AddPerson(options, engine, &request);
  }
  const std::string page = Render(request.SerializeAsString());
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
