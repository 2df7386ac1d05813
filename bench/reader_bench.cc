// Reading a population's text into columns, beside a plain pass over the same
// bytes that only counts the line feeds.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "cli/read/csv_reader.h"
#include "cli/read/csv_rows.h"
#include "cli/read/people/row_stream.h"
#include "make_population.h"

namespace influence {
namespace {

constexpr size_t kPeople = 400'000;

const std::string& TextOf(bool is_jsonl) {
  static const auto make = [](bool jsonl) {
    bench::PopulationText population(kPeople, jsonl);
    std::string whole;
    std::string piece;
    while (population.Next(&piece)) whole += piece;
    return whole;
  };
  static const std::string csv = make(false);
  static const std::string jsonl = make(true);
  return is_jsonl ? jsonl : csv;
}

void SetRates(const std::string& text, benchmark::State& state) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(text.size()));
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) *
                          static_cast<int64_t>(kPeople));
}

void BM_CountLines(benchmark::State& state) {
  const std::string& text = TextOf(state.range(0) != 0);
  for (auto _ : state) {
    benchmark::DoNotOptimize(std::count(text.begin(), text.end(), '\n'));
  }
  SetRates(text, state);
}
BENCHMARK(BM_CountLines)->ArgName("jsonl")->Arg(0)->Arg(1);

void BM_ReadColumns(benchmark::State& state) {
  const bool is_jsonl = state.range(0) != 0;
  const std::string& text = TextOf(is_jsonl);
  cli::RowBatch batch;
  for (auto _ : state) {
    size_t at = 0;
    cli::RowStream::Options options;
    options.population.format =
        is_jsonl ? cli::InputFormat::kJsonl : cli::InputFormat::kCsv;
    cli::RowStream stream(
        [&](char* to, size_t size) {
          size = std::min(size, text.size() - at);
          std::memcpy(to, text.data() + at, size);
          at += size;
          return size;
        },
        options);
    size_t rows = 0;
    while (stream.Next(&batch)) rows += batch.rows();
    if (rows != kPeople) state.SkipWithError("rows were lost");
  }
  SetRates(text, state);
}
BENCHMARK(BM_ReadColumns)->ArgName("jsonl")->Arg(0)->Arg(1);

// The same CSV through the careful reader alone, which knows where every fault
// is and makes a message of every row.
void BM_ReadCarefully(benchmark::State& state) {
  const std::string& text = TextOf(/*is_jsonl=*/false);
  for (auto _ : state) {
    cli::CsvReader reader(text);
    const cli::CsvHeader header = cli::ReadCsvHeader(
        &reader, "people.csv", /*allow_extra_columns=*/false);
    std::vector<cli::Cell> record;
    cli::CsvRow row;
    size_t rows = 0;
    while (cli::NextCsvRow(&reader, header, &record, &row)) ++rows;
    if (rows != kPeople) state.SkipWithError("rows were lost");
  }
  SetRates(text, state);
}
BENCHMARK(BM_ReadCarefully);

}  // namespace
}  // namespace influence
