// The kernels that a build may contain; each is null where it does not apply.
#ifndef INFLUENCE_SCORING_KERNELS_BUILT_H_
#define INFLUENCE_SCORING_KERNELS_BUILT_H_

#include "scoring/kernels/kernel.h"

// Whether the compiler has vectors and does as it is told with doubles: what
// re-orders operations, or keeps more digits than a double has, breaks the
// proof in kernel.h. Without kernels, integers do all.
#if defined(__GNUC__) && !defined(__FAST_MATH__) && __FLT_EVAL_METHOD__ == 0
#define INFLUENCE_KERNELS 1
#else
#define INFLUENCE_KERNELS 0
#endif

namespace influence {

extern const Kernel* const kSse2Kernel;
extern const Kernel* const kAvx2Kernel;
extern const Kernel* const kAvx512Kernel;
extern const Kernel* const kNeonKernel;

}  // namespace influence

#endif  // INFLUENCE_SCORING_KERNELS_BUILT_H_
