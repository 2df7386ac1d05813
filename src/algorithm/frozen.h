// The locks of released algorithms. Append only: one block per version, never
// edited. If one of these fires, a released score was changed.
#ifndef INFLUENCE_ALGORITHM_FROZEN_H_
#define INFLUENCE_ALGORITHM_FROZEN_H_

#include "algorithm/table.h"
#include "algorithm/v1/weights.h"
#include "algorithm/v2/weights.h"

namespace influence {

// v1, to be released in 0.1.0.
static_assert(LockOf(v1::kFactors, v1::kSignals) == 0x93d0c9bd88f57fed,
              "v1 is frozen. Put the new numbers in the next version.");

// v2, to be released in 0.1.0.
static_assert(LockOf(v2::kFactors, v2::kSignals) == 0xd110465a8ae8ed02,
              "v2 is frozen. Put the new numbers in the next version.");

}  // namespace influence

#endif  // INFLUENCE_ALGORITHM_FROZEN_H_
