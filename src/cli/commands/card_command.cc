// `influence card`: what an algorithm is, for people who are scored by it.
#include <CLI/CLI.hpp>
#include <utility>

#include "cli/commands/commands.h"
#include "cli/tasks/command_options.h"
#include "cli/tasks/pages.h"
#include "cli/write/output_file.h"

namespace influence::cli {

namespace {

struct CardOptions {
  AlgorithmOptions algorithm;
  std::string format = "markdown";
  LanguageOptions language;
  std::string output;
};

ExitCode RunCard(const CardOptions& options) {
  CheckFiles({options.algorithm.file, options.language.messages},
             {options.output});
  const abi1::AlgorithmDescription description =
      ChooseEngine(options.algorithm).Describe();
  abi1::RenderRequest request;
  request.set_card(description.algorithm().id());
  if (!description.released()) {
    *request.mutable_algorithm() = description.algorithm();
  }
  const std::string page =
      Page(std::move(request), options.format, options.language);
  Output output(options.output);
  output.Write(page);
  output.Finish();
  return kFine;
}

}  // namespace

void AddCard(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<CardOptions>();
  CLI::App* const card = app->add_subcommand(
      "card", "an algorithm's model card: meaning, reasons, limits, uses");
  AddAlgorithm(card, &options->algorithm);
  AddFormat(card, {"markdown", "html", "text", "json"}, &options->format);
  AddLanguage(card, &options->language);
  AddOutput(card, &options->output);
  card->final_callback([=] { *code = RunCard(*options); });
}

}  // namespace influence::cli
