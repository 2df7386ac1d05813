// Edges and seeds of any kind: no order or batch shows, whatever was taken can
// be run, opened and scored, and everybody's ranks are all there is.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "input_bytes.h"
#include "laws.h"

namespace {

namespace abi1 = influence::abi1;

constexpr uint64_t kTotal = uint64_t{1} << 62;

struct FreeGraph {
  void operator()(influence_graph* graph) const { influence_graph_free(graph); }
};
using Graph = std::unique_ptr<influence_graph, FreeGraph>;
struct FreeStanding {
  void operator()(influence_standing* standing) const {
    influence_standing_free(standing);
  }
};
using Standing = std::unique_ptr<influence_standing, FreeStanding>;

const uint8_t* Data(const std::string& bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

Graph NewGraph() {
  influence_graph* graph = nullptr;
  Require(
      influence_graph_new(V1(), nullptr, 0, &graph, nullptr) == INFLUENCE_OK,
      "a graph is made");
  return Graph(graph);
}

influence_status Add(const Graph& graph, const std::string& edges) {
  influence_error* error = nullptr;
  const influence_status status =
      influence_graph_add(graph.get(), Data(edges), edges.size(), &error);
  CheckError(status, error);
  return status;
}

influence_status Seed(const Graph& graph, const std::string& seeds) {
  influence_error* error = nullptr;
  const influence_status status =
      influence_graph_seed(graph.get(), Data(seeds), seeds.size(), &error);
  CheckError(status, error);
  return status;
}

Standing Run(const Graph& graph, const std::string& options) {
  influence_standing* standing = nullptr;
  influence_error* error = nullptr;
  const influence_status status =
      influence_graph_run(graph.get(), Data(options), options.size(), nullptr,
                          nullptr, &standing, &error);
  CheckError(status, error);
  Require((status == INFLUENCE_OK) == (standing != nullptr),
          "a standing is there exactly if the graph was run");
  return Standing(standing);
}

abi1::StandingReport ReportOf(const Standing& standing) {
  influence_bytes bytes;
  Require(influence_standing_report(standing.get(), &bytes, nullptr) ==
              INFLUENCE_OK,
          "a standing reports");
  abi1::StandingReport report;
  Require(report.ParseFromArray(bytes.data, static_cast<int>(bytes.size)),
          "a report is one");
  influence_bytes_free(&bytes);
  report.clear_memory_bytes();
  return report;
}

void CheckNode(const Standing& standing, const std::string& id) {
  abi1::NodeRequest request;
  request.set_id(id);
  request.set_top(2);
  const std::string bytes = request.SerializeAsString();
  influence_bytes response;
  influence_error* error = nullptr;
  const influence_status status = influence_standing_explain(
      standing.get(), Data(bytes), bytes.size(), &response, &error);
  CheckError(status, error);
  if (status != INFLUENCE_OK) return;
  abi1::NodeReport report;
  Require(report.ParseFromArray(response.data, static_cast<int>(response.size)),
          "a node's report is one");
  influence_bytes_free(&response);
  uint64_t rank =
      report.seed_rank() + report.remainder_rank() + report.others().rank();
  int64_t micros = report.seed_standing_micros() +
                   report.others().standing_micros() +
                   report.rounded_standing_micros();
  for (const abi1::NodeShare& share : report.top()) {
    rank += share.rank();
    micros += share.standing_micros();
  }
  Require(rank == report.rank(), "a rank sums exactly");
  Require(micros == report.standing_micros(), "a standing sums exactly");
  Require(report.graph().digest() == ReportOf(standing).graph().digest(),
          "a node names its graph");
}

void CheckRanks(const Standing& standing) {
  ArrowArrayStream ranks;
  Require(influence_standing_ranks(standing.get(), nullptr, 0, &ranks,
                                   nullptr) == INFLUENCE_OK,
          "ranks are read");
  uint64_t sum = 0;
  for (bool is_end = false; !is_end;) {
    ArrowArray table;
    Require(ranks.get_next(&ranks, &table) == 0, "ranks are there");
    is_end = table.release == nullptr;
    if (is_end) break;
    const auto* values =
        static_cast<const uint64_t*>(table.children[1]->buffers[1]);
    for (int64_t i = 0; i < table.length; ++i) sum += values[i];
    table.release(&table);
  }
  ranks.release(&ranks);
  Require(sum == kTotal, "all ranks are everything");
}

void CheckStanding(const Standing& standing) {
  if (standing == nullptr) return;
  CheckRanks(standing);
  for (const char* id : {"a", "b", ""}) CheckNode(standing, id);
}

std::string AnyId(InputBytes* input) {
  return input->Rarely(16) ? input->Text(300)
                           : std::string(1, "abcdefgh"[input->Below(8)]);
}

uint64_t AnyWeight(InputBytes* input) {
  return input->Rarely(4) ? static_cast<uint64_t>(input->Int64())
                          : input->Below(5);
}

// What is spilled.
struct File {
  std::string bytes;

  static int32_t Write(void* context, const uint8_t* data, size_t size) {
    static_cast<File*>(context)->bytes.append(
        reinterpret_cast<const char*>(data), size);
    return 0;
  }
  static int32_t ReadAt(void* context, uint64_t offset, uint8_t* data,
                        size_t size) {
    const std::string& bytes = static_cast<File*>(context)->bytes;
    Require(offset + size <= bytes.size(), "what was written is read");
    if (size > 0) std::memcpy(data, bytes.data() + offset, size);
    return 0;
  }
};

// A ring of so many that every thread has a part of them.
const std::string& Crowd() {
  static const std::string* const crowd = [] {
    constexpr int kPeople = 24'000;
    abi1::EdgeBatch batch;
    for (int i = 0; i < kPeople; ++i) {
      abi1::Edge& edge = *batch.add_edges();
      edge.set_source("c" + std::to_string(i));
      edge.set_target("c" + std::to_string((i + 1) % kPeople));
    }
    return new std::string(batch.SerializeAsString());
  }();
  return *crowd;
}

// The same edges one way, and backwards in batches, perhaps in a file, perhaps
// in a crowd that some of them lead into and out of.
void CheckAnyGraph(InputBytes* input) {
  const size_t kind = input->Below(32);
  const bool spills = kind % 2 == 0;
  const bool is_crowded = kind == 31;
  abi1::SeedList seeds;
  for (size_t i = input->Below(4); i > 0; --i) {
    abi1::Seed& seed = *seeds.add_seeds();
    seed.set_id(AnyId(input));
    if (input->Rarely(2)) seed.set_weight(AnyWeight(input));
  }
  if (seeds.seeds().empty()) seeds.set_kind(abi1::SEED_KIND_UNIFORM);
  abi1::EdgeBatch whole;
  while (!input->empty()) {
    abi1::Edge& edge = *whole.add_edges();
    edge.set_source(AnyId(input));
    edge.set_target(AnyId(input));
    if (input->Rarely(2)) edge.set_weight(AnyWeight(input));
  }
  File file;
  const Graph one = NewGraph(), other = NewGraph();
  if (spills) {
    Require(influence_graph_spill(other.get(), uint64_t{64} << 20, File::Write,
                                  File::ReadAt, nullptr, &file,
                                  nullptr) == INFLUENCE_OK,
            "a new graph spills");
  }
  if (Seed(one, seeds.SerializeAsString()) != INFLUENCE_OK) return;
  if (is_crowded) {
    abi1::Edge& in = *whole.add_edges();
    in.set_source("a");
    in.set_target("c7");
    in.set_weight(1000);
    abi1::Edge& out = *whole.add_edges();
    out.set_source("c20000");
    out.set_target("b");
  }
  if (Add(one, whole.SerializeAsString()) != INFLUENCE_OK) return;
  Require(Seed(other, seeds.SerializeAsString()) == INFLUENCE_OK,
          "what was taken is taken");
  for (int i = whole.edges_size(); i-- > 0;) {
    abi1::EdgeBatch batch;
    *batch.add_edges() = whole.edges(i);
    Require(Add(other, batch.SerializeAsString()) == INFLUENCE_OK,
            "what is taken together is taken one by one");
  }
  if (is_crowded) {
    for (const Graph* graph : {&one, &other}) {
      Require(Add(*graph, Crowd()) == INFLUENCE_OK, "a crowd is taken");
    }
  }
  const Standing standing = Run(one, "");
  const Standing again = Run(other, "\x08\x03");  // on three threads
  Require((standing == nullptr) == (again == nullptr), "both run or neither");
  if (standing == nullptr) return;
  Require(ReportOf(standing).SerializeAsString() ==
              ReportOf(again).SerializeAsString(),
          "no order, batch, thread or file shows");
  CheckStanding(standing);
}

// Any bytes as edges, as seeds, as options; what is refused leaves nothing.
void CheckAnyBytes(const std::string& bytes) {
  const std::string edge(
      "\x0a\x06\x0a\x01"
      "a\x12\x01"
      "b",
      8);
  const std::string all("\x10\x01", 2);
  const Graph graph = NewGraph();
  Require(Add(graph, edge) == INFLUENCE_OK, "an edge is taken");
  const bool grew = Add(graph, bytes) == INFLUENCE_OK;
  const bool seeded = Seed(graph, bytes) == INFLUENCE_OK;
  if (!seeded) Require(Seed(graph, all) == INFLUENCE_OK, "seeds are taken");
  const Standing standing = Run(graph, "");
  if (!grew) {
    if (!seeded) Require(standing != nullptr, "what was refused left nothing");
    if (standing != nullptr) {
      Require(ReportOf(standing).graph().nodes() == 2, "nor a node");
    }
  }
  CheckStanding(standing);
  CheckStanding(Run(graph, bytes));
  if (standing == nullptr) return;
  influence_bytes response;
  influence_error* error = nullptr;
  const influence_status status = influence_standing_explain(
      standing.get(), Data(bytes), bytes.size(), &response, &error);
  CheckError(status, error);
  influence_bytes_free(&response);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 4096) return 0;
  InputBytes input(data, size);
  if (size == 0 || input.Below(2) == 0) {
    CheckAnyGraph(&input);
  } else {
    CheckAnyBytes({reinterpret_cast<const char*>(data) + 1, size - 1});
  }
  return 0;
}
