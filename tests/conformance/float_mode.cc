#include "tests/conformance/float_mode.h"

#include <cfenv>
#include <cstdint>

#ifdef __SSE2__
#include <xmmintrin.h>
#endif

namespace influence::conformance {
namespace {

bool SetFlushToZero(bool on) {
#if defined(__SSE2__)
  constexpr unsigned kBoth = 0x8040;  // FTZ and DAZ
  const unsigned others = _mm_getcsr() & ~kBoth;
  _mm_setcsr(on ? others | kBoth : others);
  return true;
#elif defined(__aarch64__)
  constexpr uint64_t kFlush = uint64_t{1} << 24;
  uint64_t control = 0;
  __asm__ volatile("mrs %0, fpcr" : "=r"(control));
  control = on ? control | kFlush : control & ~kFlush;
  __asm__ volatile("msr fpcr, %0" : : "r"(control));
  return true;
#elif defined(__arm__) && defined(__ARM_FP)
  constexpr uint32_t kFlush = uint32_t{1} << 24;
  uint32_t control = 0;
  __asm__ volatile("vmrs %0, fpscr" : "=r"(control));
  control = on ? control | kFlush : control & ~kFlush;
  __asm__ volatile("vmsr fpscr, %0" : : "r"(control));
  return true;
#else
  return !on;
#endif
}

}  // namespace

bool SetFloatMode(const FloatMode& mode) {
  int rounding = -1;
  if (mode.rounding == "nearest") rounding = FE_TONEAREST;
  if (mode.rounding == "up") rounding = FE_UPWARD;
  if (mode.rounding == "down") rounding = FE_DOWNWARD;
  if (mode.rounding == "zero") rounding = FE_TOWARDZERO;
  return rounding >= 0 && std::fesetround(rounding) == 0 &&
         SetFlushToZero(mode.flush_to_zero);
}

}  // namespace influence::conformance
