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

namespace {

// How often somebody looks who waits before giving up the processor: for about
// as long as waking costs.
constexpr int kLooks = 500;

void Pause() {
#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

Team::Team(size_t members) {
  try {
    threads_.reserve(members);
    while (threads_.size() + 1 < members) {
      threads_.emplace_back([this] { Stay(); });
    }
  } catch (const std::exception&) {  // no thread, or no memory for one
  }
}

Team::~Team() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_over_ = true;
  }
  begun_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

// Runs a part that nobody has begun, if there is one.
bool Team::RunOne() {
  // Who takes a part of this round sees what was written before it began, and
  // the round does not end before the part has.
  size_t left = left_.load(std::memory_order_relaxed);
  do {
    if (left == 0) return false;
  } while (!left_.compare_exchange_weak(
      left, left - 1, std::memory_order_acquire, std::memory_order_relaxed));
  try {
    (*work_)(left - 1);
  } catch (...) {
    failures_[left - 1] = std::current_exception();
  }
  if (running_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_.notify_one();
  }
  return true;
}

void Team::Stay() {
  for (;;) {
    for (int looks = 0; looks < kLooks;) {
      if (RunOne()) {
        looks = 0;
      } else {
        ++looks;
        Pause();
      }
    }
    std::unique_lock<std::mutex> lock(mutex_);
    begun_.wait(lock, [this] {
      return is_over_ || left_.load(std::memory_order_relaxed) > 0;
    });
    if (is_over_) return;
  }
}

void Team::Run(size_t parts, const std::function<void(size_t)>& work) {
  if (threads_.empty() || parts < 2) {
    for (size_t part = 0; part < parts; ++part) work(part);
    return;
  }
  work_ = &work;
  failures_.assign(parts, nullptr);
  running_.store(parts, std::memory_order_relaxed);
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    left_.store(parts, std::memory_order_release);
  }
  begun_.notify_all();
  while (RunOne()) {
  }
  for (int looks = 0; looks < kLooks; ++looks) {
    if (running_.load(std::memory_order_acquire) == 0) break;
    Pause();
  }
  {
    std::unique_lock<std::mutex> lock(mutex_);
    ended_.wait(
        lock, [this] { return running_.load(std::memory_order_acquire) == 0; });
  }
  for (const std::exception_ptr& failure : failures_) {
    if (failure != nullptr) std::rethrow_exception(failure);
  }
}

}  // namespace influence
