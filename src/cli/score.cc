// `influence score`: a population in, a line for each person out.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/decimal.h"
#include "cli/files.h"
#include "cli/progress.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

// A request well below the library's limit, so that the next person fits.
constexpr size_t kBatchPeople = 1000;
constexpr size_t kBatchBytes = INFLUENCE_MAX_REQUEST_BYTES / 2;

wire::Error TooLarge() {
  wire::Error error;
  error.set_code(wire::CODE_TOO_LARGE);
  error.set_field("profiles[0].id");
  error.set_message("the person is larger than a whole request may be");
  return error;
}

// Calls `use` with the result of each person who has one, in order; the others
// are refused in the population.
void ForEachResult(const Engine& engine, const wire::ScoreRequest& head,
                   Population* population,
                   const std::function<void(const wire::Result&)>& use) {
  std::vector<Person>& people = population->people();
  Progress progress(people.size());
  wire::ScoreRequest request = head;
  std::vector<size_t> batch;  // the people in it
  size_t bytes = 0;
  const auto flush = [&] {
    if (batch.empty()) return;
    const wire::ScoreResponse response = engine.Score(request);
    for (size_t i = 0; i < batch.size(); ++i) {
      const wire::Result& result = response.results(static_cast<int>(i));
      if (result.has_error()) {
        population->Refuse(batch[i], result.error());
      } else {
        use(result);
      }
    }
    batch.clear();
    bytes = 0;
    request.clear_profiles();
  };
  for (size_t i = 0; i < people.size(); ++i) {
    const size_t size = people[i].profile.ByteSizeLong();
    if (bytes + size > kBatchBytes || batch.size() == kBatchPeople) flush();
    if (size > kBatchBytes) {
      population->Refuse(i, TooLarge());
      continue;
    }
    *request.add_profiles() = people[i].profile;
    batch.push_back(i);
    bytes += size;
    progress.Update(i);
  }
  flush();
}

// One shape of output: a heading, a text for each result, an ending.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual wire::Detail detail() const { return wire::DETAIL_LEDGER; }
  virtual std::string Head() { return ""; }
  virtual std::string Row(const wire::Result& result) = 0;
  virtual std::string Tail() { return ""; }
};

// Rows of cells, laid out when all are known.
class GridWriter : public Writer {
 public:
  explicit GridWriter(bool markdown) : markdown_(markdown) {
    grid_.push_back({"id", "score", "band", "known", "low", "high"});
  }
  wire::Detail detail() const override { return wire::DETAIL_SCORE; }
  std::string Row(const wire::Result& result) override {
    const wire::Ledger& ledger = result.ledger();
    grid_.push_back({markdown_ ? result.id() : Printable(result.id()),
                     Whole(ledger.score_micropoints()), BandName(ledger.band()),
                     Whole(ledger.coverage_micropoints()) + " %",
                     Whole(ledger.low_micropoints()),
                     Whole(ledger.high_micropoints())});
    return "";
  }
  std::string Tail() override {
    return markdown_ ? MarkdownTable(grid_) : AlignedTable(grid_);
  }

 private:
  // Whole points, half to even: the band is by the same number.
  static std::string Whole(int64_t micros) {
    constexpr int64_t kOne = 1'000'000;
    int64_t points = micros / kOne;
    const int64_t rest = micros % kOne;
    if (rest > kOne / 2 || (rest == kOne / 2 && points % 2 != 0)) ++points;
    return std::to_string(points);
  }

  bool markdown_;
  Grid grid_;
};

// The columns that CSV and JSONL share: name and value, points last.
std::vector<std::pair<std::string, std::string>> Numbers(
    const wire::Ledger& ledger) {
  std::vector<std::pair<std::string, std::string>> numbers = {
      {"score", FormatMicros(ledger.score_micropoints())},
      {"coverage", FormatMicros(ledger.coverage_micropoints())},
      {"low", FormatMicros(ledger.low_micropoints())},
      {"high", FormatMicros(ledger.high_micropoints())}};
  for (const wire::Line& line : ledger.lines()) {
    numbers.emplace_back(FactorName(line.factor()),
                         FormatMicros(line.points_micropoints()));
  }
  return numbers;
}

