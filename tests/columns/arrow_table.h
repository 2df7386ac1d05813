// Arrow tables made by hand, which count how often they are released.
#ifndef INFLUENCE_TESTS_POPULATION_ARROW_TABLE_H_
#define INFLUENCE_TESTS_POPULATION_ARROW_TABLE_H_

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "influence/influence.h"

namespace influence::testing {

// A column, or a struct or list of some. What it holds lives as long as it.
struct Column {
  std::string name;
  std::string format;
  int64_t length = 0;
  int64_t offset = 0;
  int64_t null_count = 0;
  std::vector<std::vector<uint8_t>> buffers;  // an empty one is NULL
  std::vector<Column> children;
  std::vector<Column> dictionary;  // none or one
  std::string metadata;            // as bytes; "" is NULL

  // Values of one type from entry `offset` on, none of them null.
  template <typename Value>
  static Column Of(std::string name, std::string format,
                   const std::vector<Value>& values, int64_t offset = 0) {
    Column column;
    column.name = std::move(name);
    column.format = std::move(format);
    column.length = static_cast<int64_t>(values.size());
    column.offset = offset;
    const size_t before = static_cast<size_t>(offset) * sizeof(Value);
    // At least a byte, so that it is not NULL; what lies before is not zero.
    std::vector<uint8_t> bytes(before + values.size() * sizeof(Value) + 1,
                               0xa5);
    if (!values.empty()) {
      std::memcpy(bytes.data() + before, values.data(),
                  values.size() * sizeof(Value));
    }
    column.buffers = {{}, std::move(bytes)};
    return column;
  }

  static Column Text(std::string name, const std::vector<std::string>& texts) {
    std::vector<int32_t> ends = {0};
    std::vector<uint8_t> bytes;
    for (const std::string& text : texts) {
      bytes.insert(bytes.end(), text.begin(), text.end());
      ends.push_back(static_cast<int32_t>(bytes.size()));
    }
    bytes.push_back(0);
    Column column = Of(std::move(name), "u", ends);
    column.length = static_cast<int64_t>(texts.size());
    column.buffers.push_back(std::move(bytes));
    return column;
  }

  // Text as views, in as many buffers as there are long texts.
  static Column Views(std::string name, const std::vector<std::string>& texts) {
    std::vector<uint8_t> views;
    std::vector<std::vector<uint8_t>> buffers;
    std::vector<int64_t> sizes;
    const auto append = [&views](int32_t number) {
      const auto* bytes = reinterpret_cast<const uint8_t*>(&number);
      views.insert(views.end(), bytes, bytes + sizeof number);
    };
    for (const std::string& text : texts) {
      append(static_cast<int32_t>(text.size()));
      const bool is_inline = text.size() <= 12;
      std::string head = text.substr(0, is_inline ? 12 : 4);
      head.resize(is_inline ? 12 : 4);
      views.insert(views.end(), head.begin(), head.end());
      if (is_inline) continue;
      append(static_cast<int32_t>(buffers.size()));
      append(1);  // not from the buffer's beginning
      std::vector<uint8_t> buffer = {'#'};
      buffer.insert(buffer.end(), text.begin(), text.end());
      sizes.push_back(static_cast<int64_t>(buffer.size()));
      buffers.push_back(std::move(buffer));
    }
    if (views.empty()) views.push_back(0);
    Column column = Of(std::move(name), "vu", sizes);
    std::vector<uint8_t> size_bytes = std::move(column.buffers[1]);
    column.length = static_cast<int64_t>(texts.size());
    column.buffers = {{}, std::move(views)};
    for (std::vector<uint8_t>& buffer : buffers) {
      column.buffers.push_back(std::move(buffer));
    }
    column.buffers.push_back(std::move(size_bytes));
    return column;
  }

  // `values` behind indices of them.
  template <typename Index>
  static Column Dictionary(std::string name, std::string format,
                           const std::vector<Index>& indices, Column values) {
    Column column = Of(std::move(name), std::move(format), indices);
    column.dictionary.push_back(std::move(values));
    return column;
  }

  // Each value for all rows until the end of its run.
  template <typename End>
  static Column Runs(std::string name, std::string end_format,
                     const std::vector<End>& ends, Column values) {
    Column column;
    column.name = std::move(name);
    column.format = "+r";
    column.length = ends.empty() ? 0 : static_cast<int64_t>(ends.back());
    column.children = {Of("run_ends", std::move(end_format), ends),
                       std::move(values)};
    return column;
  }

  static Column Struct(std::string name, int64_t length,
                       std::vector<Column> children) {
    Column column;
    column.name = std::move(name);
    column.format = "+s";
    column.length = length;
    column.buffers = {{}};
    column.children = std::move(children);
    return column;
  }

  // Makes those entries null whose bit is not set.
  Column& Valid(const std::vector<bool>& valid, bool count = false) {
    std::vector<uint8_t> bits((static_cast<size_t>(offset) + valid.size() + 7) /
                              8);
    int64_t nulls = 0;
    for (size_t i = 0; i < valid.size(); ++i) {
      const size_t at = static_cast<size_t>(offset) + i;
      if (valid[i])
        bits[at / 8] = static_cast<uint8_t>(bits[at / 8] | 1u << at % 8);
      nulls += valid[i] ? 0 : 1;
    }
    buffers[0] = std::move(bits);
    null_count = count ? nulls : -1;
    return *this;
  }
};

// Exports a column as the specification asks; counts releases of the root.
class Export {
 public:
  explicit Export(const Column& column) : column_(column) {
    schema = NewSchema(column_);
    array = NewArray(column_);
    schema.private_data = array.private_data = this;
    // By its own lists: a test may have changed what the structs say.
    schema.release = [](ArrowSchema* self) {
      auto* made = static_cast<Export*>(self->private_data);
      ++made->schema_releases;
      for (ArrowSchema* child : made->schema_lists_.front()) Drop(child);
      self->release = nullptr;
    };
    array.release = [](ArrowArray* self) {
      auto* made = static_cast<Export*>(self->private_data);
      ++made->array_releases;
      for (ArrowArray* child : made->array_lists_.front()) Drop(child);
      self->release = nullptr;
    };
  }
  Export(const Export&) = delete;
  Export& operator=(const Export&) = delete;

