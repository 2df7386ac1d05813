// Answers that were kept, read back: CompareResponse, WhatIfResponse and
// DriftReport. A number that no library writes, and a sum that does not hold,
// is a fault; whether the numbers are true cannot be known from these alone.
#ifndef INFLUENCE_WIRE_STORED_H_
#define INFLUENCE_WIRE_STORED_H_

#include "model/stored.h"
#include "wire/level.h"

namespace influence {

Comparison ReadComparison(Level at);
WhatIfAnswer ReadWhatIfAnswer(Level at);
DriftResult ReadDriftResult(Level at);

}  // namespace influence

#endif  // INFLUENCE_WIRE_STORED_H_
