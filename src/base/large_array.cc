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

void* AllocateLarge(size_t bytes, void** block) {
  const bool is_large = bytes >= 2 * kHugePage;
  const size_t alignment = is_large ? kHugePage : 0;
  *block =
      bytes > SIZE_MAX / 2 ? nullptr : std::calloc(bytes + alignment + 1, 1);
  if (*block == nullptr) throw std::bad_alloc();
  if (!is_large) return *block;
  const auto at = reinterpret_cast<uintptr_t>(*block);
  char* const begin = static_cast<char*>(*block) + (alignment - at % alignment);
#if defined(__linux__)
  // Advice: without it everything works, only slower.
  madvise(begin, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
#endif
  return begin;
}

void FreeLarge(void* block) { std::free(block); }

}  // namespace influence
