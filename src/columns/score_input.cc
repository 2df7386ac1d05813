// Binds the columns of a table of people to signals. The schema decides what
// each column means, by its name alone; a batch is then checked against that
// layout and scored in place, without a copy.
#include "columns/score_input.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "columns/schema_checks.h"
#include "columns/value_column.h"

namespace influence {
namespace {

constexpr std::string_view kMicrosSuffix = "_micros";

std::optional<Signal> FindSignal(std::string_view name) {
  for (size_t i = 1; i <= kSignalCount; ++i) {
    if (Name(static_cast<Signal>(i)) == name) return static_cast<Signal>(i);
  }
  return std::nullopt;
}

// Reads a field that holds a signal. A column of the type null holds none.
Error ReadSignalField(const ArrowSchema& child, size_t index,
                      const std::string& field, bool accept_floats,
                      TableLayout* layout) {
  const std::optional<std::string_view> name = Bounded(child.name);
  std::string_view signal_name = name.value_or("");
  TableLayout::Field made{};
  made.child = index;
  made.name = field;
  if (signal_name.size() > kMicrosSuffix.size() &&
      signal_name.substr(signal_name.size() - kMicrosSuffix.size()) ==
          kMicrosSuffix) {
    signal_name.remove_suffix(kMicrosSuffix.size());
    made.is_micros = true;
  }
  const std::optional<Signal> signal = FindSignal(signal_name);
  if (!signal.has_value()) return Refused(field, "is not a known column");
  made.signal = *signal;
  for (const TableLayout::Field& other : layout->fields) {
    if (other.signal == *signal) {
      return Refused(field, "is the same signal as " + other.name);
    }
  }
  Error error = ReadFormat(
      child, field,
      kTakesIntegers | (made.is_micros ? kTakesWholeDecimals : kTakesDecimals) |
          (accept_floats ? kTakesFloats : 0u),
      &made.format);
  if (error.ok() && !made.format.values.is_null()) {
    layout->fields.push_back(std::move(made));
  }
  return error;
}

// Reads the fields of the table, or of its accounts if `parent` names them.
Error ReadFields(const ArrowSchema& schema, const std::string& parent,
                 bool accept_floats, TableLayout* layout) {
  const bool is_table = parent.empty();
  for (size_t i = 0; i < static_cast<size_t>(schema.n_children); ++i) {
    const ArrowSchema& child = *schema.children[i];
    const std::optional<std::string_view> name = Bounded(child.name);
    const std::string field =
        (is_table ? "" : parent + ".") + ShownName(child.name);
    if (name == "network") {
      if (!is_table) continue;
      return Refused(field,
                     "is of an account, and a row of this table is a person; "
                     "group the rows of each id into a list of structs, "
                     "'accounts', which have a network, or leave it out");
    }
    Error error;
    if (is_table && name == "id") {
      if (layout->id.has_value()) return Refused(field, "occurs twice");
      layout->id = i;
    } else if (is_table && name == "accounts") {
      if (layout->accounts.has_value()) return Refused(field, "occurs twice");
      const std::optional<std::string_view> format = Bounded(child.format);
      layout->large_list = format == "+L";
      error = CheckChildren(child, field);
      if (!error.ok()) return error;
      if ((!layout->large_list && format != "+l") || child.n_children != 1) {
        return Refused(field, "is not a list of structs");
      }
      error = CheckStruct(*child.children[0], field);
      layout->accounts = i;
    } else {
      error = ReadSignalField(child, i, field, accept_floats, layout);
    }
    if (!error.ok()) return error;
  }
  return {};
}

// Copies the values that rows refer to, and their validity: kernels and the
// evaluator read plain columns only.
void CopyOut(const ValueColumn& values, SignalColumn* column,
             Columns* columns) {
  const size_t size = SizeOf(column->type);
  const size_t rows = values.rows();
  const auto numbers = std::make_shared<std::vector<char>>(rows * size);
  const auto valid = std::make_shared<std::vector<uint8_t>>((rows + 7) / 8);
  const auto* const from = static_cast<const char*>(values.values().numbers());
  for (size_t row = 0; row < rows; ++row) {
    if (values.IsNull(row)) continue;
    std::memcpy(numbers->data() + row * size, from + values.Entry(row) * size,
                size);
    uint8_t& bits = (*valid)[row / 8];
    bits = static_cast<uint8_t>(bits | 1u << (row % 8));
  }
  column->values = numbers->data();
  column->valid = {valid->data(), 0};
  columns->memory.emplace_back(numbers);
  columns->memory.emplace_back(valid);
}

// Opens one child of a struct for the first `length` entries of the struct.
Error ReadSignal(const TableLayout::Field& field, const ArrowArray& parent,
                 int64_t length, SignalColumn* column, Columns* columns) {
  const ArrowArray* array = parent.children[field.child];
  if (array == nullptr) return Refused(field.name, "the array is missing");
  ValueColumn values;
  Error error =
      values.Open(field.format, *array, field.name, parent.offset, length);
  if (!error.ok()) return error;
  const ValueType& type = field.format.values;
  *column = {field.signal, type.number, field.is_micros ? 6 : type.scale,
             values.numbers(), values.valid()};
  if (!values.is_plain()) CopyOut(values, column, columns);
  return {};
}

Error ReadSignals(const TableLayout& layout, const ArrowArray& parent,
                  int64_t length, Columns* columns) {
  for (const TableLayout::Field& field : layout.fields) {
    SignalColumn column{};
    Error error = ReadSignal(field, parent, length, &column, columns);
    if (!error.ok()) return error;
    columns->signals.push_back(column);
  }
  return {};
}

template <typename Offset>
// The lists must lie one after the other within the accounts: the evaluator
// indexes by these offsets without looking again.
Error CheckOffsets(const Offset* offsets, size_t rows, int64_t entries) {
  Offset last = 0;
  for (size_t i = 0; i <= rows; ++i) {
    if (offsets[i] < last || offsets[i] > entries) {
      return Error(Code::kMalformed, "accounts",
                   "the offsets of the lists do not ascend within " +
                       std::to_string(entries) + " accounts")
          .AtRow(i == 0 ? 0 : i - 1);
    }
    last = offsets[i];
  }
  return {};
}

// Lists and accounts have offsets of their own: rows index lists, lists index
// accounts, and signals are opened over all accounts once.
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
  if (columns->rows > 0) {
    const size_t size = layout.large_list ? sizeof(int64_t) : sizeof(int32_t);
    if (reinterpret_cast<uintptr_t>(list->buffers[1]) % size != 0) {
      return {Code::kInvalidArgument, "accounts",
              "the offsets of the lists are not aligned"};
    }
    if (layout.large_list) {
      columns->offsets64 =
          static_cast<const int64_t*>(list->buffers[1]) + first;
      error = CheckOffsets(columns->offsets64, columns->rows, accounts->length);
    } else {
      columns->offsets32 =
          static_cast<const int32_t*>(list->buffers[1]) + first;
      error = CheckOffsets(columns->offsets32, columns->rows, accounts->length);
    }
  }
  if (!error.ok()) return error;
  columns->lists_valid = Validity(*list, table.offset);
  columns->accounts_valid = Validity(*accounts, 0);
  if (layout.standing.has_value()) {
    error = ReadSignal(*layout.standing, table, table.length,
                       &columns->standing.emplace(), columns);
    if (!error.ok()) return error;
  }
  return ReadSignals(layout, *accounts, accounts->length, columns);
}

}  // namespace

