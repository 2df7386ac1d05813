// `influence drift`: what another algorithm would do to a population.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "cli/basics/decimal.h"
#include "cli/basics/printable.h"
#include "cli/commands/commands.h"
#include "cli/read/csv_reader.h"
#include "cli/read/inputs.h"
#include "cli/read/people/id_ledger.h"
#include "cli/read/people/row_stream.h"
#include "cli/tasks/command_options.h"
#include "cli/tasks/drift_people.h"
#include "cli/tasks/pages.h"
#include "cli/write/output_file.h"
#include "text/escape.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

struct DriftCommand : DriftOptions {
  std::string max_moved;  // "5%"; empty: no gate
  std::string format = "text";
  LanguageOptions language;
  std::string output;
};

// "12.34 %" of a whole, rounded half up.
std::string Percent(uint64_t part, uint64_t whole) {
  if (whole == 0) return "-";
  const uint64_t hundredths = (part * 20'000 + whole) / (2 * whole);
  std::string cents = std::to_string(hundredths % 100);
  if (cents.size() < 2) cents.insert(0, 1, '0');
  return absl::StrCat(hundredths / 100, ".", cents, " %");
}

std::string Agreement(bool known, int64_t micros) {
  return known ? FormatMicros(micros) : "-";
}

// "-1.13": to the nearest hundredth of a point, half up.
std::string SignedHundredths(int64_t micros) {
  const int64_t hundredths = (micros + 100'005'000) / 10'000 - 10'000;
  const int64_t size = std::abs(hundredths);
  return absl::StrCat(hundredths < 0   ? "-"
                      : hundredths > 0 ? "+"
                                       : "",
                      size / 100, size % 100 < 10 ? ".0" : ".", size % 100);
}

// One line: what a CHANGELOG quotes.
std::string AsLine(const abi1::DriftReport& report) {
  const abi1::DriftSummary& all = report.all();
  std::string median = "-";
  for (const abi1::DriftQuantile& quantile : all.quantiles()) {
    if (quantile.permyriad() == 5'000) {
      median = SignedHundredths(quantile.change_micropoints());
    }
  }
  return absl::StrCat(
      Printable(report.before().algorithm()), " to ",
      Printable(report.after().algorithm()), ": ", all.people(), " people, ",
      all.unchanged(), " unchanged, ", all.up(), " up, ", all.down(), " down, ",
      all.beyond(), " by 6 points or more, median ", median, ", Spearman ",
      Agreement(all.has_spearman_micros(), all.spearman_micros()),
      " by half points\n");
}

// The gate, in millionths: "5%" or "0.05".
int64_t ParseGate(const std::string& text) {
  std::string why;
  absl::string_view number = text;
  const bool percent = absl::ConsumeSuffix(&number, "%");
  const std::string digits(number);
  const auto micros = ParseMicros(digits, &why);
  if (!micros.has_value() || *micros > (percent ? 100'000'000 : 1'000'000)) {
    throw Failure(kUsage, absl::StrCat("--max-moved: ", Quoted(text),
                                       " is no share such as 5%"));
  }
  return percent ? *micros / 100 : *micros;
}

ExitCode RunDrift(const DriftCommand& command) {
  CheckWords(command.language, command.format);
  CheckFiles({command.input.file, command.before.file, command.after.file,
              command.language.messages},
             {command.output});
  const int64_t gate =
      command.max_moved.empty() ? 1'000'000 : ParseGate(command.max_moved);
  const abi1::DriftReport report = DriftOf(command);
  Output output(command.output);
  if (command.format == "json") {
    output.Write(ToJson(report));
  } else if (command.format == "line") {
    output.Write(AsLine(report));
  } else {
    abi1::RenderRequest page;
    *page.mutable_drift() = report;
    output.Write(Page(std::move(page), command.format, command.language));
  }
  output.Finish();
  const abi1::DriftSummary& all = report.all();
  if (!command.max_moved.empty() && all.people() == 0) {
    std::fputs(
        "influence: nobody has a score: nothing was measured, so that the "
        "limit is not kept\n",
        stderr);
    return kCheckFailed;
  }
  const bool too_many = static_cast<int64_t>(all.beyond()) * 1'000'000 >
                        gate * static_cast<int64_t>(all.people());
  if (too_many) {
    std::fprintf(stderr,
                 "influence: %s of the people move by 6 points or more; the "
                 "limit is %s\n",
                 Percent(all.beyond(), all.people()).c_str(),
                 command.max_moved.c_str());
  }
  return too_many ? kCheckFailed : kFine;
}

}  // namespace

void AddDrift(CLI::App* app, ExitCode* code) {
  const auto command = std::make_shared<DriftCommand>();
  CLI::App* const drift = app->add_subcommand(
      "drift", "what another algorithm does to a population");
  drift
      ->add_option("FILE", command->input.file, "profiles; - is standard input")
      ->required();
  AddInputFormat(drift, "otherwise by the file's name", &command->input.format,
                 &command->input.allow_extra);
  AddSides(drift, &command->before, &command->after);
  drift
      ->add_option("--by", command->by,
                   "also by each value of this column of the CSV file, which "
                   "may be any; who has rows of several values is counted "
                   "with all of them, joined by ' + '")
      ->check(IsUtf8Text());
  AddTop(drift, "how many of who moved most", 0, &command->top);
  AddThreads(drift, "for csv and jsonl", &command->threads);
  drift->add_option("--max-moved", command->max_moved,
                    "exit with 1 if more of the people than this, such as 5%, "
                    "move by 6 points or more, or if nobody was scored");
  AddFormat(drift, {"text", "markdown", "html", "json", "line"},
            &command->format);
  AddOutput(drift, &command->output);
  AddLanguage(drift, &command->language);
  drift->final_callback([=] {
    RequireFor(*drift, {"--by", "--top"}, command->format != "line",
               "formats of more than a line");
    *code = RunDrift(*command);
  });
}

}  // namespace influence::cli
