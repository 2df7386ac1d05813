// A bar on a terminal, for work that takes long enough to wonder about.
#ifndef INFLUENCE_CLI_WRITE_PROGRESS_H_
#define INFLUENCE_CLI_WRITE_PROGRESS_H_

#include <chrono>
#include <cstddef>

namespace influence::cli {

// Writes to stderr, only if that is a terminal, only after half a second, and
// not into rows that go to the same terminal; leaves nothing behind. Has no
// colour, with NO_COLOR or without.
class Progress {
 public:
  // `total` is what there is to do, in whatever unit; 0 if nobody knows.
  // `counted` names the things that are counted, in the plural.
  Progress(size_t total, bool rows_to_terminal, const char* counted = "people");
  ~Progress();
  void Update(size_t done, size_t count);
  // Takes the bar away, until the next update.
  void Clear();

 private:
  using Clock = std::chrono::steady_clock;
  size_t total_;
  bool terminal_;
  const char* counted_;
  bool shown_ = false;
  Clock::time_point start_;
  Clock::time_point next_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_WRITE_PROGRESS_H_
