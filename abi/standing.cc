// The functions of graphs and standings at the C boundary.
#include "engine/standing.h"

#include <memory>
#include <utility>

#include "boundary.h"
#include "collector.h"
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
using influence::boundary::AddBytes;
using influence::boundary::AddColumns;
using influence::boundary::Barrier;
using influence::boundary::Clear;
using influence::boundary::Done;
using influence::boundary::FailNull;
using influence::boundary::Give;
using influence::boundary::NewCollector;
using influence::boundary::Spill;
using influence::boundary::View;

// A handle of a standing is one of its owners: the streams of its ranks are
// others.
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
                                     influence_bytes* message) {
  return NewCollector<GraphEngine>("graph", engine, options, options_size,
                                   graph, message);
}

void influence_graph_free(influence_graph* graph) { delete Of(graph); }

influence_status influence_graph_spill(
    influence_graph* graph, uint64_t memory_bytes, influence_write_fn write,
    influence_read_at_fn read_at, void* context, influence_bytes* message) {
  return Spill("graph", Of(graph), memory_bytes, write, read_at, context,
               message);
}

influence_status influence_graph_add(influence_graph* graph,
                                     const uint8_t* edges, size_t edges_size,
                                     influence_bytes* message) {
  return AddBytes("graph", Of(graph), "edges", edges, edges_size, message,
                  &GraphEngine::Add);
}

influence_status influence_graph_add_columns(influence_graph* graph,
                                             ArrowSchema* schema,
                                             ArrowArray* array,
                                             influence_bytes* message) {
  return AddColumns("graph", Of(graph), schema, array, message);
}

influence_status influence_graph_add_tally(influence_graph* graph,
                                           influence_tally* tally,
                                           influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (graph == nullptr) return FailNull("graph", message);
    if (tally == nullptr) return FailNull("tally", message);
    return Done(Of(graph)->AddTally(reinterpret_cast<TallyEngine*>(tally)),
                message);
  });
}

influence_status influence_graph_seed(influence_graph* graph,
                                      const uint8_t* seeds, size_t seeds_size,
                                      influence_bytes* message) {
  return AddBytes("graph", Of(graph), "seeds", seeds, seeds_size, message,
                  &GraphEngine::Seed);
}

influence_status influence_graph_run(
    influence_graph* graph, const uint8_t* options, size_t options_size,
    influence_progress_fn progress, void* context,
    influence_standing** standing, influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (standing == nullptr) return FailNull("standing", message);
    *standing = nullptr;
    if (graph == nullptr) return FailNull("graph", message);
    if (options == nullptr && options_size != 0) {
      return FailNull("options", message);
    }
    StandingRun::Progress told;
    if (progress != nullptr) {
      told = [progress, context](uint32_t done, uint32_t all) {
        return progress(context, done, all) == 0;
      };
    }
    auto owner = std::make_unique<SharedStanding>();
    const Error error =
        Of(graph)->Run(View(options, options_size), told, owner.get());
    if (error.ok()) {
      *standing = reinterpret_cast<influence_standing*>(owner.release());
    }
    return Done(error, message);
  });
}

void influence_standing_free(influence_standing* standing) {
  delete reinterpret_cast<SharedStanding*>(standing);
}

influence_status influence_standing_report(const influence_standing* standing,
                                           influence_bytes* report,
                                           influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (report == nullptr) return FailNull("report", message);
    Clear(report);
    if (standing == nullptr) return FailNull("standing", message);
    ByteBuffer buffer;
    Of(standing)->Report(&buffer);
    Give(&buffer, report);
    return INFLUENCE_OK;
  });
}

influence_status influence_standing_columns(const influence_standing* standing,
                                            const uint8_t* options,
                                            size_t options_size,
                                            ArrowArrayStream* out,
                                            influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (out == nullptr) return FailNull("out", message);
    *out = {};
    if (standing == nullptr) return FailNull("standing", message);
    if (options == nullptr && options_size != 0) {
      return FailNull("options", message);
    }
    Owned<ArrowArrayStream> stream;
    const Error error =
        RankStream(Of(standing), View(options, options_size), &stream);
    if (error.ok()) *out = stream.Take();
    return Done(error, message);
  });
}

influence_status influence_standing_explain(const influence_standing* standing,
                                            const uint8_t* request,
                                            size_t request_size,
                                            influence_bytes* response,
                                            influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (response == nullptr) return FailNull("response", message);
    Clear(response);
    if (standing == nullptr) return FailNull("standing", message);
    if (request == nullptr && request_size != 0) {
      return FailNull("request", message);
    }
    ByteBuffer buffer;
    const Error error =
        Of(standing)->Explain(View(request, request_size), &buffer);
    if (error.ok()) Give(&buffer, response);
    return Done(error, message);
  });
}

influence_status influence_standing_join(const influence_standing* standing,
                                         ArrowArrayStream* in,
                                         ArrowArrayStream* out,
                                         influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (out != nullptr && out != in) *out = {};
    if (standing == nullptr) return FailNull("standing", message);
    if (in == nullptr) return FailNull("in", message);
    if (out == nullptr) return FailNull("out", message);
    Owned<ArrowArrayStream> stream_in(in), stream_out;
    const Error error =
        JoinStream(Of(standing), std::move(stream_in), &stream_out);
    if (error.ok()) *out = stream_out.Take();
    return Done(error, message);
  });
}
