// The kernel for x86-64 with AVX2 and FMA; this file is compiled for those.
#include "scoring/kernels/built.h"

#if defined(__AVX2__) && defined(__FMA__) && INFLUENCE_KERNELS
constexpr size_t kLanes = 4;
constexpr size_t kFlight = 4;
constexpr char kName[] = "avx2";
#include "scoring/kernels/block.inc"
#include "scoring/kernels/ratio.inc"

namespace influence {
const Kernel* const kAvx2Kernel = &kKernel;
}
#else
namespace influence {
const Kernel* const kAvx2Kernel = nullptr;
}
#endif
