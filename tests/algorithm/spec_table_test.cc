// The tables that people read hold the numbers that run.
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/builders.h"

namespace influence {
namespace {

using Cells = std::vector<std::string>;

// "| a | b |" as {"a", "b"}; nothing for any other line. Exactly one space
// stands on either side of a cell.
std::optional<Cells> CellsOf(const std::string& line) {
  if (line.size() < 4 || line.substr(0, 2) != "| " ||
      line.substr(line.size() - 2) != " |") {
    return std::nullopt;
  }
  Cells cells;
  size_t begin = 2;
  for (size_t end; (end = line.find(" |", begin)) != std::string::npos;
       begin = end + 3) {
    cells.push_back(line.substr(begin, end - begin));
  }
  return cells;
}

// The rows of the first table of a page, which must have this header.
std::vector<Cells> FirstTable(const std::string& page, const Cells& header) {
  std::istringstream lines(page);
  std::string line;
  while (std::getline(lines, line) && line.substr(0, 1) != "|") continue;
  EXPECT_EQ(CellsOf(line).value_or(Cells()), header);
  EXPECT_TRUE(std::getline(lines, line));
  EXPECT_EQ(line.substr(0, 4), "|---") << line;
  EXPECT_EQ(line.find_first_not_of("|-:"), std::string::npos) << line;
  std::vector<Cells> rows;
  while (std::getline(lines, line) && line.substr(0, 1) == "|") {
    const std::optional<Cells> cells = CellsOf(line);
    EXPECT_TRUE(cells.has_value()) << line;
    if (cells.has_value()) rows.push_back(*cells);
  }
  return rows;
}

// How documents write a number of millionths: "10,000", "0.25".
std::string Written(Micros value) {
  std::string units = std::to_string(value / kOne);
  for (size_t i = units.size(); i > 3; i -= 3) units.insert(i - 3, ",");
  std::string fraction = std::to_string(kOne + value % kOne).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? units : units + "." + fraction;
}

// "mention" for one of the mentions; standing has no plural.
std::string Singular(Signal signal) {
  std::string name(Name(signal));
  if (name == "replies") return "reply";
  if (name.back() == 's') name.pop_back();
  return name;
}

// The row as documents write it, its reasons aside.
Cells Documented(const Row& row) {
  std::string counts;
  for (const SignalValue& count : row.counts) {
    if (!counts.empty()) counts += ", ";
    counts += Singular(count.signal) + " " + Written(count.value);
  }
  return {
      std::string(Name(row.factor)), counts, Written(row.weight),
      Written(row.full_marks),
      row.half_life_units == 0 ? "none" : Written(row.half_life_units * kOne)};
}

const Cells kHeader = {"factor", "counts", "weight, points", "full marks at",
                       "half-life, days"};

void ExpectDocumented(const Algorithm& algorithm,
                      const std::vector<Cells>& rows) {
  ASSERT_EQ(rows.size(), algorithm.rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    Cells numbers = rows[i];
    ASSERT_GE(numbers.size(), kHeader.size());
    numbers.resize(kHeader.size());
    EXPECT_EQ(numbers, Documented(algorithm.rows[i])) << "row " << i;
  }
}

TEST(SpecTableTest, EverySpecHoldsItsTable) {
  ASSERT_FALSE(ReleasedIds().empty());
  for (const std::string_view id : ReleasedIds()) {
    SCOPED_TRACE(id);
    Cells header = kHeader;
    header.push_back("why");
    const std::vector<Cells> rows = FirstTable(
        ProjectFile("src/algorithm/" + std::string(id) + "/SPEC.md"), header);
    ExpectDocumented(*FindReleased(id), rows);
    for (const Cells& row : rows) {
      ASSERT_EQ(row.size(), header.size()) << row[0];
      EXPECT_GT(row.back().size(), 10u) << row[0] << " has no reason";
    }
  }
}

// The front page shows one released table, v1's.
TEST(SpecTableTest, ReadmeHoldsV1) {
  const std::vector<Cells> rows = FirstTable(ProjectFile("README.md"), kHeader);
  ExpectDocumented(V1(), rows);
  for (const Cells& row : rows) EXPECT_EQ(row.size(), kHeader.size()) << row[0];
}

// The parser accepts nothing loose.
TEST(SpecTableTest, CellsAreStrict) {
  EXPECT_EQ(CellsOf("| a | b, c |"), (Cells{"a", "b, c"}));
  EXPECT_EQ(CellsOf("| a |  | c |"), (Cells{"a", "", "c"}));
  EXPECT_EQ(CellsOf("a | b"), std::nullopt);
  EXPECT_EQ(CellsOf("| a | b"), std::nullopt);
  EXPECT_EQ(CellsOf("| a | b | "), std::nullopt);
  EXPECT_NE(CellsOf("|  a | b |"), (Cells{"a", "b"}));
  EXPECT_NE(CellsOf("| a  | b |"), (Cells{"a", "b"}));
}

}  // namespace
}  // namespace influence
