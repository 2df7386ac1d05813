// A score and where it comes from. There is no score without its ledger.
//
// Laws, exact in integers:
//   score           == sum of lines[i].points
//   line.points     == sum of its parts' points
//   line.quantity   == sum of its parts' quantities
//   coverage        == sum of lines[i].covered
//   low == score <= high <= kFullScore
#ifndef INFLUENCE_MODEL_LEDGER_H_
#define INFLUENCE_MODEL_LEDGER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/micros.h"
#include "model/vocabulary.h"

namespace influence {

// The contribution of one account to a line. Accounts without one have no part.
struct Part {
  uint32_t account;  // position in the profile, which is in canonical order
  Micros quantity;
  Micros points;
};

// One factor; rows of the algorithm and lines of the ledger are in one order.
struct Line {
  Factor factor;
  Cap cap;
  bool stated;        // some account has some signal of the factor
  Micros quantity;    // x, over all accounts
  Micros full_marks;  // the x that earns the whole weight
  Micros share;       // 0 .. kOne of the weight, rounded on its own
  Micros weight;      // micropoints
  Micros points;      // micropoints
  Micros covered;     // micropoints of weight that rest on stated signals
  Micros missing;     // micropoints the missing signals could add at most
  uint32_t parts_begin, parts_end;  // into Ledger::parts
};

struct Reason {
  ReasonCode code;
  Factor factor;
  Micros points;
  Micros quantity;
  Micros full_marks;
};
inline constexpr size_t kMaxReasons = 4;

// At most N values, in place.
template <typename T, size_t N>
class Fixed {
 public:
  void clear() { size_ = 0; }
  void push_back(const T& value) { values_[size_++] = value; }
  // Requires at <= size() and at < N. A value pushed past N is dropped.
  void insert(size_t at, const T& value) {
    if (size_ < N) ++size_;
    for (size_t i = size_ - 1; i > at; --i) values_[i] = values_[i - 1];
    values_[at] = value;
  }
  size_t size() const { return size_; }
  const T* begin() const { return values_.data(); }
  const T* end() const { return values_.data() + size_; }
  const T& operator[](size_t i) const { return values_[i]; }

 private:
  std::array<T, N> values_;
  size_t size_ = 0;
};

// Reusable: scoring a second profile into it usually allocates nothing.
struct Ledger {
  Micros score;
  Micros low, high;
  Micros coverage;
  Band band;
  // Below only for Detail::kLedger.
  Fixed<Line, kFactorCount> lines;
  std::vector<Part> parts;
  Fixed<Reason, kMaxReasons> lifted;
  Fixed<Reason, kMaxReasons> held_back;
};

}  // namespace influence

#endif  // INFLUENCE_MODEL_LEDGER_H_
