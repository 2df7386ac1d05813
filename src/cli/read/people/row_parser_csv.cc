// Rows of CSV that are plainly good, eight bytes at a time, straight into
// columns. CsvReader is the one grammar: this parser accepts a subset of it,
// hands it every other row, and a fuzzer holds the two to the same rows. Two
// remain because of speed: bench/reader_bench, medians of three on one core
// (CPU time, a shared machine), reads 6.6 million people a second here and 1.3
// million by the careful reader alone, five times slower than this, and slower
// than scoring.
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "cli/basics/decimal.h"
#include "cli/read/people/row_parsers.h"
#include "cli/read/swar.h"
#include "influence/influence.h"

namespace influence::cli {

bool IsIdSize(size_t size) { return size <= INFLUENCE_MAX_ID_BYTES; }
bool IsNetworkSize(size_t size) { return size <= INFLUENCE_MAX_NETWORK_BYTES; }

void AddCarefully(const std::string& id, const abi1::Account& account,
                  bool is_good, RowBatch::Place place, RowBatch* batch) {
  if (!is_good || !IsIdSize(id.size()) ||
      !IsNetworkSize(account.network().size())) {
    batch->SetAside(id, place.text, place.line);
    return;
  }
  for (size_t i = 0; i < kSignals; ++i) {
    const auto micros = GetSignal(account, kFirstSignalColumn + i);
    if (micros.has_value()) batch->Set(i, *micros);
  }
  batch->Add(id, place.text, place.line);
}

namespace {

class CsvParser : public RowParser {
 public:
  explicit CsvParser(const CsvHeader& header)
      : header_(header), columns_(header.width, kColumns) {
    for (size_t i = 0; i < kColumns; ++i) {
      if (header.cells[i].has_value()) columns_[*header.cells[i]] = i;
    }
  }

  RowBatch::Place Parse(RowBatch::Place from, bool is_final,
                        RowBatch* batch) override {
    const std::string_view text = batch->text();
    begin_ = text.data();
    end_ = begin_ + text.size();
    batch_ = batch;
    const std::string_view rest = text.substr(from.text);
    const bool is_utf8 = FirstInvalid(rest) == rest.size();
    const char* at = begin_ + from.text;
    size_t line = from.line;
    while (at < end_ && !batch->full()) {
      if (IsLineEnd(at)) {
        at += *at == '\r' ? 2 : 1;
        ++line;
        continue;
      }
      const RowBatch::Place place = {static_cast<size_t>(at - begin_), line};
      lines_ = 1;
      const char* next = ReadRow(at);
      if (next != nullptr && (is_utf8 || IsUtf8(at, next))) {
        if (is_known_size_) {
          batch->Add(id_, place.text, place.line);
        } else {
          batch->SetAside(id_, place.text, place.line);
        }
        at = std::min(next, end_);
        line += lines_;
        continue;
      }
      batch->Forget();
      CsvReader reader({at, static_cast<size_t>(end_ - at)}, line);
      NextCsvRow(&reader, header_, &record_, &row_);
      if (reader.fault().is_open_quote && !is_final) return place;
      AddCarefully(row_.id, row_.account, row_.fault.empty(), place, batch);
      at += reader.position();
      line = reader.line();
    }
    return {static_cast<size_t>(at - begin_), line};
  }

 private:
  static bool IsUtf8(const char* begin, const char* end) {
    const std::string_view text(begin, static_cast<size_t>(end - begin));
    return FirstInvalid(text) == text.size();
  }

  // The line feed past an input that lacks its last does not make a carriage
  // return before it the end of a line.
  bool IsLineEnd(const char* at) const {
    return *at == '\n' || (*at == '\r' && at[1] == '\n' && at + 1 < end_);
  }
  bool IsCellEnd(const char* at) const { return *at == ',' || IsLineEnd(at); }

