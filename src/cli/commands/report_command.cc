// `influence report`: a page to keep, of one person, a population or what was
// stored.
#include <CLI/CLI.hpp>
#include <memory>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/civil.h"
#include "cli/basics/printable.h"
#include "cli/commands/commands.h"
#include "cli/read/edge_log.h"
#include "cli/read/inputs.h"
#include "cli/read/stored.h"
#include "cli/tasks/command_options.h"
#include "cli/tasks/drift_people.h"
#include "cli/tasks/one_person.h"
#include "cli/tasks/pages.h"
#include "cli/tasks/score_people.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

struct ReportOptions {
  ScoreOptions score;  // its format is a page's
  std::string before;
  std::string before_algorithm_file;
  LanguageOptions language;
  bool population = false;
  AlgorithmOptions drift_to;    // with population: what it would do to it
  std::vector<std::string> by;  // slices of that
  uint32_t top = 10;
  // Something stored instead, JSON or bytes.
  std::string result, drift, comparison, what_if;
};

// A stored result of one person, of the file's many.
abi1::ScoreResponse ReadResult(const std::string& file, const std::string& id) {
  const std::string name = NameOf(file);
  abi1::ScoreResponse stored;
  ParseJsonOrBytes(ReadAll(file), name, &stored);
  abi1::ScoreResponse one;
  *one.mutable_identity() = stored.identity();
  *one.add_results() = FindResult(id, name, stored);
  return one;
}

// After the result that it is before.
void AddBefore(const ReportOptions& options, abi1::RenderRequest* request) {
  if (options.before.empty()) return;
  const abi1::Identity& new_one = request->result().identity();
  *request->mutable_before() =
      ReadResult(options.before, request->result().results(0).id());
  const abi1::Identity& old_one = request->before().identity();
  std::string file = options.before_algorithm_file;
  if (file.empty() && old_one.algorithm() == new_one.algorithm()) {
    file = options.score.algorithm.file;
  }
  StateCustom(EngineOf(old_one, file),
              [&] { return request->mutable_before_algorithm(); });
  if (old_one.has_as_of_days() && new_one.has_as_of_days() &&
      old_one.as_of_days() > new_one.as_of_days()) {
    throw Failure(
        kBadData,
        absl::StrCat("--before: ", NameOf(options.before), " is of ",
                     DayText(old_one.as_of_days()), ", which is after ",
                     DayText(new_one.as_of_days())));
  }
}

void AddPerson(const ReportOptions& options, const Engine& engine,
               abi1::RenderRequest* request) {
  const std::unique_ptr<Standing> standing =
      StandingOf(options.score, engine, nullptr, /*rows_to_terminal=*/false);
  *request->mutable_result() =
      ScoreOne(options.score, engine, abi1::RENDERING_NONE, standing.get());
  StateCustom(engine, [&] { return request->mutable_algorithm(); });
  AddBefore(options, request);
}

// The drift of the population, or, to the algorithm that it is under, what
// there is of it without one; and of when and of which graph it is.
abi1::DriftReport PopulationOf(const ReportOptions& options,
                               const Engine& engine) {
  const ScoreOptions& score = options.score;
  // Refuses another fingerprint than was asked for.
  const abi1::ScoreRequest head =
      NewRequest(score, engine, abi1::ScoreRequest());
  const AlgorithmOptions& to = options.drift_to;
  const bool has_drift = !to.id.empty() || !to.file.empty();
  DriftOptions command;
  command.input = score.input;
  command.before = score.algorithm;
  command.after = has_drift ? to : score.algorithm;
  command.by = options.by;
  command.top = options.top;
  const std::unique_ptr<Standing> standing =
      StandingOf(score, engine, nullptr, /*rows_to_terminal=*/false);
  abi1::DriftReport report = DriftOf(command, standing.get());
  for (abi1::Identity* side :
       {report.mutable_before(), report.mutable_after()}) {
    if (head.has_as_of_days()) side->set_as_of_days(head.as_of_days());
    if (standing != nullptr) StateGraph(standing->Report(), side);
  }
  if (!has_drift) {
    report.clear_before();
    report.clear_before_by_point();
  }
  return report;
}

// Whether the page is of something stored, which is then in the request.
bool AddStored(const ReportOptions& options, abi1::RenderRequest* request) {
  const auto read = [](const std::string& file,
                       google::protobuf::Message* message) {
    ParseJsonOrBytes(ReadAll(file), NameOf(file), message);
  };
  if (!options.result.empty()) {
    *request->mutable_result() = ReadResult(options.result, options.score.id);
    StateCustom(
        EngineOf(request->result().identity(), options.score.algorithm.file),
        [&] { return request->mutable_algorithm(); });
    AddBefore(options, request);
  } else if (!options.drift.empty()) {
    read(options.drift, request->mutable_drift());
  } else if (!options.comparison.empty()) {
    read(options.comparison, request->mutable_comparison());
  } else if (!options.what_if.empty()) {
    read(options.what_if, request->mutable_what_if());
  } else {
    return false;
  }
  return true;
}

