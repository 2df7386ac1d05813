// One story through every function that makes or reads something: counts,
// events, tally, profiles, graph, standing, scores, comparison, drift, what-if,
// pages. abi/story.txt holds the inputs and the digests of the outputs; the
// tests of the Go, Rust and Python packages tell the same story from the same
// file.
//
//   INFLUENCE_WRITE_STORY=1 build/dev/tests/abi/binding_story_test
//
// rewrites the file: after any change of words ("text"), and after an intended
// change of messages ("bytes").
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "gtest/gtest.h"
#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "tests/standing/client.h"
#include "tests/tally/client.h"

namespace influence::testing {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> ReadCsv(const std::string& name) {
  std::ifstream file(std::string(INFLUENCE_SOURCE_DIR "/examples/") + name);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    Row row;
    std::stringstream cells(line + ",");
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    rows.push_back(row);
  }
  EXPECT_GT(rows.size(), 1U) << name;
  rows.erase(rows.begin());
  return rows;
}

int64_t SecondsOf(const std::string& text) {
  std::tm at = {};
  int end = 0;
  EXPECT_EQ(
      std::sscanf(text.c_str(), "%d-%d-%dT%d:%d:%dZ%n", &at.tm_year, &at.tm_mon,
                  &at.tm_mday, &at.tm_hour, &at.tm_min, &at.tm_sec, &end),
      6)
      << text;
  at.tm_year -= 1900;
  at.tm_mon -= 1;
  return timegm(&at);
}

int32_t DayOf(const std::string& date) {
  return static_cast<int32_t>(SecondsOf(date + "T00:00:00Z") / 86400);
}

// "38.25" in millionths.
int64_t MicrosOf(const std::string& text) {
  const size_t dot = std::min(text.find('.'), text.size());
  std::string digits = text.substr(0, dot);
  const std::string after = dot < text.size() ? text.substr(dot + 1) : "";
  digits += after + std::string(6 - after.size(), '0');
  return std::stoll(digits);
}

abi1::Signal KindOf(const std::string& word) {
  const std::map<std::string, abi1::Signal> kinds = {
      {"mention", abi1::SIGNAL_MENTIONS},
      {"reply", abi1::SIGNAL_REPLIES},
      {"save", abi1::SIGNAL_SAVES},
      {"like", abi1::SIGNAL_LIKES},
      {"reshare", abi1::SIGNAL_RESHARES},
      {"quote", abi1::SIGNAL_QUOTES},
      {"listing", abi1::SIGNAL_LISTINGS},
      {"follower", abi1::SIGNAL_FOLLOWERS},
      {"endorsement", abi1::SIGNAL_ENDORSEMENTS}};
  const auto found = kinds.find(word);
  EXPECT_NE(found, kinds.end()) << word;
  return found == kinds.end() ? abi1::SIGNAL_UNSPECIFIED : found->second;
}

std::vector<abi1::Profile> ReadPeople(const std::string& name) {
  std::vector<abi1::Profile> people;
  for (const Row& row : ReadCsv(name)) {
    if (people.empty() || people.back().id() != row[0]) {
      people.emplace_back().set_id(row[0]);
    }
    abi1::Account& account = *people.back().add_accounts();
    account.set_network(row[1]);
    account.set_followers_micros(MicrosOf(row[2]));
    account.set_listings_micros(MicrosOf(row[3]));
    account.set_mentions_micros(MicrosOf(row[4]));
    account.set_replies_micros(MicrosOf(row[5]));
    account.set_saves_micros(MicrosOf(row[6]));
    account.set_likes_micros(MicrosOf(row[7]));
    account.set_reshares_micros(MicrosOf(row[8]));
    account.set_quotes_micros(MicrosOf(row[9]));
    account.set_standing_micros(MicrosOf(row[10]));
    account.set_endorsements_micros(MicrosOf(row[11]));
  }
  return people;
}

abi1::Profile PersonIn(const std::string& name, const std::string& id) {
  for (const abi1::Profile& person : ReadPeople(name)) {
    if (person.id() == id) return person;
  }
  ADD_FAILURE() << "no " << id << " in " << name;
  return {};
}

