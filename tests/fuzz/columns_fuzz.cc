// Any table whose memory is what it claims, but whose types, lengths, offsets,
// null counts, texts, lists, dictionaries and metadata are whatever the input
// says: no crash, no leak, every struct released once; scores that keep their
// laws; and the same scores in either unit, on any number of threads, and as a
// stream. Then tables of events and of edges, with which a tally and a graph do
// the same twice.
#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "input_bytes.h"
#include "laws.h"
#include "tests/columns/arrow_table.h"
#include "tests/columns/scored_table.h"

namespace {

namespace pb = influence::abi1;
using influence::testing::Column;
using influence::testing::Export;
using influence::testing::Scored;

constexpr int64_t kFullScore = 100'000'000;  // micropoints

const char* const kNames[] = {"id",           "network",
                              "accounts",     "mentions",
                              "replies",      "saves",
                              "likes",        "reshares",
                              "quotes",       "listings",
                              "standing",     "followers",
                              "likes_micros", "followers_micros",
                              "endorsements", "mentions_micros"};
const char* const kEventNames[] = {
    "actor", "subject",  "kind",    "time",           "network",
    "topic", "event_id", "quality", "quality_micros", "count"};
const char* const kEdgeNames[] = {"source", "target", "weight"};

// The usual ones first.
const char* const kFormats[] = {
    "l",      "L",          "i",         "I",      "g",        "d:19,6",
    "u",      "vu",         "n",         "c",      "C",        "s",
    "S",      "e",          "f",         "b",      "d:9,2,32", "d:18,0,64",
    "d:38,0", "d:38,2,128", "d:9,2,256", "d:10,7", "d:,",      "d:19,",
    "U",      "z",          "Z",         "vz",     "w:3",      "w:0",
    "w:5000", "tdD",        "tdm",       "tss:",   "tsu:UTC",  "ttm",
    "+l",     "+L",         "+s",        "+r",     "",         "ll"};

// How many bytes an entry takes; the most of all for what is not known.
size_t WidthOf(const std::string& format) {
  if (format == "c" || format == "C" || format == "b") return 1;
  if (format == "s" || format == "S" || format == "e") return 2;
  if (format == "i" || format == "I" || format == "+l" || format == "f" ||
      format == "tdD" || format == "w:3" || format == "d:9,2,32") {
    return 4;
  }
  if (format == "l" || format == "L" || format == "g" || format == "+L" ||
      format == "d:18,0,64" || format.substr(0, 2) == "ts" || format == "tdm") {
    return 8;
  }
  return format == "d:9,2,256" ? 32 : 16;
}

// "u", "Z": with offsets of so many bytes; 0 for any other.
size_t OffsetWidthOf(const std::string& format) {
  if (format == "u" || format == "z") return 4;
  return format == "U" || format == "Z" ? 8 : 0;
}

// Numbers near every edge, and any others.
int64_t AnyNumber(InputBytes* input) {
  constexpr int64_t kEdges[] = {0,
                                1,
                                -1,
                                1'000'000,
                                INT32_MAX,
                                INT32_MIN,
                                INT64_MAX,
                                INT64_MIN,
                                int64_t{1} << 48,
                                (int64_t{1} << 48) + 1,
                                10'000'000'000,
                                10'000'000'001,
                                10'000'000'000'000'000,
                                10'000'000'000'000'001};
  constexpr size_t kCount = sizeof kEdges / sizeof kEdges[0];
  const size_t edge = input->Below(kCount + 6);
  if (edge < kCount) return kEdges[edge];
  return edge < kCount + 3 ? input->Byte() : input->Int64();
}

void AppendNumber(int64_t number, size_t width, std::vector<uint8_t>* bytes) {
  uint8_t wide[32];
  std::memset(wide, number < 0 ? 0xff : 0, sizeof wide);
  std::memcpy(wide, &number, sizeof number);  // little-endian, as the machine
  bytes->insert(bytes->end(), wide, wide + width);
}

class TableMaker {
 public:
  // `names` are those that the table's columns usually have.
  template <size_t count>
  TableMaker(InputBytes* input, const char* const (&names)[count])
      : input_(*input), names_(names), count_(count) {}

  // A table of at most that many rows.
  Column Table() {
    entries_ = input_.Below(40);
    Column table = Struct("", entries_, 2);
    if (input_.Rarely(32)) table.format = Format();
    if (input_.Rarely(8)) table.metadata = Metadata();
    return table;
  }

 private:
  std::string Format() {
    if (input_.Rarely(16)) return input_.Text(12).c_str();
    constexpr size_t kUsual = 8;
    constexpr size_t kAll = sizeof kFormats / sizeof kFormats[0];
    return kFormats[input_.Below(input_.Rarely(4) ? kAll : kUsual)];
  }
  std::string Name() {
    if (input_.Rarely(32)) return input_.Text(90).c_str();
    return names_[input_.Below(count_)];
  }
  // Entries of which the lengths are true, or are refused.
  std::string Metadata() {
    std::string bytes;
    const auto append = [&bytes](int64_t number) {
      const auto value = static_cast<int32_t>(number);
      bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    };
    // Beyond every limit.
    const auto wrong = [this] {
      return input_.Rarely(2) ? int64_t{INT32_MAX} : -1 - input_.Byte();
    };
    const size_t pairs = input_.Below(4);
    if (input_.Rarely(8)) {
      append(wrong());
      return bytes;
    }
    append(static_cast<int64_t>(pairs));
    for (size_t i = 0; i < 2 * pairs; ++i) {
      if (input_.Rarely(16)) {
        append(wrong());
        return bytes;
      }
      const std::string text = input_.Rarely(2) && i % 2 == 0
                                   ? "influence.graph.digest"
                                   : input_.Text(80);
      append(static_cast<int64_t>(text.size()));
      bytes += text;
    }
    return bytes;
  }
  // Offsets into kBytes of text that ascend, or are refused.
  std::vector<uint8_t> Offsets(size_t entries, size_t width) {
    std::vector<uint8_t> offsets;
    int64_t at = 0;
    for (size_t i = 0; i <= entries; ++i) {
      AppendNumber(at, width, &offsets);
      const auto step = static_cast<int64_t>(input_.Byte() % 4);
      at = input_.Rarely(64) ? -step : std::min<int64_t>(at + step, kTextBytes);
    }
    return offsets;
  }
  // Views of two buffers, of which any number may be wrong.
  void MakeViews(size_t entries, Column* column) {
    std::vector<uint8_t> views;
    for (size_t i = 0; i < entries; ++i) {
      int64_t size = input_.Byte() % 20;
      int64_t buffer = input_.Byte() % 2;
      int64_t offset = input_.Byte() % 40;
      if (input_.Rarely(64)) size = AnyNumber(&input_);
      if (input_.Rarely(64)) buffer = AnyNumber(&input_);
      if (input_.Rarely(64)) offset = AnyNumber(&input_);
      for (const int64_t number : {size, int64_t{0x61616161}, buffer, offset}) {
        AppendNumber(number, 4, &views);
      }
    }
    if (views.empty()) views.push_back(0);
    std::vector<uint8_t> sizes;
    AppendNumber(kTextBytes, 8, &sizes);
    AppendNumber(input_.Rarely(16) ? -1 : kTextBytes / 2, 8, &sizes);
    column->buffers = {
        {}, std::move(views), Bytes(), Bytes(), std::move(sizes)};
  }
  // Letters, and at times what is no UTF-8.
  std::vector<uint8_t> Bytes() {
    std::vector<uint8_t> bytes(kTextBytes, 'x');
    if (input_.Rarely(4)) input_.Fill(bytes.data(), bytes.size());
    return bytes;
  }
  // Runs of a few rows each.
  Column Runs(const std::string& name, size_t entries) {
    std::vector<uint8_t> ends;
    int64_t end = 0;
    size_t runs = 0;
    while (end < static_cast<int64_t>(entries) && runs < 64) {
      end += input_.Rarely(32) ? AnyNumber(&input_) % 1000 : input_.Byte() % 4;
      AppendNumber(end, 4, &ends);
      ++runs;
    }
    if (ends.empty()) ends.push_back(0);
    Column column;
    column.name = name;
    column.format = "+r";
    Column of_ends;
    of_ends.format = "i";
    of_ends.length = static_cast<int64_t>(runs);
    of_ends.buffers = {{}, std::move(ends)};
    column.children = {std::move(of_ends),
                       Child(input_.Rarely(16) ? 0 : runs, 0)};
    column.length = static_cast<int64_t>(entries);
    if (input_.Rarely(8)) column.offset = input_.Byte() % 4;
    return column;
  }

  Column Struct(const std::string& name, size_t entries, int depth) {
    Column column = Column::Struct(name, 0, {});
    Claim(entries, &column);
    const size_t children = input_.Below(8);
    for (size_t i = 0; i < children; ++i) {
      column.children.push_back(Child(entries, depth));
    }
    return column;
  }

  Column Child(size_t entries, int depth) {
    // Mostly as many as the parent has, sometimes fewer or more.
    if (input_.Rarely(16)) entries = input_.Below(64);
    std::string name = Name();
    if (name == "accounts" && depth > 0 && !input_.Rarely(16)) {
      return List(name, entries, depth - 1);
    }
    Column column;
    column.name = std::move(name);
    column.format = Format();
    if (column.format == "+r" && depth > 0) {
      return Runs(column.name, entries);
    }
    std::vector<uint8_t> values;
    const size_t width = WidthOf(column.format);
    const bool is_small = input_.Rarely(2);
    for (size_t i = 0; i < entries; ++i) {
      AppendNumber(is_small ? input_.Byte() : AnyNumber(&input_), width,
                   &values);
    }
    if ((column.format == "g" || column.format == "f" ||
         column.format == "e") &&
        input_.Rarely(2)) {
      input_.Fill(values.data(), values.size());  // NaN and the like
    }
    const size_t offset_width = OffsetWidthOf(column.format);
    if (offset_width > 0) values = Offsets(entries, offset_width);
    if (values.empty()) values.push_back(0);  // NULL is another case
    column.buffers = {{}, std::move(values)};
    if (offset_width > 0) column.buffers.push_back(Bytes());
    if (column.format == "vu" || column.format == "vz") {
      MakeViews(entries, &column);
    }
    if (column.format == "n") column.buffers.clear();
    Claim(entries, &column);
    if (input_.Rarely(32)) column.metadata = Metadata();
    if (column.buffers.empty()) return column;
    if (input_.Rarely(32)) column.buffers[1].clear();
    if (input_.Rarely(32)) {
      column.buffers.resize(std::min(input_.Below(4), column.buffers.size()));
    }
    if (input_.Rarely(16)) column.dictionary = {Child(entries, 0)};
    // Deeper than a carried schema may nest, and less deep.
    if (input_.Rarely(32)) {
      Column nested = column;
      for (size_t i = input_.Below(80); i > 0; --i) {
        Column outer = Column::Struct("x", 0, {std::move(nested)});
        nested = std::move(outer);
      }
      column.children = {std::move(nested)};
    }
    return column;
  }

  Column List(const std::string& name, size_t entries, int depth) {
    const bool is_large = input_.Rarely(2);
    constexpr int64_t kMostAccounts = 300;
    std::vector<uint8_t> ends;
    int64_t end = input_.Rarely(8) ? AnyNumber(&input_) : 0;
    int64_t last = 0;
    for (size_t i = 0; i <= entries; ++i) {
      AppendNumber(end, is_large ? 8 : 4, &ends);
      last = end;
      if (input_.Rarely(32)) {
        end = AnyNumber(&input_);
      } else if (end < kMostAccounts) {
        // At times as many as a row may have, or one more or less.
        end += static_cast<int64_t>(input_.Rarely(64) ? 63 + input_.Below(3)
                                                      : input_.Below(4));
      }
    }
    // As many accounts as the lists have, or one or two fewer.
    last = std::clamp<int64_t>(last, 0, kMostAccounts);
    if (last > 1 && input_.Rarely(8)) last -= 1 + input_.Byte() % 2;
    const auto accounts = static_cast<size_t>(last);
    Column column;
    column.name = name;
    column.format = is_large ? "+L" : "+l";
    column.buffers = {{}, std::move(ends)};
    Claim(entries, &column);
    column.children = {Struct("item", accounts, depth)};
    if (input_.Rarely(32)) column.children.push_back(Child(accounts, 0));
    if (input_.Rarely(32)) column.children.clear();
    if (input_.Rarely(32)) column.buffers[1].clear();
    return column;
  }

  // The claims of an array that has so many entries: all of them or some, or
  // what no array can have and is to be refused.
  void Claim(size_t entries, Column* column) {
    const auto most = static_cast<int64_t>(entries);
    column->length = most;
    if (input_.Rarely(4)) {
      column->offset = input_.Byte() % (most + 1);
      column->length = most - column->offset;
      if (input_.Rarely(2))
        column->length -= input_.Byte() % (column->length + 1);
    }
    if (input_.Rarely(3) && !column->buffers.empty()) {
      std::vector<uint8_t> bits((entries + 7) / 8 + 1);
      input_.Fill(bits.data(), bits.size());
      column->buffers[0] = std::move(bits);
      column->null_count = -1;
    }
    if (input_.Rarely(32)) column->null_count = AnyNumber(&input_);
    if (input_.Rarely(32)) column->length = Impossible();
    if (input_.Rarely(32)) column->offset = Impossible();
  }
  int64_t Impossible() {
    const int64_t number = AnyNumber(&input_);
    return number < 0 || number > int64_t{1} << 48 ? number : -1;
  }

  static constexpr int64_t kTextBytes = 64;

  InputBytes& input_;
  const char* const* names_;
  size_t count_;
  size_t entries_ = 0;
};

// What a column cannot say: pointers that are NULL, children that were
// released, counts that are not those of the schema.
template <typename Struct>
void Damage(InputBytes* input, Struct* root) {
  Struct* at = root;
  while (at->n_children > 0 && at->children[0] != nullptr && input->Rarely(2)) {
    at = at->children[input->Below(static_cast<size_t>(at->n_children))];
  }
  const size_t what = input->Below(8);
  if (at->n_children > 0 && what < 2) {
    Struct*& child =
        at->children[input->Below(static_cast<size_t>(at->n_children))];
    if (what == 0) {
      child = nullptr;
    } else {
      child->release = nullptr;
    }
  } else if (what == 2) {
    at->n_children = input->Rarely(2) ? -1 : 0;
  } else if (what == 3) {
    at->n_children = 0;
    at->children = nullptr;
  }
  if constexpr (std::is_same_v<Struct, ArrowSchema>) {
    if (what == 4) at->format = nullptr;
    if (what == 5) at->name = nullptr;
    if (what == 6) at->n_children = AnyNumber(input) | int64_t{1} << 40;
    if (what == 7) at->dictionary = input->Rarely(2) ? root : nullptr;
  } else {
    if (what == 4) {
      // Fewer than there are, or more than any array has: of views, all that is
      // in between would be believed.
      const int64_t number = AnyNumber(input);
      const bool is_believed = number > at->n_buffers && number <= 1 << 20;
      at->n_buffers = is_believed ? -1 : number;
    }
    if (what == 5 && at->n_buffers == 0) at->buffers = nullptr;
    if (what == 6) at->n_children = AnyNumber(input) | int64_t{1} << 40;
    if (what == 7) at->dictionary = nullptr;
  }
}

pb::ColumnsOptions AnyOptions(InputBytes* input) {
  pb::ColumnsOptions options;
  if (input->Rarely(2))
    options.set_float_rounding(pb::FLOAT_ROUNDING_HALF_EVEN);
  options.set_bands(input->Rarely(2));
  options.set_points(input->Rarely(2));
  options.set_reasons(input->Rarely(3));
  if (input->Rarely(8))
    options.set_threads(static_cast<uint32_t>(input->Below(3)));
  return options;
}

const influence_engine* AnyEngine(InputBytes* input) {
  static const influence_engine* const engines[] = {V1(), NewOneRow()};
  return engines[input->Below(2)];
}

// The laws of a score, row by row.
void CheckScores(const Scored& scored) {
  std::vector<std::string> points_names;
  for (int64_t c = 0; c < scored.schema.n_children; ++c) {
    std::string name = Scored::NameOf(*scored.schema.children[c]);
    if (name.rfind("points_", 0) == 0) points_names.push_back(std::move(name));
  }
  for (size_t i = 0; i < static_cast<size_t>(scored.array.length); ++i) {
    const auto score = scored.Micros("score", i);
    const auto error = scored.At<int32_t>("error", i);
    Require(score.has_value() != error.has_value(), "a score or an error");
    for (const char* name : {"low", "high", "coverage"}) {
      Require(scored.Micros(name, i).has_value() == score.has_value(),
              "a row with an error has nothing else");
    }
    Require((scored.ErrorField(i) != "(null)") == error.has_value(),
            "an error has its field");
    if (error.has_value()) {
      Require(*error == INFLUENCE_OUT_OF_RANGE ||
                  *error == INFLUENCE_TOO_LARGE ||
                  *error == INFLUENCE_INVALID_ARGUMENT,
              "a row is out of range, too large or null");
      continue;
    }
    Require(0 <= *score && scored.Micros("low", i) == score &&
                *score <= *scored.Micros("high", i) &&
                *scored.Micros("high", i) <= kFullScore,
            "0 <= low = score <= high <= 100 points");
    Require(0 <= *scored.Micros("coverage", i) &&
                *scored.Micros("coverage", i) <= kFullScore,
            "0 <= coverage <= 100 points");
    int64_t points = 0;
    for (const std::string& name : points_names) {
      points += *scored.Micros(name, i);
    }
    Require(points_names.empty() || points == *score,
            "the score is its points' sum");
  }
}

// One way to score the table that the rest of the input describes.
struct Outcome {
  influence_status status;
  std::string table;  // all that was computed, as text
};

void CheckFailure(const Scored& out) {
  Require(out.schema.release == nullptr && out.array.release == nullptr,
          "nothing comes back from a failure");
}

Outcome ScoreTable(const influence_engine* engine, InputBytes input,
                   const Column& table, const pb::ColumnsOptions& options) {
  Export in(table);
  if (input.Rarely(8)) Damage(&input, &in.schema);
  if (input.Rarely(8)) Damage(&input, &in.array);
  const std::string bytes = options.SerializeAsString();
  influence_error* error = nullptr;
  Outcome outcome;
  {
    Scored out;
    outcome.status = influence_score_columns(
        engine, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
        &in.schema, &in.array, &out.schema, &out.array, &error);
    Require(in.schema_releases == 1 && in.array_releases == 1 &&
                in.schema.release == nullptr && in.array.release == nullptr,
            "a table that was moved in was released once");
    CheckError(outcome.status, error);
    if (outcome.status == INFLUENCE_OK) {
      Require(out.array.length == table.length, "a row for each row");
      Require(out.array.n_children == out.schema.n_children,
              "an array is of its schema");
      CheckScores(out);
      const bool has_id = out.Names()[0] == "id";
      if (has_id) {
        Require(out.array.children[0]->length == table.length,
                "an id for each row");
      }
      outcome.table = out.Dump(has_id ? 1 : 0);
    } else {
      CheckFailure(out);
    }
  }
  return outcome;
}

// The same as a stream of that one batch; the outcome of both steps.
struct OneBatch {
  Export* table;
  bool has_given = false;
  int releases = 0;
};

Outcome ScoreAsStream(const influence_engine* engine, InputBytes input,
                      const Column& table, const pb::ColumnsOptions& options) {
  Export in(table);
  if (input.Rarely(8)) Damage(&input, &in.schema);
  if (input.Rarely(8)) Damage(&input, &in.array);
  OneBatch source{&in};
  ArrowArrayStream stream{};
  stream.private_data = &source;
  stream.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    ArrowSchema& from =
        static_cast<OneBatch*>(self->private_data)->table->schema;
    *out = from;
    from.release = nullptr;
    return 0;
  };
  stream.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    auto* batch = static_cast<OneBatch*>(self->private_data);
    *out = ArrowArray{};
    if (batch->has_given) return 0;
    batch->has_given = true;
    *out = batch->table->array;
    batch->table->array.release = nullptr;
    return 0;
  };
  stream.release = [](ArrowArrayStream* self) {
    auto* batch = static_cast<OneBatch*>(self->private_data);
    ++batch->releases;
    ArrowArray& left = batch->table->array;
    if (left.release != nullptr) left.release(&left);
    self->release = nullptr;
  };
  const std::string bytes = options.SerializeAsString();
  influence_error* error = nullptr;
  ArrowArrayStream out;
  Outcome outcome;
  outcome.status = influence_score_stream(
      engine, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
      &stream, &out, &error);
  CheckError(outcome.status, error);
  Require(stream.release == nullptr, "a stream is moved in");
  if (outcome.status == INFLUENCE_OK) {
    Scored scored;
    Require(out.get_schema(&out, &scored.schema) == 0, "it has its schema");
    const int code = out.get_next(&out, &scored.array);
    if (code == 0) {
      outcome.table = scored.Dump(scored.Names()[0] == "id" ? 1 : 0);
      ArrowArray end;
      Require(out.get_next(&out, &end) == 0 && end.release == nullptr,
              "a stream ends where its input does");
    } else {
      Require(code == EINVAL, "a batch is refused as a bad argument");
      Require(scored.array.release == nullptr && out.get_last_error(&out),
              "with words, and nothing else");
      influence_error* why = nullptr;
      Require(influence_stream_error(&out, &why) == INFLUENCE_OK,
              "a stream says why it failed");
      outcome.status = influence_error_status(why);
      CheckError(outcome.status, why);
    }
    out.release(&out);
  } else {
    Require(out.release == nullptr, "nothing comes back from a failure");
  }
  Require(source.releases == 1, "a stream is released once");
  Require(in.schema_releases == 1 && in.array_releases == 1,
          "and what it gave, too");
  return outcome;
}