void AddComputed(const ReportOptions& options, abi1::RenderRequest* request) {
  const ScoreOptions& score = options.score;
  if (score.input.file.empty()) {
    throw Failure(kUsage,
                  "give a FILE of profiles (`influence tally` makes one of "
                  "events), or --result, a stored one");
  }
  if (score.input.format.empty() &&
      absl::EndsWithIgnoreCase(score.input.file, ".json")) {
    throw Failure(kUsage, NameOf(score.input.file) +
                              " is no file of profiles; a result that was "
                              "stored goes with --result");
  }
  if (options.population != score.id.empty()) {
    throw Failure(kUsage, "give --id or --population");
  }
  const Engine engine = ChooseEngine(score.algorithm);
  if (options.population) {
    *request->mutable_drift() = PopulationOf(options, engine);
  } else {
    AddPerson(options, engine, request);
  }
}

ExitCode RunReport(const ReportOptions& options) {
  const ScoreOptions& score = options.score;
  CheckFiles({score.input.file, score.algorithm.file, options.before,
              options.before_algorithm_file, options.language.messages,
              options.drift_to.file, options.result, options.drift,
              options.comparison, options.what_if},
             {score.output}, score.standing);
  abi1::RenderRequest request;
  if (!AddStored(options, &request)) AddComputed(options, &request);
  const std::string page =
      Page(std::move(request), score.format, options.language);
  Output output(score.output);
  output.Write(page);
  output.Finish();
  return kFine;
}

// No option is accepted and then does nothing: throws Failure(kUsage) for one
// that was given and is not among those that go with `what`.
void AllowOnly(const CLI::App& app, const std::string& what,
               const std::vector<std::string>& allowed) {
  for (const CLI::Option* option : app.get_options()) {
    const std::string name = option->get_name();
    if (option->count() > 0 &&
        std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
      throw Failure(kUsage, absl::StrCat(name, " does not go with ", what));
    }
  }
}

void CheckReport(const CLI::App& app, const ReportOptions& report) {
  std::vector<std::string> allowed = {"--format", "--output", "--language",
                                      "--messages"};
  const auto allow = [&](const std::vector<std::string>& names) {
    allowed.insert(allowed.end(), names.begin(), names.end());
  };
  for (const char* stored : {"--drift", "--comparison", "--what-if"}) {
    if (app.count(stored) == 0) continue;
    allow({stored});
    return AllowOnly(app, stored, allowed);
  }
  if (!report.result.empty()) {
    allow({"--result", "--id", "--algorithm-file", "--before",
           "--before-algorithm-file"});
    return AllowOnly(app, "--result", allowed);
  }
  allow({"FILE", "--algorithm", "--algorithm-file", "--input-format",
         "--allow-extra", "--as-of", "--fingerprint", "--edges", "--seeds",
         "--uniform-seeds", "--expect-graph", "--expect-seeds"});
  if (!report.population) {
    allow({"--id", "--before", "--before-algorithm-file"});
    return AllowOnly(app, "one person; it is for a --population", allowed);
  }
  allow({"--population", "--drift-to", "--drift-to-file", "--by", "--top"});
  AllowOnly(app, "--population", allowed);
  RequireFor(app, {"--by", "--top"},
             app.count("--drift-to") + app.count("--drift-to-file") > 0,
             "--drift-to");
}

void AddStoredOptions(CLI::App* report, ReportOptions* options) {
  report->add_option("--result", options->result,
                     "instead of FILE: a result that was stored, JSON or "
                     "bytes, as score and explain give it");
  report->add_option("--drift", options->drift,
                     "instead: what `drift --format json` gave");
  report->add_option("--comparison", options->comparison,
                     "instead: what `compare --format json` gave");
  report->add_option("--what-if", options->what_if,
                     "instead: what `what-if --format json` gave");
}

}  // namespace

void AddReport(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<ReportOptions>();
  ScoreOptions* const score = &options->score;
  score->format = "html";
  CLI::App* const report = app->add_subcommand(
      "report", "one person's score, or a population's, as a page to keep");
  AddScoringOfProfiles(report, {"html", "text", "markdown", "json", "svg"},
                       "who reacts to whom, for standing; may recur", score);
  report->add_option("--id", score->id, "the person")->check(IsUtf8Text());
  CLI::Option* const before = report->add_option(
      "--before", options->before, "their last result, to show what changed");
  report
      ->add_option("--before-algorithm-file", options->before_algorithm_file,
                   "the custom algorithm that it names")
      ->needs(before);
  AddLanguage(report, &options->language);
  report->add_flag("--population", options->population,
                   "everybody in the file instead of one person");
  CLI::Option* const drift_to =
      report->add_option("--drift-to", options->drift_to.id,
                         "and what this algorithm would do to them");
  report
      ->add_option("--drift-to-file", options->drift_to.file, "or a custom one")
      ->excludes(drift_to);
  report
      ->add_option("--by", options->by,
                   "that also by each value of this column")
      ->check(IsUtf8Text());
  AddTop(report, "how many of who moved most", 0, &options->top);
  AddStoredOptions(report, options.get());
  report->final_callback([=] {
    CheckReport(*report, *options);
    options->score.standing.otherwise = options->score.input.format;
    options->score.standing.allow_extra = options->score.input.allow_extra;
    *code = RunReport(*options);
  });
}

}  // namespace influence::cli
