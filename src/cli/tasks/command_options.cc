// Adds the options that several subcommands share. A rule between two options
// is CLI11's (needs, excludes, checks of values); a rule that depends on one of
// several options, or on files, is a check after parsing.
#include "cli/tasks/command_options.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "cli/basics/failure.h"
#include "cli/read/inputs.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

// Below this the library's own tables would be spilled again and again.
constexpr uint64_t kLeastMemoryBytes = uint64_t{64} << 20;

void AddReadingOfEvents(CLI::App* app, EventOptions* events) {
  AddFuture(app, "events after --as-of: refuse or ignore", &events->future)
      ->capture_default_str();
  AddMemory(app, &events->memory_bytes, &events->temporary);
  app->add_option("--report", events->report,
                  "write what was counted and what was ignored, as JSON");
}

}  // namespace

CLI::Validator IsUtf8Text() {
  return CLI::Validator(
      [](const std::string& text) {
        return FirstInvalid(text) < text.size() ? "is not UTF-8" : "";
      },
      /*validator_desc=*/"");
}

void AddAlgorithm(CLI::App* app, AlgorithmOptions* options) {
  CLI::Option* const id = app->add_option(
      "--algorithm", options->id,
      "the released algorithm, such as v1; there is no default");
  app->add_option("--algorithm-file", options->file,
                  "a custom algorithm: an Algorithm message, JSON or bytes")
      ->excludes(id);
}

void AddSides(CLI::App* app, AlgorithmOptions* before,
              AlgorithmOptions* after) {
  CLI::Option* const from =
      app->add_option("--from", before->id, "the released algorithm before");
  app->add_option("--from-file", before->file, "or a custom one")
      ->excludes(from);
  CLI::Option* const to =
      app->add_option("--to", after->id, "the released algorithm after");
  app->add_option("--to-file", after->file, "or a custom one")->excludes(to);
}

void AddInputFormat(CLI::App* app, const char* what, std::string* format,
                    bool* allow_extra) {
  app->add_option("--input-format", *format, what)
      ->check(CLI::IsMember({"csv", "jsonl", "proto"}));
  app->add_flag("--allow-extra", *allow_extra,
                "ignore columns that are not known");
}

void AddFormat(CLI::App* app, const std::vector<std::string>& formats,
               std::string* format) {
  app->add_option("--format", *format, "what to print")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
}

void AddOutput(CLI::App* app, std::string* output) {
  app->add_option("-o,--output", *output,
                  "write to this file, whole or not at all");
}

void AddThreads(CLI::App* app, const char* what, uint32_t* threads) {
  app->add_option("--threads", *threads, what)
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
}

void AddTop(CLI::App* app, const char* what, uint32_t least, uint32_t* top) {
  constexpr uint32_t kMost = 1000;
  app->add_option("--top", *top, what)
      ->check(CLI::Range(least, kMost))
      ->capture_default_str();
}

void AddOnError(CLI::App* app, std::string* on_error, std::string* errors) {
  app->add_option("--on-error", *on_error, "stop or skip")
      ->check(CLI::IsMember({"stop", "skip"}))
      ->capture_default_str();
  app->add_option("--errors", *errors,
                  "where skipped rows go, with their reasons");
}

void AddMemory(CLI::App* app, uint64_t* memory_bytes, std::string* folder) {
  CLI::Option* const memory =
      app->add_option("--memory", *memory_bytes,
                      "hold at most this much of events, and of edges, such as "
                      "512M; the rest in a file")
          ->transform(CLI::AsSizeValue(/*kb_is_1000=*/false))
          ->check([](const std::string& text) {
            uint64_t bytes = 0;
            return absl::SimpleAtoi(text, &bytes) && bytes >= kLeastMemoryBytes
                       ? ""
                       : "is not an amount such as 512M or 2G, of 64M at least";
          });
  // A folder for the rest means nothing without a limit.
  app->add_option("--temporary-folder", *folder,
                  "where that file is; otherwise $TMPDIR, or /tmp")
      ->needs(memory);
}

CLI::Option* AddFuture(CLI::App* app, const char* what, std::string* future) {
  return app->add_option("--future", *future, what)
      ->check(CLI::IsMember({"refuse", "ignore"}));
}

void AddEventsOption(CLI::App* app, const char* what,
                     std::vector<std::string>* files) {
  app->add_option("--events", *files, what)->allow_extra_args(false);
}

void AddSeeds(CLI::App* app, StandingOptions* options) {
  CLI::Option* const seeds =
      app->add_option("--seeds", options->seeds,
                      "whose influence it is that flows: ids, and weights");
  app->add_flag("--uniform-seeds", options->uniform_seeds,
                "everybody's alike; who makes up accounts makes up standing")
      ->excludes(seeds);
  app->add_option("--expect-graph", options->graph_digest,
                  "refuse a graph of another digest");
  app->add_option("--expect-seeds", options->seeds_digest,
                  "refuse seeds of another digest");
}

