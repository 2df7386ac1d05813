// The graph of a standing in the metadata of a table: a key for each field of
// GraphIdentity, "influence.graph.digest" and so on.
#ifndef INFLUENCE_ENGINE_STANDING_METADATA_H_
#define INFLUENCE_ENGINE_STANDING_METADATA_H_

#include "columns/build.h"
#include "model/error.h"
#include "model/graph_identity.h"

namespace influence {

// Puts it in, in place of what was there; nothing if no graph is named.
void SetStanding(const GraphIdentity& graph, Metadata* metadata);

// The graph that either names, or both. INVALID_ARGUMENT if they differ, or the
// metadata has not all of the fields; OUT_OF_RANGE.
Error Unite(const Metadata& metadata, GraphIdentity* graph);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_STANDING_METADATA_H_
