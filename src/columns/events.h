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
  // Blocks are of at most this many rows.
  static constexpr size_t kBlock = 512;

  // Reads a schema and an array of it, which must outlive this:
  // INVALID_ARGUMENT or MALFORMED, naming the field.
  Error Open(const ArrowSchema& schema, const ArrowArray& array);

  size_t rows() const { return rows_; }

  // Reads rows `begin` .. `begin + count` into *events. Views point into the
  // array or into this object, there until the next call.
  void Read(size_t begin, size_t count, Event* events);

 private:
  enum Text : size_t { kActor, kSubject, kNetwork, kTopic, kEventId, kTexts };
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
  std::string_view View(const Column& column, size_t row, char* digits) const;

  size_t rows_ = 0;
  Bitmap valid_;
  std::array<Column, kTexts> texts_;
  Column kind_, time_, quality_, count_;
  int64_t ticks_per_second_ = 1;
  // The decimal digits of ids that are numbers.
  static constexpr size_t kDigits = 24;
  std::vector<char> digits_;
};

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_EVENTS_H_
