// The rows of a CSV file as accounts, by the names in its header.
#ifndef INFLUENCE_CLI_READ_CSV_ROWS_H_
#define INFLUENCE_CLI_READ_CSV_ROWS_H_

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/basics/input_columns.h"
#include "cli/read/csv_reader.h"

namespace influence::cli {

struct CsvHeader {
  // The cell of each column in a record, if the file has it.
  std::array<std::optional<size_t>, kColumns> cells;
  size_t width = 0;                // cells of a record
  std::vector<std::string> names;  // of all of them
};

// Reads a header: the cells of the columns that `find` knows, of which there
// are `columns`; those in `required` must be there. A bad header leaves nothing
// to go on with, so it throws Failure(kBadData); `name` is the input's.
using FindName = std::function<std::optional<size_t>(std::string_view name)>;
std::vector<std::optional<size_t>> ReadCsvNames(
    CsvReader* reader, const std::string& name, bool allow_extra_columns,
    const FindName& find, const std::vector<std::string_view>& required,
    size_t columns, size_t* width);

// The same for accounts.
CsvHeader ReadCsvHeader(CsvReader* reader, const std::string& name,
                        bool allow_extra_columns);

struct CsvRow {
  std::string id;  // also of a faulty row, if it was readable
  abi1::Account account;
  size_t line = 0;
  size_t column = 1;  // of the fault
  std::string fault;  // empty if the row is good
};

// Reads the next row; false at the end. `record` is scratch.
bool NextCsvRow(CsvReader* reader, const CsvHeader& header,
                std::vector<Cell>* record, CsvRow* row);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_CSV_ROWS_H_
