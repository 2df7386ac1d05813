// Checks a NodeReport that a caller passes back in a SubjectRequest.
#ifndef INFLUENCE_ENGINE_NODE_REPORT_H_
#define INFLUENCE_ENGINE_NODE_REPORT_H_

#include "messages/messages.h"
#include "model/error.h"
#include "model/graph_identity.h"

namespace influence {

// Fails with INVALID_ARGUMENT or OUT_OF_RANGE unless the report obeys its laws
// and names its graph, which becomes *graph.
Error CheckNodeReport(const msg::NodeReport& report, GraphIdentity* graph);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_NODE_REPORT_H_
