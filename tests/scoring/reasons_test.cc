#include "scoring/reasons.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/builders.h"

namespace influence {
namespace {

// What AddReasons reads of a line.
Line LineOf(Factor factor, Micros weight, Micros points, Micros missing,
            bool stated, Cap cap = Cap::kNone) {
  Line line{};
  line.factor = factor;
  line.cap = cap;
  line.stated = stated;
  line.quantity = 1'000 + static_cast<Micros>(factor);
  line.full_marks = 2'000 + static_cast<Micros>(factor);
  line.weight = weight;
  line.points = points;
  line.missing = missing;
  return line;
}

// "3 attention 12", the code as its number.
template <typename List>
std::vector<std::string> Words(const List& reasons) {
  std::vector<std::string> words;
  for (const Reason& reason : reasons) {
    words.push_back(std::to_string(static_cast<int>(reason.code)) + " " +
                    std::string(Name(reason.factor)) + " " +
                    std::to_string(reason.points));
  }
  return words;
}

TEST(ReasonsTest, Table) {
  using Words_ = std::vector<std::string>;
  constexpr Factor kA = Factor::kAttention, kB = Factor::kAmplification,
                   kC = Factor::kCuration, kD = Factor::kAudience,
                   kE = Factor::kStanding, kF = Factor::kEndorsement;
  struct Case {
    const char* why;
    std::vector<Line> lines;
    Words_ want_lifted, want_held_back;
  };
  const Case cases[] = {
      {"no lines, no reasons", {}, {}, {}},
      {"nothing stated: held back by the whole weight, lifted by nothing",
       {LineOf(kA, 100, 0, 100, false)},
       {},
       {"3 attention 100"}},
      {"nothing stated, but all of it could not earn the weight",
       {LineOf(kA, 100, 0, 90, false)},
       {},
       {"3 attention 90", "5 attention 10"}},
      {"an explicit zero is certain",
       {LineOf(kA, 100, 0, 0, true)},
       {},
       {"5 attention 100"}},
      {"stated in part",
       {LineOf(kA, 100, 40, 35, true)},
       {"1 attention 40"},
       {"4 attention 35", "5 attention 25"}},
      {"full marks: nothing holds it back",
       {LineOf(kA, 100, 100, 0, true, Cap::kFullMarks)},
       {"2 attention 100"},
       {}},
      {"most points first",
       {LineOf(kA, 10, 3, 0, true), LineOf(kB, 10, 5, 0, true),
        LineOf(kC, 10, 4, 0, true)},
       {"1 amplification 5", "1 curation 4", "1 attention 3"},
       {"5 attention 7", "5 curation 6", "5 amplification 5"}},
      {"equal points: by code before row order",
       {LineOf(kA, 14, 7, 0, true), LineOf(kB, 14, 7, 7, true),
        LineOf(kC, 7, 7, 0, true, Cap::kFullMarks), LineOf(kD, 7, 0, 7, false)},
       {"1 attention 7", "1 amplification 7", "2 curation 7"},
       {"3 audience 7", "4 amplification 7", "5 attention 7"}},
      {"equal points and codes: by the table's rows, not by factor number",
       {LineOf(kC, 4, 2, 0, true), LineOf(kA, 4, 2, 0, true),
        LineOf(kB, 4, 2, 0, true)},
       {"1 curation 2", "1 attention 2", "1 amplification 2"},
       {"5 curation 2", "5 attention 2", "5 amplification 2"}},
      {"four are kept, of equal ones the first",
       {LineOf(kA, 2, 1, 0, true), LineOf(kB, 2, 1, 0, true),
        LineOf(kC, 2, 1, 0, true), LineOf(kD, 2, 1, 0, true),
        LineOf(kE, 2, 1, 0, true), LineOf(kF, 2, 1, 0, true)},
       {"1 attention 1", "1 amplification 1", "1 curation 1", "1 audience 1"},
       {"5 attention 1", "5 amplification 1", "5 curation 1", "5 audience 1"}},
      {"a later, larger one drives out the last",
       {LineOf(kA, 9, 1, 0, true), LineOf(kB, 9, 3, 0, true),
        LineOf(kC, 9, 2, 0, true), LineOf(kD, 9, 4, 0, true),
        LineOf(kE, 9, 6, 0, true), LineOf(kF, 9, 5, 0, true)},
       {"1 standing 6", "1 endorsement 5", "1 audience 4", "1 amplification 3"},
       {"5 attention 8", "5 curation 7", "5 amplification 6", "5 audience 5"}},
      {"a later one of a smaller code drives out an equal one",
       {LineOf(kA, 8, 3, 0, true), LineOf(kB, 8, 3, 0, true),
        LineOf(kC, 8, 3, 0, true), LineOf(kD, 8, 3, 0, true),
        LineOf(kE, 5, 0, 5, false)},
       {"1 attention 3", "1 amplification 3", "1 curation 3", "1 audience 3"},
       {"3 standing 5", "5 attention 5", "5 amplification 5", "5 curation 5"}},
      {"six lines held back twice each",
       {LineOf(kA, 90, 0, 40, false), LineOf(kB, 90, 10, 70, true)},
       {"1 amplification 10"},
       {"4 amplification 70", "5 attention 50", "3 attention 40",
        "5 amplification 10"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.why);
    Ledger ledger{};
    for (const Line& line : c.lines) ledger.lines.push_back(line);
    AddReasons(&ledger);
    EXPECT_EQ(Words(ledger.lifted), c.want_lifted);
    EXPECT_EQ(Words(ledger.held_back), c.want_held_back);
  }
}

TEST(ReasonsTest, CarryTheirLinesNumbers) {
  Ledger ledger{};
  ledger.lines.push_back(LineOf(Factor::kAttention, 100, 30, 20, true));
  ledger.lines.push_back(LineOf(Factor::kAudience, 100, 60, 0, true));
  AddReasons(&ledger);
  ASSERT_EQ(ledger.lifted.size(), 2u);
  ASSERT_EQ(ledger.held_back.size(), 3u);
  for (const auto* list : {&ledger.lifted, &ledger.held_back}) {
    for (const Reason& reason : *list) {
      EXPECT_EQ(reason.quantity, 1'000 + static_cast<Micros>(reason.factor));
      EXPECT_EQ(reason.full_marks, 2'000 + static_cast<Micros>(reason.factor));
    }
  }
}

// An independent rendering of the rule: all candidates, stably sorted.
TEST(ReasonsTest, AgainstSortingEverything) {
  std::mt19937_64 rng(20);
  for (int round = 0; round < 20'000; ++round) {
    Ledger ledger{};
    std::vector<Reason> lifted, held_back;
    const uint64_t lines = 1 + rng() % kFactorCount;
    for (uint64_t i = 0; i < lines; ++i) {
      // Few values, so that there are many ties.
      const auto points = static_cast<Micros>(rng() % 4);
      const auto missing = static_cast<Micros>(rng() % 4);
      const auto below = static_cast<Micros>(rng() % 4);
      const auto factor = static_cast<Factor>((i + 5) % kFactorCount + 1);
      const bool stated = rng() % 3 != 0;
      const Cap cap = rng() % 3 == 0 ? Cap::kFullMarks : Cap::kNone;
      ledger.lines.push_back(LineOf(factor, points + missing + below, points,
                                    missing, stated, cap));
      if (points > 0) {
        lifted.push_back({cap == Cap::kFullMarks ? ReasonCode::kFullMarks
                                                 : ReasonCode::kEarned,
                          factor, points, 0, 0});
      }
      if (missing > 0) {
        held_back.push_back(
            {stated ? ReasonCode::kPartlyStated : ReasonCode::kNotStated,
             factor, missing, 0, 0});
      }
      if (below > 0) {
        held_back.push_back({ReasonCode::kBelowFullMarks, factor, below, 0, 0});
      }
    }
    for (std::vector<Reason>* list : {&lifted, &held_back}) {
      std::stable_sort(list->begin(), list->end(),
                       [](const Reason& a, const Reason& b) {
                         if (a.points != b.points) return a.points > b.points;
                         return a.code < b.code;
                       });
      if (list->size() > kMaxReasons) list->resize(kMaxReasons);
    }
    AddReasons(&ledger);
    ASSERT_EQ(Words(ledger.lifted), Words(lifted)) << round;
    ASSERT_EQ(Words(ledger.held_back), Words(held_back)) << round;
  }
}

}  // namespace
}  // namespace influence
