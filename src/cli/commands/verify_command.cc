// `influence verify`: a stored result proves itself by recomputation.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "cli/basics/printable.h"
#include "cli/client/ledger_laws.h"
#include "cli/commands/commands.h"
#include "cli/read/edge_log.h"
#include "cli/read/inputs.h"
#include "cli/read/stored.h"
#include "cli/tasks/command_options.h"
#include "cli/tasks/score_people.h"
#include "cli/tasks/verify_page.h"
#include "cli/write/output_file.h"
#include "text/escape.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

struct VerifyOptions {
  std::string result;
  std::string request;
  std::string algorithm_file;
  StandingOptions standing;  // its graph, made again
  EventOptions events;       // of these, without edges
  bool has_options = false;  // any but the result
};

class Report {
 public:
  void Add(bool good, const std::string& text) {
    (good ? passed_ : failed_) += 1;
    output_.Write(absl::StrCat(good ? "ok      " : "FAILED  ", text, "\n"));
  }
  // Neither good nor bad.
  void Note(const std::string& text) {
    output_.Write("-       " + text + "\n");
  }
  ExitCode Close() {
    output_.Write(absl::StrCat(passed_, " passed, ", failed_, " failed\n"));
    output_.Finish();
    return failed_ == 0 ? kFine : kCheckFailed;
  }

 private:
  Output output_{""};
  int passed_ = 0;
  int failed_ = 0;
};

// The same facts, scored again.
abi1::Result Recompute(const abi1::Result& result, const std::string& algorithm,
                       const Engine& engine,
                       abi1::Rendering rendering = abi1::RENDERING_NONE) {
  abi1::ScoreRequest request;
  request.set_algorithm(algorithm);
  request.set_rendering(rendering);
  abi1::Profile* profile = request.add_profiles();
  profile->set_id(result.id());
  *profile->mutable_accounts() = result.ledger().accounts();
  return engine.Score(request).results(0);
}

// Whether the words of a result are those that its facts have here.
bool IsWordedSo(const abi1::Result& result, const std::string& algorithm,
                const Engine& engine) {
  for (const auto rendering :
       {abi1::RENDERING_TEXT, abi1::RENDERING_MARKDOWN}) {
    const abi1::Result again = Recompute(result, algorithm, engine, rendering);
    if (again.text() == result.text()) return true;
  }
  return false;
}

// Adds a line for a good result, a line for each fault of a bad one.
void CheckResult(const abi1::Result& result, const abi1::Identity& identity,
                 const Engine& engine, Report* report) {
  const std::string& algorithm = identity.algorithm();
  const std::string name = Printable(result.id()) + ": ";
  const abi1::Ledger& ledger = result.ledger();
  std::vector<std::string> faults = BrokenLaws(ledger);
  const abi1::Result again = Recompute(result, algorithm, engine);
  if (again.has_error()) {
    faults.push_back("cannot be recomputed: " + again.error().message());
  } else {
    const std::vector<std::string> differences =
        Differences(ledger, again.ledger());
    faults.insert(faults.end(), differences.begin(), differences.end());
  }
  if (!result.text().empty() && !IsWordedSo(result, algorithm, engine)) {
    if (identity.library_version() == ListAlgorithms().library_version()) {
      faults.emplace_back("its text is not that of the ledger");
    } else {
      report->Note(name + "its text is another version's, and not checked");
    }
  }
  for (const std::string& fault : faults) report->Add(false, name + fault);
  if (!faults.empty()) return;
  report->Add(true, name + "adds up, and recomputed it is the same");
}

// Another library version may word explanations otherwise, and nothing else.
void ForgiveVersion(abi1::ScoreResponse* a, abi1::ScoreResponse* b) {
  if (a->identity().library_version() == b->identity().library_version()) {
    return;
  }
  for (abi1::ScoreResponse* response : {a, b}) {
    response->mutable_identity()->clear_library_version();
    for (abi1::Result& result : *response->mutable_results()) {
      result.clear_text();
    }
  }
}

// The requests that may have given the response: a serialized one as it is,
// bad profiles and all, or the one that `influence score` makes of the file.
std::vector<std::string> ReadRequests(const std::string& file,
                                      const Engine& engine,
                                      const abi1::Identity& identity,
                                      const Standing* standing) {
  const std::string text = ReadAll(file);
  InputOptions input = {file, "", /*allow_extra=*/true};
  const bool is_csv = absl::EndsWithIgnoreCase(file, ".csv");
  const bool is_jsonl = absl::EndsWithIgnoreCase(file, ".jsonl") ||
                        absl::EndsWithIgnoreCase(file, ".ndjson");
  if (!is_csv && !is_jsonl) input.format = "proto";
  Population::Options population_options = PopulationOptions(input);
  population_options.skip_bad_rows = true;  // as it may have done
  Population population(text, population_options);
  abi1::ScoreRequest request =
      NewRequest(ScoreOptions(), engine, population.head());
  if (identity.has_as_of_days()) {
    request.set_as_of_days(identity.as_of_days());
  }
  // A request that names a graph has its standing from there.
  if (standing != nullptr && request.graph().digest().empty()) {
    GiveStanding(*standing, &population);
    StateGraph(standing->Report(), &request);
  }
  std::vector<std::string> requests = {RequestBytes(population, request, text)};
  const bool unchanged =
      request.SerializeAsString() == population.head().SerializeAsString();
  if (unchanged && requests[0] != text) requests.push_back(text);
  return requests;
}

