// The arithmetic below one score: logarithm, points, digest.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "base/curve.h"
#include "base/exact.h"
#include "base/log2.h"
#include "base/micros.h"
#include "base/muldiv.h"
#include "base/sha256.h"
#include "base/sha256_blocks.h"
#include "benchmark/benchmark.h"

namespace influence {
namespace {

constexpr size_t kQuantities = 4096;  // a power of two; 32 KB
constexpr Micros kFullMarks = Micros{100'000} * kOne;
constexpr Micros kWeight = 28 * kOne;

// Log-uniform from 1 to full marks: like real counts, of every magnitude.
const std::array<Micros, kQuantities>& Quantities() {
  static const std::array<Micros, kQuantities> quantities = [] {
    std::mt19937_64 random(1);
    std::array<Micros, kQuantities> values{};
    for (Micros& value : values) {
      const double unit = static_cast<double>(random() >> 11) * 0x1p-53;
      value = static_cast<Micros>(std::exp(unit * std::log(0.999e11)));
    }
    return values;
  }();
  return quantities;
}

void BM_Log2OnePlus(benchmark::State& state) {
  const auto& quantities = Quantities();
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(Log2OnePlus(quantities[i++ % kQuantities]));
  }
}
BENCHMARK(BM_Log2OnePlus);

void BM_StdLog2(benchmark::State& state) {
  const auto& quantities = Quantities();
  size_t i = 0;
  for (auto _ : state) {
    const double x = static_cast<double>(quantities[i++ % kQuantities]);
    benchmark::DoNotOptimize(std::log2(1.0 + x * 1e-6));
  }
}
BENCHMARK(BM_StdLog2);

void BM_CurveAt(benchmark::State& state) {
  const auto& quantities = Quantities();
  const Curve curve(kWeight, kFullMarks);
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(curve.At(quantities[i++ % kQuantities]));
  }
}
BENCHMARK(BM_CurveAt);

// Each quantity waits for the points before it: latency, not throughput.
void BM_CurveAtChained(benchmark::State& state) {
  const auto& quantities = Quantities();
  const Curve curve(kWeight, kFullMarks);
  size_t i = 0;
  Micros points = 0;
  for (auto _ : state) {
    points = curve.At(quantities[i++ % kQuantities] + (points & 1));
    benchmark::DoNotOptimize(points);
  }
}
BENCHMARK(BM_CurveAtChained);

void BM_CurveConstruct(benchmark::State& state) {
  Micros full_marks = kFullMarks;
  for (auto _ : state) {
    benchmark::DoNotOptimize(full_marks);
    benchmark::DoNotOptimize(Curve(kWeight, full_marks));
  }
}
BENCHMARK(BM_CurveConstruct);

void BM_ExactPoints(benchmark::State& state) {
  const auto& quantities = Quantities();
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        ExactPoints(quantities[i++ % kQuantities], kFullMarks, kWeight));
  }
}
BENCHMARK(BM_ExactPoints);

void BM_MulDiv(benchmark::State& state) {
  const auto& quantities = Quantities();
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        MulDiv(kWeight, quantities[i++ % kQuantities], kFullMarks));
  }
}
BENCHMARK(BM_MulDiv);

void BM_Sha256(benchmark::State& state) {
  const std::string bytes(static_cast<size_t>(state.range(0)), 'a');
  for (auto _ : state) {
    Sha256 sha256;
    sha256.Update(bytes.data(), bytes.size());
    benchmark::DoNotOptimize(sha256.Finish());
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
  state.SetLabel(Sha256BlocksX86() != nullptr ? "SHA instructions"
                                              : "portable");
}
BENCHMARK(BM_Sha256)->Arg(1'000)->Arg(100'000);

void BM_Sha256Portable(benchmark::State& state) {
  const std::string bytes(static_cast<size_t>(state.range(0)) / 64 * 64, 'a');
  uint32_t words[8] = {};
  for (auto _ : state) {
    Sha256BlocksPortable(words, reinterpret_cast<const uint8_t*>(bytes.data()),
                         bytes.size() / 64);
    benchmark::DoNotOptimize(words);
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<int64_t>(bytes.size()));
}
BENCHMARK(BM_Sha256Portable)->Arg(100'000);

}  // namespace
}  // namespace influence
