// Maps the cells of a record to columns by the names in the header, for
// profiles, events, edges and seeds.
#include "cli/read/csv_rows.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "cli/basics/decimal.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"

namespace influence::cli {
namespace {

void Blame(const Cell& cell, const std::string& reason, CsvRow* row) {
  row->line = cell.line;
  row->column = cell.column;
  row->fault = reason;
}

// Reads a record of the right width.
void ReadRecord(const CsvHeader& header, const std::vector<Cell>& record,
                CsvRow* row) {
  const Cell& id = record[*header.cells[kIdColumn]];
  if (id.text.empty()) return Blame(id, "id is empty", row);
  if (header.cells[kNetworkColumn].has_value()) {
    row->account.set_network(record[*header.cells[kNetworkColumn]].text);
  }
  for (size_t i = kFirstSignalColumn; i < kColumns; ++i) {
    if (!header.cells[i].has_value()) continue;
    const Cell& cell = record[*header.cells[i]];
    if (cell.text.empty()) continue;  // unknown
    std::string why;
    const std::optional<int64_t> micros = ParseMicros(cell.text, &why);
    if (!micros.has_value()) {
      return Blame(cell,
                   absl::StrCat(std::string(kColumnNames[i]), ": ",
                                Quoted(cell.text), " ", why),
                   row);
    }
    SetSignal(&row->account, i, *micros);
  }
}

}  // namespace

std::vector<std::optional<size_t>> ReadCsvNames(
    CsvReader* reader, const std::string& name, bool allow_extra_columns,
    const FindName& find, const std::vector<std::string_view>& required,
    size_t columns, size_t* width) {
  std::vector<std::optional<size_t>> cells(columns);
  std::vector<Cell> record;
  const auto refuse = [&name](size_t line, size_t column,
                              const std::string& reason) {
    throw Failure(kBadData,
                  absl::StrCat(name, ":", line, ":", column, ": ", reason));
  };
  const CsvReader::Outcome outcome = reader->Next(&record);
  if (outcome == CsvReader::Outcome::kEnd) {
    refuse(1, 1, "there is no header line");
  }
  if (outcome == CsvReader::Outcome::kFault) {
    const CsvReader::Fault& fault = reader->fault();
    refuse(fault.line, fault.column, fault.reason);
  }
  for (size_t i = 0; i < record.size(); ++i) {
    const Cell& cell = record[i];
    const std::optional<size_t> column = find(cell.text);
    if (!column.has_value()) {
      if (allow_extra_columns) continue;
      refuse(cell.line, cell.column,
             absl::StrCat("unknown column ", Quoted(cell.text),
                          "; --allow-extra ignores such columns"));
    }
    if (cells[*column].has_value()) {
      refuse(cell.line, cell.column,
             absl::StrCat("column ", Quoted(cell.text), " occurs twice"));
    }
    cells[*column] = i;
  }
  for (const std::string_view column : required) {
    if (cells[*find(column)].has_value()) continue;
    refuse(record[0].line, 1,
           absl::StrCat("there is no column '", std::string(column), "'"));
  }
  *width = record.size();
  return cells;
}

CsvHeader ReadCsvHeader(CsvReader* reader, const std::string& name,
                        bool allow_extra_columns) {
  CsvHeader header;
  CsvReader again = *reader;
  const auto cells =
      ReadCsvNames(reader, name, allow_extra_columns, FindColumn,
                   {kColumnNames[kIdColumn]}, kColumns, &header.width);
  std::copy(cells.begin(), cells.end(), header.cells.begin());
  std::vector<Cell> record;
  again.Next(&record);
  for (Cell& cell : record) header.names.push_back(std::move(cell.text));
  return header;
}

bool NextCsvRow(CsvReader* reader, const CsvHeader& header,
                std::vector<Cell>* record, CsvRow* row) {
  const CsvReader::Outcome outcome = reader->Next(record);
  if (outcome == CsvReader::Outcome::kEnd) return false;
  *row = CsvRow();
  // Known as far as the row could be read.
  const size_t id_cell = *header.cells[kIdColumn];
  if (id_cell < record->size()) row->id = (*record)[id_cell].text;
  if (outcome == CsvReader::Outcome::kFault) {
    const CsvReader::Fault& fault = reader->fault();
    row->line = fault.line;
    row->column = fault.column;
    row->fault = fault.reason;
    return true;
  }
  row->line = (*record)[0].line;
  if (record->size() != header.width) {
    row->fault = absl::StrCat("the row has ", record->size(),
                              " cells, the header has ", header.width);
  } else {
    ReadRecord(header, *record, row);
  }
  return true;
}

}  // namespace influence::cli
