// Reads Arrow tables of events: the schema once, then rows in blocks.
#ifndef INFLUENCE_COLUMNS_EVENT_COLUMNS_H_
#define INFLUENCE_COLUMNS_EVENT_COLUMNS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "columns/arrow.h"
#include "columns/value_column.h"
#include "messages/messages.h"
#include "model/error.h"
#include "model/population_columns.h"

namespace influence {

class EventColumns {
 public:
  enum Text : size_t { kActor, kSubject, kNetwork, kTopic, kEventId, kTexts };

  // The most rows of a block.
  static constexpr size_t kBlock = 512;

  // Opens a schema and an array of it; both must outlive this. Fails with
  // INVALID_ARGUMENT or MALFORMED, naming the column and, for a fault of one
  // row, the row. The tally itself judges ids, qualities and counts, event by
  // event.
  Error Open(const ArrowSchema& schema, const ArrowArray& array);

  size_t rows() const { return rows_; }

  // Buffers for the digits of ids that are numbers, for a block of events.
  class Digits {
   public:
    static constexpr size_t kBytes = ValueColumn::kDigits;  // a number
    Digits() : bytes_(kBlock * kTexts * kBytes) {}

   private:
    friend class EventColumns;
    char* At(size_t event, size_t text) {
      return &bytes_[(event * kTexts + text) * kBytes];
    }
    std::vector<char> bytes_;
  };

  // Reads `count` rows into *events; a null row becomes an empty event. Views
  // point into the array or into *digits. Any number of threads may read at
  // once.
  void Read(const size_t* rows, size_t count, msg::Event* events,
            Digits* digits) const;

  int64_t Time(size_t row) const;  // INT64_MIN if the row is null
  bool HasName(size_t row) const {
    char number[Digits::kBytes];
    return valid_.Get(row) && !View(kEventId, row, number).empty();
  }
  bool IsEndorsement(size_t row) const {
    return valid_.Get(row) && Kind(row) == Signal::kEndorsements;
  }
  // The actor of a row, "" for a null row; `digits` has room for one number.
  std::string_view Actor(size_t row, char* digits) const {
    return valid_.Get(row) ? View(kActor, row, digits) : std::string_view();
  }

 private:
  struct Column {
    bool is_there = false;
    ValueColumn values;
  };

  Error OpenField(const ArrowSchema& field, const ArrowArray& child,
                  const ArrowArray& table);
  Signal Kind(size_t row) const;
  int64_t QualityMicros(size_t row) const;
  std::string_view View(Text text, size_t row, char* digits) const {
    return texts_[text].is_there ? texts_[text].values.Text(row, digits)
                                 : std::string_view();
  }

  size_t rows_ = 0;
  Bitmap valid_;
  std::array<Column, kTexts> texts_;
  Column kind_, time_, quality_, count_;
  std::vector<Signal> kinds_;  // of a dictionary's or of runs' texts
  int quality_places_ = 6;     // behind the point
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_EVENT_COLUMNS_H_
