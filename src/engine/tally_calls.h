// Tallies behind the C boundary: bytes and columns in, profiles out.
//
// Functions here may throw std::bad_alloc; the C boundary catches it.
#ifndef INFLUENCE_ENGINE_TALLY_CALLS_H_
#define INFLUENCE_ENGINE_TALLY_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_buffer.h"
#include "columns/arrow.h"
#include "columns/event_columns.h"
#include "engine/engine.h"
#include "engine/scratch.h"
#include "model/error.h"
#include "standing/graph.h"
#include "tally/tally.h"

namespace influence {

class TallyEngine {
 public:
  // `bytes` is a serialized TallyOptions.
  static Error New(std::shared_ptr<const Engine::Core> core,
                   std::string_view bytes, std::unique_ptr<TallyEngine>* out);
  // Reads the bytes that Save() wrote.
  static Error Load(std::shared_ptr<const Engine::Core> core,
                    const ReadFunction& read,
                    std::unique_ptr<TallyEngine>* out);

  Error SpillTo(uint64_t memory_bytes, WriteFunction write,
                ReadAtFunction read_at);
  Error Add(std::string_view bytes);
  Error AddColumns(Owned<ArrowSchema> schema, Owned<ArrowArray> array);
  Error Merge(const TallyEngine& other);
  Error Save(const WriteFunction& write);
  Error Report(ByteBuffer* out);
  Error Profiles(std::string_view options, Owned<ArrowArrayStream>* out);
  Error Subject(std::string_view bytes, ByteBuffer* out);
  Error Topics(Owned<ArrowSchema>* schema, Owned<ArrowArray>* array);
  // Adds an edge from each actor to each subject. The events do not change.
  Error AddEdges(GraphBuilder* graph);

  const Description& description() const { return core_->description; }
  int64_t as_of_seconds() const { return first().as_of_seconds(); }

 private:
  TallyEngine(std::shared_ptr<const Engine::Core> core, int64_t as_of_seconds,
              bool ignore_future, size_t threads);

  // Shared with the stream of its profiles. While both hold it, changes fail.
  struct Contents {
    // One for each thread that adds columns. Reactions without event ids are
    // assigned to a shard by their actor; named events, endorsements and
    // serialized batches go to the first.
    std::vector<std::unique_ptr<Tally>> shards;
    Scratch scratch;
  };

  Tally& first() const { return *contents_->shards[0]; }
  // Fails with FAILED_PRECONDITION if a change failed half-way.
  Error CanRead() const;
  // Fails the same way also while the profiles are being read.
  Error CanChange() const;
  // Runs a body that changes the tally. If it fails, an unknown part of the
  // change was made, and only release is allowed.
  template <typename Body>
  Error Change(Body body);
  // Merges all shards into the first.
  Error Unite();
  bool IsSharedOut() const;
  // Fails with OUT_OF_RANGE for an event after as_of, unless these are ignored.
  Error CheckFuture(const std::string& field, int64_t time_seconds,
                    size_t row) const;
  Error IsSame(const TallyEngine& other) const;
  void AddShard(const EventColumns& columns, size_t shard);

  std::shared_ptr<const Engine::Core> core_;
  std::shared_ptr<Contents> contents_;
  bool ignore_future_;
  // The first shard may hold reactions of other shards' actors.
  bool is_mixed_ = false;
  bool is_lost_ = false;  // a change failed half-way
};

}  // namespace influence

#endif  // INFLUENCE_ENGINE_TALLY_CALLS_H_
