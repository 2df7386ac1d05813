// Writes a file under another name and renames it when it is complete; a signal
// in between removes what was begun.
#include "cli/write/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "cli/basics/failure.h"
#include "text/escape.h"

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

namespace {

// The names of unfinished files, for the handler; as many as there are outputs.
std::atomic<const char*> unfinished[2];
static_assert(std::atomic<const char*>::is_always_lock_free);

constexpr int kEndingSignals[] = {SIGHUP, SIGINT, SIGTERM};

extern "C" void RemoveUnfinished(int signal_number) {
  for (auto& name : unfinished) {
    if (name != nullptr) unlink(name);
  }
  (void)raise(signal_number);  // which is not handled again
}

// Between a file's being there and its name's being known, or the reverse, no
// signal comes.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : kEndingSignals) sigaddset(&signals, number);
    sigprocmask(SIG_BLOCK, &signals, &before_);
  }
  ~SignalsWait() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;

 private:
  sigset_t before_;
};

void Exchange(const char* from, const char* to) {
  for (auto& name : unfinished) {
    if (name != from) continue;
    name = to;
    return;
  }
}

}  // namespace

void RemoveUnfinishedOnSignals() {
  for (const int number : kEndingSignals) {
    struct sigaction action = {};
    if (sigaction(number, nullptr, &action) != 0 ||
        action.sa_handler == SIG_IGN) {  // as under nohup
      continue;
    }
    action.sa_handler = RemoveUnfinished;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(number, &action, nullptr);
  }
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
  temporary_ = path_ + ".part" + std::to_string(getpid());
  {
    const SignalsWait wait;
    file_ = std::fopen(temporary_.c_str(), "wbx");
    if (file_ != nullptr) Exchange(nullptr, temporary_.c_str());
  }
  if (file_ == nullptr) Fail();
  if (exists) (void)fchmod(fileno(file_), status.st_mode & 07777);
}

Output::~Output() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
  if (temporary_.empty()) return;
  const SignalsWait wait;
  if (!finished_) std::remove(temporary_.c_str());
  Exchange(temporary_.c_str(), nullptr);
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
  const SignalsWait wait;
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) Fail();
  finished_ = true;
  Exchange(temporary_.c_str(), nullptr);
}

}  // namespace influence::cli
