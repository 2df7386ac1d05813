// Natural numbers of any size, for decisions that no fixed width can make. A
// handful of operations, each as one would do it on paper.
#ifndef INFLUENCE_BASE_NATURAL_H_
#define INFLUENCE_BASE_NATURAL_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace influence {

// Digits in base 2^32, the lowest first, the highest not zero. Zero has no
// digits.
using Natural = std::vector<uint32_t>;

Natural FromWord(uint64_t word);
// 0 for zero.
size_t BitLength(const Natural& n);
Natural Sum(const Natural& a, const Natural& b);
// a - b. Requires a >= b.
Natural Difference(const Natural& a, const Natural& b);
Natural Product(const Natural& a, const Natural& b);
Natural Power(uint64_t base, uint64_t exponent);
Natural ShiftLeft(const Natural& n, size_t bits);
// floor(n / 2^bits).
Natural ShiftRight(const Natural& n, size_t bits);
bool Less(const Natural& a, const Natural& b);

// Returns an integer A with A <= 2^p * log2(n) < A + 2. Requires n >= 1 and a
// multiple p of 32, at least 64.
Natural Log2Floor(uint64_t n, size_t p);

}  // namespace influence

#endif  // INFLUENCE_BASE_NATURAL_H_