  // Reads a row and returns where the next begins; NULL if it is not plainly
  // good, with any of its signals set.
  const char* ReadRow(const char* at) {
    is_known_size_ = true;
    for (size_t i = 0; i < columns_.size(); ++i) {
      const size_t column = columns_[i];
      if (column >= kFirstSignalColumn && column < kColumns) {
        at = ReadSignal(at, column);
      } else {
        std::string_view cell;
        at = ReadText(at, column == kIdColumn ? &id_text_ : &text_, &cell);
        if (column == kIdColumn) {
          id_ = cell;
          if (cell.empty()) return nullptr;
          is_known_size_ &= IsIdSize(cell.size());
        } else if (column == kNetworkColumn) {
          is_known_size_ &= IsNetworkSize(cell.size());
        }
      }
      if (at == nullptr) return nullptr;
      if (i + 1 < columns_.size() && *at++ != ',') return nullptr;
    }
    if (*at == '\r') ++at;  // before a line feed, or it were no cell's end
    return *at == '\n' ? at + 1 : nullptr;
  }

  // Both return the end of the cell, or NULL.
  const char* ReadSignal(const char* at, size_t column) {
    if (IsCellEnd(at)) return at;  // unknown
    int64_t micros = 0;
    const char* end = ScanMicros(at, &micros);
    if (end == nullptr || !IsCellEnd(end)) {
      std::string_view cell;
      end = ReadText(at, &text_, &cell);
      if (end == nullptr) return nullptr;
      if (cell.empty()) return end;
      std::string why;
      const std::optional<int64_t> read = ParseMicros(cell, &why);
      if (!read.has_value()) return nullptr;
      micros = *read;
    }
    batch_->Set(column - kFirstSignalColumn, micros);
    return end;
  }

  const char* ReadText(const char* at, std::string* unquoted,
                       std::string_view* cell) {
    if (*at == '"') return ReadQuoted(at + 1, unquoted, cell);
    const char* begin = at;
    for (;;) {
      // Every byte that ends or spoils a cell is no greater than the comma.
      const uint64_t found = Below(Load8(at), ',' + 1);
      at += FirstByte(found);
      if (found == 0) continue;
      if (IsCellEnd(at)) break;
      if (*at == '"' || *at == '\r' || *at == '\0') return nullptr;
      ++at;
    }
    *cell = {begin, static_cast<size_t>(at - begin)};
    return at;
  }

  const char* ReadQuoted(const char* at, std::string* unquoted,
                         std::string_view* cell) {
    unquoted->clear();
    bool has_quotes = false;
    for (const char* begin = at;; at += 2) {
      const auto size = static_cast<size_t>(end_ - at);
      at = static_cast<const char*>(std::memchr(at, '"', size));
      if (at == nullptr) return nullptr;
      *cell = {begin, static_cast<size_t>(at - begin)};
      const bool is_quote = at[1] == '"' && at + 1 < end_;
      if (is_quote || has_quotes) {
        unquoted->append(begin, cell->size());
        if (is_quote) *unquoted += '"';
        has_quotes = true;
        begin = at + 2;
      }
      if (!is_quote) break;
    }
    if (has_quotes) *cell = *unquoted;
    if (cell->find('\0') != std::string_view::npos) return nullptr;
    lines_ += static_cast<size_t>(std::count(cell->begin(), cell->end(), '\n'));
    return IsCellEnd(at + 1) ? at + 1 : nullptr;
  }

  CsvHeader header_;
  std::vector<size_t> columns_;  // of each cell; kColumns: none
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  RowBatch* batch_ = nullptr;
  // State of the row that is being read.
  std::string_view id_;
  bool is_known_size_ = true;  // id and network are no longer than may be
  size_t lines_ = 1;
  std::string id_text_;
  std::string text_;
  std::vector<Cell> record_;
  CsvRow row_;
};

}  // namespace

std::unique_ptr<RowParser> NewCsvParser(const CsvHeader& header) {
  return std::make_unique<CsvParser>(header);
}

}  // namespace influence::cli
