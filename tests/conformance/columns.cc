#include "tests/conformance/columns.h"

#include <array>
#include <cstring>
#include <protozero/pbf_writer.hpp>
#include <stdexcept>
#include <string_view>

#include "cli/conformance/bytes.h"

namespace influence::conformance {
namespace {

// The memory of one table of ten int64 columns. It outlives the call, so that
// nothing has to be released but by setting the mark that Arrow asks for.
struct Columns {
  std::array<std::string, kSignals> names;
  std::array<std::vector<int64_t>, kSignals> values;
  std::array<std::vector<uint8_t>, kSignals> valid;
  std::array<std::array<const void*, 2>, kSignals> buffers;
  std::array<ArrowSchema, kSignals> schemas = {};
  std::array<ArrowArray, kSignals> arrays = {};
  std::array<ArrowSchema*, kSignals> schema_list;
  std::array<ArrowArray*, kSignals> array_list;
  const void* no_nulls = nullptr;
  ArrowSchema schema = {};
  ArrowArray array = {};
};

void ReleaseSchema(ArrowSchema* schema) { schema->release = nullptr; }
void ReleaseArray(ArrowArray* array) { array->release = nullptr; }

void Fill(const std::vector<const Account*>& rows, Columns* table) {
  const auto length = static_cast<int64_t>(rows.size());
  for (size_t c = 0; c < kSignals; ++c) {
    table->names[c] = std::string(kSignalNames[c]) + "_micros";
    table->values[c].assign(rows.size(), -7);  // what a null hides is not read
    table->valid[c].assign(rows.size() / 8 + 1, 0);
    for (size_t r = 0; r < rows.size(); ++r) {
      if (!rows[r]->signals[c]) continue;
      table->values[c][r] = *rows[r]->signals[c];
      uint8_t& byte = table->valid[c][r / 8];
      byte = static_cast<uint8_t>(byte | 1 << r % 8);
    }
    table->buffers[c] = {table->valid[c].data(), table->values[c].data()};
    ArrowSchema& schema = table->schemas[c];
    schema.format = "l";
    schema.name = table->names[c].c_str();
    schema.flags = ARROW_FLAG_NULLABLE;
    schema.release = ReleaseSchema;
    ArrowArray& array = table->arrays[c];
    array.length = length;
    array.null_count = -1;
    array.n_buffers = 2;
    array.buffers = table->buffers[c].data();
    array.release = ReleaseArray;
    table->schema_list[c] = &schema;
    table->array_list[c] = &array;
  }
  table->schema.format = "+s";
  table->schema.name = "";
  table->schema.n_children = kSignals;
  table->schema.children = table->schema_list.data();
  table->schema.release = ReleaseSchema;
  table->array.length = length;
  table->array.n_buffers = 1;
  table->array.buffers = &table->no_nulls;
  table->array.n_children = kSignals;
  table->array.children = table->array_list.data();
  table->array.release = ReleaseArray;
}

// What the library returned, released as Arrow asks.
struct Output {
  ArrowSchema schema = {};
  ArrowArray array = {};
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() {
    if (schema.release != nullptr) schema.release(&schema);
    if (array.release != nullptr) array.release(&array);
  }

  const ArrowArray& Column(const char* name) const {
    for (int64_t i = 0; i < schema.n_children; ++i) {
      if (std::strcmp(schema.children[i]->name, name) == 0) {
        return *array.children[i];
      }
    }
    throw std::runtime_error(std::string("no column ") + name);
  }
};

// The value of a row, or `missing` for a null.
template <typename T>
int64_t Value(const ArrowArray& column, size_t row, int64_t missing) {
  const size_t i = row + static_cast<size_t>(column.offset);
  const auto* valid = static_cast<const uint8_t*>(column.buffers[0]);
  if (valid != nullptr && (valid[i / 8] >> i % 8 & 1) == 0) return missing;
  return static_cast<const T*>(column.buffers[1])[i];
}

}  // namespace

std::vector<ColumnResult> ScoreColumns(
    const influence_engine* engine, uint32_t threads,
    const std::vector<const Account*>& rows) {
  Columns table;
  Fill(rows, &table);
  std::string options;
  protozero::pbf_writer out(options);
  out.add_uint32(3, threads);
  out.add_bool(5, true);  // bands
  out.add_enum(8, 1);     // micropoints
  Output output;
  OwnedError error;
  const influence_status status = influence_score_columns(
      engine, reinterpret_cast<const uint8_t*>(options.data()), options.size(),
      &table.schema, &table.array, &output.schema, &output.array, error.out());
  if (status != INFLUENCE_OK) {
    throw std::runtime_error(error.text());
  }
  const ArrowArray* const columns[] = {&output.Column("score_micropoints"),
                                       &output.Column("low_micropoints"),
                                       &output.Column("high_micropoints"),
                                       &output.Column("coverage_micropoints")};
  std::vector<ColumnResult> results(rows.size());
  for (size_t r = 0; r < rows.size(); ++r) {
    size_t i = 0;
    for (const ArrowArray* column : columns) {
      results[r].headline[i++] = Value<int64_t>(*column, r, 0);
    }
    results[r].headline[i] = Value<int8_t>(output.Column("band"), r, 0);
    results[r].code = Value<int32_t>(output.Column("error"), r, 0);
  }
  return results;
}

}  // namespace influence::conformance
