// Whole files out; "-" is the standard stream.
#ifndef INFLUENCE_CLI_WRITE_OUTPUT_FILE_H_
#define INFLUENCE_CLI_WRITE_OUTPUT_FILE_H_

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace influence::cli {

// The name of a file in messages; printable, whatever it is called.
std::string NameOf(const std::string& path);

// Whether two paths lead to one regular file, there or yet to be made. False
// for the standard streams and for devices.
bool SameFile(const std::string& a, const std::string& b);

// From now on a signal that ends the command takes with it what an Output has
// begun and not finished.
void RemoveUnfinishedOnSignals();

// A destination of data. A named file appears only with Finish(), complete;
// until then it has another name beside it. A device or a pipe is written
// directly. Every failure to write throws Failure(kInternal), also one that
// shows only at the end (a full disk, a closed pipe).
class Output {
 public:
  explicit Output(const std::string& path);  // "" and "-": standard output
  ~Output();
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Whether it is standard output, and that a terminal.
  bool is_terminal() const;

  void Write(std::string_view text);
  void Finish();

 private:
  [[noreturn]] void Fail() const;

  std::string path_;
  std::string temporary_;
  std::FILE* file_;
  bool finished_ = false;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_WRITE_OUTPUT_FILE_H_
