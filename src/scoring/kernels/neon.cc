// The kernel for every AArch64.
#include "scoring/kernels/built.h"

#if defined(__aarch64__) && INFLUENCE_KERNELS
constexpr size_t kLanes = 2;
constexpr size_t kFlight = 4;
constexpr char kName[] = "neon";
#include "scoring/kernels/block.inc"
#include "scoring/kernels/ratio.inc"

namespace influence {
const Kernel* const kNeonKernel = &kKernel;
}
#else
namespace influence {
const Kernel* const kNeonKernel = nullptr;
}
#endif
