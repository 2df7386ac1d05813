// Lays out the arrays of a table of scores and widens micropoints to decimals.
// Columns are written by many threads at once; each piece begins at a multiple
// of kColumnPadding, so no two threads share a byte of a bitmap.
#include "columns/score_output.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/large_array.h"
#include "columns/column_builder.h"
#include "model/error.h"

namespace influence {
namespace {

// Micropoints as Arrow's decimal128(9, 6): 100 points have nine digits. Two
// words, the low one first on little-endian machines. Scores are not negative,
// so the high word is 0.
struct Decimal {
  Decimal() = default;
  explicit Decimal(Micros micros) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    words[1] = micros;
#else
    words[0] = micros;
#endif
  }
  Micros words[2] = {0, 0};
};
static_assert(sizeof(Decimal) == 16);

void WidenTo(const Shared& column, const Micros* micros, size_t begin,
             size_t rows) {
  auto* const to = static_cast<Decimal*>(column.get()) + begin;
  for (size_t i = 0; i < rows; ++i) to[i] = Decimal(micros[i]);
}

// A field of points in the chosen unit, by its name in points.
Owned<ArrowSchema> PointsSchema(const std::string& name,
                                const OutputChoice& choice) {
  return choice.unit == ScoreUnit::kPoints
             ? NewSchema("d:9,6", name)
             : NewSchema("l", name + "_micropoints");
}

Shared PointsBuffer(const std::vector<Micros>& micros,
                    const OutputChoice& choice) {
  if (choice.unit == ScoreUnit::kMicropoints) return ToBuffer(micros);
  Shared buffer = NewBuffer(micros.size() * sizeof(Decimal), Content::kAny);
  WidenTo(buffer, micros.data(), 0, micros.size());
  return buffer;
}

size_t BitmapBytes(size_t rows) { return (rows + 7) / 8; }

// Counts clear bits. `bits` is readable up to the next multiple of 64 rows.
size_t CountClear(const uint8_t* bits, size_t rows) {
  size_t clear = 0;
  for (size_t i = 0; i < rows; i += 64) {
    uint64_t word;
    std::memcpy(&word, bits + i / 8, sizeof word);
    if (word == ~uint64_t{0}) continue;
    for (size_t row = i; row < std::min(rows, i + 64); ++row) {
      clear += ((bits[row / 8] >> (row % 8)) & 1) == 0;
    }
  }
  return clear;
}

// The values of error_field, indexed by FaultField. Each text occurs once, as
// clients expect of a dictionary.
Owned<ArrowArray> FaultFields(const TableLayout& layout) {
  std::vector<std::string> names(kFaultAccounts + 1);
  names[kFaultAccounts] = "accounts";
  for (size_t i = 1; i <= kSignalCount; ++i) {
    names[i] = Name(static_cast<Signal>(i));
  }
  for (const TableLayout::Field& field : layout.fields) {
    names[static_cast<size_t>(field.signal)] = field.name;
  }
  std::vector<int32_t> offsets = {0};
  std::vector<char> text;
  for (const std::string& name : names) {
    text.insert(text.end(), name.begin(), name.end());
    offsets.push_back(static_cast<int32_t>(text.size()));
  }
  return NewArray(names.size(), 0,
                  List(Shared(), ToBuffer(offsets), ToBuffer(text)));
}

// Concatenates the reasons of one direction from all parts.
Owned<ArrowArray> ReasonsArray(
    size_t rows, int64_t nulls, const Shared& valid,
    const std::vector<std::array<ReasonColumns, 2>>& parts, size_t direction,
    const OutputChoice& choice) {
  ReasonColumns all;
  all.ends.push_back(0);
  for (const std::array<ReasonColumns, 2>& both : parts) {
    const ReasonColumns& part = both[direction];
    const int32_t before = all.ends.back();
    for (const int32_t end : part.ends) all.ends.push_back(before + end);
    all.codes.insert(all.codes.end(), part.codes.begin(), part.codes.end());
    all.factors.insert(all.factors.end(), part.factors.begin(),
                       part.factors.end());
    all.points.insert(all.points.end(), part.points.begin(), part.points.end());
  }
  const size_t n = all.codes.size();
  const Shared none;
  std::vector<Owned<ArrowArray>> fields;
  fields.push_back(NewArray(n, 0, List(none, ToBuffer(all.codes))));
  fields.push_back(NewArray(n, 0, List(none, ToBuffer(all.factors))));
  fields.push_back(
      NewArray(n, 0, List(none, PointsBuffer(all.points, choice))));
  std::vector<Owned<ArrowArray>> items;
  items.push_back(NewArray(n, 0, List(none), std::move(fields)));
  return NewArray(rows, nulls, List(valid, ToBuffer(all.ends)),
                  std::move(items));
}

}  // namespace

Owned<ArrowSchema> ScoreSchema(Owned<ArrowSchema> id,
                               const std::vector<Factor>& factors,
                               const OutputChoice& choice,
                               const Metadata& metadata) {
  std::vector<Owned<ArrowSchema>> fields;
  if (!id.released()) fields.push_back(std::move(id));
  for (const char* name : {"score", "low", "high", "coverage"}) {
    fields.push_back(PointsSchema(name, choice));
  }
  fields.push_back(NewSchema("i", "error"));
  fields.push_back(NewSchema("c", "error_field", {}, NewSchema("u", "")));
  if (choice.bands) fields.push_back(NewSchema("c", "band"));
  if (choice.points) {
    for (const Factor factor : factors) {
      fields.push_back(
          PointsSchema("points_" + std::string(Name(factor)), choice));
    }
  }
  if (choice.reasons) {
    for (const char* name : {"lifted", "held_back"}) {
      std::vector<Owned<ArrowSchema>> parts;
      parts.push_back(NewSchema("c", "code"));
      parts.push_back(NewSchema("c", "factor"));
      parts.push_back(PointsSchema("points", choice));
      std::vector<Owned<ArrowSchema>> item;
      item.push_back(NewSchema("+s", "item", std::move(parts)));
      fields.push_back(NewSchema("+l", name, std::move(item)));
    }
  }
  return NewSchema("+s", "", std::move(fields), {}, ToBytes(metadata));
}

