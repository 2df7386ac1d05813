// Replays tests/golden/<id>/cases.txt through the C boundary, for every
// released algorithm. Exact comparison, no epsilon.
#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/client.h"
#include "tests/random_profiles.h"

namespace influence::testing {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

// The blocks of a file, each its `key: value` lines in order.
std::vector<Lines> ReadBlocks(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::vector<Lines> blocks;
  bool open = false;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) open = false;
    if (line.empty() || line[0] == '#') continue;
    if (!open) blocks.emplace_back();
    open = true;
    const size_t colon = line.find(':');
    EXPECT_NE(colon, std::string::npos) << line;
    const size_t value = std::min(colon + 2, line.size());
    blocks.back().emplace_back(line.substr(0, colon), line.substr(value));
  }
  return blocks;
}

std::vector<Lines> ReadCases(const std::string& id) {
  return ReadBlocks(std::string(INFLUENCE_SOURCE_DIR) + "/tests/golden/" + id +
                    "/cases.txt");
}

std::vector<std::string> Words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// "61.234567" to millionths.
int64_t Micros(const std::string& text) {
  const size_t dot = text.find('.');
  std::string decimals = dot == std::string::npos ? "" : text.substr(dot + 1);
  decimals.resize(6, '0');
  return std::stoll(text.substr(0, dot)) * 1'000'000 + std::stoll(decimals);
}

std::string Points(int64_t micros) {
  std::string decimals = std::to_string(micros % 1'000'000);
  decimals.insert(0, 6 - decimals.size(), '0');
  return std::to_string(micros / 1'000'000) + "." + decimals;
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(c));
  return text;
}

std::string FactorName(abi1::Factor factor) {
  return Lower(abi1::Factor_Name(factor).substr(7));  // after "FACTOR_"
}

void AddAccount(const std::string& text, bool millionths,
                abi1::Profile* profile) {
  abi1::Account* account = profile->add_accounts();
  for (const std::string& word : Words(text)) {
    const size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const std::string value = word.substr(equals + 1);
    if (name == "network") {
      account->set_network(value);
      continue;
    }
    const auto* field =
        abi1::Account::descriptor()->FindFieldByName(name + "_micros");
    ASSERT_NE(field, nullptr) << name;
    account->GetReflection()->SetInt64(
        account, field, millionths ? std::stoll(value) : Micros(value));
  }
}

std::string FromHex(const std::string& text) {
  std::string bytes;
  std::string digits;
  for (const std::string& word : Words(text)) digits += word;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

// The serialized Profile that a case's lines describe.
std::string ProfileBytes(const Lines& lines) {
  abi1::Profile profile;
  for (const auto& [key, value] : lines) {
    if (key == "account") AddAccount(value, false, &profile);
    if (key == "account_micros") AddAccount(value, true, &profile);
    if (key == "id_bytes") profile.set_id(std::string(std::stoul(value), 'i'));
    if (key == "network_bytes") {
      profile.add_accounts()->set_network(std::string(std::stoul(value), 'n'));
    }
    if (key == "repeat_account") {
      for (int i = std::stoi(value); i > 0; --i) profile.add_accounts();
    }
    if (key == "bytes") return FromHex(value);
  }
  return profile.SerializeAsString();
}

// A request with one profile, which need not be well-formed.
std::string RequestBytes(const Client& client, const std::string& profile) {
  std::string request = client.NewRequest().SerializeAsString();
  request += '\x1a';  // field 3, profiles
  size_t size = profile.size();
  for (; size >= 0x80; size >>= 7) request += static_cast<char>(size | 0x80);
  request += static_cast<char>(size);
  return request + profile;
}

// What the case's own keys say of the ledger, in the file's notation.
std::map<std::string, std::string> Describe(const abi1::Ledger& ledger) {
  std::map<std::string, std::string> got;
  const auto append = [&got](const std::string& key, const std::string& word) {
    std::string& text = got[key];
    text += (text.empty() ? "" : " ") + word;
  };
  for (const abi1::Line& line : ledger.lines()) {
    const std::string factor = FactorName(line.factor());
    append("points", factor + "=" + Points(line.points_micropoints()));
    for (const abi1::Part& part : line.parts()) {
      append("parts " + factor,
             part.network() + "=" + Points(part.points_micropoints()));
    }
  }
  got["lifted"] = got["held_back"] = "";
  const auto reasons = [&](const std::string& key, const auto& list) {
    for (const abi1::Reason& reason : list) {
      append(key, abi1::ReasonCode_Name(reason.code()).substr(12) + ":" +
                      FactorName(reason.factor()));
    }
  };
  reasons("lifted", ledger.lifted());
  reasons("held_back", ledger.held_back());
  got["score"] = Points(ledger.score_micropoints());
  got["low"] = Points(ledger.low_micropoints());
  got["high"] = Points(ledger.high_micropoints());
  got["coverage"] = Points(ledger.coverage_micropoints());
  return got;
}

void Check(const Client& client, const Lines& lines) {
  const Answer answer =
      client.ScoreBytes(RequestBytes(client, ProfileBytes(lines)));
  ASSERT_EQ(answer.status, INFLUENCE_OK) << answer.message;
  abi1::ScoreResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.bytes));
  ASSERT_EQ(response.results_size(), 1);
  const abi1::Result& result = response.results(0);
  std::map<std::string, std::string> got = Describe(result.ledger());
  if (result.has_error()) {
    const abi1::Error& error = result.error();
    std::string field = error.field().substr(sizeof "profiles[0]" - 1);
    if (!field.empty()) field.erase(0, 1);
    got = {{"error", abi1::Code_Name(error.code()).substr(5) +
                         (field.empty() ? "" : " " + field)}};
  }
  int compared = 0;
  for (const auto& [key, value] : lines) {
    std::string name = key;
    std::string want = value;
    if (key == "parts") {
      const size_t space = value.find(' ');
      name += " " + value.substr(0, space);
      want = value.substr(space + 1);
    } else if (got.count(key) == 0 && key != "error" && key != "points") {
      continue;  // a key of the input
    }
    EXPECT_EQ(got[name], want) << name;
    ++compared;
  }
  EXPECT_GT(compared, 0);
}

