// The file of --errors: nothing is lost, every row that was left out is in it
// with its place and its reason.
#ifndef INFLUENCE_CLI_WRITE_COMPLAINT_WRITER_H_
#define INFLUENCE_CLI_WRITE_COMPLAINT_WRITER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "cli/write/output_file.h"

namespace influence::cli {

// Something wrong at one place of the input.
struct Complaint {
  size_t line = 0;  // 0: there are no lines, as in protobuf input
  size_t column = 0;
  std::string reason;
  std::string raw;
  bool is_nobodys = false;  // it cannot be said whose row it is
};

class ComplaintWriter {
 public:
  // `name` is the input's. The heading is written unless the file has it.
  ComplaintWriter(const std::string& name, Output* output,
                  bool has_heading = false);

  void Write(const Complaint& complaint);
  // Writes them in the order of their lines.
  void Write(std::vector<Complaint> complaints);

  size_t rows() const { return rows_; }

 private:
  std::string name_;
  Output* output_;
  size_t rows_ = 0;
};

// Says on stderr how many rows are in that file, if any.
void TellLeftOut(size_t rows, const std::string& file);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_WRITE_COMPLAINT_WRITER_H_
