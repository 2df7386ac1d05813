// `influence algorithms`: what there is, and what each can do to a score.
#include <CLI/CLI.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/micros.h"
#include "cli/basics/printable.h"
#include "cli/commands/commands.h"
#include "cli/tasks/command_options.h"
#include "cli/tasks/pages.h"
#include "cli/write/output_file.h"
#include "text/layout.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

std::string Counts(const abi1::Row& row) {
  std::string counts;
  for (const abi1::SignalValue& count : row.counts()) {
    absl::StrAppend(&counts, counts.empty() ? "" : ", ",
                    SignalName(count.signal()));
    if (count.value_micros() != kOne) {
      absl::StrAppend(&counts, " x ", FormatQuantity(count.value_micros()));
    }
  }
  return counts;
}

Grid WeightGrid(const abi1::Algorithm& algorithm) {
  Grid grid = {
      {"factor", "weight, points", "full marks at", "half-life, days"}};
  for (const abi1::Row& row : algorithm.rows()) {
    grid.push_back(
        {FactorName(row.factor()), FormatQuantity(row.weight_micropoints()),
         FormatQuantity(row.full_marks_micros()),
         row.half_life_units() == 0 ? "none"
                                    : std::to_string(row.half_life_units())});
  }
  return grid;
}

Grid PriceGrid(const abi1::AlgorithmDescription& description) {
  Grid grid = {
      {"points, at most", "2x adds", "10x adds", "30 silent days cost"}};
  int64_t silent = 0;
  for (const abi1::PriceLine& price : description.prices()) {
    silent += price.silent_30_days_micropoints();
    grid.push_back({FactorName(price.factor()),
                    FormatRoundedUp(price.doubled_micropoints()),
                    FormatRoundedUp(price.tenfold_micropoints()),
                    FormatRoundedUp(price.silent_30_days_micropoints())});
  }
  grid.push_back({"all together", "", "", FormatRoundedUp(silent)});
  return grid;
}

std::string Show(const abi1::AlgorithmDescription& description, bool markdown) {
  const abi1::Algorithm& algorithm = description.algorithm();
  std::string counted;
  for (const abi1::Row& row : algorithm.rows()) {
    absl::StrAppend(&counted, markdown ? "- " : "  ", FactorName(row.factor()),
                    ": ", Counts(row), "\n");
  }
  const auto table = [markdown](const Grid& grid) {
    return markdown ? MarkdownTable(grid) : AlignedTable(grid);
  };
  return absl::StrCat(
      algorithm.id(), description.released() ? " (released)" : " (custom)",
      ", fingerprint ", description.fingerprint(), "\n\n",
      table(WeightGrid(algorithm)), "\nWhat is counted\n", markdown ? "\n" : "",
      counted,
      "\npoints = weight * min(1, log2(1 + x) / log2(1 + full marks))\n\n",
      table(PriceGrid(description)));
}

void WriteOut(const std::string& text) {
  Output output("");
  output.Write(text);
  output.Finish();
}

ExitCode RunAlgorithms(const std::string& format) {
  const abi1::AlgorithmList list = ListAlgorithms();
  if (format == "json") {
    WriteOut(ToJson(list));
    return kFine;
  }
  Grid grid = {{"id", "fingerprint", "released"}};
  for (const abi1::AlgorithmDescription& description : list.algorithms()) {
    grid.push_back({description.algorithm().id(), description.fingerprint(),
                    description.released() ? "yes" : "no"});
  }
  WriteOut(format == "markdown" ? MarkdownTable(grid) : AlignedTable(grid));
  return kFine;
}

ExitCode RunShowAlgorithm(const AlgorithmOptions& algorithm,
                          const std::string& format,
                          const LanguageOptions& language) {
  const abi1::AlgorithmDescription description =
      ChooseEngine(algorithm).Describe();
  const bool is_worded = !language.name.empty() || !language.messages.empty();
  if (format == "html" || format == "text" ||
      (format == "markdown" && is_worded)) {
    abi1::RenderRequest page;
    *page.mutable_description() = description;
    WriteOut(Page(std::move(page), format, language));
    return kFine;
  }
  if (is_worded) {
    throw Failure(kUsage, "--language is for text, markdown and html");
  }
  WriteOut(format == "json" ? ToJson(description)
                            : Show(description, format == "markdown"));
  return kFine;
}

}  // namespace

void AddAlgorithms(CLI::App* app, ExitCode* code) {
  struct Options {
    std::string list_format = "table";
    std::string format = "table";
    AlgorithmOptions algorithm;
    LanguageOptions language;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* const list =
      app->add_subcommand("algorithms", "list the released algorithms");
  AddFormat(list, {"table", "json", "markdown"}, &options->list_format);
  CLI::App* const show = list->add_subcommand(
      "show", "weights, and what each factor can do at most");
  CLI::Option* const id =
      show->add_option("ID", options->algorithm.id, "such as v1");
  show->add_option("--algorithm-file", options->algorithm.file,
                   "a custom algorithm")
      ->excludes(id);
  AddFormat(show, {"table", "json", "markdown", "text", "html"},
            &options->format);
  AddLanguage(show, &options->language);
  // CLI11 calls the outer subcommand's callback last, for both.
  list->final_callback([=] {
    *code = show->parsed()
                ? RunShowAlgorithm(options->algorithm, options->format,
                                   options->language)
                : RunAlgorithms(options->list_format);
  });
}

}  // namespace influence::cli
