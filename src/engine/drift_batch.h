// One table under two algorithms: the totals of its people alone.
#ifndef INFLUENCE_ENGINE_DRIFT_BATCH_H_
#define INFLUENCE_ENGINE_DRIFT_BATCH_H_

#include "columns/arrow.h"
#include "engine/drift_calls.h"
#include "engine/engine.h"
#include "model/error.h"
#include "model/graph_identity.h"

namespace influence {

// Fails unless a standing is of the rule of both algorithms: each side's score
// is the one that its engine returns, or there is none.
Error CheckGraph(const GraphIdentity& graph, const Engine::Core& before,
                 const Engine::Core& after);

// Sets *state to the totals of the table's rows. Fails with INVALID_ARGUMENT,
// MALFORMED, INVALID_UTF8, ALGORITHM_MISMATCH or TOO_LARGE, and leaves *state
// unchanged. Throws std::bad_alloc.
Error ScoreTable(const DriftSettings& settings, const Engine::Core& before,
                 const Engine::Core& after, const ArrowSchema& schema,
                 const ArrowArray& array, Drift::State* state);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_DRIFT_BATCH_H_
