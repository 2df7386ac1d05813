// `influence tally`: events in, the profiles that `influence score` reads out.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/read/event_log.h"
#include "cli/tasks/command_options.h"
#include "cli/write/output_file.h"
#include "cli/write/profile_writers.h"

namespace influence::cli {

namespace {

ExitCode RunTally(const TallyingOptions& options) {
  CheckEventFiles(options.events, options.algorithm, options.output);
  const Engine engine = ChooseEngine(options.algorithm);
  Output output(options.output);
  const std::unique_ptr<Tally> tally =
      TallyEvents(options.events, engine, output.is_terminal());
  const std::unique_ptr<ProfileWriter> writer =
      NewProfileWriter(options.format, HeadOf(*tally, engine));
  output.Write(writer->Head());
  const std::unique_ptr<ProfileStream> profiles = tally->Profiles();
  abi1::Profile profile;
  while (profiles->Next(&profile)) output.Write(writer->Row(profile));
  output.Finish();
  return kFine;
}

}  // namespace

void AddTally(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<TallyingOptions>();
  options->format = "csv";
  CLI::App* const tally =
      app->add_subcommand("tally", "make profiles from events");
  AddTallying(tally, {"csv", "jsonl", "proto"}, options.get());
  tally->final_callback([=] { *code = RunTally(*options); });
}

}  // namespace influence::cli
