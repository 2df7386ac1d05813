#include "cli/files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "cli/failure.h"
#include "cli/text.h"

namespace influence::cli {

std::string NameOf(const std::string& path) {
  return path == "-" ? "standard input" : Printable(path);
}

bool SameFile(const std::string& a, const std::string& b) {
  namespace fs = std::filesystem;
  const auto resolve = [](const std::string& path) {
    std::error_code error;
    if (path.empty() || path == "-") return fs::path();
    if (fs::exists(path, error) && !fs::is_regular_file(path, error)) {
      return fs::path();
    }
    return fs::weakly_canonical(fs::absolute(path, error), error);
  };
  const fs::path file = resolve(a);
  return !file.empty() && file == resolve(b);
}

std::string ReadAll(const std::string& path) {
  const bool is_stdin = path == "-";
  std::FILE* file = is_stdin ? stdin : std::fopen(path.c_str(), "rb");
  const auto refuse = [&path] {
    throw Failure(kBadData, NameOf(path) + ": " + std::strerror(errno));
  };
  if (file == nullptr) refuse();
  std::string text;
  char buffer[1 << 16];
  size_t size;
  while ((size = std::fread(buffer, 1, sizeof buffer, file)) > 0) {
    text.append(buffer, size);
  }
  const bool failed = std::ferror(file) != 0;  // a folder, for one
  if (!is_stdin) std::fclose(file);
  if (failed) refuse();
  return text;
}

Output::Output(const std::string& path) : path_(path), file_(stdout) {
  if (path_.empty() || path_ == "-") {
    path_ = "standard output";
    return;
  }
  struct stat status = {};
  const bool exists = stat(path_.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    file_ = std::fopen(path_.c_str(), "wb");
    if (file_ == nullptr) Fail();
    return;
  }
  if (exists) {  // what a symbolic link points to is replaced, not the link
    char* real = realpath(path_.c_str(), nullptr);
    if (real != nullptr) path_ = real;
    std::free(real);
  }
  const std::string name = path_ + ".part" + std::to_string(getpid());
  file_ = std::fopen(name.c_str(), "wbx");
  if (file_ == nullptr) Fail();
  temporary_ = name;
  if (exists) (void)fchmod(fileno(file_), status.st_mode & 07777);
}

Output::~Output() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
  // Not finished; if it was, the name is gone already.
  if (!temporary_.empty()) std::remove(temporary_.c_str());
}

bool Output::is_terminal() const {
  return file_ == stdout && isatty(STDOUT_FILENO) != 0;
}

void Output::Fail() const {
  throw Failure(kInternal, Printable(path_) + ": " + std::strerror(errno));
}

void Output::Write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) Fail();
}

void Output::Finish() {
  if (std::fflush(file_) != 0) Fail();
  if (file_ == stdout) return;
  std::FILE* file = file_;
  file_ = nullptr;
  if (std::fclose(file) != 0) Fail();
  if (temporary_.empty()) return;
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) Fail();
}

}  // namespace influence::cli
