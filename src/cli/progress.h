// A bar on a terminal, for work that takes long enough to wonder about.
#ifndef INFLUENCE_CLI_PROGRESS_H_
#define INFLUENCE_CLI_PROGRESS_H_

#include <chrono>
#include <cstddef>

namespace influence::cli {

// Writes to stderr, only if that is a terminal and only after half a second;
// leaves nothing behind. Uses no colour.
class Progress {
 public:
  explicit Progress(size_t total);
  ~Progress();
  void Update(size_t done);

 private:
  using Clock = std::chrono::steady_clock;
  size_t total_;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point start_;
  Clock::time_point next_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_PROGRESS_H_