class CsvWriter : public Writer {
 public:
  explicit CsvWriter(const wire::Algorithm& algorithm)
      : head_("id,score,coverage,low,high") {
    for (const wire::Row& row : algorithm.rows()) {
      head_ += "," + FactorName(row.factor());
    }
  }
  std::string Head() override { return head_ + "\n"; }
  std::string Row(const wire::Result& result) override {
    std::string row = CsvCell(result.id());
    for (const auto& number : Numbers(result.ledger())) {
      row += "," + number.second;
    }
    return row + "\n";
  }

 private:
  std::string head_;
};

class JsonlWriter : public Writer {
 public:
  std::string Row(const wire::Result& result) override {
    std::string row = "{\"id\":" + JsonString(result.id());
    for (const auto& [name, value] : Numbers(result.ledger())) {
      absl::StrAppend(&row, ",\"", name, "\":", value);
    }
    return row + "}\n";
  }
};

std::unique_ptr<Writer> NewWriter(const std::string& format,
                                  const Engine& engine) {
  if (format == "csv") {
    return std::make_unique<CsvWriter>(engine.Describe().algorithm());
  }
  if (format == "jsonl") return std::make_unique<JsonlWriter>();
  return std::make_unique<GridWriter>(format == "markdown");
}

// json and proto are one ScoreResponse, whose identity holds the digest of one
// request; so the population has to fit into one.
void WriteOneResponse(const ScoreOptions& options, const Engine& engine,
                      wire::ScoreRequest request, Population* population,
                      Output* output) {
  std::vector<Person>& people = population->people();
  for (const Person& person : people) *request.add_profiles() = person.profile;
  if (people.size() > INFLUENCE_MAX_PROFILES ||
      request.ByteSizeLong() > INFLUENCE_MAX_REQUEST_BYTES) {
    throw Failure(kUsage, "--format " + options.format +
                              " is one response, which this population does "
                              "not fit; use csv or jsonl, or split the file");
  }
  const wire::ScoreResponse response = engine.Score(request);
  for (size_t i = 0; i < people.size(); ++i) {
    const wire::Result& result = response.results(static_cast<int>(i));
    if (result.has_error()) population->Refuse(i, result.error());
  }
  output->Write(options.format == "json" ? ToJson(response, true)
                                         : response.SerializeAsString());
}

// Nothing is lost: every row that was left out, with its place and reason.
void WriteComplaints(const ScoreOptions& options,
                     const Population& population) {
  std::vector<Complaint> complaints = population.complaints();
  std::stable_sort(
      complaints.begin(), complaints.end(),
      [](const Complaint& a, const Complaint& b) { return a.line < b.line; });
  Output errors(options.errors);
  errors.Write("file,line,column,reason,row\n");
  for (const Complaint& c : complaints) {
    errors.Write(absl::StrCat(CsvCell(options.input.file), ",", c.line, ",",
                              c.column, ",", CsvCell(c.reason), ",",
                              CsvCell(c.raw), "\n"));
  }
  errors.Finish();
  if (!complaints.empty()) {
    std::fprintf(stderr, "influence: %zu rows were left out; see %s\n",
                 complaints.size(), options.errors.c_str());
  }
}

}  // namespace

ExitCode RunScore(const ScoreOptions& options) {
  const bool skip = options.on_error == "skip";
  if (skip != !options.errors.empty()) {
    throw Failure(kUsage, "--on-error=skip and --errors FILE go together");
  }
  Population::Options population_options = PopulationOptions(options.input);
  population_options.skip_bad_rows = skip;
  const Engine engine = ChooseEngine(options.algorithm);
  wire::ScoreRequest request = NewRequest(options, engine);
  const std::string text = ReadAll(options.input.file);
  Population population(text, population_options);

  Output output(options.output);
  if (options.format == "json" || options.format == "proto") {
    WriteOneResponse(options, engine, request, &population, &output);
  } else {
    const std::unique_ptr<Writer> writer = NewWriter(options.format, engine);
    request.set_detail(writer->detail());
    output.Write(writer->Head());
    ForEachResult(
        engine, request, &population,
        [&](const wire::Result& result) { output.Write(writer->Row(result)); });
    output.Write(writer->Tail());
  }
  output.Finish();
  if (skip) WriteComplaints(options, population);
  return kFine;
}

}  // namespace influence::cli
