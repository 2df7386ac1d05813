// A drift of ten million people against scoring them twice, both by columns
// through the C ABI, in batches.
//
//   build/bench/bench/drift_bench [PEOPLE] [BATCH]
//
// The two take turns, and the best of five turns of each is compared: whatever
// else the machine does slows both.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "influence.pb.h"
#include "influence/influence.h"

namespace {

namespace wire = influence::wire;

constexpr const char* kNames[] = {
    "mentions", "replies",  "saves",     "likes",    "reshares",
    "quotes",   "listings", "followers", "standing", "endorsements"};
constexpr size_t kSignals = 10;

const uint8_t* DataOf(const std::string& bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

void Require(influence_status status) {
  if (status == INFLUENCE_OK) return;
  std::fprintf(stderr, "%s\n", influence_status_name(status));
  std::exit(1);
}

influence_engine* V1() {
  influence_engine* engine = nullptr;
  Require(influence_engine_new("v1", 2, &engine, nullptr));
  return engine;
}

// v1 with other weights: everybody moves a little.
influence_engine* Other(const influence_engine* v1) {
  influence_bytes bytes;
  Require(influence_engine_describe(v1, &bytes));
  wire::AlgorithmDescription description;
  description.ParseFromArray(bytes.data, static_cast<int>(bytes.size));
  influence_bytes_free(&bytes);
  wire::Algorithm* algorithm = description.mutable_algorithm();
  algorithm->set_id("bench/v2");
  algorithm->mutable_rows(0)->set_weight_micropoints(30'000'000);
  algorithm->mutable_rows(1)->set_weight_micropoints(20'000'000);
  algorithm->mutable_rows(2)->set_full_marks_micros(50'000'000'000);
  const std::string table = algorithm->SerializeAsString();
  influence_engine* engine = nullptr;
  Require(influence_engine_new_custom(DataOf(table), table.size(), &engine,
                                      nullptr));
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
  Require(influence_drift_finish(drift, &report, nullptr));
  influence_bytes_free(&report);
  influence_drift_free(drift);
}

}  // namespace

int main(int argc, char** argv) {
  const size_t people =
      argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000'000;
  const size_t batch = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 65'536;
  Population population(people);
  influence_engine* const v1 = V1();
  influence_engine* const other = Other(v1);
  double twice = 1e9, drift = 1e9;
  for (int turn = 0; turn < 5; ++turn) {
    twice = std::min(twice, Seconds([&] {
                       Score(v1, &population, batch);
                       Score(other, &population, batch);
                     }));
    drift =
        std::min(drift, Seconds([&] { Drift(v1, other, &population, batch); }));
  }
  std::printf("%zu people, batches of %zu\n", people, batch);
  std::printf("scored twice  %7.3f s  %6.1f ns a person\n", twice,
              1e9 * twice / static_cast<double>(people));
  std::printf("drift         %7.3f s  %6.1f ns a person\n", drift,
              1e9 * drift / static_cast<double>(people));
  std::printf("drift's speed is %.0f %% of scoring twice\n",
              100 * twice / drift);
  influence_engine_free(other);
  influence_engine_free(v1);
}
