#include "cli/files.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/failure.h"

namespace influence::cli {

std::string ReadAll(const std::string& path) {
  const bool is_stdin = path == "-";
  std::FILE* file = is_stdin ? stdin : std::fopen(path.c_str(), "rb");
  const auto refuse = [&path] {
    throw Failure(kBadData, path + ": " + std::strerror(errno));
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
  temporary_ = path_ + ".part" + std::to_string(getpid());
  file_ = std::fopen(temporary_.c_str(), "wbx");
  if (file_ == nullptr) Fail();
}

Output::~Output() {
  if (temporary_.empty()) return;
  if (file_ != nullptr) std::fclose(file_);
  std::remove(temporary_.c_str());  // not finished; gone already if it was
}

void Output::Fail() const {
  throw Failure(kInternal, path_ + ": " + std::strerror(errno));
}

void Output::Write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) Fail();
}

void Output::Finish() {
  if (std::fflush(file_) != 0) Fail();
  if (temporary_.empty()) return;
  std::FILE* file = file_;
  file_ = nullptr;
  if (std::fclose(file) != 0) Fail();
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) Fail();
}

}  // namespace influence::cli
