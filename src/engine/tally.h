// A tally behind the C boundary: bytes and columns in, profiles out.
//
// Functions here may throw std::bad_alloc; the C boundary stops it.
#ifndef INFLUENCE_ENGINE_TALLY_H_
#define INFLUENCE_ENGINE_TALLY_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_buffer.h"
#include "columns/arrow.h"
#include "columns/events.h"
#include "engine/engine.h"
#include "engine/scratch.h"
#include "model/error.h"
#include "standing/standing.h"
#include "tally/tally.h"

namespace influence {

class TallyEngine {
 public:
  // `bytes` are serialized TallyOptions.
  static Error New(std::shared_ptr<const Engine::Core> core,
                   std::string_view bytes, std::unique_ptr<TallyEngine>* out);
  // What Save() wrote.
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
  // An edge from each actor to each subject; nothing changes but `graph`.
  Error AddEdges(GraphBuilder* graph);

  const Description& description() const { return core_->description; }
  int64_t as_of_seconds() const { return first().as_of_seconds(); }

 private:
  TallyEngine(std::shared_ptr<const Engine::Core> core, int64_t as_of_seconds,
              bool ignore_future, size_t threads);

  // Shared with the stream of its profiles, which keeps it from changing.
  struct Contents {
    // One for each thread that adds columns: the first, and all that share the
    // reactions without names by their actor. What is not so shared out is in
    // the first.
    std::vector<std::unique_ptr<Tally>> shards;
    Scratch scratch;
  };

  Tally& first() const { return *contents_->shards[0]; }
  // FAILED_PRECONDITION if a change failed half-way.
  Error CanRead() const;
  // The same if the profiles are being read.
  Error CanChange() const;
  // Runs a body that changes the tally: if it fails, it is not known how much
  // of it was done, and only release is left.
  template <typename Body>
  Error Change(Body body);
  // Puts all shards into the first.
  Error Unite();
  bool IsSharedOut() const;
  // OUT_OF_RANGE for an event after as_of, unless these are ignored.
  Error CheckFuture(const std::string& field, int64_t time_seconds,
                    size_t row) const;
  Error IsSame(const TallyEngine& other) const;
  void AddShard(const EventColumns& columns, size_t shard);

  std::shared_ptr<const Engine::Core> core_;
  std::shared_ptr<Contents> contents_;
  bool ignore_future_;
  bool is_mixed_ = false;  // the first has reactions of others' actors
  bool is_lost_ = false;   // a change failed half-way
};

}  // namespace influence

#endif  // INFLUENCE_ENGINE_TALLY_H_