// The file: the inputs, and the digests of the outputs.
class Story {
 public:
  template <typename Message>
  Message In(const std::string& name, const Message& message) {
    const std::string bytes = message.SerializeAsString();
    text_ += "input " + name + "\n";
    std::string hex;
    for (const char c : bytes) {
      char digits[3];
      std::snprintf(digits, sizeof digits, "%02x",
                    static_cast<unsigned>(static_cast<uint8_t>(c)));
      hex += digits;
    }
    for (size_t at = 0; at < hex.size(); at += 76) {
      text_ += "  " + hex.substr(at, 76) + "\n";
    }
    return message;
  }
  void Out(const std::string& name, const std::string& bytes) {
    EXPECT_FALSE(bytes.empty()) << name;
    text_ += "bytes " + name + " " + Sha256Hex(bytes) + "\n";
  }
  void Page(const std::string& name, const std::string& bytes) {
    EXPECT_FALSE(bytes.empty()) << name;
    text_ += "text " + name + " " + Sha256Hex(bytes) + "\n";
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_ =
      "# The inputs of one story, and the SHA-256 of its outputs in C, Go, "
      "Rust and\n# Python. tests/abi/story_test.cc tells and writes it.\n";
};

// Takes the error of a call.
class Refusal {
 public:
  Refusal() = default;
  ~Refusal() { influence_error_free(error_); }
  Refusal(const Refusal&) = delete;
  Refusal& operator=(const Refusal&) = delete;
  influence_error** out() { return &error_; }
  std::string field() const { return influence_error_field(error_); }
  std::string text() const {
    return field() + ": " + influence_error_text(error_);
  }

