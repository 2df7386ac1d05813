// Population from CSV.
#include "absl/strings/str_cat.h"
#include "cli/csv_reader.h"
#include "cli/decimal.h"
#include "cli/failure.h"
#include "cli/population.h"
#include "cli/text.h"

namespace influence::cli {

// A bad header leaves nothing to go on with, so it always throws.
void Population::ReadCsvHeader(CsvReader* reader, size_t* width) {
  std::vector<Cell> header;
  const auto refuse = [this](size_t line, size_t column,
                             const std::string& reason) {
    throw Failure(kBadData, Describe({line, column, reason, ""}));
  };
  const CsvReader::Outcome outcome = reader->Next(&header);
  if (outcome == CsvReader::Outcome::kEnd) {
    refuse(1, 1, "there is no header line");
  }
  if (outcome == CsvReader::Outcome::kFault) {
    const CsvReader::Fault& fault = reader->fault();
    refuse(fault.line, fault.column, fault.reason);
  }
  for (size_t i = 0; i < header.size(); ++i) {
    const Cell& cell = header[i];
    const std::optional<size_t> column = FindColumn(cell.text);
    if (!column.has_value()) {
      if (options_.allow_extra_columns) continue;
      refuse(cell.line, cell.column,
             absl::StrCat("unknown column ", Quoted(cell.text),
                          "; --allow-extra ignores such columns"));
    }
    if (cells_[*column].has_value()) {
      refuse(cell.line, cell.column,
             absl::StrCat("column ", Quoted(cell.text), " occurs twice"));
    }
    cells_[*column] = i;
  }
  if (!cells_[kIdColumn].has_value()) {
    refuse(header[0].line, 1, "there is no column 'id'");
  }
  *width = header.size();
}

// Reads a record of the right width; false sets what is wrong with it.
bool Population::ReadCsvRow(const std::vector<Cell>& record,
                            wire::Account* account,
                            Complaint* complaint) const {
  const auto fault = [complaint](const Cell& cell, const std::string& reason) {
    complaint->line = cell.line;
    complaint->column = cell.column;
    complaint->reason = reason;
    return false;
  };
  const Cell& id = record[*cells_[kIdColumn]];
  if (id.text.empty()) return fault(id, "id is empty");
  if (cells_[kNetworkColumn].has_value()) {
    account->set_network(record[*cells_[kNetworkColumn]].text);
  }
  for (size_t i = kFirstSignalColumn; i < kColumns; ++i) {
    if (!cells_[i].has_value()) continue;
    const Cell& cell = record[*cells_[i]];
    if (cell.text.empty()) continue;  // unknown
    std::string why;
    const std::optional<int64_t> micros = ParseMicros(cell.text, &why);
    if (!micros.has_value()) {
      return fault(cell, absl::StrCat(std::string(kColumnNames[i]), ": ",
                                      Quoted(cell.text), " ", why));
    }
    SetSignal(account, i, *micros);
  }
  return true;
}

void Population::ReadCsv(std::string_view text) {
  CsvReader reader(text);
  size_t width = 0;
  ReadCsvHeader(&reader, &width);
  const size_t id_cell = *cells_[kIdColumn];
  std::vector<Cell> record;
  for (;;) {
    const CsvReader::Outcome outcome = reader.Next(&record);
    if (outcome == CsvReader::Outcome::kEnd) return;
    // Known as far as the row could be read.
    const std::string id = id_cell < record.size() ? record[id_cell].text : "";
    Complaint complaint;
    if (outcome == CsvReader::Outcome::kFault) {
      const CsvReader::Fault& fault = reader.fault();
      complaint = {fault.line, fault.column, fault.reason, ""};
    } else if (record.size() != width) {
      complaint = {record[0].line, 1,
                   absl::StrCat("the row has ", record.size(),
                                " cells, the header has ", width),
                   ""};
    } else {
      wire::Account account;
      if (ReadCsvRow(record, &account, &complaint)) {
        Add(id, account, {record[0].line, reader.raw()});
        continue;
      }
    }
    complaint.raw = std::string(reader.raw());
    Complain(complaint, id);
  }
}

}  // namespace influence::cli
