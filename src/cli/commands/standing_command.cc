// `influence standing`: edges and seeds in, everybody's standing out.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/commands/commands.h"
#include "cli/read/edge_log.h"
#include "cli/read/event_log.h"
#include "cli/tasks/command_options.h"
#include "cli/write/output_file.h"
#include "text/escape.h"
#include "text/layout.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

struct StandingCommand {
  AlgorithmOptions algorithm;
  StandingOptions standing;
  EventOptions events;  // instead of edges, if there are any
  std::string format = "table";
  std::string output;
  std::string report;  // a file for what was run on what
  std::string id;      // only this node, opened
  uint32_t top = 20;
};

// The rule is the algorithm's. If all released ones have the same, there is
// nothing to choose.
Engine EngineFor(const AlgorithmOptions& options) {
  if (!options.id.empty() || !options.file.empty()) {
    return ChooseEngine(options);
  }
  const abi1::AlgorithmList list = ListAlgorithms();
  const auto rule = [&list](int i) {
    return list.algorithms(i).algorithm().standing().SerializeAsString();
  };
  for (int i = 1; i < list.algorithms_size(); ++i) {
    if (rule(i) != rule(0)) return ChooseEngine(options);  // which complains
  }
  return Engine::Released(list.algorithms(0).algorithm().id());
}

// The nodes of the highest rank, by rank, then by id.
class Top {
 public:
  explicit Top(size_t most) : most_(most) {}

  void Add(const Standing::Node& node) {
    nodes_.push_back({std::string(node.id), node.rank, node.standing_micros});
    if (nodes_.size() >= 2 * most_ + 64) Cut();
  }
  std::vector<std::vector<std::string>> Grid() {
    Cut();
    influence::Grid grid = {{"", "id", "standing", "rank"}};
    for (size_t i = 0; i < nodes_.size(); ++i) {
      grid.push_back({std::to_string(i + 1), Printable(nodes_[i].id),
                      FormatMicros(nodes_[i].micros),
                      std::to_string(nodes_[i].rank)});
    }
    return grid;
  }

 private:
  struct Node {
    std::string id;
    uint64_t rank;
    int64_t micros;
  };

  void Cut() {
    std::sort(nodes_.begin(), nodes_.end(), [](const Node& a, const Node& b) {
      return a.rank != b.rank ? a.rank > b.rank : a.id < b.id;
    });
    if (nodes_.size() > most_) nodes_.resize(most_);
  }

  size_t most_;
  std::vector<Node> nodes_;
};

void WriteTable(const Standing& standing, size_t top, Output* output) {
  Top best(top);
  standing.ForEach([&](const Standing::Node& node) { best.Add(node); });
  output->Write(AlignedTable(best.Grid()));
  const abi1::StandingReport report = standing.Report();
  const abi1::GraphIdentity& graph = report.graph();
  output->Write(absl::StrCat(
      "\n", graph.nodes(), " nodes (", report.edges().dangling_nodes(),
      " give to nobody), ", graph.edges(), " edges, ",
      report.seeds().kind() == abi1::SEED_KIND_UNIFORM
          ? std::string("all nodes alike as seeds")
          : absl::StrCat(report.seeds().nodes(), " seeds"),
      ", ", graph.iterations(), " steps, ",
      FormatQuantity(graph.teleport_micros()), " anew\ngraph ", graph.digest(),
      "\nseeds ", graph.seeds_digest(), "\nranks ", report.ranks_digest(),
      "\n"));
}

void WriteRows(const Standing& standing, bool is_csv, Output* output) {
  if (is_csv) output->Write("id,standing,rank\n");
  standing.ForEach([&](const Standing::Node& node) {
    const std::string micros = FormatMicros(node.standing_micros);
    output->Write(is_csv ? absl::StrCat(CsvCell(node.id), ",", micros, ",",
                                        node.rank, "\n")
                         : absl::StrCat("{\"id\":", JsonString(node.id),
                                        ",\"standing\":", micros,
                                        ",\"rank\":", node.rank, "}\n"));
  });
}

