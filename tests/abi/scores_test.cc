// The people of the examples have one score, shown as one text, through every
// function that scores: plain counts, messages and columns. abi/scores.csv
// holds the texts; the tests of the command and of the Go, Rust and Python
// packages read the same file. After a change of v1's table,
//
//   cmake --build build/dev --target renew_scores
//
// writes it again.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "tests/client.h"
#include "tests/columns/arrow_table.h"
#include "tests/columns/scored_table.h"

namespace influence::testing {
namespace {

constexpr char kHead[] =
    "# The scores of examples/*.csv under v1, as every function and program "
    "shows them.\n"
    "# Made by: cmake --build build/dev --target renew_scores\n"
    "file,id,points,points_1,points_0\n";
constexpr int64_t kMillion = 1'000'000;
constexpr size_t kSignals = INFLUENCE_ENDORSEMENTS + 1;
constexpr std::array<const char*, kSignals> kNames = {
    "mentions", "replies",  "saves",     "likes",    "reshares",
    "quotes",   "listings", "followers", "standing", "endorsements"};

struct Account {
  std::string network;
  std::array<std::optional<int64_t>, kSignals> micros;
};

struct Person {
  std::string id;
  std::vector<Account> accounts;
};

std::vector<std::string> CellsOf(const std::string& line) {
  std::vector<std::string> cells;
  std::stringstream rest(line);
  for (std::string cell; std::getline(rest, cell, ',');) cells.push_back(cell);
  if (!line.empty() && line.back() == ',') cells.emplace_back();
  return cells;
}

// "38.25" is 38'250'000; the files have at most six decimals and no signs.
int64_t MicrosOf(const std::string& cell) {
  const size_t point = cell.find('.');
  std::string decimals =
      point == std::string::npos ? "" : cell.substr(point + 1);
  decimals.resize(6, '0');
  return std::stoll(cell.substr(0, point)) * kMillion + std::stoll(decimals);
}

// Reads a file of the examples, which has no quotes. Rows of one id, which
// stand together, are one person.
std::vector<Person> ReadPeople(const std::string& name) {
  std::ifstream in(INFLUENCE_SOURCE_DIR "/examples/" + name);
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> header = CellsOf(line);
  std::vector<Person> people;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = CellsOf(line);
    std::string id;
    Account account;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (header[i] == "id") id = cells[i];
      if (header[i] == "network") account.network = cells[i];
      for (size_t s = 0; s < kSignals; ++s) {
        if (header[i] != kNames[s] || cells[i].empty()) continue;
        account.micros[s] = MicrosOf(cells[i]);
      }
    }
    if (people.empty() || people.back().id != id) people.push_back({id, {}});
    people.back().accounts.push_back(std::move(account));
  }
  return people;
}

// The person's score by plain counts, if they have one account and no
// fractions.
std::optional<int64_t> ScoreByCounts(const Client& engine,
                                     const Person& person) {
  if (person.accounts.size() > 1) return std::nullopt;
  std::array<int64_t, kSignals> counts;
  for (size_t s = 0; s < kSignals; ++s) {
    const std::optional<int64_t>& micros = person.accounts[0].micros[s];
    if (micros.value_or(0) % kMillion != 0) return std::nullopt;
    counts[s] = micros.has_value() ? *micros / kMillion : INFLUENCE_UNKNOWN;
  }
  int64_t score = -1;
  EXPECT_EQ(influence_score_counts(engine.get(), counts.data(), kSignals,
                                   &score, nullptr, nullptr, nullptr, nullptr),
            INFLUENCE_OK);
  return score;
}

std::vector<int64_t> ScoresByMessages(const Client& engine,
                                      const std::vector<Person>& people) {
  abi1::ScoreRequest request = engine.NewRequest();
  for (const Person& person : people) {
    abi1::Profile* profile = request.add_profiles();
    profile->set_id(person.id);
    for (const Account& account : person.accounts) {
      abi1::Account* made = profile->add_accounts();
      made->set_network(account.network);
      for (size_t s = 0; s < kSignals; ++s) {
        if (!account.micros[s].has_value()) continue;
        made->GetReflection()->SetInt64(
            made,
            abi1::Account::descriptor()->FindFieldByName(
                std::string(kNames[s]) + "_micros"),
            *account.micros[s]);
      }
    }
  }
  const abi1::ScoreResponse response = engine.Score(request);
  std::vector<int64_t> scores;
  for (const abi1::Result& result : response.results()) {
    EXPECT_TRUE(result.has_ledger()) << result.id();
    scores.push_back(result.ledger().score_micropoints());
  }
  return scores;
}

