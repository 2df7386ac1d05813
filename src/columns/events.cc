#include "columns/events.h"

#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

#include "columns/check.h"

namespace influence {
namespace {

constexpr std::pair<std::string_view, size_t> kTextNames[] = {{"actor", 0},
                                                              {"subject", 1},
                                                              {"network", 2},
                                                              {"topic", 3},
                                                              {"event_id", 4}};

// "mentions" or "mention"; 0 for any other.
int64_t KindOf(std::string_view name) {
  for (size_t i = 1; i <= kSignalCount; ++i) {
    const std::string_view plural = Name(static_cast<Signal>(i));
    if (name == plural) return static_cast<int64_t>(i);
    // "replies" is "reply"; the others lose an s.
    if (plural == "replies" ? name == "reply"
                            : name == plural.substr(0, plural.size() - 1)) {
      return static_cast<int64_t>(i);
    }
  }
  return 0;
}

int64_t FloorDivide(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

template <typename Value>
Value Load(const void* values, size_t i) {
  Value value;
  std::memcpy(&value, static_cast<const char*>(values) + i * sizeof value,
              sizeof value);
  return value;
}

// As far as 64-bit integers go; beyond is out of every range that is checked.
int64_t FromUnsigned(uint64_t value) {
  return value > INT64_MAX ? INT64_MAX : static_cast<int64_t>(value);
}

}  // namespace

EventColumns::Type EventColumns::TypeOf(const char* format) {
  constexpr std::pair<char, Type> kTypes[] = {
      {'u', Type::kText32}, {'z', Type::kText32}, {'U', Type::kText64},
      {'Z', Type::kText64}, {'c', Type::kInt8},   {'s', Type::kInt16},
      {'i', Type::kInt32},  {'l', Type::kInt64},  {'C', Type::kUint8},
      {'S', Type::kUint16}, {'I', Type::kUint32}, {'L', Type::kUint64}};
  if (format == nullptr || format[0] == '\0' || format[1] != '\0') {
    return Type::kNone;
  }
  for (const auto& [letter, type] : kTypes) {
    if (format[0] == letter) return type;
  }
  return Type::kNone;
}

int64_t EventColumns::Integer(Type type, const void* values, size_t i) {
  switch (type) {
    case Type::kInt8:
      return Load<int8_t>(values, i);
    case Type::kInt16:
      return Load<int16_t>(values, i);
    case Type::kInt32:
      return Load<int32_t>(values, i);
    case Type::kInt64:
      return Load<int64_t>(values, i);
    case Type::kUint8:
      return Load<uint8_t>(values, i);
    case Type::kUint16:
      return Load<uint16_t>(values, i);
    case Type::kUint32:
      return Load<uint32_t>(values, i);
    case Type::kUint64:
      return FromUnsigned(Load<uint64_t>(values, i));
    default:
      return 0;
  }
}

std::string_view EventColumns::TextAt(Type type, const void* offsets,
                                      const char* bytes, size_t i) {
  if (type == Type::kText32) {
    const auto begin = Load<int32_t>(offsets, i);
    return {bytes + begin,
            static_cast<size_t>(Load<int32_t>(offsets, i + 1) - begin)};
  }
  const auto begin = Load<int64_t>(offsets, i);
  return {bytes + begin,
          static_cast<size_t>(Load<int64_t>(offsets, i + 1) - begin)};
}

Error EventColumns::ReadField(const ArrowSchema& field, size_t child) {
  const std::string_view name = field.name != nullptr ? field.name : "";
  const std::string shown = Printable(field.name);
  const Type type = TypeOf(field.format);
  const bool is_text = type == Type::kText32 || type == Type::kText64;
  const auto refused_type = [&](const char* wanted) {
    return Refused(shown, "has the type '" + Printable(field.format) +
                              "'; it is " + wanted);
  };
  Column* column = nullptr;
  for (const auto& [text, i] : kTextNames) {
    if (name == text) column = &texts_[i];
  }
  const bool is_id = column != nullptr;
  if (name == "kind") column = &kind_;
  if (name == "time") column = &time_;
  if (name == "quality") column = &quality_;
  if (name == "count") column = &count_;
  if (column == nullptr) return Refused(shown, "is not a known column");
  if (!column->name.empty()) return Refused(shown, "occurs twice");
  column->name = shown;
  column->child = child;
  // All null, which is what a column is that is not there at all.
  if (field.format != nullptr && std::strcmp(field.format, "n") == 0) {
    column->type = Type::kNone;
    return {};
  }
  column->type = type;
  if (field.dictionary != nullptr) {
    column->has_dictionary = true;
    column->dictionary_type = TypeOf(field.dictionary->format);
    const bool texts = column->dictionary_type == Type::kText32 ||
                       column->dictionary_type == Type::kText64;
    if (!texts || is_text || type == Type::kNone ||
        !(is_id || column == &kind_)) {
      return refused_type("not of a dictionary of text with integer indices");
    }
    return {};
  }
  if (is_id) {
    return is_text || (type >= Type::kInt32 && type != Type::kUint8 &&
                       type != Type::kUint16)
               ? Error()
               : refused_type("text, binary, or an integer of 32 or 64 bits");
  }
  if (column == &kind_) {
    return type == Type::kInt8 || type == Type::kInt32 || is_text
               ? Error()
               : refused_type("int8, int32 or text");
  }
  if (column == &time_ && field.format != nullptr) {
    constexpr std::pair<std::string_view, int64_t> kUnits[] = {
        {"tss:", 1},
        {"tsm:", 1'000},
        {"tsu:", 1'000'000},
        {"tsn:", 1'000'000'000}};
    for (const auto& [unit, ticks] : kUnits) {
      if (std::string_view(field.format).substr(0, 4) != unit) continue;
      column->type = Type::kInt64;
      ticks_per_second_ = ticks;
      return {};
    }
    return type == Type::kInt64 ? Error()
                                : refused_type("int64 or a timestamp");
  }
  return type == Type::kInt64 ? Error() : refused_type("int64");
}

// Texts lie one after the other, as the specification says.
Error EventColumns::CheckTexts(const Column& column, Type type,
                               const void* offsets, const char* bytes,
                               size_t length) const {
  int64_t before = 0;
  for (size_t i = 0; i <= length; ++i) {
    const int64_t offset = type == Type::kText32 ? Load<int32_t>(offsets, i)
                                                 : Load<int64_t>(offsets, i);
    if (offset < before) {
      return {Code::kMalformed, column.name,
              "the offsets of its texts do not ascend"};
    }
    before = offset;
  }
  if (bytes == nullptr && before > 0) {
    return Refused(column.name, "the array has no text");
  }
  return {};
}

Error EventColumns::Bind(const ArrowArray& table, Column* column) {
  if (column->type == Type::kNone) return {};
  const auto first = table.offset;
  const auto is_text = [](Type type) {
    return type == Type::kText32 || type == Type::kText64;
  };
  const ArrowArray* array = table.children[column->child];
  Error error = CheckArray(array, column->name, is_text(column->type) ? 3 : 2,
                           0, first, table.length);
  if (!error.ok()) return error;
  const auto begin = static_cast<size_t>(array->offset + first);
  column->valid = Validity(*array, first);
  constexpr size_t kSizes[] = {0, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8};
  if (rows_ == 0) return {};
  column->values = static_cast<const char*>(array->buffers[1]) +
                   begin * kSizes[static_cast<size_t>(column->type)];
  if (is_text(column->type)) {
    column->bytes = static_cast<const char*>(array->buffers[2]);
    return CheckTexts(*column, column->type, column->values, column->bytes,
                      rows_);
  }
  if (!column->has_dictionary) return {};

  const ArrowArray* dictionary = array->dictionary;
  if (dictionary == nullptr) {
    return Refused(column->name, "has no dictionary");
  }
  error = CheckArray(dictionary, column->name, 3, 0, 0, dictionary->length);
  if (!error.ok()) return error;
  column->dictionary_length = dictionary->length;
  column->dictionary_valid = Validity(*dictionary, 0);
  if (dictionary->length > 0) {
    column->dictionary_values =
        static_cast<const char*>(dictionary->buffers[1]) +
        static_cast<size_t>(dictionary->offset) *
            kSizes[static_cast<size_t>(column->dictionary_type)];
    column->dictionary_bytes = static_cast<const char*>(dictionary->buffers[2]);
    error = CheckTexts(*column, column->dictionary_type,
                       column->dictionary_values, column->dictionary_bytes,
                       static_cast<size_t>(dictionary->length));
    if (!error.ok()) return error;
  }
  for (size_t row = 0; row < rows_; ++row) {
    if (!column->valid.Get(row)) continue;
    const int64_t index = Integer(column->type, column->values, row);
    if (index < 0 || index >= column->dictionary_length) {
      return {Code::kMalformed, column->name,
              "row " + std::to_string(row) + " is not in its dictionary"};
    }
  }
  return {};
}

Error EventColumns::Open(const ArrowSchema& schema, const ArrowArray& array) {
  if (schema.release == nullptr) return Refused("schema", "is released");
  if (!IsStruct(schema)) {
    return Refused("schema", "is not a struct of columns (a record batch)");
  }
  const auto children = static_cast<size_t>(schema.n_children);
  for (size_t i = 0; i < children; ++i) {
    const ArrowSchema* child = schema.children[i];
    if (child == nullptr || child->release == nullptr) {
      return Refused("schema", "child " + std::to_string(i) + " is missing");
    }
    Error error = ReadField(*child, i);
    if (!error.ok()) return error;
  }
  for (const auto& [column, name] : {std::pair{&texts_[kActor], "actor"},
                                     {&texts_[kSubject], "subject"},
                                     {&kind_, "kind"},
                                     {&time_, "time"}}) {
    if (column->name.empty()) return Refused(name, "is missing");
  }
  Error error = CheckArray(&array, "array", 1, children, 0, 0);
  if (!error.ok()) return error;
  rows_ = static_cast<size_t>(array.length);
  valid_ = Validity(array, 0);
  for (Column& column : texts_) {
    error = Bind(array, &column);
    if (!error.ok()) return error;
  }
  for (Column* column : {&kind_, &time_, &quality_, &count_}) {
    error = Bind(array, column);
    if (!error.ok()) return error;
  }
  for (size_t row = 0; row < rows_; ++row) {
    if (valid_.Get(row) &&
        (time_.type == Type::kNone || !time_.valid.Get(row))) {
      return Refused("time", "row " + std::to_string(row) + " is null");
    }
  }
  return {};
}

std::string_view EventColumns::View(const Column& column, size_t row,
                                    char* digits) const {
  if (column.type == Type::kNone || !column.valid.Get(row)) return {};
  if (column.has_dictionary) {
    const auto index =
        static_cast<size_t>(Integer(column.type, column.values, row));
    return column.dictionary_valid.Get(index)
               ? TextAt(column.dictionary_type, column.dictionary_values,
                        column.dictionary_bytes, index)
               : std::string_view();
  }
  if (column.type == Type::kText32 || column.type == Type::kText64) {
    return TextAt(column.type, column.values, column.bytes, row);
  }
  const std::to_chars_result end =
      column.type == Type::kUint64
          ? std::to_chars(digits, digits + Digits::kBytes,
                          Load<uint64_t>(column.values, row))
          : std::to_chars(digits, digits + Digits::kBytes,
                          Integer(column.type, column.values, row));
  return {digits, static_cast<size_t>(end.ptr - digits)};
}

int64_t EventColumns::Kind(size_t row) const {
  if (kind_.type == Type::kNone || !kind_.valid.Get(row)) return 0;
  return kind_.has_dictionary || kind_.type == Type::kText32 ||
                 kind_.type == Type::kText64
             ? KindOf(View(kind_, row, nullptr))
             : Integer(kind_.type, kind_.values, row);
}

int64_t EventColumns::Time(size_t row) const {
  if (!valid_.Get(row)) return INT64_MIN;
  return FloorDivide(Load<int64_t>(time_.values, row), ticks_per_second_);
}

void EventColumns::Read(const size_t* rows, size_t count, Event* events,
                        Digits* digits) const {
  std::string_view Event::*const fields[] = {&Event::actor, &Event::subject,
                                             &Event::network, &Event::topic,
                                             &Event::event_id};
  for (size_t i = 0; i < count; ++i) {
    const size_t row = rows[i];
    Event& event = events[i];
    event = Event();
    // A row that is null has neither actor nor subject, and is counted so.
    if (!valid_.Get(row)) continue;
    for (size_t text = 0; text < kTexts; ++text) {
      event.*fields[text] = View(texts_[text], row, digits->At(i, text));
    }
    event.kind = Kind(row);
    event.time_seconds = Time(row);
    if (quality_.type != Type::kNone && quality_.valid.Get(row)) {
      event.quality = Load<int64_t>(quality_.values, row);
    }
    if (count_.type != Type::kNone && count_.valid.Get(row)) {
      event.count = Load<int64_t>(count_.values, row);
    }
  }
}

}  // namespace influence
