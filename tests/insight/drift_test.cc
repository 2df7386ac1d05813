// A drift is what counting one by one gives, however it was put together.
#include <algorithm>
#include <cmath>
#include <map>

#include "gtest/gtest.h"
#include "tests/columns/arrow_table.h"
#include "tests/insight/insight_client.h"

namespace influence::testing {
namespace {

abi1::Algorithm Second() {
  std::mt19937_64 rng(3);
  abi1::Algorithm algorithm = ValidAlgorithm(rng);
  while (algorithm.rows_size() < 4) algorithm = ValidAlgorithm(rng);
  return algorithm;
}

std::vector<abi1::Profile> People(size_t count, uint64_t seed) {
  std::mt19937_64 rng(seed);
  std::vector<abi1::Profile> people;
  for (size_t i = 0; i < count; ++i) {
    people.push_back(RandomProfile(rng));
    // Few ids, and the same people more than once: ties have to be broken.
    people.back().set_id("p" + std::to_string(rng() % 40));
    if (rng() % 8 == 0) people.push_back(people.back());
    if (rng() % 64 == 0) people.back().add_accounts()->set_likes_micros(-1);
    if (rng() % 64 == 0) people.back().set_opted_out(true);
  }
  return people;
}

abi1::ScoreRequest RequestOf(const std::vector<abi1::Profile>& people) {
  abi1::ScoreRequest request;
  for (const abi1::Profile& person : people) *request.add_profiles() = person;
  return request;
}

class DriftTest : public ::testing::Test {
 protected:
  Client v1_ = Client::Released("v1");
  Client second_ = Client::Custom(Second());
};

TEST_F(DriftTest, AnySplitAndMergeTreeGivesTheSameBytes) {
  abi1::DriftOptions options;
  options.set_top(7);
  const std::vector<abi1::Profile> people = People(600, 11);
  const Drift whole = NewDrift(v1_, second_, options);
  AddPeople(whole, RequestOf(people));
  const std::string bytes = Saved(whole);
  const std::string report = ReportBytes(whole);
  std::mt19937_64 rng(12);
  for (int round = 0; round < 25; ++round) {
    std::vector<abi1::Profile> order = people;
    std::shuffle(order.begin(), order.end(), rng);
    std::vector<Drift> parts;
    for (size_t from = 0; from < order.size();) {
      const size_t to = std::min(order.size(), from + 1 + rng() % 200);
      parts.push_back(NewDrift(v1_, second_, options));
      AddPeople(parts.back(),
                RequestOf({order.begin() + static_cast<std::ptrdiff_t>(from),
                           order.begin() + static_cast<std::ptrdiff_t>(to)}));
      from = to;
    }
    while (parts.size() > 1) {
      const size_t into = rng() % parts.size();
      size_t from = rng() % parts.size();
      if (from == into) continue;
      if (rng() % 2 == 0) {  // by way of a file
        Drift loaded;
        ASSERT_EQ(LoadDrift(v1_, second_, Saved(parts[from]), &loaded).status,
                  INFLUENCE_OK);
        parts[from] = std::move(loaded);
      }
      MergeInto(parts[into], parts[from]);
      parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(from));
    }
    ASSERT_EQ(Saved(parts[0]), bytes);
    ASSERT_EQ(ReportBytes(parts[0]), report);
  }
}

// What the report should say, by the definitions, one person at a time.
TEST_F(DriftTest, IsWhatCountingOneByOneGives) {
  abi1::DriftOptions options;
  options.set_top(1000);
  const std::vector<abi1::Profile> people = People(500, 21);
  const Drift drift = NewDrift(v1_, second_, options);
  AddPeople(drift, RequestOf(people));
  abi1::DriftReport report;
  ASSERT_TRUE(report.ParseFromString(ReportBytes(drift)));
  const abi1::DriftSummary& all = report.all();

  abi1::ScoreRequest request = RequestOf(people);
  request.set_algorithm("v1");
  const abi1::ScoreResponse old_scores = v1_.Score(request);
  request.set_algorithm(second_.Describe().algorithm().id());
  const abi1::ScoreResponse new_scores = second_.Score(request);
  std::vector<int64_t> changes;
  std::vector<double> x, y;
  std::vector<uint64_t> bands(25);
  uint64_t refused = 0, beyond = 0, up = 0;
  std::map<int, int64_t> moved;
  int64_t moved_in_all = 0;
  for (int i = 0; i < old_scores.results_size(); ++i) {
    if (old_scores.results(i).has_error()) {
      ++refused;
      continue;
    }
    const abi1::Ledger& before = old_scores.results(i).ledger();
    const abi1::Ledger& after = new_scores.results(i).ledger();
    const int64_t change =
        after.score_micropoints() - before.score_micropoints();
    changes.push_back(change);
    up += change > 0 ? 1 : 0;
    beyond += std::abs(change) >= 6'000'000 ? 1 : 0;
    ++bands[static_cast<size_t>((before.band() - 1) * 5 + after.band() - 1)];
    x.push_back(
        std::floor(static_cast<double>(before.score_micropoints()) / 500'000));
    y.push_back(
        std::floor(static_cast<double>(after.score_micropoints()) / 500'000));
    std::map<int, int64_t> by_factor;
    for (const abi1::Line& line : before.lines()) {
      by_factor[line.factor()] -= line.points_micropoints();
    }
    for (const abi1::Line& line : after.lines()) {
      by_factor[line.factor()] += line.points_micropoints();
    }
    for (const auto& [factor, points] : by_factor) {
      moved[factor] += std::abs(points);
      moved_in_all += std::abs(points);
    }
  }
  const size_t n = changes.size();
  EXPECT_EQ(all.people(), n);
  EXPECT_EQ(all.refused(), refused);
  EXPECT_GT(refused, 0u);
  EXPECT_EQ(all.up(), up);
  EXPECT_EQ(all.unchanged() + all.up() + all.down(), n);
  EXPECT_EQ(all.beyond(), beyond);
  // Pairs with people in them alone, by the band before, then the one after.
  int previous = -1;
  for (const abi1::BandChange& change : all.bands()) {
    const int at = (change.before() - 1) * 5 + change.after() - 1;
    ASSERT_GT(at, previous);
    ASSERT_LT(at, 25);
    previous = at;
    EXPECT_GT(change.people(), 0u);
    EXPECT_EQ(change.people(), bands[static_cast<size_t>(at)]);
    bands[static_cast<size_t>(at)] = 0;
  }
  EXPECT_EQ(bands, std::vector<uint64_t>(25));
  for (const abi1::DriftFactor& factor : all.factors()) {
    EXPECT_EQ(factor.up_micropoints() + factor.down_micropoints(),
              moved[factor.factor()]);
    EXPECT_NEAR(static_cast<double>(factor.share_micros()),
                1e6 * static_cast<double>(moved[factor.factor()]) /
                    static_cast<double>(moved_in_all),
                0.51);
  }
  std::sort(changes.begin(), changes.end());
  for (const abi1::DriftQuantile& quantile : all.quantiles()) {
    const auto rank = static_cast<size_t>(std::max<int64_t>(
        1, (static_cast<int64_t>(n) * quantile.permyriad() + 9'999) / 10'000));
    const bool exact =
        quantile.permyriad() == 0 || quantile.permyriad() == 10'000;
    EXPECT_LE(std::abs(quantile.change_micropoints() - changes[rank - 1]),
              exact ? 0 : 5'000)
        << quantile.permyriad();
  }

  // Rank agreement by the textbook, in doubles.
  const auto rank_of = [](const std::vector<double>& values, double value) {
    double below = 0, equal = 0;
    for (const double other : values) {
      below += other < value ? 1 : 0;
      equal += other == value ? 1 : 0;
    }
    return below + (equal + 1) / 2;
  };
  double sxy = 0, sxx = 0, syy = 0, concordant = 0, untied_x = 0, untied_y = 0;
  const double mean = (static_cast<double>(n) + 1) / 2;
  for (size_t i = 0; i < n; ++i) {
    const double a = rank_of(x, x[i]) - mean, b = rank_of(y, y[i]) - mean;
    sxy += a * b;
    sxx += a * a;
    syy += b * b;
    for (size_t j = 0; j < i; ++j) {
      const auto sign = [](double d) { return (d > 0) - (d < 0); };
      concordant += sign(x[i] - x[j]) * sign(y[i] - y[j]);
      untied_x += x[i] != x[j] ? 1 : 0;
      untied_y += y[i] != y[j] ? 1 : 0;
    }
  }
  EXPECT_NEAR(static_cast<double>(all.spearman_micros()),
              1e6 * sxy / std::sqrt(sxx * syy), 0.51);
  EXPECT_NEAR(static_cast<double>(all.kendall_micros()),
              1e6 * concordant / std::sqrt(untied_x * untied_y), 0.51);
  double psi = 0;
  for (int bin = 0; bin < 10; ++bin) {
    const auto share = [&](const std::vector<double>& values) {
      double count = 0.5;
      for (const double value : values) {
        count += std::min(static_cast<int>(value / 20), 9) == bin ? 1 : 0;
      }
      return count / (static_cast<double>(n) + 5);
    };
    psi += (share(x) - share(y)) * std::log(share(x) / share(y));
  }
  EXPECT_NEAR(static_cast<double>(all.stability_micros()), 1e6 * psi, 0.51);

  // Movers, largest first, then by id; each adds up.
  for (int i = 0; i < all.movers_size(); ++i) {
    const abi1::DriftMover& mover = all.movers(i);
    int64_t before = 0, after = 0;
    for (const abi1::DriftFactorChange& factor : mover.factors()) {
      before += factor.before_micropoints();
      after += factor.after_micropoints();
    }
    EXPECT_EQ(before, mover.before_micropoints());
    EXPECT_EQ(after, mover.after_micropoints());
    if (i == 0) continue;
    const abi1::DriftMover& last = all.movers(i - 1);
    const auto size = [](const abi1::DriftMover& one) {
      return std::abs(one.after_micropoints() - one.before_micropoints());
    };
    EXPECT_GE(size(last), size(mover));
    if (size(last) == size(mover)) {
      EXPECT_LE(last.id(), mover.id());
    }
  }
  uint64_t in_points = 0, in_changes = 0;
  for (const uint64_t count : report.before_by_point()) in_points += count;
  for (const auto& change : report.changes()) in_changes += change.people();
  EXPECT_EQ(report.before_by_point_size(), 100);
  EXPECT_EQ(in_points, n);
  EXPECT_EQ(in_changes, n - all.unchanged());
}

// ------------------------------------------------------------------- columns

struct Table {
  std::vector<std::string> ids, groups;
  std::vector<int64_t> followers, mentions, likes;
  std::vector<bool> has_likes, has_group;
};

Table RandomTable(size_t rows, uint64_t seed) {
  std::mt19937_64 rng(seed);
  Table table;
  for (size_t i = 0; i < rows; ++i) {
    table.ids.push_back("p" + std::to_string(rng() % 50));
    table.groups.push_back("g" + std::to_string(rng() % 3));
    table.followers.push_back(RandomMicros(rng));
    table.mentions.push_back(RandomMicros(rng));
    table.likes.push_back(rng() % 97 == 0 ? -1 : RandomMicros(rng));
    table.has_likes.push_back(rng() % 4 != 0);
    table.has_group.push_back(rng() % 9 != 0);
  }
  return table;
}

Column ColumnsOf(const Table& table, size_t from, size_t to, bool grouped) {
  const auto cut = [from, to](const auto& values) {
    using Values = std::decay_t<decltype(values)>;
    return Values(values.begin() + static_cast<std::ptrdiff_t>(from),
                  values.begin() + static_cast<std::ptrdiff_t>(to));
  };
  std::vector<Column> columns;
  columns.push_back(Column::Text("id", cut(table.ids)));
  columns.push_back(
      Column::Of("followers_micros", "l", cut(table.followers), 3));
  columns.push_back(Column::Of("mentions_micros", "l", cut(table.mentions)));
  columns.push_back(Column::Of("likes_micros", "l", cut(table.likes)));
  columns.back().Valid(cut(table.has_likes));
  if (grouped) {
    columns.push_back(Column::Text("group", cut(table.groups)));
    columns.back().Valid(cut(table.has_group));
  }
  return Column::Struct("", static_cast<int64_t>(to - from),
                        std::move(columns));
}

influence_status AddTable(const Drift& drift, const Column& table,
                          std::string* why = nullptr) {
  Export out(table);
  const Answer answer = Ask([&](influence_bytes*, influence_error** error) {
    return influence_drift_add_columns(drift.get(), &out.schema, &out.array,
                                       error);
  });
  EXPECT_EQ(out.schema_releases, 1);
  EXPECT_EQ(out.array_releases, 1);
  if (why != nullptr) *why = answer.message;
  return answer.status;
}

abi1::ScoreRequest RequestOf(const Table& table) {
  abi1::ScoreRequest request;
  for (size_t i = 0; i < table.ids.size(); ++i) {
    abi1::Profile* profile = request.add_profiles();
    profile->set_id(table.ids[i]);
    abi1::Account* account = profile->add_accounts();
    account->set_followers_micros(table.followers[i]);
    account->set_mentions_micros(table.mentions[i]);
    if (table.has_likes[i]) account->set_likes_micros(table.likes[i]);
  }
  return request;
}

TEST_F(DriftTest, ColumnsProfilesThreadsAndSplitsGiveTheSameBytes) {
  abi1::DriftOptions options;
  options.set_top(9);
  const Table table = RandomTable(30'000, 31);
  const Drift profiles = NewDrift(v1_, second_, options);
  AddPeople(profiles, RequestOf(table));
  const std::string expected = Saved(profiles);
  for (const uint32_t threads : {1u, 3u}) {
    options.set_threads(threads);
    const Drift columns = NewDrift(v1_, second_, options);
    EXPECT_EQ(AddTable(columns, ColumnsOf(table, 0, 30'000, false)),
              INFLUENCE_OK);
    EXPECT_EQ(Saved(columns), expected) << threads;
  }
  const Drift split = NewDrift(v1_, second_, options);
  for (const auto& [from, to] :
       {std::pair{700, 30'000}, {0, 1}, {1, 513}, {513, 700}}) {
    EXPECT_EQ(AddTable(split, ColumnsOf(table, static_cast<size_t>(from),
                                        static_cast<size_t>(to), false)),
              INFLUENCE_OK);
  }
  EXPECT_EQ(Saved(split), expected);
}

TEST_F(DriftTest, SlicesAddUp) {
  abi1::DriftOptions options;
  options.set_top(2);
  options.add_slices("group");
  options.add_slices("id");
  const Table table = RandomTable(9'000, 41);
  const Drift drift = NewDrift(v1_, second_, options);
  ASSERT_EQ(AddTable(drift, ColumnsOf(table, 0, 9'000, true)), INFLUENCE_OK);
  abi1::DriftReport report;
  ASSERT_TRUE(report.ParseFromString(ReportBytes(drift)));
  ASSERT_EQ(report.slices_size(), 4 + 50);
  std::map<std::string, uint64_t> people, up;
  bool has_null = false;
  for (const abi1::DriftSlice& slice : report.slices()) {
    people[slice.column()] +=
        slice.summary().people() + slice.summary().refused();
    up[slice.column()] += slice.summary().up();
    has_null |= slice.column() == "group" && slice.is_null();
  }
  EXPECT_TRUE(has_null);
  EXPECT_EQ(people["group"], 9'000u);
  EXPECT_EQ(people["id"], 9'000u);
  EXPECT_EQ(up["group"], report.all().up());
  EXPECT_EQ(up["id"], report.all().up());

  // In two parts, the second with threads, and through bytes.
  options.set_threads(2);
  const Drift a = NewDrift(v1_, second_, options);
  const Drift b = NewDrift(v1_, second_, options);
  ASSERT_EQ(AddTable(a, ColumnsOf(table, 8'990, 9'000, true)), INFLUENCE_OK);
  ASSERT_EQ(AddTable(b, ColumnsOf(table, 0, 8'990, true)), INFLUENCE_OK);
  Drift loaded;
  ASSERT_EQ(LoadDrift(v1_, second_, Saved(b), &loaded).status, INFLUENCE_OK);
  MergeInto(a, loaded);
  EXPECT_EQ(Saved(a), Saved(drift));
}

TEST_F(DriftTest, RefusesWhatItCannotCount) {
  abi1::DriftOptions options;
  options.add_slices("group");
  const Drift drift = NewDrift(v1_, second_, options);
  const std::string empty = Saved(drift);
  std::string why;
  EXPECT_EQ(AddTable(drift, ColumnsOf(RandomTable(5, 1), 0, 5, false), &why),
            INFLUENCE_INVALID_ARGUMENT);
  EXPECT_NE(why.find("group"), std::string::npos) << why;
  Table many = RandomTable(300, 2);
  for (size_t i = 0; i < 300; ++i) {
    many.groups[i] = std::to_string(i);
    many.has_group[i] = true;
  }
  EXPECT_EQ(AddTable(drift, ColumnsOf(many, 0, 300, true), &why),
            INFLUENCE_TOO_LARGE);
  EXPECT_EQ(Saved(drift), empty);

  // Merging and loading ask for the same algorithms, in the same order.
  const Drift other = NewDrift(second_, v1_, options);
  EXPECT_EQ(influence_drift_merge(drift.get(), other.get(), nullptr),
            INFLUENCE_ALGORITHM_MISMATCH);
  options.set_top(1);
  const Drift top = NewDrift(v1_, second_, options);
  EXPECT_EQ(influence_drift_merge(drift.get(), top.get(), nullptr),
            INFLUENCE_INVALID_ARGUMENT);
  const Drift plain = NewDrift(v1_, second_, {});
  EXPECT_EQ(influence_drift_merge(plain.get(), drift.get(), nullptr),
            INFLUENCE_INVALID_ARGUMENT);
  Drift loaded;
  EXPECT_EQ(LoadDrift(second_, v1_, empty, &loaded).status,
            INFLUENCE_ALGORITHM_MISMATCH);
  // Nobody is counted twice by accident.
  EXPECT_EQ(influence_drift_merge(drift.get(), drift.get(), nullptr),
            INFLUENCE_INVALID_ARGUMENT);
  EXPECT_EQ(Saved(drift), empty);
  for (const char* const column : {"followers", "accounts", "network"}) {
    abi1::DriftOptions sliced;
    sliced.add_slices(column);
    const std::string bytes = sliced.SerializeAsString();
    influence_drift* made = nullptr;
    EXPECT_EQ(influence_drift_new(v1_.get(), second_.get(), DataOf(bytes),
                                  bytes.size(), &made, nullptr),
              INFLUENCE_INVALID_ARGUMENT)
        << column;
    EXPECT_EQ(made, nullptr);
  }
}

// Why a table was refused: the status, the field and the row.
struct Refusal {
  influence_status status;
  std::string field;
  int64_t row;
};

Refusal RefusalOf(const Drift& drift, const Column& table) {
  Export out(table);
  influence_error* error = nullptr;
  const influence_status status =
      influence_drift_add_columns(drift.get(), &out.schema, &out.array, &error);
  const Refusal refusal = {status, influence_error_field(error),
                           influence_error_row(error)};
  influence_error_free(error);
  return refusal;
}

TEST_F(DriftTest, SaysWhichNameIsNoName) {
  abi1::DriftOptions options;
  options.set_top(1);
  options.add_slices("group");
  const Drift drift = NewDrift(v1_, second_, options);
  const std::string empty = Saved(drift);
  const auto refused = [&](const Table& table) {
    return RefusalOf(drift, ColumnsOf(table, 0, table.ids.size(), true));
  };
  const Table good = RandomTable(9, 3);
  Table bad = good;
  bad.ids[7] = "\xff";
  Refusal refusal = refused(bad);
  EXPECT_EQ(refusal.status, INFLUENCE_INVALID_UTF8);
  EXPECT_EQ(refusal.field, "id");
  EXPECT_EQ(refusal.row, 7);
  bad = good;
  bad.ids[2] = std::string(257, 'a');
  refusal = refused(bad);
  EXPECT_EQ(refusal.status, INFLUENCE_TOO_LARGE);
  EXPECT_EQ(refusal.field, "id");
  EXPECT_EQ(refusal.row, 2);
  bad = good;
  bad.has_group[4] = true;
  bad.groups[4] = "\xc3";
  refusal = refused(bad);
  EXPECT_EQ(refusal.status, INFLUENCE_INVALID_UTF8);
  EXPECT_EQ(refusal.field, "group");
  EXPECT_EQ(refusal.row, 4);
  bad.groups[4] = std::string(257, 'g');
  refusal = refused(bad);
  EXPECT_EQ(refusal.status, INFLUENCE_TOO_LARGE);
  EXPECT_EQ(refusal.row, 4);
  EXPECT_EQ(Saved(drift), empty);
  bad.ids[2] = std::string(256, 'a');
  bad.groups[4] = "\u00e9";
  EXPECT_EQ(AddTable(drift, ColumnsOf(bad, 0, 9, true)), INFLUENCE_OK);
}

// The metadata of a schema that names a graph.
std::string MetadataOf(const abi1::GraphIdentity& graph) {
  const std::vector<std::string> texts = {
      "influence.graph.digest",
      graph.digest(),
      "influence.graph.seeds_digest",
      graph.seeds_digest(),
      "influence.graph.nodes",
      std::to_string(graph.nodes()),
      "influence.graph.edges",
      std::to_string(graph.edges()),
      "influence.graph.teleport_micros",
      std::to_string(graph.teleport_micros()),
      "influence.graph.iterations",
      std::to_string(graph.iterations())};
  std::string bytes;
  const auto append = [&bytes](size_t number) {
    const auto value = static_cast<int32_t>(number);
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  append(texts.size() / 2);
  for (const std::string& text : texts) {
    append(text.size());
    bytes += text;
  }
  return bytes;
}

// The same for every function that scores: a table or a request whose standing
// is of another rule, or names half a graph, is rejected alike.
TEST_F(DriftTest, AGraphIsCheckedAsScoringChecksIt) {
  abi1::GraphIdentity of_v1;
  of_v1.set_digest(std::string(64, 'a'));
  of_v1.set_seeds_digest(std::string(64, 'b'));
  of_v1.set_nodes(2);
  of_v1.set_edges(1);
  of_v1.set_teleport_micros(150'000);
  of_v1.set_iterations(100);
  std::vector<abi1::GraphIdentity> graphs(6, of_v1);
  graphs[1].set_iterations(99);
  graphs[2].set_teleport_micros(100'000);
  graphs[3].set_nodes(0);
  graphs[4].set_seeds_digest("x");
  graphs[5].Clear();

  abi1::Algorithm own_rule = Second();
  own_rule.set_id("acme/rule");
  own_rule.mutable_standing()->set_teleport_micros(150'000);
  own_rule.mutable_standing()->set_iterations(100);
  const Client same = Client::Custom(own_rule);
  own_rule.mutable_standing()->set_iterations(99);
  const Client another = Client::Custom(own_rule);

  const auto score_table = [](const Client& engine, const Column& table) {
    Export in(table);
    ArrowSchema schema{};
    ArrowArray array{};
    const Answer answer = Ask([&](influence_bytes*, influence_error** error) {
      return influence_score_columns(engine.get(), nullptr, 0, &in.schema,
                                     &in.array, &schema, &array, error);
    });
    if (schema.release != nullptr) schema.release(&schema);
    if (array.release != nullptr) array.release(&array);
    return answer;
  };
  const auto add_request = [](const Drift& drift, const std::string& bytes) {
    return Ask([&](influence_bytes*, influence_error** error) {
      return influence_drift_add(drift.get(), DataOf(bytes), bytes.size(),
                                 error);
    });
  };
  Column table = ColumnsOf(RandomTable(3, 1), 0, 3, false);
  abi1::ScoreRequest request;
  request.set_algorithm("v1");
  const Drift drift = NewDrift(v1_, same, {});
  const Drift mixed = NewDrift(v1_, another, {});
  const std::string empty = Saved(mixed);
  std::vector<influence_status> seen;
  for (const abi1::GraphIdentity& graph : graphs) {
    table.metadata = MetadataOf(graph);
    *request.mutable_graph() = graph;
    const std::string bytes = request.SerializeAsString();
    const Answer scored = score_table(v1_, table);
    std::string why;
    EXPECT_EQ(AddTable(drift, table, &why), scored.status) << why;
    EXPECT_EQ(why, scored.message);
    seen.push_back(scored.status);
    const Answer by_message = v1_.ScoreBytes(bytes);
    EXPECT_EQ(by_message.status, scored.status) << by_message.message;
    const Answer added = add_request(drift, bytes);
    EXPECT_EQ(added.status, by_message.status);
    EXPECT_EQ(added.message, by_message.message);
    // No graph is of the rules of both, so only a table without one is added.
    const bool is_named = !graph.digest().empty();
    EXPECT_EQ(AddTable(mixed, table) == INFLUENCE_OK, !is_named);
    EXPECT_EQ(add_request(mixed, bytes).status == INFLUENCE_OK, !is_named);
    EXPECT_EQ(Saved(mixed) == empty, is_named);
  }
  EXPECT_EQ(seen, (std::vector<influence_status>{
                      INFLUENCE_OK, INFLUENCE_ALGORITHM_MISMATCH,
                      INFLUENCE_ALGORITHM_MISMATCH, INFLUENCE_OUT_OF_RANGE,
                      INFLUENCE_INVALID_ARGUMENT, INFLUENCE_OK}));
  table.metadata = std::string("\xff\xff\xff\xff");  // -1 pairs
  std::string why;
  EXPECT_EQ(AddTable(drift, table, &why), INFLUENCE_MALFORMED);
  EXPECT_EQ(why, score_table(v1_, table).message);
}

TEST_F(DriftTest, NoDamagedByteIsLoaded) {
  abi1::DriftOptions options;
  options.set_top(3);
  const Drift drift = NewDrift(v1_, second_, options);
  AddPeople(drift, RequestOf(People(20, 5)));
  const std::string bytes = Saved(drift);
  Drift loaded;
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    ASSERT_EQ(LoadDrift(v1_, second_, damaged, &loaded).status,
              INFLUENCE_MALFORMED)
        << i;
    ASSERT_EQ(LoadDrift(v1_, second_, bytes.substr(0, i), &loaded).status,
              INFLUENCE_MALFORMED);
  }
}

}  // namespace
}  // namespace influence::testing