// Whether the request gives this response; adds the lines that say so.
bool CheckRequest(const std::string& file, abi1::ScoreResponse response,
                  const Engine& engine, const Standing* standing,
                  Report* report) {
  const std::string& digest = response.identity().input_digest();
  abi1::ScoreResponse again;
  bool same_digest = false;
  for (const std::string& request :
       ReadRequests(file, engine, response.identity(), standing)) {
    if (same_digest) break;
    if (!again.ParseFromString(engine.ScoreBytes(request))) {
      throw Failure(kInternal, "the library's answer does not parse");
    }
    same_digest = again.identity().input_digest() == digest;
  }
  ForgiveVersion(&again, &response);
  const std::string name = NameOf(file);
  report->Add(same_digest,
              name + (same_digest ? ": is the request, by its digest"
                                  : ": is another request: the digests "
                                    "differ"));
  const bool same = again.SerializeAsString() == response.SerializeAsString();
  report->Add(same, name + (same ? ": scored again, every field is the same"
                                 : ": scored again, it is not the same"));
  return same_digest && same;
}

std::string GraphInWords(const abi1::GraphIdentity& graph) {
  return absl::StrCat(Printable(graph.digest()), ", ", graph.nodes(),
                      " nodes, ", graph.edges(), " edges");
}

bool IsSameGraph(const abi1::GraphIdentity& a, const abi1::GraphIdentity& b) {
  return a.digest() == b.digest() && a.nodes() == b.nodes() &&
         a.edges() == b.edges();
}

void CheckDigest(const char* what, const std::string& stored,
                 const std::string& there, Report* report) {
  report->Add(stored == there,
              stored == there
                  ? absl::StrCat(what, " ", stored)
                  : absl::StrCat("the result is of other ", what, ": of ",
                                 Printable(stored), ", not ", there));
}

// Whether everybody's standing is that of the graph.
void CheckStanding(const Standing& standing,
                   const abi1::ScoreResponse& response, Report* report) {
  absl::flat_hash_map<std::string, int64_t> made;
  for (const abi1::Result& result : response.results()) made[result.id()] = -1;
  standing.ForEach([&made](const Standing::Node& node) {
    const auto person =
        made.find(absl::string_view(node.id.data(), node.id.size()));
    if (person != made.end()) person->second = node.standing_micros;
  });
  for (const abi1::Result& result : response.results()) {
    int64_t stated = -1;
    for (const abi1::Account& account : result.ledger().accounts()) {
      if (account.has_standing_micros()) stated = account.standing_micros();
    }
    const int64_t is = made[result.id()];
    // Without the ledger its facts are not there.
    if (result.ledger().lines().empty() || stated == is) continue;
    const auto words = [](int64_t micros) {
      return micros < 0 ? std::string("unknown") : FormatMicros(micros);
    };
    report->Add(false,
                absl::StrCat(Printable(result.id()), ": its standing is ",
                             words(stated), ", the graph's is ", words(is)));
  }
}

// The events as they were counted: until the end of the result's day, unless
// the options say until when.
EventOptions EventsOf(EventOptions events, const abi1::Identity& identity) {
  if (events.as_of.empty() && identity.has_as_of_days()) {
    events.as_of = DayText(identity.as_of_days());
  }
  return events;
}

