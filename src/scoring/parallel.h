// Splits rows among threads. Which thread does what changes no byte.
#ifndef INFLUENCE_SCORING_PARALLEL_H_
#define INFLUENCE_SCORING_PARALLEL_H_

#include <cstddef>
#include <functional>
#include <memory>

namespace influence {

// How many parts RunParts should be asked for: at most `threads`, at least 1,
// none of them tiny.
size_t PartsFor(size_t rows, size_t threads);

// Calls work(part) for each of `parts`, at once on a thread each, the caller's
// included; on fewer threads if the system gives no more. All of them have
// ended on return. Rethrows the first part's exception.
void RunAtOnce(size_t parts, const std::function<void(size_t)>& work);

// Calls work(part, begin, end) for each of `parts` consecutive ranges of
// 0 .. rows, each beginning at a multiple of kBlockRows, as RunAtOnce() does.
void RunParts(size_t rows, size_t parts,
              const std::function<void(size_t, size_t, size_t)>& work);

// Threads that stay for work that comes in many short rounds, each of which
// starting threads anew would be a large part of. Belongs to one thread.
class Team {
 public:
  // The caller and up to `members` - 1 more; fewer if the system gives no more.
  explicit Team(size_t members);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  // Calls work(part) once for each of `parts`, on whoever is free. All of them
  // have ended on return. Rethrows the first part's exception.
  void Run(size_t parts, const std::function<void(size_t)>& work);

 private:
  struct Members;
  std::unique_ptr<Members> members_;
};

}  // namespace influence

#endif  // INFLUENCE_SCORING_PARALLEL_H_
