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

abi1::EventBatch Batch(const std::vector<abi1::Event>& events) {
  abi1::EventBatch batch;
  for (const abi1::Event& event : events) *batch.add_events() = event;
  return batch;
}

using Random = std::mt19937_64;

size_t Below(Random* random, size_t bound) {
  return static_cast<size_t>((*random)() % bound);
}

// Few people and many rules: everything meets everything.
std::vector<abi1::Event> RandomEvents(Random* random, size_t count) {
  static const char* const kPeople[] = {
      "a", "bb", "ccc", "dddd", "e", "long-name-beyond-eight", "\xc3\xa9"};
  static const char* const kPlaces[] = {"", "x", "m", "x"};
  std::vector<abi1::Event> events;
  for (size_t i = 0; i < count; ++i) {
    auto kind = static_cast<abi1::Signal>(1 + Below(random, 10));
    if (kind == abi1::SIGNAL_STANDING) kind = abi1::SIGNAL_ENDORSEMENTS;
    abi1::Event event =
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
Column Table(const std::vector<abi1::Event>& events) {
  std::vector<std::string> texts[5];
  std::vector<int32_t> kinds;
  std::vector<int64_t> times, qualities, counts;
  std::vector<bool> has_quality, has_count;
  for (const abi1::Event& event : events) {
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
  std::vector<Column> columns = {Column::Text("actor", texts[0]),
                                 Column::Text("subject", texts[1]),
                                 Column::Text("network", texts[2]),
                                 Column::Text("topic", texts[3]),
                                 Column::Text("event_id", texts[4]),
                                 Column::Of("kind", "i", kinds),
                                 Column::Of("time", "l", times),
                                 Column::Of("quality_micros", "l", qualities),
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
  std::vector<abi1::Event> events = {
      Reaction("bob", "ada", abi1::SIGNAL_MENTIONS),
      Reaction("bob", "ada", abi1::SIGNAL_MENTIONS, 45),
      Reaction("cy", "ada", abi1::SIGNAL_RESHARES, 90, "m"),
      Reaction("cy", "ada", abi1::SIGNAL_MENTIONS),
      Reaction("cy", "dan", abi1::SIGNAL_MENTIONS),
      Reaction("ada", "ada", abi1::SIGNAL_MENTIONS),
      Reaction("bob", "ada", abi1::SIGNAL_ENDORSEMENTS, 0, "", "go"),
      Reaction("bob", "ada", abi1::SIGNAL_ENDORSEMENTS, 180, "", "go"),
      Reaction("ada", "bob", abi1::SIGNAL_ENDORSEMENTS, 180, "", "go")};
  events[4].set_count(19);
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  tally.Add(Batch(events));
  EXPECT_EQ(tally.Report().ignored().self_reaction(), 1u);
  Profiles profiles = tally.AllProfiles();
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
    const std::vector<abi1::Event> events =
        RandomEvents(&random, 1 + Below(&random, 200));
    Tally tally(engine, kAsOf);
    tally.Add(Batch(events));
    EXPECT_EQ(tally.AllProfiles(1 + static_cast<uint32_t>(round % 3)),
              Reference(events, kAsOf).AllProfiles());
    const abi1::TallyReport report = tally.Report();
    EXPECT_EQ(report.events(), events.size());
    const abi1::IgnoredEvents& ignored = report.ignored();
    EXPECT_EQ(report.counted() + ignored.self_reaction() +
                  ignored.after_as_of() + ignored.faded() + ignored.duplicate(),
              report.events());
    if (HasFailure()) break;
  }
}

// Builds a tally of the events from first to last by a random tree.
Tally Grow(const Engine& engine, const std::vector<abi1::Event>& events,
           Random* random) {
  if (events.size() <= 1 || Below(random, 4) == 0) {
    abi1::TallyOptions options = Tally::Options(kAsOf);
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
  if (Below(random, 8) == 0) left.AllProfiles();
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
    std::vector<abi1::Event> events = RandomEvents(&random, 80);
    Tally whole(engine, kAsOf);
    whole.Add(Batch(events));
    const std::string saved = whole.Save();
    const Profiles profiles = whole.AllProfiles();
    abi1::TallyReport report = whole.Report();
    report.clear_memory_bytes();
    for (int tree = 0; tree < 20; ++tree) {
      std::shuffle(events.begin(), events.end(), random);
      Tally grown = Grow(engine, events, &random);
      ASSERT_EQ(grown.Save(), saved);
      ASSERT_EQ(grown.AllProfiles(), profiles);
      abi1::TallyReport same = grown.Report();
      same.clear_memory_bytes();
      ASSERT_EQ(same.SerializeAsString(), report.SerializeAsString());
    }
  }
}

TEST(Tally, IsTheSameOnAnyNumberOfThreads) {
  const Engine engine = V1();
  Random random(7);
  for (int round = 0; round < 40; ++round) {
    std::vector<abi1::Event> events = RandomEvents(&random, 300);
    // Without names the shards stay apart to the end.
    if (round % 4 != 0) {
      for (abi1::Event& event : events) event.clear_event_id();
    }
    const Profiles profiles = Reference(events, kAsOf).AllProfiles();
    for (const uint32_t threads : {1u, 2u, 7u, 16u}) {
      abi1::TallyOptions options = Tally::Options(kAsOf);
      options.set_threads(threads);
      Tally tally(engine, options);
      const auto middle = events.begin() + 100;
      EXPECT_EQ(tally.AddTable(Table({events.begin(), middle})), INFLUENCE_OK);
      if (round % 3 == 0) tally.AllProfiles();
      if (round % 5 == 0) tally.Report();
      EXPECT_EQ(tally.AddTable(Table({middle, events.end()})), INFLUENCE_OK);
      ASSERT_EQ(tally.AllProfiles(), profiles) << threads;
      EXPECT_EQ(tally.Report().events(), events.size());
    }
  }
}

TEST(Tally, IsTheSameFromSixteenProducers) {
  constexpr size_t kProducers = 16;
  const Engine engine = V1();
  Random random(3);
  const std::vector<abi1::Event> events = RandomEvents(&random, 4'000);
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
    std::vector<abi1::Event> events = RandomEvents(&random, 100);
    const abi1::Event more = RandomEvents(&random, 1)[0];
    Tally tally(engine, kAsOf);
    tally.Add(Batch(events));
    Profiles before = tally.AllProfiles();
    // An endorsement that is returned, a lower quality and an earlier event of
    // the same id take something back, as the specification says.
    if (more.has_quality_micros() || !more.event_id().empty() ||
        more.kind() == abi1::SIGNAL_ENDORSEMENTS) {
      continue;
    }
    tally.Add(Batch({more}));
    Profiles after = tally.AllProfiles();
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
  std::vector<abi1::Event> events;
  for (int i = 0; i < 50; ++i) {
    events.push_back(
        Reaction("bot", "p" + std::to_string(i % 7), abi1::SIGNAL_MENTIONS));
    events.back().set_count(1'000'000);
  }
  tally.Add(Batch(events));
  int64_t given = 0;
  for (const auto& [id, accounts] : tally.AllProfiles()) {
    given += accounts.at("x").at("mentions_micros");
  }
  EXPECT_LT(given, 20'000'000);
  EXPECT_GT(given, 19'990'000);
}

TEST(Tally, OpensSoThatAllSumsExactly) {
  const Engine engine = V1();
  Random random(5);
  for (int round = 0; round < 50; ++round) {
    const std::vector<abi1::Event> events = RandomEvents(&random, 200);
    Tally tally(engine, kAsOf);
    tally.Add(Batch(events));
    for (const auto& [id, accounts] : tally.AllProfiles()) {
      const abi1::SubjectReport report = tally.Subject(id, 2);
      const abi1::Ledger& ledger = report.result().ledger();
      size_t source = 0;
      for (const abi1::Line& line : ledger.lines()) {
        for (const abi1::Part& part : line.parts()) {
          const abi1::FactorSources& opened =
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
          for (const abi1::Source& top : opened.top()) {
            quantity += top.quantity_micros();
            points += top.points_micropoints();
          }
          EXPECT_EQ(quantity, part.quantity_micros());
          EXPECT_EQ(points, part.points_micropoints());
        }
      }
      EXPECT_EQ(source, static_cast<size_t>(report.sources_size()));
      // The profile is the one that finishing gives.
      for (const abi1::Account& account : ledger.accounts()) {
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
  tally.Add(Batch({Reaction("ada", "ada", abi1::SIGNAL_MENTIONS, 0, "x", "own"),
                   Reaction("bob", "ada", abi1::SIGNAL_MENTIONS, 0, "x", "go"),
                   Reaction("bob", "ada", abi1::SIGNAL_LIKES, 0, "x", "go"),
                   Reaction("cy", "ada", abi1::SIGNAL_MENTIONS, 0, "m", "go"),
                   Reaction("cy", "ada", abi1::SIGNAL_MENTIONS, 0, "m", "c")}));
  const abi1::SubjectReport report = tally.Subject("ada");
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
    abi1::Event event = Reaction("bob", "ada", abi1::SIGNAL_MENTIONS);
    change(&event);
    tally.Add(Batch({event}));
  };
  one([](abi1::Event*) {});
  one([](abi1::Event* e) { e->set_actor(""); });
  one([](abi1::Event* e) { e->set_actor(std::string(257, 'a')); });
  one([](abi1::Event* e) { e->set_subject(""); });
  one([](abi1::Event* e) { e->set_kind(abi1::SIGNAL_STANDING); });
  one([](abi1::Event* e) { e->set_kind(static_cast<abi1::Signal>(11)); });
  one([](abi1::Event* e) { e->set_kind(static_cast<abi1::Signal>(-1)); });
  one([](abi1::Event* e) { e->set_network(std::string(65, 'n')); });
  one([](abi1::Event* e) { e->set_topic(std::string(65, 't')); });
  one([](abi1::Event* e) { e->set_event_id(std::string(257, 'i')); });
  one([](abi1::Event* e) { e->set_quality_micros(99'999); });
  one([](abi1::Event* e) { e->set_quality_micros(1'000'001); });
  one([](abi1::Event* e) { e->set_count(0); });
  one([](abi1::Event* e) { e->set_count(1'000'001); });
  one([](abi1::Event* e) { e->set_actor("ada"); });
  one([](abi1::Event* e) { e->set_time_seconds(kAsOf + 1); });
  one([](abi1::Event* e) { e->set_time_seconds(INT64_MIN); });
  one([](abi1::Event* e) { e->set_event_id("1"); });
  one([](abi1::Event* e) { e->set_event_id("1"); });
  const abi1::TallyReport report = tally.Report();
  EXPECT_EQ(report.events(), 19u);
  EXPECT_EQ(report.counted(), 2u);
  const abi1::IgnoredEvents& ignored = report.ignored();
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

// By bytes and by columns alike; nothing of such an event is kept.
TEST(Tally, IgnoresTextThatIsNotUtf8) {
  const Engine engine = V1();
  const abi1::Event good = Reaction("bob", "ada", abi1::SIGNAL_MENTIONS);
  for (const char* bad : {"\xff", "a\xc3", "\xed\xa0\x80", "\xc0\x80"}) {
    std::vector<abi1::Event> events(6, good);
    // The length stays: the message's own bytes are changed below.
    const std::string mark(std::strlen(bad), '@');
    events[1].set_actor(mark);
    events[2].set_subject(mark);
    events[3].set_network(mark);
    events[4].set_topic(mark);
    events[5].set_event_id(mark);
    std::string bytes = Batch(events).SerializeAsString();
    for (size_t at = 0; (at = bytes.find(mark, at)) != std::string::npos;) {
      bytes.replace(at, mark.size(), bad);
    }
    Tally tally(engine, kAsOf), of_columns(engine, kAsOf);
    EXPECT_EQ(tally.AddBytes(bytes), INFLUENCE_OK) << tally.message();
    Column table = Table(events);
    for (size_t text = 0; text < 5; ++text) {
      Column& column = table.children[text];
      column.format = text % 2 == 0 ? "z" : "u";
      std::vector<uint8_t>& chars = column.buffers[2];
      const auto found =
          std::search(chars.begin(), chars.end(), mark.begin(), mark.end());
      ASSERT_NE(found, chars.end());
      std::copy(bad, bad + mark.size(), found);
    }
    EXPECT_EQ(of_columns.AddTable(table), INFLUENCE_OK) << of_columns.message();
    for (Tally* one : {&tally, &of_columns}) {
      const abi1::TallyReport report = one->Report();
      EXPECT_EQ(report.ignored().not_utf8(), 5u);
      EXPECT_EQ(report.counted(), 1u);
      EXPECT_EQ(report.ids(), 2u);
      EXPECT_EQ(report.networks(), 2u);  // and the one without a name
      EXPECT_EQ(report.topics(), 0u);
    }
    EXPECT_EQ(tally.Save(), of_columns.Save());
    // Merged, saved and loaded it is still counted.
    tally.Merge(of_columns);
    EXPECT_EQ(Tally::Load(engine, tally.Save()).Report().ignored().not_utf8(),
              10u);
  }
}

TEST(Tally, RefusesAWholeBatchForOneEventOfTheFuture) {
  const Engine engine = V1();
  abi1::TallyOptions options = Tally::Options(kAsOf);
  options.set_future(abi1::FUTURE_REFUSED);
  Tally tally(engine, options);
  const std::vector<abi1::Event> events = {
      Reaction("bob", "ada", abi1::SIGNAL_MENTIONS),
      Reaction("bob", "ada", abi1::SIGNAL_MENTIONS, -1)};
  EXPECT_EQ(tally.AddBytes(Batch(events).SerializeAsString()),
            INFLUENCE_OUT_OF_RANGE);
  EXPECT_EQ(tally.field(), "events[1].time_seconds");
  EXPECT_EQ(tally.row(), 1);
  EXPECT_EQ(tally.AddTable(Table(events)), INFLUENCE_OUT_OF_RANGE);
  EXPECT_EQ(tally.field(), "time");
  EXPECT_EQ(tally.row(), 1);
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
  const Profiles profiles = tally.AllProfiles();
  EXPECT_EQ(profiles.at("18446744073709551615").at("x").at("mentions_micros"),
            952'380);
  EXPECT_EQ(profiles.count("1"), 0u);  // long faded
  EXPECT_EQ(tally.Report().ignored().self_reaction(), 1u);
}

TEST(Tally, RefusesColumnsThatAreNoEvents) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  const std::vector<abi1::Event> events = {
      Reaction("bob", "ada", abi1::SIGNAL_MENTIONS)};
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
  refused(INFLUENCE_INVALID_ARGUMENT,
          "time: ", [](Column* t) { t->children[6].Valid({false}); });
  EXPECT_EQ(tally.row(), 0);
  refused(INFLUENCE_INVALID_ARGUMENT,
          "kind: ", [](Column* t) { t->children[5].format = "f"; });
  refused(INFLUENCE_INVALID_ARGUMENT,
          "subject: ", [](Column* t) { t->children[1].length = 0; });
  refused(INFLUENCE_MALFORMED, "subject: ", [](Column* t) {
    const int32_t backwards[] = {3, 1};
    std::memcpy(t->children[1].buffers[1].data(), backwards, 8);
  });
  refused(INFLUENCE_MALFORMED, "network: ", [](Column* t) {
    t->children[2] = Column::Of<int16_t>("network", "s", {1});
    t->children[2].dictionary = {Column::Text("", {"x"})};
  });
  EXPECT_EQ(tally.Report().events(), 0u);
}

// A whole batch, with the place of its fault.
TEST(Tally, RefusesBytesThatAreNoEvents) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  const std::string good =
      Batch({Reaction("bob", "ada", abi1::SIGNAL_MENTIONS)})
          .SerializeAsString();
  EXPECT_EQ(tally.AddBytes(good + "\x0a\x05zz"), INFLUENCE_MALFORMED);
  EXPECT_EQ(tally.field(), "events");
  EXPECT_EQ(tally.row(), -1);
  EXPECT_EQ(tally.AddBytes(good + good + std::string("\x0a\x02\x0a\x05", 4)),
            INFLUENCE_MALFORMED);
  EXPECT_EQ(tally.field(), "events[2]");
  EXPECT_EQ(tally.row(), 2);
  EXPECT_EQ(tally.AddBytes(std::string(INFLUENCE_MAX_REQUEST_BYTES + 1, '\0')),
            INFLUENCE_TOO_LARGE);
  EXPECT_EQ(tally.field(), "events");
  EXPECT_EQ(tally.Report().events(), 0u);
  // As protobuf has it: unknown fields, a field of another type, its last
  // value.
  EXPECT_EQ(tally.AddBytes(good + std::string("\x10\x07\x08\x01", 4)),
            INFLUENCE_OK);
  EXPECT_EQ(tally.Report().counted(), 1u);
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
  EXPECT_EQ(tally.TryMerge(later), INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(tally.TryMerge(tally), INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(tally.field(), "other");
  abi1::Algorithm other;
  other.set_id("test/v1");
  abi1::Row* row = other.add_rows();
  row->set_factor(abi1::FACTOR_ATTENTION);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(1'000'000'000);
  row->set_half_life_units(24);
  abi1::SignalValue* count = row->add_counts();
  count->set_signal(abi1::SIGNAL_MENTIONS);
  count->set_value_micros(1'000'000);
  other.set_age_unit_seconds(3'600);
  other.set_crowd_micros(1'000'000);
  const Engine hours = Custom(other);
  Tally hourly(hours, kAsOf);
  EXPECT_EQ(tally.TryMerge(hourly), INFLUENCE_ALGORITHM_MISMATCH);
  influence_status status = INFLUENCE_OK;
  Tally::Load(engine, hourly.Save(), &status);
  EXPECT_EQ(status, INFLUENCE_ALGORITHM_MISMATCH);

  // A day is 24 hours, and one reaction is as many as halve it.
  abi1::Event event = Reaction("bob", "ada", abi1::SIGNAL_MENTIONS, 1);
  hourly.Add(Batch({event, Reaction("bob", "ada", abi1::SIGNAL_LIKES)}));
  EXPECT_EQ(hourly.AllProfiles().at("ada").at("x").at("mentions_micros"),
            333'333);
  EXPECT_EQ(hourly.Report().ignored().not_counted(), 1u);
}

TEST(Tally, DoesNotChangeWhileItIsRead) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  const abi1::EventBatch batch =
      Batch({Reaction("bob", "ada", abi1::SIGNAL_MENTIONS)});
  tally.Add(batch);
  ArrowArrayStream stream;
  ASSERT_EQ(influence_tally_profiles(tally.get(), nullptr, 0, &stream, nullptr),
            INFLUENCE_OK);
  EXPECT_EQ(tally.AddBytes(batch.SerializeAsString()),
            INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(tally.TryMerge(Tally(engine, kAsOf)),
            INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(tally.Report().events(), 1u);
  stream.release(&stream);
  tally.Add(batch);
  EXPECT_EQ(tally.Report().events(), 2u);
}

TEST(Tally, GoesStraightIntoScoring) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  tally.Add(Batch({Reaction("bob", "ada", abi1::SIGNAL_MENTIONS),
                   Reaction("cy", "ada", abi1::SIGNAL_RESHARES, 0, "m")}));
  ArrowArrayStream profiles, scores;
  ASSERT_EQ(
      influence_tally_profiles(tally.get(), nullptr, 0, &profiles, nullptr),
      INFLUENCE_OK);
  Failure failure;
  abi1::ColumnsOptions options;
  options.set_score_unit(abi1::SCORE_UNIT_MICROPOINTS);
  const std::string bytes = options.SerializeAsString();
  ASSERT_EQ(influence_score_stream(engine.get(), Data(bytes), bytes.size(),
                                   &profiles, &scores, failure.out()),
            INFLUENCE_OK)
      << failure.text();
  ArrowArray array;
  ASSERT_EQ(scores.get_next(&scores, &array), 0);
  ASSERT_EQ(array.length, 1);
  EXPECT_EQ(static_cast<const int64_t*>(array.children[1]->buffers[1])[0],
            tally.Subject("ada").result().ledger().score_micropoints());
  array.release(&array);
  scores.release(&scores);
}

// A reader of Arrow sees text, not bytes, and units in the names.
TEST(Tally, TablesAreOfText) {
  const Engine engine = V1();
  Tally tally(engine, kAsOf);
  tally.Add(Batch(
      {Reaction("bob", "ada", abi1::SIGNAL_MENTIONS, 0, "x", "go"),
       Reaction("cy", "ada", abi1::SIGNAL_LIKES, 0, "x", "rust"),
       Reaction("bob", "\xc3\xa9", abi1::SIGNAL_MENTIONS, 0, "x", "go")}));
  ArrowSchema schema;
  ArrowArrayStream profiles;
  ASSERT_EQ(
      influence_tally_profiles(tally.get(), nullptr, 0, &profiles, nullptr),
      INFLUENCE_OK);
  ASSERT_EQ(profiles.get_schema(&profiles, &schema), 0);
  EXPECT_STREQ(schema.children[0]->format, "u");
  EXPECT_STREQ(schema.children[1]->children[0]->children[0]->name, "network");
  EXPECT_STREQ(schema.children[1]->children[0]->children[0]->format, "u");
  schema.release(&schema);
  profiles.release(&profiles);

  ArrowArray table;
  ASSERT_EQ(influence_tally_topics(tally.get(), &schema, &table, nullptr),
            INFLUENCE_OK);
  const std::vector<std::pair<std::string, std::string>> want = {
      {"id", "U"},
      {"topic", "U"},
      {"score_micros", "l"},
      {"people", "L"},
      {"quantity_micros", "l"}};
  ASSERT_EQ(schema.n_children, static_cast<int64_t>(want.size()));
  for (size_t i = 0; i < want.size(); ++i) {
    EXPECT_EQ(schema.children[i]->name, want[i].first);
    EXPECT_EQ(schema.children[i]->format, want[i].second);
  }
  ASSERT_EQ(table.length, 3);
  const auto number = [&table](size_t column, size_t row) {
    return static_cast<const int64_t*>(table.children[column]->buffers[1])[row];
  };
  const abi1::SubjectReport ada = tally.Subject("ada");
  for (int row = 0; row < 2; ++row) {
    const auto at = static_cast<size_t>(row);
    EXPECT_EQ(number(2, at), ada.topics(row).score_micros());
    EXPECT_EQ(number(3, at), 1);
    EXPECT_EQ(number(4, at), ada.topics(row).quantity_micros());
  }
  table.release(&table);
  schema.release(&schema);
}

// ------------------------------------------------------------------- spilling

// A file that is full, and counts how often it is let go.
struct FullFile {
  static int32_t Write(void*, const uint8_t*, size_t) { return 1; }
  static int32_t ReadAt(void*, uint64_t, uint8_t*, size_t) { return 1; }
  static void Release(void* context) {
    ++static_cast<FullFile*>(context)->released;
  }
  influence_status SpillOf(const Tally& tally, uint64_t memory_bytes) {
    return influence_tally_spill(tally.get(), memory_bytes, Write, ReadAt,
                                 Release, this, nullptr);
  }
  int released = 0;
};

constexpr uint64_t kLeastMemory = uint64_t{64} << 20;

TEST(Spilled, IsNeitherSavedNorMergedIntoAnother) {
  const Engine engine = V1();
  const abi1::EventBatch batch =
      Batch({Reaction("bob", "ada", abi1::SIGNAL_MENTIONS)});
  Tally plain(engine, kAsOf), spilled(engine, kAsOf);
  ASSERT_EQ(spilled.Spill(), INFLUENCE_OK) << spilled.message();
  EXPECT_EQ(spilled.Spill(), INFLUENCE_FAILED_PRECONDITION);
  plain.Add(batch);
  spilled.Add(batch);
  EXPECT_EQ(plain.TryMerge(spilled), INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(influence_tally_save(
                spilled.get(),
                [](void*, const uint8_t*, size_t) { return int32_t{0}; },
                nullptr, nullptr),
            INFLUENCE_FAILED_PRECONDITION);
  spilled.Merge(plain);
  EXPECT_EQ(spilled.Report().counted(), 2u);
  EXPECT_EQ(plain.Spill(), INFLUENCE_FAILED_PRECONDITION);
}

TEST(Spilled, TheFileIsLetGoWithTheLastWhoUsesIt) {
  const Engine engine = V1();
  FullFile file;
  {
    Tally tally(engine, kAsOf);
    ASSERT_EQ(file.SpillOf(tally, kLeastMemory), INFLUENCE_OK);
    tally.Add(Batch({Reaction("bob", "ada", abi1::SIGNAL_MENTIONS)}));
    EXPECT_EQ(file.released, 0);
  }
  EXPECT_EQ(file.released, 1);
  ArrowArrayStream stream;
  {
    Tally tally(engine, kAsOf);
    ASSERT_EQ(file.SpillOf(tally, kLeastMemory), INFLUENCE_OK);
    tally.Add(Batch({Reaction("bob", "ada", abi1::SIGNAL_MENTIONS)}));
    ASSERT_EQ(
        influence_tally_profiles(tally.get(), nullptr, 0, &stream, nullptr),
        INFLUENCE_OK);
  }
  EXPECT_EQ(file.released, 1);
  stream.release(&stream);
  EXPECT_EQ(file.released, 2);
}

TEST(Spilled, TheFileIsLetGoAtOnceIfItIsNotWanted) {
  const Engine engine = V1();
  FullFile file;
  Tally tally(engine, kAsOf);
  EXPECT_EQ(file.SpillOf(tally, kLeastMemory - 1), INFLUENCE_OUT_OF_RANGE);
  EXPECT_EQ(file.released, 1);
  tally.Add(Batch({Reaction("bob", "ada", abi1::SIGNAL_MENTIONS)}));
  EXPECT_EQ(file.SpillOf(tally, kLeastMemory), INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(file.released, 2);
  abi1::TallyOptions options = Tally::Options(kAsOf);
  options.set_threads(2);
  const Tally threaded(engine, options);
  EXPECT_EQ(file.SpillOf(threaded, kLeastMemory),
            INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(file.released, 3);
}

// Some events are in, some are not: nothing is left but to release it.
TEST(Spilled, AfterAFullFileTheTallyCanOnlyBeReleased) {
  const Engine engine = V1();
  FullFile file;
  Tally tally(engine, kAsOf), other(engine, kAsOf);
  ASSERT_EQ(file.SpillOf(tally, kLeastMemory), INFLUENCE_OK);
  Random random(8);
  influence_status status = INFLUENCE_OK;
  for (int i = 0; i < 200 && status == INFLUENCE_OK; ++i) {
    std::vector<abi1::Event> events;
    for (int k = 0; k < 50'000; ++k) {
      events.push_back(Reaction("a" + std::to_string(Below(&random, 60'000)),
                                "s" + std::to_string(Below(&random, 60'000)),
                                abi1::SIGNAL_MENTIONS));
    }
    status = tally.AddBytes(Batch(events).SerializeAsString());
  }
  ASSERT_EQ(status, INFLUENCE_CANCELLED) << tally.message();
  EXPECT_EQ(tally.field(), "spill");
  EXPECT_EQ(tally.AddBytes(""), INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(tally.TryMerge(other), INFLUENCE_FAILED_PRECONDITION);
  EXPECT_EQ(other.TryMerge(tally), INFLUENCE_FAILED_PRECONDITION);
  Taken report;
  EXPECT_EQ(influence_tally_report(tally.get(), report.out(), nullptr),
            INFLUENCE_FAILED_PRECONDITION);
  ArrowArrayStream stream;
  EXPECT_EQ(influence_tally_profiles(tally.get(), nullptr, 0, &stream, nullptr),
            INFLUENCE_FAILED_PRECONDITION);
}

}  // namespace
}  // namespace influence::testing