// Adds what there is to say about the graph that the result names. If the
// options have edges, the standing they give.
std::unique_ptr<Standing> CheckGraph(StandingOptions options,
                                     const EventOptions& events,
                                     const abi1::ScoreResponse& response,
                                     const Engine& engine, Report* report) {
  const abi1::Identity& identity = response.identity();
  const abi1::GraphIdentity& stored = identity.graph();
  const std::string graph = std::exchange(options.graph_digest, "");
  const std::string seeds = std::exchange(options.seeds_digest, "");
  if (!graph.empty()) CheckDigest("graph", stored.digest(), graph, report);
  if (!seeds.empty())
    CheckDigest("seeds", stored.seeds_digest(), seeds, report);
  if (!options.IsAsked()) {
    if (!events.files.empty()) {
      throw Failure(kUsage, "--events make the standing of --seeds");
    }
    if (!stored.digest().empty()) {
      report->Note("of the graph " + GraphInWords(stored));
    }
    return nullptr;
  }
  std::unique_ptr<Tally> tally;
  if (!events.files.empty()) {
    tally = TallyEvents(EventsOf(events, identity), engine,
                        /*rows_to_terminal=*/false);
  }
  std::unique_ptr<Standing> standing =
      MakeStanding(options, engine, tally.get(), /*rows_to_terminal=*/false);
  const abi1::GraphIdentity made = standing->Report().graph();
  if (made.SerializeAsString() == stored.SerializeAsString()) {
    report->Add(true, "graph " + GraphInWords(made));
    CheckStanding(*standing, response, report);
  } else if (stored.digest().empty()) {
    report->Add(false, "the result names no graph");
  } else if (!IsSameGraph(made, stored)) {
    report->Add(false, absl::StrCat("the result is of another graph: of ",
                                    GraphInWords(stored), "; the edges make ",
                                    GraphInWords(made)));
  } else {
    report->Add(
        false, absl::StrCat(
                   "the graph is the result's, but its seeds ",
                   "or its rule are others: ", Printable(stored.seeds_digest()),
                   ", ", stored.iterations(), " steps; ", made.seeds_digest(),
                   ", ", made.iterations(), " steps"));
  }
  return standing;
}

ExitCode RunVerify(const VerifyOptions& options) {
  std::vector<std::string> inputs = options.events.files;
  inputs.insert(inputs.end(),
                {options.result, options.request, options.algorithm_file});
  CheckFiles(inputs, {}, options.standing);
  abi1::ScoreResponse response;
  const std::string name = NameOf(options.result);
  std::string text = ReadAll(options.result);
  if (IsReport(text)) {
    if (options.has_options) {
      throw Failure(kUsage,
                    "a page has all that it is verified by inside; no option "
                    "goes with it");
    }
    return VerifyReport(text);
  }
  ParseJsonOrBytes(std::move(text), name, &response);
  const abi1::Identity& identity = response.identity();
  if (identity.algorithm().empty()) {
    throw Failure(kBadData, name + ": names no algorithm");
  }
  const Engine engine = EngineOf(identity, options.algorithm_file);
  Report report;
  report.Add(true, absl::StrCat("algorithm ", Printable(identity.algorithm()),
                                ", fingerprint ", identity.fingerprint()));
  const std::unique_ptr<Standing> standing =
      CheckGraph(options.standing, options.events, response, engine, &report);
  const bool by_request =
      !options.request.empty() &&
      CheckRequest(options.request, response, engine, standing.get(), &report);
  for (const abi1::Result& result : response.results()) {
    const std::string id = Printable(result.id());
    if (result.has_error()) {
      report.Note(id + ": an error, nothing to verify");
    } else if (!result.has_ledger()) {
      report.Add(false, id + ": has neither a score nor an error");
    } else if (!result.ledger().lines().empty()) {
      CheckResult(result, identity, engine, &report);
    } else if (by_request) {
      report.Add(true, id + ": a score without its ledger, as the request's");
    } else {
      report.Add(false, id + ": a score without its ledger cannot be "
                             "recomputed; give the --request");
    }
  }
  return report.Close();
}

}  // namespace

void AddVerify(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* const verify =
      app->add_subcommand("verify", "recompute a stored result and compare");
  const CLI::Option* const result =
      verify
          ->add_option("RESULT", options->result,
                       "a ScoreResponse, JSON or bytes, or a report in "
                       "HTML; - is standard input")
          ->required();
  verify->add_option("--request", options->request,
                     "what was scored: a ScoreRequest, .csv or .jsonl");
  verify->add_option("--algorithm-file", options->algorithm_file,
                     "the custom algorithm it names");
  AddEdges(verify, "the graph that it names", &options->standing);
  AddEventsOption(verify,
                  "the events of which it was made, without --edges; may recur",
                  &options->events.files);
  CLI::Option* const events = verify->get_option("--events");
  verify
      ->add_option("--as-of", options->events.as_of,
                   "when those were counted; otherwise the result's day")
      ->needs(events);
  AddFuture(verify, "events after that: refuse or ignore",
            &options->events.future)
      ->needs(events);
  AddThreads(verify, "for the steps", &options->standing.threads);
  verify->final_callback([=] {
    RequireFor(
        *verify, {"--threads"},
        !options->events.files.empty() || !options->standing.edges.empty(),
        "--edges or --events");
    for (const CLI::Option* option : verify->get_options()) {
      options->has_options |= option->count() > 0 && option != result;
    }
    *code = RunVerify(*options);
  });
}

}  // namespace influence::cli
