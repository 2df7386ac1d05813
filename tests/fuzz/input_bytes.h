// A fuzzer's input as a row of choices. What runs past its end reads as zero,
// so that every input means something.
#ifndef INFLUENCE_TESTS_FUZZ_INPUT_BYTES_H_
#define INFLUENCE_TESTS_FUZZ_INPUT_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

class InputBytes {
 public:
  InputBytes(const uint8_t* data, size_t size) : data_(data), left_(size) {}

  bool empty() const { return left_ == 0; }

  uint8_t Byte() {
    uint8_t byte = 0;
    Fill(&byte, 1);
    return byte;
  }
  int64_t Int64() {
    int64_t value = 0;
    Fill(&value, sizeof value);
    return value;
  }
  // 0 .. count-1, of at most 256.
  size_t Below(size_t count) { return Byte() % count; }
  // True for one byte in `of`, of which zero is not one.
  bool Rarely(size_t of) { return Byte() % of == of - 1; }

  // At most `most` (up to 65'535) bytes, as many as the next two say.
  std::string Text(size_t most) {
    const size_t low = Byte();
    size_t size = (low | size_t{Byte()} << 8) % (most + 1);
    if (size > left_) size = left_;
    std::string text(size, '\0');
    Fill(text.data(), size);
    return text;
  }
  void Fill(void* to, size_t size) {
    const size_t some = size < left_ ? size : left_;
    if (some > 0) std::memcpy(to, data_, some);
    data_ += some;
    left_ -= some;
  }

 private:
  const uint8_t* data_;
  size_t left_;
};

#endif  // INFLUENCE_TESTS_FUZZ_INPUT_BYTES_H_
