// The table of accepted Arrow formats, and the messages for every other one.
// Each function of the ABI that takes a column reads its type here, so all of
// them accept the same types for the same thing.
#include "columns/column_types.h"

#include <optional>
#include <string_view>
#include <utility>

#include "base/civil.h"
#include "columns/schema_checks.h"
#include "model/profile.h"

namespace influence {
namespace {

// A fixed-size binary has at most this many bytes: no id has more than 256.
constexpr int kMaxFixedBytes = 4096;

struct Named {
  std::string_view format;
  ValueType type;
};

constexpr ValueType Number(unsigned is, ColumnType number, size_t width) {
  return {is, Storage::kNumbers, number, width};
}
constexpr ValueType Integer(ColumnType number, size_t width) {
  return Number(kTakesIntegers, number, width);
}
constexpr ValueType Float(ColumnType number, size_t width) {
  return Number(kTakesFloats, number, width);
}
constexpr ValueType Texts(Storage storage, size_t width) {
  return {kTakesTexts, storage, ColumnType::kInt64, width};
}
constexpr ValueType Time(ColumnType number, size_t width,
                         int64_t seconds_per_tick, int64_t ticks_per_second) {
  return {kTakesTimes, Storage::kNumbers, number,          width,
          0,           seconds_per_tick,  ticks_per_second};
}

// Formats that are a fixed string.
constexpr Named kTypes[] = {
    {"n", {}},
    {"b", {kTakesBooleans, Storage::kBits}},
    {"c", Integer(ColumnType::kInt8, 1)},
    {"s", Integer(ColumnType::kInt16, 2)},
    {"i", Integer(ColumnType::kInt32, 4)},
    {"l", Integer(ColumnType::kInt64, 8)},
    {"C", Integer(ColumnType::kUint8, 1)},
    {"S", Integer(ColumnType::kUint16, 2)},
    {"I", Integer(ColumnType::kUint32, 4)},
    {"L", Integer(ColumnType::kUint64, 8)},
    {"e", Float(ColumnType::kHalf, 2)},
    {"f", Float(ColumnType::kFloat, 4)},
    {"g", Float(ColumnType::kDouble, 8)},
    {"u", Texts(Storage::kOffsets32, 4)},
    {"z", Texts(Storage::kOffsets32, 4)},
    {"U", Texts(Storage::kOffsets64, 8)},
    {"Z", Texts(Storage::kOffsets64, 8)},
    {"vu", Texts(Storage::kViews, 16)},
    {"vz", Texts(Storage::kViews, 16)},
    {"tdD", Time(ColumnType::kInt32, 4, kSecondsPerDay, 1)},
    {"tdm", Time(ColumnType::kInt64, 8, 1, 1'000)},
};

// Formats of timestamps up to their time zone, which does not change the
// instant.
constexpr Named kTimestamps[] = {
    {"tss:", Time(ColumnType::kInt64, 8, 1, 1)},
    {"tsm:", Time(ColumnType::kInt64, 8, 1, 1'000)},
    {"tsu:", Time(ColumnType::kInt64, 8, 1, 1'000'000)},
    {"tsn:", Time(ColumnType::kInt64, 8, 1, 1'000'000'000)},
};

constexpr std::pair<int, ColumnType> kDecimals[] = {
    {32, ColumnType::kDecimal32},
    {64, ColumnType::kDecimal64},
    {128, ColumnType::kDecimal128},
    {256, ColumnType::kDecimal256}};

// Removes a number of at most four digits from the front. False if there is
// none.
bool TakeNumber(std::string_view* text, int* number) {
  size_t digits = 0;
  *number = 0;
  for (; digits < text->size() && digits < 4; ++digits) {
    const char c = (*text)[digits];
    if (c < '0' || c > '9') break;
    *number = *number * 10 + (c - '0');
  }
  text->remove_prefix(digits);
  return digits > 0;
}

bool TakeComma(std::string_view* text) {
  if (text->empty() || text->front() != ',') return false;
  text->remove_prefix(1);
  return true;
}

// Reads "precision,scale" (128 bits) or "precision,scale,bits".
bool ReadDecimal(std::string_view text, ValueType* type) {
  int precision = 0, scale = 0, bits = 128;
  if (!TakeNumber(&text, &precision) || !TakeComma(&text) ||
      !TakeNumber(&text, &scale) ||
      (!text.empty() && (!TakeComma(&text) || !TakeNumber(&text, &bits))) ||
      !text.empty() || scale > kMaxDecimals) {
    return false;
  }
  for (const auto& [width, number] : kDecimals) {
    if (width != bits) continue;
    *type = Number(kTakesDecimals | (scale == 0 ? kTakesWholeDecimals : 0u),
                   number, static_cast<size_t>(width) / 8);
    type->scale = scale;
    return true;
  }
  return false;
}

// Returns false for a format that is not supported.
bool ReadType(std::string_view format, ValueType* type) {
  for (const Named& named : kTypes) {
    if (named.format != format) continue;
    *type = named.type;
    return true;
  }
  for (const Named& named : kTimestamps) {
    if (format.substr(0, named.format.size()) != named.format) continue;
    *type = named.type;
    return true;
  }
  const std::string_view start = format.substr(0, 2);
  if (start == "d:") return ReadDecimal(format.substr(2), type);
  int bytes = 0;
  format.remove_prefix(start.size());
  if (start != "w:" || !TakeNumber(&format, &bytes) || !format.empty() ||
      bytes < 1 || bytes > kMaxFixedBytes) {
    return false;
  }
  *type = Texts(Storage::kFixedBytes, static_cast<size_t>(bytes));
  return true;
}

// "integers, decimals of scale 0 to 18 or floats".
std::string WordsFor(unsigned takes) {
  constexpr std::pair<unsigned, const char*> kWords[] = {
      {kTakesTexts, "text"},
      {kTakesIntegers, "integers"},
      {kTakesWholeDecimals, "decimals of scale 0"},
      {kTakesDecimals, "decimals of scale 0 to 18"},
      {kTakesFloats, "floats"},
      {kTakesTimes, "timestamps or dates"},
      {kTakesBooleans, "booleans"}};
  std::string words;
  const char* last = nullptr;
  for (const auto& [bit, word] : kWords) {
    if ((takes & bit) == 0) continue;
    if (last != nullptr)
      words += (words.empty() ? "" : ", ") + std::string(last);
    last = word;
  }
  if (!words.empty()) words += " or ";
  return words + (last != nullptr ? last : "nothing");
}

// Words the rejection by the likeliest mistake: booleans, floats without a
// rounding, decimals of a scale that the column does not accept.
Error NotTaken(const ArrowSchema& schema, const std::string& name,
               const ValueType& type, unsigned takes) {
  if ((type.is & kTakesBooleans) != 0) {
    return Refused(name, "has booleans; it takes " + WordsFor(takes));
  }
  constexpr unsigned kExact = kTakesDecimals | kTakesWholeDecimals;
  if ((type.is & kTakesFloats) != 0 && (takes & kTakesDecimals) != 0) {
    return Refused(name,
                   "has floats, in which a tenth is not a tenth; set "
                   "float_rounding in the options if they may be rounded");
  }
  if ((type.is & kExact) != 0 && (takes & kExact) == kTakesWholeDecimals) {
    return Refused(name, "has decimals of scale " + std::to_string(type.scale) +
                             "; it takes " + WordsFor(takes));
  }
  return Refused(name, "has the type '" + ShownName(schema.format) +
                           "'; it takes " + WordsFor(takes));
}

// The type null fits every column.
Error ReadValues(const ArrowSchema& schema, const std::string& name,
                 unsigned takes, ValueType* type) {
  const std::optional<std::string_view> format = Bounded(schema.format);
  if (!format.has_value() || !ReadType(*format, type) ||
      (!type->is_null() && (type->is & takes) == 0)) {
    return NotTaken(schema, name, *type, takes);
  }
  return {};
}

}  // namespace

// Runs and dictionaries are one level deep: their values are read by
// ReadValues(), which knows neither.
Error ReadFormat(const ArrowSchema& schema, const std::string& name,
                 unsigned takes, ColumnFormat* format) {
  *format = {};
  if (Bounded(schema.format) == "+r") {
    Error error = CheckChildren(schema, name);
    if (!error.ok()) return error;
    if (schema.dictionary != nullptr || schema.n_children != 2) {
      return Refused(name, "its runs are not two columns");
    }
    ValueType ends;
    const std::optional<std::string_view> of =
        Bounded(schema.children[0]->format);
    if (of != "s" && of != "i" && of != "l") {
      return Refused(name, "its runs do not end at int16, int32 or int64");
    }
    ReadType(*of, &ends);
    format->reference = Reference::kRuns;
    format->index = ends.number;
    const ArrowSchema& values = *schema.children[1];
    if (values.dictionary != nullptr) {
      return Refused(name, "has runs of a dictionary");
    }
    return ReadValues(values, name, takes, &format->values);
  }
  if (schema.dictionary == nullptr) {
    return ReadValues(schema, name, takes, &format->values);
  }
  ValueType indices;
  Error error = ReadValues(schema, name, kTakesIntegers, &indices);
  if (!error.ok() || indices.is_null()) {
    return Refused(name, "its dictionary's indices have the type '" +
                             ShownName(schema.format) + "'; they are integers");
  }
  const ArrowSchema& values = *schema.dictionary;
  if (values.release == nullptr || values.dictionary != nullptr) {
    return Refused(name, "its dictionary is not one of plain values");
  }
  format->reference = Reference::kDictionary;
  format->index = indices.number;
  return ReadValues(values, name, takes, &format->values);
}

}  // namespace influence
