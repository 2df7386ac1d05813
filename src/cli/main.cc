// The `influence` command: its list of subcommands, and how each way to fail is
// told and ends.
#include <google/protobuf/stubs/logging.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/utf8.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/commands/commands.h"
#include "cli/write/output_file.h"
#include "influence/influence.h"
#include "text/escape.h"

namespace influence::cli {
namespace {

constexpr void (*kSubcommands[])(CLI::App*, ExitCode*) = {
    AddScore,   AddTally, AddTopics, AddExplain,    AddStanding,
    AddCompare, AddDrift, AddWhatIf, AddAlgorithms, AddVerify,
    AddReport,  AddCard,  AddSchema, AddSelftest};

// An empty value is most often a variable that was never set. It must not pass
// for an option that was not given: --fingerprint "$PRINT" would check nothing.
void RefuseEmptyValues(CLI::App* app) {
  for (CLI::Option* option : app->get_options()) {
    option->transform(CLI::Validator(
        [](const std::string& value) {
          return value.empty() ? "is empty" : "";
        },
        /*validator_desc=*/""));
  }
  for (CLI::App* command : app->get_subcommands(nullptr)) {
    RefuseEmptyValues(command);
  }
}

// CLI11's words, except for two options that exclude or need each other.
std::string InWords(const CLI::Error& error) {
  const std::string said = error.what();
  const std::vector<std::string> apart = absl::StrSplit(said, " excludes ");
  if (error.get_name() == "ExcludesError" && apart.size() == 2) {
    return absl::StrCat("give ", apart[0], " or ", apart[1], ", not both");
  }
  const std::vector<std::string> with = absl::StrSplit(said, " requires ");
  if (error.get_name() == "RequiresError" && with.size() == 2) {
    return absl::StrCat(with[0], " is for ", with[1]);
  }
  return said;
}

ExitCode Run(int argc, char** argv) {
  CLI::App app(
      "Influence scores from 0 to 100, pinned to an algorithm version and\n"
      "explained to the last millionth of a point.",
      "influence");
  app.set_version_flag("--version",
                       std::string("influence ") + influence_library_version() +
                           ", ABI " + std::to_string(influence_abi_version()));
  app.require_subcommand(1);
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return "influence: " + Printable(InWords(error)) +
           "\nRun with --help for more information.\n";
  });
  ExitCode code = kUsage;
  for (const auto add : kSubcommands) add(&app, &code);
  RefuseEmptyValues(&app);
  app.parse_complete_callback([] {  // before a subcommand runs
    if (influence_abi_version() != INFLUENCE_ABI_VERSION) {
      throw Failure(kInternal, "the library that was loaded has another ABI");
    }
  });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int exit = app.exit(error);  // prints help, the version or the fault
    if (!std::cout.flush()) {
      throw Failure(kInternal, "standard output cannot be written");
    }
    return exit == 0 ? kFine : kUsage;
  }
  return code;
}

}  // namespace
}  // namespace influence::cli

int main(int argc, char** argv) {
  using influence::cli::Failure;
  using influence::cli::kInternal;
  const auto report = [](const char* what) {
    std::fprintf(stderr, "influence: %s\n", what);
  };
  // A closed pipe is reported as a failed write, and text that is not UTF-8 as
  // an error of its row; neither kills or prints.
  std::signal(SIGPIPE, SIG_IGN);
  influence::cli::RemoveUnfinishedOnSignals();
  google::protobuf::SetLogHandler(nullptr);
  try {
    return influence::cli::Run(argc, argv);
  } catch (const Failure& failure) {
    report(failure.what());
    return failure.code();
  } catch (const std::exception& error) {
    report(error.what());
  } catch (...) {
    report("a defect of this command");
  }
  return kInternal;
}
