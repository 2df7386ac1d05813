// Any table whose memory is what it claims, but whose types, lengths, offsets,
// null counts and lists are whatever the input says: no crash, no leak, every
// struct released once; scores that keep their laws; and the same scores by
// every kernel, on any number of threads, and as a stream.
#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "influence.pb.h"
#include "influence/influence.h"
#include "input_bytes.h"
#include "laws.h"
#include "tests/population/arrow_table.h"
#include "tests/population/scored_table.h"

namespace {

namespace pb = influence::wire;
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
const char* const kFormats[] = {
    "l",  "L",          "i",         "I",      "g",   "d:19,6", "d:38,0",
    "n",  "d:38,2,128", "d:9,2,256", "d:10,7", "d:,", "d:19,",  "+l",
    "+L", "+s",         "u",         "",       "ll",  "f"};

// How many bytes an entry takes; the most of all for what is not known.
size_t WidthOf(const std::string& format) {
  if (format == "i" || format == "I" || format == "+l") return 4;
  if (format == "l" || format == "L" || format == "g" || format == "+L") {
    return 8;
  }
  return 16;
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
  uint8_t wide[16];
  std::memset(wide, number < 0 ? 0xff : 0, sizeof wide);
  std::memcpy(wide, &number, sizeof number);  // little-endian, as the machine
  bytes->insert(bytes->end(), wide, wide + width);
}

class TableMaker {
 public:
  explicit TableMaker(InputBytes* input) : input_(*input) {}

  // A table of at most that many rows.
  Column Table() {
    entries_ = input_.Below(40);
    Column table = Struct("", entries_, 2);
    if (input_.Rarely(32)) table.format = Format();
    return table;
  }

 private:
  std::string Format() {
    if (input_.Rarely(16)) return input_.Text(12).c_str();
    constexpr size_t kUsual = 6;
    constexpr size_t kAll = sizeof kFormats / sizeof kFormats[0];
    return kFormats[input_.Below(input_.Rarely(4) ? kAll : kUsual)];
  }
  std::string Name() {
    if (input_.Rarely(32)) return input_.Text(90).c_str();
    return kNames[input_.Below(sizeof kNames / sizeof kNames[0])];
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
    std::vector<uint8_t> values;
    const size_t width = WidthOf(column.format);
    const bool is_small = input_.Rarely(2);
    for (size_t i = 0; i < entries; ++i) {
      AppendNumber(is_small ? input_.Byte() : AnyNumber(&input_), width,
                   &values);
    }
    if (column.format == "g" && input_.Rarely(2)) {
      input_.Fill(values.data(), values.size());  // NaN and the like
    }
    if (values.empty()) values.push_back(0);  // NULL is another case
    column.buffers = {{}, std::move(values)};
    Claim(entries, &column);
    if (column.name == "id") {
      column.buffers.push_back(std::vector<uint8_t>(64, 'x'));
    }
    if (input_.Rarely(32)) column.buffers[1].clear();
    if (input_.Rarely(32)) column.buffers.resize(input_.Below(4));
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
    if (input_.Rarely(3)) {
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

  InputBytes& input_;
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
  const size_t what = input->Below(6);
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
  } else {
    if (what == 4) at->n_buffers = AnyNumber(input);
    if (what == 5 && at->n_buffers == 0) at->buffers = nullptr;
  }
}

pb::ColumnsOptions AnyOptions(InputBytes* input) {
  pb::ColumnsOptions options;
  if (input->Rarely(2)) options.set_float_rounding(pb::FLOAT_HALF_EVEN);
  options.set_bands(input->Rarely(2));
  options.set_points(input->Rarely(2));
  options.set_reasons(input->Rarely(3));
  if (input->Rarely(8))
    options.set_threads(static_cast<uint32_t>(input->Below(3)));
  return options;
}

const influence_engine* AnyEngine(InputBytes* input) {
  static const influence_engine* const engines[] = {NewV1(), NewOneRow()};
  return engines[input->Below(2)];
}

// The laws of a score, row by row.
void CheckScores(const Scored& scored) {
  std::vector<std::string> points_names;
  for (std::string& name : scored.Names()) {
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
  influence_bytes message = {};
  Outcome outcome;
  {
    Scored out;
    outcome.status = influence_score_columns(
        engine, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
        &in.schema, &in.array, &out.schema, &out.array, &message);
    Require(in.schema_releases == 1 && in.array_releases == 1 &&
                in.schema.release == nullptr && in.array.release == nullptr,
            "a table that was moved in was released once");
    CheckMessage(outcome.status, message);
    influence_bytes_free(&message);
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
  influence_bytes message = {};
  ArrowArrayStream out;
  Outcome outcome;
  outcome.status = influence_score_stream(
      engine, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
      &stream, &out, &message);
  CheckMessage(outcome.status, message);
  influence_bytes_free(&message);
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
      outcome.status = INFLUENCE_INVALID_ARGUMENT;
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  InputBytes input(data, size);
  const influence_engine* engine = AnyEngine(&input);
  pb::ColumnsOptions options = AnyOptions(&input);
  const Column table = TableMaker(&input).Table();
  const Outcome usual = ScoreTable(engine, input, table, options);

  options.set_kernel("integer");
  options.set_threads(3);
  const Outcome plain = ScoreTable(engine, input, table, options);
  Require(plain.status == usual.status && plain.table == usual.table,
          "every kernel says the same");
  const Outcome stream = ScoreAsStream(engine, input, table, options);
  Require((stream.status == INFLUENCE_OK) == (usual.status == INFLUENCE_OK) &&
              stream.table == usual.table,
          "a stream says the same");
  return 0;
}
