// splitmix64: a sequence that any language repeats in five lines.
#ifndef INFLUENCE_CLI_CONFORMANCE_RANDOM_H_
#define INFLUENCE_CLI_CONFORMANCE_RANDOM_H_

#include <cstdint>

namespace influence::conformance {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
  }

  // 0 .. limit - 1.
  uint64_t Below(uint64_t limit) { return Next() % limit; }

 private:
  uint64_t state_;
};

}  // namespace influence::conformance

#endif  // INFLUENCE_CLI_CONFORMANCE_RANDOM_H_
