// Values of a column, as micros.
#ifndef INFLUENCE_SCORING_VALUE_H_
#define INFLUENCE_SCORING_VALUE_H_

#include <cstddef>

#include "base/micros.h"
#include "model/columns.h"

namespace influence {

// 10^decimals, for 0 .. kMaxDecimals.
Micros PowerOfTen(int decimals);

// Reads entry i, which must be valid, as micros; false if it is not in
// 0 .. kMaxSignal. A float, or a decimal of more than six places, is taken
// exactly and rounded once, ties to even; no floating-point arithmetic is done.
bool ReadMicros(const SignalColumn& column, size_t i, Micros* micros);

// How many of the integers of ReadIntegers() are a whole unit.
Micros IntegersInUnit(const SignalColumn& column);

// The integers of entries `begin` .. `begin` + `count`: values as they are, or
// micros of those that ReadMicros() rounds. One that is in no range, or is not
// valid and might be anything, is any number, and negative if it is beyond 64
// bits.
void ReadIntegers(const SignalColumn& column, size_t begin, size_t count,
                  int64_t* integers);

}  // namespace influence

#endif  // INFLUENCE_SCORING_VALUE_H_