  ArrowSchema schema{};
  ArrowArray array{};
  int schema_releases = 0;
  int array_releases = 0;

 private:
  template <typename Struct>
  static void Drop(Struct* child) {
    if (child != nullptr && child->release != nullptr) child->release(child);
  }

  ArrowSchema NewSchema(const Column& column) {
    ArrowSchema made{};
    made.format = column.format.c_str();
    made.name = column.name.c_str();
    if (!column.metadata.empty()) made.metadata = column.metadata.data();
    made.flags = ARROW_FLAG_NULLABLE;
    made.n_children = static_cast<int64_t>(column.children.size());
    schema_lists_.emplace_back();
    std::vector<ArrowSchema*>& list = schema_lists_.back();
    for (const Column& child : column.children) {
      schemas_.push_back(NewSchema(child));
      list.push_back(&schemas_.back());
    }
    made.children = list.data();
    if (!column.dictionary.empty()) {
      schemas_.push_back(NewSchema(column.dictionary[0]));
      made.dictionary = &schemas_.back();
    }
    made.release = [](ArrowSchema* self) { self->release = nullptr; };
    return made;
  }

  ArrowArray NewArray(const Column& column) {
    ArrowArray made{};
    made.length = column.length;
    made.null_count = column.null_count;
    made.offset = column.offset;
    made.n_buffers = static_cast<int64_t>(column.buffers.size());
    made.n_children = static_cast<int64_t>(column.children.size());
    buffer_lists_.emplace_back();
    std::vector<const void*>& buffers = buffer_lists_.back();
    for (const std::vector<uint8_t>& buffer : column.buffers) {
      buffers.push_back(buffer.empty() ? nullptr : buffer.data());
    }
    made.buffers = buffers.data();
    array_lists_.emplace_back();
    std::vector<ArrowArray*>& list = array_lists_.back();
    for (const Column& child : column.children) {
      arrays_.push_back(NewArray(child));
      list.push_back(&arrays_.back());
    }
    made.children = list.data();
    if (!column.dictionary.empty()) {
      arrays_.push_back(NewArray(column.dictionary[0]));
      made.dictionary = &arrays_.back();
    }
    made.release = [](ArrowArray* self) { self->release = nullptr; };
    return made;
  }

  Column column_;
  // Deques: what points into them stays where it is.
  std::deque<ArrowSchema> schemas_;
  std::deque<ArrowArray> arrays_;
  std::deque<std::vector<ArrowSchema*>> schema_lists_;
  std::deque<std::vector<ArrowArray*>> array_lists_;
  std::deque<std::vector<const void*>> buffer_lists_;
};

// A stream of tables of which one may be bad, and which may fail.
class TableSource {
 public:
  explicit TableSource(std::vector<Column> tables, int fail_at = -1)
      : tables_(std::move(tables)), fail_at_(fail_at) {
    stream.private_data = this;
    stream.get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
      return Of(self)->GetSchema(out);
    };
    stream.get_next = [](ArrowArrayStream* self, ArrowArray* out) {
      return Of(self)->GetNext(out);
    };
    stream.get_last_error = [](ArrowArrayStream*) {
      return "the disk is full";
    };
    stream.release = [](ArrowArrayStream* self) {
      ++Of(self)->releases;
      self->release = nullptr;
    };
  }
  TableSource(const TableSource&) = delete;
  TableSource& operator=(const TableSource&) = delete;

  ArrowArrayStream stream{};
  int releases = 0;
  // Every table that was handed over has been released.
  bool AllReleased() const {
    for (const auto& made : exports_) {
      if (made->array.release != nullptr) continue;
      if (made->array_releases > 1 || made->schema_releases > 1) return false;
    }
    return arrays_out_ == ArrayReleases();
  }

 private:
  static TableSource* Of(ArrowArrayStream* self) {
    return static_cast<TableSource*>(self->private_data);
  }
  int ArrayReleases() const {
    int released = 0;
    for (const auto& made : exports_) released += made->array_releases;
    return released;
  }
  int GetSchema(ArrowSchema* out) {
    if (fail_at_ == -2) return EIO;
    exports_.push_back(std::make_unique<Export>(tables_[0]));
    *out = exports_.back()->schema;
    return 0;
  }
  int GetNext(ArrowArray* out) {
    if (next_ == fail_at_) return ENOSPC;
    *out = {};
    if (next_ == static_cast<int>(tables_.size())) return 0;
    exports_.push_back(
        std::make_unique<Export>(tables_[static_cast<size_t>(next_++)]));
    *out = exports_.back()->array;
    ++arrays_out_;
    return 0;
  }

  std::vector<Column> tables_;
  int fail_at_;
  int next_ = 0;
  int arrays_out_ = 0;
  std::vector<std::unique_ptr<Export>> exports_;
};

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_POPULATION_ARROW_TABLE_H_
