// Threads for one call (RunAtOnce) and for the iterations of a standing run
// (Team). A thread that cannot be started is no error: its work runs on the
// caller. Results do not depend on any of this, because each part writes rows
// of its own.
#include "scoring/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
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

// How many times a waiting thread polls before it sleeps: for about as long as
// waking it would take.
constexpr int kLooks = 500;

void Pause() {
#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

struct Team::Members {
  explicit Members(size_t members);
  ~Members();

  bool RunOne();
  void Stay();

  std::mutex mutex;
  std::condition_variable begun, ended;
  bool is_over = false;            // mutex
  std::atomic<size_t> left{0};     // parts that are not claimed
  std::atomic<size_t> running{0};  // parts that have not ended
  // Do not change while parts are running.
  const std::function<void(size_t)>* work = nullptr;
  std::vector<std::exception_ptr> failures;
  std::vector<std::thread> threads;
};

Team::Members::Members(size_t members) {
  try {
    threads.reserve(members);
    while (threads.size() + 1 < members) {
      threads.emplace_back([this] { Stay(); });
    }
  } catch (const std::exception&) {  // no thread, or no memory for one
  }
}

Team::Members::~Members() {
  {
    const std::lock_guard<std::mutex> lock(mutex);
    is_over = true;
  }
  begun.notify_all();
  for (std::thread& thread : threads) thread.join();
}

// Claims one part and runs it. False if all parts are claimed.
bool Team::Members::RunOne() {
  // The acquire makes this thread see what the caller wrote before the round,
  // and `running` keeps the round open until the part has ended.
  size_t part = left.load(std::memory_order_relaxed);
  do {
    if (part == 0) return false;
  } while (!left.compare_exchange_weak(
      part, part - 1, std::memory_order_acquire, std::memory_order_relaxed));
  try {
    (*work)(part - 1);
  } catch (...) {
    failures[part - 1] = std::current_exception();
  }
  if (running.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    const std::lock_guard<std::mutex> lock(mutex);
    ended.notify_one();
  }
  return true;
}

// Polls for a while, then sleeps until the next round or the end.
void Team::Members::Stay() {
  for (;;) {
    for (int looks = 0; looks < kLooks;) {
      if (RunOne()) {
        looks = 0;
      } else {
        ++looks;
        Pause();
      }
    }
    std::unique_lock<std::mutex> lock(mutex);
    begun.wait(lock, [this] {
      return is_over || left.load(std::memory_order_relaxed) > 0;
    });
    if (is_over) return;
  }
}

Team::Team(size_t members) : members_(std::make_unique<Members>(members)) {}

Team::~Team() = default;

void Team::Run(size_t parts, const std::function<void(size_t)>& work) {
  Members& team = *members_;
  if (team.threads.empty() || parts < 2) {
    for (size_t part = 0; part < parts; ++part) work(part);
    return;
  }
  // Published by the release of `left` below, which every member acquires.
  team.work = &work;
  team.failures.assign(parts, nullptr);
  team.running.store(parts, std::memory_order_relaxed);
  {
    const std::lock_guard<std::mutex> lock(team.mutex);
    team.left.store(parts, std::memory_order_release);
  }
  team.begun.notify_all();
  while (team.RunOne()) {
  }
  for (int looks = 0; looks < kLooks; ++looks) {
    if (team.running.load(std::memory_order_acquire) == 0) break;
    Pause();
  }
  {
    std::unique_lock<std::mutex> lock(team.mutex);
    team.ended.wait(lock, [&team] {
      return team.running.load(std::memory_order_acquire) == 0;
    });
  }
  for (const std::exception_ptr& failure : team.failures) {
    if (failure != nullptr) std::rethrow_exception(failure);
  }
}

}  // namespace influence
