/* The C allocator, counted, and told to fail: glibc only, and no sanitizer.
 * A program that links counting_malloc.c has it for itself and for every
 * library it loads. */
#ifndef INFLUENCE_TESTS_ABI_COUNTING_MALLOC_H_
#define INFLUENCE_TESTS_ABI_COUNTING_MALLOC_H_

#ifdef __cplusplus
extern "C" {
#endif

/* After that many allocations every one fails; -1: none does. */
void FailAllocationsAfter(long count);

/* What is allocated now: in blocks, and in bytes as the allocator has them. */
long LiveBlocks(void);
long LiveBytes(void);

/* The most bytes that were allocated at once since ForgetPeak(). */
void ForgetPeak(void);
long PeakBytes(void);

#ifdef __cplusplus
}
#endif

#endif /* INFLUENCE_TESTS_ABI_COUNTING_MALLOC_H_ */
