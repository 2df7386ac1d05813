// What everybody is listened to about, as one table.
#ifndef INFLUENCE_ENGINE_TALLY_TOPICS_H_
#define INFLUENCE_ENGINE_TALLY_TOPICS_H_

#include "columns/arrow.h"
#include "tally/tally.h"

namespace influence {

// Of a compacted tally. Ascending by id; of one id the highest score first,
// then by topic. Throws std::bad_alloc.
void MakeTopicsTable(const Tally& tally, Owned<ArrowSchema>* schema,
                     Owned<ArrowArray>* array);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_TALLY_TOPICS_H_