ScoreTable::ScoreTable(size_t rows, size_t factors, const OutputChoice& choice)
    : rows_(rows), choice_(choice), points_(choice.points ? factors : 0) {
  const size_t padded =
      (rows + kColumnPadding - 1) / kColumnPadding * kColumnPadding;
  static_assert(kColumnPadding / 8 % kMemoryAlignment == 0);
  // One allocation, because malloc keeps a block that is freed whole for the
  // next batch.
  const size_t columns = 3 + points_.size();
  const bool widened = choice.unit == ScoreUnit::kPoints;
  const size_t column_bytes =
      padded * (widened ? sizeof(Decimal) : sizeof(Micros));
  const size_t bytes =
      columns * column_bytes + padded / 8 + (choice.bands ? padded : 0);
  const Shared all = NewBuffer(bytes, Content::kAny);
  auto* next = static_cast<char*>(all.get());
  const auto take = [&](size_t size, Shared* part) {
    *part = Shared(all, next);
    next += size;
    return part->get();
  };
  const auto micros = [&](Shared* part) {
    void* const column = take(column_bytes, part);
    return widened ? nullptr : static_cast<Micros*>(column);
  };
  columns_.score = micros(&score_);
  columns_.high = micros(&high_);
  columns_.coverage = micros(&coverage_);
  for (size_t i = 0; i < points_.size(); ++i) {
    columns_.points[i] = micros(&points_[i]);
  }
  if (choice.bands) columns_.band = static_cast<int8_t*>(take(padded, &band_));
  columns_.scored = static_cast<uint8_t*>(take(padded / 8, &scored_));
  std::memset(columns_.scored, 0xff, padded / 8);
  // Few rows have errors: in a large population these pages stay untouched.
  error_ = NewBuffer(padded * sizeof(int32_t), Content::kZero);
  columns_.error = static_cast<int32_t*>(error_.get());
  error_field_ = NewBuffer(padded, Content::kZero);
  columns_.error_field = static_cast<int8_t*>(error_field_.get());
}

// Micros go to the thread's own piece; bitmaps, bands and errors directly to
// the table.
ScoreColumns ScoreTable::PieceAt(size_t begin, Micros* micros) const {
  ScoreColumns piece = columns_;
  const auto next = [&micros] {
    return std::exchange(micros, micros + kPieceRows);
  };
  piece.first_row = begin;
  piece.score = next();
  piece.high = next();
  piece.coverage = next();
  for (size_t i = 0; i < points_.size(); ++i) piece.points[i] = next();
  if (piece.band != nullptr) piece.band += begin;
  piece.scored += begin / 8;
  piece.error += begin;
  piece.error_field += begin;
  return piece;
}

void ScoreTable::Widen(const ScoreColumns& piece, size_t begin,
                       size_t rows) const {
  WidenTo(score_, piece.score, begin, rows);
  WidenTo(high_, piece.high, begin, rows);
  WidenTo(coverage_, piece.coverage, begin, rows);
  for (size_t i = 0; i < points_.size(); ++i) {
    WidenTo(points_[i], piece.points[i], begin, rows);
  }
}

// Without faults the columns of scores have no bitmap, which consumers read
// fastest.
Owned<ArrowArray> ScoreTable::Finish(
    const TableLayout& layout, Owned<ArrowArray>* id,
    const std::vector<std::array<ReasonColumns, 2>>& reasons) {
  const size_t faults = CountClear(columns_.scored, rows_);
  const auto nulls = static_cast<int64_t>(faults);
  const Shared valid = faults > 0 ? scored_ : Shared();
  // An error is valid exactly where the score is not.
  const Shared faulty = NewBuffer(BitmapBytes(rows_), Content::kZero);
  auto* bits = static_cast<uint8_t*>(faulty.get());
  for (size_t i = 0; faults > 0 && i < BitmapBytes(rows_); ++i) {
    bits[i] = static_cast<uint8_t>(~columns_.scored[i]);
  }
  const auto no_errors = static_cast<int64_t>(rows_ - faults);

  std::vector<Owned<ArrowArray>> arrays;
  if (id != nullptr) arrays.push_back(std::move(*id));
  // `low` equals the score and shares its memory.
  for (const Shared* values : {&score_, &score_, &high_, &coverage_}) {
    arrays.push_back(NewArray(rows_, nulls, List(valid, *values)));
  }
  arrays.push_back(NewArray(rows_, no_errors, List(faulty, error_)));
  arrays.push_back(NewArray(rows_, no_errors, List(faulty, error_field_), {},
                            FaultFields(layout)));
  if (choice_.bands) {
    arrays.push_back(NewArray(rows_, nulls, List(valid, band_)));
  }
  for (const Shared& points : points_) {
    arrays.push_back(NewArray(rows_, nulls, List(valid, points)));
  }
  if (choice_.reasons) {
    for (const size_t direction : {size_t{0}, size_t{1}}) {
      arrays.push_back(
          ReasonsArray(rows_, nulls, valid, reasons, direction, choice_));
    }
  }
  return NewArray(rows_, 0, List(Shared()), std::move(arrays));
}

}  // namespace influence
