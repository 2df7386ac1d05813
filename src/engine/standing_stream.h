// A standing as tables: everybody's ranks, and profiles that get theirs.
#ifndef INFLUENCE_ENGINE_STANDING_STREAM_H_
#define INFLUENCE_ENGINE_STANDING_STREAM_H_

#include <memory>
#include <string_view>

#include "columns/arrow.h"
#include "engine/standing.h"
#include "model/error.h"

namespace influence {

// All nodes, ascending by id: {id, rank, standing_micros}. `options` are
// serialized StreamOptions.
Error RankStream(std::shared_ptr<const StandingEngine> standing,
                 std::string_view options, Owned<ArrowArrayStream>* out);

// The tables of `in` with a column more, standing_micros, by their ids.
Error JoinStream(std::shared_ptr<const StandingEngine> standing,
                 Owned<ArrowArrayStream> in, Owned<ArrowArrayStream>* out);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_STANDING_STREAM_H_