 private:
  influence_error* error_ = nullptr;
};

// The bytes that a call returns, which has to be OK.
std::string Ask(
    const std::function<influence_status(influence_bytes*, influence_error**)>&
        call) {
  influence_bytes bytes;
  Refusal error;
  EXPECT_EQ(call(&bytes, error.out()), INFLUENCE_OK) << error.text();
  const std::string taken(reinterpret_cast<const char*>(bytes.data),
                          bytes.size);
  influence_bytes_free(&bytes);
  return taken;
}

std::string PointsText(int64_t micropoints, int32_t decimals) {
  char text[INFLUENCE_POINTS_BYTES];
  EXPECT_EQ(influence_format_points(micropoints, decimals, text, sizeof text),
            INFLUENCE_OK);
  return text;
}

std::string TextAt(const ArrowArray& array, int64_t i) {
  const auto* ends = static_cast<const int32_t*>(array.buffers[1]);
  return {static_cast<const char*>(array.buffers[2]) + ends[i],
          static_cast<size_t>(ends[i + 1] - ends[i])};
}
std::string LargeTextAt(const ArrowArray& array, int64_t i) {
  const auto* ends = static_cast<const int64_t*>(array.buffers[1]);
  return {static_cast<const char*>(array.buffers[2]) + ends[i],
          static_cast<size_t>(ends[i + 1] - ends[i])};
}
int64_t NumberAt(const ArrowArray& array, int64_t i) {
  return static_cast<const int64_t*>(array.buffers[1])[i];
}
// Of a decimal128 whose upper half is zero.
int64_t DecimalAt(const ArrowArray& array, int64_t i) {
  EXPECT_EQ(NumberAt(array, 2 * i + 1), 0);
  return NumberAt(array, 2 * i);
}
bool IsNull(const ArrowArray& array, int64_t i) {
  const auto* valid = static_cast<const uint8_t*>(array.buffers[0]);
  return valid != nullptr && (valid[i / 8] >> (i % 8) & 1) == 0;
}

// Calls `each` with every table of a stream, which it ends.
void ForEachTable(
    ArrowArrayStream* stream,
    const std::function<void(const ArrowSchema&, const ArrowArray&)>& each) {
  ArrowSchema schema;
  ASSERT_EQ(stream->get_schema(stream, &schema), 0);
  for (;;) {
    ArrowArray table;
    ASSERT_EQ(stream->get_next(stream, &table), 0)
        << stream->get_last_error(stream);
    if (table.release == nullptr) break;
    each(schema, table);
    table.release(&table);
  }
  schema.release(&schema);
  stream->release(stream);
}

// Profiles of a stream, as a request. The standing beside the accounts is the
// first account's.
abi1::ScoreRequest ReadProfiles(ArrowArrayStream* stream) {
  abi1::ScoreRequest request;
  request.set_algorithm("v1");
  const auto read = [&](const ArrowSchema& schema, const ArrowArray& table) {
    const ArrowSchema& account_schema = *schema.children[1]->children[0];
    const auto* ends =
        static_cast<const int32_t*>(table.children[1]->buffers[1]);
    const ArrowArray& items = *table.children[1]->children[0];
    for (int64_t row = 0; row < table.length; ++row) {
      abi1::Profile& person = *request.add_profiles();
      person.set_id(TextAt(*table.children[0], row));
      for (int64_t i = ends[row]; i < ends[row + 1]; ++i) {
        abi1::Account& account = *person.add_accounts();
        account.set_network(TextAt(*items.children[0], i));
        for (int64_t field = 1; field < items.n_children; ++field) {
          if (IsNull(*items.children[field], i)) continue;
          account.GetReflection()->SetInt64(
              &account,
              abi1::Account::descriptor()->FindFieldByName(
                  account_schema.children[field]->name),
              NumberAt(*items.children[field], i));
        }
      }
      if (table.n_children > 2 && !IsNull(*table.children[2], row)) {
        person.mutable_accounts(0)->set_standing_micros(
            NumberAt(*table.children[2], row));
      }
    }
  };
  ForEachTable(stream, read);
  return request;
}

// Lines of id, score, low, high and coverage, in points.
std::string ReadScores(ArrowArrayStream* stream) {
  std::string lines;
  ForEachTable(stream, [&](const ArrowSchema& schema, const ArrowArray& table) {
    for (int64_t row = 0; row < table.length; ++row) {
      lines += TextAt(*table.children[0], row);
      for (int column = 1; column <= 4; ++column) {
        EXPECT_STREQ(schema.children[column]->format, "d:9,6");
        lines += " " + PointsText(DecimalAt(*table.children[column], row), 6);
      }
      lines += "\n";
    }
  });
  return lines;
}

ArrowArrayStream ProfilesOf(const Tally& tally) {
  ArrowArrayStream stream;
  EXPECT_EQ(influence_tally_profiles(tally.get(), nullptr, 0, &stream, nullptr),
            INFLUENCE_OK);
  return stream;
}

// A file in memory that a tally or a graph spills into.
struct File {
  static int32_t Write(void* context, const uint8_t* data, size_t size) {
    static_cast<File*>(context)->bytes.append(
        reinterpret_cast<const char*>(data), size);
    return 0;
  }
  static int32_t ReadAt(void* context, uint64_t offset, uint8_t* data,
                        size_t size) {
    const std::string& from = static_cast<File*>(context)->bytes;
    if (size > from.size() || offset > from.size() - size) return 1;
    from.copy(reinterpret_cast<char*>(data), size, offset);
    return 0;
  }
  static void Release(void* context) {
    ++static_cast<File*>(context)->releases;
  }

