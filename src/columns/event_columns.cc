// Turns rows of a table into Event messages, the form in which a tally judges
// them. Only faults of the table itself fail here; a value that no event may
// have, an unknown kind or a quality of 2, is passed on so that the tally
// counts it under its reason.
#include "columns/event_columns.h"

#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "columns/schema_checks.h"
#include "columns/text_column.h"

namespace influence {
namespace {

constexpr std::pair<std::string_view, EventColumns::Text> kTextNames[] = {
    {"actor", EventColumns::kActor},
    {"subject", EventColumns::kSubject},
    {"network", EventColumns::kNetwork},
    {"topic", EventColumns::kTopic},
    {"event_id", EventColumns::kEventId}};

constexpr unsigned kTakesCounts = kTakesIntegers | kTakesWholeDecimals;

// Accepts "mentions" and "mention"; any other name is no kind.
Signal KindOf(std::string_view name) {
  for (size_t i = 1; i <= kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i);
    const std::string_view plural = Name(signal);
    if (name == plural) return signal;
    // "replies" is "reply"; the others lose an s.
    if (plural == "replies" ? name == "reply"
                            : name == plural.substr(0, plural.size() - 1)) {
      return signal;
    }
  }
  return Signal{};
}

int64_t FloorDivide(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

int64_t PowerOfTen(int exponent) {
  int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

}  // namespace

Error EventColumns::OpenField(const ArrowSchema& field, const ArrowArray& child,
                              const ArrowArray& table) {
  const std::optional<std::string_view> name = Bounded(field.name);
  const std::string shown = ShownName(field.name);
  Column* column = nullptr;
  unsigned takes = kTakesNames;
  for (const auto& [text, i] : kTextNames) {
    if (name == text) column = &texts_[i];
  }
  if (name == "kind") {
    column = &kind_;
  } else if (name == "time") {
    column = &time_;
    takes = kTakesIntegers | kTakesTimes;
  } else if (name == "count") {
    column = &count_;
    takes = kTakesCounts;
  } else if (name == "quality") {
    column = &quality_;
    takes = kTakesIntegers | kTakesDecimals;
  } else if (name == "quality_micros") {
    column = &quality_;
    takes = kTakesCounts;
  }
  if (column == nullptr) return Refused(shown, "is not a known column");
  if (column->is_there) return Refused(shown, "occurs twice");
  column->is_there = true;
  ColumnFormat format;
  Error error = ReadFormat(field, shown, takes, &format);
  if (!error.ok()) return error;
  if (name == "quality") quality_places_ = format.values.scale;
  return column->values.Open(format, child, shown, table.offset, table.length);
}

Error EventColumns::Open(const ArrowSchema& schema, const ArrowArray& array) {
  Error error = CheckStruct(schema, "schema");
  if (!error.ok()) return error;
  const auto children = static_cast<size_t>(schema.n_children);
  error = CheckArray(&array, "array", 1, children, 0, 0);
  if (!error.ok()) return error;
  rows_ = static_cast<size_t>(array.length);
  valid_ = Validity(array, 0);
  for (size_t i = 0; i < children; ++i) {
    if (array.children[i] == nullptr) {
      return Refused(ShownName(schema.children[i]->name),
                     "the array is missing");
    }
    error = OpenField(*schema.children[i], *array.children[i], array);
    if (!error.ok()) return error;
  }
  for (const auto& [column, name] : {std::pair{&texts_[kActor], "actor"},
                                     {&texts_[kSubject], "subject"},
                                     {&kind_, "kind"},
                                     {&time_, "time"}}) {
    if (!column->is_there) return Refused(name, "is missing");
  }
  for (size_t row = 0; row < rows_; ++row) {
    if (valid_.Get(row) && time_.values.IsNull(row)) {
      return Refused("time", "is null").AtRow(row);
    }
  }
  // Each text of a dictionary is looked up once, not once a row.
  const ValueColumn& kinds = kind_.values.values();
  if (!kind_.values.is_plain() && kinds.type().is_text()) {
    for (size_t i = 0; i < kinds.rows(); ++i) {
      kinds_.push_back(KindOf(kinds.Text(i, nullptr)));
    }
  }
  return {};
}

Signal EventColumns::Kind(size_t row) const {
  if (kind_.values.IsNull(row)) return Signal{};
  if (!kinds_.empty()) return kinds_[kind_.values.Entry(row)];
  if (kind_.values.type().is_text()) {
    return KindOf(kind_.values.Text(row, nullptr));
  }
  int64_t number = 0;
  if (!kind_.values.Integer(row, &number) || number < 0 || number > INT32_MAX) {
    return Signal{};
  }
  return static_cast<Signal>(number);
}

int64_t EventColumns::Time(size_t row) const {
  if (!valid_.Get(row)) return INT64_MIN;
  int64_t ticks = 0;
  if (!time_.values.Integer(row, &ticks)) return INT64_MAX;
  const ValueType& type = time_.values.type();
  // No overflow: only date32 has ticks longer than a second, and those are
  // int32.
  return FloorDivide(ticks * type.seconds_per_tick, type.ticks_per_second);
}

// Returns -1, which no quality may be, for a value out of every range. Digits
// beyond six places are rounded half-even, as SPEC.md rounds everywhere.
int64_t EventColumns::QualityMicros(size_t row) const {
  int64_t value = 0;
  if (!quality_.values.Integer(row, &value) || value < 0) return -1;
  if (quality_places_ <= 6) {
    const int64_t unit = PowerOfTen(6 - quality_places_);
    return value <= kOne * kOne ? value * unit : -1;
  }
  const int64_t unit = PowerOfTen(quality_places_ - 6);
  const int64_t rest = value % unit;
  const int64_t micros = value / unit;
  const bool is_up = rest > unit / 2 || (rest == unit / 2 && micros % 2 != 0);
  return micros + (is_up ? 1 : 0);
}

void EventColumns::Read(const size_t* rows, size_t count, msg::Event* events,
                        Digits* digits) const {
  std::string_view msg::Event::*const fields[] = {
      &msg::Event::actor, &msg::Event::subject, &msg::Event::network,
      &msg::Event::topic, &msg::Event::event_id};
  for (size_t i = 0; i < count; ++i) {
    const size_t row = rows[i];
    msg::Event& event = events[i];
    event = msg::Event();
    if (!valid_.Get(row)) continue;
    for (size_t text = 0; text < kTexts; ++text) {
      event.*fields[text] =
          View(static_cast<Text>(text), row, digits->At(i, text));
    }
    event.kind = Kind(row);
    event.time_seconds = Time(row);
    int64_t value = 0;
    if (quality_.is_there && !quality_.values.IsNull(row)) {
      event.quality_micros = QualityMicros(row);
    }
    if (count_.is_there && !count_.values.IsNull(row)) {
      event.count = count_.values.Integer(row, &value) ? value : -1;
    }
  }
}

}  // namespace influence
