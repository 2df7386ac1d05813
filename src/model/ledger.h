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

// The numbers of these enumerations are those of proto/influence.proto.
enum class Cap : uint8_t { kNone = 0, kFullMarks = 1 };

enum class ReasonCode : uint8_t {
  kEarned = 1,          // lifted: what the line earned
  kFullMarks = 2,       // lifted: and it can earn no more
  kNotStated = 3,       // held back: no signal of the factor is stated
  kPartlyStated = 4,    // held back: some signals are missing
  kBelowFullMarks = 5,  // held back: what is known falls short
};

// By whole points, the score rounded half-even, so that a band and the number
// people are shown beside it always agree.
enum class Band : uint8_t {
  kMinimal = 1,   //  0 .. 19 points
  kLimited = 2,   // 20 .. 39
  kModerate = 3,  // 40 .. 59
  kHigh = 4,      // 60 .. 79
  kVeryHigh = 5,  // 80 .. 100
};

// What to compute. A score is the same number in every detail.
enum class Detail : uint8_t { kLedger = 0, kScore = 1 };

// Whether a ledger is put into words as well, and for what kind of page.
enum class Rendering : uint8_t { kNone = 0, kText = 1, kMarkdown = 2 };

// What one account gave to a line. Accounts that gave nothing have no part.
struct Part {
  uint32_t account;  // position in the profile, which is in canonical order
  Micros quantity;
  Micros points;
};

// One factor; rows of the algorithm and lines of the ledger are in one order.
struct Line {
  Factor factor;
  Cap cap;
  bool stated;        // some account states some signal of the factor
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

// Reusable: scoring a second profile into it allocates nothing in general.
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
