// Every change is split to the micropoint: over random people and algorithms,
// v1, v2 and custom ones, as many pairs as INFLUENCE_PAIRS says. That is
// 100,000 in every run; compare_deep_test (label deep) takes 1.2 million.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "gtest/gtest.h"
#include "tests/insight/insight_client.h"
#include "tests/words.h"

namespace influence::testing {
namespace {

constexpr size_t kAlgorithms = 48;

size_t Pairs() {
  const char* text = std::getenv("INFLUENCE_PAIRS");
  return text == nullptr ? 100'000 : std::strtoul(text, nullptr, 10);
}

int64_t ScoreOf(const Client& client, const abi1::Profile& profile) {
  abi1::ScoreRequest request = client.NewRequest();
  *request.add_profiles() = profile;
  return client.Score(request).results(0).ledger().score_micropoints();
}

// Some later facts of the same person: unchanged, a little or wholly other, or
// of an account less or more.
abi1::Profile Later(const abi1::Profile& before, std::mt19937_64& rng) {
  abi1::Profile after = before;
  const uint64_t roll = rng() % 10;
  if (roll == 0) return after;
  if (roll == 1) {
    after = RandomProfile(rng);
    after.set_id(before.id());
    return after;
  }
  for (abi1::Account& account : *after.mutable_accounts()) {
    for (int i = 0; i < kSignals; ++i) {
      if (rng() % 3 != 0) continue;
      if (rng() % 6 == 0) {
        ClearSignal(&account, i);
      } else {
        SetSignal(&account, i, RandomMicros(rng));
      }
    }
  }
  if (roll == 2 && after.accounts_size() > 0) {
    after.mutable_accounts()->RemoveLast();
  }
  if (roll == 3) *after.add_accounts() = RandomAccount(rng);
  return after;
}

// ------------------------------------------------- what faded, written anew

struct Stated {
  int accounts = 0;
  int64_t micros = 0;
  bool operator==(const Stated& other) const {
    return accounts == other.accounts && micros == other.micros;
  }
};

Stated StatedOn(const abi1::Profile& profile, const std::string& network,
                int signal) {
  Stated stated;
  for (const abi1::Account& account : profile.accounts()) {
    if (account.network() != network || !HasSignal(account, signal)) continue;
    ++stated.accounts;
    stated.micros += GetSignal(account, signal);
  }
  return stated;
}

int64_t Aged(int64_t micros, int64_t days, int32_t half_life) {
  const auto factor = static_cast<uint64_t>(
      std::llround(std::exp2(30.0L - static_cast<long double>(days) /
                                         static_cast<long double>(half_life))));
  const auto value = static_cast<uint64_t>(micros);
  const uint64_t low = (1u << 30) - 1;  // and what is above, each times it
  const uint64_t product = (value & low) * factor;
  uint64_t whole = (value >> 30) * factor + (product >> 30);
  const uint64_t rest = product & low;
  const uint64_t half = 1u << 29;
  if (rest > half || (rest == half && whole % 2 != 0)) ++whole;
  return static_cast<int64_t>(whole);
}

// The facts before, merely older. Half-lives are in days.
abi1::Profile Older(const abi1::Algorithm& algorithm,
                    const abi1::Profile& before, const abi1::Profile& after,
                    int64_t days) {
  abi1::Profile older = before;
  if (days <= 0) return older;
  for (const abi1::Row& row : algorithm.rows()) {
    if (row.half_life_units() == 0) continue;
    for (const abi1::SignalValue& count : row.counts()) {
      const int signal = count.signal() - 1;
      for (abi1::Account& account : *older.mutable_accounts()) {
        const Stated then = StatedOn(before, account.network(), signal);
        const Stated now = StatedOn(after, account.network(), signal);
        if (!HasSignal(account, signal) || now.accounts == 0 || now == then) {
          continue;
        }
        SetSignal(
            &account, signal,
            Aged(GetSignal(account, signal), days, row.half_life_units()));
      }
    }
  }
  return older;
}

TEST(Compare, AgesAsTheTestDoes) {
  EXPECT_EQ(Aged(100'000'000, 45, 45), 50'000'000);
  EXPECT_EQ(Aged(100'000'000, 30, 45), 62'996'052);
  EXPECT_EQ(Aged(5, 45, 45), 2);  // ties to even
}

// --------------------------------------------------------------------- laws

// Nothing that rose takes away, and nothing that fell gives, but for the last
// millionths of rounding.
void CheckDirection(int64_t rise, int64_t change) {
  if (rise > 640) {
    ASSERT_GE(change, 0);
  }
  if (rise < -640) {
    ASSERT_LE(change, 0);
  }
}

void CheckLeg(const abi1::Leg& leg, bool has_parts) {
  int64_t sum = 0, faded = 0;
  for (const abi1::LegLine& line : leg.lines()) {
    ASSERT_EQ(line.change_micropoints(),
              line.after_micropoints() - line.before_micropoints());
    sum += line.change_micropoints();
    faded += line.faded_micropoints();
    ASSERT_LE(line.faded_micropoints(), 0);
    for (const auto* parts : {&line.networks(), &line.signals()}) {
      int64_t in_parts = 0, faded_parts = 0;
      for (const abi1::LegPart& part : *parts) {
        in_parts += part.change_micropoints();
        faded_parts += part.faded_micropoints();
        CheckDirection(
            part.faded_quantity_micros() - part.before_quantity_micros(),
            part.faded_micropoints());
        if (parts == &line.signals()) continue;  // CheckReasonsOfFacts
        CheckDirection(
            part.after_quantity_micros() - part.faded_quantity_micros(),
            part.change_micropoints() - part.faded_micropoints());
      }
      ASSERT_EQ(in_parts, has_parts ? line.change_micropoints() : 0)
          << line.DebugString();
      ASSERT_EQ(faded_parts, has_parts ? line.faded_micropoints() : 0)
          << line.DebugString();
    }
  }
  ASSERT_EQ(leg.change_micropoints(), sum);
  ASSERT_EQ(leg.faded_micropoints(), faded);
}

// What age did is a score too, and so is each row's part of it: that of the
// facts before, merely older.
void CheckFading(const Client& client, const abi1::CompareRequest& request,
                 int64_t days, const abi1::CompareResponse& response) {
  abi1::ScoreRequest score = client.NewRequest();
  *score.add_profiles() =
      Older(client.Describe().algorithm(), request.before().profile(),
            request.after().profile(), days);
  const abi1::Ledger ledger = client.Score(score).results(0).ledger();
  const abi1::Leg& leg = response.input();
  ASSERT_EQ(response.before_micropoints() + leg.faded_micropoints(),
            ledger.score_micropoints());
  for (int i = 0; i < leg.lines_size(); ++i) {
    const abi1::LegLine& line = leg.lines(i);
    ASSERT_EQ(line.faded_quantity_micros(), ledger.lines(i).quantity_micros());
    ASSERT_EQ(line.before_micropoints() + line.faded_micropoints(),
              ledger.lines(i).points_micropoints());
  }
}

// The codes of the facts; the others are of the formula.
bool IsOfFacts(const abi1::ChangeReason& reason) {
  return reason.code() < abi1::CHANGE_CODE_COUNTS_MORE ||
         reason.code() > abi1::CHANGE_CODE_FACTOR_REMOVED;
}

// What is said to be known, or not, of a signal is.
void CheckStated(const abi1::CompareRequest& request,
                 const abi1::ChangeReason& reason) {
  const bool has_before = reason.has_before_count_micros();
  const bool has_after = reason.has_after_count_micros();
  bool before = false, after = false;
  std::set<std::string> networks;
  for (const auto* side : {&request.before(), &request.after()}) {
    for (const abi1::Account& account : side->profile().accounts()) {
      if (!HasSignal(account, reason.signal() - 1)) continue;
      networks.insert(account.network());
      if (reason.networks() == 1 && account.network() != reason.network()) {
        continue;
      }
      (side == &request.before() ? before : after) = true;
    }
  }
  ASSERT_LT(reason.networks(), std::max<size_t>(networks.size(), 1));
  ASSERT_EQ(reason.networks() != 1 && !reason.network().empty(), false);
  switch (reason.code()) {
    case abi1::CHANGE_CODE_NOW_STATED:
      ASSERT_TRUE(!before && after && !has_before && has_after);
      ASSERT_EQ(reason.networks(), 0u);
      break;
    case abi1::CHANGE_CODE_NO_LONGER_STATED:
      ASSERT_TRUE(before && !after && has_before && !has_after);
      ASSERT_EQ(reason.networks(), 0u);
      break;
    case abi1::CHANGE_CODE_NOW_STATED_IN_PART:
      ASSERT_TRUE(has_after);
      ASSERT_TRUE(has_before || reason.networks() > 0);
      if (reason.networks() == 1) {
        ASSERT_EQ(before, has_before);
      }
      break;
    case abi1::CHANGE_CODE_NO_LONGER_STATED_IN_PART:
      ASSERT_TRUE(has_before);
      ASSERT_TRUE(has_after || reason.networks() > 0);
      if (reason.networks() == 1) {
        ASSERT_EQ(after, has_after);
      }
      break;
    default:
      ASSERT_TRUE(before && after && has_before && has_after);
  }
}

void CheckCounts(const abi1::ChangeReason& reason) {
  const int64_t rise =
      reason.after_count_micros() - reason.before_count_micros();
  CheckDirection(
      reason.after_quantity_micros() - reason.before_quantity_micros(),
      reason.change_micropoints());
  switch (reason.code()) {
    case abi1::CHANGE_CODE_ROSE:
    case abi1::CHANGE_CODE_NEW:
      ASSERT_GT(rise, 0);
      break;
    case abi1::CHANGE_CODE_FELL:
    case abi1::CHANGE_CODE_FADED:
      ASSERT_LT(rise, 0);
      break;
    case abi1::CHANGE_CODE_SPREAD:
      ASSERT_EQ(rise, 0);
      break;
    default:
      break;
  }
}

// Reasons of the input leg add up by factor and by signal, what faded too, and
// say what is so.
void CheckReasonsOfFacts(const abi1::CompareRequest& request,
                         const abi1::CompareResponse& response) {
  for (const abi1::LegLine& line : response.input().lines()) {
    std::map<int, std::pair<int64_t, int64_t>> by_signal;  // change, faded
    for (const abi1::ChangeReason& reason : response.reasons()) {
      if (reason.factor() != line.factor() || !IsOfFacts(reason)) continue;
      const bool is_faded = reason.code() == abi1::CHANGE_CODE_FADED;
      for (const int key : {0, static_cast<int>(reason.signal())}) {
        by_signal[key].first += reason.change_micropoints();
        if (is_faded) by_signal[key].second += reason.change_micropoints();
      }
      CheckCounts(reason);
      if (reason.code() != abi1::CHANGE_CODE_SPREAD)
        CheckStated(request, reason);
    }
    ASSERT_EQ(by_signal[0].first, line.change_micropoints());
    ASSERT_EQ(by_signal[0].second, line.faded_micropoints());
    for (const abi1::LegPart& part : line.signals()) {
      ASSERT_EQ(by_signal[part.signal()].first, part.change_micropoints());
      ASSERT_EQ(by_signal[part.signal()].second, part.faded_micropoints());
    }
  }
}

int64_t WholePoints(int64_t score) {
  const int64_t whole = score / 1'000'000, rest = score % 1'000'000;
  return whole + (rest > 500'000 || (rest == 500'000 && whole % 2 != 0));
}

void CheckReasons(const abi1::CompareResponse& response) {
  int64_t sum = 0, whole = 0;
  for (const abi1::ChangeReason& reason : response.reasons()) {
    ASSERT_NE(reason.change_micropoints(), 0);
    ASSERT_NE(reason.code(), abi1::CHANGE_CODE_UNSPECIFIED);
    sum += reason.change_micropoints();
    whole += reason.whole_points();
    // Whole points are the exact ones, rounded up or down; one more or less
    // only between two scores that are halfway.
    ASSERT_LT(std::abs(reason.whole_points() * 1'000'000 -
                       reason.change_micropoints()),
              1'000'000 + (response.change_micropoints() % 1'000'000 == 0));
  }
  ASSERT_EQ(sum, response.change_micropoints());
  ASSERT_EQ(whole, response.whole_points());
  ASSERT_EQ(whole, WholePoints(response.after_micropoints()) -
                       WholePoints(response.before_micropoints()));
}

TEST(Compare, LegsSumToTheMicropoint) {
  std::mt19937_64 rng(20'111'026);
  std::vector<Client> clients;
  clients.push_back(Client::Released("v1"));
  clients.push_back(Client::Released("v2"));
  while (clients.size() < kAlgorithms) {
    clients.push_back(Client::Custom(ValidAlgorithm(rng)));
  }
  // Half of all sides are under a released one.
  const auto any = [&]() -> const Client& {
    const uint64_t roll = rng() % (2 * kAlgorithms);
    return clients[roll < kAlgorithms ? roll : roll % 2];
  };
  const size_t pairs = Pairs();
  std::map<int, int> codes;
  for (size_t i = 0; i < pairs && !HasFatalFailure(); ++i) {
    const Client& before = any();
    const Client& after = any();
    abi1::CompareRequest request;
    *request.mutable_before()->mutable_profile() = RandomProfile(rng);
    *request.mutable_after()->mutable_profile() =
        Later(request.before().profile(), rng);
    int64_t days = 0;
    if (rng() % 4 != 0) {
      days = static_cast<int64_t>(rng() % 200) - 10;
      request.mutable_before()->mutable_identity()->set_as_of_days(20'000);
      request.mutable_after()->mutable_identity()->set_as_of_days(
          static_cast<int32_t>(20'000 + days));
    }
    const auto response = Parsed<abi1::CompareResponse>(
        CompareBytes(before, after, request.SerializeAsString()));
    ASSERT_EQ(response.between_micropoints() - response.before_micropoints(),
              response.input().change_micropoints());
    ASSERT_EQ(response.after_micropoints() - response.between_micropoints(),
              response.formula().change_micropoints());
    ASSERT_EQ(response.after_micropoints() - response.before_micropoints(),
              response.change_micropoints());
    CheckLeg(response.input(), true);
    CheckLeg(response.formula(), false);
    CheckReasons(response);
    CheckReasonsOfFacts(request, response);
    for (const abi1::ChangeReason& reason : response.reasons()) {
      ++codes[reason.code()];
    }
    if (i % 8 == 0) CheckFading(before, request, days, response);
    if (i % 64 != 0) continue;  // the three scores are those of influence_score
    ASSERT_EQ(response.before_micropoints(),
              ScoreOf(before, request.before().profile()));
    ASSERT_EQ(response.between_micropoints(),
              ScoreOf(before, request.after().profile()));
    ASSERT_EQ(response.after_micropoints(),
              ScoreOf(after, request.after().profile()));
  }
  for (int code = abi1::CHANGE_CODE_ROSE; code < abi1::CHANGE_CODE_SPREAD;
       ++code) {
    EXPECT_GT(codes[code], 10) << abi1::ChangeCode_Name(code);
  }
}

TEST(Compare, ListsWhatIdentityDiffersIn) {
  const Client v1 = Client::Released("v1");
  abi1::CompareRequest request;
  abi1::Identity* before = request.mutable_before()->mutable_identity();
  abi1::Identity* after = request.mutable_after()->mutable_identity();
  before->set_as_of_days(20'000);
  after->set_as_of_days(20'030);
  before->set_library_version("0.0.9");
  before->set_input_digest("aa");
  after->set_input_digest("aa");
  abi1::GraphIdentity* graph = after->mutable_graph();
  graph->set_digest(std::string(64, 'a'));
  graph->set_nodes(7);
  graph->set_iterations(100);
  const auto response = Parsed<abi1::CompareResponse>(
      CompareBytes(v1, v1, request.SerializeAsString()));
  // By its path, in the order of the message; "" is not stated.
  std::vector<std::string> differences;
  for (const abi1::IdentityDifference& one : response.differences()) {
    differences.push_back(one.field() + ": " + one.before() + " to " +
                          one.after());
  }
  EXPECT_EQ(differences,
            (std::vector<std::string>{
                "library_version: 0.0.9 to " +
                    std::string(influence_library_version()),
                "as_of_days: 20000 to 20030",
                "graph.digest:  to " + std::string(64, 'a'),
                "graph.nodes:  to 7", "graph.iterations:  to 100"}));
  EXPECT_EQ(response.before().algorithm(), "v1");
  EXPECT_EQ(response.change_micropoints(), 0);

  before->set_algorithm("v0");
  const Answer refused = CompareBytes(v1, v1, request.SerializeAsString());
  EXPECT_EQ(refused.status, INFLUENCE_ALGORITHM_MISMATCH);
  EXPECT_NE(refused.message.find("before.identity.algorithm"),
            std::string::npos)
      << refused.message;
  before->set_algorithm("v1");
  before->mutable_graph()->set_digest(std::string(4'097, 'a'));
  const Answer too_long = CompareBytes(v1, v1, request.SerializeAsString());
  EXPECT_EQ(too_long.status, INFLUENCE_TOO_LARGE);
  EXPECT_EQ(too_long.message.find("before.identity.graph.digest: "), 0u)
      << too_long.message;
}

TEST(Compare, ADayThatIsZeroIsStated) {
  const Client v1 = Client::Released("v1");
  abi1::CompareRequest request;
  request.mutable_before()->mutable_identity()->set_as_of_days(0);
  const auto response = Parsed<abi1::CompareResponse>(
      CompareBytes(v1, v1, request.SerializeAsString()));
  ASSERT_EQ(response.differences_size(), 1);
  EXPECT_EQ(response.differences(0).field(), "as_of_days");
  EXPECT_EQ(response.differences(0).before(), "0");
  EXPECT_EQ(response.differences(0).after(), "");
}

// What a later library says is not read, and a message in two pieces is one.
TEST(Compare, ReadsRequestsAsProtobufDoes) {
  const Client v1 = Client::Released("v1");
  abi1::CompareRequest first, second, whole;
  abi1::Profile* profile = first.mutable_before()->mutable_profile();
  profile->set_id("ada");
  profile->add_accounts()->set_likes_micros(5'000'000);
  second.mutable_before()->mutable_profile()->add_accounts()->set_likes_micros(
      7'000'000);
  second.mutable_before()->mutable_identity()->set_as_of_days(20'000);
  second.mutable_after()->mutable_profile()->set_id("ada");
  whole = first;
  whole.MergeFrom(second);
  std::string later = second.SerializeAsString();
  later += std::string("\xa2\x06\x03new", 6);  // a field of number 100
  const Answer pieces = CompareBytes(v1, v1, first.SerializeAsString() + later);
  EXPECT_EQ(pieces.status, INFLUENCE_OK) << pieces.message;
  EXPECT_EQ(pieces.bytes,
            CompareBytes(v1, v1, whole.SerializeAsString()).bytes);
}

TEST(Compare, WhoOptedOutHasNoNumber) {
  const Client v1 = Client::Released("v1");
  abi1::CompareRequest request;
  request.mutable_after()->mutable_profile()->set_opted_out(true);
  const Answer compared = CompareBytes(v1, v1, request.SerializeAsString());
  EXPECT_EQ(compared.status, INFLUENCE_OPTED_OUT);
  EXPECT_EQ(compared.bytes, "");
  EXPECT_EQ(compared.message.find("after.profile"), 0u) << compared.message;
  abi1::WhatIfRequest what_if;
  what_if.mutable_profile()->set_opted_out(true);
  const Answer asked = WhatIfBytes(v1, what_if.SerializeAsString());
  EXPECT_EQ(asked.status, INFLUENCE_OPTED_OUT);
  EXPECT_EQ(asked.bytes, "");
}

TEST(Compare, SaysWhichFieldIsAtFault) {
  const Client v1 = Client::Released("v1");
  abi1::CompareRequest request;
  request.mutable_after()
      ->mutable_profile()
      ->add_accounts()
      ->set_followers_micros(-1);
  Answer answer = CompareBytes(v1, v1, request.SerializeAsString());
  EXPECT_EQ(answer.status, INFLUENCE_OUT_OF_RANGE);
  EXPECT_NE(answer.message.find("after.profile.accounts[0].followers_micros"),
            std::string::npos)
      << answer.message;
  request.Clear();
  request.mutable_after()->mutable_profile()->set_id("other");
  answer = CompareBytes(v1, v1, request.SerializeAsString());
  EXPECT_EQ(answer.status, INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(CompareBytes(v1, v1, "\x0a").status, INFLUENCE_MALFORMED);
}

// One account before and after; each is given as signals and their units.
using Facts = std::map<abi1::Signal, int64_t>;

abi1::CompareRequest OneAccount(const Facts& before, const Facts& after,
                                int32_t days) {
  abi1::CompareRequest request;
  request.set_rendering(abi1::RENDERING_TEXT);
  const auto fill = [](const Facts& facts, int32_t day,
                       abi1::CompareSide* side) {
    side->mutable_profile()->set_id("ada");
    abi1::Account* account = side->mutable_profile()->add_accounts();
    for (const auto& [signal, units] : facts) {
      SetSignal(account, signal - 1, units * 1'000'000);
    }
    side->mutable_identity()->set_as_of_days(day);
  };
  fill(before, 20'000, request.mutable_before());
  fill(after, 20'000 + days, request.mutable_after());
  return request;
}

abi1::CompareResponse Compared(const abi1::CompareRequest& request,
                               const std::string& before = "v1",
                               const std::string& after = "v1") {
  return Parsed<abi1::CompareResponse>(
      CompareBytes(Client::Released(before), Client::Released(after),
                   request.SerializeAsString()));
}

// "code signal before to after", of every reason in its order.
std::vector<std::string> Said(const abi1::CompareResponse& response) {
  std::vector<std::string> said;
  const auto text = [](bool known, int64_t micros) {
    return known ? std::to_string(micros) : "unknown";
  };
  for (const abi1::ChangeReason& reason : response.reasons()) {
    said.push_back(
        abi1::ChangeCode_Name(reason.code()).substr(12) + " " +
        abi1::Signal_Name(reason.signal()).substr(7) + " " +
        text(reason.has_before_count_micros(), reason.before_count_micros()) +
        " to " +
        text(reason.has_after_count_micros(), reason.after_count_micros()));
  }
  return said;
}

bool Has(const abi1::CompareResponse& response, const std::string& words) {
  // Where a line was broken is no matter.
  std::string text;
  for (const char c : response.text()) {
    if (c != ' ' && c != '\n') {
      text += c;
    } else if (text.empty() || text.back() != ' ') {
      text += ' ';
    }
  }
  if (text.find(words) != std::string::npos) return true;
  ADD_FAILURE() << words << "\n" << response.text();
  return false;
}

using Lines = std::vector<std::string>;

std::string Because(const std::string& code, const std::string& what) {
  return Say(code, {{"what", what}});
}

// The line of a reason: its cause, from how many to how many, and its factor.
std::string FromTo(const std::string& cause, const std::string& before,
                   const std::string& after, const std::string& factor) {
  return Say("cause.from_to", {{"cause", cause},
                               {"before", before},
                               {"after", after},
                               {"factor", factor}});
}

// The line of what is merely older.
std::string Faded(const std::string& what, const std::string& before,
                  const std::string& after, const std::string& factor) {
  return Say("cause.halving", {{"cause", Because("cause.faded", what)},
                               {"before", before},
                               {"after", after},
                               {"factor", factor},
                               {"days", "45"}});
}

// "1.234567".
std::string Shown(int64_t micropoints) {
  char text[INFLUENCE_POINTS_BYTES];
  EXPECT_EQ(influence_format_points(micropoints, 6, text, sizeof text),
            INFLUENCE_OK);
  return text;
}

// "+1.234567".
std::string Change(int64_t micropoints) {
  return (micropoints > 0 ? "+" : "") + Shown(micropoints);
}

TEST(Compare, SaysFadedOfWhatIsMerelyOlder) {
  const auto compared = [](int64_t before, int64_t after, int32_t days) {
    return Compared(OneAccount({{abi1::SIGNAL_RESHARES, before}},
                               {{abi1::SIGNAL_RESHARES, after}}, days));
  };
  // A half-life later, half: it is the same reshares.
  auto response = compared(80, 40, 45);
  EXPECT_EQ(Said(response), Lines{"FADED RESHARES 80000000 to 40000000"});
  EXPECT_EQ(response.reasons(0).half_life_units(), 45);
  EXPECT_EQ(response.input().faded_micropoints(),
            response.change_micropoints());
  Has(response, Faded("reshares", "80", "40", "amplification"));
  // Less than that is left: some are really gone.
  response = compared(80, 20, 45);
  EXPECT_EQ(Said(response), (Lines{"FADED RESHARES 80000000 to 40000000",
                                   "FELL RESHARES 40000000 to 20000000"}));
  // New ones came, but fewer than faded; as many as faded; and more.
  response = compared(80, 60, 45);
  EXPECT_EQ(Said(response), (Lines{"FADED RESHARES 80000000 to 40000000",
                                   "NEW RESHARES 40000000 to 60000000"}));
  Has(response,
      FromTo(Because("cause.new", "reshares"), "40", "60", "amplification"));
  response = compared(80, 90, 45);
  EXPECT_EQ(Said(response), (Lines{"NEW RESHARES 40000000 to 90000000",
                                   "FADED RESHARES 80000000 to 40000000"}));
  // What is, to the millionth, what it was: nothing is said of it.
  EXPECT_EQ(Said(compared(80, 80, 45)), Lines{});
  EXPECT_EQ(compared(80, 80, 45).input().faded_micropoints(), 0);
  // No time went by, or it went backwards: nothing can have faded.
  for (const int32_t days : {0, -45}) {
    response = compared(80, 40, days);
    EXPECT_EQ(Said(response), Lines{"FELL RESHARES 80000000 to 40000000"});
    EXPECT_EQ(response.input().faded_micropoints(), 0);
  }
  // Of when a side is, is not known.
  abi1::CompareRequest request = OneAccount({{abi1::SIGNAL_RESHARES, 80}},
                                            {{abi1::SIGNAL_RESHARES, 40}}, 45);
  request.mutable_before()->mutable_identity()->clear_as_of_days();
  response = Compared(request);
  EXPECT_EQ(Said(response), Lines{"FELL RESHARES 80000000 to 40000000"});
  Has(response,
      FromTo(Because("cause.fell", "reshares"), "80", "40", "amplification"));
}

TEST(Compare, SaysNothingFadedThatIsGone) {
  // As much attention as age alone would leave, but of other signals.
  auto response = Compared(
      OneAccount({{abi1::SIGNAL_MENTIONS, 100}, {abi1::SIGNAL_LIKES, 0}},
                 {{abi1::SIGNAL_MENTIONS, 0}, {abi1::SIGNAL_LIKES, 252}}, 30));
  auto said = Said(response);
  std::sort(said.begin(), said.end());
  EXPECT_EQ(said, (Lines{"FADED MENTIONS 100000000 to 62996052",
                         "FELL MENTIONS 62996052 to 0",
                         "ROSE LIKES 0 to 252000000"}));
  // A hundred, of which age alone leaves 63, became 80: 17 are new.
  response = Compared(OneAccount({{abi1::SIGNAL_MENTIONS, 100}},
                                 {{abi1::SIGNAL_MENTIONS, 80}}, 30));
  EXPECT_EQ(Said(response), (Lines{"FADED MENTIONS 100000000 to 62996052",
                                   "NEW MENTIONS 62996052 to 80000000"}));
  Has(response, Faded("mentions", "100", "63", "attention"));
  Has(response,
      FromTo(Because("cause.new", "mentions"), "63", "80", "attention"));
  const int64_t faded = response.input().faded_micropoints();
  Has(response,
      Say("change.faded",
          {{"faded", Change(faded)},
           {"facts", Change(response.input().change_micropoints() - faded)}}));
  // What is stated no longer is gone, not older.
  response = Compared(OneAccount({{abi1::SIGNAL_MENTIONS, 100}}, {}, 30));
  EXPECT_EQ(Said(response),
            Lines{"NO_LONGER_STATED MENTIONS 100000000 to unknown"});
  EXPECT_EQ(response.input().faded_micropoints(), 0);
  Has(response, FromTo(Because("cause.no_longer_stated", "mentions"), "100",
                       Say("unknown"), "attention"));
  // Followers do not fade.
  response = Compared(OneAccount({{abi1::SIGNAL_FOLLOWERS, 100}},
                                 {{abi1::SIGNAL_FOLLOWERS, 63}}, 30));
  EXPECT_EQ(Said(response), Lines{"FELL FOLLOWERS 100000000 to 63000000"});
}

TEST(Compare, BlamesEachSignalForItself) {
  const auto response = Compared(OneAccount(
      {{abi1::SIGNAL_MENTIONS, 100}, {abi1::SIGNAL_LIKES, 10'000}},
      {{abi1::SIGNAL_MENTIONS, 40}, {abi1::SIGNAL_LIKES, 14'000}}, 0));
  EXPECT_EQ(Said(response), (Lines{"ROSE LIKES 10000000000 to 14000000000",
                                   "FELL MENTIONS 100000000 to 40000000"}));
  EXPECT_GT(response.reasons(0).change_micropoints(), 0);
  EXPECT_LT(response.reasons(1).change_micropoints(), 0);
  Has(response,
      FromTo(Because("cause.rose", "likes"), "10,000", "14,000", "attention"));
  Has(response,
      FromTo(Because("cause.fell", "mentions"), "100", "40", "attention"));
}

TEST(Compare, UnknownIsNotZero) {
  auto response = Compared(OneAccount(
      {{abi1::SIGNAL_FOLLOWERS, 1'000}},
      {{abi1::SIGNAL_LISTINGS, 5}, {abi1::SIGNAL_STANDING, 910}}, 0));
  Has(response, FromTo(Because("cause.now_stated", "listings"), Say("unknown"),
                       "5", "curation"));
  Has(response, FromTo(Because("cause.no_longer_stated", "followers"), "1,000",
                       Say("unknown"), "audience"));
  Has(response, FromTo(Because("cause.now_stated", "standing"), Say("unknown"),
                       "910", "standing"));
  // Standing is no number of things.
  response = Compared(OneAccount({{abi1::SIGNAL_STANDING, 910}},
                                 {{abi1::SIGNAL_STANDING, 12}}, 0));
  Has(response,
      FromTo(Because("cause.level_fell", "standing"), "910", "12", "standing"));
  response = Compared(OneAccount({{abi1::SIGNAL_STANDING, 910}},
                                 {{abi1::SIGNAL_STANDING, 1'200}}, 0));
  Has(response, FromTo(Because("cause.level_rose", "standing"), "910", "1,200",
                       "standing"));
}

TEST(Compare, SaysWhichAccountStatesNoLonger) {
  abi1::CompareRequest request =
      OneAccount({{abi1::SIGNAL_FOLLOWERS, 1'000}}, {}, 0);
  abi1::Profile* before = request.mutable_before()->mutable_profile();
  abi1::Profile* after = request.mutable_after()->mutable_profile();
  before->mutable_accounts(0)->set_network("x");
  after->mutable_accounts(0)->set_network("x");
  before->add_accounts()->set_network("mastodon");
  before->mutable_accounts(1)->set_followers_micros(500'000'000);
  *after->add_accounts() = before->accounts(1);
  after->mutable_accounts(1)->set_followers_micros(700'000'000);
  auto response = Compared(request);
  ASSERT_EQ(Said(response),
            (Lines{"NO_LONGER_STATED_IN_PART FOLLOWERS 1000000000 to unknown",
                   "ROSE FOLLOWERS 500000000 to 700000000"}));
  EXPECT_EQ(response.reasons(0).network(), "x");
  EXPECT_EQ(response.reasons(1).network(), "mastodon");
  const auto followers_on = [](const std::string& network) {
    return Say("signal.on_network",
               {{"signal", "followers"}, {"network", network}});
  };
  Has(response, FromTo(Because("cause.no_longer_stated", followers_on("x")),
                       "1,000", Say("unknown"), "audience"));
  Has(response, FromTo(Because("cause.rose", followers_on("mastodon")), "500",
                       "700", "audience"));
  // The account is gone.
  after->mutable_accounts()->DeleteSubrange(0, 1);
  EXPECT_EQ(Said(Compared(request)), Said(response));
  // Two accounts on one network, of which one is gone.
  before->mutable_accounts(1)->set_network("x");
  after->mutable_accounts(0)->set_network("x");
  response = Compared(request);
  ASSERT_EQ(
      Said(response),
      Lines{"NO_LONGER_STATED_IN_PART FOLLOWERS 1500000000 to 700000000"});
  Has(response, FromTo(Because("cause.fewer_state", "followers"), "1,500",
                       "700", "audience"));
  std::swap(*request.mutable_before(), *request.mutable_after());
  Has(Compared(request), FromTo(Because("cause.more_state", "followers"), "700",
                                "1,500", "audience"));
  // Three networks, of which two are gone.
  request = OneAccount({}, {}, 0);
  for (const char* network : {"a", "b", "c"}) {
    abi1::Account account;
    account.set_network(network);
    account.set_followers_micros(1'000'000'000);
    *request.mutable_before()->mutable_profile()->add_accounts() = account;
    if (*network == 'b') {
      *request.mutable_after()->mutable_profile()->add_accounts() = account;
    }
  }
  response = Compared(request);
  ASSERT_EQ(response.reasons_size(), 1);
  EXPECT_EQ(response.reasons(0).networks(), 2u);
  const std::string on_two = Say("signal.on_some_networks",
                                 {{"signal", "followers"}, {"networks", "2"}});
  Has(response, FromTo(Because("cause.no_longer_stated", on_two), "2,000",
                       Say("unknown"), "audience"));
}

TEST(Compare, SaysOfTheFormulaWhatIsTrue) {
  const Facts facts = {{abi1::SIGNAL_RESHARES, 80},
                       {abi1::SIGNAL_QUOTES, 12},
                       {abi1::SIGNAL_FOLLOWERS, 2'400},
                       {abi1::SIGNAL_LISTINGS, 31}};
  auto response = Compared(OneAccount(facts, facts, 0), "v1", "v2");
  const auto counts = [](const std::string& code, const std::string& algorithm,
                         const std::string& what) {
    return Say(code, {{"algorithm", algorithm}, {"what", what}});
  };
  const auto line = [](const std::string& cause, const std::string& factor) {
    return Say("cause", {{"cause", cause}, {"factor", factor}});
  };
  const std::string reshares =
      Say("signal.and_others", {{"signal", "reshares"}});
  Has(response,
      line(counts("cause.counts_less", "v2", reshares), "amplification"));
  Has(response,
      line(counts("cause.counts_more", "v2", "listings"), "curation"));
  Has(response,
      Say("change.legs",
          {{"facts", "0.000000"},
           {"before", "v1"},
           {"formula", Change(response.formula().change_micropoints())},
           {"after", "v2"}}));
  for (const abi1::ChangeReason& reason : response.reasons()) {
    EXPECT_EQ(reason.others(),
              reason.factor() == abi1::FACTOR_AMPLIFICATION ? 1u : 0u);
  }
  // Another value of a signal: not each of them counts less, or more.
  abi1::Algorithm algorithm = Client::Released("v1").Describe().algorithm();
  algorithm.set_id("test/likes");
  for (abi1::Row& row : *algorithm.mutable_rows()) {
    for (abi1::SignalValue& count : *row.mutable_counts()) {
      if (count.signal() == abi1::SIGNAL_QUOTES) count.set_value_micros(1'000);
    }
  }
  const Client custom = Client::Custom(algorithm);
  abi1::CompareRequest request = OneAccount(facts, facts, 0);
  response = Parsed<abi1::CompareResponse>(CompareBytes(
      Client::Released("v1"), custom, request.SerializeAsString()));
  ASSERT_EQ(response.reasons_size(), 1);
  EXPECT_EQ(response.reasons(0).signal(), abi1::SIGNAL_UNSPECIFIED);
  // The factor alone is named, and not again in brackets.
  Has(response,
      counts("cause.counts_less", "test/likes", "amplification") + " -");
  // A factor that one of them does not have.
  algorithm.mutable_rows(1)->set_weight_micropoints(50'000'000);
  algorithm.mutable_rows()->DeleteSubrange(0, 1);
  const Client less = Client::Custom(algorithm);
  request = OneAccount({{abi1::SIGNAL_MENTIONS, 80}},
                       {{abi1::SIGNAL_MENTIONS, 80}}, 0);
  response = Parsed<abi1::CompareResponse>(
      CompareBytes(Client::Released("v1"), less, request.SerializeAsString()));
  Has(response, Say("cause.factor_removed",
                    {{"algorithm", "test/likes"}, {"factor", "attention"}}) +
                    " -");
  response = Parsed<abi1::CompareResponse>(
      CompareBytes(less, Client::Released("v1"), request.SerializeAsString()));
  Has(response, Say("cause.factor_added", {{"algorithm", "v1"},
                                           {"factor", "attention"},
                                           {"before", "test/likes"}}) +
                    " -");
}

// One row: full marks at 2^8 - 1, so that 2^k - 1 earn k eighths of 100.
Client Eighths(const std::string& id, abi1::Signal signal) {
  abi1::Algorithm algorithm;
  algorithm.set_id(id);
  abi1::Row* row = algorithm.add_rows();
  row->set_factor(abi1::FACTOR_ATTENTION);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(255'000'000);
  row->add_counts()->set_signal(signal);
  row->mutable_counts(0)->set_value_micros(1'000'000);
  return Client::Custom(algorithm);
}

TEST(Compare, WholePointsAreThoseOfTheScoresShown) {
  const Client eighths = Eighths("test/eighths", abi1::SIGNAL_MENTIONS);
  const auto compared = [&](int64_t before, int64_t after) {
    return Parsed<abi1::CompareResponse>(
        CompareBytes(eighths, eighths,
                     OneAccount({{abi1::SIGNAL_MENTIONS, before}},
                                {{abi1::SIGNAL_MENTIONS, after}}, 0)
                         .SerializeAsString()));
  };
  auto response = compared(1, 7);  // 12.5, shown as 12, to 37.5, shown as 38
  EXPECT_EQ(response.change_micropoints(), 25'000'000);
  EXPECT_EQ(response.whole_points(), 26);
  EXPECT_EQ(response.reasons(0).whole_points(), 26);
  Has(response,
      Say("whole.rose_alone", {{"by", "26"},
                               {"before", "12"},
                               {"after", "38"},
                               {"cause", Because("cause.rose", "mentions")}}));
  response = compared(7, 1);
  EXPECT_EQ(response.whole_points(), -26);
  Has(response,
      Say("whole.fell_alone", {{"by", "26"},
                               {"before", "38"},
                               {"after", "12"},
                               {"cause", Because("cause.fell", "mentions")}}));
  response = compared(7, 31);  // 62.5, shown as 62
  EXPECT_EQ(response.reasons(0).whole_points(), 24);
  CheckReasons(response);
}

TEST(Compare, TheSentenceOfWholePointsIsWellFormed) {
  // Facts and formula cancel: something is said all the same.
  auto response = Parsed<abi1::CompareResponse>(CompareBytes(
      Eighths("test/a", abi1::SIGNAL_MENTIONS),
      Eighths("test/b", abi1::SIGNAL_REPLIES),
      OneAccount({{abi1::SIGNAL_MENTIONS, 3}}, {{abi1::SIGNAL_REPLIES, 3}}, 0)
          .SerializeAsString()));
  EXPECT_EQ(response.change_micropoints(), 0);
  ASSERT_EQ(response.reasons_size(), 2);
  const auto alone = [](const std::string& cause) {
    return Say("change.because_alone", {{"cause", cause}});
  };
  const std::string gives_more = Say(
      "cause.counts_more", {{"algorithm", "test/b"}, {"what", "attention"}});
  Has(response,
      Say("whole.same_but",
          {{"points", "25"},
           {"parts", Say("whole.lost_and_won",
                         {{"lost", "25"},
                          {"reasons", alone(Because("cause.no_longer_stated",
                                                    "mentions"))},
                          {"won", "25"},
                          {"others", alone(gives_more)}})}}));
  // Only losses, and more than one; less than a point.
  response = Compared(OneAccount(
      {{abi1::SIGNAL_FOLLOWERS, 5'000}, {abi1::SIGNAL_LISTINGS, 900}},
      {{abi1::SIGNAL_FOLLOWERS, 500}, {abi1::SIGNAL_LISTINGS, 90}}, 0));
  const auto fewer = [](const std::string& points, const std::string& what) {
    return Say("change.because",
               {{"points", points}, {"cause", Because("cause.fell", what)}});
  };
  Has(response, Say("whole.fell", {{"by", "6"},
                                   {"before", "21"},
                                   {"after", "15"},
                                   {"reasons", fewer("4", "listings") + ", " +
                                                   fewer("2", "followers")}}));
  response = Compared(OneAccount({{abi1::SIGNAL_FOLLOWERS, 5'000}},
                                 {{abi1::SIGNAL_FOLLOWERS, 5'001}}, 0));
  Has(response, Say("whole.same", {{"points", "10"}}));
  // Nothing at all.
  response = Compared(OneAccount({{abi1::SIGNAL_FOLLOWERS, 5'000}},
                                 {{abi1::SIGNAL_FOLLOWERS, 5'000}}, 30));
  EXPECT_EQ(response.text().find(Say("whole.same", {{"points", "10"}})),
            std::string::npos);
  EXPECT_EQ(response.text().find("\n" + Say("heading.why") + "\n"),
            std::string::npos);
  Has(response,
      Say("change.none",
          {{"id", "ada"}, {"points", Shown(response.after_micropoints())}}));
  Has(response, Say("changed.small"));
}

// ------------------------------------------------------------------- what-if

TEST(WhatIf, InvertsExactly) {
  std::mt19937_64 rng(7);
  const Client v1 = Client::Released("v1");
  int reached = 0;
  for (int i = 0; i < 300; ++i) {
    abi1::WhatIfRequest request;
    abi1::Profile* profile = request.mutable_profile();
    profile->set_id("p");
    for (int s = 0; s < kSignals; ++s) {
      if (profile->accounts_size() == 0) profile->add_accounts();
      if (rng() % 4 != 0) {
        SetSignal(profile->mutable_accounts(0), s, RandomMicros(rng) / 1'000);
      }
    }
    abi1::GoalQuestion* goal = request.add_goals();
    const int signal = static_cast<int>(rng() % kSignals);
    goal->set_signal(static_cast<abi1::Signal>(signal + 1));
    goal->set_rise_micropoints(1 + static_cast<int64_t>(rng() % 5'000'000));
    const auto response = Parsed<abi1::WhatIfResponse>(
        WhatIfBytes(v1, request.SerializeAsString()));
    const abi1::GoalAnswer& answer = response.goals(0);
    const int64_t now = response.now().ledger().score_micropoints();
    abi1::Profile changed = *profile;
    SetSignal(changed.mutable_accounts(0), signal, answer.value_micros());
    const int64_t score = ScoreOf(v1, changed);
    ASSERT_EQ(answer.score_micropoints(), score);
    if (!answer.reachable()) {
      ASSERT_EQ(answer.value_micros(), kLimit);
      ASSERT_LT(score - now, goal->rise_micropoints());
      continue;
    }
    ++reached;
    ASSERT_GE(score - now, goal->rise_micropoints());
    SetSignal(changed.mutable_accounts(0), signal, answer.value_micros() - 1);
    ASSERT_LT(ScoreOf(v1, changed) - now, goal->rise_micropoints());
  }
  EXPECT_GT(reached, 50);
}

TEST(WhatIf, RecomputesWithOverridesAndCurves) {
  const Client v1 = Client::Released("v1");
  abi1::WhatIfRequest request;
  abi1::Profile* profile = request.mutable_profile();
  profile->set_id("ada");
  profile->add_accounts()->set_network("x");
  profile->mutable_accounts(0)->set_followers_micros(2'400'000'000);
  profile->add_accounts()->set_network("mastodon");
  profile->mutable_accounts(1)->set_mentions_micros(30'000'000);
  abi1::Override* fact = request.add_overrides();
  fact->set_signal(abi1::SIGNAL_FOLLOWERS);
  fact->set_value_micros(12'000'000'000);
  fact->set_network("x");
  fact = request.add_overrides();
  fact->set_signal(abi1::SIGNAL_MENTIONS);  // unknown
  fact->set_network("mastodon");
  abi1::CurveQuestion* curve = request.add_curves();
  curve->set_factor(abi1::FACTOR_AUDIENCE);
  for (const int64_t quantity : {int64_t{0}, kLimit}) {
    curve->add_quantities_micros(quantity);
  }
  const auto response = Parsed<abi1::WhatIfResponse>(
      WhatIfBytes(v1, request.SerializeAsString()));
  abi1::Profile changed = *profile;
  changed.mutable_accounts(0)->set_followers_micros(12'000'000'000);
  changed.mutable_accounts(1)->clear_mentions_micros();
  EXPECT_EQ(response.then().ledger().score_micropoints(), ScoreOf(v1, changed));
  EXPECT_EQ(response.change().change_micropoints(),
            ScoreOf(v1, changed) - ScoreOf(v1, *profile));
  CheckLeg(response.change(), true);
  ASSERT_EQ(response.curves_size(), 1);
  EXPECT_EQ(response.curves(0).points(0).points_micropoints(), 0);
  EXPECT_EQ(response.curves(0).points(1).points_micropoints(), 18'000'000);
  // Who carries what: their points are the score.
  ASSERT_EQ(response.carriers_size(), 2);
  int64_t sum = 0;
  for (const abi1::Carrier& carrier : response.carriers()) {
    sum += carrier.points_micropoints();
    abi1::Profile rest = *profile;
    rest.mutable_accounts()->DeleteSubrange(carrier.network() == "x" ? 0 : 1,
                                            1);
    EXPECT_EQ(carrier.score_without_micropoints(), ScoreOf(v1, rest));
  }
  EXPECT_EQ(sum, response.now().ledger().score_micropoints());
  EXPECT_GE(response.carriers(0).points_micropoints(),
            response.carriers(1).points_micropoints());
}

TEST(WhatIf, TellsUnknownFromZeroAndNewFromOld) {
  const Client v1 = Client::Released("v1");
  abi1::WhatIfRequest request;
  abi1::Account* account = request.mutable_profile()->add_accounts();
  account->set_network("x");
  account->set_likes_micros(0);
  for (const auto& [signal, network] : {std::pair{abi1::SIGNAL_LIKES, "x"},
                                        std::pair{abi1::SIGNAL_MENTIONS, ""},
                                        std::pair{abi1::SIGNAL_LIKES, "y"}}) {
    abi1::GoalQuestion* goal = request.add_goals();
    goal->set_signal(signal);
    goal->set_network(network);
    goal->set_rise_micropoints(1);
  }
  for (const char* network : {"y", "x"}) {
    abi1::Override* fact = request.add_overrides();
    fact->set_signal(abi1::SIGNAL_FOLLOWERS);
    fact->set_network(network);
    fact->set_value_micros(1);
  }
  const auto response = Parsed<abi1::WhatIfResponse>(
      WhatIfBytes(v1, request.SerializeAsString()));
  ASSERT_EQ(response.goals_size(), 3);
  EXPECT_TRUE(response.goals(0).has_stated_micros());
  EXPECT_EQ(response.goals(0).stated_micros(), 0);
  EXPECT_FALSE(response.goals(0).is_new_account());
  EXPECT_FALSE(response.goals(1).has_stated_micros());
  EXPECT_EQ(response.goals(1).network(), "x");
  EXPECT_FALSE(response.goals(2).has_stated_micros());
  EXPECT_TRUE(response.goals(2).is_new_account());
  ASSERT_EQ(response.new_networks_size(), 1);
  EXPECT_EQ(response.new_networks(0), "y");
}

TEST(WhatIf, CarriesWhatTheEventsSay) {
  const Client v1 = Client::Released("v1");
  abi1::WhatIfRequest request;
  request.mutable_profile()->add_accounts()->set_likes_micros(9'000'000);
  const int64_t now = ScoreOf(v1, request.profile());
  abi1::ActorCarrier* actor = request.add_actors();
  actor->set_actor("\n\u00e9");  // any text
  actor->set_score_without_micropoints(now);
  abi1::TopicEvidence* topic = request.add_topics();
  topic->set_topic("t");
  topic->set_people(3);
  topic->set_quantity_micros(5);
  topic->set_score_micros(2);
  topic->set_score_without_micropoints(0);
  const auto response = Parsed<abi1::WhatIfResponse>(
      WhatIfBytes(v1, request.SerializeAsString()));
  ASSERT_EQ(response.actors_size(), 1);
  EXPECT_EQ(response.actors(0).SerializeAsString(), actor->SerializeAsString());
  ASSERT_EQ(response.topics_size(), 1);
  EXPECT_EQ(response.topics(0).SerializeAsString(), topic->SerializeAsString());

  const auto refuses = [&v1](const abi1::WhatIfRequest& asked,
                             const std::string& field) {
    const Answer answer = WhatIfBytes(v1, asked.SerializeAsString());
    EXPECT_NE(answer.status, INFLUENCE_OK);
    EXPECT_EQ(answer.message.find(field + ": "), 0) << answer.message;
  };
  abi1::WhatIfRequest lying = request;
  lying.mutable_actors(0)->set_score_without_micropoints(now + 1);
  refuses(lying, "actors[0].score_without_micropoints");
  lying = request;
  lying.mutable_topics(0)->set_score_without_micropoints(now + 1);
  refuses(lying, "topics[0].score_without_micropoints");
  lying.mutable_topics(0)->set_score_without_micropoints(-1);
  refuses(lying, "topics[0].score_without_micropoints");
  lying.mutable_topics(0)->clear_score_without_micropoints();
  refuses(lying, "topics[0].score_without_micropoints");
  lying = request;
  for (int i = 0; i < 1'000; ++i) *lying.add_actors() = *actor;
  refuses(lying, "actors");
}

TEST(WhatIf, SaysWhichFieldIsAtFault) {
  const Client v1 = Client::Released("v1");
  const auto status_of = [&v1](const abi1::WhatIfRequest& request,
                               const std::string& field) {
    const Answer answer = WhatIfBytes(v1, request.SerializeAsString());
    EXPECT_NE(answer.message.find(field), std::string::npos) << answer.message;
    return answer.status;
  };
  abi1::WhatIfRequest request;
  request.mutable_profile()->add_accounts();
  request.mutable_profile()->add_accounts();
  request.add_goals()->set_signal(abi1::SIGNAL_LIKES);
  EXPECT_EQ(status_of(request, "goals[0].rise_micropoints"),
            INFLUENCE_OUT_OF_RANGE);
  request.mutable_goals(0)->set_rise_micropoints(1);
  EXPECT_EQ(status_of(request, "goals[0].network"), INFLUENCE_INVALID_ARGUMENT);
  request.clear_goals();
  request.add_overrides();
  EXPECT_EQ(status_of(request, "overrides[0].signal"),
            INFLUENCE_INVALID_ARGUMENT);
  request.mutable_overrides(0)->set_signal(abi1::SIGNAL_LIKES);
  request.mutable_overrides(0)->set_value_micros(kLimit + 1);
  EXPECT_EQ(status_of(request, "overrides[0].value_micros"),
            INFLUENCE_OUT_OF_RANGE);
  request.mutable_overrides(0)->set_value_micros(kLimit);
  request.mutable_overrides(0)->set_network("x");
  *request.add_overrides() = request.overrides(0);
  EXPECT_EQ(status_of(request, "overrides[1]"), INFLUENCE_INVALID_ARGUMENT);
  request.clear_overrides();
  request.add_curves()->set_factor(abi1::FACTOR_CURATION);
  request.mutable_curves(0)->add_quantities_micros(-1);
  EXPECT_EQ(status_of(request, "curves[0].quantities_micros[0]"),
            INFLUENCE_OUT_OF_RANGE);
}

}  // namespace
}  // namespace influence::testing
