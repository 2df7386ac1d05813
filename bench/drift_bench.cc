// A drift of ten million people from v1 to v2 against scoring them twice, once
// by each, both by columns through the C ABI, in batches, on one thread.
//
//   build/bench/bench/drift_bench [PEOPLE] [BATCH]
//
// The two take turns, five each after one to warm up; medians are compared, so
// that whatever else the machine does slows both. bench/results/drift.md has
// what came of it.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "influence/influence.h"

namespace {

constexpr int kTurns = 5;

constexpr const char* kNames[] = {
    "mentions", "replies",  "saves",     "likes",    "reshares",
    "quotes",   "listings", "followers", "standing", "endorsements"};
constexpr size_t kSignals = 10;

void Require(influence_status status) {
  if (status == INFLUENCE_OK) return;
  std::fprintf(stderr, "%s\n", influence_status_name(status));
  std::exit(1);
}

influence_engine* Released(const char* id) {
  influence_engine* engine = nullptr;
  Require(influence_engine_open(id, &engine, nullptr));
  return engine;
}

// Ten columns of whole counts, of every magnitude up to a million.
class Population {
 public:
  explicit Population(size_t people) {
    std::mt19937_64 rng(1);
    for (auto& column : columns_) {
      column.resize(people);
      for (int64_t& value : column) {
        value = static_cast<int64_t>((rng() >> 44) >> (rng() % 20));
      }
    }
  }
  size_t people() const { return columns_[0].size(); }

  // A table of some rows, which owns nothing.
  void Export(size_t from, size_t rows, ArrowSchema* schema,
              ArrowArray* array) {
    for (size_t s = 0; s < kSignals; ++s) {
      schemas_[s] = {};
      schemas_[s].format = "l";
      schemas_[s].name = kNames[s];
      schemas_[s].release = [](ArrowSchema* self) { self->release = nullptr; };
      schema_list_[s] = &schemas_[s];
      buffers_[s][1] = columns_[s].data() + from;
      arrays_[s] = {};
      arrays_[s].length = static_cast<int64_t>(rows);
      arrays_[s].n_buffers = 2;
      arrays_[s].buffers = buffers_[s];
      arrays_[s].release = [](ArrowArray* self) { self->release = nullptr; };
      array_list_[s] = &arrays_[s];
    }
    *schema = {};
    schema->format = "+s";
    schema->name = "";
    schema->n_children = kSignals;
    schema->children = schema_list_;
    schema->release = [](ArrowSchema* self) { self->release = nullptr; };
    *array = {};
    array->length = static_cast<int64_t>(rows);
    array->n_buffers = 1;
    array->buffers = no_buffer_;
    array->n_children = kSignals;
    array->children = array_list_;
    array->release = [](ArrowArray* self) { self->release = nullptr; };
  }

 private:
  std::vector<int64_t> columns_[kSignals];
  ArrowSchema schemas_[kSignals];
  ArrowSchema* schema_list_[kSignals];
  ArrowArray arrays_[kSignals];
  ArrowArray* array_list_[kSignals];
  const void* buffers_[kSignals][2] = {};
  const void* no_buffer_[1] = {nullptr};
};

template <typename Body>
double Seconds(Body body) {
  const auto start = std::chrono::steady_clock::now();
  body();
  const std::chrono::duration<double> taken =
      std::chrono::steady_clock::now() - start;
  return taken.count();
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

template <typename Body>
void EachBatch(Population* population, size_t batch, Body body) {
  for (size_t from = 0; from < population->people(); from += batch) {
    ArrowSchema schema;
    ArrowArray array;
    population->Export(from, std::min(batch, population->people() - from),
                       &schema, &array);
    body(&schema, &array);
  }
}

void Score(const influence_engine* engine, Population* population,
           size_t batch) {
  EachBatch(
      population, batch, [engine](ArrowSchema* schema, ArrowArray* array) {
        ArrowSchema out_schema;
        ArrowArray out_array;
        Require(influence_score_columns(engine, nullptr, 0, schema, array,
                                        &out_schema, &out_array, nullptr));
        out_schema.release(&out_schema);
        out_array.release(&out_array);
      });
}

void Drift(const influence_engine* before, const influence_engine* after,
           Population* population, size_t batch) {
  influence_drift* drift = nullptr;
  Require(influence_drift_new(before, after, nullptr, 0, &drift, nullptr));
  EachBatch(population, batch, [drift](ArrowSchema* schema, ArrowArray* array) {
    Require(influence_drift_add_columns(drift, schema, array, nullptr));
  });
  influence_bytes report;
  Require(influence_drift_report(drift, &report, nullptr));
  influence_bytes_free(&report);
  influence_drift_free(drift);
}

}  // namespace

int main(int argc, char** argv) {
  const size_t people =
      argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000'000;
  const size_t batch = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 65'536;
  Population population(people);
  influence_engine* const v1 = Released("v1");
  influence_engine* const v2 = Released("v2");
  std::vector<double> twice, drift;
  for (int turn = 0; turn <= kTurns; ++turn) {
    const double scoring = Seconds([&] {
      Score(v1, &population, batch);
      Score(v2, &population, batch);
    });
    const double drifting = Seconds([&] { Drift(v1, v2, &population, batch); });
    if (turn == 0) continue;
    twice.push_back(scoring);
    drift.push_back(drifting);
  }
  std::printf("%zu people from v1 to v2, batches of %zu, medians of %d\n",
              people, batch, kTurns);
  std::printf("scored twice  %7.3f s  %6.1f ns a person\n", Median(twice),
              1e9 * Median(twice) / static_cast<double>(people));
  std::printf("drift         %7.3f s  %6.1f ns a person\n", Median(drift),
              1e9 * Median(drift) / static_cast<double>(people));
  std::printf("drift's speed is %.0f %% of scoring twice\n",
              100 * Median(twice) / Median(drift));
  influence_engine_free(v2);
  influence_engine_free(v1);
}
