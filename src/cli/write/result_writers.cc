// One writer for each format of `influence score`, from messages. The column
// writer gives the same bytes for csv and jsonl.
#include "cli/write/result_writers.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/basics/printable.h"
#include "text/escape.h"
#include "text/layout.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

// Rows of cells, laid out when all are known.
class GridWriter : public Writer {
 public:
  GridWriter(bool markdown, const abi1::AlgorithmDescription& algorithm)
      : markdown_(markdown),
        source_(absl::StrCat("algorithm ", algorithm.algorithm().id(),
                             ", fingerprint ", algorithm.fingerprint())) {
    grid_.push_back({"id", "score", "band", "coverage", "low", "high"});
  }
  abi1::Detail detail() const override { return abi1::DETAIL_SCORE; }
  std::string Row(const abi1::Result& result) override {
    const abi1::Ledger& ledger = result.ledger();
    grid_.push_back(
        {markdown_ ? MarkdownText(result.id()) : Printable(result.id()),
         FormatMicros(ledger.score_micropoints(), 0), BandName(ledger.band()),
         FormatMicros(ledger.coverage_micropoints(), 0) + " %",
         FormatMicros(ledger.low_micropoints(), 0),
         FormatMicros(ledger.high_micropoints(), 0)});
    return "";
  }
  std::string Tail() override {
    return absl::StrCat(markdown_ ? MarkdownTable(grid_) : AlignedTable(grid_),
                        "\n", source_, "\n");
  }

 private:
  bool markdown_;
  std::string source_;
  Grid grid_;
};

// The columns that CSV and JSONL share, but for the id: name and value.
std::vector<std::pair<std::string, std::string>> Numbers(
    const abi1::Ledger& ledger) {
  std::vector<std::pair<std::string, std::string>> numbers = {
      {"score", FormatMicros(ledger.score_micropoints())},
      {"coverage", FormatMicros(ledger.coverage_micropoints())},
      {"low", FormatMicros(ledger.low_micropoints())},
      {"high", FormatMicros(ledger.high_micropoints())}};
  for (const abi1::Line& line : ledger.lines()) {
    numbers.emplace_back(FactorName(line.factor()),
                         FormatMicros(line.points_micropoints()));
  }
  return numbers;
}

class CsvWriter : public Writer {
 public:
  explicit CsvWriter(const abi1::Algorithm& algorithm) {
    for (const std::string& name : NumberNames(algorithm)) head_ += "," + name;
  }
  std::string Head() override { return "id" + head_ + "\n"; }
  std::string Row(const abi1::Result& result) override {
    std::string row = CsvCell(result.id());
    for (const auto& number : Numbers(result.ledger())) {
      row += "," + number.second;
    }
    return row + "\n";
  }

 private:
  std::string head_;
};

class JsonlWriter : public Writer {
 public:
  std::string Row(const abi1::Result& result) override {
    std::string row = "{\"id\":" + JsonString(result.id());
    for (const auto& [name, value] : Numbers(result.ledger())) {
      absl::StrAppend(&row, ",\"", name, "\":", value);
    }
    return row + "}\n";
  }
};

}  // namespace

std::vector<std::string> NumberNames(const abi1::Algorithm& algorithm) {
  abi1::Ledger ledger;
  for (const abi1::Row& row : algorithm.rows()) {
    ledger.add_lines()->set_factor(row.factor());
  }
  std::vector<std::string> names;
  for (const auto& number : Numbers(ledger)) names.push_back(number.first);
  return names;
}

std::unique_ptr<Writer> NewWriter(const std::string& format,
                                  const abi1::AlgorithmDescription& algorithm) {
  if (format == "csv") {
    return std::make_unique<CsvWriter>(algorithm.algorithm());
  }
  if (format == "jsonl") return std::make_unique<JsonlWriter>();
  return std::make_unique<GridWriter>(format == "markdown", algorithm);
}

}  // namespace influence::cli
