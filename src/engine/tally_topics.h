// The topics of all people as one table.
#ifndef INFLUENCE_ENGINE_TALLY_TOPICS_H_
#define INFLUENCE_ENGINE_TALLY_TOPICS_H_

#include "columns/arrow.h"
#include "tally/tally.h"

namespace influence {

// Makes the table of a compacted tally: ascending by id; for one id the highest
// score first, then by topic. Throws std::bad_alloc.
void MakeTopicsTable(const Tally& tally, Owned<ArrowSchema>* schema,
                     Owned<ArrowArray>* array);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_TALLY_TOPICS_H_
