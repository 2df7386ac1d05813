// A growing array of bytes that can be handed to C: it comes from malloc.
#ifndef INFLUENCE_BASE_BYTE_BUFFER_H_
#define INFLUENCE_BASE_BYTE_BUFFER_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string_view>

namespace influence {

class ByteBuffer {
 public:
  ByteBuffer() = default;
  ~ByteBuffer() { std::free(data_); }
  ByteBuffer(const ByteBuffer&) = delete;
  ByteBuffer& operator=(const ByteBuffer&) = delete;

  const uint8_t* data() const { return data_; }
  size_t size() const { return size_; }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(data_), size_};
  }

  // A pointer to at least `count` bytes of room after the contents. Throws
  // std::bad_alloc.
  uint8_t* Room(size_t count) {
    if (capacity_ - size_ < count) Grow(count);
    return data_ + size_;
  }
  // Ends the contents at `end`, which must lie in the room that was returned.
  void SetEnd(const uint8_t* end) { size_ = static_cast<size_t>(end - data_); }

  // Moves the bytes to the caller, who releases them with free().
  uint8_t* Release() {
    uint8_t* data = data_;
    data_ = nullptr;
    size_ = capacity_ = 0;
    return data;
  }

 private:
  void Grow(size_t count) {
    if (count > SIZE_MAX / 4 - size_) throw std::bad_alloc();
    size_t capacity = size_ + count;
    if (capacity < 2 * capacity_) capacity = 2 * capacity_;
    void* data = std::realloc(data_, capacity);
    if (data == nullptr) throw std::bad_alloc();
    data_ = static_cast<uint8_t*>(data);
    capacity_ = capacity;
  }

  uint8_t* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace influence

#endif  // INFLUENCE_BASE_BYTE_BUFFER_H_
