#include "scoring/parallel.h"

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

#include "scoring/kernels/kernel.h"

namespace influence {

size_t PartsFor(size_t rows, size_t threads) {
  // A thread costs about as much to start as this many rows to score.
  constexpr size_t kLeastRows = 16 * kBlockRows;
  return std::max<size_t>(1, std::min(threads, rows / kLeastRows));
}

void RunAtOnce(size_t parts, const std::function<void(size_t)>& work) {
  std::vector<std::exception_ptr> failures(parts);
  const auto run = [&](size_t part) {
    try {
      work(part);
    } catch (...) {
      failures[part] = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(parts);
  size_t started = 1;
  for (; started < parts; ++started) {
    try {
      threads.emplace_back(run, started);
    } catch (const std::exception&) {  // no thread, or no memory for one
      break;                           // the caller does the rest
    }
  }
  run(0);
  for (size_t part = started; part < parts; ++part) run(part);
  for (std::thread& thread : threads) thread.join();
  for (const std::exception_ptr& failure : failures) {
    if (failure != nullptr) std::rethrow_exception(failure);
  }
}

void RunParts(size_t rows, size_t parts,
              const std::function<void(size_t, size_t, size_t)>& work) {
  const size_t blocks = (rows + kBlockRows - 1) / kBlockRows;
  RunAtOnce(parts, [&](size_t part) {
    const size_t begin = blocks * part / parts * kBlockRows;
    const size_t end = blocks * (part + 1) / parts * kBlockRows;
    work(part, std::min(begin, rows), std::min(end, rows));
  });
}

}  // namespace influence