  std::string bytes;
  int releases = 0;
};

constexpr uint64_t kSpillBytes = uint64_t{64} << 20;

// The first account of each person, in whole counts, some of them unknown.
abi1::ScoreRequest WholeCounts() {
  abi1::ScoreRequest people;
  people.set_algorithm("v1");
  for (const abi1::Profile& found : ReadPeople("community_made_up.csv")) {
    abi1::Profile& person = *people.add_profiles();
    person.set_id(found.id());
    abi1::Account& account = *person.add_accounts();
    for (int i = 0; i <= INFLUENCE_ENDORSEMENTS; ++i) {
      if ((people.profiles_size() + i) % 7 == 0) continue;
      const auto* field = abi1::Account::descriptor()->FindFieldByNumber(i + 2);
      const int64_t micros =
          account.GetReflection()->GetInt64(found.accounts(0), field);
      account.GetReflection()->SetInt64(&account, field,
                                        micros - micros % 1'000'000);
    }
  }
  return people;
}

// Each person by plain counts.
void TellCounts(const Engine& v1, Story* story) {
  const abi1::ScoreRequest people = story->In("counts", WholeCounts());
  std::string lines, points;
  for (const abi1::Profile& person : people.profiles()) {
    const abi1::Account& account = person.accounts(0);
    int64_t counts[INFLUENCE_ENDORSEMENTS + 1];
    for (int i = 0; i <= INFLUENCE_ENDORSEMENTS; ++i) {
      const auto* field = abi1::Account::descriptor()->FindFieldByNumber(i + 2);
      counts[i] =
          account.GetReflection()->HasField(account, field)
              ? account.GetReflection()->GetInt64(account, field) / 1'000'000
              : INFLUENCE_UNKNOWN;
    }
    int64_t score, low, high, coverage;
    ASSERT_EQ(influence_score_counts(v1.get(), counts, std::size(counts),
                                     &score, &low, &high, &coverage, nullptr),
              INFLUENCE_OK);
    lines += person.id();
    for (const int64_t micropoints : {score, low, high, coverage}) {
      lines += " " + PointsText(micropoints, 6);
    }
    lines += "\n";
    points += person.id() + " " + PointsText(score, 1) + "\n";
  }
  story->Out("counts", lines);
  story->Out("points", points);
}

// A refused call, by its status and field.
void TellError(Story* story) {
  abi1::Algorithm algorithm;
  algorithm.set_id("acme/v1");
  const std::string bytes = algorithm.SerializeAsString();
  influence_engine* engine = nullptr;
  Refusal error;
  const influence_status status = influence_engine_open_custom(
      Data(bytes), bytes.size(), &engine, error.out());
  EXPECT_EQ(status, INFLUENCE_INVALID_ALGORITHM);
  EXPECT_EQ(engine, nullptr);
  story->In("bad_algorithm", algorithm);
  story->Out("error", std::string(influence_status_name(status)) + " " +
                          error.field() + "\n");
}

void TellTally(const Engine& v1, Story* story, Tally* whole) {
  const abi1::TallyOptions options = story->In("tally_options", [] {
    return Tally::Options(SecondsOf("2026-01-31T23:59:59Z"));
  }());
  abi1::EventBatch halves[2];
  const std::vector<Row> rows = ReadCsv("events_made_up.csv");
  for (size_t i = 0; i < rows.size(); ++i) {
    abi1::Event& event = *halves[i < rows.size() / 2 ? 0 : 1].add_events();
    event.set_time_seconds(SecondsOf(rows[i][0]));
    event.set_actor(rows[i][1]);
    event.set_subject(rows[i][2]);
    event.set_kind(KindOf(rows[i][3]));
    event.set_network(rows[i][4]);
    event.set_topic(rows[i].size() > 5 ? rows[i][5] : "");
  }
  story->In("events_1", halves[0]);
  story->In("events_2", halves[1]);
  *whole = Tally(v1, options);
  Tally first(v1, options), second(v1, options);
  whole->Add(halves[0]);
  whole->Add(halves[1]);
  first.Add(halves[0]);
  second.Add(halves[1]);
  // The same in two parts, kept in between, in the other order.
  Tally merged = Tally::Load(v1, second.Save());
  merged.Merge(Tally::Load(v1, first.Save()));
  story->Out("tally.save", whole->Save());
  EXPECT_EQ(merged.Save(), whole->Save());

  abi1::TallyReport report = whole->Report();
  report.clear_memory_bytes();  // not the same for the same events
  story->Out("tally.report", report.SerializeAsString());
  abi1::SubjectRequest request;
  request.set_id("faraday");
  request.set_top(3);
  request.set_carriers(true);
  const std::string subject =
      story->In("subject_request", request).SerializeAsString();
  story->Out("tally.subject", Ask([&](auto* out, auto* error) {
               return influence_tally_subject(whole->get(), Data(subject),
                                              subject.size(), out, error);
             }));
  ArrowSchema schema;
  ArrowArray topics;
  ASSERT_EQ(influence_tally_topics(whole->get(), &schema, &topics, nullptr),
            INFLUENCE_OK);
  std::string lines;
  for (int64_t row = 0; row < topics.length; ++row) {
    lines += LargeTextAt(*topics.children[0], row) + " " +
             LargeTextAt(*topics.children[1], row);
    for (const int column : {2, 4, 3}) {  // score, quantity, people
      lines += " " + std::to_string(NumberAt(*topics.children[column], row));
    }
    lines += "\n";
  }
  schema.release(&schema);
  topics.release(&topics);
  story->Out("tally.topics", lines);
  ArrowArrayStream stream = ProfilesOf(*whole);
  story->Out("tally.profiles", ReadProfiles(&stream).SerializeAsString());

  File file;
  {
    Tally spilled(v1, options);
    ASSERT_EQ(
        influence_tally_spill(spilled.get(), kSpillBytes, File::Write,
                              File::ReadAt, File::Release, &file, nullptr),
        INFLUENCE_OK);
    spilled.Add(halves[1]);
    spilled.Add(halves[0]);
    ArrowArrayStream of_spilled = ProfilesOf(spilled);
    stream = ProfilesOf(*whole);
    EXPECT_EQ(ReadProfiles(&of_spilled).SerializeAsString(),
              ReadProfiles(&stream).SerializeAsString());
    EXPECT_EQ(file.releases, 0);
  }
  EXPECT_EQ(file.releases, 1);
}

void TellRun(const std::string& name, Graph* graph, uint32_t threads,
             Story* story, Standing* standing) {
  *standing = graph->Run(threads);
  abi1::StandingReport report = standing->Report();
  report.clear_memory_bytes();
  story->Out(name + ".report", report.SerializeAsString());
  std::string lines;
  for (const auto& [id, rank] : standing->Ranks()) {
    lines += id + " " + std::to_string(rank.first) + " " +
             std::to_string(rank.second) + "\n";
  }
  story->Out(name + ".ranks", lines);
}

void TellStanding(const Engine& v1, const Tally& tally, Story* story) {
  std::vector<Edge> edges;
  for (const Row& row : ReadCsv("edges_made_up.csv")) {
    edges.push_back({row[0], row[1], std::stoull(row[2])});
  }
  abi1::EdgeBatch batch;
  ASSERT_TRUE(batch.ParseFromString(BatchOf(edges)));
  std::vector<std::pair<std::string, uint64_t>> list;
  for (const Row& row : ReadCsv("seeds_made_up.csv")) {
    list.emplace_back(row[0], std::stoull(row[1]));
  }
  story->In("edges", batch);
  const abi1::SeedList seeds = story->In("seeds", SeedsOf(list));

  Standing standing(nullptr);
  Graph graph(v1);
  ASSERT_EQ(graph.AddBytes(batch.SerializeAsString()), INFLUENCE_OK);
  graph.Seed(seeds);
  TellRun("edges", &graph, 2, story, &standing);
  abi1::NodeRequest request;
  request.set_id("faraday");
  request.set_top(3);
  const std::string node =
      story->In("node_request", request).SerializeAsString();
  story->Out("edges.node", Ask([&](auto* out, auto* error) {
               return influence_standing_explain(standing.get(), Data(node),
                                                 node.size(), out, error);
             }));

  const RankTable ranks = standing.Ranks();
  File file;
  {
    Graph spilled(v1);
    ASSERT_EQ(
        influence_graph_spill(spilled.get(), kSpillBytes, File::Write,
                              File::ReadAt, File::Release, &file, nullptr),
        INFLUENCE_OK);
    ASSERT_EQ(spilled.AddBytes(batch.SerializeAsString()), INFLUENCE_OK);
    spilled.Seed(seeds);
    standing = spilled.Run();
    EXPECT_EQ(standing.Ranks(), ranks);
  }
  EXPECT_EQ(file.releases, 0);  // the standing reads it, too
  standing = Standing(nullptr);
  EXPECT_EQ(file.releases, 1);

  Graph of_tally(v1);
  ASSERT_EQ(of_tally.AddTally(tally), INFLUENCE_OK) << of_tally.message();
  of_tally.Seed(seeds);
  TellRun("events", &of_tally, 1, story, &standing);
  const auto join = [&] {
    ArrowArrayStream people = ProfilesOf(tally), joined;
    EXPECT_EQ(
        influence_standing_join(standing.get(), &people, &joined, nullptr),
        INFLUENCE_OK);
    return joined;
  };
  ArrowArrayStream joined = join();
  story->Out("joined.profiles", ReadProfiles(&joined).SerializeAsString());
  ArrowArrayStream again = join(), scores;
  ASSERT_EQ(
      influence_score_stream(v1.get(), nullptr, 0, &again, &scores, nullptr),
      INFLUENCE_OK);
  story->Out("joined.scores", ReadScores(&scores));
}

std::string Render(const abi1::RenderRequest& request) {
  const std::string bytes = request.SerializeAsString();
  return Ask([&](auto* out, auto* error) {
    return influence_render(Data(bytes), bytes.size(), out, error);
  });
}

// In words: text and HTML, English and German.
void TellPages(const std::string& name, abi1::RenderRequest request,
               Story* story) {
  for (const auto& [format, format_name] :
       {std::pair(abi1::RENDER_FORMAT_TEXT, "text"),
        std::pair(abi1::RENDER_FORMAT_HTML, "html")}) {
    for (const char* language : {"en", "de"}) {
      request.set_format(format);
      request.set_language(language);
      story->Page("render." + name + "." + format_name + "." + language,
                  Render(request));
    }
  }
}

void TellInsight(const Engine& v1, const Engine& v2, Story* story) {
  const std::string now = "community_made_up.csv";
  const std::string later = "community_made_up_later.csv";
  abi1::ScoreRequest score;
  score.set_algorithm("v1");
  score.set_as_of_days(DayOf("2026-09-01"));
  *score.add_profiles() = PersonIn(now, "grace");
  const std::string request =
      story->In("score_request", score).SerializeAsString();
  const std::string scored = Ask([&](auto* out, auto* error) {
    return influence_score(v1.get(), Data(request), request.size(), out, error);
  });
  story->Out("score", scored);
  abi1::RenderRequest page;
  ASSERT_TRUE(page.mutable_result()->ParseFromString(scored));
  TellPages("result", page, story);

  abi1::CompareRequest two;
  *two.mutable_before()->mutable_profile() = PersonIn(now, "grace");
  two.mutable_before()->mutable_identity()->set_as_of_days(DayOf("2026-09-01"));
  *two.mutable_after()->mutable_profile() = PersonIn(later, "grace");
  two.mutable_after()->mutable_identity()->set_as_of_days(DayOf("2026-10-01"));
  const std::string compare =
      story->In("compare_request", two).SerializeAsString();
  const std::string compared = Ask([&](auto* out, auto* error) {
    return influence_compare(v1.get(), v2.get(), Data(compare), compare.size(),
                             out, error);
  });
  story->Out("compare", compared);
  page.Clear();
  ASSERT_TRUE(page.mutable_comparison()->ParseFromString(compared));
  TellPages("comparison", page, story);

  abi1::WhatIfRequest question;
  *question.mutable_profile() = PersonIn(now, "ada");
  abi1::Override& likes = *question.add_overrides();
  likes.set_signal(abi1::SIGNAL_LIKES);
  likes.set_network("x");
  likes.set_value_micros(1'000'000'000);
  abi1::CurveQuestion& curve = *question.add_curves();
  curve.set_factor(abi1::FACTOR_AUDIENCE);
  for (const int64_t followers : {0, 1'000, 1'000'000}) {
    curve.add_quantities_micros(followers * 1'000'000);
  }
  abi1::GoalQuestion& goal = *question.add_goals();
  goal.set_signal(abi1::SIGNAL_LISTINGS);
  goal.set_network("mastodon");
  goal.set_rise_micropoints(2'500'000);
  const std::string what_if =
      story->In("what_if_request", question).SerializeAsString();
  const std::string answer = Ask([&](auto* out, auto* error) {
    return influence_what_if(v1.get(), Data(what_if), what_if.size(), out,
                             error);
  });
  story->Out("what_if", answer);
  page.Clear();
  ASSERT_TRUE(page.mutable_what_if()->ParseFromString(answer));
  TellPages("what_if", page, story);
}

struct FreeDrift {
  void operator()(influence_drift* drift) const { influence_drift_free(drift); }
};
using Drift = std::unique_ptr<influence_drift, FreeDrift>;

void TellDrift(const Engine& v1, const Engine& v2, Story* story) {
  abi1::DriftOptions options;
  options.set_top(3);
  const std::string settings =
      story->In("drift_options", options).SerializeAsString();
  const std::vector<abi1::Profile> people = ReadPeople("community_made_up.csv");
  std::string halves[2];
  for (size_t half = 0; half < 2; ++half) {
    abi1::ScoreRequest request;
    for (size_t i = half; i < people.size(); i += 2) {
      *request.add_profiles() = people[i];
    }
    halves[half] = story->In("people_" + std::to_string(half + 1), request)
                       .SerializeAsString();
  }
  const auto make = [&](bool with_first, bool with_second) {
    influence_drift* drift = nullptr;
    EXPECT_EQ(influence_drift_new(v1.get(), v2.get(), Data(settings),
                                  settings.size(), &drift, nullptr),
              INFLUENCE_OK);
    for (size_t half = 0; half < 2; ++half) {
      if (half == 0 ? !with_first : !with_second) continue;
      EXPECT_EQ(influence_drift_add(drift, Data(halves[half]),
                                    halves[half].size(), nullptr),
                INFLUENCE_OK);
    }
    return Drift(drift);
  };
  const auto save = [](const Drift& drift) {
    return Ask([&](auto* out, auto* error) {
      return influence_drift_save(drift.get(), out, error);
    });
  };
  const Drift whole = make(true, true);
  const std::string kept = save(make(false, true));
  influence_drift* loaded = nullptr;
  ASSERT_EQ(influence_drift_load(v1.get(), v2.get(), Data(kept), kept.size(),
                                 &loaded, nullptr),
            INFLUENCE_OK);
  const Drift merged(loaded);
  ASSERT_EQ(
      influence_drift_merge(merged.get(), make(true, false).get(), nullptr),
      INFLUENCE_OK);
  story->Out("drift.save", save(whole));
  EXPECT_EQ(save(merged), save(whole));
  const std::string report = Ask([&](auto* out, auto* error) {
    return influence_drift_report(whole.get(), out, error);
  });
  story->Out("drift.report", report);
  abi1::RenderRequest page;
  ASSERT_TRUE(page.mutable_drift()->ParseFromString(report));
  TellPages("drift", page, story);
}

TEST(Story, IsTheSameInEveryLanguage) {
  const Engine v1 = V1();
  influence_engine* made = nullptr;
  ASSERT_EQ(influence_engine_open("v2", &made, nullptr), INFLUENCE_OK);
  const Engine v2(made);
  Story story;
  TellCounts(v1, &story);
  TellError(&story);
  Tally tally(nullptr);
  TellTally(v1, &story, &tally);
  TellStanding(v1, tally, &story);
  TellInsight(v1, v2, &story);
  TellDrift(v1, v2, &story);

  const char* const path = INFLUENCE_SOURCE_DIR "/abi/story.txt";
  if (std::getenv("INFLUENCE_WRITE_STORY") != nullptr) {
    std::ofstream(path) << story.text();
  }
  std::stringstream kept;
  kept << std::ifstream(path).rdbuf();
  EXPECT_EQ(kept.str(), story.text())
      << "if it was meant: INFLUENCE_WRITE_STORY=1 "
         "tests/abi/binding_story_test in the "
         "build folder";
}

}  // namespace
}  // namespace influence::testing
