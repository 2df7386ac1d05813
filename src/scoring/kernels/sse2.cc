// The kernel for every x86-64.
#include "scoring/kernels/built.h"

#if defined(__x86_64__) && INFLUENCE_KERNELS
constexpr size_t kLanes = 2;
constexpr size_t kFlight = 4;
constexpr char kName[] = "sse2";
#include "scoring/kernels/block.inc"
#include "scoring/kernels/ratio.inc"

namespace influence {
const Kernel* const kSse2Kernel = &kKernel;
}
#else
namespace influence {
const Kernel* const kSse2Kernel = nullptr;
}
#endif
