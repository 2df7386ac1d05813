// CSV and JSONL as batches of columns, in memory that does not grow with the
// input. The careful readers judge every row that the fast parsers do not
// accept, so that the two cannot disagree.
#ifndef INFLUENCE_CLI_READ_PEOPLE_ROW_STREAM_H_
#define INFLUENCE_CLI_READ_PEOPLE_ROW_STREAM_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/client/row_batch.h"
#include "cli/read/csv_rows.h"
#include "cli/read/people/people_file.h"
#include "cli/read/people/row_parsers.h"

namespace influence::cli {

class RowStream {
 public:
  // Reads at most that many bytes; 0 at the end. May throw Failure.
  using Read = std::function<size_t(char*, size_t)>;

  struct Options {
    Population::Options population;
    size_t block_bytes = size_t{1} << 20;  // read at a time, if rows are short
    // The most that the rows of one person, or a quoted cell, may take. A
    // longer line is a Failure; of more rows, the rest is another person's.
    size_t most_bytes = size_t{32} << 20;
  };

  RowStream(Read read, const Options& options);
  RowStream(RowStream&&) = default;
  ~RowStream();

  // The next rows; false at the end. Throws Failure(kBadData) for a bad header
  // or an endless line; a bad row is set aside.
  bool Next(RowBatch* batch);

  // How to read, carefully, the people set aside from `first` to before `last`
  // of a batch; `text` is what to read them from.
  Population::Options Careful(const RowBatch& batch, size_t first, size_t last,
                              std::string_view* text) const;

  // The last person of the batch, if they have more rows than a person may;
  // their rows in the next batch come first and are set aside.
  const std::string& condemned() const { return condemned_; }

  // The names in a CSV file's header, once Next() has returned.
  const std::vector<std::string>& column_names() const { return header_.names; }

  // The place after the parsed text.
  size_t bytes_done() const { return bytes_read_ - carried_.size(); }

 private:
  static void Reserve(size_t size, RowBatch* batch);
  bool Fill(size_t most, RowBatch* batch);
  bool Begin(std::string_view text, bool is_final, RowBatch::Place* from);

  Read read_;
  Options options_;
  std::unique_ptr<RowParser> parser_;
  CsvHeader header_;
  std::string condemned_;
  std::string carried_;  // text that was read and not parsed
  size_t filled_ = 0;    // of the batch's buffer
  size_t line_ = 1;
  size_t bytes_read_ = 0;
  bool ended_ = false;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_PEOPLE_ROW_STREAM_H_
