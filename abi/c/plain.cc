// Plain counts, points as text and the library's limits at the C boundary. They
// allocate nothing unless they report an error.
#include <cstring>

#include "boundary.h"
#include "engine/count_calls.h"
#include "engine/match.h"
#include "engine/tally_calls.h"
#include "influence/influence.h"
#include "text/numbers.h"

namespace {

// The header's numbers are those of the implementation.
static_assert(INFLUENCE_MAX_REQUEST_BYTES == influence::kMaxRequestBytes);
static_assert(INFLUENCE_MAX_RESPONSE_BYTES == influence::kMaxResponseBytes);
static_assert(INFLUENCE_MAX_ALGORITHM_BYTES == influence::kMaxAlgorithmBytes);
static_assert(INFLUENCE_MAX_PROFILES == influence::kMaxProfiles);
static_assert(INFLUENCE_MAX_ACCOUNTS == influence::kMaxAccounts);
static_assert(INFLUENCE_MAX_ID_BYTES == influence::kMaxIdBytes);
static_assert(INFLUENCE_MAX_NETWORK_BYTES == influence::kMaxNetworkBytes);
static_assert(INFLUENCE_MAX_TOPIC_BYTES == influence::kMaxTopicBytes);
static_assert(INFLUENCE_MAX_EVENT_COUNT == influence::kMaxEventCount);
static_assert(INFLUENCE_MAX_THREADS == influence::kMaxThreads);
static_assert(INFLUENCE_UNKNOWN == influence::kUnknownCount);
static_assert(INFLUENCE_POINTS_BYTES > influence::kMicrosBytes);

using influence::Code;
using influence::boundary::Clear;
using influence::boundary::Fail;

}  // namespace

// A fault stays a CountFault, three numbers, until the caller wants it as an
// error.
influence_status influence_score_counts(const influence_engine* engine,
                                        const int64_t* counts,
                                        size_t counts_size, int64_t* score,
                                        int64_t* low, int64_t* high,
                                        int64_t* coverage,
                                        influence_error** error) {
  Clear(error);
  for (int64_t* out : {score, low, high, coverage}) {
    if (out != nullptr) *out = 0;
  }
  const char* const missing = engine == nullptr                       ? "engine"
                              : counts == nullptr && counts_size != 0 ? "counts"
                              : score == nullptr                      ? "score"
                                                                      : nullptr;
  if (missing != nullptr) {
    return Fail(Code::kInvalidArgument, missing, "is NULL", error);
  }
  influence::Evaluator::Sums sums;
  const influence::CountFault fault = influence::ScoreCounts(
      *influence::boundary::FromHandle(engine), counts, counts_size, &sums);
  if (fault.code != Code::kOk) {
    return Fail(fault.code, error, [&] { return fault.Describe(); });
  }
  *score = sums.score;
  if (low != nullptr) *low = sums.score;
  if (high != nullptr) *high = sums.high;
  if (coverage != nullptr) *coverage = sums.coverage;
  return INFLUENCE_OK;
}

// Formats into a buffer of its own first: `text` is written completely or is
// "".
influence_status influence_format_points(int64_t micropoints, int32_t decimals,
                                         char* text, size_t text_size) {
  if (text == nullptr) return INFLUENCE_INVALID_ARGUMENT;
  if (text_size != 0) *text = '\0';
  if (decimals < 0 || decimals > 6) return INFLUENCE_INVALID_ARGUMENT;
  char whole[influence::kMicrosBytes];
  const auto size = static_cast<size_t>(
      influence::WriteMicros(micropoints, decimals, whole) - whole);
  if (size >= text_size) return INFLUENCE_TOO_LARGE;
  std::memcpy(text, whole, size);
  text[size] = '\0';
  return INFLUENCE_OK;
}

// A function and not only constants, because a later library may raise a limit.
uint64_t influence_limit(int32_t limit) {
  switch (limit) {
    case INFLUENCE_LIMIT_REQUEST_BYTES:
      return INFLUENCE_MAX_REQUEST_BYTES;
    case INFLUENCE_LIMIT_RESPONSE_BYTES:
      return INFLUENCE_MAX_RESPONSE_BYTES;
    case INFLUENCE_LIMIT_ALGORITHM_BYTES:
      return INFLUENCE_MAX_ALGORITHM_BYTES;
    case INFLUENCE_LIMIT_PROFILES:
      return INFLUENCE_MAX_PROFILES;
    case INFLUENCE_LIMIT_ACCOUNTS:
      return INFLUENCE_MAX_ACCOUNTS;
    case INFLUENCE_LIMIT_ID_BYTES:
      return INFLUENCE_MAX_ID_BYTES;
    case INFLUENCE_LIMIT_NETWORK_BYTES:
      return INFLUENCE_MAX_NETWORK_BYTES;
    case INFLUENCE_LIMIT_TOPIC_BYTES:
      return INFLUENCE_MAX_TOPIC_BYTES;
    case INFLUENCE_LIMIT_EVENT_COUNT:
      return INFLUENCE_MAX_EVENT_COUNT;
    case INFLUENCE_LIMIT_THREADS:
      return INFLUENCE_MAX_THREADS;
    default:
      return 0;
  }
}
