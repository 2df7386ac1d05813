// Arrow tables of events, read: a schema, then its rows.
#ifndef INFLUENCE_COLUMNS_EVENTS_H_
#define INFLUENCE_COLUMNS_EVENTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "columns/arrow.h"
#include "model/columns.h"
#include "model/error.h"
#include "model/event.h"

namespace influence {

class EventColumns {
 public:
  enum Text : size_t { kActor, kSubject, kNetwork, kTopic, kEventId, kTexts };

  // Blocks are of at most this many rows.
  static constexpr size_t kBlock = 512;

  // Reads a schema and an array of it, which must outlive this:
  // INVALID_ARGUMENT or MALFORMED, naming the field.
  Error Open(const ArrowSchema& schema, const ArrowArray& array);

  size_t rows() const { return rows_; }

  // The digits of ids that are numbers, for a block of events.
  class Digits {
   public:
    static constexpr size_t kBytes = 24;  // a number
    Digits() : bytes_(kBlock * kTexts * kBytes) {}

   private:
    friend class EventColumns;
    char* At(size_t event, size_t text) {
      return &bytes_[(event * kTexts + text) * kBytes];
    }
    std::vector<char> bytes_;
  };

  // Reads `count` rows into *events. Views point into the array or into
  // *digits. Any number of threads may read at once.
  void Read(const size_t* rows, size_t count, Event* events,
            Digits* digits) const;

  int64_t Time(size_t row) const;  // INT64_MIN if the row is null
  bool HasName(size_t row) const {
    char number[Digits::kBytes];
    return valid_.Get(row) && !View(texts_[kEventId], row, number).empty();
  }
  bool IsEndorsement(size_t row) const {
    return valid_.Get(row) &&
           Kind(row) == static_cast<int64_t>(Signal::kEndorsements);
  }
  // The actor of a row that is not null; `digits` has room for one number.
  std::string_view Actor(size_t row, char* digits) const {
    return valid_.Get(row) ? View(texts_[kActor], row, digits)
                           : std::string_view();
  }

 private:
  enum class Type : uint8_t {
    kNone,
    kText32,
    kText64,
    kInt8,
    kInt16,
    kInt32,
    kInt64,
    kUint8,
    kUint16,
    kUint32,
    kUint64,
  };
  struct Column {
    Type type = Type::kNone;
    size_t child = 0;
    std::string name;
    const void* values = nullptr;  // of row 0: offsets of texts, or integers
    const char* bytes = nullptr;   // of texts
    Bitmap valid;
    // If there is one, `values` are indices into it.
    bool has_dictionary = false;
    Type dictionary_type = Type::kNone;
    const void* dictionary_values = nullptr;
    const char* dictionary_bytes = nullptr;
    Bitmap dictionary_valid;
    int64_t dictionary_length = 0;
  };

  static Type TypeOf(const char* format);
  static int64_t Integer(Type type, const void* values, size_t i);
  static std::string_view TextAt(Type type, const void* offsets,
                                 const char* bytes, size_t i);
  Error ReadField(const ArrowSchema& field, size_t child);
  Error Bind(const ArrowArray& table, Column* column);
  Error CheckTexts(const Column& column, Type type, const void* offsets,
                   const char* bytes, size_t length) const;
  int64_t Kind(size_t row) const;
  std::string_view View(const Column& column, size_t row, char* digits) const;

  size_t rows_ = 0;
  Bitmap valid_;
  std::array<Column, kTexts> texts_;
  Column kind_, time_, quality_, count_;
  int64_t ticks_per_second_ = 1;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_EVENTS_H_
