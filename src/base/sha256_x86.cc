// SHA-256 by the SHA extensions of x86: two rounds an instruction.
#include "base/sha256_blocks.h"

#if (defined(__x86_64__) || defined(__i386__)) && defined(__GNUC__)

#include <cpuid.h>
#include <immintrin.h>

namespace influence {
namespace {

#define INFLUENCE_TARGET_SHA __attribute__((target("sha,sse4.1,ssse3")))

bool CpuHasSha() {
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0) return false;
  if ((ecx & bit_SSSE3) == 0 || (ecx & bit_SSE4_1) == 0) return false;
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) == 0) return false;
  constexpr unsigned kSha = 1u << 29;
  return (ebx & kSha) != 0;
}

// Rounds 4 i .. 4 i + 3 on the words w.
INFLUENCE_TARGET_SHA inline void FourRounds(int i, __m128i w, __m128i* abef,
                                            __m128i* cdgh) {
  const __m128i k =
      _mm_load_si128(reinterpret_cast<const __m128i*>(kSha256Rounds + 4 * i));
  const __m128i sum = _mm_add_epi32(w, k);
  // Two rounds turn (abef, cdgh) into (abef', abef): the new cdgh is the old
  // abef, so each call needs only one output.
  *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, sum);
  *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

// The next four words of the schedule from the last sixteen, w0 the oldest.
INFLUENCE_TARGET_SHA inline __m128i NextWords(__m128i w0, __m128i w1,
                                              __m128i w2, __m128i w3) {
  const __m128i seven_back = _mm_alignr_epi8(w3, w2, 4);
  const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), seven_back);
  return _mm_sha256msg2_epu32(sum, w3);
}

INFLUENCE_TARGET_SHA void Blocks(uint32_t* state, const uint8_t* blocks,
                                 size_t count) {
  const __m128i big_endian =
      _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i* words = reinterpret_cast<__m128i*>(state);
  // Memory holds a b c d, e f g h; the instructions want f e b a, h g d c,
  // the first letter in the lowest lane.
  const __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xb1);
  const __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1b);
  __m128i abef = _mm_alignr_epi8(badc, hgfe, 8);
  __m128i cdgh = _mm_blend_epi16(hgfe, badc, 0xf0);

  for (; count > 0; --count, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    const __m128i* in = reinterpret_cast<const __m128i*>(blocks);
    __m128i w0 = _mm_shuffle_epi8(_mm_loadu_si128(in), big_endian);
    __m128i w1 = _mm_shuffle_epi8(_mm_loadu_si128(in + 1), big_endian);
    __m128i w2 = _mm_shuffle_epi8(_mm_loadu_si128(in + 2), big_endian);
    __m128i w3 = _mm_shuffle_epi8(_mm_loadu_si128(in + 3), big_endian);
    for (int i = 0; i < 12; i += 4) {
      FourRounds(i, w0, &abef, &cdgh);
      w0 = NextWords(w0, w1, w2, w3);
      FourRounds(i + 1, w1, &abef, &cdgh);
      w1 = NextWords(w1, w2, w3, w0);
      FourRounds(i + 2, w2, &abef, &cdgh);
      w2 = NextWords(w2, w3, w0, w1);
      FourRounds(i + 3, w3, &abef, &cdgh);
      w3 = NextWords(w3, w0, w1, w2);
    }
    FourRounds(12, w0, &abef, &cdgh);
    FourRounds(13, w1, &abef, &cdgh);
    FourRounds(14, w2, &abef, &cdgh);
    FourRounds(15, w3, &abef, &cdgh);
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }

  const __m128i abef_reversed = _mm_shuffle_epi32(abef, 0x1b);  // a b e f
  const __m128i ghcd = _mm_shuffle_epi32(cdgh, 0xb1);           // g h c d
  _mm_storeu_si128(words, _mm_blend_epi16(abef_reversed, ghcd, 0xf0));
  _mm_storeu_si128(words + 1, _mm_alignr_epi8(ghcd, abef_reversed, 8));
}

}  // namespace

Sha256Blocks Sha256BlocksX86() { return CpuHasSha() ? &Blocks : nullptr; }

}  // namespace influence

#else

namespace influence {

Sha256Blocks Sha256BlocksX86() { return nullptr; }

}  // namespace influence

#endif
