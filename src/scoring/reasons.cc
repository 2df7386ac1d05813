#include "scoring/reasons.h"

namespace influence {
namespace {

using Reasons = Fixed<Reason, kMaxReasons>;

// Keeps the largest. Lines come in row order, so a reason equal to one that is
// kept already goes after it.
void Add(ReasonCode code, Micros points, const Line& line, Reasons* kept) {
  if (points <= 0) return;
  size_t at = kept->size();
  for (; at > 0; --at) {
    const Reason& before = (*kept)[at - 1];
    if (before.points > points) break;
    if (before.points == points && before.code <= code) break;
  }
  if (at == kMaxReasons) return;
  kept->insert(at, {code, line.factor, points, line.quantity, line.full_marks});
}

}  // namespace

void AddReasons(Ledger* ledger) {
  for (const Line& line : ledger->lines) {
    Add(line.cap == Cap::kFullMarks ? ReasonCode::kFullMarks
                                    : ReasonCode::kEarned,
        line.points, line, &ledger->lifted);
    Add(line.stated ? ReasonCode::kPartlyStated : ReasonCode::kNotStated,
        line.missing, line, &ledger->held_back);
    Add(ReasonCode::kBelowFullMarks, line.weight - line.points - line.missing,
        line, &ledger->held_back);
  }
}

}  // namespace influence
