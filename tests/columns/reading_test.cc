// What columns take, of every type and encoding that producers hand over; and
// what they refuse, field and row named, however hostile schema and array are.
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "columns/column_builder.h"
#include "columns/edge_columns.h"
#include "columns/event_columns.h"
#include "columns/schema_checks.h"
#include "columns/score_input.h"
#include "columns/text_column.h"
#include "gtest/gtest.h"
#include "tests/columns/arrow_table.h"

namespace influence {
namespace {

using testing::Column;
using testing::Export;

std::string Long(char letter) { return std::string(40, letter); }

// The rows of a column of names, or what is wrong with it.
struct Texts {
  Error error;
  std::vector<std::string> texts;
};
Texts Read(const Column& column, int64_t first, int64_t rows,
           unsigned takes = kTakesNames) {
  const Export in(column);
  TextColumn text;
  Texts read;
  read.error = text.Open(in.schema, in.array, "id", first, rows, takes);
  if (!read.error.ok()) return read;
  for (size_t row = 0; row < static_cast<size_t>(rows); ++row) {
    read.texts.push_back(text.IsNull(row) ? "(null)" : text.Get(row));
  }
  return read;
}
Texts Read(const Column& column) { return Read(column, 0, column.length); }

using Strings = std::vector<std::string>;

TEST(Text, IsTakenFromEveryType) {
  const Strings names = {"ada", "", Long('b'),
                         "c\xc3\xa9"
                         "c"};
  EXPECT_EQ(Read(Column::Text("id", names)).texts, names);
  Column binary = Column::Text("id", names);
  binary.format = "z";
  EXPECT_EQ(Read(binary).texts, names);
  for (const char* format : {"U", "Z"}) {
    Column large = Column::Of<int64_t>("id", format, {0, 3, 3, 5});
    large.length = 3;
    large.buffers.push_back({'a', 'd', 'a', 'b', 'o'});
    EXPECT_EQ(Read(large).texts, (Strings{"ada", "", "bo"}));
  }
  Column views = Column::Views("id", names);
  EXPECT_EQ(Read(views).texts, names);
  EXPECT_EQ(Read(views, 1, 2).texts, (Strings{"", Long('b')}));
  views.format = "vz";
  views.Valid({true, false, true, false});
  EXPECT_EQ(Read(views).texts, (Strings{"ada", "(null)", Long('b'), "(null)"}));
  Column fixed =
      Column::Of<int8_t>("id", "w:3", {'a', 'd', 'a', 'b', 'o', 'b'});
  fixed.length = 2;
  EXPECT_EQ(Read(fixed).texts, (Strings{"ada", "bob"}));
}

TEST(Text, OfNumbersIsTheirDigits) {
  EXPECT_EQ(Read(Column::Of<int8_t>("id", "c", {-128, 127})).texts,
            (Strings{"-128", "127"}));
  EXPECT_EQ(Read(Column::Of<uint8_t>("id", "C", {255})).texts,
            (Strings{"255"}));
  EXPECT_EQ(Read(Column::Of<int16_t>("id", "s", {-7})).texts, (Strings{"-7"}));
  EXPECT_EQ(Read(Column::Of<uint16_t>("id", "S", {65535})).texts,
            (Strings{"65535"}));
  EXPECT_EQ(Read(Column::Of<int32_t>("id", "i", {-1})).texts, (Strings{"-1"}));
  EXPECT_EQ(Read(Column::Of<uint32_t>("id", "I", {~0u})).texts,
            (Strings{"4294967295"}));
  EXPECT_EQ(Read(Column::Of<int64_t>("id", "l", {INT64_MIN})).texts,
            (Strings{"-9223372036854775808"}));
  EXPECT_EQ(Read(Column::Of<uint64_t>("id", "L", {~uint64_t{0}})).texts,
            (Strings{"18446744073709551615"}));
  const Column bits = Column::Of<uint8_t>("id", "b", {0b101, 0});
  EXPECT_EQ(Read(bits, 0, 2, kTakesNames | kTakesBooleans).texts,
            (Strings{"true", "false"}));
  EXPECT_EQ(Read(bits).error.message(),
            "has booleans; it takes text or integers");
  EXPECT_EQ(Read(Column::Of<double>("id", "g", {1})).error.message(),
            "has the type 'g'; it takes text or integers");
}

TEST(Text, OfViewsHasALimitOfBuffers) {
  Export in(Column::Views("id", {Long('b')}));
  for (const int64_t buffers :
       {int64_t{-1}, int64_t{2}, int64_t{1 << 20} + 1, INT64_MAX}) {
    in.array.n_buffers = buffers;
    TextColumn text;
    EXPECT_EQ(text.Open(in.schema, in.array, "id", 0, 1).message(),
              "the array is not of the type its schema says")
        << buffers;
  }
}

TEST(Text, IsReadThroughDictionariesAndRuns) {
  const Column words = Column::Views("", {"ada", Long('b')});
  const Strings wanted = {Long('b'), "ada", Long('b')};
  EXPECT_EQ(Read(Column::Dictionary<int8_t>("id", "c", {1, 0, 1}, words)).texts,
            wanted);
  EXPECT_EQ(
      Read(Column::Dictionary<uint64_t>("id", "L", {1, 0, 1}, words)).texts,
      wanted);
  Column some = Column::Dictionary<uint16_t>("id", "S", {1, 7, 0}, words);
  some.Valid({true, false, true});
  some.dictionary[0].Valid({false, true});
  EXPECT_EQ(Read(some).texts, (Strings{Long('b'), "(null)", "(null)"}));

  const Column numbers = Column::Of<int32_t>("", "i", {5, 6, 7}, 4);
  const Column runs = Column::Runs<int16_t>("id", "s", {2, 3, 6}, numbers);
  EXPECT_EQ(Read(runs).texts, (Strings{"5", "5", "6", "7", "7", "7"}));
  EXPECT_EQ(Read(runs, 1, 3).texts, (Strings{"5", "6", "7"}));
  Column slice = runs;
  slice.offset = 2;
  slice.length = 3;
  EXPECT_EQ(Read(slice).texts, (Strings{"6", "7", "7"}));
  EXPECT_EQ(Read(slice, 1, 2).texts, (Strings{"7", "7"}));
  Column nulls;
  nulls.format = "n";
  nulls.length = 2;
  EXPECT_EQ(Read(nulls).texts, (Strings{"(null)", "(null)"}));
}

struct Fault {
  Column column;
  Code code;
  std::string word;
  int64_t row;  // or -1
};

void ExpectFault(const Error& error, const Fault& fault) {
  EXPECT_EQ(error.code(), fault.code) << fault.word << ": " << error.ToString();
  EXPECT_NE(error.message().find(fault.word), std::string::npos)
      << error.ToString() << " lacks " << fault.word;
  EXPECT_EQ(error.row().has_value() ? static_cast<int64_t>(*error.row()) : -1,
            fault.row)
      << error.ToString();
}

TEST(Text, IsRefusedByRow) {
  const auto edited = [](Column column,
                         const std::function<void(Column*)>& edit) {
    edit(&column);
    return column;
  };
  const Column texts = Column::Text("id", {"ada", "bob"});
  const Column views = Column::Views("id", {"ada", Long('b')});
  const auto view = [&](size_t at, int32_t number) {
    return edited(views, [&](Column* c) {
      std::memcpy(c->buffers[1].data() + at, &number, sizeof number);
    });
  };
  const auto ends = [&](std::vector<int32_t> offsets) {
    return edited(texts, [&](Column* c) {
      c->buffers[1] = Column::Of("", "", offsets).buffers[1];
    });
  };
  const Column words = Column::Text("", {"ada"});
  const auto runs = [&](std::vector<int32_t> at, Column values) {
    Column column = Column::Runs("id", "i", at, std::move(values));
    column.length = 2;
    return column;
  };
  const Column numbers = Column::Of<int8_t>("", "c", {1, 2});
  const Fault faults[] = {
      {Column::Text("id", {"ada", "\xff"}), Code::kInvalidUtf8, "UTF-8", 1},
      {Column::Text("id", {"\xc3", "\xa9"}), Code::kInvalidUtf8, "UTF-8", 0},
      {Column::Views("id", {"ada", "\xed\xa0\x80"}), Code::kInvalidUtf8,
       "UTF-8", 1},
      {Column::Dictionary<int8_t>("id", "c", {0, 1},
                                  Column::Text("", {"a", "\xff"})),
       Code::kInvalidUtf8, "UTF-8", 1},
      {ends({0, 3, 2}), Code::kMalformed, "ascend", 1},
      {ends({-1, 3, 6}), Code::kMalformed, "negative", 0},
      {edited(texts, [](Column* c) { c->buffers[2].clear(); }),
       Code::kInvalidArgument, "no text", -1},
      {edited(texts, [](Column* c) { c->buffers.pop_back(); }),
       Code::kInvalidArgument, "not of the type", -1},
      // A view's size, buffer and offset; and the sizes of the buffers.
      {view(16, -1), Code::kMalformed, "no size", 1},
      {view(16, 41), Code::kMalformed, "not within", 1},
      {view(24, 1), Code::kMalformed, "not there", 1},
      {view(24, -1), Code::kMalformed, "not there", 1},
      {view(28, 2), Code::kMalformed, "not within", 1},
      {view(28, -1), Code::kMalformed, "not within", 1},
      {view(28, INT32_MAX), Code::kMalformed, "not within", 1},
      {view(16, INT32_MAX), Code::kMalformed, "not within", 1},
      {edited(views, [](Column* c) { c->buffers[2].clear(); }),
       Code::kMalformed, "not there", 1},
      {edited(views, [](Column* c) { c->buffers[3].clear(); }),
       Code::kMalformed, "not there", 1},
      {edited(views,
              [](Column* c) { std::memset(c->buffers[3].data(), 0xff, 8); }),
       Code::kMalformed, "not within", 1},
      {edited(views, [](Column* c) { c->buffers.resize(2); }),
       Code::kInvalidArgument, "not of the type", -1},
      {Column::Dictionary<int8_t>("id", "c", {0, 1}, words), Code::kMalformed,
       "outside its dictionary", 1},
      {Column::Dictionary<int8_t>("id", "c", {-1}, words), Code::kMalformed,
       "outside its dictionary", 0},
      {Column::Dictionary<uint64_t>("id", "L", {~uint64_t{0}}, words),
       Code::kMalformed, "outside its dictionary", 0},
      {Column::Dictionary<double>("id", "g", {0}, words),
       Code::kInvalidArgument, "they are integers", -1},
      {Column::Dictionary<int8_t>(
           "id", "c", {0}, Column::Dictionary<int8_t>("", "c", {0}, words)),
       Code::kInvalidArgument, "plain values", -1},
      {Column::Dictionary<int8_t>("id", "c", {0},
                                  Column::Of<double>("", "g", {1})),
       Code::kInvalidArgument, "it takes text", -1},
      {runs({1, 1}, numbers), Code::kMalformed, "ends of its runs", -1},
      {runs({0, 2}, numbers), Code::kMalformed, "ends of its runs", -1},
      {runs({-1, 2}, numbers), Code::kMalformed, "ends of its runs", -1},
      {runs({1}, numbers), Code::kInvalidArgument, "end before", -1},
      {runs({}, numbers), Code::kInvalidArgument, "end before", -1},
      {runs({1, 2, 3}, numbers), Code::kInvalidArgument, "more runs", -1},
      {edited(runs({1, 2}, numbers),
              [](Column* c) { c->children[0].format = "I"; }),
       Code::kInvalidArgument, "int16, int32 or int64", -1},
      {edited(runs({1, 2}, numbers),
              [](Column* c) {
                c->children[0].Valid({true, false}, true);
              }),
       Code::kInvalidArgument, "without an end", -1},
      {edited(runs({1, 2}, numbers), [](Column* c) { c->children.pop_back(); }),
       Code::kInvalidArgument, "not two columns", -1},
      {edited(texts, [](Column* c) { c->null_count = 3; }),
       Code::kInvalidArgument, "null_count", -1},
      {edited(texts, [](Column* c) { c->null_count = -2; }),
       Code::kInvalidArgument, "null_count", -1},
      {edited(texts, [](Column* c) { c->length = INT64_MAX; }),
       Code::kInvalidArgument, "out of range", -1},
      {edited(texts, [](Column* c) { c->offset = INT64_MAX; }),
       Code::kInvalidArgument, "out of range", -1},
      {edited(texts, [](Column* c) { c->format = "w:0"; }),
       Code::kInvalidArgument, "w:0", -1},
      {edited(texts, [](Column* c) { c->format = "w:9999"; }),
       Code::kInvalidArgument, "w:9999", -1},
      {edited(texts, [](Column* c) { c->format = "w:99999999999999999999"; }),
       Code::kInvalidArgument, "w:9", -1},
      {edited(texts, [](Column* c) { c->format = std::string(9999, 'u'); }),
       Code::kInvalidArgument, "uuuu", -1},
      {edited(texts, [](Column* c) { c->format = "uu"; }),
       Code::kInvalidArgument, "'uu'", -1},
  };
  for (const Fault& fault : faults) {
    const Texts read =
        Read(fault.column, 0,
             fault.column.length == INT64_MAX ? 2 : fault.column.length);
    ExpectFault(read.error, fault);
    EXPECT_EQ(read.error.field(), "id");
  }
  // A text that no row refers to may be anything.
  EXPECT_TRUE(Read(Column::Dictionary<int8_t>("id", "c", {0},
                                              Column::Text("", {"a", "\xff"})))
                  .error.ok());
}

// ------------------------------------------------------------------- events

Column Events(Column time) {
  const auto rows = time.length;
  const std::vector<int8_t> kinds(static_cast<size_t>(rows), 1);
  return Column::Struct(
      "", rows,
      {Column::Text("actor", Strings(static_cast<size_t>(rows), "a")),
       Column::Text("subject", Strings(static_cast<size_t>(rows), "b")),
       Column::Of("kind", "c", kinds), std::move(time)});
}

struct Read1 {
  Error error;
  std::vector<msg::Event> events;
};
Read1 ReadEvents(const Column& table) {
  const Export in(table);
  EventColumns columns;
  Read1 read;
  read.error = columns.Open(in.schema, in.array);
  if (!read.error.ok()) return read;
  std::vector<size_t> rows(columns.rows());
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  read.events.resize(rows.size());
  EventColumns::Digits digits;
  columns.Read(rows.data(), rows.size(), read.events.data(), &digits);
  for (msg::Event& event : read.events) {  // they point into what is gone
    event.actor = event.subject = event.network = {};
    event.topic = event.event_id = {};
  }
  return read;
}

TEST(Events, HaveTimesOfEveryType) {
  const auto seconds = [](Column time) {
    const Read1 read = ReadEvents(Events(std::move(time)));
    EXPECT_TRUE(read.error.ok()) << read.error.ToString();
    std::vector<int64_t> times;
    for (const msg::Event& event : read.events) {
      times.push_back(event.time_seconds);
    }
    return times;
  };
  using Times = std::vector<int64_t>;
  EXPECT_EQ(seconds(Column::Of<int64_t>("time", "l", {5, -5})), (Times{5, -5}));
  EXPECT_EQ(seconds(Column::Of<uint32_t>("time", "I", {5})), (Times{5}));
  EXPECT_EQ(seconds(Column::Of<int32_t>("time", "tdD", {1, -1})),
            (Times{86400, -86400}));
  EXPECT_EQ(seconds(Column::Of<int64_t>("time", "tdm", {86400000, -1})),
            (Times{86400, -1}));
  EXPECT_EQ(seconds(Column::Of<int64_t>("time", "tss:", {7})), (Times{7}));
  EXPECT_EQ(seconds(Column::Of<int64_t>("time", "tsm:UTC", {7999, -7999})),
            (Times{7, -8}));
  EXPECT_EQ(
      seconds(Column::Of<int64_t>("time", "tsu:Europe/Berlin", {7999999, -1})),
      (Times{7, -1}));
  EXPECT_EQ(seconds(Column::Of<int64_t>("time", "tsn:", {INT64_MAX})),
            (Times{INT64_MAX / 1'000'000'000}));
  EXPECT_EQ(seconds(Column::Of<uint64_t>("time", "L", {~uint64_t{0}})),
            (Times{INT64_MAX}));
  EXPECT_EQ(seconds(Column::Dictionary<int8_t>(
                "time", "c", {1, 0}, Column::Of<int32_t>("", "tdD", {1, 2}))),
            (Times{172800, 86400}));
  for (const char* format :
       {"ttm", "tDs", "tiM", "ts", "tsx:", "g", "u", "b"}) {
    const Error error =
        ReadEvents(Events(Column::Of<int64_t>("time", format, {1}))).error;
    EXPECT_EQ(error.code(), Code::kInvalidArgument) << format;
    EXPECT_EQ(error.field(), "time");
  }
  Column gap = Column::Of<int64_t>("time", "l", {1, 2});
  gap.Valid({true, false});
  const Error error = ReadEvents(Events(gap)).error;
  EXPECT_EQ(error.field(), "time");
  EXPECT_EQ(error.row(), 1u);
}

TEST(Events, HaveQualitiesAsSignalsAreCounted) {
  const auto read = [](Column column) {
    Column table = Events(Column::Of<int64_t>("time", "l", {1, 1}));
    table.children.push_back(std::move(column));
    return ReadEvents(table);
  };
  const auto qualities = [&](Column column) {
    const Read1 got = read(std::move(column));
    EXPECT_TRUE(got.error.ok()) << got.error.ToString();
    std::vector<int64_t> values;
    for (const msg::Event& event : got.events) {
      values.push_back(event.quality_micros.value_or(-77));
    }
    return values;
  };
  using Values = std::vector<int64_t>;
  EXPECT_EQ(qualities(Column::Of<int64_t>("quality_micros", "l",
                                          {500'000, 1'000'000})),
            (Values{500'000, 1'000'000}));
  EXPECT_EQ(qualities(Column::Of<int8_t>("quality", "c", {1, 0})),
            (Values{1'000'000, 0}));
  EXPECT_EQ(qualities(Column::Of<int32_t>("quality", "d:9,1,32", {5, -5})),
            (Values{500'000, -1}));
  EXPECT_EQ(qualities(Column::Of<int64_t>(
                "quality", "d:18,18,64",
                {123'456'500'000'000'000, 123'457'500'000'000'000})),
            (Values{123'456, 123'458}));
  EXPECT_EQ(qualities(Column::Of<int64_t>("quality", "d:18,6,64",
                                          {500'001, INT64_MAX})),
            (Values{500'001, -1}));
  Column gap = Column::Of<int64_t>("quality", "l", {1, 1});
  gap.Valid({true, false});
  EXPECT_EQ(qualities(gap), (Values{1'000'000, -77}));
  EXPECT_EQ(read(Column::Of<double>("quality", "g", {1, 1})).error.code(),
            Code::kInvalidArgument);
  EXPECT_EQ(read(Column::Of<int32_t>("quality_micros", "d:9,1,32", {1, 1}))
                .error.field(),
            "quality_micros");
  // Counts that are in no range stay so.
  const Read1 counts =
      read(Column::Of<uint64_t>("count", "L", {3, ~uint64_t{0}}));
  EXPECT_EQ(counts.events[0].count, 3);
  EXPECT_EQ(counts.events[1].count, -1);
}

TEST(Events, HaveKindsByNumberOrName) {
  const auto kinds = [](Column column) {
    Column table = Events(Column::Of<int64_t>("time", "l", {1, 1, 1}));
    column.name = "kind";
    table.children[2] = std::move(column);
    std::vector<int> values;
    for (const msg::Event& event : ReadEvents(table).events) {
      values.push_back(static_cast<int>(event.kind));
    }
    return values;
  };
  using Values = std::vector<int>;
  EXPECT_EQ(kinds(Column::Of<uint16_t>("", "S", {4, 0, 99})),
            (Values{4, 0, 99}));
  EXPECT_EQ(kinds(Column::Of<int64_t>("", "l", {1, -1, INT64_MAX})),
            (Values{1, 0, 0}));
  EXPECT_EQ(kinds(Column::Views("", {"like", "replies", "no"})),
            (Values{4, 2, 0}));
  EXPECT_EQ(kinds(Column::Dictionary<uint8_t>(
                "", "C", {1, 0, 1}, Column::Text("", {"reply", "likes"}))),
            (Values{4, 2, 4}));
  EXPECT_EQ(kinds(Column::Runs<int64_t>("", "l", {2, 3},
                                        Column::Text("", {"reply", "likes"}))),
            (Values{2, 2, 4}));
}

// -------------------------------------------------------------------- edges

TEST(Edges, HaveASourceATargetAndAWeight) {
  const auto table = [](Column weight) {
    return Column::Struct(
        "", 2,
        {Column::Views("target", {"b", Long('c')}),
         Column::Of<int16_t>("source", "s", {1, 2}), std::move(weight)});
  };
  const auto weights = [&](Column weight) {
    const Export in(table(std::move(weight)));
    EdgeColumns edges;
    const Error error = edges.Open(in.schema, in.array);
    EXPECT_TRUE(error.ok()) << error.ToString();
    char digits[TextColumn::kDigits];
    EXPECT_EQ(edges.Source(1, digits), "2");
    EXPECT_EQ(edges.Target(1, digits), Long('c'));
    return std::vector<uint64_t>{edges.Weight(0), edges.Weight(1)};
  };
  using Weights = std::vector<uint64_t>;
  EXPECT_EQ(weights(Column::Of<uint8_t>("weight", "C", {0, 255})),
            (Weights{0, 255}));
  EXPECT_EQ(weights(Column::Of<uint64_t>("weight", "L", {1, INT64_MAX})),
            (Weights{1, INT64_MAX}));
  EXPECT_EQ(weights(Column::Of<int64_t>("weight", "d:38,0", {7, 0, 8, 0})),
            (Weights{7, 8}));
  Column gap = Column::Of<int32_t>("weight", "i", {9, -9});
  gap.Valid({true, false});
  EXPECT_EQ(weights(gap), (Weights{9, 1}));

  const auto fault = [](Column column) {
    const Export in(column);
    EdgeColumns edges;
    return edges.Open(in.schema, in.array);
  };
  Error error = fault(table(Column::Of<int32_t>("weight", "i", {9, -9})));
  EXPECT_EQ(error.code(), Code::kOutOfRange);
  EXPECT_EQ(error.field(), "weight");
  EXPECT_EQ(error.row(), 1u);
  error = fault(table(Column::Of<uint64_t>("weight", "L", {0, ~uint64_t{0}})));
  EXPECT_EQ(error.code(), Code::kOutOfRange);
  error = fault(table(Column::Of<double>("weight", "g", {0, 1})));
  EXPECT_EQ(error.code(), Code::kInvalidArgument);
  error = fault(table(Column::Of<int32_t>("from", "i", {9, 9})));
  EXPECT_EQ(error.field(), "from");
  Column bad = table(Column::Of<int32_t>("weight", "i", {9, 9}));
  bad.children[1] = Column::Text("source", {"a", "\xff"});
  error = fault(bad);
  EXPECT_EQ(error.code(), Code::kInvalidUtf8);
  EXPECT_EQ(error.field(), "source");
  EXPECT_EQ(error.row(), 1u);
  bad.children[1] = Column::Text("source", {"a", std::string(257, 'x')});
  error = fault(bad);
  EXPECT_EQ(error.code(), Code::kTooLarge);
  EXPECT_EQ(error.row(), 1u);
}

// ------------------------------------------------------------------ signals

// The followers of a table of two people, in whole units.
struct Signals2 {
  Error error;
  std::vector<int64_t> values;  // -1: null
  SignalColumn column{};
};
Signals2 ReadFollowers(const Column& followers, bool floats = false) {
  const Export in(Column::Struct("", 2, {followers}));
  TableLayout layout;
  Signals2 read;
  read.error = ReadSchema(in.schema, floats, &layout);
  Columns columns;
  if (read.error.ok()) read.error = ReadArray(layout, in.array, &columns);
  if (!read.error.ok() || columns.signals.empty()) return read;
  read.column = columns.signals[0];
  for (size_t row = 0; row < 2; ++row) {
    int64_t value = -2;
    if (!read.column.valid.Get(row)) {
      value = -1;
    } else if (!IsFloat(read.column.type)) {
      LoadInteger(read.column.type, read.column.values, row, &value);
    }
    read.values.push_back(value);
  }
  return read;
}

TEST(Signals, AreTakenFromEveryType) {
  using Values = std::vector<int64_t>;
  const auto values = [](Column followers) {
    const Signals2 read = ReadFollowers(std::move(followers));
    EXPECT_TRUE(read.error.ok()) << read.error.ToString();
    return read.values;
  };
  EXPECT_EQ(values(Column::Of<int8_t>("followers", "c", {1, 127})),
            (Values{1, 127}));
  EXPECT_EQ(values(Column::Of<uint8_t>("followers", "C", {1, 255})),
            (Values{1, 255}));
  EXPECT_EQ(values(Column::Of<int16_t>("followers", "s", {1, 300})),
            (Values{1, 300}));
  EXPECT_EQ(values(Column::Of<uint16_t>("followers", "S", {1, 65535})),
            (Values{1, 65535}));
  EXPECT_EQ(values(Column::Of<int32_t>("followers", "d:9,6,32", {1, 2})),
            (Values{1, 2}));
  EXPECT_EQ(values(Column::Of<int64_t>("followers", "d:18,2,64", {1, 2})),
            (Values{1, 2}));
  EXPECT_EQ(
      values(Column::Of<int64_t>("followers", "d:38,2,128", {1, 0, 2, 0})),
      (Values{1, 2}));
  EXPECT_EQ(values(Column::Of<int64_t>("followers", "d:76,2,256",
                                       {1, 0, 0, 0, 2, 0, 0, 0})),
            (Values{1, 2}));
  EXPECT_EQ(
      values(Column::Of<int64_t>("followers_micros", "d:38,0", {1, 0, 2, 0})),
      (Values{1, 2}));
  Column dictionary = Column::Dictionary<int16_t>(
      "followers", "s", {1, 0}, Column::Of<uint8_t>("", "C", {7, 8}, 3));
  EXPECT_EQ(values(dictionary), (Values{8, 7}));
  dictionary.dictionary[0].Valid({false, true});
  EXPECT_EQ(values(dictionary), (Values{8, -1}));
  EXPECT_EQ(values(Column::Runs<int32_t>("followers", "i", {2},
                                         Column::Of<int64_t>("", "l", {9}))),
            (Values{9, 9}));
  for (const auto& [format, width] : {std::pair{"e", 2}, {"f", 4}, {"g", 8}}) {
    Column floats =
        Column::Of("followers", format, std::vector<int8_t>(size_t(2 * width)));
    floats.length = 2;
    EXPECT_TRUE(ReadFollowers(floats, true).error.ok());
    EXPECT_NE(ReadFollowers(floats).error.message().find("float_rounding"),
              std::string::npos);
    floats.name = "followers_micros";
    EXPECT_EQ(ReadFollowers(floats, true).column.decimals, 6);
  }
}

TEST(Signals, AreRefusedWithWhatIsTaken) {
  const auto words = [](const std::string& name, const std::string& format) {
    Column column = Column::Of<int64_t>(name, format, {1, 2, 3, 4});
    column.length = 2;
    const Error error = ReadFollowers(column, true).error;
    EXPECT_EQ(error.code(), Code::kInvalidArgument) << format;
    EXPECT_EQ(error.field(), name);
    return error.message();
  };
  EXPECT_EQ(words("followers", "b"),
            "has booleans; it takes integers, decimals of scale 0 to 18 or "
            "floats");
  EXPECT_EQ(words("followers", "u"),
            "has the type 'u'; it takes integers, decimals of scale 0 to 18 or "
            "floats");
  EXPECT_EQ(words("followers_micros", "d:9,2"),
            "has decimals of scale 2; it takes integers, decimals of scale 0 "
            "or floats");
  for (const char* format :
       {"d:38,19", "d:9,-1", "d:9", "d:,", "d:9,2,", "d:9,2,512", "d:9,2,128,",
        "d:99999,2", "d:9,2 ", "tdD", "tss:", "+l", "", "ll", "w:8", "vu"}) {
    words("followers", format);
  }
  EXPECT_NE(words("network", "u").find("accounts"), std::string::npos);
}

// ---------------------------------------------------------- hostile schemas

std::string Blob(const std::vector<std::pair<int32_t, std::string>>& parts) {
  std::string blob;
  for (const auto& [number, text] : parts) {
    blob.append(reinterpret_cast<const char*>(&number), sizeof number);
    blob += text;
  }
  return blob;
}

TEST(Metadata, ComesBackAndIsTrustedInNothing) {
  const Metadata wanted = {{"a", ""}, {"", "b"}, {"influence.graph", "xyz"}};
  Metadata read;
  EXPECT_TRUE(ReadMetadata(ToBytes(wanted).data(), &read).ok());
  EXPECT_EQ(read, wanted);
  EXPECT_TRUE(ReadMetadata(nullptr, &read).ok());
  EXPECT_TRUE(read.empty());
  for (const std::string& blob :
       {Blob({{-1, ""}}), Blob({{INT32_MIN, ""}}), Blob({{INT32_MAX, ""}}),
        Blob({{4097, ""}}), Blob({{1, ""}, {-1, ""}}),
        Blob({{1, ""}, {1025, ""}}), Blob({{1, ""}, {INT32_MAX, ""}}),
        Blob({{1, ""}, {1, "k"}, {-1, ""}}),
        Blob({{1, ""}, {1, "k"}, {INT32_MAX, ""}}),
        Blob({{2, ""}, {1, "k"}, {1, "v"}, {1, "k"}, {(16 << 20), ""}})}) {
    const Error error = ReadMetadata(blob.data(), &read);
    EXPECT_EQ(error.code(), Code::kMalformed);
    EXPECT_EQ(error.field(), "metadata");
  }
}

TEST(CopySchema, EndsWhateverItIsGiven) {
  Owned<ArrowSchema> copy;
  {
    Column column = Column::Text("id", {});
    const std::string metadata = ToBytes({{"ARROW:extension:name", "uuid"}});
    column.metadata = metadata;
    column.dictionary = {Column::Text("x", {})};
    const Export in(column);
    ASSERT_TRUE(CopySchema(in.schema, "id", &copy).ok());
    EXPECT_EQ(std::memcmp(copy->metadata, metadata.data(), metadata.size()), 0);
    EXPECT_STREQ(copy->dictionary->name, "x");
    Owned<ArrowSchema> again = CopySchema(copy);
    EXPECT_STREQ(again->name, "id");
    EXPECT_EQ(std::memcmp(again->metadata, metadata.data(), metadata.size()),
              0);
  }
  const auto release = [](ArrowSchema* self) { self->release = nullptr; };
  const auto fault = [&](const std::function<void(ArrowSchema*)>& edit) {
    ArrowSchema schema{};
    schema.format = "+s";
    schema.name = "id";
    schema.release = release;
    edit(&schema);
    Error error = CopySchema(schema, "id", &copy);
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
    EXPECT_EQ(error.field(), "id");
    return error.message();
  };
  ArrowSchema ring{};
  ring.format = "+s";
  ring.release = release;
  ArrowSchema* twice[] = {&ring, &ring};
  ring.children = twice;
  ring.n_children = 2;
  EXPECT_NE(fault([&](ArrowSchema* s) { *s = ring; }).find("too"),
            std::string::npos);
  EXPECT_NE(fault([&](ArrowSchema* s) { s->dictionary = s; }).find("deep"),
            std::string::npos);
  EXPECT_NE(fault([](ArrowSchema* s) { s->n_children = -1; }).find("children"),
            std::string::npos);
  EXPECT_NE(fault([&](ArrowSchema* s) {
              s->children = twice;
              s->n_children = INT64_MAX;
            }).find("children"),
            std::string::npos);
  EXPECT_NE(fault([](ArrowSchema* s) { s->n_children = 1; }).find("children"),
            std::string::npos);
  ArrowSchema* none[] = {nullptr};
  EXPECT_NE(fault([&](ArrowSchema* s) {
              s->children = none;
              s->n_children = 1;
            }).find("missing"),
            std::string::npos);
  fault([](ArrowSchema* s) { s->format = nullptr; });
  fault([](ArrowSchema* s) { s->release = nullptr; });
  const std::string endless(3 << 20, 'x');
  EXPECT_NE(
      fault([&](ArrowSchema* s) { s->name = endless.c_str(); }).find("text"),
      std::string::npos);
}

// A table of so many columns is still read; the fields of a schema are limited.
TEST(Schemas, HaveALimitOfColumns) {
  ArrowSchema schema{};
  schema.format = "+s";
  schema.release = [](ArrowSchema* self) { self->release = nullptr; };
  ArrowSchema* children[1] = {&schema};
  schema.children = children;
  for (const int64_t count :
       {INT64_MIN, int64_t{-1}, kMaxColumns + 1, INT64_MAX}) {
    schema.n_children = count;
    TableLayout layout;
    const Error error = ReadSchema(schema, false, &layout);
    EXPECT_EQ(error.code(), Code::kInvalidArgument);
    EXPECT_EQ(error.field(), "schema");
    EdgeColumns edges;
    EventColumns events;
    ArrowArray array{};
    EXPECT_EQ(edges.Open(schema, array).field(), "schema");
    EXPECT_EQ(events.Open(schema, array).field(), "schema");
  }
}

}  // namespace
}  // namespace influence
