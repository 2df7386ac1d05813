// Reads Arrow tables of signals: the schema once, then each batch of it.
#ifndef INFLUENCE_COLUMNS_SCORE_INPUT_H_
#define INFLUENCE_COLUMNS_SCORE_INPUT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "columns/arrow.h"
#include "columns/column_types.h"
#include "model/error.h"
#include "model/population_columns.h"

namespace influence {

// The layout of a schema: the places of the signals.
struct TableLayout {
  struct Field {
    size_t child;  // of the struct that holds it
    std::string name;
    ColumnFormat format;
    Signal signal;
    bool is_micros;  // millionths, by its name
  };
  size_t n_children = 0;
  std::optional<size_t> id;        // the child that is the id
  std::optional<size_t> accounts;  // the list, if there is one
  bool large_list = false;
  size_t n_account_children = 0;
  std::vector<Field> fields;      // by signal; of the table, or of the accounts
  std::optional<Field> standing;  // of the table, beside accounts
};

// Reads a schema. Fails with INVALID_ARGUMENT, naming the field.
Error ReadSchema(const ArrowSchema& schema, bool accept_floats,
                 TableLayout* layout);

// Points `columns` at the memory of a batch. Fails with INVALID_ARGUMENT if the
// batch does not have that layout or lacks memory, and with MALFORMED if the
// offsets of lists do not ascend. Copies only signals that are behind a
// dictionary or run-end encoded.
Error ReadArray(const TableLayout& layout, const ArrowArray& array,
                Columns* columns);

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_SCORE_INPUT_H_
