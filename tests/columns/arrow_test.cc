// Columns through the C boundary: the same scores as one profile after the
// other, and the Arrow specification's rules of ownership on every path.
#include <cerrno>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "tests/client.h"
#include "tests/columns/arrow_table.h"
#include "tests/columns/scored_table.h"
#include "tests/random_profiles.h"

namespace influence::testing {
namespace {

class Engine {
 public:
  explicit Engine(const std::string& id = "v1") {
    EXPECT_EQ(influence_engine_open(id.c_str(), &engine_, nullptr),
              INFLUENCE_OK);
  }
  explicit Engine(const abi1::Algorithm& algorithm) {
    const std::string bytes = algorithm.SerializeAsString();
    EXPECT_EQ(influence_engine_open_custom(
                  reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
                  &engine_, nullptr),
              INFLUENCE_OK);
  }
  ~Engine() { influence_engine_free(engine_); }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  const influence_engine* get() const { return engine_; }

 private:
  influence_engine* engine_ = nullptr;
};

abi1::ColumnsOptions Everything() {
  abi1::ColumnsOptions options;
  options.set_bands(true);
  options.set_points(true);
  options.set_reasons(true);
  options.set_float_rounding(abi1::FLOAT_ROUNDING_HALF_EVEN);
  return options;
}

struct Failure {
  influence_status status = INFLUENCE_OK;
  std::string field;
  int64_t row = -1;
  std::string text;

