// The kernel for x86-64 with AVX-512 F, DQ, VL and BW; this file is compiled
// for those. log2 by the table method of constants.py: one permutation looks up
// sixteen doubles that stay in registers.
#include "scoring/kernels/built.h"

#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__) && \
    defined(__AVX512BW__) && INFLUENCE_KERNELS
#ifndef __clang__  // GCC 12 warns of its own intrinsics
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>

constexpr size_t kLanes = 8;
constexpr size_t kFlight = 4;
constexpr char kName[] = "avx512";
#include "scoring/kernels/block.inc"

namespace influence {
namespace {

template <bool kBelow2To52>
inline Doubles ToDoubles(Ints x) {
  return __builtin_convertvector(x, Doubles);
}

inline void Log2(Doubles (&n)[kFlight]) {
  const __m512d inverse_low = _mm512_loadu_pd(kTableInverse);
  const __m512d inverse_high = _mm512_loadu_pd(kTableInverse + 8);
  const __m512d log2_low = _mm512_loadu_pd(kTableLog2);
  const __m512d log2_high = _mm512_loadu_pd(kTableLog2 + 8);
  __m512d e[kFlight], r[kFlight], p[kFlight];
#pragma GCC unroll 8
  for (size_t u = 0; u < kFlight; ++u) {
    // The permutation takes the last four bits: the first of the fraction.
    const __m512i i = _mm512_srli_epi64(_mm512_castpd_si512(n[u]), 48);
    const __m512d m =
        _mm512_getmant_pd(n[u], _MM_MANT_NORM_1_2, _MM_MANT_SIGN_src);
    r[u] =
        _mm512_fmsub_pd(m, _mm512_permutex2var_pd(inverse_low, i, inverse_high),
                        _mm512_set1_pd(1.0));
    e[u] = _mm512_add_pd(_mm512_getexp_pd(n[u]),
                         _mm512_permutex2var_pd(log2_low, i, log2_high));
    p[u] = _mm512_set1_pd(kTablePolynomial[4]);
  }
#pragma GCC unroll 8
  for (size_t k = 4; k-- > 0;) {
#pragma GCC unroll 8
    for (size_t u = 0; u < kFlight; ++u) {
      p[u] = _mm512_fmadd_pd(p[u], r[u], _mm512_set1_pd(kTablePolynomial[k]));
    }
  }
#pragma GCC unroll 8
  for (size_t u = 0; u < kFlight; ++u) n[u] = _mm512_fmadd_pd(p[u], r[u], e[u]);
}

}  // namespace

const Kernel* const kAvx512Kernel = &kKernel;
}  // namespace influence
#else
namespace influence {
const Kernel* const kAvx512Kernel = nullptr;
}
#endif
