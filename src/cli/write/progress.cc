// Draws the bar on stderr, at most ten times a second, and removes it before
// anything else is printed there.
#include "cli/write/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace influence::cli {
namespace {

// "2 h 05 min", "12 min 05 s" or "9 s".
std::string Duration(double seconds) {
  const auto whole = static_cast<unsigned long>(seconds);
  char text[64];
  if (whole >= 3600) {
    std::snprintf(text, sizeof text, "%lu h %02lu min", whole / 3600,
                  whole / 60 % 60);
  } else if (whole >= 60) {
    std::snprintf(text, sizeof text, "%lu min %02lu s", whole / 60, whole % 60);
  } else {
    std::snprintf(text, sizeof text, "%lu s", whole);
  }
  return text;
}

}  // namespace

Progress::Progress(size_t total, bool rows_to_terminal, const char* counted)
    : total_(total),
      terminal_(!rows_to_terminal && isatty(STDERR_FILENO) != 0),
      counted_(counted),
      start_(Clock::now()),
      next_(start_ + std::chrono::milliseconds(500)) {}

Progress::~Progress() { Clear(); }

void Progress::Clear() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

void Progress::Update(size_t done, size_t count) {
  if (!terminal_ || done == 0) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::string bar;
  std::string left;
  if (total_ > 0) {
    // A file may have grown since it was opened.
    const double part =
        std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
    constexpr size_t kWidth = 30;
    const auto filled = static_cast<size_t>(part * kWidth);
    bar = "[" + std::string(filled, '#') + std::string(kWidth - filled, '.') +
          "] " + std::to_string(static_cast<int>(part * 100)) + " %, ";
    left = ", " + Duration(seconds / part - seconds) + " left";
  }
  std::fprintf(stderr, "\r%s%zu %s, %.0f a second%s\x1b[K", bar.c_str(), count,
               counted_, static_cast<double>(count) / seconds, left.c_str());
}

}  // namespace influence::cli
