#include "scoring/reasons.h"

#include <algorithm>
#include <array>

namespace influence {
namespace {

// Candidates in row order; each line adds at most two to a kind.
class Candidates {
 public:
  void Add(ReasonCode code, Micros points, const Line& line) {
    if (points <= 0) return;
    all_[size_++] = {code, line.factor, points, line.quantity, line.full_marks};
  }

  void TakeLargest(Fixed<Reason, kMaxReasons>* out) {
    const auto end = all_.begin() + static_cast<std::ptrdiff_t>(size_);
    // Insertion sort: stable, so equal ones stay in row order, and faster
    // than any other for a dozen.
    for (auto i = all_.begin(); i != end; ++i) {
      const auto at = std::upper_bound(
          all_.begin(), i, *i, [](const Reason& a, const Reason& b) {
            return a.points != b.points ? a.points > b.points : a.code < b.code;
          });
      std::rotate(at, i, i + 1);
    }
    for (auto i = all_.begin(); i != end && out->size() < kMaxReasons; ++i) {
      out->push_back(*i);
    }
  }

 private:
  std::array<Reason, 2 * kFactorCount> all_;
  size_t size_ = 0;
};

}  // namespace

void AddReasons(Ledger* ledger) {
  Candidates lifted;
  Candidates held_back;
  for (const Line& line : ledger->lines) {
    lifted.Add(line.cap == Cap::kFullMarks ? ReasonCode::kFullMarks
                                           : ReasonCode::kEarned,
               line.points, line);
    held_back.Add(
        line.stated ? ReasonCode::kPartlyStated : ReasonCode::kNotStated,
        line.missing, line);
    held_back.Add(ReasonCode::kBelowFullMarks,
                  line.weight - line.points - line.missing, line);
  }
  lifted.TakeLargest(&ledger->lifted);
  held_back.TakeLargest(&ledger->held_back);
}

}  // namespace influence
