// Stores the graph of a standing in the metadata of a table, one key for each
// field of GraphIdentity: "influence.graph.digest" and so on.
#ifndef INFLUENCE_ENGINE_STANDING_METADATA_H_
#define INFLUENCE_ENGINE_STANDING_METADATA_H_

#include "columns/column_builder.h"
#include "model/error.h"
#include "model/graph_identity.h"

namespace influence {

// Replaces the graph in the metadata. Does nothing if `graph` names none.
void SetStanding(const GraphIdentity& graph, Metadata* metadata);

// Sets *graph to the graph that the metadata names, if any. Fails with
// INVALID_ARGUMENT if *graph names another one or fields are missing, and with
// OUT_OF_RANGE.
Error Unite(const Metadata& metadata, GraphIdentity* graph);
// The same for the metadata of a table's schema; every function that scores
// tables reads their graph here. Fails also with MALFORMED.
Error Unite(const ArrowSchema& schema, GraphIdentity* graph);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_STANDING_METADATA_H_
