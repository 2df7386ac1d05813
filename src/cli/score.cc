// `influence score`: a population in, a line for each person out.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/progress.h"
#include "cli/text.h"
#include "cli/writers.h"

namespace influence::cli {
namespace {

// A request well below the library's limit, so that the next person fits.
constexpr size_t kBatchPeople = 1000;
constexpr size_t kBatchBytes = INFLUENCE_MAX_REQUEST_BYTES / 2;

wire::Error TooLarge() {
  wire::Error error;
  error.set_code(wire::CODE_TOO_LARGE);
  error.set_field("id");
  error.set_message("the person is larger than a request may be");
  return error;
}

// Scores a population in requests of a bounded size.
class Batches {
 public:
  Batches(const Engine& engine, const wire::ScoreRequest& head,
          Population* population, Progress* progress)
      : engine_(engine),
        request_(head),
        population_(population),
        progress_(progress) {}

  // Calls `use` with the result of each person who has one, in order; the
  // others are refused in the population.
  void ForEach(const std::function<void(const wire::Result&)>& use) {
    const std::vector<Person>& people = population_->people();
    for (size_t i = 0; i < people.size(); ++i) {
      const size_t size = people[i].profile.ByteSizeLong();
      if (bytes_ + size > kBatchBytes || batch_.size() == kBatchPeople) {
        Flush(use);
      }
      if (size > kBatchBytes) {
        population_->Refuse(i, TooLarge());
        continue;
      }
      *request_.add_profiles() = people[i].profile;
      batch_.push_back(i);
      bytes_ += size;
      progress_->Update(i);
    }
    Flush(use);
  }

 private:
  void Flush(const std::function<void(const wire::Result&)>& use) {
    if (batch_.empty()) return;
    const wire::ScoreResponse response = engine_.Score(request_);
    for (size_t i = 0; i < batch_.size(); ++i) {
      const wire::Result& result = response.results(static_cast<int>(i));
      if (result.has_error()) {
        population_->Refuse(batch_[i], result.error());
      } else {
        use(result);
      }
    }
    batch_.clear();
    bytes_ = 0;
    request_.clear_profiles();
  }

  const Engine& engine_;
  wire::ScoreRequest request_;
  Population* population_;
  Progress* progress_;
  std::vector<size_t> batch_;  // the people in request_
  size_t bytes_ = 0;
};

// What ToJson gives for the response, some results at a time: for all at once
// protobuf takes fifteen times the memory of the text.
void WriteJson(wire::ScoreResponse* response, Output* output) {
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
  wire::ScoreResponse response;
  if (!response.ParseFromString(answer) ||
      response.results_size() != static_cast<int>(people)) {
    throw Failure(kInternal, "the library's answer is not for this request");
  }
  for (size_t i = 0; i < people; ++i) {
    const wire::Result& result = response.results(static_cast<int>(i));
    if (result.has_error()) population->Refuse(i, result.error());
  }
  if (options.format == "json") {
    WriteJson(&response, output);
  } else {
    output->Write(answer);
  }
}

// Nothing is lost: every row that was left out, with its place and reason.
void WriteComplaints(const std::string& name, const Population& population,
                     Output* errors) {
  std::vector<Complaint> complaints = population.complaints();
  std::stable_sort(
      complaints.begin(), complaints.end(),
      [](const Complaint& a, const Complaint& b) { return a.line < b.line; });
  errors->Write("file,line,column,reason,row\n");
  for (const Complaint& c : complaints) {
    const std::string place =
        c.line == 0 ? "," : absl::StrCat(c.line, ",", c.column);
    errors->Write(absl::StrCat(CsvCell(name), ",", place, ",",
                               CsvCell(c.reason), ",", CsvCell(c.raw), "\n"));
  }
  errors->Finish();
}

}  // namespace

ExitCode RunScore(const ScoreOptions& options) {
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
             {options.output, options.errors});
  Population::Options population_options = PopulationOptions(options.input);
  population_options.skip_bad_rows = skip;
  const Engine engine = ChooseEngine(options.algorithm);
  // The options are checked before the input is read.
  NewRequest(options, engine, wire::ScoreRequest());
  const std::string text = ReadAll(options.input.file);
  Population population(text, population_options);
  wire::ScoreRequest request = NewRequest(options, engine, population.head());

  Output output(options.output);
  std::unique_ptr<Output> errors;
  if (skip) errors = std::make_unique<Output>(options.errors);
  if (options.format == "json" || options.format == "proto") {
    WriteOneResponse(options, engine, RequestBytes(population, request, text),
                     &population, &output);
  } else {
    const std::unique_ptr<Writer> writer =
        NewWriter(options.format, engine.Describe());
    request.set_detail(writer->detail());
    request.clear_rendering();
    output.Write(writer->Head());
    {
      Progress progress(population.people().size(), output.is_terminal());
      Batches(engine, request, &population, &progress)
          .ForEach([&](const wire::Result& result) {
            output.Write(writer->Row(result));
          });
    }
    output.Write(writer->Tail());
  }
  // Before the scores are there for anyone, so are the rows they lack.
  if (skip) {
    WriteComplaints(population_options.name, population, errors.get());
  }
  output.Finish();
  if (!population.complaints().empty()) {
    std::fprintf(stderr, "influence: %zu %s left out; see %s\n",
                 population.complaints().size(),
                 population.complaints().size() == 1 ? "row was" : "rows were",
                 Printable(options.errors).c_str());
  }
  return kFine;
}

}  // namespace influence::cli
