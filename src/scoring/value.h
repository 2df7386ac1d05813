// One value of a column, as micros.
#ifndef INFLUENCE_SCORING_VALUE_H_
#define INFLUENCE_SCORING_VALUE_H_

#include <cstddef>

#include "base/micros.h"
#include "model/columns.h"

namespace influence {

// 10^decimals, for 0 .. 6.
Micros PowerOfTen(int decimals);

// Reads entry i, which must be valid, as micros; false if it is not in
// 0 .. kMaxSignal. A double is taken exactly and rounded once, ties to even.
bool ReadMicros(const SignalColumn& column, size_t i, Micros* micros);

}  // namespace influence

#endif  // INFLUENCE_SCORING_VALUE_H_
