// Scoring by columns with each kernel that this processor has, and with the
// integers alone: six signals, 5 % of the cells null, batches of 65,536 rows
// in memory, one thread. The kernel is no public option, so this calls the
// engine behind the C boundary.
//
// items_per_second is rows per second. bench/rivals.py has what a user calls.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/byte_buffer.h"
#include "benchmark/benchmark.h"
#include "codec/codec.h"
#include "columns/arrow.h"
#include "engine/engine.h"

namespace influence {
namespace {

constexpr size_t kRows = 65'536;
constexpr struct {
  const char* name;
  unsigned bits;  // of the largest count
} kColumns[] = {{"followers", 24}, {"listings", 14}, {"mentions", 16},
                {"replies", 16},   {"reshares", 16}, {"likes", 20}};
constexpr size_t kColumnCount = sizeof kColumns / sizeof *kColumns;

// A table that owns its memory, and hands out structs that own nothing.
class Table {
 public:
  Table() {
    std::mt19937_64 random(1);
    for (size_t c = 0; c < kColumnCount; ++c) {
      values_[c].resize(kRows);
      valid_[c].assign(kRows / 8, 0);
      for (size_t i = 0; i < kRows; ++i) {
        const uint64_t roll = random();
        const uint64_t bits = (roll >> 8) % (kColumns[c].bits + 1);
        values_[c][i] =
            static_cast<int64_t>((roll >> 16) & ((uint64_t{1} << bits) - 1));
        if (roll % 20 == 0) continue;
        valid_[c][i / 8] |= static_cast<uint8_t>(1u << (i % 8));
      }
    }
  }

  void Lend(Owned<ArrowSchema>* schema, Owned<ArrowArray>* array) {
    for (size_t c = 0; c < kColumnCount; ++c) {
      schemas_[c] = {};
      schemas_[c].format = "l";
      schemas_[c].name = kColumns[c].name;
      schemas_[c].flags = ARROW_FLAG_NULLABLE;
      schemas_[c].release = [](ArrowSchema* self) { self->release = nullptr; };
      schema_list_[c] = &schemas_[c];
      buffers_[c] = {valid_[c].data(), values_[c].data()};
      arrays_[c] = {};
      arrays_[c].length = kRows;
      arrays_[c].null_count = -1;
      arrays_[c].n_buffers = 2;
      arrays_[c].buffers = buffers_[c].data();
      arrays_[c].release = [](ArrowArray* self) { self->release = nullptr; };
      array_list_[c] = &arrays_[c];
    }
    ArrowSchema table = {};
    table.format = "+s";
    table.name = "";
    table.n_children = kColumnCount;
    table.children = schema_list_.data();
    table.release = [](ArrowSchema* self) { self->release = nullptr; };
    *schema = Owned<ArrowSchema>(&table);
    ArrowArray rows = {};
    rows.length = kRows;
    rows.n_buffers = 1;
    rows.buffers = &no_nulls_;
    rows.n_children = kColumnCount;
    rows.children = array_list_.data();
    rows.release = [](ArrowArray* self) { self->release = nullptr; };
    *array = Owned<ArrowArray>(&rows);
  }

 private:
  std::array<std::vector<int64_t>, kColumnCount> values_;
  std::array<std::vector<uint8_t>, kColumnCount> valid_;
  std::array<std::array<const void*, 2>, kColumnCount> buffers_;
  std::array<ArrowSchema, kColumnCount> schemas_;
  std::array<ArrowArray, kColumnCount> arrays_;
  std::array<ArrowSchema*, kColumnCount> schema_list_;
  std::array<ArrowArray*, kColumnCount> array_list_;
  const void* no_nulls_ = nullptr;
};

void BM_ScoreColumns(benchmark::State& state, std::string_view kernel,
                     ScoreUnit unit) {
  std::unique_ptr<Engine> engine;
  if (!Engine::NewReleased("v1", &engine).ok()) std::abort();
  if (!kernel.empty() && !engine->UseKernel(kernel)) {
    state.SkipWithError("this processor lacks it");
    return;
  }
  msg::ColumnsOptions options;
  options.score_unit = unit;
  const std::string bytes = EncodedText(options);
  Table table;
  for (auto _ : state) {
    Owned<ArrowSchema> schema, out_schema;
    Owned<ArrowArray> array, out_array;
    table.Lend(&schema, &array);
    if (!engine
             ->ScoreColumns(bytes, std::move(schema), std::move(array),
                            &out_schema, &out_array)
             .ok()) {
      std::abort();
    }
    benchmark::DoNotOptimize(out_array->children);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kRows));
}
BENCHMARK_CAPTURE(BM_ScoreColumns, fastest, "", ScoreUnit::kMicropoints);
BENCHMARK_CAPTURE(BM_ScoreColumns, fastest_points, "", ScoreUnit::kPoints);
BENCHMARK_CAPTURE(BM_ScoreColumns, avx512, "avx512", ScoreUnit::kMicropoints);
BENCHMARK_CAPTURE(BM_ScoreColumns, avx2, "avx2", ScoreUnit::kMicropoints);
BENCHMARK_CAPTURE(BM_ScoreColumns, sse2, "sse2", ScoreUnit::kMicropoints);
BENCHMARK_CAPTURE(BM_ScoreColumns, neon, "neon", ScoreUnit::kMicropoints);
BENCHMARK_CAPTURE(BM_ScoreColumns, integer, "integer", ScoreUnit::kMicropoints);

}  // namespace
}  // namespace influence
