// `influence score`: a population in, a line for each person out.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "cli/basics/printable.h"
#include "cli/commands/commands.h"
#include "cli/read/event_log.h"
#include "cli/read/inputs.h"
#include "cli/tasks/command_options.h"
#include "cli/tasks/one_person.h"
#include "cli/tasks/score_people.h"
#include "cli/tasks/score_stream.h"
#include "cli/tasks/score_tally.h"
#include "cli/write/complaint_writer.h"
#include "cli/write/output_file.h"
#include "cli/write/progress.h"
#include "cli/write/result_writers.h"

namespace influence::cli {
namespace {

// A message's JSON as a value that stands `depth` levels deep, with what comes
// before it. A line feed inside of a text is escaped.
std::string Nested(const char* before, const google::protobuf::Message& message,
                   size_t depth) {
  std::string json = ToJson(message);
  while (!json.empty() && json.back() == '\n') json.pop_back();
  return before +
         absl::StrReplaceAll(json, {{"\n", "\n" + std::string(depth, ' ')}});
}

// Writes what ToJson() returns for the response, one result at a time: for all
// at once protobuf takes fifteen times the memory of the text.
void WriteJson(const abi1::ScoreResponse& response, Output* output) {
  output->Write(Nested("{\n \"identity\": ", response.identity(), 1));
  output->Write(",\n \"results\": [");
  for (int i = 0; i < response.results_size(); ++i) {
    output->Write(Nested(i == 0 ? "\n  " : ",\n  ", response.results(i), 2));
  }
  output->Write(response.results().empty() ? "]\n}\n" : "\n ]\n}\n");
}

[[noreturn]] void TooManyForOne(const ScoreOptions& options) {
  throw Failure(kUsage, "--format " + options.format +
                            " is one response, which this population does "
                            "not fit; use csv or jsonl, or split the file");
}

// json and proto are one ScoreResponse, whose identity holds the digest of one
// request; so the population has to fit into one.
void WriteOneResponse(const ScoreOptions& options, const Engine& engine,
                      const std::string& request, Population* population,
                      Output* output) {
  const size_t people = population->people().size();
  if (people > INFLUENCE_MAX_PROFILES ||
      request.size() > INFLUENCE_MAX_REQUEST_BYTES) {
    TooManyForOne(options);
  }
  const std::string answer = engine.ScoreBytes(request);
  abi1::ScoreResponse response;
  if (!response.ParseFromString(answer) ||
      response.results_size() != static_cast<int>(people)) {
    throw Failure(kInternal, "the library's answer is not for this request");
  }
  for (size_t i = 0; i < people; ++i) {
    const abi1::Result& result = response.results(static_cast<int>(i));
    if (result.has_error()) population->Refuse(i, result.error());
  }
  if (options.format == "json") {
    WriteJson(response, output);
  } else {
    output->Write(answer);
  }
}

// The population of a file is held in memory, so that it can be one table or
// one message.
void ScoreWhole(const ScoreOptions& options, const Engine& engine,
                const Population::Options& population_options, Output* output,
                ComplaintWriter* complaints) {
  const std::string text = ReadAll(options.input.file);
  const std::unique_ptr<Standing> standing =
      StandingOf(options, engine, nullptr, output->is_terminal());
  Population population(text, population_options);
  abi1::ScoreRequest request = NewRequest(options, engine, population.head());
  if (standing != nullptr) {
    GiveStanding(*standing, &population);
    StateGraph(standing->Report(), &request);
  }
  if (options.format == "json" || options.format == "proto") {
    WriteOneResponse(options, engine, RequestBytes(population, request, text),
                     &population, output);
  } else {
    const std::unique_ptr<Writer> writer =
        NewWriter(options.format, engine.Describe());
    size_t people = 0;
    request.set_detail(writer->detail());
    request.clear_rendering();
    output->Write(writer->Head());
    {
      Progress progress(population.people().size(), output->is_terminal());
      ScorePopulation(engine, request, &population,
                      [&](const abi1::Result& result) {
                        output->Write(writer->Row(result));
                        ++people;
                        progress.Update(people, people);
                      });
    }
    output->Write(writer->Tail());
  }
  if (complaints != nullptr) complaints->Write(population.complaints());
}

// The same from events, of which a tally makes the population.
ExitCode ScoreEvents(const ScoreOptions& options) {
  CheckEventFiles(options.events, options.algorithm, options.output,
                  options.standing);
  const Engine engine = ChooseEngine(options.algorithm);
  NewRequest(options, engine, abi1::ScoreRequest());
  Output output(options.output);
  const std::unique_ptr<Tally> tally =
      TallyEvents(options.events, engine, output.is_terminal());
  const std::unique_ptr<Standing> standing =
      StandingOf(options, engine, tally.get(), output.is_terminal());
  if (options.format == "json" || options.format == "proto") {
    const std::optional<std::string> request =
        RequestOf(*tally, engine, standing.get());
    if (!request) TooManyForOne(options);
    Population::Options population_options;
    population_options.name = "the tally";
    population_options.format = InputFormat::kProto;
    Population population(*request, population_options);
    WriteOneResponse(options, engine, *request, &population, &output);
  } else {
    ScoreTally(options, engine, *tally, standing.get(), &output);
  }
  output.Finish();
  return kFine;
}

ExitCode RunScore(const ScoreOptions& options) {
  if (!options.events.files.empty()) return ScoreEvents(options);
  const bool skip = options.on_error == "skip";
  if (skip != !options.errors.empty()) {
    throw Failure(kUsage, "--on-error=skip and --errors FILE go together");
  }
  const bool to_stdout = options.output.empty() || options.output == "-";
  if (skip && (options.errors == options.output ||
               (options.errors == "-" && to_stdout))) {
    throw Failure(kUsage, "--errors and --output are the same file");
  }
  CheckFiles({options.input.file, options.algorithm.file},
             {options.output, options.errors}, options.standing);
  Population::Options population_options = PopulationOptions(options.input);
  population_options.skip_bad_rows = skip;
  const Engine engine = ChooseEngine(options.algorithm);
  // The options are checked before the input is read.
  NewRequest(options, engine, abi1::ScoreRequest());
  const bool is_stream =
      !options.standing.IsAsked() &&
      (options.format == "csv" || options.format == "jsonl") &&
      population_options.format != InputFormat::kProto;
  Output output(options.output);
  std::unique_ptr<Output> errors;
  if (skip) errors = std::make_unique<Output>(options.errors);
  std::unique_ptr<ComplaintWriter> complaints;
  if (skip) {
    complaints = std::make_unique<ComplaintWriter>(population_options.name,
                                                   errors.get());
  }
  (is_stream ? ScoreStream : ScoreWhole)(options, engine, population_options,
                                         &output, complaints.get());
  // Before the scores are there for anyone, so are the rows they lack.
  if (skip) errors->Finish();
  output.Finish();
  if (skip) TellLeftOut(complaints->rows(), options.errors);
  return kFine;
}

}  // namespace

void AddScore(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<ScoreOptions>();
  CLI::App* const score = app->add_subcommand("score", "score a population");
  AddScoring(score, {"table", "json", "jsonl", "csv", "markdown", "proto"},
             options.get());
  AddOnError(score, &options->on_error, &options->errors);
  AddThreads(score, "for csv and jsonl", &options->threads);
  score->final_callback([=] {
    ShareReading(*score, options.get());
    *code = RunScore(*options);
  });
}

}  // namespace influence::cli