  std::string words() const { return field + ": " + text; }
};

// Releases the error.
Failure Take(influence_status status, influence_error* error) {
  EXPECT_EQ(influence_error_status(error), status);
  const Failure failure = {status, influence_error_field(error),
                           influence_error_row(error),
                           influence_error_text(error)};
  influence_error_free(error);
  return failure;
}

// Scores a table; on failure everything that came back is zero. Either way the
// input is released once.
Scored Score(const Engine& engine, const Column& column,
             const abi1::ColumnsOptions& options, Failure* failure = nullptr) {
  Export in(column);
  Scored out;
  influence_error* error = nullptr;
  const std::string bytes = options.SerializeAsString();
  const influence_status status = influence_score_columns(
      engine.get(), reinterpret_cast<const uint8_t*>(bytes.data()),
      bytes.size(), &in.schema, &in.array, &out.schema, &out.array, &error);
  EXPECT_EQ(in.schema_releases, 1);
  EXPECT_EQ(in.array_releases, 1);
  EXPECT_EQ(in.schema.release, nullptr);
  EXPECT_EQ(in.array.release, nullptr);
  EXPECT_EQ(error == nullptr, status == INFLUENCE_OK);
  if (status != INFLUENCE_OK) {
    EXPECT_EQ(out.schema.release, nullptr);
    EXPECT_EQ(out.array.release, nullptr);
  }
  const Failure taken = Take(status, error);
  if (failure != nullptr) {
    *failure = taken;
  } else {
    EXPECT_EQ(status, INFLUENCE_OK) << taken.words();
  }
  // What refers to the exported memory is the carried id alone.
  return out;
}

// Profiles as a table: one account each, or lists of accounts.
Column AsTable(const std::vector<abi1::Profile>& profiles, bool as_lists,
               int64_t offset, bool narrow) {
  std::vector<abi1::Account> accounts;
  std::vector<int32_t> ends = {0};
  for (const abi1::Profile& profile : profiles) {
    if (as_lists) {
      accounts.insert(accounts.end(), profile.accounts().begin(),
                      profile.accounts().end());
    } else {
      accounts.push_back(profile.accounts_size() == 0 ? abi1::Account()
                                                      : profile.accounts(0));
    }
    ends.push_back(static_cast<int32_t>(accounts.size()));
  }
  std::vector<Column> signals;
  for (int s = 0; s < kSignals; ++s) {
    std::vector<int64_t> values;
    std::vector<bool> valid;
    for (const abi1::Account& account : accounts) {
      const bool has = HasSignal(account, s);
      values.push_back(has ? GetSignal(account, s) : int64_t{-99});
      valid.push_back(has);
    }
    const std::string name = SignalField(s)->name();
    if (narrow && s % 2 == 0) {
      std::vector<uint64_t> unsigned_values(values.begin(), values.end());
      signals.push_back(Column::Of(name, "L", unsigned_values, offset));
    } else {
      signals.push_back(Column::Of(name, "l", values, offset));
    }
    signals.back().Valid(valid, s % 3 == 0);
  }
  const auto rows = static_cast<int64_t>(profiles.size());
  if (!as_lists) return Column::Struct("", rows, std::move(signals));
  std::vector<Column> children;
  Column list = Column::Of("accounts", "+l", ends);
  list.length = rows;
  list.children.push_back(Column::Struct(
      "item", static_cast<int64_t>(accounts.size()), std::move(signals)));
  children.push_back(std::move(list));
  return Column::Struct("", rows, std::move(children));
}

std::vector<abi1::Algorithm> Algorithms() {
  abi1::Algorithm custom;
  custom.set_id("acme/v1");
  abi1::Row* row = custom.add_rows();
  row->set_factor(abi1::FACTOR_ATTENTION);
  row->set_weight_micropoints(33'333'335);
  row->set_full_marks_micros(1'023'000'000);
  for (const abi1::Signal signal : {abi1::SIGNAL_LIKES, abi1::SIGNAL_SAVES}) {
    abi1::SignalValue* count = row->add_counts();
    count->set_signal(signal);
    count->set_value_micros(333'333);
  }
  row = custom.add_rows();
  row->set_factor(abi1::FACTOR_AUDIENCE);
  row->set_weight_micropoints(66'666'665);
  row->set_full_marks_micros(kLimit);
  abi1::SignalValue* count = row->add_counts();
  count->set_signal(abi1::SIGNAL_FOLLOWERS);
  count->set_value_micros(1'000);
  return {custom};
}

void ExpectSame(const abi1::ScoreResponse& want, const Scored& got) {
  ASSERT_EQ(got.array.length, want.results_size());
  for (int i = 0; i < want.results_size(); ++i) {
    const auto at = static_cast<size_t>(i);
    const abi1::Result& result = want.results(i);
    if (result.has_error()) {
      EXPECT_EQ(got.Micros("score", at), std::nullopt);
      EXPECT_EQ(got.At<int32_t>("error", at), result.error().code());
      continue;
    }
    const abi1::Ledger& ledger = result.ledger();
    ASSERT_EQ(got.Micros("score", at), ledger.score_micropoints()) << i;
    ASSERT_EQ(got.Micros("low", at), ledger.low_micropoints());
    ASSERT_EQ(got.Micros("high", at), ledger.high_micropoints()) << i;
    ASSERT_EQ(got.Micros("coverage", at), ledger.coverage_micropoints()) << i;
    ASSERT_EQ(got.At<int8_t>("band", at), ledger.band());
    ASSERT_EQ(got.At<int32_t>("error", at), std::nullopt);
    ASSERT_EQ(got.ErrorField(at), "(null)");
    for (const abi1::Line& line : ledger.lines()) {
      std::string name = abi1::Factor_Name(line.factor()).substr(7);
      for (char& c : name) c = static_cast<char>(std::tolower(c));
      ASSERT_EQ(got.Micros("points_" + name, at), line.points_micropoints());
    }
    const auto reasons = [&](const std::string& name, const auto& list) {
      const ArrowArray* column = got.Find(name);
      const auto* ends = static_cast<const int32_t*>(column->buffers[1]);
      ASSERT_EQ(ends[at + 1] - ends[at], list.size());
      const ArrowArray* item = column->children[0];
      for (int r = 0; r < list.size(); ++r) {
        const int32_t entry = ends[at] + r;
        EXPECT_EQ(
            static_cast<const int8_t*>(item->children[0]->buffers[1])[entry],
            list.Get(r).code());
        EXPECT_EQ(
            static_cast<const int8_t*>(item->children[1]->buffers[1])[entry],
            list.Get(r).factor());
        EXPECT_EQ(got.ReasonPoints(name, static_cast<size_t>(entry)),
                  list.Get(r).points_micropoints());
      }
    };
    reasons("lifted", ledger.lifted());
    reasons("held_back", ledger.held_back());
  }
}

TEST(Columns, AreThePathOfOneProfile) {
  std::mt19937_64 rng(21);
  for (int round = 0; round < 24; ++round) {
    const bool as_lists = round % 3 == 2;
    const bool custom = round % 4 == 3;
    const Client client =
        custom ? Client::Custom(Algorithms()[0]) : Client::Released("v1");
    abi1::ScoreRequest request = client.NewRequest();
    std::vector<abi1::Profile> profiles;
    for (uint64_t n = rng() % 2000; n > 0; --n) {
      abi1::Profile profile = RandomProfile(rng);
      if (rng() % 30 == 0 && profile.accounts_size() > 0) {
        SetSignal(profile.mutable_accounts(0),
                  static_cast<int>(rng() % kSignals),
                  rng() % 2 == 0 ? -1 : kLimit + 1);
      }
      if (!as_lists) {
        while (profile.accounts_size() > 1) {
          profile.mutable_accounts()->RemoveLast();
        }
      }
      *request.add_profiles() = profile;
      profiles.push_back(profile);
    }
    const abi1::ScoreResponse want = client.Score(request);
    const Column table = AsTable(
        profiles, as_lists, static_cast<int64_t>(rng() % 70), round % 2 == 0);
    const auto score = [&](const abi1::ColumnsOptions& options) {
      return custom ? Score(Engine(Algorithms()[0]), table, options)
                    : Score(Engine(), table, options);
    };
    const Scored everything = score(Everything());
    ExpectSame(want, everything);
    std::string head = everything.Dump();
    head.resize(head.find("lifted:"));
    // With reasons everything goes row by row; without, through a kernel.
    for (const bool reasons : {true, false}) {
      for (const abi1::ScoreUnit unit :
           {abi1::SCORE_UNIT_POINTS, abi1::SCORE_UNIT_MICROPOINTS}) {
        abi1::ColumnsOptions options = Everything();
        options.set_reasons(reasons);
        options.set_score_unit(unit);
        options.set_threads(static_cast<uint32_t>(rng() % 4));
        EXPECT_EQ(score(options).Dump(), reasons ? everything.Dump() : head);
      }
    }
  }
}

TEST(Columns, GiveTheSameBytesForAnyThreads) {
  std::mt19937_64 rng(22);
  std::vector<abi1::Profile> profiles;
  for (int i = 0; i < 100'003; ++i) {
    abi1::Profile profile;
    *profile.add_accounts() = RandomAccount(rng);
    profiles.push_back(profile);
  }
  const Column table = AsTable(profiles, false, 3, false);
  const Engine engine;
  for (const bool reasons : {false, true}) {
    abi1::ColumnsOptions options = Everything();
    options.set_reasons(reasons);
    const std::string want = Score(engine, table, options).Dump();
    for (const uint32_t threads : {2u, 7u, 16u, 1024u}) {
      options.set_threads(threads);
      EXPECT_EQ(Score(engine, table, options).Dump(), want) << threads;
    }
  }
}

// ada of the README, in every type a column may have.
TEST(Columns, MayHaveSeveralTypes) {
  const Engine engine;
  struct Decimal {
    uint64_t low, high;
  };
  const auto table = [](Column followers) {
    return Column::Struct(
        "", 1,
        {Column::Of("mentions", "l", std::vector<int64_t>{120}),
         Column::Of("replies", "i", std::vector<int32_t>{40}),
         Column::Of("saves", "L", std::vector<uint64_t>{16}),
         Column::Of("likes", "I", std::vector<uint32_t>{300}),
         Column::Of("reshares_micros", "l", std::vector<int64_t>{85'000'000}),
         Column::Of("quotes_micros", "i", std::vector<int32_t>{12'000'000}),
         Column::Of("listings", "l", std::vector<int64_t>{31}),
         std::move(followers)});
  };
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  const auto decimal = [](uint64_t value) { return Decimal{0, value}; };
#else
  const auto decimal = [](uint64_t value) { return Decimal{value, 0}; };
#endif
  for (Column followers :
       {Column::Of("followers", "l", std::vector<int64_t>{2400}),
        Column::Of("followers", "i", std::vector<int32_t>{2400}),
        Column::Of("followers", "g", std::vector<double>{2400}),
        Column::Of("followers", "d:19,2",
                   std::vector<Decimal>{decimal(240000)}),
        Column::Of("followers", "d:38,6,128",
                   std::vector<Decimal>{decimal(2'400'000'000)}),
        Column::Of("followers", "s", std::vector<int16_t>{2400}),
        Column::Of("followers", "S", std::vector<uint16_t>{2400}),
        Column::Of("followers", "e", std::vector<uint16_t>{0x68b0}),
        Column::Of("followers", "f", std::vector<float>{2400}),
        Column::Of("followers", "d:9,2,32", std::vector<int32_t>{240000}),
        Column::Of("followers", "d:18,2,64", std::vector<int64_t>{240000}),
        Column::Dictionary<int8_t>(
            "followers", "c", {1},
            Column::Of("", "i", std::vector<int32_t>{1, 2400})),
        Column::Runs<int32_t>("followers", "i", {1},
                              Column::Of("", "l", std::vector<int64_t>{2400})),
        Column::Of("followers_micros", "d:19,0",
                   std::vector<Decimal>{decimal(2'400'000'000)}),
        Column::Of("followers_micros", "g", std::vector<double>{2.4e9}),
        Column::Of("followers_micros", "L",
                   std::vector<uint64_t>{2'400'000'000})}) {
    const Scored scored = Score(engine, table(followers), Everything());
    EXPECT_EQ(scored.Micros("score", 0), 36'901'409) << followers.format;
    EXPECT_EQ(scored.Micros("high", 0), 48'901'409);
    EXPECT_EQ(scored.Micros("coverage", 0), 88'000'000);
    EXPECT_EQ(scored.At<int8_t>("band", 0), 2);
  }
}

TEST(Columns, HaveTheirNamesTypesAndIdentity) {
  const Column table =
      Column::Struct("", 2,
                     {Column::Of("followers", "l", std::vector<int64_t>{1, 2}),
                      Column::Text("id", {"ada", "bob"})});
  const Scored all = Score(Engine(), table, Everything());
  EXPECT_EQ(all.Names(), (std::vector<std::string>{
                             "id", "score", "low", "high", "coverage", "error",
                             "error_field", "band", "points_attention",
                             "points_amplification", "points_curation",
                             "points_audience", "points_standing",
                             "points_endorsement", "lifted", "held_back"}));
  EXPECT_STREQ(all.schema.format, "+s");
  abi1::ColumnsOptions options = Everything();
  options.set_score_unit(abi1::SCORE_UNIT_MICROPOINTS);
  const Scored micropoints = Score(Engine(), table, options);
  EXPECT_EQ(
      micropoints.Names(),
      (std::vector<std::string>{
          "id", "score_micropoints", "low_micropoints", "high_micropoints",
          "coverage_micropoints", "error", "error_field", "band",
          "points_attention_micropoints", "points_amplification_micropoints",
          "points_curation_micropoints", "points_audience_micropoints",
          "points_standing_micropoints", "points_endorsement_micropoints",
          "lifted", "held_back"}));
  for (const auto& [scored, format, points] :
       {std::tuple{&all, "d:9,6", "points"},
        std::tuple{&micropoints, "l", "points_micropoints"}}) {
    for (const int64_t i : {1, 2, 3, 4, 8, 13}) {
      EXPECT_STREQ(scored->schema.children[i]->format, format) << i;
    }
    const ArrowSchema* reason = scored->schema.children[14]->children[0];
    EXPECT_STREQ(reason->children[2]->name, points);
    EXPECT_STREQ(reason->children[2]->format, format);
  }
  for (int64_t i = 0; i < all.schema.n_children; ++i) {
    EXPECT_EQ(all.array.children[i]->length, 2);
    EXPECT_EQ(all.array.children[i]->offset, 0);
  }
  // One memory for score and low.
  EXPECT_EQ(all.Find("score")->buffers[1], all.Find("low")->buffers[1]);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(all.Find("high")->buffers[1]) % 64, 0u);

  // Clients take a dictionary for a set.
  const ArrowArray* words = all.Find("error_field")->dictionary;
  const auto* ends = static_cast<const int32_t*>(words->buffers[1]);
  const auto* letters = static_cast<const char*>(words->buffers[2]);
  std::set<std::string> different;
  for (int64_t i = 0; i < words->length; ++i) {
    different.emplace(letters + ends[i], letters + ends[i + 1]);
  }
  EXPECT_EQ(different.size(), static_cast<size_t>(words->length));

  std::map<std::string, std::string> metadata;
  const char* at = all.schema.metadata;
  const auto number = [&at] {
    int32_t value = 0;
    std::memcpy(&value, at, sizeof value);
    at += sizeof value;
    return value;
  };
  const auto text = [&] {
    const auto size = static_cast<size_t>(number());
    std::string value(at, size);
    at += size;
    return value;
  };
  for (int32_t pairs = number(); pairs > 0; --pairs) {
    const std::string key = text();
    metadata[key] = text();
  }
  EXPECT_EQ(metadata["influence.algorithm"], "v1");
  EXPECT_EQ(metadata["influence.fingerprint"].size(), 64u);
  EXPECT_EQ(metadata["influence.library_version"], influence_library_version());

  EXPECT_EQ(Score(Engine(), table, {}).Names(),
            (std::vector<std::string>{"id", "score", "low", "high", "coverage",
                                      "error", "error_field"}));
}

TEST(Columns, CarryTheIdUnread) {
  // A dictionary, of a struct that is a slice of a longer table.
  Column id = Column::Of("id", "c", std::vector<int8_t>{0, 1, 1, 0, 7}, 2);
  id.dictionary.push_back(Column::Text("", {"ada", "bob"}));
  Column table = Column::Struct(
      "", 3,
      {id,
       Column::Of("followers", "l", std::vector<int64_t>{9, 1, 10, 100, 9})});
  table.offset = 1;
  Export in(table);
  const void* values = in.array.children[0]->buffers[1];
  Scored out;
  const Engine engine;
  ASSERT_EQ(
      influence_score_columns(engine.get(), nullptr, 0, &in.schema, &in.array,
                              &out.schema, &out.array, nullptr),
      INFLUENCE_OK);
  EXPECT_EQ(in.array_releases, 1);
  const ArrowArray* got = out.Find("id");
  EXPECT_EQ(got->buffers[1], values);  // not copied
  EXPECT_EQ(got->offset, 3);
  EXPECT_EQ(got->length, 3);
  ASSERT_NE(got->dictionary, nullptr);
  EXPECT_EQ(got->dictionary->length, 2);
  EXPECT_STREQ(out.schema.children[0]->dictionary->format, "u");
  EXPECT_LT(out.Micros("score", 0), out.Micros("score", 1));
  EXPECT_LT(out.Micros("score", 1), out.Micros("score", 2));
}

// For any kernel, and under a sanitizer that minds.
TEST(Columns, BuffersNeedNoAlignment) {
  const size_t rows = 700;
  std::vector<int64_t> counts(rows);
  for (size_t i = 0; i < rows; ++i) counts[i] = static_cast<int64_t>(i * i);
  const Column table =
      Column::Struct("", rows, {Column::Of("followers", "l", counts)});
  const Engine engine;
  const std::string wanted = Score(engine, table, {}).Dump();
  std::vector<char> odd(sizeof(int64_t) * rows + 1);
  std::memcpy(odd.data() + 1, counts.data(), sizeof(int64_t) * rows);
  Export in(table);
  in.array.children[0]->buffers[1] = odd.data() + 1;
  Scored out;
  ASSERT_EQ(
      influence_score_columns(engine.get(), nullptr, 0, &in.schema, &in.array,
                              &out.schema, &out.array, nullptr),
      INFLUENCE_OK);
  EXPECT_EQ(out.Dump(), wanted);

  // But the offsets of a list do.
  Scored none;
  Column list = Column::Of("accounts", "+l", std::vector<int32_t>{0, 1});
  list.length = 1;
  list.children.push_back(Column::Struct(
      "item", 1, {Column::Of("followers", "l", std::vector<int64_t>{1})}));
  Export lists(Column::Struct("", 1, {list}));
  std::memset(odd.data(), 0, odd.size());
  odd[5] = 1;
  lists.array.children[0]->buffers[1] = odd.data() + 1;
  influence_error* error = nullptr;
  EXPECT_EQ(
      influence_score_columns(engine.get(), nullptr, 0, &lists.schema,
                              &lists.array, &none.schema, &none.array, &error),
      INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(Take(INFLUENCE_INVALID_ARGUMENT, error).words(),
            "accounts: the offsets of the lists are not aligned");
}

TEST(Columns, ChildrenMayBeMovedOutAndOutliveTheRest) {
  Scored out = Score(
      Engine(),
      Column::Struct("", 1,
                     {Column::Of("followers", "l", std::vector<int64_t>{10})}),
      {});
  const int64_t score = *out.Micros("score", 0);
  ArrowArray kept = *out.array.children[1];  // low, which shares with score
  out.array.children[1]->release = nullptr;
  out.array.release(&out.array);
  EXPECT_EQ(out.array.release, nullptr);
  EXPECT_EQ(Scored::PointsAt(*out.schema.children[1], kept, 0), score);
  kept.release(&kept);
  EXPECT_EQ(kept.release, nullptr);
}

TEST(Columns, NameTheFaultOfARow) {
  Column followers = Column::Of(
      "followers", "l", std::vector<int64_t>{5, -1, 10'000'000'001, 5, -1, 5});
  followers.Valid({true, true, true, true, false, true});
  Column table = Column::Struct(
      "", 6,
      {followers, Column::Of("likes_micros", "l",
                             std::vector<int64_t>{0, 0, 0, kLimit + 1, 0, 0})});
  table.Valid({true, true, true, true, true, false});
  const Scored scored = Score(Engine(), table, Everything());
  const std::vector<std::string> fields = {
      "(null)", "followers", "followers", "likes_micros", "(null)", ""};
  const std::vector<std::optional<int64_t>> errors = {std::nullopt, 7, 7, 7,
                                                      std::nullopt, 1};
  for (size_t i = 0; i < fields.size(); ++i) {
    EXPECT_EQ(scored.ErrorField(i), fields[i]) << i;
    EXPECT_EQ(scored.At<int32_t>("error", i), errors[i]) << i;
    for (const char* name :
         {"score", "low", "high", "coverage", "points_audience"}) {
      EXPECT_EQ(scored.Micros(name, i).has_value(), !errors[i].has_value());
    }
    EXPECT_EQ(scored.At<int8_t>("band", i).has_value(), !errors[i].has_value());
  }
  EXPECT_EQ(scored.Find("score")->null_count, 4);
  EXPECT_EQ(scored.Find("error")->null_count, 2);
}

TEST(Columns, OfPeopleWithTooManyAccounts) {
  std::vector<abi1::Profile> profiles(3);
  for (int i = 0; i < 65; ++i) profiles[1].add_accounts();
  for (int i = 0; i < 64; ++i) profiles[2].add_accounts();
  const Scored scored =
      Score(Engine(), AsTable(profiles, true, 0, false), Everything());
  EXPECT_EQ(scored.At<int32_t>("error", 0), std::nullopt);
  EXPECT_EQ(scored.At<int32_t>("error", 1), INFLUENCE_TOO_LARGE);
  EXPECT_EQ(scored.ErrorField(1), "accounts");
  EXPECT_EQ(scored.At<int32_t>("error", 2), std::nullopt);
  // Large lists, and a slice of them.
  Column table = AsTable({profiles[0], profiles[2]}, true, 0, false);
  Column& list = table.children[0];
  list = [&] {
    Column large = Column::Of("accounts", "+L", std::vector<int64_t>{0, 0, 64});
    large.length = 2;
    large.children = list.children;
    return large;
  }();
  table.offset = 1;
  table.length = 1;
  EXPECT_EQ(Score(Engine(), table, Everything()).At<int32_t>("error", 0),
            std::nullopt);
}

TEST(Columns, MayBeEmpty) {
  const Column none =
      Column::Struct("", 0, {Column::Of("likes", "l", std::vector<int64_t>{})});
  EXPECT_EQ(Score(Engine(), none, Everything()).array.length, 0);
  // Rows of which nothing is known.
  const Scored unknown =
      Score(Engine(), Column::Struct("", 3, {}), Everything());
  EXPECT_EQ(unknown.array.length, 3);
  EXPECT_EQ(unknown.Micros("score", 2), 0);
  EXPECT_EQ(unknown.Micros("high", 2), 100'000'000);
  EXPECT_EQ(unknown.Micros("coverage", 2), 0);
  Column nulls;
  nulls.name = "likes";
  nulls.format = "n";
  nulls.length = 3;
  nulls.null_count = 3;
  EXPECT_EQ(
      Score(Engine(), Column::Struct("", 3, {nulls}), Everything()).Dump(),
      unknown.Dump());
}

TEST(Columns, AreRefusedWithTheFieldsName) {
  const auto ok = [] {
    return Column::Of("likes", "l", std::vector<int64_t>{1, 2});
  };
  const auto table = [&](const std::function<void(Column*)>& edit) {
    Column column = Column::Struct("", 2, {ok()});
    edit(&column);
    return column;
  };
  const auto renamed = [&](const std::string& name, const std::string& format) {
    return table([&](Column* t) {
      t->children[0].name = name;
      t->children[0].format = format;
    });
  };
  const auto lists = [&](const std::function<void(Column*)>& edit) {
    return table([&](Column* t) {
      Column list = Column::Of("accounts", "+l", std::vector<int32_t>{0, 1, 2});
      list.length = 2;
      list.children.push_back(Column::Struct("item", 2, {ok()}));
      t->children = {list};
      edit(&t->children[0]);
    });
  };
  struct Case {
    Column table;
    influence_status status;
    std::string word;
  };
  const std::vector<Case> cases = {
      {ok(), INFLUENCE_INVALID_ARGUMENT, "schema"},
      {renamed("Likes", "l"), INFLUENCE_INVALID_ARGUMENT, "Likes"},
      {renamed("lik\xff\n", "l"), INFLUENCE_INVALID_ARGUMENT, "lik??"},
      {renamed("", "l"), INFLUENCE_INVALID_ARGUMENT, "not a known column"},
      {renamed("_micros", "l"), INFLUENCE_INVALID_ARGUMENT, "_micros"},
      {renamed("likes", "g"), INFLUENCE_INVALID_ARGUMENT, "float_rounding"},
      {renamed("likes", "f"), INFLUENCE_INVALID_ARGUMENT, "likes"},
      {renamed("likes", "b"), INFLUENCE_INVALID_ARGUMENT, "booleans"},
      {renamed("likes", "tdD"), INFLUENCE_INVALID_ARGUMENT, "likes"},
      {renamed("network", "l"), INFLUENCE_INVALID_ARGUMENT, "'accounts'"},
      {renamed("likes", ""), INFLUENCE_INVALID_ARGUMENT, "likes"},
      {renamed("likes", "u"), INFLUENCE_INVALID_ARGUMENT, "likes"},
      {renamed("likes", "d:38,19"), INFLUENCE_INVALID_ARGUMENT, "likes"},
      {renamed("likes", "d:19,-1"), INFLUENCE_INVALID_ARGUMENT, "likes"},
      {renamed("likes", "d:76,2,512"), INFLUENCE_INVALID_ARGUMENT, "likes"},
      {renamed("likes", "d:19"), INFLUENCE_INVALID_ARGUMENT, "likes"},
      {renamed("likes_micros", "g"), INFLUENCE_INVALID_ARGUMENT,
       "likes_micros"},
      {renamed("likes_micros", "d:19,1"), INFLUENCE_INVALID_ARGUMENT,
       "likes_micros"},
      {table([&](Column* t) { t->children.push_back(ok()); }),
       INFLUENCE_INVALID_ARGUMENT, "same signal"},
      {table([&](Column* t) {
         t->children.push_back(ok());
         t->children[1].name = "likes_micros";
       }),
       INFLUENCE_INVALID_ARGUMENT, "likes_micros"},
      {table([&](Column* t) { t->children[0].dictionary = {ok()}; }),
       INFLUENCE_MALFORMED, "dictionary"},
      {table([&](Column* t) { t->children[0].null_count = 3; }),
       INFLUENCE_INVALID_ARGUMENT, "null_count"},
      {table([&](Column* t) { t->children[0].null_count = -2; }),
       INFLUENCE_INVALID_ARGUMENT, "null_count"},
      {table([](Column* t) { t->metadata = std::string("\xff\xff\xff\xff"); }),
       INFLUENCE_MALFORMED, "metadata"},
      {table([](Column* t) {
         t->children.push_back(Column::Text("id", {"a", "b"}));
         t->children[1].metadata = std::string("\xff\xff\xff\x7f");
       }),
       INFLUENCE_MALFORMED, "id.metadata"},
      {table([](Column* t) { t->length = 3; }), INFLUENCE_INVALID_ARGUMENT,
       "likes"},
      {table([](Column* t) { t->offset = 1; }), INFLUENCE_INVALID_ARGUMENT,
       "likes"},
      {table([](Column* t) { t->length = -1; }), INFLUENCE_INVALID_ARGUMENT,
       "array"},
      {table([](Column* t) { t->offset = -1; }), INFLUENCE_INVALID_ARGUMENT,
       "array"},
      {table([](Column* t) { t->offset = INT64_MAX; }),
       INFLUENCE_INVALID_ARGUMENT, "array"},
      {table([](Column* t) { t->length = INT64_MAX; }),
       INFLUENCE_INVALID_ARGUMENT, "array"},
      {table([](Column* t) { t->children[0].offset = INT64_MAX; }),
       INFLUENCE_INVALID_ARGUMENT, "likes"},
      {table([](Column* t) { t->children[0].offset = -1; }),
       INFLUENCE_INVALID_ARGUMENT, "likes"},
      {table([](Column* t) { t->children[0].buffers.pop_back(); }),
       INFLUENCE_INVALID_ARGUMENT, "likes"},
      {table([](Column* t) { t->children[0].buffers[1].clear(); }),
       INFLUENCE_INVALID_ARGUMENT, "likes"},
      {table([](Column* t) { t->children[0].null_count = 1; }),
       INFLUENCE_INVALID_ARGUMENT, "likes"},
      {table([](Column* t) { t->buffers.clear(); }), INFLUENCE_INVALID_ARGUMENT,
       "array"},
      {table([&](Column* t) {
         t->children.push_back(Column::Text("id", {"ada"}));
       }),
       INFLUENCE_INVALID_ARGUMENT, "id"},
      {table([&](Column* t) {
         t->children.push_back(Column::Text("id", {"a", "b"}));
         t->children.push_back(Column::Text("id", {"a", "b"}));
       }),
       INFLUENCE_INVALID_ARGUMENT, "id"},
      {lists([&](Column* list) { list->format = "+w:2"; }),
       INFLUENCE_INVALID_ARGUMENT, "accounts"},
      {lists([&](Column* list) { list->children[0].format = "l"; }),
       INFLUENCE_INVALID_ARGUMENT, "accounts"},
      {lists([&](Column* list) { list->children[0].children[0].name = "x"; }),
       INFLUENCE_INVALID_ARGUMENT, "accounts.x"},
      {lists([&](Column* list) { list->children[0].children[0].name = "id"; }),
       INFLUENCE_INVALID_ARGUMENT, "accounts.id"},
      {lists([&](Column* list) {
         list->buffers =
             Column::Of("", "", std::vector<int32_t>{0, 2, 1}).buffers;
       }),
       INFLUENCE_MALFORMED, "accounts"},
      {lists([&](Column* list) {
         list->buffers =
             Column::Of("", "", std::vector<int32_t>{-1, 1, 2}).buffers;
       }),
       INFLUENCE_MALFORMED, "accounts"},
      {lists([&](Column* list) {
         list->buffers =
             Column::Of("", "", std::vector<int32_t>{0, 1, 3}).buffers;
       }),
       INFLUENCE_MALFORMED, "accounts"},
      {lists([&](Column* list) { list->children[0].children[0].length = 1; }),
       INFLUENCE_INVALID_ARGUMENT, "accounts.likes"},
      {lists([&](Column* list) { list->children[0].length = -1; }),
       INFLUENCE_INVALID_ARGUMENT, "accounts"},
      {table([&](Column* t) {
         Column list =
             Column::Of("accounts", "+l", std::vector<int32_t>{0, 0, 0});
         list.length = 2;
         list.children.push_back(Column::Struct("item", 0, {}));
         t->children.push_back(list);
       }),
       INFLUENCE_INVALID_ARGUMENT, "likes"},
  };
  const Engine engine;
  for (const Case& c : cases) {
    Failure failure;
    Score(engine, c.table, {}, &failure);
    EXPECT_EQ(failure.status, c.status) << c.word << ": " << failure.words();
    EXPECT_NE(failure.words().find(c.word), std::string::npos)
        << failure.words() << " lacks " << c.word;
  }
}

TEST(Columns, OptionsAreChecked) {
  const Engine engine;
  const Column table = Column::Struct(
      "", 1, {Column::Of("likes", "l", std::vector<int64_t>{1})});
  const auto check = [&](const std::function<void(abi1::ColumnsOptions*)>& edit,
                         influence_status status, const std::string& word) {
    abi1::ColumnsOptions options;
    edit(&options);
    Failure failure;
    Score(engine, table, options, &failure);
    EXPECT_EQ(failure.status, status) << failure.words();
    EXPECT_NE(failure.words().find(word), std::string::npos) << failure.words();
  };
  check([](auto* o) { o->set_algorithm("v1"); }, INFLUENCE_OK, "");
  check([](auto* o) { o->set_algorithm("v2"); }, INFLUENCE_ALGORITHM_MISMATCH,
        "options.algorithm");
  check([](auto* o) { o->set_fingerprint("beef"); },
        INFLUENCE_ALGORITHM_MISMATCH, "options.fingerprint");
  check([](auto* o) { o->set_threads(1024); }, INFLUENCE_OK, "");
  check([](auto* o) { o->set_threads(1025); }, INFLUENCE_OUT_OF_RANGE,
        "options.threads");
  check([](auto* o) { o->set_float_rounding(abi1::FloatRounding(2)); },
        INFLUENCE_INVALID_ARGUMENT, "options.float_rounding");
  check([](auto* o) { o->set_float_rounding(abi1::FloatRounding(-1)); },
        INFLUENCE_INVALID_ARGUMENT, "options.float_rounding");
  check([](auto* o) { o->set_score_unit(abi1::ScoreUnit(2)); },
        INFLUENCE_INVALID_ARGUMENT, "options.score_unit");
  check([](auto* o) { o->set_score_unit(abi1::ScoreUnit(-1)); },
        INFLUENCE_INVALID_ARGUMENT, "options.score_unit");

  for (const std::string& bytes : {std::string("\x0a"), std::string("\xff"),
                                   std::string("\x0a\x01\xff", 3)}) {
    Export in(table);
    Scored out;
    influence_error* error = nullptr;
    const influence_status status = influence_score_columns(
        engine.get(), reinterpret_cast<const uint8_t*>(bytes.data()),
        bytes.size(), &in.schema, &in.array, &out.schema, &out.array, &error);
    EXPECT_EQ(status,
              bytes.size() == 3 ? INFLUENCE_INVALID_UTF8 : INFLUENCE_MALFORMED);
    EXPECT_EQ(Take(status, error).field.substr(0, 7), "options");
    EXPECT_EQ(in.array_releases, 1);
    EXPECT_EQ(in.schema_releases, 1);
  }
}

TEST(Columns, ANullParameterMovesNothing) {
  const Engine engine;
  const Column table = Column::Struct(
      "", 1, {Column::Of("likes", "l", std::vector<int64_t>{1})});
  for (int missing = 0; missing < 5; ++missing) {
    Export in(table);
    ArrowSchema schema;
    ArrowArray array;
    std::memset(&schema, 0x55, sizeof schema);
    std::memset(&array, 0x55, sizeof array);
    influence_error* error = nullptr;
    EXPECT_EQ(
        influence_score_columns(missing == 0 ? nullptr : engine.get(), nullptr,
                                0, missing == 1 ? nullptr : &in.schema,
                                missing == 2 ? nullptr : &in.array,
                                missing == 3 ? nullptr : &schema,
                                missing == 4 ? nullptr : &array, &error),
        INFLUENCE_INVALID_ARGUMENT);
    EXPECT_NE(Take(INFLUENCE_INVALID_ARGUMENT, error).text, "");
    EXPECT_EQ(in.schema_releases + in.array_releases, 0);
    EXPECT_TRUE(missing == 3 || schema.release == nullptr);
    EXPECT_TRUE(missing == 4 || array.release == nullptr);
    in.schema.release(&in.schema);
    in.array.release(&in.array);
  }
  // Options that are NULL with a size are such a parameter.
  Export in(table);
  Scored out;
  EXPECT_EQ(
      influence_score_columns(engine.get(), nullptr, 5, &in.schema, &in.array,
                              &out.schema, &out.array, nullptr),
      INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(in.schema_releases + in.array_releases, 0);
  in.schema.release(&in.schema);
  in.array.release(&in.array);
  // A table that is released already.
  EXPECT_EQ(
      influence_score_columns(engine.get(), nullptr, 0, &in.schema, &in.array,
                              &out.schema, &out.array, nullptr),
      INFLUENCE_INVALID_ARGUMENT);
  // A result in the place of the input.
  Export again(table);
  EXPECT_EQ(influence_score_columns(engine.get(), nullptr, 0, &again.schema,
                                    &again.array, &again.schema, &again.array,
                                    nullptr),
            INFLUENCE_OK);
  EXPECT_EQ(again.array_releases, 1);
  EXPECT_EQ(again.array.length, 1);
  again.array.release(&again.array);
  again.schema.release(&again.schema);
}

Column People(const std::vector<int64_t>& followers) {
  return Column::Struct("", static_cast<int64_t>(followers.size()),
                        {Column::Of("followers", "l", followers)});
}

TEST(Stream, ScoresEachBatchAndOutlivesTheEngine) {
  const std::vector<Column> tables = {People({1, 2, 3}), People({}),
                                      People({-1, 5})};
  TableSource source(tables);
  ArrowArrayStream out{};
  {
    const Engine engine;
    ASSERT_EQ(influence_score_stream(engine.get(), nullptr, 0, &source.stream,
                                     &out, nullptr),
              INFLUENCE_OK);
  }
  EXPECT_EQ(source.stream.release, nullptr);  // moved
  EXPECT_EQ(source.releases, 0);
  for (const Column& table : tables) {
    Scored got;
    ASSERT_EQ(out.get_schema(&out, &got.schema), 0);
    ASSERT_EQ(out.get_next(&out, &got.array), 0);
    EXPECT_EQ(out.get_last_error(&out), nullptr);
    EXPECT_EQ(got.Dump(), Score(Engine(), table, {}).Dump());
  }
  for (int i = 0; i < 2; ++i) {
    ArrowArray end;
    std::memset(&end, 0x55, sizeof end);
    ASSERT_EQ(out.get_next(&out, &end), 0);
    EXPECT_EQ(end.release, nullptr);
  }
  out.release(&out);
  EXPECT_EQ(out.release, nullptr);
  EXPECT_EQ(source.releases, 1);
  EXPECT_TRUE(source.AllReleased());
}

TEST(Stream, PassesFailuresOn) {
  const Engine engine;
  ArrowArrayStream out{};
  {
    TableSource source({People({1}), People({2})}, 1);
    ASSERT_EQ(influence_score_stream(engine.get(), nullptr, 0, &source.stream,
                                     &out, nullptr),
              INFLUENCE_OK);
    Scored first;
    ASSERT_EQ(out.get_schema(&out, &first.schema), 0);
    ASSERT_EQ(out.get_next(&out, &first.array), 0);
    ArrowArray none{};
    EXPECT_EQ(out.get_next(&out, &none), ENOSPC);
    EXPECT_STREQ(out.get_last_error(&out),
                 ("in: its next batch cannot be read: errno " +
                  std::to_string(ENOSPC) + ", the disk is full")
                     .c_str());
    EXPECT_EQ(none.release, nullptr);
    influence_error* error = nullptr;
    EXPECT_EQ(influence_stream_error(&out, &error), INFLUENCE_OK);
    EXPECT_EQ(Take(INFLUENCE_CANCELLED, error).field, "in");
    out.release(&out);
    EXPECT_EQ(source.releases, 1);
  }
  {
    Column bad = People({2});
    bad.children[0].length = 0;
    TableSource source({People({1}), bad});
    ASSERT_EQ(influence_score_stream(engine.get(), nullptr, 0, &source.stream,
                                     &out, nullptr),
              INFLUENCE_OK);
    Scored first;
    ASSERT_EQ(out.get_schema(&out, &first.schema), 0);
    ASSERT_EQ(out.get_next(&out, &first.array), 0);
    ArrowArray none{};
    EXPECT_EQ(out.get_next(&out, &none), EINVAL);
    EXPECT_NE(std::string(out.get_last_error(&out)).find("followers"),
              std::string::npos);
    influence_error* error = nullptr;
    EXPECT_EQ(influence_stream_error(&out, &error), INFLUENCE_OK);
    EXPECT_EQ(Take(INFLUENCE_INVALID_ARGUMENT, error).field, "followers");
    out.release(&out);
    EXPECT_TRUE(source.AllReleased());
  }
}

TEST(Stream, IsRefusedAtOnce) {
  const Engine engine;
  ArrowArrayStream out{};
  influence_error* error = nullptr;
  {
    TableSource source({People({1})}, -2);
    EXPECT_EQ(influence_score_stream(engine.get(), nullptr, 0, &source.stream,
                                     &out, &error),
              INFLUENCE_CANCELLED);
    EXPECT_NE(Take(INFLUENCE_CANCELLED, error).text.find("the disk is full"),
              std::string::npos);
    EXPECT_EQ(source.releases, 1);
  }
  {
    Column bad = People({1});
    bad.children[0].name = "fans";
    TableSource source({bad});
    EXPECT_EQ(influence_score_stream(engine.get(), nullptr, 0, &source.stream,
                                     &out, &error),
              INFLUENCE_INVALID_ARGUMENT);
    EXPECT_EQ(Take(INFLUENCE_INVALID_ARGUMENT, error).field, "fans");
    EXPECT_EQ(source.releases, 1);
    EXPECT_EQ(out.release, nullptr);
  }
  TableSource source({People({1})});
  for (int missing = 0; missing < 3; ++missing) {
    EXPECT_EQ(
        influence_score_stream(missing == 0 ? nullptr : engine.get(), nullptr,
                               0, missing == 1 ? nullptr : &source.stream,
                               missing == 2 ? nullptr : &out, &error),
        INFLUENCE_INVALID_ARGUMENT);
    EXPECT_NE(Take(INFLUENCE_INVALID_ARGUMENT, error).text, "");
  }
  EXPECT_EQ(source.releases, 0);
  source.stream.release(&source.stream);
}

// One engine, many threads, each with tables of its own.
TEST(Columns, MayBeScoredByManyThreadsAtOnce) {
  const Engine engine;
  const Column table = People(std::vector<int64_t>(20'000, 12'345));
  abi1::ColumnsOptions options = Everything();
  options.set_threads(3);
  const std::string want = Score(engine, table, options).Dump();
  std::vector<std::string> got(16);
  std::vector<std::thread> threads;
  for (std::string& dump : got) {
    threads.emplace_back([&] { dump = Score(engine, table, options).Dump(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& dump : got) EXPECT_EQ(dump, want);
}

}  // namespace
}  // namespace influence::testing