TEST(Golden, EveryReleasedAlgorithmMatchesExactly) {
  const abi1::AlgorithmList list = ListAlgorithms();
  ASSERT_GT(list.algorithms_size(), 0);
  for (const abi1::AlgorithmDescription& algorithm : list.algorithms()) {
    const std::string& id = algorithm.algorithm().id();
    const std::vector<Lines> cases = ReadCases(id);
    EXPECT_GE(cases.size(), 40u) << id;
    const Client client = Client::Released(id);
    for (const Lines& lines : cases) {
      ASSERT_EQ(lines[0].first, "case");
      ASSERT_EQ(lines[1].first, "why") << lines[0].second;
      SCOPED_TRACE(id + ", " + lines[0].second + ": " + lines[1].second);
      Check(client, lines);
    }
  }
}

// The section of an algorithm's SPEC.md that works an example out.
std::string WorkedExample(const std::string& id) {
  std::ifstream file(std::string(INFLUENCE_SOURCE_DIR) + "/src/algorithm/" +
                     id + "/SPEC.md");
  std::string section;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("## ", 0) == 0) inside = line == "## Worked example";
    if (inside) section += line + "\n";
  }
  return section;
}

// The first and the last cell of each row of a Markdown table, as
// `attention=13.369371`, without emphasis and without the two rows of its head.
std::string OuterCells(const std::string& text) {
  std::istringstream lines(text);
  std::string cells;
  int row = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] != '|' || ++row <= 2) continue;
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '|' || c == '*'; },
        ' ');
    const std::vector<std::string> words = Words(line);
    cells += (cells.empty() ? "" : " ") + words.front() + "=" + words.back();
  }
  return cells;
}

TEST(Golden, EverySpecWorksOutOneOfTheCases) {
  const abi1::AlgorithmList list = ListAlgorithms();
  ASSERT_GT(list.algorithms_size(), 0);
  for (const abi1::AlgorithmDescription& algorithm : list.algorithms()) {
    const std::string& id = algorithm.algorithm().id();
    const std::string example = WorkedExample(id);
    int found = 0;
    for (const Lines& lines : ReadCases(id)) {
      std::map<std::string, std::string> keys(lines.begin(), lines.end());
      if (keys["why"] != "the worked example of SPEC.md") continue;
      ++found;
      EXPECT_EQ(OuterCells(example),
                keys["points"] + " score=" + keys["score"]);
      EXPECT_NE(example.find("up to " + keys["high"] + ","), std::string::npos);
    }
    EXPECT_EQ(found, 1) << id;
  }
}

}  // namespace
}  // namespace influence::testing
