// CSV as RFC 4180 has it: quotes, doubled quotes, line breaks inside quotes,
// LF or CRLF, a byte order mark and a last line without an end. UTF-8 only.
#ifndef INFLUENCE_CLI_READ_CSV_READER_H_
#define INFLUENCE_CLI_READ_CSV_READER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace influence::cli {

struct Cell {
  std::string text;
  size_t line = 0;    // where it begins, from 1
  size_t column = 0;  // in bytes, from 1
};

class CsvReader {
 public:
  // `text` must outlive the reader. Its first line is called `first_line`; only
  // before line 1 is there a byte order mark.
  explicit CsvReader(std::string_view text, size_t first_line = 1);

  enum class Outcome { kRecord, kFault, kEnd };

  // Reads the next record; lines that are empty are skipped. After kFault,
  // fault() says where and why, `record` holds the cells before it, and
  // reading goes on at the line after the one on which the record began.
  Outcome Next(std::vector<Cell>* record);

  // Goes to where the next record begins, or the text ends.
  void SkipEmptyLines();

  // As the record (or, after a fault, its first line) stands in the text,
  // without its line end.
  std::string_view raw() const { return raw_; }

  // How many bytes of the text have been read, and the line they end on.
  size_t position() const { return at_; }
  size_t line() const { return line_; }

  struct Fault {
    size_t line = 0;
    size_t column = 0;
    std::string reason;
    bool is_open_quote = false;  // more text might have closed it
  };
  const Fault& fault() const { return fault_; }

 private:
  bool ReadCell(Cell* cell);
  bool ReadQuoted(Cell* cell);
  bool IsUtf8(const Cell& cell, size_t begin);
  bool AtLineEnd() const;
  void SkipLineEnd();
  void Advance();
  bool Fail(const std::string& reason);
  void Resync(size_t start, size_t start_line);

  std::string_view text_;
  size_t at_ = 0;
  size_t line_;
  size_t line_start_ = 0;
  std::string_view raw_;
  Fault fault_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_CSV_READER_H_