// Sorted by signal at the end, so that the order of columns cannot show in a
// result.
Error ReadSchema(const ArrowSchema& schema, bool accept_floats,
                 TableLayout* layout) {
  Error error = CheckStruct(schema, "schema");
  if (!error.ok()) return error;
  layout->n_children = static_cast<size_t>(schema.n_children);
  error = ReadFields(schema, "", accept_floats, layout);
  if (error.ok() && layout->accounts.has_value()) {
    for (const TableLayout::Field& field : layout->fields) {
      if (field.signal != Signal::kStanding) {
        return Refused(field.name,
                       "stands beside 'accounts'; the signals belong inside");
      }
      layout->standing = field;
    }
    layout->fields.clear();
    const ArrowSchema& accounts =
        *schema.children[*layout->accounts]->children[0];
    layout->n_account_children = static_cast<size_t>(accounts.n_children);
    error = ReadFields(accounts, "accounts", accept_floats, layout);
    for (const TableLayout::Field& field : layout->fields) {
      if (layout->standing.has_value() && field.signal == Signal::kStanding &&
          error.ok()) {
        error = Refused(field.name,
                        "is the same signal as " + layout->standing->name);
      }
    }
  }
  std::sort(layout->fields.begin(), layout->fields.end(),
            [](const TableLayout::Field& a, const TableLayout::Field& b) {
              return a.signal < b.signal;
            });
  return error;
}

Error ReadArray(const TableLayout& layout, const ArrowArray& array,
                Columns* columns) {
  // CheckArray() rejects a negative length.
  Error error = CheckArray(&array, "array", 1, layout.n_children, 0, 0);
  if (!error.ok()) return error;
  columns->rows = static_cast<size_t>(array.length);
  columns->valid = Validity(array, 0);
  if (layout.id.has_value()) {
    error = CheckCarried(array.children[*layout.id], "id", array);
    if (!error.ok()) return error;
  }
  if (layout.accounts.has_value()) return ReadAccounts(layout, array, columns);
  return ReadSignals(layout, array, array.length, columns);
}

}  // namespace influence
