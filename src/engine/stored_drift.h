// A drift report that was stored, held against its own numbers.
#ifndef INFLUENCE_ENGINE_STORED_DRIFT_H_
#define INFLUENCE_ENGINE_STORED_DRIFT_H_

#include "model/error.h"
#include "model/stored.h"

namespace influence {

// Of a drift, what its histograms say is what its figures must be:
//   changes sum to up + down; up, down and beyond fit them, and so do the
//   quantiles, which but for the least and the most are the histogram's own;
//   the points moved up and down fit them, and are the factors' together;
//   the index of stability is that of the two distributions, and the bands'
//   sums are where these can tell; shares are those of the factors' points;
//   movers are in order, the first as far as the least or the most;
//   the slices of a column sum to all.
// The two rank agreements are of people in both orders, of which a report has
// the bands alone: they cannot be checked. A population without a drift has
// nothing to check here. INVALID_ARGUMENT, naming the field.
Error CheckDrift(const DriftResult& drift);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_STORED_DRIFT_H_
