// `influence explain`: one person, every line.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/basics/printable.h"
#include "cli/commands/commands.h"
#include "cli/read/event_log.h"
#include "cli/read/inputs.h"
#include "cli/tasks/command_options.h"
#include "cli/tasks/one_person.h"
#include "cli/write/output_file.h"
#include "cli/write/point_sources.h"
#include "text/escape.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

std::string LinesAsCsv(const abi1::Ledger& ledger) {
  std::string out =
      "factor,quantity,full_marks,share,weight,points,covered,missing,cap\n";
  for (const abi1::Line& line : ledger.lines()) {
    absl::StrAppend(&out, FactorName(line.factor()), ",",
                    FormatMicros(line.quantity_micros()), ",",
                    FormatMicros(line.full_marks_micros()), ",",
                    FormatMicros(line.share_micros()), ",",
                    FormatMicros(line.weight_micropoints()), ",",
                    FormatMicros(line.points_micropoints()), ",",
                    FormatMicros(line.covered_micropoints()), ",",
                    FormatMicros(line.missing_micropoints()), ",",
                    line.cap() == abi1::CAP_FULL_MARKS ? "full marks" : "",
                    "\n");
  }
  return out;
}

abi1::Rendering RenderingOf(const std::string& format) {
  return format == "text"       ? abi1::RENDERING_TEXT
         : format == "markdown" ? abi1::RENDERING_MARKDOWN
                                : abi1::RENDERING_NONE;
}

// Says in text or Markdown where the person's standing comes from.
std::string StandingInWords(const Standing& standing,
                            const std::optional<abi1::NodeReport>& node,
                            const std::string& format) {
  const bool is_text = format == "text";
  if (node) return is_text ? NodeAsText(*node) : NodeAsMarkdown(*node);
  const abi1::StandingReport report = standing.Report();
  return is_text ? NoNodeAsText(report) : NoNodeAsMarkdown(report);
}

// From events: the same ledger, and where its points come from.
ExitCode ExplainEvents(const ScoreOptions& options) {
  CheckEventFiles(options.events, options.algorithm, options.output,
                  options.standing);
  const Engine engine = ChooseEngine(options.algorithm);
  Output output(options.output);
  OpenedPerson opened =
      OpenPerson(options, engine, /*carriers=*/false, output.is_terminal());
  const abi1::SubjectReport& report = opened.report;
  if (options.format == "json") {
    output.Write(ToJson(report));
  } else if (options.format == "proto") {
    output.Write(report.SerializeAsString());
  } else if (options.format == "csv") {
    output.Write(SourcesAsCsv(report));
  } else {
    opened.request.set_rendering(RenderingOf(options.format));
    output.Write(engine.Score(opened.request).results(0).text());
    output.Write(options.format == "text" ? SourcesAsText(report)
                                          : SourcesAsMarkdown(report));
    if (opened.standing != nullptr) {
      output.Write(
          StandingInWords(*opened.standing, opened.node, options.format));
    }
  }
  output.Finish();
  return kFine;
}

ExitCode RunExplain(const ScoreOptions& options) {
  if (!options.events.files.empty()) return ExplainEvents(options);
  CheckFiles({options.input.file, options.algorithm.file}, {options.output},
             options.standing);
  PopulationOptions(options.input);  // what is wrong with it comes first
  const Engine engine = ChooseEngine(options.algorithm);
  Output output(options.output);
  const std::unique_ptr<Standing> standing =
      StandingOf(options, engine, nullptr, output.is_terminal());
  std::optional<abi1::NodeReport> node;
  if (standing != nullptr) node = FindNode(*standing, options);
  const abi1::ScoreResponse response =
      ScoreOne(options, engine, RenderingOf(options.format), standing.get());
  const abi1::Result& result = response.results(0);
  if (options.format == "json") {
    output.Write(ToJson(response));
  } else if (options.format == "proto") {
    output.Write(response.SerializeAsString());
  } else if (options.format == "csv") {
    output.Write(LinesAsCsv(result.ledger()));
  } else {
    output.Write(result.text());
    if (standing != nullptr) {
      output.Write(StandingInWords(*standing, node, options.format));
    }
  }
  output.Finish();
  return kFine;
}

}  // namespace

void AddExplain(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<ScoreOptions>();
  options->format = "text";
  CLI::App* const explain =
      app->add_subcommand("explain", "explain one person's score");
  AddScoring(explain, {"text", "markdown", "json", "csv", "proto"},
             options.get());
  explain->add_option("--id", options->id, "the person")
      ->required()
      ->check(IsUtf8Text());
  AddTop(explain, "with --events: how many actors are named for a factor", 1,
         &options->top);
  explain->final_callback([=] {
    RequireFor(*explain, {"--top"},
               !options->events.files.empty() || options->standing.IsAsked(),
               "--events, or edges and seeds");
    ShareReading(*explain, options.get());
    *code = RunExplain(*options);
  });
}

}  // namespace influence::cli
