// Population from CSV.
#include "cli/read/csv_reader.h"
#include "cli/read/csv_rows.h"
#include "cli/read/people/people_file.h"

namespace influence::cli {

void Population::ReadCsv(std::string_view text) {
  CsvReader reader(text, options_.first_line);
  if (options_.header != nullptr) {
    header_ = *options_.header;
  } else {
    header_ =
        ReadCsvHeader(&reader, options_.name, options_.allow_extra_columns);
  }
  std::vector<Cell> record;
  CsvRow row;
  for (;;) {
    reader.SkipEmptyLines();
    if (reader.position() >= options_.size ||
        !NextCsvRow(&reader, header_, &record, &row)) {
      return;
    }
    if (!row.id.empty()) Follow(row.id, row.line);
    if (row.fault.empty()) {
      Add(row.id, row.account, {row.line, reader.raw()});
    } else {
      Complain({row.line, row.column, row.fault, std::string(reader.raw())},
               row.id);
    }
  }
}

}  // namespace influence::cli
