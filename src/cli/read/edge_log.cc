// Edges and seeds go from files into a graph, the graph runs, and a node of it
// is told in words.
#include "cli/read/edge_log.h"

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/basics/temporary_file.h"
#include "cli/read/event_log.h"
#include "cli/read/log_reading.h"
#include "cli/write/progress.h"
#include "text/escape.h"
#include "text/layout.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

// Says why a row of edges or seeds is refused, with the name that the column
// has in a file; "" if the row is not refused.
std::string InFile(const EventNames& names,
                   const std::optional<RowFault>& fault) {
  if (!fault.has_value()) return "";
  std::string name = fault->field;
  if (name == "source") name = names.names[kActor];
  if (name == "target") name = names.names[kSubject];
  return absl::StrCat(name, name.empty() ? "" : ": ", fault->text);
}

void ReadEdges(const StandingOptions& options, bool rows_to_terminal,
               Graph* graph) {
  const LogSink sink = {
      [&](const EventBatch& batch, size_t first, size_t last) {
        return InFile(kEdgeNames, graph->Add(batch, first, last));
      },
      [&](std::string_view message) { graph->Add(message); }};
  ReadLogs(
      {options.edges, options.format, options.otherwise, options.allow_extra,
       options.on_error, options.errors, &kEdgeNames, "edges"},
      rows_to_terminal, sink);
}

abi1::SeedList SeedsOf(const EventBatch& batch, size_t first, size_t last) {
  abi1::SeedList seeds;
  const int32_t* const offsets = batch.offsets(kActor);
  for (size_t i = first; i < last; ++i) {
    abi1::Seed& seed = *seeds.add_seeds();
    seed.set_id(std::string(batch.bytes(kActor) + offsets[i],
                            batch.bytes(kActor) + offsets[i + 1]));
    if ((batch.has_count()[i / 8] >> (i % 8) & 1) != 0) {
      seed.set_weight(static_cast<uint64_t>(batch.counts()[i]));
    }
  }
  return seeds;
}

void ReadSeeds(const StandingOptions& options, Graph* graph) {
  const auto add = [&](const abi1::SeedList& seeds) {
    return InFile(kSeedNames, graph->Seed(seeds));
  };
  if (options.uniform_seeds) {
    abi1::SeedList all;
    all.set_kind(abi1::SEED_KIND_UNIFORM);
    add(all);
    return;
  }
  LogFiles logs;
  logs.files = {options.seeds};
  logs.format = options.format;
  logs.otherwise = options.otherwise;
  logs.allow_extra = options.allow_extra;
  logs.names = &kSeedNames;
  logs.counted = "seeds";
  const LogSink sink = {
      [&](const EventBatch& batch, size_t first, size_t last) {
        return add(SeedsOf(batch, first, last));
      },
      [&](std::string_view message) {
        abi1::SeedList seeds;
        if (!seeds.ParseFromArray(message.data(),
                                  static_cast<int>(message.size()))) {
          throw Failure(kBadData,
                        "is no SeedList, or has text that is not UTF-8");
        }
        const std::string why = add(seeds);
        if (!why.empty()) throw Failure(kBadData, why);
      }};
  ReadLogs(logs, /*rows_to_terminal=*/true, sink);
}

void TellWhatWasIgnored(const abi1::StandingReport& report) {
  const struct {
    uint64_t count;
    const char* what;
  } ignored[] = {
      {report.edges().self_loops(), "edges from somebody to themselves"},
      {report.edges().weightless(), "edges of weight 0"},
      {report.seeds().unknown(), "seeds that are no nodes of the graph"},
      {report.seeds().weightless(), "seeds of weight 0"},
  };
  for (const auto& [count, what] : ignored) {
    if (count == 0) continue;
    std::fprintf(stderr, "influence: %llu %s were ignored\n",
                 static_cast<unsigned long long>(count), what);
  }
}

// The same words for a terminal and for Markdown.
struct NodeStyle {
  std::string (*escape)(std::string_view);
  const char* heading;
  const char* after;  // of it
  const char* item;
};
constexpr NodeStyle kTextStyle = {Printable, "", "", ""};
constexpr NodeStyle kMarkdownStyle = {MarkdownText, "### ", "\n", "- "};