void AddEdges(CLI::App* app, const char* what, StandingOptions* options) {
  app->add_option("--edges", options->edges, what)->allow_extra_args(false);
  AddSeeds(app, options);
}

void AddScoringOfProfiles(CLI::App* app,
                          const std::vector<std::string>& formats,
                          const char* edges, ScoreOptions* options) {
  app->add_option("FILE", options->input.file, "profiles; - is standard input");
  AddAlgorithm(app, &options->algorithm);
  AddInputFormat(app, "otherwise by the file's name", &options->input.format,
                 &options->input.allow_extra);
  AddFormat(app, formats, &options->format);
  AddOutput(app, &options->output);
  app->add_option("--as-of", options->as_of, "the day the facts are of");
  app->add_option("--fingerprint", options->fingerprint,
                  "refuse to score if the algorithm's is another");
  AddEdges(app, edges, &options->standing);
}

void AddScoring(CLI::App* app, const std::vector<std::string>& formats,
                ScoreOptions* options) {
  AddScoringOfProfiles(
      app, formats,
      "who reacts to whom, for standing; without, the events say so; may "
      "recur",
      options);
  AddEventsOption(app,
                  "instead of FILE: events, of which profiles are made; may "
                  "recur",
                  &options->events.files);
  AddReadingOfEvents(app, &options->events);
}

void AddTallying(CLI::App* app, const std::vector<std::string>& formats,
                 TallyingOptions* options) {
  EventOptions* const events = &options->events;
  app->add_option("EVENTS", events->files, "events; - is standard input")
      ->required();
  AddAlgorithm(app, &options->algorithm);
  app->add_option("--as-of", events->as_of,
                  "the day, or the point in time, that ages are counted from");
  AddInputFormat(app, "otherwise by the files' names", &events->format,
                 &events->allow_extra);
  AddFormat(app, formats, &options->format);
  AddOutput(app, &options->output);
  AddReadingOfEvents(app, events);
  AddOnError(app, &events->on_error, &events->errors);
  AddThreads(app, "for csv and jsonl", &events->threads);
}

void RequireFor(const CLI::App& app, const std::vector<std::string>& names,
                bool has_other, const std::string& other) {
  for (const std::string& name : names) {
    if (app.count(name) > 0 && !has_other) {
      throw Failure(kUsage, absl::StrCat(name, " is for ", other));
    }
  }
}

void ShareReading(const CLI::App& app, ScoreOptions* options) {
  EventOptions* const events = &options->events;
  StandingOptions* const standing = &options->standing;
  RequireFor(app, {"--future", "--report"}, !events->files.empty(), "--events");
  RequireFor(app, {"--memory"},
             !events->files.empty() || !standing->edges.empty(),
             "--events or --edges");
  events->format = options->input.format;
  events->allow_extra = options->input.allow_extra;
  events->as_of = options->as_of;
  events->threads = options->threads;
  events->on_error = options->on_error;
  events->errors = options->errors;
  if (events->files.empty() == options->input.file.empty()) {
    throw Failure(kUsage, "give a file of profiles, or --events");
  }
  standing->otherwise = options->input.format;
  standing->allow_extra = options->input.allow_extra;
  standing->threads = options->threads;
  standing->memory_bytes = events->memory_bytes;
  standing->temporary = events->temporary;
}

void CheckFiles(std::vector<std::string> inputs,
                const std::vector<std::string>& outputs,
                const StandingOptions& standing) {
  inputs.insert(inputs.end(), standing.edges.begin(), standing.edges.end());
  inputs.push_back(standing.seeds);
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) {
    throw Failure(kUsage, "standard input can be only one of the files");
  }
  std::vector<std::string> taken = std::move(inputs);
  for (const std::string& output : outputs) {
    for (const std::string& other : taken) {
      if (SameFile(output, other)) {
        throw Failure(kUsage,
                      absl::StrCat(NameOf(output), " and ", NameOf(other),
                                   " are one file; it would be lost"));
      }
    }
    taken.push_back(output);
  }
}

void CheckEventFiles(const EventOptions& events,
                     const AlgorithmOptions& algorithm,
                     const std::string& output,
                     const StandingOptions& standing) {
  std::vector<std::string> inputs = events.files;
  inputs.push_back(algorithm.file);
  CheckFiles(inputs, {output, events.errors, events.report}, standing);
}

Population::Options PopulationOptions(const InputOptions& input) {
  Population::Options options;
  options.name = NameOf(input.file);
  options.allow_extra_columns = input.allow_extra;
  options.format = FormatOf(input.file, input.format);
  return options;
}

}  // namespace influence::cli
