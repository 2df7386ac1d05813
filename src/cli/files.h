// Files in, whole files out; "-" is the standard stream.
#ifndef INFLUENCE_CLI_FILES_H_
#define INFLUENCE_CLI_FILES_H_

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

// The most that ReadAll() takes: what is read whole is held several times over.
inline constexpr size_t kMostWholeBytes = size_t{1} << 30;

// What the file stands for if it is compressed. Throws Failure(kBadData) when
// there is no such file, or it cannot be read or is larger.
std::string ReadAll(const std::string& path);

// A file, read bit by bit.
class InputFile {
 public:
  // Throws Failure(kBadData), as Read() does.
  explicit InputFile(const std::string& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  // Reads at most that many bytes; 0 at the end.
  size_t Read(char* to, size_t size);

  // In bytes; 0 if it has none, as a pipe.
  size_t size() const { return size_; }

 private:
  [[noreturn]] void Fail() const;

  std::string path_;
  int descriptor_;
  size_t size_ = 0;
};

// From now on a signal that ends the command takes with it what an Output has
// begun and not finished.
void RemoveUnfinishedOnSignals();

// Where data goes. A named file appears only with Finish(), complete; until
// then it has another name beside it. What is no regular file (a device, a
// pipe) is written directly. Every failure to write throws Failure(kInternal),
// also one that shows only at the end (a full disk, a closed pipe).
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

#endif  // INFLUENCE_CLI_FILES_H_
