// The file of --errors: nothing is lost, every row that was left out is in it
// with its place and its reason.
#ifndef INFLUENCE_CLI_COMPLAINT_WRITER_H_
#define INFLUENCE_CLI_COMPLAINT_WRITER_H_

#include <cstddef>
#include <string>

#include "cli/files.h"
#include "cli/population.h"

namespace influence::cli {

class ComplaintWriter {
 public:
  // `name` is the input's. The heading is written unless the file has it.
  ComplaintWriter(const std::string& name, Output* output,
                  bool has_heading = false);

  void Write(const Complaint& complaint);
  // A population's complaints, by their lines.
  void Write(const Population& population);

  size_t rows() const { return rows_; }

 private:
  std::string name_;
  Output* output_;
  size_t rows_ = 0;
};

// Says on stderr how many rows are in that file, if any.
void TellLeftOut(size_t rows, const std::string& file);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_COMPLAINT_WRITER_H_
