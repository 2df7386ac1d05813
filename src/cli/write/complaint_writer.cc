#include "cli/write/complaint_writer.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "absl/strings/str_cat.h"
#include "text/escape.h"

namespace influence::cli {

ComplaintWriter::ComplaintWriter(const std::string& name, Output* output,
                                 bool has_heading)
    : name_(CsvCell(name)), output_(output) {
  if (!has_heading) output_->Write("file,line,column,reason,row\n");
}

void ComplaintWriter::Write(const Complaint& c) {
  const std::string place =
      c.line == 0 ? "," : absl::StrCat(c.line, ",", c.column);
  output_->Write(absl::StrCat(name_, ",", place, ",", CsvCell(c.reason), ",",
                              CsvCell(c.raw), "\n"));
  ++rows_;
}

void ComplaintWriter::Write(std::vector<Complaint> complaints) {
  std::stable_sort(
      complaints.begin(), complaints.end(),
      [](const Complaint& a, const Complaint& b) { return a.line < b.line; });
  for (const Complaint& complaint : complaints) Write(complaint);
}

void TellLeftOut(size_t rows, const std::string& file) {
  if (rows == 0) return;
  std::fprintf(stderr, "influence: %zu %s left out; see %s\n", rows,
               rows == 1 ? "row was" : "rows were", Printable(file).c_str());
}

}  // namespace influence::cli