// Has a table of events or edges added by `add`; what came of it.
template <typename Add>
influence_status AddTable(InputBytes input, const Column& table, Add add) {
  Export in(table);
  if (input.Rarely(8)) Damage(&input, &in.schema);
  if (input.Rarely(8)) Damage(&input, &in.array);
  influence_error* error = nullptr;
  const influence_status status = add(&in.schema, &in.array, &error);
  Require(in.schema_releases == 1 && in.array_releases == 1 &&
              in.schema.release == nullptr && in.array.release == nullptr,
          "a table that was moved in was released once");
  Require(influence_error_row(error) < int64_t{1} << 48,
          "a row is one of the table's");
  CheckError(status, error);
  constexpr influence_status kAllowed[] = {
      INFLUENCE_OK,        INFLUENCE_INVALID_ARGUMENT, INFLUENCE_MALFORMED,
      INFLUENCE_TOO_LARGE, INFLUENCE_OUT_OF_RANGE,     INFLUENCE_INVALID_UTF8};
  Require(std::find(std::begin(kAllowed), std::end(kAllowed), status) !=
              std::end(kAllowed),
          "a table is taken or refused");
  return status;
}

void AddEvents(InputBytes input) {
  const Column table = TableMaker(&input, kEventNames).Table();
  pb::TallyOptions options;
  options.set_as_of_seconds(1'700'000'000);
  if (input.Rarely(2)) options.set_future(pb::FUTURE_IGNORED);
  const std::string bytes = options.SerializeAsString();
  std::string first;
  for (const int round : {0, 1}) {
    influence_tally* tally = nullptr;
    Require(influence_tally_new(V1(),
                                reinterpret_cast<const uint8_t*>(bytes.data()),
                                bytes.size(), &tally, nullptr) == INFLUENCE_OK,
            "there is a tally");
    const influence_status status =
        AddTable(input, table, [tally](auto... arguments) {
          return influence_tally_add_columns(tally, arguments...);
        });
    influence_bytes report = {};
    Require(influence_tally_report(tally, &report, nullptr) == INFLUENCE_OK,
            "a tally has its report");
    pb::TallyReport read;
    Require(read.ParseFromArray(report.data, static_cast<int>(report.size)),
            "which is one");
    Require(
        read.events() ==
            (status == INFLUENCE_OK ? static_cast<uint64_t>(table.length) : 0),
        "all events are taken, or none");
    read.clear_memory_bytes();
    const std::string said = std::to_string(status) + read.SerializeAsString();
    Require(round == 0 || said == first, "twice the same");
    first = said;
    influence_bytes_free(&report);
    influence_tally_free(tally);
  }
}

void AddEdges(InputBytes input) {
  const Column table = TableMaker(&input, kEdgeNames).Table();
  influence_status first = INFLUENCE_OK;
  for (const int round : {0, 1}) {
    influence_graph* graph = nullptr;
    Require(
        influence_graph_new(V1(), nullptr, 0, &graph, nullptr) == INFLUENCE_OK,
        "there is a graph");
    const influence_status status =
        AddTable(input, table, [graph](auto... arguments) {
          return influence_graph_add_columns(graph, arguments...);
        });
    Require(round == 0 || status == first, "twice the same");
    first = status;
    influence_graph_free(graph);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  InputBytes input(data, size);
  const influence_engine* engine = AnyEngine(&input);
  pb::ColumnsOptions options = AnyOptions(&input);
  const Column table = TableMaker(&input, kNames).Table();
  const Outcome usual = ScoreTable(engine, input, table, options);

  options.set_score_unit(pb::SCORE_UNIT_MICROPOINTS);
  options.set_threads(3);
  const Outcome plain = ScoreTable(engine, input, table, options);
  Require(plain.status == usual.status && plain.table == usual.table,
          "either unit says the same");
  const Outcome stream = ScoreAsStream(engine, input, table, options);
  Require(stream.status == usual.status && stream.table == usual.table,
          "a stream says the same");
  AddEvents(input);
  AddEdges(input);
  return 0;
}