// The reactions that the edges are, read as edges are.
std::unique_ptr<Tally> TallyOf(const StandingCommand& options,
                               const Engine& engine, bool rows_to_terminal) {
  if (options.events.files.empty()) return nullptr;
  EventOptions events = options.events;
  events.format = options.standing.format;
  events.allow_extra = options.standing.allow_extra;
  events.threads = options.standing.threads;
  events.memory_bytes = options.standing.memory_bytes;
  events.temporary = options.standing.temporary;
  events.on_error = options.standing.on_error;
  events.errors = options.standing.errors;
  return TallyEvents(events, engine, rows_to_terminal);
}

// The weight of a reaction is the algorithm's as well.
Engine EngineFor(const StandingCommand& options) {
  return options.events.files.empty() ? EngineFor(options.algorithm)
                                      : ChooseEngine(options.algorithm);
}

ExitCode RunStanding(const StandingCommand& options) {
  if (options.events.files.empty() == options.standing.edges.empty()) {
    throw Failure(kUsage, "give a file of edges, or --events");
  }
  std::vector<std::string> inputs = options.events.files;
  inputs.push_back(options.algorithm.file);
  CheckFiles(inputs, {options.output, options.standing.errors, options.report},
             options.standing);
  if (!options.id.empty() &&
      (options.format == "csv" || options.format == "jsonl")) {
    throw Failure(kUsage, "--id is in words, or with --format json");
  }
  if (!options.standing.IsAsked()) {
    throw Failure(kUsage, kWithoutSeeds);
  }
  const Engine engine = EngineFor(options);
  Output output(options.output);
  const std::unique_ptr<Tally> tally =
      TallyOf(options, engine, output.is_terminal());
  const std::unique_ptr<Standing> standing =
      MakeStanding(options.standing, engine, tally.get(), output.is_terminal());
  if (!options.report.empty()) {
    Output report(options.report);
    report.Write(ToJson(standing->Report()));
    report.Finish();
  }
  if (!options.id.empty()) {
    abi1::NodeRequest request;
    request.set_id(options.id);
    request.set_top(options.top);
    const abi1::NodeReport node = standing->Explain(request);
    output.Write(options.format == "json" ? ToJson(node)
                                          : NodeAsText(node).substr(1));
  } else if (options.format == "json") {
    output.Write(ToJson(standing->Report()));
  } else if (options.format == "table") {
    WriteTable(*standing, options.top, &output);
  } else {
    WriteRows(*standing, options.format == "csv", &output);
  }
  output.Finish();
  return kFine;
}

}  // namespace

void AddStanding(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<StandingCommand>();
  StandingOptions* const edges = &options->standing;
  CLI::App* const standing = app->add_subcommand(
      "standing", "influence that flows from seeds through who reacts to whom");
  standing->add_option("EDGES", edges->edges, "edges; - is standard input");
  AddEventsOption(standing,
                  "instead: events, of which edges are made; may recur",
                  &options->events.files);
  CLI::Option* const events = standing->get_option("--events");
  standing
      ->add_option("--as-of", options->events.as_of,
                   "with --events: the day, or the point in time, that ages "
                   "are counted from")
      ->needs(events);
  AddFuture(standing, "events after --as-of: refuse or ignore",
            &options->events.future)
      ->capture_default_str()
      ->needs(events);
  AddSeeds(standing, edges);
  AddAlgorithm(standing, &options->algorithm);
  AddInputFormat(standing, "otherwise by the files' names", &edges->format,
                 &edges->allow_extra);
  AddFormat(standing, {"table", "csv", "jsonl", "json"}, &options->format);
  AddTop(standing, "how many are in the table, or named for --id", 1,
         &options->top);
  standing
      ->add_option("--id", options->id,
                   "only this one, and who their standing comes from")
      ->check(IsUtf8Text());
  AddMemory(standing, &edges->memory_bytes, &edges->temporary);
  standing->add_option("--report", options->report,
                       "write what was run on what, as JSON");
  AddOutput(standing, &options->output);
  AddOnError(standing, &edges->on_error, &edges->errors);
  AddThreads(standing, "for the steps", &edges->threads);
  standing->final_callback([=] { *code = RunStanding(*options); });
}

}  // namespace influence::cli
