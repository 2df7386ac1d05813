// The one grammar of CSV here, byte by byte, with the line and column of every
// fault. The fast paths accept a subset of it and hand it every other row.
#include "cli/read/csv_reader.h"

#include "base/utf8.h"

namespace influence::cli {

CsvReader::CsvReader(std::string_view text, size_t first_line)
    : text_(text), line_(first_line) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (first_line == 1 &&
      text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    at_ = line_start_ = kByteOrderMark.size();
  }
}

bool CsvReader::AtLineEnd() const {
  return at_ == text_.size() || text_[at_] == '\n' ||
         text_.substr(at_, 2) == "\r\n";
}

void CsvReader::SkipLineEnd() {
  if (at_ == text_.size()) return;
  at_ += text_[at_] == '\r' ? 2 : 1;
  ++line_;
  line_start_ = at_;
}

// One byte on, inside quotes, where line breaks are text.
void CsvReader::Advance() {
  if (text_[at_++] == '\n') {
    ++line_;
    line_start_ = at_;
  }
}

bool CsvReader::Fail(const std::string& reason) {
  fault_ = {line_, at_ - line_start_ + 1, reason, false};
  return false;
}

// After a fault: go on at the line after the one the record began on, so that
// one stray quote costs one row.
void CsvReader::Resync(size_t start, size_t start_line) {
  at_ = start;
  line_ = start_line;
  line_start_ = start;
  while (at_ < text_.size() && text_[at_] != '\n') ++at_;
  raw_ = text_.substr(start, at_ - start);
  if (!raw_.empty() && raw_.back() == '\r') raw_.remove_suffix(1);
  SkipLineEnd();
}

bool CsvReader::ReadQuoted(Cell* cell) {
  ++at_;
  for (;;) {
    if (at_ == text_.size()) {
      fault_ = {cell->line, cell->column, "this quote is never closed", true};
      return false;
    }
    if (text_[at_] != '"') {
      if (text_[at_] == '\0') return Fail("a NUL byte");
      cell->text += text_[at_];
      Advance();
    } else if (text_.substr(at_, 2) == "\"\"") {
      cell->text += '"';
      at_ += 2;
    } else {
      ++at_;
      if (AtLineEnd() || text_[at_] == ',') return true;
      return Fail("text after a closing quote");
    }
  }
}

bool CsvReader::ReadCell(Cell* cell) {
  cell->text.clear();
  cell->line = line_;
  cell->column = at_ - line_start_ + 1;
  if (at_ < text_.size() && text_[at_] == '"') return ReadQuoted(cell);
  for (; !AtLineEnd() && text_[at_] != ','; ++at_) {
    if (text_[at_] == '"') return Fail("a quote inside an unquoted cell");
    if (text_[at_] == '\r') return Fail("a carriage return without line feed");
    if (text_[at_] == '\0') return Fail("a NUL byte");
    cell->text += text_[at_];
  }
  return true;
}

// Whether what was read from `begin` on, the whole of `cell`, is UTF-8.
bool CsvReader::IsUtf8(const Cell& cell, size_t begin) {
  const std::string_view raw = text_.substr(begin, at_ - begin);
  const size_t bad = FirstInvalid(raw);
  if (bad == raw.size()) return true;
  fault_ = {cell.line, cell.column, "bytes that are not UTF-8", false};
  for (size_t i = 0; i < bad; ++i) {
    ++fault_.column;
    if (raw[i] == '\n') {
      ++fault_.line;
      fault_.column = 1;
    }
  }
  return false;
}

void CsvReader::SkipEmptyLines() {
  while (at_ < text_.size() && AtLineEnd()) SkipLineEnd();
}

CsvReader::Outcome CsvReader::Next(std::vector<Cell>* record) {
  SkipEmptyLines();
  if (at_ == text_.size()) return Outcome::kEnd;
  const size_t start = at_;
  const size_t start_line = line_;
  for (size_t n = 0;; ++n) {
    if (record->size() <= n) record->emplace_back();
    const size_t begin = at_;
    Cell* cell = &(*record)[n];
    if (!ReadCell(cell) || !IsUtf8(*cell, begin)) {
      record->resize(n);
      Resync(start, start_line);
      return Outcome::kFault;
    }
    if (AtLineEnd()) {
      record->resize(n + 1);
      raw_ = text_.substr(start, at_ - start);
      SkipLineEnd();
      return Outcome::kRecord;
    }
    ++at_;  // the comma
  }
}

}  // namespace influence::cli
