// The profiles of a tally as a stream of tables, ascending by id.
#ifndef INFLUENCE_ENGINE_TALLY_PROFILE_STREAM_H_
#define INFLUENCE_ENGINE_TALLY_PROFILE_STREAM_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "columns/table_stream.h"
#include "model/algorithm.h"
#include "tally/tally.h"

namespace influence {

// `shards` are compacted, `keep` owns them, and all reactions of one actor,
// network and kind are in the same shard. A table has at most `batch_rows`
// people. Throws std::bad_alloc.
std::unique_ptr<TableSource> NewProfileStream(
    std::shared_ptr<const void> keep, const std::vector<const Tally*>& shards,
    const Algorithm& algorithm, size_t batch_rows);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_TALLY_PROFILE_STREAM_H_
