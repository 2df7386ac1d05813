// Some rows of the input as columns, beside the text they stand in.
//
// Rows of one person stand together. People whose rows are all good are in the
// columns; a person with a row that is not, or whom the library would refuse
// for more than a signal, is only a place in the text, for the careful readers.
#ifndef INFLUENCE_CLI_CLIENT_ROW_BATCH_H_
#define INFLUENCE_CLI_CLIENT_ROW_BATCH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/basics/input_columns.h"

namespace influence::cli {

inline constexpr size_t kSignals = kColumns - kFirstSignalColumn;

struct BatchPerson {
  size_t id = 0;           // where it begins in the ids
  size_t id_size = 0;      // 0: nobody knows whose row this is
  size_t text = 0;         // where the first row begins
  size_t line = 0;         // of the first row
  uint32_t row = 0;        // the first in the columns
  bool set_aside = false;  // not in the columns
};

class RowBatch {
 public:
  static constexpr size_t kMostRows = 65'536;

  struct Place {
    size_t text;  // from where it begins
    size_t line;
  };

  RowBatch();

  // Forgets everything but the text.
  void Clear();

  // The input's text: what the stream appends to and the parsers read.
  std::vector<char>* buffer() { return &buffer_; }
  void set_text(size_t size) { text_size_ = size; }
  std::string_view text() const { return {buffer_.data(), text_size_}; }

  // A row in the making: its signals, then Add or SetAside, or Forget. `begin`
  // is where it stands in the text.
  bool full() const {
    return rows_ == kMostRows || people_.size() == kMostRows;
  }
  void Set(size_t signal, int64_t micros) {
    values_[signal][rows_] = micros;
    has_[signal] = true;
    known_[signal][rows_ / 8] |= static_cast<uint8_t>(1u << (rows_ % 8));
  }
  void Forget() { DropRow(); }
  void Add(std::string_view id, size_t begin, size_t line);
  // A row for the careful readers; with no id it belongs to whom it follows.
  void SetAside(std::string_view id, size_t begin, size_t line);

  // Before any row: someone whose rows are all to be set aside.
  void Condemn(std::string_view id, Place begin);

  // No more rows, `end` being where the text goes on. Unless `is_all`, whoever
  // came last may have more rows, and is taken out again. Returns where in
  // the text and on which line to go on.
  Place Close(Place end, bool is_all);

  // State of the last person.
  size_t last_rows() const { return last_rows_; }
  bool has_last_id() const { return last_id_size_ > 0; }

  const std::vector<BatchPerson>& people() const { return people_; }
  std::vector<BatchPerson>* mutable_people() { return &people_; }
  std::string_view id(const BatchPerson& person) const {
    return {ids_.data() + person.id, person.id_size};
  }
  size_t text_end() const { return text_end_; }  // of the last person

  // The columns: `rows` of each signal, with a bit for each that is known.
  size_t rows() const { return rows_; }
  bool has_several_accounts() const { return several_; }
  // False only if no row states it.
  bool has(size_t signal) const { return has_[signal]; }
  const int64_t* values(size_t signal) const { return values_[signal].data(); }
  const uint8_t* known(size_t signal) const { return known_[signal].data(); }

 private:
  void Open(std::string_view id, size_t begin, size_t line, bool set_aside);
  void DropRow();
  void SetLastAside();

  std::vector<char> buffer_;
  size_t text_size_ = 0;
  size_t text_end_ = 0;
  std::array<std::vector<int64_t>, kSignals> values_;
  std::array<std::vector<uint8_t>, kSignals> known_;
  std::array<bool, kSignals> has_ = {};
  size_t rows_ = 0;
  std::vector<BatchPerson> people_;
  std::vector<char> ids_;
  size_t ids_size_ = 0;
  size_t last_id_size_ = 0;
  size_t last_rows_ = 0;
  bool several_ = false;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_ROW_BATCH_H_
