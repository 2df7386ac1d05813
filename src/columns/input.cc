#include "columns/input.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

#include "columns/check.h"

namespace influence {
namespace {

constexpr std::string_view kMicrosSuffix = "_micros";

std::optional<Signal> FindSignal(std::string_view name) {
  for (size_t i = 1; i <= kSignalCount; ++i) {
    if (Name(static_cast<Signal>(i)) == name) return static_cast<Signal>(i);
  }
  return std::nullopt;
}

// Reads the digits at *at into *number; false if there are none, or too many.
bool ReadNumber(const char** at, int* number) {
  const char* const begin = *at;
  *number = 0;
  while (**at >= '0' && **at <= '9' && *at - begin < 4) {
    *number = *number * 10 + (*(*at)++ - '0');
  }
  return *at != begin;
}

// The scale of "d:precision,scale" or "d:precision,scale,128".
bool ReadDecimal128(const char* format, int* scale) {
  int precision = 0;
  int width = 128;
  const char* at = format + 2;
  if (!ReadNumber(&at, &precision) || *at++ != ',') return false;
  if (!ReadNumber(&at, scale)) return false;
  if (*at == ',' && (++at, !ReadNumber(&at, &width))) return false;
  return *at == '\0' && width == 128 && *scale <= 6;
}

// Sets the type and adds to the decimals of a signal's column.
bool ReadType(const char* format, bool accept_doubles, SignalColumn* column,
              std::string* why) {
  constexpr std::pair<char, ColumnType> kIntegers[] = {
      {'i', ColumnType::kInt32},
      {'I', ColumnType::kUint32},
      {'l', ColumnType::kInt64},
      {'L', ColumnType::kUint64}};
  if (format[0] != '\0' && format[1] == '\0') {
    for (const auto& [letter, type] : kIntegers) {
      if (format[0] != letter) continue;
      column->type = type;
      return true;
    }
    if (format[0] == 'g' && column->decimals == 0) {
      column->type = ColumnType::kDouble;
      if (accept_doubles) return true;
      *why =
          "is a column of doubles, in which a tenth is not a tenth; set "
          "float_rounding in the options if they may be rounded";
      return false;
    }
  }
  int scale = 0;
  if (format[0] == 'd' && format[1] == ':' && column->decimals == 0 &&
      ReadDecimal128(format, &scale)) {
    column->type = ColumnType::kDecimal128;
    column->decimals = scale;
    return true;
  }
  *why = "has the type '" + Printable(format) +
         "'; a signal is int32, uint32, int64, uint64, a double, or decimal128 "
         "of scale 0 to 6 (in _micros, an integer)";
  return false;
}

// Reads the fields of a struct: the table's, or of `parent` its accounts'.
Error ReadFields(const ArrowSchema& schema, const std::string& parent,
                 bool accept_doubles, TableLayout* layout) {
  const bool is_table = parent.empty();
  for (size_t i = 0; i < static_cast<size_t>(schema.n_children); ++i) {
    const ArrowSchema* child = schema.children[i];
    if (child == nullptr || child->release == nullptr ||
        child->format == nullptr) {
      return Refused(parent, "child " + std::to_string(i) + " is missing");
    }
    const std::string_view name = child->name != nullptr ? child->name : "";
    const std::string field =
        (is_table ? "" : parent + ".") + Printable(child->name);
    if (name == "network") continue;
    if (is_table && name == "id") {
      if (layout->id.has_value()) return Refused(field, "occurs twice");
      layout->id = i;
      continue;
    }
    if (is_table && name == "accounts") {
      if (layout->accounts.has_value()) return Refused(field, "occurs twice");
      layout->large_list = std::strcmp(child->format, "+L") == 0;
      if ((!layout->large_list && std::strcmp(child->format, "+l") != 0) ||
          child->n_children != 1 || child->children == nullptr ||
          child->children[0] == nullptr || !IsStruct(*child->children[0])) {
        return Refused(field, "is not a list of structs");
      }
      layout->accounts = i;
      continue;
    }
    std::string_view signal_name = name;
    SignalColumn column{};
    if (name.size() > kMicrosSuffix.size() &&
        name.substr(name.size() - kMicrosSuffix.size()) == kMicrosSuffix) {
      signal_name.remove_suffix(kMicrosSuffix.size());
      column.decimals = 6;
    }
    const std::optional<Signal> signal = FindSignal(signal_name);
    if (!signal.has_value()) {
      return Refused(field, "is not a known column");
    }
    column.signal = *signal;
    for (const TableLayout::Field& other : layout->fields) {
      if (other.column.signal == *signal) {
        return Refused(field, "is the same signal as " + other.name);
      }
    }
    // All null, which is what a signal is that is not there at all.
    if (std::strcmp(child->format, "n") == 0) continue;
    if (child->dictionary != nullptr) {
      return Refused(field, "is dictionary-encoded; only an id may be");
    }
    std::string why;
    if (!ReadType(child->format, accept_doubles, &column, &why)) {
      return Refused(field, why);
    }
    layout->fields.push_back({i, field, column});
  }
  return {};
}

size_t SizeOf(ColumnType type) {
  switch (type) {
    case ColumnType::kInt32:
    case ColumnType::kUint32:
      return 4;
    case ColumnType::kInt64:
    case ColumnType::kUint64:
    case ColumnType::kDouble:
      return 8;
    case ColumnType::kDecimal128:
      return 16;
  }
  return 0;
}

// One of a struct's children, from entry `first` of the struct on.
Error ReadSignal(const TableLayout::Field& field, const ArrowArray& parent,
                 int64_t first, int64_t length, SignalColumn* column) {
  first += parent.offset;
  const ArrowArray* array = parent.children[field.child];
  Error error = CheckArray(array, field.name, 2, 0, first, length);
  if (!error.ok()) return error;
  *column = field.column;
  if (length > 0) {
    column->values =
        static_cast<const char*>(array->buffers[1]) +
        static_cast<size_t>(array->offset + first) * SizeOf(column->type);
  }
  column->valid = Validity(*array, first);
  return {};
}

Error ReadSignals(const TableLayout& layout, const ArrowArray& parent,
                  int64_t length, Columns* columns) {
  for (const TableLayout::Field& field : layout.fields) {
    columns->signals.emplace_back();
    Error error =
        ReadSignal(field, parent, 0, length, &columns->signals.back());
    if (!error.ok()) return error;
  }
  return {};
}

template <typename Offset>
bool Ascend(const Offset* offsets, size_t rows, int64_t entries) {
  if (offsets[0] < 0 || offsets[rows] > entries) return false;
  for (size_t i = 0; i < rows; ++i) {
    if (offsets[i] > offsets[i + 1]) return false;
  }
  return true;
}

Error ReadAccounts(const TableLayout& layout, const ArrowArray& table,
                   Columns* columns) {
  const ArrowArray* list = table.children[*layout.accounts];
  Error error = CheckArray(list, "accounts", 2, 1, table.offset, table.length);
  if (!error.ok()) return error;
  const ArrowArray* accounts = list->children[0];
  error = CheckArray(accounts, "accounts", 1, layout.n_account_children, 0, 0);
  if (!error.ok()) return error;
  columns->has_accounts = true;
  const auto first = static_cast<size_t>(list->offset + table.offset);
  bool ascend = true;
  if (columns->rows > 0) {
    const size_t size = layout.large_list ? sizeof(int64_t) : sizeof(int32_t);
    if (reinterpret_cast<uintptr_t>(list->buffers[1]) % size != 0) {
      return {Code::kInvalidArgument, "accounts",
              "the offsets of the lists are not aligned"};
    }
    if (layout.large_list) {
      columns->offsets64 =
          static_cast<const int64_t*>(list->buffers[1]) + first;
      ascend = Ascend(columns->offsets64, columns->rows, accounts->length);
    } else {
      columns->offsets32 =
          static_cast<const int32_t*>(list->buffers[1]) + first;
      ascend = Ascend(columns->offsets32, columns->rows, accounts->length);
    }
  }
  if (!ascend) {
    return {Code::kMalformed, "accounts",
            "the offsets of the lists do not ascend within " +
                std::to_string(accounts->length) + " accounts"};
  }
  columns->lists_valid = Validity(*list, table.offset);
  columns->accounts_valid = Validity(*accounts, 0);
  if (layout.standing.has_value()) {
    error = ReadSignal(*layout.standing, table, 0, table.length,
                       &columns->standing.emplace());
    if (!error.ok()) return error;
  }
  return ReadSignals(layout, *accounts, accounts->length, columns);
}

}  // namespace

Error ReadSchema(const ArrowSchema& schema, bool accept_doubles,
                 TableLayout* layout) {
  if (schema.release == nullptr) {
    return Refused("schema", "is released");
  }
  if (!IsStruct(schema)) {
    return Refused("schema", "is not a struct of columns (a record batch)");
  }
  layout->n_children = static_cast<size_t>(schema.n_children);
  Error error = ReadFields(schema, "", accept_doubles, layout);
  if (error.ok() && layout->accounts.has_value()) {
    for (const TableLayout::Field& field : layout->fields) {
      if (field.column.signal != Signal::kStanding) {
        return Refused(field.name,
                       "stands beside 'accounts'; the signals belong inside");
      }
      layout->standing = field;
    }
    layout->fields.clear();
    const ArrowSchema& accounts =
        *schema.children[*layout->accounts]->children[0];
    layout->n_account_children = static_cast<size_t>(accounts.n_children);
    error = ReadFields(accounts, "accounts", accept_doubles, layout);
    for (const TableLayout::Field& field : layout->fields) {
      if (layout->standing.has_value() &&
          field.column.signal == Signal::kStanding && error.ok()) {
        error = Refused(field.name,
                        "is the same signal as " + layout->standing->name);
      }
    }
  }
  std::sort(layout->fields.begin(), layout->fields.end(),
            [](const TableLayout::Field& a, const TableLayout::Field& b) {
              return a.column.signal < b.column.signal;
            });
  return error;
}

Error ReadArray(const TableLayout& layout, const ArrowArray& array,
                Columns* columns) {
  // Its own length is what it has; a negative one is refused as too many.
  Error error = CheckArray(&array, "array", 1, layout.n_children, 0, 0);
  if (!error.ok()) return error;
  columns->rows = static_cast<size_t>(array.length);
  columns->valid = Validity(array, 0);
  if (layout.id.has_value()) {
    const ArrowArray* id = array.children[*layout.id];
    if (id == nullptr || id->release == nullptr || id->offset < 0 ||
        id->offset > kMaxRows || id->length > kMaxRows ||
        id->length < array.offset + array.length) {
      return Refused("id", "has fewer entries than the table");
    }
  }
  if (layout.accounts.has_value()) return ReadAccounts(layout, array, columns);
  return ReadSignals(layout, array, array.length, columns);
}

}  // namespace influence
