#include "base/large_array.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <cstdlib>
#include <new>

namespace influence {
namespace {

constexpr size_t kHugePage = size_t{2} << 20;

}  // namespace

void* AllocateLarge(size_t bytes, bool zero, void** block) {
  // Fresh memory costs a page fault per page, often more than the work done in
  // it.
  const bool is_large = bytes >= 2 * kHugePage;
  const size_t alignment = is_large ? kHugePage : kMemoryAlignment;
  if (bytes > SIZE_MAX / 2) throw std::bad_alloc();
  *block =
      zero ? std::calloc(bytes + alignment, 1) : std::malloc(bytes + alignment);
  if (*block == nullptr) throw std::bad_alloc();
  const auto at = reinterpret_cast<uintptr_t>(*block);
  char* const begin = static_cast<char*>(*block) + (alignment - at % alignment);
#if defined(__linux__)
  // Only advice: everything works without it, more slowly.
  if (is_large) madvise(begin, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
#endif
  return begin;
}

void FreeLarge(void* block) { std::free(block); }

}  // namespace influence
