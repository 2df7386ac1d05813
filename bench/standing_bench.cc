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
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "standing/graph.h"

namespace influence {
namespace {

using Pair = std::pair<uint32_t, uint32_t>;
uint32_t steps = 20;

// A figure of /proc/self/status, in bytes.
double Status(const char* name) {
  std::FILE* const file = std::fopen("/proc/self/status", "r");
  if (file == nullptr) std::abort();
  char line[256];
  double kibibytes = 0;
  while (std::fgets(line, sizeof line, file) != nullptr) {
    if (std::strncmp(line, name, std::strlen(name)) == 0) {
      kibibytes = std::atof(line + std::strlen(name) + 1);
    }
  }
  std::fclose(file);
  return kibibytes * 1024;
}

// What is in memory now, and from now on the most that was.
double Resident() {
  malloc_trim(0);
  std::FILE* const file = std::fopen("/proc/self/clear_refs", "w");
  if (file == nullptr || std::fputs("5", file) < 0 || std::fclose(file) != 0) {
    std::abort();
  }
  return Status("VmRSS");
}

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

  std::vector<Pair> placed;
  for (const Pair& pair : pairs) {
    placed.emplace_back(place[pair.first], place[pair.second]);
  }
  std::sort(placed.begin(), placed.end());
  const Rows ordered = RowsOf(placed, nodes);
  std::vector<Pair>().swap(placed);

  const double before =
      Resident() - static_cast<double>(pairs.capacity() * sizeof(Pair));
  double start = Now();
  GraphBuilder builder;
  for (uint32_t i = 0; i < nodes; ++i) builder.AddNode(std::to_string(i));
  for (const Pair& pair : pairs) builder.AddEdge(pair.first, pair.second, 1);
  std::printf("scale %d, %zu threads, %.0f edges: add %.2f s", scale, threads,
              edges, Now() - start);
  std::vector<Pair>().swap(pairs);
  start = Now();
  Graph graph;
  if (!Graph::Build(std::move(builder), &graph).ok()) std::abort();
  std::printf(", build and digest %.2f s", Now() - start);
  Resident();
  {
    Ranks ranks;
    if (!StandingRun::Run(graph, Seeds::Uniform(graph), {150'000, 1}, threads,
                          nullptr, &ranks)
             .ok()) {
      std::abort();
    }
  }
  const double peak = Status("VmHWM") - before;
  std::printf(", peak %.0f MB: 40 bytes a node and %.2f an edge\n", peak / 1e6,
              (peak - 40.0 * nodes) / edges);

  std::vector<double> seconds[3];
  const Seeds seeds = Seeds::Uniform(graph);
  for (int repeat = 0; repeat < 5; ++repeat) {
    start = Now();
    Ranks ranks;
    if (!StandingRun::Run(graph, seeds, {150'000, steps}, threads, nullptr,
                          &ranks)
             .ok()) {
      std::abort();
    }
    seconds[0].push_back(Now() - start);
    seconds[1].push_back(PullSeconds(plain, nodes, threads));
    seconds[2].push_back(PullSeconds(ordered, nodes, threads));
  }
  const char* names[] = {"standing", "double pull, as it comes",
                         "double pull, same order"};
  for (int i = 0; i < 3; ++i) {
    std::sort(seconds[i].begin(), seconds[i].end());
    const double median = seconds[i][seconds[i].size() / 2];
    std::printf("  %-26s %.3f s  %.2f billion edges/s\n", names[i], median,
                edges * steps / median / 1e9);
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
