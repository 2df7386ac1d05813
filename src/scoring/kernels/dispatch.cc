// Chooses the kernel at run time: the fastest one that was built and that the
// processor has. It also turns a row of the algorithm into the doubles that
// kernels use, and its bound of doubt (kernel.h).
#include <cstring>

#include "scoring/kernels/built.h"

namespace influence {
namespace {

#include "scoring/kernels/constants.inc"

struct Candidate {
  const Kernel* kernel;
  bool has;  // the processor has it, and the system saves its registers
};

constexpr size_t kCandidates = 4;

// Fastest first.
void List(Candidate (&list)[kCandidates]) {
#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_cpu_init();
  const bool avx2 =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") &&
                      __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512bw");
#else
  const bool avx2 = false;
  const bool avx512 = false;
#endif
  list[0] = {kAvx512Kernel, avx512};
  list[1] = {kAvx2Kernel, avx2};
  list[2] = {kSse2Kernel, true};
  list[3] = {kNeonKernel, true};
}

}  // namespace

PointsRow MakePointsRow(int64_t weight, int64_t full_marks, uint64_t slope) {
  const double k = static_cast<double>(slope) * 0x1p-36;
  return {static_cast<double>(1'000'000 + full_marks), k, k * kLog2OfAMillion,
          k * 0x1p-35 + 0x1p-19, weight};
}

PointsRow NoPoints() { return {1e6, 0, 0, 0, 0}; }

const Kernel* FindKernel(const char* name, size_t size) {
  Candidate list[kCandidates];
  List(list);
  for (const Candidate& candidate : list) {
    const Kernel* kernel = candidate.kernel;
    if (kernel == nullptr || !candidate.has) continue;
    if (size == 0) return kernel;
    if (std::strlen(kernel->name) == size &&
        std::memcmp(kernel->name, name, size) == 0) {
      return kernel;
    }
  }
  return nullptr;
}

const char* KernelName() {
  const Kernel* const fastest = FindKernel("", 0);
  return fastest == nullptr ? "integer" : fastest->name;
}

bool FloatModeIsUsual() {
#if defined(__x86_64__) && defined(__GNUC__)
  // MXCSR: every exception masked (bits 7 to 12), round to nearest (13, 14).
  // Flush-to-zero and denormals-are-zero do not matter: there are none.
  return (__builtin_ia32_stmxcsr() & 0x7f80u) == 0x1f80u;
#elif defined(__aarch64__) && defined(__GNUC__)
  // FPCR: no trap enabled (bits 8 to 12 and 15), round to nearest (22, 23).
  uint64_t mode = 0;
  __asm__ __volatile__("mrs %0, fpcr" : "=r"(mode));
  return (mode & 0xc09f00u) == 0;
#else
  return false;
#endif
}

}  // namespace influence