// Names a graph and its seeds in two lines.
std::string Identity(const abi1::GraphIdentity& graph, const NodeStyle& style) {
  return absl::StrCat(style.after, style.item, "graph ", graph.digest(), ", ",
                      graph.nodes(), " nodes, ", graph.edges(), " edges\n",
                      style.item, "seeds ", graph.seeds_digest(), ", ",
                      graph.iterations(), " steps, ",
                      FormatQuantity(graph.teleport_micros()), " anew\n");
}

std::string Words(const abi1::NodeReport& node, const NodeStyle& style) {
  std::string text = absl::StrCat(
      "\n", style.heading, "Where the standing comes from\n", style.after);
  Grid grid = {{"from", "standing", "rank"}};
  const auto add = [&grid](const std::string& from, int64_t micros,
                           uint64_t rank) {
    grid.push_back({from, FormatMicros(micros), std::to_string(rank)});
  };
  for (const abi1::NodeShare& share : node.top()) {
    add(style.escape(share.source()), share.standing_micros(), share.rank());
  }
  if (node.others_count() > 0) {
    add(absl::StrCat(node.others_count(),
                     node.others_count() == 1 ? " other" : " others"),
        node.others().standing_micros(), node.others().rank());
  }
  add("being a seed", node.seed_standing_micros(), node.seed_rank());
  add("rounding", node.rounded_standing_micros(), node.remainder_rank());
  add("together", node.standing_micros(), node.rank());
  const bool is_markdown = style.after[0] != '\0';
  return text + (is_markdown ? MarkdownTable(grid) : AlignedTable(grid)) +
         (is_markdown ? "\n" : "") +
         absl::StrCat(
             "Standing 1 is what everybody would have if all were "
             "alike; number ",
             node.position(), " by rank.\n") +
         Identity(node.graph(), style);
}

std::string Words(const abi1::StandingReport& report, const NodeStyle& style) {
  return absl::StrCat("\n", style.heading, "The standing is unknown\n",
                      style.after, "The graph has no node of this id.\n",
                      Identity(report.graph(), style));
}

}  // namespace

bool StandingOptions::IsAsked() const {
  const bool has_seeds = !seeds.empty() || uniform_seeds;
  if (!has_seeds &&
      !(edges.empty() && graph_digest.empty() && seeds_digest.empty())) {
    throw Failure(kUsage, kWithoutSeeds);
  }
  return has_seeds;
}

std::unique_ptr<Standing> MakeStanding(const StandingOptions& options,
                                       const Engine& engine, const Tally* tally,
                                       bool rows_to_terminal) {
  if (options.edges.empty() && tally == nullptr) {
    throw Failure(kUsage, "standing needs --edges, or --events");
  }
  Graph graph(engine);
  if (options.memory_bytes > 0) {
    graph.Spill(options.memory_bytes, options.temporary.empty()
                                          ? TemporaryFolder()
                                          : options.temporary);
  }
  if (options.edges.empty()) {
    graph.Add(*tally);
  } else {
    ReadEdges(options, rows_to_terminal, &graph);
  }
  ReadSeeds(options, &graph);
  abi1::RunOptions run;
  run.set_threads(options.threads);
  run.set_graph_digest(options.graph_digest);
  run.set_seeds_digest(options.seeds_digest);
  std::unique_ptr<Progress> progress;
  std::unique_ptr<Standing> standing =
      graph.Run(run, [&](size_t done, size_t all) {
        if (progress == nullptr) {
          progress = std::make_unique<Progress>(all, rows_to_terminal, "steps");
        }
        progress->Update(done, done);
      });
  progress.reset();
  TellWhatWasIgnored(standing->Report());
  return standing;
}

std::string NodeAsText(const abi1::NodeReport& node) {
  return Words(node, kTextStyle);
}

std::string NodeAsMarkdown(const abi1::NodeReport& node) {
  return Words(node, kMarkdownStyle);
}

std::string NoNodeAsText(const abi1::StandingReport& report) {
  return Words(report, kTextStyle);
}

std::string NoNodeAsMarkdown(const abi1::StandingReport& report) {
  return Words(report, kMarkdownStyle);
}

}  // namespace influence::cli
