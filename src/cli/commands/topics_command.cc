// `influence topics`: what people are listened to about, with the evidence.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/commands/commands.h"
#include "cli/read/event_log.h"
#include "cli/tasks/command_options.h"
#include "cli/write/output_file.h"
#include "text/escape.h"
#include "text/layout.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

struct TopicsOptions : TallyingOptions {
  std::string id;  // empty: everybody
};

void Add(const std::string& id, const std::string& topic, int64_t score_micros,
         uint64_t people, int64_t quantity_micros, Grid* grid) {
  grid->push_back({id, topic, FormatMicros(score_micros),
                   std::to_string(people), FormatMicros(quantity_micros)});
}

std::string AsCsv(const Grid& grid) {
  std::string text;
  for (const std::vector<std::string>& row : grid) {
    for (size_t i = 0; i < row.size(); ++i) {
      absl::StrAppend(&text, i == 0 ? "" : ",", CsvCell(row[i]));
    }
    text += '\n';
  }
  return text;
}

std::string AsJsonl(const Grid& grid) {
  constexpr size_t kTexts = 2;
  std::string text;
  for (size_t i = 1; i < grid.size(); ++i) {
    for (size_t j = 0; j < grid[i].size(); ++j) {
      absl::StrAppend(&text, j == 0 ? "{" : ",", JsonString(grid[0][j]), ":",
                      j < kTexts ? JsonString(grid[i][j]) : grid[i][j]);
    }
    text += "}\n";
  }
  return text;
}

std::string AsTable(Grid grid) {
  for (std::vector<std::string>& row : grid) {
    for (std::string& cell : row) cell = Printable(cell);
  }
  return AlignedTable(grid);
}

ExitCode RunTopics(const TopicsOptions& options) {
  CheckEventFiles(options.events, options.algorithm, options.output);
  const Engine engine = ChooseEngine(options.algorithm);
  Output output(options.output);
  const std::unique_ptr<Tally> tally =
      TallyEvents(options.events, engine, output.is_terminal());
  Grid grid = {{"id", "topic", "score", "people", "quantity"}};
  if (!options.id.empty()) {
    abi1::SubjectRequest request;
    request.set_id(options.id);
    request.set_top(1);
    const abi1::SubjectReport report = tally->Subject(request);
    for (const abi1::TopicEvidence& topic : report.topics()) {
      Add(options.id, topic.topic(), topic.score_micros(), topic.people(),
          topic.quantity_micros(), &grid);
    }
  } else {
    tally->ForEachTopic([&grid](const Tally::Topic& topic) {
      Add(topic.id, topic.topic, topic.score_micros, topic.people,
          topic.quantity_micros, &grid);
    });
  }
  output.Write(options.format == "csv"     ? AsCsv(grid)
               : options.format == "jsonl" ? AsJsonl(grid)
                                           : AsTable(grid));
  output.Finish();
  return kFine;
}

}  // namespace

void AddTopics(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<TopicsOptions>();
  options->format = "table";
  CLI::App* const topics = app->add_subcommand(
      "topics", "what people are listened to about, from events");
  AddTallying(topics, {"table", "csv", "jsonl"}, options.get());
  topics->add_option("--id", options->id, "only this person")
      ->check(IsUtf8Text());
  topics->final_callback([=] { *code = RunTopics(*options); });
}

}  // namespace influence::cli
