#include <cstdlib>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "render/ledger_text.h"
#include "tests/builders.h"
#include "tests/words.h"
#include "text/escape.h"
#include "text/numbers.h"

namespace influence {
namespace {

using testing::Say;

std::string TitleOf(const std::string& id, const std::string& points,
                    const std::string& band, const std::string& algorithm) {
  return Say("title", {{"id", id},
                       {"points", points},
                       {"band", band},
                       {"algorithm", algorithm}});
}

// Wrapped sentences on one line again.
std::string Unwrapped(std::string text) {
  for (size_t wrap; (wrap = text.find("\n      ")) != std::string::npos;) {
    text.replace(wrap, 7, " ");
  }
  return text;
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string RenderV1(const Profile& profile, Rendering rendering) {
  return Render(V1(), profile, LedgerOf(V1(), profile), rendering);
}

Profile Ada() {
  Profile ada =
      ProfileOf({AccountOf("x", {{Signal::kMentions, 120 * kOne},
                                 {Signal::kReplies, 40 * kOne},
                                 {Signal::kSaves, 16 * kOne},
                                 {Signal::kLikes, 300 * kOne},
                                 {Signal::kReshares, 85 * kOne},
                                 {Signal::kQuotes, 12 * kOne},
                                 {Signal::kListings, 31 * kOne},
                                 {Signal::kFollowers, 2'400 * kOne}})});
  ada.id = "ada";
  return ada;
}

// "12.345678" or "(12.345678)" as micropoints.
Micros ToMicros(std::string points) {
  if (points.front() == '(') points = points.substr(1, points.size() - 2);
  EXPECT_EQ(points.size() - points.find('.'), 7u) << points;
  points.erase(points.find('.'), 1);
  return std::strtoll(points.c_str(), nullptr, 10);
}

// A row of the plain table: where its points are printed, and what they are.
// Factors are indented by two columns, their parts by four.
struct Printed {
  std::string name;
  bool part;
  Micros points;
};

// The table's rows, the heading and the score's row left out; its score in
// *score.
std::vector<Printed> TableOf(const std::string& text, Micros* score) {
  const std::vector<std::string> lines = LinesOf(text);
  EXPECT_GT(lines.size(), 4u);
  const size_t end = lines[2].find("points") + 6;
  std::vector<Printed> rows;
  for (size_t i = 3; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    const size_t begin = line.rfind(' ', end - 1) + 1;
    const std::string points = line.substr(begin, end - begin);
    if (points.find_first_not_of('-') == std::string::npos) {
      EXPECT_EQ(lines[i + 1].substr(0, 8), "  score ");
      const std::string& total = lines[i + 1];
      *score = ToMicros(total.substr(total.rfind(' ') + 1));
      return rows;
    }
    const bool part = line.substr(0, 4) == "    ";
    const size_t name = part ? 4 : 2;
    rows.push_back({line.substr(name, line.find("  ", name) - name), part,
                    ToMicros(points)});
  }
  ADD_FAILURE() << "no score in\n" << text;
  return rows;
}

TEST(RenderTest, NoneIsEmpty) {
  EXPECT_EQ(RenderV1(Ada(), Rendering::kNone), "");
}

TEST(RenderTest, WholeText) {
  const Profile profile =
      ProfileOf({AccountOf("blue", {{Signal::kMentions, 10 * kOne},
                                    {Signal::kLikes, 4 * kOne},
                                    {Signal::kFollowers, 10'000'000 * kOne}}),
                 AccountOf("", {{Signal::kMentions, 5 * kOne}})});
  // Points: Python's decimal with 50 digits. 28 * log2(17) / log2(100'001) =
  // 6.890507.., shared out as 5/16 and 11/16.
  const std::string want = R"(someone: 25 of 100 points (limited), algorithm v1

  factor            quantity  saturation  weight      points
  attention               16     100,000      28    6.890508  incomplete
    (no network)           5                      (2.153284)
    blue                  11                      (4.737224)
  amplification      unknown     100,000      22    0.000000
  curation           unknown     100,000      20    0.000000
  audience        10,000,000  10,000,000      18   18.000000  saturated
  standing           unknown      10,000       6    0.000000
  endorsement        unknown       1,000       6    0.000000
                                                  ----------
  score                                      100   24.890508

Inputs counted
  (no network), attention: 5 mentions
  blue, attention: 10 mentions + 4 likes x 0.25
  blue, audience: 10,000,000 followers

Key factors
  audience: 18.000000 points, saturated; more adds nothing
  attention: 6.890508 points

Largest gaps
  amplification: unknown; up to 22.000000 more points
  attention: partly unknown; up to 21.109492 more points
  curation: unknown; up to 20.000000 more points
  standing: unknown; up to 6.000000 more points

Coverage
  Inputs are known for 20.454545 % of the weight.
  With the missing inputs, the score could be anywhere from 24.890508 to
      100.000000. Unknown inputs earn no points.
  Score differences under 6 points mean almost nothing.
)";
  EXPECT_EQ(RenderV1(profile, Rendering::kText), want);
}

TEST(RenderTest, NothingMissing) {
  Account account{"a", {}};
  for (size_t i = 1; i <= kSignalCount; ++i) {
    account.signals.Set(static_cast<Signal>(i), kMaxSignal);
  }
  const std::string text = RenderV1(ProfileOf({account}), Rendering::kText);
  EXPECT_EQ(text.find(TitleOf("someone", "100", "very high", "v1") + "\n"), 0u);
  EXPECT_NE(text.find(Say("known.complete", {{"points", "100.000000"}}) + "\n"),
            std::string::npos)
      << text;
  EXPECT_NE(
      text.find(Say("known.coverage", {{"percent", "100.000000"}}) + "\n"),
      std::string::npos);
  EXPECT_NE(text.find("\n" + Say("heading.lifted") + "\n"), std::string::npos);
  EXPECT_EQ(text.find("\n" + Say("heading.held_back") + "\n"),
            std::string::npos);
}

TEST(RenderTest, NoAccounts) {
  const std::string text = RenderV1(ProfileOf({}), Rendering::kText);
  EXPECT_EQ(text.find("\n" + Say("heading.counted") + "\n"), std::string::npos);
  EXPECT_EQ(text.find("\n" + Say("heading.lifted") + "\n"), std::string::npos);
  EXPECT_NE(text.find("\n" + Say("heading.held_back") + "\n"),
            std::string::npos);
  EXPECT_NE(Unwrapped(text).find(Say(
                "known.bounds", {{"low", "0.000000"}, {"high", "100.000000"}})),
            std::string::npos)
      << text;
}

// Foreign text reaches the page only through Printable or MarkdownText.
TEST(RenderTest, ForeignTextIsEscaped) {
  const std::string evil = "a\n|b\x1b[0m \xe2\x80\xae*c*";
  Profile profile = ProfileOf(
      {AccountOf(evil, {{Signal::kMentions, kOne}, {Signal::kReplies, kOne}}),
       AccountOf("z", {{Signal::kMentions, kOne}})});
  profile.id = evil;
  const std::string text = RenderV1(profile, Rendering::kText);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
  EXPECT_EQ(text.find(Printable(evil) + ": "), 0u);
  EXPECT_NE(text.find("\n    " + Printable(evil)), std::string::npos) << text;

  const std::string markdown = RenderV1(profile, Rendering::kMarkdown);
  EXPECT_EQ(markdown.find("## " + MarkdownText(evil) + ": "), 0u);
  EXPECT_EQ(markdown.find("\n|b"), std::string::npos);
  EXPECT_EQ(markdown.find("*c*"), std::string::npos);
  EXPECT_EQ(markdown.find('\x1b'), std::string::npos);
  EXPECT_NE(markdown.find("|   " + MarkdownText(evil) + " |"),
            std::string::npos)
      << markdown;
}

// An algorithm's owner chose its name, within a-z 0-9 - _ . and a slash.
TEST(RenderTest, AnAlgorithmsNameIsEscapedToo) {
  Algorithm algorithm = V1();
  algorithm.id = "acme/_my_-v1.0";
  const Profile profile = ProfileOf({});
  const Ledger ledger = LedgerOf(algorithm, profile);
  const auto first_line = [&](Rendering rendering) {
    return LinesOf(Render(algorithm, profile, ledger, rendering)).at(0);
  };
  EXPECT_EQ(first_line(Rendering::kText),
            TitleOf("someone", "0", "minimal", "acme/_my_-v1.0"));
  EXPECT_EQ(
      first_line(Rendering::kMarkdown),
      "## " + TitleOf("someone", "0", "minimal", "acme/\\_my\\_\\-v1\\.0"));
}

TEST(RenderTest, MarkdownSaysTheSame) {
  const std::string markdown = RenderV1(Ada(), Rendering::kMarkdown);
  const std::vector<std::string> lines = LinesOf(markdown);
  ASSERT_GT(lines.size(), 12u);
  EXPECT_EQ(lines[0], "## " + TitleOf("ada", "37", "limited", "v1"));
  EXPECT_EQ(lines[2], "| factor | quantity | " + Say("column.full_marks") +
                          " | weight | points |  |");
  EXPECT_EQ(lines[3], "|---|---:|---:|---:|---:|---|");
  EXPECT_EQ(lines[4], "| attention | 243 | 100,000 | 28 | 13.369371 |  |");
  EXPECT_EQ(lines[9], "| endorsement | unknown | 1,000 | 6 | 0.000000 |  |");
  EXPECT_EQ(lines[10], "| score |  |  | 100 | 36.901409 |  |");
  // The lists hold what the plain text's do, one item a line.
  std::string plain = Unwrapped(RenderV1(Ada(), Rendering::kText));
  const size_t lists = plain.find("\n" + Say("heading.counted") + "\n");
  ASSERT_NE(lists, std::string::npos);
  plain.erase(0, lists);
  std::string items;
  for (size_t i = 11; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    if (line.substr(0, 2) == "- ") items += "  " + line.substr(2) + "\n";
    if (line.substr(0, 2) == "**") {
      items += "\n" + line.substr(2, line.size() - 4) + "\n";
    }
  }
  EXPECT_EQ(items, plain);
}

// Whatever the profile, the points that are printed sum to the score that is
// printed. Counts of up to thirty million fit 80 columns.
TEST(RenderTest, PrintedPointsSumToThePrintedScore) {
  std::mt19937_64 rng(24);
  const char* const networks[] = {"", "bluesky", "linkedin", "mastodon"};
  const Algorithm v1 = V1();
  const Evaluator evaluator(v1);
  Ledger ledger;
  for (int round = 0; round < 3'000; ++round) {
    const std::string id = "person-" + std::to_string(round);
    Profile profile{id, {}};
    const uint64_t accounts = rng() % 4;
    for (uint64_t i = 0; i < accounts; ++i) {
      Account account{networks[rng() % 4], {}};
      for (size_t s = 1; s <= kSignalCount; ++s) {
        if (rng() % 4 == 0) continue;
        // Whole units of every magnitude up to 2^25.
        const uint64_t units = rng() % (uint64_t{1} << (rng() % 26));
        account.signals.Set(static_cast<Signal>(s),
                            static_cast<Micros>(units) * kOne);
      }
      profile.accounts.push_back(account);
    }
    SortAccounts(&profile.accounts);
    evaluator.Score(profile, Detail::kLedger, &ledger);
    const std::string text = Render(v1, profile, ledger, Rendering::kText);
    ASSERT_EQ(text.back(), '\n');
    Micros printed = 0, score = -1;
    size_t line = 0;
    const std::vector<Printed> rows = TableOf(text, &score);
    for (size_t i = 0; i < rows.size(); ++i) {
      ASSERT_FALSE(rows[i].part) << text;
      ASSERT_EQ(rows[i].name, Name(ledger.lines[line++].factor));
      printed += rows[i].points;
      if (i + 1 == rows.size() || !rows[i + 1].part) continue;
      Micros parts = 0;
      size_t last = i;
      while (last + 1 < rows.size() && rows[last + 1].part) {
        parts += rows[++last].points;
      }
      ASSERT_EQ(parts, rows[i].points) << text;
      i = last;
    }
    ASSERT_EQ(line, 6u) << text;
    ASSERT_EQ(printed, score) << text;
    ASSERT_EQ(score, ledger.score) << text;
    ASSERT_EQ(text.find(": " + FormatMicros(score, 0) + " of 100 points ("),
              id.size())
        << text;
    for (const std::string& printed_line : LinesOf(text)) {
      ASSERT_LE(printed_line.size(), 80u) << text;
    }
  }
}

}  // namespace
}  // namespace influence
