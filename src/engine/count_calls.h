// Functions that need no message: plain counts in, plain numbers out.
//
// They allocate nothing and throw nothing unless their comment says otherwise.
#ifndef INFLUENCE_ENGINE_COUNT_CALLS_H_
#define INFLUENCE_ENGINE_COUNT_CALLS_H_

#include <cstddef>
#include <cstdint>

#include "engine/engine.h"
#include "model/error.h"
#include "scoring/evaluator.h"
#include "scoring/kernels/kernel.h"

namespace influence {

// The most units of one signal: kMaxSignal.
inline constexpr int64_t kMaxCount = kMaxSignal / kOne;
inline constexpr int64_t kUnknownCount = INT64_MIN;

// The fault of a count that cannot be scored.
struct CountFault {
  Code code = Code::kOk;
  size_t at = 0;  // its place in the counts
  int64_t count = 0;

  // Returns the fault with its message. Throws std::bad_alloc.
  Error Describe() const;
};

// Scores one account by counts in the order of Signal; counts beyond `size` are
// unknown. Fails with OUT_OF_RANGE, or with INVALID_ARGUMENT for a known count
// beyond the last signal.
CountFault ScoreCounts(const Engine& engine, const int64_t* counts, size_t size,
                       Evaluator::Sums* sums);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_COUNT_CALLS_H_
