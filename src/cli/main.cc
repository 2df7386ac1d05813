// The `influence` command: reads its arguments and nothing more.
#include <google/protobuf/stubs/logging.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "cli/commands/commands.h"
#include "cli/write/output.h"
#include "text/escape.h"

namespace influence::cli {
namespace {

void AddAlgorithm(CLI::App* app, AlgorithmOptions* options) {
  app->add_option("--algorithm", options->id,
                  "the released algorithm, such as v1; there is no default");
  app->add_option("--algorithm-file", options->file,
                  "a custom algorithm: an Algorithm message, JSON or bytes");
}

// How to read events; --as-of, --input-format and --allow-extra apart.
void AddEvents(CLI::App* app, EventOptions* options) {
  app->add_option("--future", options->future,
                  "events after --as-of: refuse or ignore")
      ->check(CLI::IsMember({"refuse", "ignore"}))
      ->capture_default_str();
  app->add_option("--memory", options->memory,
                  "hold at most this much of events, and of edges, such as "
                  "512M; the rest in a file");
  app->add_option("--temporary-folder", options->temporary,
                  "where that file is; otherwise $TMPDIR, or /tmp");
  app->add_option("--report", options->report,
                  "write what was counted and what was ignored, as JSON");
}

void AddOnError(CLI::App* app, std::string* on_error, std::string* errors) {
  app->add_option("--on-error", *on_error, "stop or skip")
      ->check(CLI::IsMember({"stop", "skip"}))
      ->capture_default_str();
  app->add_option("--errors", *errors,
                  "where skipped rows go, with their reasons");
}

void AddThreads(CLI::App* app, uint32_t* threads, const char* what) {
  app->add_option("--threads", *threads, what)
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
}

void AddTally(CLI::App* app, TallyCommand* options,
              const std::vector<std::string>& formats) {
  app->add_option("EVENTS", options->events.files,
                  "events; - is standard input")
      ->required();
  AddAlgorithm(app, &options->algorithm);
  app->add_option("--as-of", options->events.as_of,
                  "the day, or the point in time, that ages are counted from");
  app->add_option("--input-format", options->events.format,
                  "otherwise by the files' names")
      ->check(CLI::IsMember({"csv", "jsonl", "proto"}));
  app->add_flag("--allow-extra", options->events.allow_extra,
                "ignore columns that are not known");
  app->add_option("--format", options->format, "what to print")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  app->add_option("-o,--output", options->output,
                  "write to this file, whole or not at all");
  AddEvents(app, &options->events);
  AddOnError(app, &options->events.on_error, &options->events.errors);
  AddThreads(app, &options->events.threads, "for csv and jsonl");
}

void AddSeeds(CLI::App* app, StandingOptions* options) {
  app->add_option("--seeds", options->seeds,
                  "whose influence it is that flows: ids, and weights");
  app->add_flag("--uniform-seeds", options->uniform_seeds,
                "everybody's alike; who makes up accounts makes up standing");
  app->add_option("--expect-graph", options->graph_digest,
                  "refuse a graph of another digest");
  app->add_option("--expect-seeds", options->seeds_digest,
                  "refuse seeds of another digest");
}

void AddEdges(CLI::App* app, const char* what, StandingOptions* options) {
  app->add_option("--edges", options->edges, what)->allow_extra_args(false);
  AddSeeds(app, options);
}

CLI::App* AddStanding(CLI::App* app, StandingCommand* options) {
  CLI::App* standing = app->add_subcommand(
      "standing", "influence that flows from seeds through who reacts to whom");
  standing->add_option("EDGES", options->standing.edges,
                       "edges; - is standard input");
  standing
      ->add_option("--events", options->events.files,
                   "instead: events, of which edges are made; may recur")
      ->allow_extra_args(false);
  standing->add_option("--as-of", options->events.as_of,
                       "with --events: the day, or the point in time, that "
                       "ages are counted from");
  standing
      ->add_option("--future", options->events.future,
                   "events after --as-of: refuse or ignore")
      ->check(CLI::IsMember({"refuse", "ignore"}))
      ->capture_default_str();
  AddSeeds(standing, &options->standing);
  AddAlgorithm(standing, &options->algorithm);
  standing
      ->add_option("--input-format", options->standing.format,
                   "otherwise by the files' names")
      ->check(CLI::IsMember({"csv", "jsonl", "proto"}));
  standing->add_flag("--allow-extra", options->standing.allow_extra,
                     "ignore columns that are not known");
  standing->add_option("--format", options->format, "what to print")
      ->check(CLI::IsMember({"table", "csv", "jsonl", "json"}))
      ->capture_default_str();
  standing
      ->add_option("--top", options->top,
                   "how many are in the table, or named for --id")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  standing->add_option("--id", options->id,
                       "only this one, and who their standing comes from");
  standing->add_option("--memory", options->standing.memory,
                       "hold at most this much of events, and of edges, such "
                       "as 512M; the rest in a file");
  standing->add_option("--temporary-folder", options->standing.temporary,
                       "where that file is; otherwise $TMPDIR, or /tmp");
  standing->add_option("--report", options->report,
                       "write what was run on what, as JSON");
  standing->add_option("-o,--output", options->output,
                       "write to this file, whole or not at all");
  AddOnError(standing, &options->standing.on_error, &options->standing.errors);
  AddThreads(standing, &options->standing.threads, "for the steps");
  return standing;
}

// All but --events.
void AddScoringOfProfiles(CLI::App* app, ScoreOptions* options,
                          const std::vector<std::string>& formats,
                          const char* edges) {
  app->add_option("FILE", options->input.file, "profiles; - is standard input");
  AddAlgorithm(app, &options->algorithm);
  app->add_option("--input-format", options->input.format,
                  "otherwise by the file's name")
      ->check(CLI::IsMember({"csv", "jsonl", "proto"}));
  app->add_flag("--allow-extra", options->input.allow_extra,
                "ignore columns that are not known");
  app->add_option("--format", options->format, "what to print")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  app->add_option("-o,--output", options->output,
                  "write to this file, whole or not at all");
  app->add_option("--as-of", options->as_of, "the day the facts are of");
  app->add_option("--fingerprint", options->fingerprint,
                  "refuse to score if the algorithm's is another");
  AddEdges(app, edges, &options->standing);
}

void AddScoring(CLI::App* app, ScoreOptions* options,
                const std::vector<std::string>& formats) {
  AddScoringOfProfiles(
      app, options, formats,
      "who reacts to whom, for standing; without, the events say so; may "
      "recur");
  app->add_option("--events", options->events.files,
                  "instead of FILE: events, of which profiles are made; may "
                  "recur")
      ->allow_extra_args(false);
  AddEvents(app, &options->events);
}

// No option is accepted and then does nothing: throws Failure(kUsage) for one
// that was given and is not among those that go with `what`.
void AllowOnly(const CLI::App& app, const std::string& what,
               const std::vector<std::string>& allowed) {
  for (const CLI::Option* option : app.get_options()) {
    const std::string name = option->get_name();
    if (option->count() > 0 &&
        std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
      throw Failure(kUsage, absl::StrCat(name, " does not go with ", what));
    }
  }
}

// Likewise for one that needs another.
void RequireFor(const CLI::App& app, const std::vector<std::string>& names,
                bool has_other, const std::string& other) {
  for (const std::string& name : names) {
    if (app.count(name) > 0 && !has_other) {
      throw Failure(kUsage, absl::StrCat(name, " is for ", other));
    }
  }
}

// Of a command that opens one person.
void CheckOpened(const CLI::App& app, const ScoreOptions& options) {
  RequireFor(app, {"--top"},
             !options.events.files.empty() || options.standing.IsAsked(),
             "--events, or edges and seeds");
}

void CheckReport(const CLI::App& app, const ReportOptions& report) {
  std::vector<std::string> allowed = {"--format", "--output", "--language",
                                      "--messages"};
  const auto allow = [&](const std::vector<std::string>& names) {
    allowed.insert(allowed.end(), names.begin(), names.end());
  };
  for (const char* stored : {"--drift", "--comparison", "--what-if"}) {
    if (app.count(stored) == 0) continue;
    allow({stored});
    return AllowOnly(app, stored, allowed);
  }
  RequireFor(app, {"--before-algorithm-file"}, !report.before.empty(),
             "--before");
  if (!report.result.empty()) {
    allow({"--result", "--id", "--algorithm-file", "--before",
           "--before-algorithm-file"});
    return AllowOnly(app, "--result", allowed);
  }
  allow({"FILE", "--algorithm", "--algorithm-file", "--input-format",
         "--allow-extra", "--as-of", "--fingerprint", "--edges", "--seeds",
         "--uniform-seeds", "--expect-graph", "--expect-seeds"});
  if (!report.population) {
    allow({"--id", "--before", "--before-algorithm-file"});
    return AllowOnly(app, "one person; it is for a --population", allowed);
  }
  allow({"--population", "--drift-to", "--drift-to-file", "--by", "--top"});
  AllowOnly(app, "--population", allowed);
  RequireFor(app, {"--by", "--top"},
             app.count("--drift-to") + app.count("--drift-to-file") > 0,
             "--drift-to");
}

void CheckVerify(const CLI::App& app, const VerifyOptions& verify) {
  RequireFor(app, {"--as-of", "--future"}, !verify.events.files.empty(),
             "--events");
  RequireFor(app, {"--threads"},
             !verify.events.files.empty() || !verify.standing.edges.empty(),
             "--edges or --events");
}

// Where what does not fit is, says something only with how much fits.
void CheckMemory(const CLI::App& app) {
  RequireFor(app, {"--temporary-folder"}, app.count("--memory") > 0,
             "--memory");
}

// Events are read by the options that profiles are read by.
ScoreOptions WithEvents(const CLI::App& app, ScoreOptions options) {
  RequireFor(app, {"--future", "--report"}, !options.events.files.empty(),
             "--events");
  RequireFor(app, {"--memory", "--temporary-folder"},
             !options.events.files.empty() || !options.standing.edges.empty(),
             "--events or --edges");
  CheckMemory(app);
  EventOptions* const events = &options.events;
  events->format = options.input.format;
  events->allow_extra = options.input.allow_extra;
  events->as_of = options.as_of;
  events->threads = options.threads;
  events->on_error = options.on_error;
  events->errors = options.errors;
  if (events->files.empty() == options.input.file.empty()) {
    throw Failure(kUsage, "give a file of profiles, or --events");
  }
  options.standing.otherwise = options.input.format;
  options.standing.allow_extra = options.input.allow_extra;
  options.standing.threads = options.threads;
  options.standing.memory = events->memory;
  options.standing.temporary = events->temporary;
  return options;
}

void AddSides(CLI::App* app, AlgorithmOptions* before,
              AlgorithmOptions* after) {
  app->add_option("--from", before->id, "the released algorithm before");
  app->add_option("--from-file", before->file, "or a custom one");
  app->add_option("--to", after->id, "the released algorithm after");
  app->add_option("--to-file", after->file, "or a custom one");
}

void AddLanguage(CLI::App* app, LanguageOptions* options) {
  app->add_option("--language", options->name, "en or de");
  app->add_option("--messages", options->messages,
                  "another language, as a file of words");
}

CLI::App* AddCompare(CLI::App* app, CompareOptions* options) {
  CLI::App* compare =
      app->add_subcommand("compare", "why one person's score changed");
  compare
      ->add_option("BEFORE", options->before_file,
                   "a stored result (JSON or bytes), or profiles (.csv, "
                   ".jsonl) with --from")
      ->required();
  compare->add_option("AFTER", options->after_file, "likewise, with --to")
      ->required();
  AddSides(compare, &options->before, &options->after);
  compare->add_option("--id", options->id, "the person");
  compare->add_option("--from-as-of", options->before_as_of,
                      "the day the profiles before are of");
  compare->add_option("--to-as-of", options->after_as_of,
                      "the day the profiles after are of");
  compare->add_option("--format", options->format, "what to print")
      ->check(CLI::IsMember({"text", "markdown", "html", "json", "proto"}))
      ->capture_default_str();
  compare->add_option("-o,--output", options->output,
                      "write to this file, whole or not at all");
  AddLanguage(compare, &options->language);
  return compare;
}

void AddProfiles(CLI::App* app, InputOptions* input) {
  app->add_option("FILE", input->file, "profiles; - is standard input")
      ->required();
  app->add_option("--input-format", input->format,
                  "otherwise by the file's name")
      ->check(CLI::IsMember({"csv", "jsonl", "proto"}));
  app->add_flag("--allow-extra", input->allow_extra,
                "ignore columns that are not known");
}

CLI::App* AddDrift(CLI::App* app, DriftCommand* command) {
  CLI::App* drift = app->add_subcommand(
      "drift", "what another algorithm does to a population");
  AddProfiles(drift, &command->input);
  AddSides(drift, &command->before, &command->after);
  drift->add_option("--by", command->by,
                    "also by each value of this column of the CSV file, which "
                    "may be any; who has rows of several values is counted "
                    "with all of them, joined by ' + '");
  drift->add_option("--top", command->top, "how many of who moved most")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  drift->add_option("--threads", command->threads, "for csv and jsonl")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  drift->add_option("--max-moved", command->max_moved,
                    "exit with 1 if more of the people than this, such as 5%, "
                    "move by 6 points or more, or if nobody was scored");
  drift->add_option("--format", command->format, "what to print")
      ->check(CLI::IsMember({"text", "markdown", "html", "json", "line"}))
      ->capture_default_str();
  drift->add_option("-o,--output", command->output,
                    "write to this file, whole or not at all");
  AddLanguage(drift, &command->language);
  return drift;
}

CLI::App* AddWhatIf(CLI::App* app, WhatIfOptions* options) {
  CLI::App* what_if =
      app->add_subcommand("what-if", "what the formula would give");
  options->score.format = "text";
  AddScoring(what_if, &options->score, {"text", "markdown", "html", "json"});
  what_if->add_option("--id", options->score.id, "the person")->required();
  what_if
      ->add_option("--top", options->score.top,
                   "with --events: how many actors and topics are named")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  what_if->add_option("--set", options->set,
                      "a fact instead: followers=12000, or likes=unknown; of "
                      "several accounts, x:followers=12000");
  what_if->add_option("--curve", options->curve,
                      "the points of a factor: audience=0,1000,10000");
  what_if->add_option("--gain", options->gain,
                      "the least of one signal that gives so many points more: "
                      "listings=5");
  AddLanguage(what_if, &options->language);
  return what_if;
}

// Whether the values of an option are text, which the library takes as UTF-8
// alone; names of files are bytes.
bool IsText(const std::string& option) {
  constexpr std::string_view kText[] = {"--id", "--set", "--gain", "--curve",
                                        "--by"};
  return std::find(std::begin(kText), std::end(kText), option) !=
         std::end(kText);
}

// An empty value is most often a variable that was never set. It must not pass
// for an option that was not given: --fingerprint "$PRINT" would check nothing.
void CheckValues(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& value : option->results()) {
        if (value.empty()) {
          throw CLI::ValidationError(option->get_name(), "is empty");
        }
        if (IsText(option->get_name()) && FirstInvalid(value) < value.size()) {
          throw CLI::ValidationError(option->get_name(), "is not UTF-8");
        }
      }
    }
    CheckValues(*command);
  }
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
    return "influence: " + Printable(error.what()) +
           "\nRun with --help for more information.\n";
  });

  ScoreOptions score;
  CLI::App* score_app = app.add_subcommand("score", "score a population");
  AddScoring(score_app, &score,
             {"table", "json", "jsonl", "csv", "markdown", "proto"});
  AddOnError(score_app, &score.on_error, &score.errors);
  AddThreads(score_app, &score.threads, "for csv and jsonl");

  TallyCommand tally;
  tally.format = "csv";
  CLI::App* tally_app =
      app.add_subcommand("tally", "make profiles from events");
  AddTally(tally_app, &tally, {"csv", "jsonl", "proto"});

  TallyCommand topics;
  topics.format = "table";
  CLI::App* topics_app = app.add_subcommand(
      "topics", "what people are listened to about, from events");
  AddTally(topics_app, &topics, {"table", "csv", "jsonl"});
  topics_app->add_option("--id", topics.id, "only this person");

  ScoreOptions explain;
  explain.format = "text";
  CLI::App* explain_app =
      app.add_subcommand("explain", "explain one person's score");
  AddScoring(explain_app, &explain,
             {"text", "markdown", "json", "csv", "proto"});
  explain_app->add_option("--id", explain.id, "the person")->required();
  explain_app
      ->add_option("--top", explain.top,
                   "with --events: how many actors are named for a factor")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();

  StandingCommand standing;
  CLI::App* standing_app = AddStanding(&app, &standing);

  CompareOptions compare;
  const CLI::App* compare_app = AddCompare(&app, &compare);
  DriftCommand drift;
  const CLI::App* drift_app = AddDrift(&app, &drift);
  WhatIfOptions what_if;
  const CLI::App* what_if_app = AddWhatIf(&app, &what_if);

  std::string list_format = "table";
  const std::vector<std::string> list_formats = {"table", "json", "markdown"};
  CLI::App* algorithms_app =
      app.add_subcommand("algorithms", "list the released algorithms");
  algorithms_app->add_option("--format", list_format, "what to print")
      ->check(CLI::IsMember(list_formats))
      ->capture_default_str();
  AlgorithmOptions shown;
  std::string show_format = "table";
  CLI::App* show_app = algorithms_app->add_subcommand(
      "show", "weights, and what each factor can do at most");
  show_app->add_option("ID", shown.id, "such as v1");
  show_app->add_option("--algorithm-file", shown.file, "a custom algorithm");
  show_app->add_option("--format", show_format, "what to print")
      ->check(CLI::IsMember({"table", "json", "markdown", "text", "html"}))
      ->capture_default_str();
  LanguageOptions show_language;
  AddLanguage(show_app, &show_language);

  VerifyOptions verify;
  CLI::App* verify_app =
      app.add_subcommand("verify", "recompute a stored result and compare");
  verify_app
      ->add_option("RESULT", verify.result,
                   "a ScoreResponse, JSON or bytes, or a report in "
                   "HTML; - is standard input")
      ->required();
  verify_app->add_option("--request", verify.request,
                         "what was scored: a ScoreRequest, .csv or .jsonl");
  verify_app->add_option("--algorithm-file", verify.algorithm_file,
                         "the custom algorithm it names");
  AddEdges(verify_app, "the graph that it names", &verify.standing);
  verify_app
      ->add_option(
          "--events", verify.events.files,
          "the events of which it was made, without --edges; may recur")
      ->allow_extra_args(false);
  verify_app->add_option("--as-of", verify.events.as_of,
                         "when those were counted; otherwise the result's day");
  verify_app
      ->add_option("--future", verify.events.future,
                   "events after that: refuse or ignore")
      ->check(CLI::IsMember({"refuse", "ignore"}));
  AddThreads(verify_app, &verify.standing.threads, "for the steps");

  ReportOptions report;
  report.score.format = "html";
  CLI::App* report_app = app.add_subcommand(
      "report", "one person's score, or a population's, as a page to keep");
  AddScoringOfProfiles(report_app, &report.score,
                       {"html", "text", "markdown", "json", "svg"},
                       "who reacts to whom, for standing; may recur");
  report_app->add_option("--id", report.score.id, "the person");
  report_app->add_option("--before", report.before,
                         "their last result, to show what changed");
  report_app->add_option("--before-algorithm-file",
                         report.before_algorithm_file,
                         "the custom algorithm that it names");
  AddLanguage(report_app, &report.language);
  report_app->add_flag("--population", report.population,
                       "everybody in the file instead of one person");
  report_app->add_option("--drift-to", report.drift_to.id,
                         "and what this algorithm would do to them");
  report_app->add_option("--drift-to-file", report.drift_to.file,
                         "or a custom one");
  report_app->add_option("--by", report.by,
                         "that also by each value of this column");
  report_app->add_option("--top", report.top, "how many of who moved most")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  report_app->add_option("--result", report.result,
                         "instead of FILE: a result that was stored, JSON or "
                         "bytes, as score and explain give it");
  report_app->add_option("--drift", report.drift,
                         "instead: what `drift --format json` gave");
  report_app->add_option("--comparison", report.comparison,
                         "instead: what `compare --format json` gave");
  report_app->add_option("--what-if", report.what_if,
                         "instead: what `what-if --format json` gave");

  CardOptions card;
  CLI::App* card_app = app.add_subcommand(
      "card", "an algorithm's model card: meaning, reasons, limits, uses");
  AddAlgorithm(card_app, &card.algorithm);
  card_app->add_option("--format", card.format, "what to print")
      ->check(CLI::IsMember({"markdown", "html", "text", "json"}))
      ->capture_default_str();
  AddLanguage(card_app, &card.language);
  card_app->add_option("-o,--output", card.output,
                       "write to this file, whole or not at all");

  CLI::App* schema_app =
      app.add_subcommand("schema", "columns, formats and exit codes");

  SelftestOptions selftest;
  CLI::App* selftest_app = app.add_subcommand(
      "selftest", "check that this library gives the published numbers");
  selftest_app->add_option("--algorithm", selftest.algorithm,
                           "only this one; otherwise every released one");
  selftest_app->add_option("--write", selftest.write,
                           "write the corpus, requests and results, as text");
  selftest_app->add_option("--corpus", selftest.corpus,
                           "put such a file to the library again");

  try {
    app.parse(argc, argv);
    CheckValues(app);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);  // prints help, the version or the fault
    if (!std::cout.flush()) {
      throw Failure(kInternal, "standard output cannot be written");
    }
    return code == 0 ? kFine : kUsage;
  }
  if (influence_abi_version() != INFLUENCE_ABI_VERSION) {
    throw Failure(kInternal, "the library that was loaded has another ABI");
  }
  if (score_app->parsed()) return RunScore(WithEvents(*score_app, score));
  if (explain_app->parsed()) {
    CheckOpened(*explain_app, explain);
    return RunExplain(WithEvents(*explain_app, explain));
  }
  for (const CLI::App* spilling : {tally_app, topics_app, standing_app}) {
    if (spilling->parsed()) CheckMemory(*spilling);
  }
  if (tally_app->parsed()) return RunTally(tally);
  if (topics_app->parsed()) return RunTopics(topics);
  if (standing_app->parsed()) return RunStanding(standing);
  if (compare_app->parsed()) return RunCompare(compare);
  if (drift_app->parsed()) {
    RequireFor(*drift_app, {"--by", "--top"}, drift.format != "line",
               "formats of more than a line");
    return RunDrift(drift);
  }
  if (what_if_app->parsed()) {
    RequireFor(*what_if_app, {"--top"}, !what_if.score.events.files.empty(),
               "--events");
    what_if.score = WithEvents(*what_if_app, what_if.score);
    return RunWhatIf(what_if);
  }
  if (show_app->parsed()) {
    return RunShowAlgorithm(shown, show_format, show_language);
  }
  if (algorithms_app->parsed()) return RunAlgorithms(list_format);
  if (verify_app->parsed()) {
    CheckVerify(*verify_app, verify);
    for (const CLI::Option* option : verify_app->get_options()) {
      verify.has_options |=
          option->count() > 0 && option->get_name() != "RESULT";
    }
    return RunVerify(verify);
  }
  if (report_app->parsed()) {
    CheckReport(*report_app, report);
    report.score.standing.otherwise = report.score.input.format;
    report.score.standing.allow_extra = report.score.input.allow_extra;
    report.score.standing.otherwise = report.score.input.format;
    return RunReport(report);
  }
  if (card_app->parsed()) return RunCard(card);
  if (schema_app->parsed()) return RunSchema();
  if (selftest_app->parsed()) return RunSelftest(selftest);
  return kUsage;
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
