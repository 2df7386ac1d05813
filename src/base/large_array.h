// An array that may be very large and is read at random. It asks the system for
// huge pages; without them half the time of a random access goes into finding
// the page.
#ifndef INFLUENCE_BASE_LARGE_ARRAY_H_
#define INFLUENCE_BASE_LARGE_ARRAY_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>

namespace influence {

// The alignment of memory that is not large.
inline constexpr size_t kMemoryAlignment = 64;

// Returns memory that, if it is large, begins on a huge page and asks for huge
// pages. Asking for zeros costs nothing where memory is fresh. Throws
// std::bad_alloc. The caller releases it with FreeLarge(*block).
void* AllocateLarge(size_t bytes, bool zero, void** block);
void FreeLarge(void* block);

// A vector of plain values, which resize() initialises to zero.
template <typename Value>
class LargeArray {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  LargeArray() = default;
  explicit LargeArray(size_t size) { resize(size); }
  ~LargeArray() { FreeLarge(block_); }
  LargeArray(const LargeArray&) = delete;
  LargeArray& operator=(const LargeArray&) = delete;
  LargeArray(LargeArray&& other) noexcept { swap(other); }
  LargeArray& operator=(LargeArray&& other) noexcept {
    swap(other);
    return *this;
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  size_t MemoryBytes() const { return capacity_ * sizeof(Value); }
  Value& operator[](size_t i) { return values_[i]; }
  const Value& operator[](size_t i) const { return values_[i]; }
  Value* begin() { return values_; }
  Value* end() { return values_ + size_; }
  const Value* begin() const { return values_; }
  const Value* end() const { return values_ + size_; }

  // Never makes it smaller.
  void resize(size_t size) {
    if (size > capacity_) Reserve(size);
    size_ = std::max(size_, size);
  }
  void push_back(const Value& value) {
    if (size_ == capacity_)
      Reserve(std::max<size_t>(64, capacity_ + capacity_ / 2));
    values_[size_++] = value;
  }
  void reserve(size_t capacity) {
    if (capacity > capacity_) Reserve(capacity);
  }
  // Keeps the first `size` values; the memory stays. Growing again needs
  // push_back().
  void shrink(size_t size) { size_ = std::min(size_, size); }
  // Releases the memory that is not used.
  void trim() {
    if (size_ < capacity_) Reserve(size_);
  }
  void swap(LargeArray& other) noexcept {
    std::swap(block_, other.block_);
    std::swap(values_, other.values_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

 private:
  void Reserve(size_t capacity) {
    LargeArray larger;
    larger.values_ = static_cast<Value*>(
        AllocateLarge(capacity * sizeof(Value), true, &larger.block_));
    if (size_ > 0) std::memcpy(larger.values_, values_, size_ * sizeof(Value));
    larger.size_ = size_;
    larger.capacity_ = capacity;
    swap(larger);
  }

  void* block_ = nullptr;
  Value* values_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace influence

#endif  // INFLUENCE_BASE_LARGE_ARRAY_H_
