// Who and what carries a score: the score without them is that of the log
// without what they did to the person.
#include <random>
#include <set>

#include "gtest/gtest.h"
#include "tests/tally/client.h"

namespace influence::testing {
namespace {

constexpr int64_t kDay = 86'400;
constexpr int64_t kAsOf = 20'000 * kDay + kDay / 2;

abi1::Event Reaction(const std::string& actor, const std::string& subject,
                     abi1::Signal kind, int64_t days_before = 0,
                     const std::string& network = "x",
                     const std::string& topic = "") {
  abi1::Event event;
  event.set_actor(actor);
  event.set_subject(subject);
  event.set_kind(kind);
  event.set_time_seconds(kAsOf - days_before * kDay);
  event.set_network(network);
  event.set_topic(topic);
  return event;
}

// Quality belongs to the actor, whichever of their events is left out.
std::vector<abi1::Event> RandomEvents(std::mt19937_64* random, size_t count) {
  static const char* const kPeople[] = {"a", "bb", "ccc", "dddd", "e"};
  static const char* const kPlaces[] = {"", "x", "m"};
  static const char* const kTopics[] = {"", "go", "tea"};
  std::vector<abi1::Event> events;
  const auto below = [random](size_t bound) { return (*random)() % bound; };
  for (size_t i = 0; i < count; ++i) {
    auto kind = static_cast<abi1::Signal>(1 + below(10));
    if (kind == abi1::SIGNAL_STANDING) kind = abi1::SIGNAL_ENDORSEMENTS;
    const size_t actor = below(5);
    abi1::Event event = Reaction(kPeople[actor], kPeople[below(5)], kind,
                                 static_cast<int64_t>(below(400)),
                                 kPlaces[below(3)], kTopics[below(3)]);
    if (actor == 2) event.set_quality_micros(345'678);
    if (below(4) == 0) event.set_count(1 + static_cast<int64_t>(below(9'000)));
    events.push_back(event);
  }
  return events;
}

// The person's score by the events that `keeps` keeps; 0 if none is left.
template <typename Keeps>
int64_t ScoreOf(const Engine& engine, const std::string& id,
                const std::vector<abi1::Event>& events, Keeps keeps) {
  abi1::EventBatch batch;
  for (const abi1::Event& event : events) {
    if (keeps(event)) *batch.add_events() = event;
  }
  Tally tally(engine, kAsOf);
  tally.Add(batch);
  const Profiles profiles = tally.AllProfiles();
  if (profiles.count(id) == 0) return 0;
  return tally.Subject(id).result().ledger().score_micropoints();
}

TEST(Carriers, AreWhatTheLogWithoutThemGives) {
  const Engine engine = V1();
  std::mt19937_64 random(8);
  size_t asked = 0;
  for (int round = 0; round < 40; ++round) {
    const std::vector<abi1::Event> events =
        RandomEvents(&random, 10 + static_cast<size_t>(random() % 120));
    abi1::EventBatch batch;
    for (const abi1::Event& event : events) *batch.add_events() = event;
    Tally tally(engine, kAsOf);
    tally.Add(batch);
    for (const auto& [name, accounts] : tally.AllProfiles()) {
      const std::string& id = name;
      const abi1::SubjectReport report = tally.Subject(id, 0, true);
      std::set<std::string> actors;
      for (const abi1::ActorCarrier& carrier : report.actors()) {
        EXPECT_TRUE(actors.insert(carrier.actor()).second);
        EXPECT_EQ(carrier.score_without_micropoints(),
                  ScoreOf(engine, id, events, [&](const abi1::Event& event) {
                    return event.actor() != carrier.actor() ||
                           event.subject() != id;
                  }));
        ++asked;
      }
      for (const abi1::Event& event : events) {
        if (event.subject() == id && event.actor() != id) {
          EXPECT_EQ(actors.count(event.actor()), 1u);
        }
      }
      for (const abi1::TopicEvidence& topic : report.topics()) {
        ASSERT_TRUE(topic.has_score_without_micropoints());
        EXPECT_EQ(topic.score_without_micropoints(),
                  ScoreOf(engine, id, events, [&](const abi1::Event& event) {
                    return event.topic() != topic.topic() ||
                           event.subject() != id;
                  }));
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 500u);
}

// All that an actor did to anybody may be left out as well, as nobody else's
// gifts to the person hang on it.
TEST(Carriers, HangOnNothingElseThatTheActorDid) {
  const Engine engine = V1();
  std::mt19937_64 random(9);
  const std::vector<abi1::Event> events = RandomEvents(&random, 300);
  abi1::EventBatch batch;
  for (const abi1::Event& event : events) *batch.add_events() = event;
  Tally tally(engine, kAsOf);
  tally.Add(batch);
  const abi1::SubjectReport report = tally.Subject("a", 0, true);
  ASSERT_EQ(report.actors_size(), 4);
  for (const abi1::ActorCarrier& carrier : report.actors()) {
    EXPECT_EQ(carrier.score_without_micropoints(),
              ScoreOf(engine, "a", events, [&](const abi1::Event& event) {
                return event.actor() != carrier.actor();
              }));
  }
}

// By hand, of the example in TALLY.md.
TEST(Carriers, OfTheExample) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  abi1::EventBatch batch;
  for (const abi1::Event& event :
       {Reaction("bob", "ada", abi1::SIGNAL_MENTIONS),
        Reaction("bob", "ada", abi1::SIGNAL_MENTIONS, 45),
        Reaction("cy", "ada", abi1::SIGNAL_RESHARES, 90, "m", "tea"),
        Reaction("cy", "ada", abi1::SIGNAL_MENTIONS, 0, "x", "go"),
        Reaction("bob", "ada", abi1::SIGNAL_ENDORSEMENTS, 0, "", "go"),
        Reaction("ada", "bob", abi1::SIGNAL_ENDORSEMENTS, 180, "", "go")}) {
    *batch.add_events() = event;
  }
  abi1::Event other = Reaction("cy", "dan", abi1::SIGNAL_MENTIONS);
  other.set_count(19);
  *batch.add_events() = other;
  tally.Add(batch);
  const abi1::SubjectReport report = tally.Subject("ada", 0, true);

  const auto score = [&engine](int64_t mentions, int64_t reshares,
                               int64_t endorsements) {
    abi1::ScoreRequest request;
    request.set_algorithm("v1");
    abi1::Account* account = request.add_profiles()->add_accounts();
    account->set_mentions_micros(mentions);
    account->set_reshares_micros(reshares);
    account->set_endorsements_micros(endorsements);
    const std::string bytes = request.SerializeAsString();
    Taken response;
    EXPECT_EQ(influence_score(engine.get(), Data(bytes), bytes.size(),
                              response.out(), nullptr),
              INFLUENCE_OK);
    abi1::ScoreResponse parsed;
    EXPECT_TRUE(parsed.ParseFromString(response.text()));
    return parsed.results(0).ledger().score_micropoints();
  };
  EXPECT_EQ(report.result().ledger().score_micropoints(),
            score(1'895'348, 246'913, 809'523));
  ASSERT_EQ(report.actors_size(), 2);
  EXPECT_EQ(report.actors(0).actor(), "bob");
  EXPECT_EQ(report.actors(0).score_without_micropoints(),
            score(500'000, 246'913, 0));
  EXPECT_EQ(report.actors(1).actor(), "cy");
  EXPECT_EQ(report.actors(1).score_without_micropoints(),
            score(1'395'348, 0, 809'523));
  // go: cy's mention and bob's endorsement.
  ASSERT_EQ(report.topics_size(), 2);
  EXPECT_EQ(report.topics(0).topic(), "go");
  EXPECT_EQ(report.topics(0).score_without_micropoints(),
            score(1'395'348, 246'913, 0));
  EXPECT_EQ(report.topics(1).topic(), "tea");
  EXPECT_EQ(report.topics(1).score_without_micropoints(),
            score(1'895'348, 0, 809'523));

  // As many as asked for, of those who carry most.
  const abi1::SubjectReport one = tally.Subject("ada", 1, true);
  ASSERT_EQ(one.actors_size(), 1);
  EXPECT_EQ(one.actors(0).actor(), "bob");

  const abi1::SubjectReport none = tally.Subject("ada");
  EXPECT_EQ(none.actors_size(), 0);
  EXPECT_FALSE(none.topics(0).has_score_without_micropoints());
}

}  // namespace
}  // namespace influence::testing
