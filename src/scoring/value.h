// Reads values of a column as micros, by integer arithmetic alone.
#ifndef INFLUENCE_SCORING_VALUE_H_
#define INFLUENCE_SCORING_VALUE_H_

#include <cstddef>

#include "base/micros.h"
#include "model/population_columns.h"

namespace influence {

// 10^decimals, for 0 .. kMaxDecimals.
Micros PowerOfTen(int decimals);

// Reads entry i, which must be valid, as micros. False if the value is not in 0
// .. kMaxSignal. A float, or a decimal of more than six places, is taken
// exactly and rounded once, ties to even, without floating-point arithmetic.
bool ReadMicros(const SignalColumn& column, size_t i, Micros* micros);

// The number of ReadIntegers()' integers in one unit.
Micros IntegersInUnit(const SignalColumn& column);

// Reads `count` entries from `begin` on as integers: the values themselves, or
// micros for types that ReadMicros() rounds. An entry that is not valid may
// yield any number; a value that does not fit int64_t yields a negative one.
void ReadIntegers(const SignalColumn& column, size_t begin, size_t count,
                  int64_t* integers);

}  // namespace influence

#endif  // INFLUENCE_SCORING_VALUE_H_
