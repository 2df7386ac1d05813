// Every change is split to the micropoint: over random people and algorithms,
// as many pairs as INFLUENCE_PAIRS says.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "gtest/gtest.h"
#include "tests/insight/insight_client.h"

namespace influence::testing {
namespace {

constexpr size_t kAlgorithms = 48;

size_t Pairs() {
  const char* text = std::getenv("INFLUENCE_PAIRS");
  return text == nullptr ? 20'000 : std::strtoul(text, nullptr, 10);
}

int64_t ScoreOf(const Client& client, const wire::Profile& profile) {
  wire::ScoreRequest request = client.NewRequest();
  *request.add_profiles() = profile;
  return client.Score(request).results(0).ledger().score_micropoints();
}

// Some later facts of the same person: unchanged, a little or wholly other.
wire::Profile Later(const wire::Profile& before, std::mt19937_64& rng) {
  wire::Profile after = before;
  const uint64_t roll = rng() % 8;
  if (roll == 0) return after;
  if (roll == 1) {
    after = RandomProfile(rng);
    after.set_id(before.id());
    return after;
  }
  for (wire::Account& account : *after.mutable_accounts()) {
    for (int i = 0; i < kSignals; ++i) {
      if (rng() % 3 != 0) continue;
      if (rng() % 6 == 0) {
        ClearSignal(&account, i);
      } else {
        SetSignal(&account, i, RandomMicros(rng));
      }
    }
  }
  return after;
}

void CheckLeg(const wire::Leg& leg, bool has_parts) {
  int64_t sum = 0, faded = 0;
  for (const wire::LegLine& line : leg.lines()) {
    ASSERT_EQ(line.change_micropoints(),
              line.after_micropoints() - line.before_micropoints());
    sum += line.change_micropoints();
    faded += line.faded_micropoints();
    ASSERT_LE(line.faded_micropoints(), 0);
    ASSERT_GE(line.faded_micropoints(),
              std::min<int64_t>(0, line.change_micropoints()));
    for (const auto* parts : {&line.networks(), &line.signals()}) {
      int64_t in_parts = 0;
      for (const wire::LegPart& part : *parts) {
        in_parts += part.change_micropoints();
        // Nothing that rose takes away, and nothing that fell gives, but for
        // the last millionths of rounding.
        const int64_t rise =
            part.after_quantity_micros() - part.before_quantity_micros();
        if (rise > 640) {
          ASSERT_GE(part.change_micropoints(), 0);
        }
        if (rise < -640) {
          ASSERT_LE(part.change_micropoints(), 0);
        }
      }
      ASSERT_EQ(in_parts, has_parts ? line.change_micropoints() : 0)
          << line.DebugString();
    }
  }
  ASSERT_EQ(leg.change_micropoints(), sum);
  ASSERT_EQ(leg.faded_micropoints(), faded);
}

// What age did is a score too: each row's faded quantity, in a profile of its
// own, gives the points before less what faded.
void CheckFading(const Client& client, const wire::Leg& leg) {
  for (const wire::LegLine& line : leg.lines()) {
    ASSERT_LE(line.faded_quantity_micros(), line.before_quantity_micros());
    wire::WhatIfRequest request;
    wire::CurveQuestion* curve = request.add_curves();
    curve->set_factor(line.factor());
    curve->add_quantities_micros(line.faded_quantity_micros());
    const auto response = Parsed<wire::WhatIfResponse>(
        WhatIfBytes(client, request.SerializeAsString()));
    ASSERT_EQ(response.curves(0).points(0).points_micropoints(),
              line.before_micropoints() + line.faded_micropoints());
  }
}

// Reasons of one line of the input leg follow on each other.
void CheckReasonsFollow(const wire::CompareResponse& response) {
  for (const wire::LegLine& line : response.input().lines()) {
    int64_t faded = 0, rest = 0;
    for (const wire::ChangeReason& reason : response.reasons()) {
      if (reason.factor() != line.factor() ||
          reason.code() >= wire::CHANGE_COUNTS_MORE) {
        continue;
      }
      const bool is_faded = reason.code() == wire::CHANGE_FADED;
      (is_faded ? faded : rest) += reason.change_micropoints();
      ASSERT_EQ(is_faded ? reason.after_quantity_micros()
                         : reason.before_quantity_micros(),
                line.faded_quantity_micros());
    }
    ASSERT_EQ(faded, line.faded_micropoints());
    ASSERT_EQ(faded + rest, line.change_micropoints());
  }
}

void CheckReasons(const wire::CompareResponse& response) {
  int64_t sum = 0, whole = 0;
  for (const wire::ChangeReason& reason : response.reasons()) {
    ASSERT_NE(reason.change_micropoints(), 0);
    ASSERT_NE(reason.code(), wire::CHANGE_UNSPECIFIED);
    sum += reason.change_micropoints();
    whole += reason.whole_points();
    // Whole points are the exact ones, rounded up or down.
    ASSERT_LT(std::abs(reason.whole_points() * 1'000'000 -
                       reason.change_micropoints()),
              1'000'000);
  }
  ASSERT_EQ(sum, response.change_micropoints());
  ASSERT_EQ(whole, response.whole_points());
}

TEST(Compare, LegsSumToTheMicropoint) {
  std::mt19937_64 rng(20'111'026);
  std::vector<Client> clients;
  clients.push_back(Client::Released("v1"));
  while (clients.size() < kAlgorithms) {
    clients.push_back(Client::Custom(ValidAlgorithm(rng)));
  }
  const size_t pairs = Pairs();
  for (size_t i = 0; i < pairs && !HasFatalFailure(); ++i) {
    const Client& before = clients[rng() % kAlgorithms];
    const Client& after = clients[rng() % kAlgorithms];
    wire::CompareRequest request;
    *request.mutable_before()->mutable_profile() = RandomProfile(rng);
    *request.mutable_after()->mutable_profile() =
        Later(request.before().profile(), rng);
    if (rng() % 4 != 0) {
      request.mutable_before()->mutable_identity()->set_as_of_days(20'000);
      request.mutable_after()->mutable_identity()->set_as_of_days(
          static_cast<int32_t>(19'990 + rng() % 200));
    }
    const auto response = Parsed<wire::CompareResponse>(
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
    CheckReasonsFollow(response);
    if (i % 16 == 0) CheckFading(before, response.input());
    if (i % 64 != 0) continue;  // the three scores are those of influence_score
    ASSERT_EQ(response.before_micropoints(),
              ScoreOf(before, request.before().profile()));
    ASSERT_EQ(response.between_micropoints(),
              ScoreOf(before, request.after().profile()));
    ASSERT_EQ(response.after_micropoints(),
              ScoreOf(after, request.after().profile()));
  }
}

TEST(Compare, ListsWhatIdentityDiffersIn) {
  const Client v1 = Client::Released("v1");
  wire::CompareRequest request;
  wire::Identity* before = request.mutable_before()->mutable_identity();
  wire::Identity* after = request.mutable_after()->mutable_identity();
  before->set_as_of_days(20'000);
  after->set_as_of_days(20'030);
  before->set_library_version("0.0.9");
  before->set_input_digest("aa");
  after->set_input_digest("aa");
  const auto response = Parsed<wire::CompareResponse>(
      CompareBytes(v1, v1, request.SerializeAsString()));
  ASSERT_EQ(response.differences_size(), 2);
  EXPECT_EQ(response.differences(0).field(), 3u);  // library_version
  EXPECT_EQ(response.differences(0).before(), "0.0.9");
  EXPECT_EQ(response.differences(0).after(), influence_library_version());
  EXPECT_EQ(response.differences(1).field(), 5u);
  EXPECT_EQ(response.differences(1).before(), "20000");
  EXPECT_EQ(response.differences(1).after(), "20030");
  EXPECT_EQ(response.before().algorithm(), "v1");
  EXPECT_EQ(response.change_micropoints(), 0);

  before->set_algorithm("v0");
  const Answer refused = CompareBytes(v1, v1, request.SerializeAsString());
  EXPECT_EQ(refused.status, INFLUENCE_ALGORITHM_MISMATCH);
  EXPECT_NE(refused.message.find("before.identity.algorithm"),
            std::string::npos)
      << refused.message;
}

TEST(Compare, SaysWhichFieldIsAtFault) {
  const Client v1 = Client::Released("v1");
  wire::CompareRequest request;
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

// Eighty reshares and some followers, and as many reshares `days` later.
wire::CompareRequest Reshares(int64_t before, int64_t after, int32_t days) {
  wire::CompareRequest request;
  request.set_rendering(wire::RENDERING_TEXT);
  wire::Profile* old_one = request.mutable_before()->mutable_profile();
  old_one->set_id("ada");
  old_one->add_accounts()->set_reshares_micros(before);
  old_one->mutable_accounts(0)->set_followers_micros(2'400'000'000);
  *request.mutable_after()->mutable_profile() = *old_one;
  request.mutable_after()
      ->mutable_profile()
      ->mutable_accounts(0)
      ->set_reshares_micros(after);
  request.mutable_before()->mutable_identity()->set_as_of_days(20'000);
  request.mutable_after()->mutable_identity()->set_as_of_days(20'000 + days);
  return request;
}

TEST(Compare, SaysFadedOfWhatIsMerelyOlder) {
  const Client v1 = Client::Released("v1");
  const auto compared = [&v1](int64_t before, int64_t after, int32_t days) {
    return Parsed<wire::CompareResponse>(CompareBytes(
        v1, v1, Reshares(before, after, days).SerializeAsString()));
  };
  // A half-life later, half: it is the same reshares.
  auto response = compared(80'000'000, 40'000'000, 45);
  ASSERT_EQ(response.reasons_size(), 1);
  EXPECT_EQ(response.reasons(0).code(), wire::CHANGE_FADED);
  EXPECT_EQ(response.reasons(0).signal(), wire::SIGNAL_RESHARES);
  EXPECT_EQ(response.reasons(0).half_life_days(), 45);
  EXPECT_EQ(response.input().faded_micropoints(),
            response.change_micropoints());
  EXPECT_NE(response.text().find("older reshares faded"), std::string::npos)
      << response.text();
  // Less than that is left: some are really gone.
  response = compared(80'000'000, 20'000'000, 45);
  ASSERT_EQ(response.reasons_size(), 2);
  int64_t sum = 0;
  for (const wire::ChangeReason& reason : response.reasons()) {
    const bool faded = reason.code() == wire::CHANGE_FADED;
    EXPECT_EQ(faded ? reason.after_quantity_micros()
                    : reason.before_quantity_micros(),
              40'000'000);
    EXPECT_TRUE(faded || reason.code() == wire::CHANGE_FELL);
    sum += reason.change_micropoints();
  }
  EXPECT_EQ(sum, response.change_micropoints());
  // New ones came, but fewer than faded.
  response = compared(80'000'000, 60'000'000, 45);
  ASSERT_EQ(response.reasons_size(), 1);
  EXPECT_EQ(response.reasons(0).code(), wire::CHANGE_FADED);
  // More than before; nothing has to be said of age.
  response = compared(80'000'000, 90'000'000, 45);
  ASSERT_EQ(response.reasons_size(), 1);
  EXPECT_EQ(response.reasons(0).code(), wire::CHANGE_ROSE);
  // No time went by, or it went backwards: nothing can have faded.
  for (const int32_t days : {0, -45}) {
    response = compared(80'000'000, 40'000'000, days);
    ASSERT_EQ(response.reasons_size(), 1);
    EXPECT_EQ(response.reasons(0).code(), wire::CHANGE_FELL);
    EXPECT_EQ(response.input().faded_micropoints(), 0);
  }
  // Of when a side is, is not known.
  wire::CompareRequest request = Reshares(80'000'000, 40'000'000, 45);
  request.mutable_before()->mutable_identity()->clear_as_of_days();
  response = Parsed<wire::CompareResponse>(
      CompareBytes(v1, v1, request.SerializeAsString()));
  EXPECT_EQ(response.reasons(0).code(), wire::CHANGE_FELL);
  EXPECT_NE(response.text().find("there are fewer reshares"),
            std::string::npos);
}

// ------------------------------------------------------------------- what-if

TEST(WhatIf, InvertsExactly) {
  std::mt19937_64 rng(7);
  const Client v1 = Client::Released("v1");
  int reached = 0;
  for (int i = 0; i < 300; ++i) {
    wire::WhatIfRequest request;
    wire::Profile* profile = request.mutable_profile();
    profile->set_id("p");
    for (int s = 0; s < kSignals; ++s) {
      if (profile->accounts_size() == 0) profile->add_accounts();
      if (rng() % 4 != 0) {
        SetSignal(profile->mutable_accounts(0), s, RandomMicros(rng) / 1'000);
      }
    }
    wire::GoalQuestion* goal = request.add_goals();
    const int signal = static_cast<int>(rng() % kSignals);
    goal->set_signal(static_cast<wire::Signal>(signal + 1));
    goal->set_rise_micropoints(1 + static_cast<int64_t>(rng() % 5'000'000));
    const auto response = Parsed<wire::WhatIfResponse>(
        WhatIfBytes(v1, request.SerializeAsString()));
    const wire::GoalAnswer& answer = response.goals(0);
    const int64_t now = response.now().ledger().score_micropoints();
    wire::Profile changed = *profile;
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
  wire::WhatIfRequest request;
  wire::Profile* profile = request.mutable_profile();
  profile->set_id("ada");
  profile->add_accounts()->set_network("x");
  profile->mutable_accounts(0)->set_followers_micros(2'400'000'000);
  profile->add_accounts()->set_network("mastodon");
  profile->mutable_accounts(1)->set_mentions_micros(30'000'000);
  wire::Override* fact = request.add_overrides();
  fact->set_signal(wire::SIGNAL_FOLLOWERS);
  fact->set_value_micros(12'000'000'000);
  fact->set_network("x");
  fact = request.add_overrides();
  fact->set_signal(wire::SIGNAL_MENTIONS);  // unknown
  fact->set_network("mastodon");
  wire::CurveQuestion* curve = request.add_curves();
  curve->set_factor(wire::FACTOR_AUDIENCE);
  for (const int64_t quantity : {int64_t{0}, kLimit}) {
    curve->add_quantities_micros(quantity);
  }
  const auto response = Parsed<wire::WhatIfResponse>(
      WhatIfBytes(v1, request.SerializeAsString()));
  wire::Profile changed = *profile;
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
  for (const wire::Carrier& carrier : response.carriers()) {
    sum += carrier.points_micropoints();
    wire::Profile rest = *profile;
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
  wire::WhatIfRequest request;
  wire::Account* account = request.mutable_profile()->add_accounts();
  account->set_network("x");
  account->set_likes_micros(0);
  for (const auto& [signal, network] : {std::pair{wire::SIGNAL_LIKES, "x"},
                                        std::pair{wire::SIGNAL_MENTIONS, ""},
                                        std::pair{wire::SIGNAL_LIKES, "y"}}) {
    wire::GoalQuestion* goal = request.add_goals();
    goal->set_signal(signal);
    goal->set_network(network);
    goal->set_rise_micropoints(1);
  }
  for (const char* network : {"y", "x"}) {
    wire::Override* fact = request.add_overrides();
    fact->set_signal(wire::SIGNAL_FOLLOWERS);
    fact->set_network(network);
    fact->set_value_micros(1);
  }
  const auto response = Parsed<wire::WhatIfResponse>(
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
  wire::WhatIfRequest request;
  request.mutable_profile()->add_accounts()->set_likes_micros(9'000'000);
  const int64_t now = ScoreOf(v1, request.profile());
  wire::ActorCarrier* actor = request.add_actors();
  actor->set_actor("\xff\n");  // any bytes
  actor->set_score_without_micropoints(now);
  wire::TopicEvidence* topic = request.add_topics();
  topic->set_topic("t");
  topic->set_people(3);
  topic->set_quantity_micros(5);
  topic->set_score_micros(2);
  topic->set_score_without_micropoints(0);
  const auto response = Parsed<wire::WhatIfResponse>(
      WhatIfBytes(v1, request.SerializeAsString()));
  ASSERT_EQ(response.actors_size(), 1);
  EXPECT_EQ(response.actors(0).SerializeAsString(), actor->SerializeAsString());
  ASSERT_EQ(response.topics_size(), 1);
  EXPECT_EQ(response.topics(0).SerializeAsString(), topic->SerializeAsString());

  const auto refuses = [&v1](const wire::WhatIfRequest& asked,
                             const std::string& field) {
    const Answer answer = WhatIfBytes(v1, asked.SerializeAsString());
    EXPECT_NE(answer.status, INFLUENCE_OK);
    EXPECT_EQ(answer.message.find(field + ": "), 0) << answer.message;
  };
  wire::WhatIfRequest lying = request;
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
  const auto status_of = [&v1](const wire::WhatIfRequest& request,
                               const std::string& field) {
    const Answer answer = WhatIfBytes(v1, request.SerializeAsString());
    EXPECT_NE(answer.message.find(field), std::string::npos) << answer.message;
    return answer.status;
  };
  wire::WhatIfRequest request;
  request.mutable_profile()->add_accounts();
  request.mutable_profile()->add_accounts();
  request.add_goals()->set_signal(wire::SIGNAL_LIKES);
  EXPECT_EQ(status_of(request, "goals[0].rise_micropoints"),
            INFLUENCE_OUT_OF_RANGE);
  request.mutable_goals(0)->set_rise_micropoints(1);
  EXPECT_EQ(status_of(request, "goals[0].network"), INFLUENCE_INVALID_ARGUMENT);
  request.clear_goals();
  request.add_overrides();
  EXPECT_EQ(status_of(request, "overrides[0].signal"),
            INFLUENCE_INVALID_ARGUMENT);
  request.mutable_overrides(0)->set_signal(wire::SIGNAL_LIKES);
  request.mutable_overrides(0)->set_value_micros(kLimit + 1);
  EXPECT_EQ(status_of(request, "overrides[0].value_micros"),
            INFLUENCE_OUT_OF_RANGE);
  request.mutable_overrides(0)->set_value_micros(kLimit);
  request.mutable_overrides(0)->set_network("x");
  *request.add_overrides() = request.overrides(0);
  EXPECT_EQ(status_of(request, "overrides[1]"), INFLUENCE_INVALID_ARGUMENT);
  request.clear_overrides();
  request.add_curves()->set_factor(wire::FACTOR_CURATION);
  request.mutable_curves(0)->add_quantities_micros(-1);
  EXPECT_EQ(status_of(request, "curves[0].quantities_micros[0]"),
            INFLUENCE_OUT_OF_RANGE);
}

}  // namespace
}  // namespace influence::testing
