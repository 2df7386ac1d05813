// Graphs and standings at the C boundary. The callbacks of a spilled graph are
// shared by everything that reads it (collector.h).
#include <memory>
#include <utility>

#include "boundary.h"
#include "collector.h"
#include "engine/standing_calls.h"
#include "engine/standing_stream.h"
#include "influence/influence.h"

namespace {

using influence::ByteBuffer;
using influence::Error;
using influence::GraphEngine;
using influence::Owned;
using influence::StandingEngine;
using influence::StandingRun;
using influence::TallyEngine;
using influence::boundary::AddColumns;
using influence::boundary::Answer;
using influence::boundary::Bytes;
using influence::boundary::Call;
using influence::boundary::Create;
using influence::boundary::FromHandle;
using influence::boundary::OpenStream;
using influence::boundary::Spill;
using influence::boundary::View;

// The handle of a standing is one of its owners; the streams of its ranks are
// the others.
using SharedStanding = std::shared_ptr<const StandingEngine>;

GraphEngine* Of(influence_graph* handle) {
  return reinterpret_cast<GraphEngine*>(handle);
}
const SharedStanding& Of(const influence_standing* handle) {
  return *reinterpret_cast<const SharedStanding*>(handle);
}

}  // namespace

influence_status influence_graph_new(const influence_engine* engine,
                                     const uint8_t* options,
                                     size_t options_size,
                                     influence_graph** graph,
                                     influence_error** error) {
  return Create<GraphEngine>(graph,
                             {{engine, "engine"},
                              Bytes(options, options_size, "options"),
                              {graph, "graph"}},
                             error, [&](auto* made) {
                               return GraphEngine::New(
                                   FromHandle(engine)->core(),
                                   View(options, options_size), made);
                             });
}

void influence_graph_free(influence_graph* graph) { delete Of(graph); }

influence_status influence_graph_spill(influence_graph* graph,
                                       uint64_t memory_bytes,
                                       influence_write_fn write,
                                       influence_read_at_fn read_at,
                                       influence_release_fn release,
                                       void* context, influence_error** error) {
  return Spill("graph", Of(graph), memory_bytes, write, read_at, release,
               context, error);
}

influence_status influence_graph_add(influence_graph* graph,
                                     const uint8_t* edges, size_t edges_size,
                                     influence_error** error) {
  return Call({{graph, "graph"}, Bytes(edges, edges_size, "edges")}, error,
              [&] { return Of(graph)->Add(View(edges, edges_size)); });
}

influence_status influence_graph_add_columns(influence_graph* graph,
                                             ArrowSchema* schema,
                                             ArrowArray* array,
                                             influence_error** error) {
  return AddColumns("graph", Of(graph), schema, array, error);
}

influence_status influence_graph_add_tally(influence_graph* graph,
                                           influence_tally* tally,
                                           influence_error** error) {
  return Call({{graph, "graph"}, {tally, "tally"}}, error, [&] {
    return Of(graph)->AddTally(reinterpret_cast<TallyEngine*>(tally));
  });
}

influence_status influence_graph_seed(influence_graph* graph,
                                      const uint8_t* seeds, size_t seeds_size,
                                      influence_error** error) {
  return Call({{graph, "graph"}, Bytes(seeds, seeds_size, "seeds")}, error,
              [&] { return Of(graph)->Seed(View(seeds, seeds_size)); });
}

// The handle is allocated before the run: a run that took an hour must not be
// lost to a failed allocation of a few bytes.
influence_status influence_graph_run(
    influence_graph* graph, const uint8_t* options, size_t options_size,
    influence_progress_fn progress, void* context,
    influence_standing** standing, influence_error** error) {
  return Create<SharedStanding>(
      standing,
      {{graph, "graph"},
       Bytes(options, options_size, "options"),
       {standing, "standing"}},
      error, [&](auto* made) {
        StandingRun::Progress told;
        if (progress != nullptr) {
          told = [progress, context](uint32_t done, uint32_t all) {
            return progress(context, done, all) == 0;
          };
        }
        *made = std::make_unique<SharedStanding>();
        return Of(graph)->Run(View(options, options_size), told, made->get());
      });
}

// Drops one reference; streams of the standing keep theirs.
void influence_standing_free(influence_standing* standing) {
  delete reinterpret_cast<SharedStanding*>(standing);
}

influence_status influence_standing_report(const influence_standing* standing,
                                           influence_bytes* report,
                                           influence_error** error) {
  return Answer(report, {{standing, "standing"}, {report, "report"}}, error,
                [&](ByteBuffer* out) -> Error {
                  Of(standing)->Report(out);
                  return {};
                });
}

influence_status influence_standing_ranks(const influence_standing* standing,
                                          const uint8_t* options,
                                          size_t options_size,
                                          ArrowArrayStream* out,
                                          influence_error** error) {
  return OpenStream(out, nullptr,
                    {{standing, "standing"},
                     Bytes(options, options_size, "options"),
                     {out, "out"}},
                    error, [&](Owned<ArrowArrayStream>* stream) {
                      return RankStream(Of(standing),
                                        View(options, options_size), stream);
                    });
}

influence_status influence_standing_explain(const influence_standing* standing,
                                            const uint8_t* request,
                                            size_t request_size,
                                            influence_bytes* response,
                                            influence_error** error) {
  return Answer(response,
                {{standing, "standing"},
                 Bytes(request, request_size, "request"),
                 {response, "response"}},
                error, [&](ByteBuffer* out) {
                  return Of(standing)->Explain(View(request, request_size),
                                               out);
                });
}

influence_status influence_standing_join(const influence_standing* standing,
                                         ArrowArrayStream* in,
                                         ArrowArrayStream* out,
                                         influence_error** error) {
  return OpenStream(out, in, {{standing, "standing"}, {in, "in"}, {out, "out"}},
                    error, [&](Owned<ArrowArrayStream>* stream) {
                      return JoinStream(Of(standing),
                                        Owned<ArrowArrayStream>(in), stream);
                    });
}