// The signals of accounts, as columns: whole counts if they are all whole, and
// else in millionths.
std::vector<Column> ColumnsOf(const std::vector<Account>& accounts) {
  std::vector<Column> columns;
  for (size_t s = 0; s < kSignals; ++s) {
    std::vector<int64_t> values;
    std::vector<bool> valid;
    int64_t unit = kMillion;
    for (const Account& account : accounts) {
      values.push_back(account.micros[s].value_or(0));
      valid.push_back(account.micros[s].has_value());
      if (values.back() % kMillion != 0) unit = 1;
    }
    for (int64_t& value : values) value /= unit;
    columns.push_back(Column::Of(
        std::string(kNames[s]) + (unit == 1 ? "_micros" : ""), "l", values));
    columns.back().Valid(valid);
  }
  return columns;
}

// As a flat table if everybody has one account, and else with lists of them.
std::vector<int64_t> ScoresByColumns(const Client& engine,
                                     const std::vector<Person>& people) {
  std::vector<std::string> ids, networks;
  std::vector<Account> accounts;
  std::vector<int32_t> ends = {0};
  for (const Person& person : people) {
    ids.push_back(person.id);
    for (const Account& account : person.accounts) {
      accounts.push_back(account);
      networks.push_back(account.network);
    }
    ends.push_back(static_cast<int32_t>(accounts.size()));
  }
  const auto rows = static_cast<int64_t>(people.size());
  std::vector<Column> columns = ColumnsOf(accounts);
  if (accounts.size() > people.size()) {
    columns.push_back(Column::Text("network", networks));
    Column list = Column::Of("accounts", "+l", ends);
    list.length = rows;
    list.children.push_back(Column::Struct(
        "item", static_cast<int64_t>(accounts.size()), std::move(columns)));
    columns = {std::move(list)};
  }
  columns.push_back(Column::Text("id", ids));
  Export in(Column::Struct("", rows, std::move(columns)));
  Scored out;
  influence_error* error = nullptr;
  EXPECT_EQ(influence_score_columns(engine.get(), nullptr, 0, &in.schema,
                                    &in.array, &out.schema, &out.array, &error),
            INFLUENCE_OK);
  EXPECT_EQ(TakeWords(error), "");
  std::vector<int64_t> scores;
  for (size_t i = 0; i < people.size(); ++i) {
    scores.push_back(out.Micros("score", i).value_or(-1));
  }
  return scores;
}

std::string TextOf(int64_t micropoints, int decimals) {
  char text[INFLUENCE_POINTS_BYTES];
  EXPECT_EQ(influence_format_points(micropoints, decimals, text, sizeof text),
            INFLUENCE_OK);
  return text;
}

TEST(Scores, AreTheSameTextThroughEveryDoor) {
  const Client v1 = Client::Released("v1");
  std::string told = kHead;
  std::map<std::string, size_t> people_of, counted_of;
  for (const std::string name : {"klout58.csv", "community_made_up.csv"}) {
    const std::vector<Person> people = ReadPeople(name);
    const std::vector<int64_t> scores = ScoresByMessages(v1, people);
    EXPECT_EQ(ScoresByColumns(v1, people), scores) << name;
    ASSERT_EQ(scores.size(), people.size());
    people_of[name] = people.size();
    for (size_t i = 0; i < people.size(); ++i) {
      const std::optional<int64_t> counted = ScoreByCounts(v1, people[i]);
      EXPECT_EQ(counted.value_or(scores[i]), scores[i]) << people[i].id;
      counted_of[name] += counted.has_value() ? 1 : 0;
      told += name + "," + people[i].id + "," + TextOf(scores[i], 6) + "," +
              TextOf(scores[i], 1) + "," + TextOf(scores[i], 0) + "\n";
    }
  }
  EXPECT_EQ(people_of["klout58.csv"], 58u);
  EXPECT_EQ(counted_of["klout58.csv"], 58u);
  EXPECT_EQ(people_of["community_made_up.csv"], 20u);
  EXPECT_GE(counted_of["community_made_up.csv"], 5u);

  const char* const path = INFLUENCE_SOURCE_DIR "/abi/scores.csv";
  if (std::getenv("INFLUENCE_WRITE_SCORES") != nullptr) {
    std::ofstream(path) << told;
  }
  std::stringstream kept;
  kept << std::ifstream(path).rdbuf();
  EXPECT_EQ(kept.str(), told)
      << "if it was meant: cmake --build build/dev --target renew_scores";
}

}  // namespace
}  // namespace influence::testing
