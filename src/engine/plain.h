// What a caller needs no message for: plain counts in, plain numbers out.
//
// Functions here allocate nothing and throw nothing, unless they say so.
#ifndef INFLUENCE_ENGINE_PLAIN_H_
#define INFLUENCE_ENGINE_PLAIN_H_

#include <cstddef>
#include <cstdint>

#include "engine/engine.h"
#include "model/error.h"
#include "scoring/evaluator.h"
#include "scoring/kernels/kernel.h"

namespace influence {

// Units of one signal, which kMaxSignal allows.
inline constexpr int64_t kMaxCount = kMaxSignal / kOne;
inline constexpr int64_t kUnknownCount = INT64_MIN;

// Why a count cannot be scored.
struct CountFault {
  Code code = Code::kOk;
  size_t at = 0;  // its place in the counts
  int64_t count = 0;

  // The fault in words. Throws std::bad_alloc.
  Error Describe() const;
};

// Scores one account by counts in the order of Signal, those beyond `size`
// unknown. Fails with OUT_OF_RANGE, or with INVALID_ARGUMENT for a count
// beyond the last signal.
CountFault ScoreCounts(const Engine& engine, const int64_t* counts, size_t size,
                       Evaluator::Sums* sums);

// Writes `micros` millionths with that many decimals, 0 .. 6, ties to even, and
// a NUL. Returns the size without the NUL; the text holds up to kPointsBytes.
inline constexpr size_t kPointsBytes = 24;
size_t FormatPoints(int64_t micros, int decimals, char (&text)[kPointsBytes]);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_PLAIN_H_
