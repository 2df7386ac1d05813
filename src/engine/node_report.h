// The laws of a NodeReport, which a caller may hand back.
#ifndef INFLUENCE_ENGINE_NODE_REPORT_H_
#define INFLUENCE_ENGINE_NODE_REPORT_H_

#include "messages/messages.h"
#include "model/error.h"
#include "model/graph_identity.h"

namespace influence {

// INVALID_ARGUMENT or OUT_OF_RANGE unless the report obeys its laws and names
// the graph, which becomes *graph.
Error CheckNodeReport(const msg::NodeReport& report, GraphIdentity* graph);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_NODE_REPORT_H_
