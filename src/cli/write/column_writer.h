// The rows that NewWriter() gives for csv and jsonl, byte for byte, from
// columns.
#ifndef INFLUENCE_CLI_WRITE_COLUMN_WRITER_H_
#define INFLUENCE_CLI_WRITE_COLUMN_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/write/output_file.h"
#include "influence/abi1/influence.pb.h"

namespace influence::cli {

class ColumnWriter {
 public:
  ColumnWriter(bool is_jsonl, const abi1::AlgorithmDescription& algorithm,
               Output* output);

  // The row of someone whose numbers are in those columns.
  void Row(std::string_view id, const std::vector<const int64_t*>& columns,
           size_t row);
  // A row that is text already.
  void Text(std::string_view text);
  // To the output, now; otherwise when there is much.
  void Flush();

 private:
  char* Reserve(size_t bytes);

  Output* output_;
  bool is_jsonl_;
  std::vector<std::string> before_;  // what stands before each number
  size_t row_bytes_ = 0;             // the most of a row without its id
  std::vector<char> buffer_;
  size_t size_ = 0;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_WRITE_COLUMN_WRITER_H_
