// Steps of standing on a Kronecker graph (Graph500's parameters, 16 undirected
// edges a node), beside the pull loop that the GAP benchmark specifies, in
// doubles, on the graph as it comes and in the order of places.
//
//   build/bench/bench/standing_bench 20 1          scale and threads
//   build/bench/bench/standing_bench 20 1 FILE     writes the edges, too: pairs
//                                                  of 32-bit numbers
//   build/bench/bench/standing_bench 20 1 "" 42    other than 20 iterations
//
// bench/standing_rivals.py runs it, and other libraries on the same edges.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "standing/standing.h"

namespace influence {
namespace {

using Pair = std::pair<uint32_t, uint32_t>;
uint32_t steps = 20;

double Now() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Both directions of every edge, each pair once, nodes in random order.
std::vector<Pair> Kronecker(int scale) {
  std::mt19937_64 random(1);
  const uint32_t nodes = uint32_t{1} << scale;
  std::vector<uint32_t> names(nodes);
  std::iota(names.begin(), names.end(), 0);
  std::shuffle(names.begin(), names.end(), random);
  std::vector<Pair> pairs;
  for (uint64_t i = 0; i < uint64_t{16} * nodes; ++i) {
    uint32_t a = 0, b = 0;
    for (int bit = 0; bit < scale; ++bit) {
      const uint64_t percent = random() % 100;
      a = a << 1 | (percent >= 76);
      b = b << 1 | ((percent >= 57 && percent < 76) || percent >= 95);
    }
    if (a == b) continue;
    pairs.emplace_back(names[a], names[b]);
    pairs.emplace_back(names[b], names[a]);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

// In-neighbours by node; of symmetric pairs those are the out-neighbours too.
struct Rows {
  LargeArray<uint64_t> begins;
  LargeArray<uint32_t> sources;
};

Rows RowsOf(const std::vector<Pair>& sorted, uint32_t nodes) {
  Rows rows;
  rows.begins.resize(nodes + 1);
  for (const Pair& pair : sorted) {
    ++rows.begins[pair.first + 1];
    rows.sources.push_back(pair.second);
  }
  for (uint32_t i = 0; i < nodes; ++i) rows.begins[i + 1] += rows.begins[i];
  return rows;
}

double PullSeconds(const Rows& rows, uint32_t nodes, size_t threads) {
  LargeArray<double> rank(nodes), sent(nodes);
  for (double& value : rank) value = 1.0 / nodes;
  const auto all = [&](const auto& work) {
    std::vector<std::thread> team;
    uint32_t begin = 0;
    for (size_t i = 1; i <= threads; ++i) {
      uint32_t end = begin;
      while (end < nodes &&
             (i == threads ||
              rows.begins[end] < rows.sources.size() * i / threads)) {
        ++end;
      }
      team.emplace_back(work, begin, end);
      begin = end;
    }
    for (std::thread& thread : team) thread.join();
  };
  const double start = Now();
  for (uint32_t step = 0; step < steps; ++step) {
    all([&](uint32_t begin, uint32_t end) {
      for (uint32_t i = begin; i < end; ++i) {
        sent[i] =
            rank[i] / static_cast<double>(rows.begins[i + 1] - rows.begins[i]);
      }
    });
    all([&](uint32_t begin, uint32_t end) {
      const double* from = sent.begin();
      for (uint32_t i = begin; i < end; ++i) {
        double sum = 0;
        for (uint64_t j = rows.begins[i]; j < rows.begins[i + 1]; ++j) {
          sum += from[rows.sources[j]];
        }
        rank[i] = 0.15 / nodes + 0.85 * sum;
      }
    });
  }
  return Now() - start;
}

void Bench(int scale, size_t threads, const char* file) {
  const uint32_t nodes = uint32_t{1} << scale;
  std::vector<Pair> pairs = Kronecker(scale);
  if (file != nullptr) {
    std::FILE* const out = std::fopen(file, "wb");
    if (out == nullptr ||
        std::fwrite(pairs.data(), sizeof(Pair), pairs.size(), out) !=
            pairs.size() ||
        std::fclose(out) != 0) {
      std::abort();
    }
  }
  const double edges = static_cast<double>(pairs.size());
  const Rows plain = RowsOf(pairs, nodes);
  std::vector<uint32_t> order(nodes), place(nodes);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return plain.begins[a + 1] - plain.begins[a] >
           plain.begins[b + 1] - plain.begins[b];
  });
  for (uint32_t i = 0; i < nodes; ++i) place[order[i]] = i;

  double start = Now();
  GraphBuilder builder;
  for (uint32_t i = 0; i < nodes; ++i) builder.AddNode(std::to_string(i));
  for (const Pair& pair : pairs) builder.AddEdge(pair.first, pair.second, 1);
  std::printf("scale %d, %zu threads, %.0f edges: add %.2f s", scale, threads,
              edges, Now() - start);
  for (Pair& pair : pairs) pair = {place[pair.first], place[pair.second]};
  std::sort(pairs.begin(), pairs.end());
  const Rows ordered = RowsOf(pairs, nodes);
  std::vector<Pair>().swap(pairs);
  start = Now();
  Graph graph;
  if (!Graph::Build(std::move(builder), &graph).ok()) std::abort();
  std::printf(", build and digest %.2f s, %.1f bytes an edge\n", Now() - start,
              static_cast<double>(graph.MemoryBytes()) / edges);

  double best[3] = {1e9, 1e9, 1e9};
  const Seeds seeds = Seeds::Uniform(graph);
  for (int repeat = 0; repeat < 3; ++repeat) {
    start = Now();
    Ranks ranks;
    if (!StandingRun::Run(graph, seeds, {150'000, steps}, threads, nullptr,
                          &ranks)
             .ok()) {
      std::abort();
    }
    best[0] = std::min(best[0], Now() - start);
    best[1] = std::min(best[1], PullSeconds(plain, nodes, threads));
    best[2] = std::min(best[2], PullSeconds(ordered, nodes, threads));
  }
  const char* names[] = {"standing", "double pull, as it comes",
                         "double pull, same order"};
  for (int i = 0; i < 3; ++i) {
    std::printf("  %-26s %.3f s  %.2f billion edges/s\n", names[i], best[i],
                edges * steps / best[i] / 1e9);
  }
}

}  // namespace
}  // namespace influence

int main(int argc, char** argv) {
  if (argc > 4) influence::steps = static_cast<uint32_t>(std::atoi(argv[4]));
  influence::Bench(argc > 1 ? std::atoi(argv[1]) : 18,
                   argc > 2 ? static_cast<size_t>(std::atoi(argv[2])) : 1,
                   argc > 3 && *argv[3] != '\0' ? argv[3] : nullptr);
}
