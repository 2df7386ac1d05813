// Prints one digest over ranks of graphs of both layouts: the same from every
// compiler, at every level of optimisation, on every processor.
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <utility>

#include "base/sha256.h"
#include "standing/standing.h"

int main() {
  std::string all;
  for (const uint64_t most : {uint64_t{1}, uint64_t{1'000'000'007}}) {
    std::mt19937_64 random(1);
    influence::GraphBuilder builder;
    for (int i = 0; i < 20'000; ++i) {
      const uint64_t from = random() % 3'000, to = random() % (1 + from);
      builder.AddEdge("n" + std::to_string(from), "n" + std::to_string(to),
                      1 + random() % most);
    }
    influence::Graph graph;
    if (!influence::Graph::Build(std::move(builder), &graph).ok()) return 1;
    influence::Seeds seeds;
    for (uint32_t i = 0; i < 2'000; i += 3) {
      if (!seeds.Add(graph, graph.Id(i), 1 + random() % 1'000).ok()) return 1;
    }
    for (const influence::Seeds& from :
         {seeds, influence::Seeds::Uniform(graph)}) {
      influence::Ranks ranks;
      if (!influence::StandingRun::Run(graph, from, {}, 2, nullptr, &ranks)
               .ok()) {
        return 1;
      }
      all += graph.digest() + from.Digest(graph) + ranks.Digest();
    }
  }
  std::puts(influence::Sha256Hex(all).c_str());
  return 0;
}
