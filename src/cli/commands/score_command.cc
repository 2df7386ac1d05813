// `influence score`: a population in, a line for each person out.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/basics/printable.h"
#include "cli/commands/commands.h"
#include "cli/commands/score_people.h"
#include "cli/commands/score_stream.h"
#include "cli/read/event_log.h"
#include "cli/read/inputs.h"
#include "cli/write/complaint_writer.h"
#include "cli/write/output.h"
#include "cli/write/progress.h"
#include "cli/write/result_writers.h"

namespace influence::cli {
namespace {

// What ToJson gives for the response, some results at a time: for all at once
// protobuf takes fifteen times the memory of the text.
void WriteJson(abi1::ScoreResponse* response, Output* output) {
  constexpr int kMostResults = 500;
  const auto results = std::exchange(*response->mutable_results(), {});
  std::string end;
  int i = 0;
  do {
    while (i < results.size() && response->results_size() < kMostResults) {
      *response->add_results() = results[i++];
    }
    const std::string json = ToJson(*response);
    const size_t close = json.find_last_not_of(" \n", json.rfind(']') - 1) + 1;
    const size_t open = end.empty() ? 0 : json.find('[') + 1;
    if (!end.empty()) output->Write(",");
    output->Write(json.substr(open, close - open));
    end = json.substr(close);
    response->Clear();  // its identity is written
  } while (i < results.size());
  output->Write(end);
}

// json and proto are one ScoreResponse, whose identity holds the digest of one
// request; so the population has to fit into one.
void WriteOneResponse(const ScoreOptions& options, const Engine& engine,
                      const std::string& request, Population* population,
                      Output* output) {
  const size_t people = population->people().size();
  if (people > INFLUENCE_MAX_PROFILES ||
      request.size() > INFLUENCE_MAX_REQUEST_BYTES) {
    throw Failure(kUsage, "--format " + options.format +
                              " is one response, which this population does "
                              "not fit; use csv or jsonl, or split the file");
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
    WriteJson(&response, output);
  } else {
    output->Write(answer);
  }
}

// The population is held in memory, so that it can be one table or one message.
void ScoreWhole(const ScoreOptions& options, const Engine& engine,
                const Population::Options& population_options, Output* output,
                ComplaintWriter* complaints) {
  const bool has_standing = options.standing.IsAsked();
  std::unique_ptr<Standing> standing;
  std::string text;
  if (options.events.files.empty()) {
    text = ReadAll(options.input.file);
    if (has_standing) {
      standing = MakeStanding(options.standing, engine, nullptr,
                              output->is_terminal());
    }
  } else {
    const std::unique_ptr<Tally> tally =
        TallyEvents(options.events, engine, output->is_terminal());
    if (has_standing) {
      standing = MakeStanding(options.standing, engine, tally.get(),
                              output->is_terminal());
    }
    text = RequestOf(*tally, engine, standing.get());
  }
  Population population(text, population_options);
  abi1::ScoreRequest request = NewRequest(options, engine, population.head());
  if (standing != nullptr && options.events.files.empty()) {
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
ExitCode RunScoreEvents(const ScoreOptions& options) {
  CheckEventFiles(options.events, options.algorithm, options.output,
                  options.standing);
  Population::Options population_options;
  population_options.name = "the tally";
  population_options.format = InputFormat::kProto;
  const Engine engine = ChooseEngine(options.algorithm);
  NewRequest(options, engine, abi1::ScoreRequest());
  Output output(options.output);
  ScoreWhole(options, engine, population_options, &output, nullptr);
  output.Finish();
  return kFine;
}

}  // namespace

ExitCode RunScore(const ScoreOptions& options) {
  if (!options.events.files.empty()) return RunScoreEvents(options);
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

}  // namespace influence::cli
