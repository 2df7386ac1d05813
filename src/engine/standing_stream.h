// Streams of a standing: all ranks, and profiles joined with theirs.
#ifndef INFLUENCE_ENGINE_STANDING_STREAM_H_
#define INFLUENCE_ENGINE_STANDING_STREAM_H_

#include <memory>
#include <string_view>

#include "columns/arrow.h"
#include "engine/standing_calls.h"
#include "model/error.h"

namespace influence {

// Streams all nodes, ascending by id: {id, rank, standing_micros}. `options` is
// a serialized StreamOptions.
Error RankStream(std::shared_ptr<const StandingEngine> standing,
                 std::string_view options, Owned<ArrowArrayStream>* out);

// Streams the tables of `in` with one more column, standing_micros, joined by
// id.
Error JoinStream(std::shared_ptr<const StandingEngine> standing,
                 Owned<ArrowArrayStream> in, Owned<ArrowArrayStream>* out);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_STANDING_STREAM_H_
