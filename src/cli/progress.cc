#include "cli/progress.h"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace influence::cli {

Progress::Progress(size_t total, bool rows_to_terminal)
    : total_(total),
      terminal_(!rows_to_terminal && isatty(STDERR_FILENO) != 0),
      start_(Clock::now()),
      next_(start_ + std::chrono::milliseconds(500)) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void Progress::Update(size_t done) {
  const Clock::time_point now = Clock::now();
  if (!terminal_ || now < next_ || done == 0 || total_ == 0) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  constexpr size_t kWidth = 30;
  const size_t filled = done * kWidth / total_;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done) / seconds;
  const std::string bar =
      std::string(filled, '#') + std::string(kWidth - filled, '.');
  std::fprintf(stderr, "\r[%s] %zu of %zu, %.0f a second, %.0f s left\x1b[K",
               bar.c_str(), done, total_, rate,
               static_cast<double>(total_ - done) / rate);
}

}  // namespace influence::cli
