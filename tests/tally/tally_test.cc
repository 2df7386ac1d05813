// The tally: its rule against a reference, its laws over random trees.
#include <algorithm>
#include <fstream>
#include <mutex>
#include <random>
#include <sstream>
#include <thread>

#include "gtest/gtest.h"
#include "tests/tally/client.h"
#include "tests/tally/reference.h"

namespace influence::testing {
namespace {

constexpr int64_t kDay = 86'400;
constexpr int64_t kAsOf = 20'000 * kDay + kDay / 2;

wire::Event Reaction(const std::string& actor, const std::string& subject,
                     wire::Signal kind, int64_t days_before = 0,
                     const std::string& network = "x",
                     const std::string& topic = "") {
  wire::Event event;
  event.set_actor(actor);
  event.set_subject(subject);
  event.set_kind(kind);
  event.set_time_seconds(kAsOf - days_before * kDay);
  event.set_network(network);
  event.set_topic(topic);
  return event;
}

wire::EventBatch Batch(const std::vector<wire::Event>& events) {
  wire::EventBatch batch;
  for (const wire::Event& event : events) *batch.add_events() = event;
  return batch;
}

using Random = std::mt19937_64;

size_t Below(Random* random, size_t bound) {
  return static_cast<size_t>((*random)() % bound);
}

// Few people and many rules: everything meets everything.
std::vector<wire::Event> RandomEvents(Random* random, size_t count) {
  static const char* const kPeople[] = {
      "a", "bb", "ccc", "dddd", "e", "long-name-beyond-eight", "\xff\x01"};
  static const char* const kPlaces[] = {"", "x", "m", "x"};
  std::vector<wire::Event> events;
  for (size_t i = 0; i < count; ++i) {
    auto kind = static_cast<wire::Signal>(1 + Below(random, 10));
    if (kind == wire::SIGNAL_STANDING) kind = wire::SIGNAL_ENDORSEMENTS;
    wire::Event event =
        Reaction(kPeople[Below(random, 7)], kPeople[Below(random, 7)], kind,
                 static_cast<int64_t>(Below(random, 2'000)) - 2,
                 kPlaces[Below(random, 4)], Below(random, 2) == 0 ? "" : "go");
    event.set_time_seconds(event.time_seconds() +
                           static_cast<int64_t>(Below(random, kDay)));
    if (Below(random, 4) == 0) {
      event.set_count(1 + static_cast<int64_t>(Below(random, 1'000'000)));
    }
    if (Below(random, 8) == 0) {
      event.set_quality_micros(100'000 +
                               static_cast<int64_t>(Below(random, 900'001)));
    }
    if (Below(random, 4) == 0) {
      event.set_event_id(std::to_string(Below(random, 5)));
    }
    events.push_back(event);
  }
  return events;
}

// The same events as columns.
Column Table(const std::vector<wire::Event>& events) {
  std::vector<std::string> texts[5];
  std::vector<int32_t> kinds;
  std::vector<int64_t> times, qualities, counts;
  std::vector<bool> has_quality, has_count;
  for (const wire::Event& event : events) {
    texts[0].push_back(event.actor());
    texts[1].push_back(event.subject());
    texts[2].push_back(event.network());
    texts[3].push_back(event.topic());
    texts[4].push_back(event.event_id());
    kinds.push_back(event.kind());
    times.push_back(event.time_seconds());
    qualities.push_back(event.quality_micros());
    counts.push_back(event.count());
    has_quality.push_back(event.has_quality_micros());
    has_count.push_back(event.has_count());
  }
  std::vector<Column> columns = {
      Column::Text("actor", texts[0]),    Column::Text("subject", texts[1]),
      Column::Text("network", texts[2]),  Column::Text("topic", texts[3]),
      Column::Text("event_id", texts[4]), Column::Of("kind", "i", kinds),
      Column::Of("time", "l", times),     Column::Of("quality", "l", qualities),
      Column::Of("count", "l", counts)};
  columns[7].Valid(has_quality);
  columns[8].Valid(has_count);
  return Column::Struct("", static_cast<int64_t>(events.size()),
                        std::move(columns));
}

std::string Micros(int64_t micros) {
  std::string digits = std::to_string(micros);
  digits.insert(0, digits.size() < 7 ? 7 - digits.size() : 0, '0');
  return digits.insert(digits.size() - 6, ".");
}

TEST(Tally, DoesTheExampleOfItsSpecification) {
  std::vector<wire::Event> events = {
      Reaction("bob", "ada", wire::SIGNAL_MENTIONS),
      Reaction("bob", "ada", wire::SIGNAL_MENTIONS, 45),
      Reaction("cy", "ada", wire::SIGNAL_RESHARES, 90, "m"),
      Reaction("cy", "ada", wire::SIGNAL_MENTIONS),
      Reaction("cy", "dan", wire::SIGNAL_MENTIONS),
      Reaction("ada", "ada", wire::SIGNAL_MENTIONS),
      Reaction("bob", "ada", wire::SIGNAL_ENDORSEMENTS, 0, "", "go"),
      Reaction("bob", "ada", wire::SIGNAL_ENDORSEMENTS, 180, "", "go"),
      Reaction("ada", "bob", wire::SIGNAL_ENDORSEMENTS, 180, "", "go")};
  events[4].set_count(19);
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  tally.Add(Batch(events));
  EXPECT_EQ(tally.Report().ignored().self_reaction(), 1u);
  Profiles profiles = tally.Finish();
  const int64_t mentions = profiles["ada"]["x"]["mentions_micros"];
  EXPECT_EQ(mentions, 1'895'348);
  EXPECT_EQ(profiles["ada"]["m"]["reshares_micros"], 246'913);
  EXPECT_EQ(profiles["ada"][""]["endorsements_micros"], 809'523);
  EXPECT_EQ(profiles["bob"][""]["endorsements_micros"], 341'463);

  std::ifstream file(INFLUENCE_SOURCE_DIR "/src/algorithm/v1/TALLY.md");
  std::stringstream page;
  page << file.rdbuf();
  for (const int64_t number : {mentions, int64_t{246'913}, int64_t{809'523},
                               int64_t{341'463}, int64_t{1'395'348}}) {
    EXPECT_NE(page.str().find(Micros(number)), std::string::npos) << number;
  }
}

TEST(Tally, IsWhatTheReferenceSays) {
  const Engine engine = V1();
  Random random(1);
  for (int round = 0; round < 300; ++round) {
    const std::vector<wire::Event> events =
        RandomEvents(&random, 1 + Below(&random, 200));
    Tally tally(engine, kAsOf);
    tally.Add(Batch(events));
    EXPECT_EQ(tally.Finish(1 + static_cast<uint32_t>(round % 3)),
              Reference(events, kAsOf).Finish());
    const wire::TallyReport report = tally.Report();
    EXPECT_EQ(report.events(), events.size());
    const wire::IgnoredEvents& ignored = report.ignored();
    EXPECT_EQ(report.counted() + ignored.self_reaction() +
                  ignored.after_as_of() + ignored.faded() + ignored.duplicate(),
              report.events());
    if (HasFailure()) break;
  }
}

// Builds a tally of the events from first to last by a random tree.
Tally Grow(const Engine& engine, const std::vector<wire::Event>& events,
           Random* random) {
  if (events.size() <= 1 || Below(random, 4) == 0) {
    wire::TallyOptions options = Tally::Options(kAsOf);
    options.set_threads(static_cast<uint32_t>(Below(random, 4)));
    Tally leaf(engine, options);
    if (Below(random, 2) == 0) {
      leaf.Add(Batch(events));
    } else {
      EXPECT_EQ(leaf.AddTable(Table(events)), INFLUENCE_OK) << leaf.message();
    }
    return leaf;
  }
  const size_t split = Below(random, events.size() + 1);
  const auto middle = events.begin() + static_cast<ptrdiff_t>(split);
  Tally left = Grow(engine, {events.begin(), middle}, random);
  Tally right = Grow(engine, {middle, events.end()}, random);
  if (Below(random, 8) == 0) left.Finish();
  if (Below(random, 3) == 0) right.Report();  // which sorts it
  if (Below(random, 2) == 0) std::swap(left, right);
  left.Merge(right);
  return Below(random, 3) == 0 ? Tally::Load(engine, left.Save())
                               : std::move(left);
}

TEST(Tally, IsTheSameByAnyTree) {
  const Engine engine = V1();
  Random random(2);
  for (int log = 0; log < 50; ++log) {
    std::vector<wire::Event> events = RandomEvents(&random, 80);
    Tally whole(engine, kAsOf);
    whole.Add(Batch(events));
    const std::string saved = whole.Save();
    const Profiles profiles = whole.Finish();
    wire::TallyReport report = whole.Report();
    report.clear_memory_bytes();
    for (int tree = 0; tree < 20; ++tree) {
      std::shuffle(events.begin(), events.end(), random);
      Tally grown = Grow(engine, events, &random);
      ASSERT_EQ(grown.Save(), saved);
      ASSERT_EQ(grown.Finish(), profiles);
      wire::TallyReport same = grown.Report();
      same.clear_memory_bytes();
      ASSERT_EQ(same.SerializeAsString(), report.SerializeAsString());
    }
  }
}

TEST(Tally, IsTheSameOnAnyNumberOfThreads) {
  const Engine engine = V1();
  Random random(7);
  for (int round = 0; round < 40; ++round) {
    std::vector<wire::Event> events = RandomEvents(&random, 300);
    // Without names the shards stay apart to the end.
    if (round % 4 != 0) {
      for (wire::Event& event : events) event.clear_event_id();
    }
    const Profiles profiles = Reference(events, kAsOf).Finish();
    for (const uint32_t threads : {1u, 2u, 7u, 16u}) {
      wire::TallyOptions options = Tally::Options(kAsOf);
      options.set_threads(threads);
      Tally tally(engine, options);
      const auto middle = events.begin() + 100;
      EXPECT_EQ(tally.AddTable(Table({events.begin(), middle})), INFLUENCE_OK);
      if (round % 3 == 0) tally.Finish();
      if (round % 5 == 0) tally.Report();
      EXPECT_EQ(tally.AddTable(Table({middle, events.end()})), INFLUENCE_OK);
      ASSERT_EQ(tally.Finish(), profiles) << threads;
      EXPECT_EQ(tally.Report().events(), events.size());
    }
  }
}

TEST(Tally, IsTheSameFromSixteenProducers) {
  constexpr size_t kProducers = 16;
  const Engine engine = V1();
  Random random(3);
  const std::vector<wire::Event> events = RandomEvents(&random, 4'000);
  Tally whole(engine, kAsOf);
  whole.Add(Batch(events));

  Tally shared(engine, kAsOf);
  std::mutex turn;
  std::vector<Tally> own;
  for (size_t i = 0; i < kProducers; ++i) own.emplace_back(engine, kAsOf);
  std::vector<std::thread> producers;
  for (size_t i = 0; i < kProducers; ++i) {
    producers.emplace_back([&, i] {
      for (size_t at = i; at < events.size(); at += kProducers) {
        own[i].Add(Batch({events[at]}));
        const std::lock_guard<std::mutex> lock(turn);
        shared.Add(Batch({events[at]}));
      }
    });
  }
  for (std::thread& producer : producers) producer.join();
  for (size_t i = 1; i < kProducers; ++i) own[0].Merge(own[i]);
  EXPECT_EQ(own[0].Save(), whole.Save());
  EXPECT_EQ(shared.Save(), whole.Save());
}

TEST(Tally, MoreIsNeverLess) {
  const Engine engine = V1();
  Random random(4);
  for (int round = 0; round < 200; ++round) {
    std::vector<wire::Event> events = RandomEvents(&random, 100);
    const wire::Event more = RandomEvents(&random, 1)[0];
    Tally tally(engine, kAsOf);
    tally.Add(Batch(events));
    Profiles before = tally.Finish();
    // An endorsement that is returned, a lower quality and an earlier event of
    // the same id take something back, as the specification says.
    if (more.has_quality_micros() || !more.event_id().empty() ||
        more.kind() == wire::SIGNAL_ENDORSEMENTS) {
      continue;
    }
    tally.Add(Batch({more}));
    Profiles after = tally.Finish();
    for (auto& [network, signals] : before[more.subject()]) {
      for (const auto& [signal, amount] : signals) {
        EXPECT_GE(after[more.subject()][network][signal], amount);
      }
    }
  }
}

TEST(Tally, NobodyGivesMoreThanC) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  std::vector<wire::Event> events;
  for (int i = 0; i < 50; ++i) {
    events.push_back(
        Reaction("bot", "p" + std::to_string(i % 7), wire::SIGNAL_MENTIONS));
    events.back().set_count(1'000'000);
  }
  tally.Add(Batch(events));
  int64_t given = 0;
  for (const auto& [id, accounts] : tally.Finish()) {
    given += accounts.at("x").at("mentions_micros");
  }
  EXPECT_LT(given, 20'000'000);
  EXPECT_GT(given, 19'990'000);
}

TEST(Tally, OpensSoThatAllSumsExactly) {
  const Engine engine = V1();
  Random random(5);
  for (int round = 0; round < 50; ++round) {
    std::vector<wire::Event> events = RandomEvents(&random, 200);
    for (wire::Event& event : events) {
      if (event.actor() == "\xff\x01") event.set_actor("f");
      if (event.subject() == "\xff\x01") event.set_subject("f");
    }
    Tally tally(engine, kAsOf);
    tally.Add(Batch(events));
    for (const auto& [id, accounts] : tally.Finish()) {
      const wire::SubjectReport report = tally.Subject(id, 2);
      const wire::Ledger& ledger = report.result().ledger();
      size_t source = 0;
      for (const wire::Line& line : ledger.lines()) {
        for (const wire::Part& part : line.parts()) {
          const wire::FactorSources& opened =
              report.sources(static_cast<int>(source++));
          EXPECT_EQ(opened.factor(), line.factor());
          EXPECT_EQ(opened.network(), part.network());
          int64_t quantity = opened.others().quantity_micros() +
                             opened.remainder_quantity_micros();
          int64_t points = opened.others().points_micropoints() +
                           opened.remainder_points_micropoints();
          EXPECT_GE(opened.remainder_quantity_micros(), 0);
          EXPECT_GE(opened.remainder_points_micropoints(), 0);
          EXPECT_LE(opened.top_size(), 2);
          for (const wire::Source& top : opened.top()) {
            quantity += top.quantity_micros();
            points += top.points_micropoints();
          }
          EXPECT_EQ(quantity, part.quantity_micros());
          EXPECT_EQ(points, part.points_micropoints());
        }
      }
      EXPECT_EQ(source, static_cast<size_t>(report.sources_size()));
      // The profile is the one that finishing gives.
      for (const wire::Account& account : ledger.accounts()) {
        EXPECT_EQ(account.mentions_micros(),
                  accounts.at(account.network()).count("mentions_micros") == 0
                      ? 0
                      : accounts.at(account.network()).at("mentions_micros"));
      }
    }
  }
}

TEST(Tally, TopicsCountOtherPeople) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  tally.Add(Batch({Reaction("ada", "ada", wire::SIGNAL_MENTIONS, 0, "x", "own"),
                   Reaction("bob", "ada", wire::SIGNAL_MENTIONS, 0, "x", "go"),
                   Reaction("bob", "ada", wire::SIGNAL_LIKES, 0, "x", "go"),
                   Reaction("cy", "ada", wire::SIGNAL_MENTIONS, 0, "m", "go"),
                   Reaction("cy", "ada", wire::SIGNAL_MENTIONS, 0, "m", "c")}));
  const wire::SubjectReport report = tally.Subject("ada");
  ASSERT_EQ(report.topics_size(), 2);
  // bob: 1 / 1.05 and a like, 0.25 / 1.05; cy: N is 2, 1 / 1.1 a topic.
  EXPECT_EQ(report.topics(0).topic(), "go");
  EXPECT_EQ(report.topics(0).people(), 2u);
  EXPECT_EQ(report.topics(0).quantity_micros(), 952'380 + 238'095 + 909'090);
  EXPECT_EQ(report.topics(0).score_micros(), (2'099'565 * 2 + 3) / 7);
  EXPECT_EQ(report.topics(1).topic(), "c");
  EXPECT_EQ(report.topics(1).people(), 1u);
}

TEST(Tally, CountsWhatItIgnoresAndWhy) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  const auto one = [&](const auto& change) {
    wire::Event event = Reaction("bob", "ada", wire::SIGNAL_MENTIONS);
    change(&event);
    tally.Add(Batch({event}));
  };
  one([](wire::Event*) {});
  one([](wire::Event* e) { e->set_actor(""); });
  one([](wire::Event* e) { e->set_actor(std::string(257, 'a')); });
  one([](wire::Event* e) { e->set_subject(""); });
  one([](wire::Event* e) { e->set_kind(wire::SIGNAL_STANDING); });
  one([](wire::Event* e) { e->set_kind(static_cast<wire::Signal>(11)); });
  one([](wire::Event* e) { e->set_kind(static_cast<wire::Signal>(-1)); });
  one([](wire::Event* e) { e->set_network(std::string(65, 'n')); });
  one([](wire::Event* e) { e->set_topic(std::string(65, 't')); });
  one([](wire::Event* e) { e->set_event_id(std::string(257, 'i')); });
  one([](wire::Event* e) { e->set_quality_micros(99'999); });
  one([](wire::Event* e) { e->set_quality_micros(1'000'001); });
  one([](wire::Event* e) { e->set_count(0); });
  one([](wire::Event* e) { e->set_count(1'000'001); });
  one([](wire::Event* e) { e->set_actor("ada"); });
  one([](wire::Event* e) { e->set_time_seconds(kAsOf + 1); });
  one([](wire::Event* e) { e->set_time_seconds(INT64_MIN); });
  one([](wire::Event* e) { e->set_event_id("1"); });
  one([](wire::Event* e) { e->set_event_id("1"); });
  const wire::TallyReport report = tally.Report();
  EXPECT_EQ(report.events(), 19u);
  EXPECT_EQ(report.counted(), 2u);
  const wire::IgnoredEvents& ignored = report.ignored();
  EXPECT_EQ(ignored.no_actor(), 2u);
  EXPECT_EQ(ignored.no_subject(), 1u);
  EXPECT_EQ(ignored.unknown_kind(), 3u);
  EXPECT_EQ(ignored.not_counted(), 0u);
  EXPECT_EQ(ignored.network_too_long(), 1u);
  EXPECT_EQ(ignored.topic_too_long(), 1u);
  EXPECT_EQ(ignored.event_id_too_long(), 1u);
  EXPECT_EQ(ignored.bad_quality(), 2u);
  EXPECT_EQ(ignored.bad_count(), 2u);
  EXPECT_EQ(ignored.self_reaction(), 1u);
  EXPECT_EQ(ignored.after_as_of(), 1u);
  EXPECT_EQ(ignored.faded(), 1u);
  EXPECT_EQ(ignored.duplicate(), 1u);
  EXPECT_EQ(report.pairs(), 1u);
}

TEST(Tally, RefusesAWholeBatchForOneEventOfTheFuture) {
  const Engine engine = V1();
  wire::TallyOptions options = Tally::Options(kAsOf);
  options.set_future(wire::FUTURE_REFUSED);
  Tally tally(engine, options);
  const std::vector<wire::Event> events = {
      Reaction("bob", "ada", wire::SIGNAL_MENTIONS),
      Reaction("bob", "ada", wire::SIGNAL_MENTIONS, -1)};
  EXPECT_EQ(tally.AddBytes(Batch(events).SerializeAsString()),
            INFLUENCE_OUT_OF_RANGE);
  EXPECT_EQ(tally.message().find("events[1].time: "), 0u) << tally.message();
  EXPECT_EQ(tally.AddTable(Table(events)), INFLUENCE_OUT_OF_RANGE);
  EXPECT_EQ(tally.Report().events(), 0u);
}

TEST(Tally, TakesColumnsOfOtherTypes) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  Column indices = Column::Of<int8_t>("network", "c", {1, 0, 1});
  indices.dictionary = {Column::Text("", {"m", "x"})};
  EXPECT_EQ(tally.AddTable(Column::Struct(
                "", 3,
                {Column::Of<int64_t>("actor", "l", {-7, 7, 7}),
                 Column::Of<uint64_t>("subject", "L", {UINT64_MAX, 1, 7}),
                 Column::Text("kind", {"mention", "replies", "like"}),
                 Column::Of<int64_t>("time", "tsm:UTC",
                                     {kAsOf * 1000 + 999, -1, kAsOf * 1000}),
                 indices})),
            INFLUENCE_OK)
      << tally.message();
  const Profiles profiles = tally.Finish();
  EXPECT_EQ(profiles.at("18446744073709551615").at("x").at("mentions_micros"),
            952'380);
  EXPECT_EQ(profiles.count("1"), 0u);  // long faded
  EXPECT_EQ(tally.Report().ignored().self_reaction(), 1u);
}

TEST(Tally, RefusesColumnsThatAreNoEvents) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  const std::vector<wire::Event> events = {
      Reaction("bob", "ada", wire::SIGNAL_MENTIONS)};
  const auto refused = [&](influence_status status, const std::string& says,
                           const auto& change) {
    Column table = Table(events);
    change(&table);
    EXPECT_EQ(tally.AddTable(table), status) << says;
    EXPECT_EQ(tally.message().find(says), 0u) << tally.message();
  };
  refused(INFLUENCE_INVALID_ARGUMENT,
          "actor: ", [](Column* t) { t->children[0].format = "g"; });
  refused(INFLUENCE_INVALID_ARGUMENT,
          "whence: ", [](Column* t) { t->children[0].name = "whence"; });
  refused(INFLUENCE_INVALID_ARGUMENT, "actor: is missing", [](Column* t) {
    t->children[0].name = "topic2";
    t->children.erase(t->children.begin());
  });
  refused(INFLUENCE_INVALID_ARGUMENT, "actor: occurs twice",
          [](Column* t) { t->children[1].name = "actor"; });
  refused(INFLUENCE_INVALID_ARGUMENT, "time: row 0 is null",
          [](Column* t) { t->children[6].Valid({false}); });
  refused(INFLUENCE_INVALID_ARGUMENT,
          "kind: ", [](Column* t) { t->children[5].format = "l"; });
  refused(INFLUENCE_INVALID_ARGUMENT,
          "subject: ", [](Column* t) { t->children[1].length = 0; });
  refused(INFLUENCE_MALFORMED, "subject: ", [](Column* t) {
    const int32_t backwards[] = {3, 1};
    std::memcpy(t->children[1].buffers[1].data(), backwards, 8);
  });
  refused(INFLUENCE_MALFORMED, "network: row 0", [](Column* t) {
    t->children[2] = Column::Of<int16_t>("network", "s", {1});
    t->children[2].dictionary = {Column::Text("", {"x"})};
  });
  EXPECT_EQ(tally.Report().events(), 0u);
}

TEST(Tally, LoadsNothingThatIsDamaged) {
  const Engine engine = V1();
  Random random(6);
  Tally tally(engine, kAsOf);
  tally.Add(Batch(RandomEvents(&random, 60)));
  const std::string saved = tally.Save();
  for (size_t at = 0; at < saved.size(); ++at) {
    std::string damaged = saved;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << Below(&random, 8)));
    influence_status status = INFLUENCE_OK;
    Tally::Load(engine, damaged, &status);
    EXPECT_TRUE(status == INFLUENCE_MALFORMED ||
                status == INFLUENCE_ALGORITHM_MISMATCH ||
                status == INFLUENCE_CANCELLED)
        << at << ": " << status;
    Tally::Load(engine, saved.substr(0, at), &status);
    EXPECT_EQ(status, INFLUENCE_CANCELLED) << at;
  }
}

TEST(Tally, MergesOnlyItsOwnKind) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf), later(engine, kAsOf + 1);
  Taken message;
  EXPECT_EQ(influence_tally_merge(tally.get(), later.get(), message.out()),
            INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(influence_tally_merge(tally.get(), tally.get(), nullptr),
            INFLUENCE_INVALID_ARGUMENT);
  wire::Algorithm other;
  other.set_id("test/v1");
  wire::Row* row = other.add_rows();
  row->set_factor(wire::FACTOR_ATTENTION);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(1'000'000'000);
  row->set_half_life_days(24);
  wire::SignalValue* count = row->add_counts();
  count->set_signal(wire::SIGNAL_MENTIONS);
  count->set_value_micros(1'000'000);
  other.set_age_unit_seconds(3'600);
  other.set_crowd_micros(1'000'000);
  const Engine hours = Custom(other);
  Tally hourly(hours, kAsOf);
  EXPECT_EQ(influence_tally_merge(tally.get(), hourly.get(), nullptr),
            INFLUENCE_ALGORITHM_MISMATCH);
  influence_status status = INFLUENCE_OK;
  Tally::Load(engine, hourly.Save(), &status);
  EXPECT_EQ(status, INFLUENCE_ALGORITHM_MISMATCH);

  // A day is 24 hours, and one reaction is as many as halve it.
  wire::Event event = Reaction("bob", "ada", wire::SIGNAL_MENTIONS, 1);
  hourly.Add(Batch({event, Reaction("bob", "ada", wire::SIGNAL_LIKES)}));
  EXPECT_EQ(hourly.Finish().at("ada").at("x").at("mentions_micros"), 333'333);
  EXPECT_EQ(hourly.Report().ignored().not_counted(), 1u);
}

TEST(Tally, DoesNotChangeWhileItIsRead) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  const wire::EventBatch batch =
      Batch({Reaction("bob", "ada", wire::SIGNAL_MENTIONS)});
  tally.Add(batch);
  ArrowArrayStream stream;
  ASSERT_EQ(influence_tally_finish(tally.get(), nullptr, 0, &stream, nullptr),
            INFLUENCE_OK);
  EXPECT_EQ(tally.AddBytes(batch.SerializeAsString()),
            INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(tally.Report().events(), 1u);
  stream.release(&stream);
  tally.Add(batch);
  EXPECT_EQ(tally.Report().events(), 2u);
}

TEST(Tally, GoesStraightIntoScoring) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  tally.Add(Batch({Reaction("bob", "ada", wire::SIGNAL_MENTIONS),
                   Reaction("cy", "ada", wire::SIGNAL_RESHARES, 0, "m")}));
  ArrowArrayStream profiles, scores;
  ASSERT_EQ(influence_tally_finish(tally.get(), nullptr, 0, &profiles, nullptr),
            INFLUENCE_OK);
  Taken message;
  ASSERT_EQ(influence_score_stream(engine.get(), nullptr, 0, &profiles, &scores,
                                   message.out()),
            INFLUENCE_OK)
      << message.text();
  ArrowArray array;
  ASSERT_EQ(scores.get_next(&scores, &array), 0);
  ASSERT_EQ(array.length, 1);
  EXPECT_EQ(static_cast<const int64_t*>(array.children[1]->buffers[1])[0],
            tally.Subject("ada").result().ledger().score_micropoints());
  array.release(&array);
  scores.release(&scores);
}

}  // namespace
}  // namespace influence::testing
