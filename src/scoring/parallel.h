// Splits rows among threads. The split changes no byte of any result.
#ifndef INFLUENCE_SCORING_PARALLEL_H_
#define INFLUENCE_SCORING_PARALLEL_H_

#include <cstddef>
#include <functional>
#include <memory>

namespace influence {

// Returns the number of parts for RunParts(): at most `threads`, at least 1,
// and none of them tiny.
size_t PartsFor(size_t rows, size_t threads);

// Calls work(part) for each of `parts`, at once on a thread each, the caller's
// included; on fewer threads if the system has no more. Returns when all parts
// have ended. Rethrows the exception of the lowest part that threw.
void RunAtOnce(size_t parts, const std::function<void(size_t)>& work);

// Calls work(part, begin, end) for each of `parts` consecutive ranges of
// 0 .. rows, each beginning at a multiple of kBlockRows, as RunAtOnce() does.
void RunParts(size_t rows, size_t parts,
              const std::function<void(size_t, size_t, size_t)>& work);

// Threads that stay for many short rounds of work, which starting threads each
// time would dominate. Belongs to one thread.
class Team {
 public:
  // The caller and up to `members` - 1 threads; fewer if the system has no
  // more.
  explicit Team(size_t members);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  // Calls work(part) once for each of `parts`, on any free member. Returns when
  // all parts have ended. Rethrows as RunAtOnce() does.
  void Run(size_t parts, const std::function<void(size_t)>& work);

 private:
  struct Members;
  std::unique_ptr<Members> members_;
};

}  // namespace influence

#endif  // INFLUENCE_SCORING_PARALLEL_H_
