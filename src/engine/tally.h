// A tally behind the C boundary: bytes and columns in, profiles out.
//
// Functions here may throw std::bad_alloc; the C boundary stops it.
#ifndef INFLUENCE_ENGINE_TALLY_H_
#define INFLUENCE_ENGINE_TALLY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "columns/arrow.h"
#include "engine/engine.h"
#include "model/error.h"
#include "tally/tally.h"
#include "wire/byte_buffer.h"
#include "wire/events.h"

namespace influence {

// The caller's own; false if it could not.
using WriteFunction = std::function<bool(const uint8_t*, size_t)>;
using ReadFunction = std::function<bool(uint8_t*, size_t)>;
using ReadAtFunction = std::function<bool(uint64_t, uint8_t*, size_t)>;

inline constexpr uint64_t kLeastSpillMemory = uint64_t{64} << 20;

class TallyEngine {
 public:
  // `options` are serialized TallyOptions.
  static Error New(std::shared_ptr<const Engine::Core> core,
                   std::string_view options, std::unique_ptr<TallyEngine>* out);
  // What Save() wrote.
  static Error Load(std::shared_ptr<const Engine::Core> core,
                    const ReadFunction& read,
                    std::unique_ptr<TallyEngine>* out);

  Error SpillTo(uint64_t memory_bytes, WriteFunction write,
                ReadAtFunction read_at);
  Error Add(std::string_view events);
  Error AddColumns(Owned<ArrowSchema> schema, Owned<ArrowArray> array);
  Error Merge(const TallyEngine& other);
  Error Save(const WriteFunction& write);
  Error Report(ByteBuffer* out);
  Error Finish(std::string_view options, Owned<ArrowArrayStream>* out);
  Error Subject(std::string_view request, ByteBuffer* out);

 private:
  TallyEngine(std::shared_ptr<const Engine::Core> core, int64_t as_of_seconds,
              bool ignore_future)
      : core_(std::move(core)),
        contents_(std::make_shared<Contents>(core_->description.algorithm,
                                             as_of_seconds)),
        ignore_future_(ignore_future) {}

  // Shared with the stream of its profiles, which keeps it from changing.
  struct Contents {
    Contents(const Algorithm& algorithm, int64_t as_of_seconds)
        : tally(algorithm, as_of_seconds) {}
    Tally tally;
    Scratch scratch;
  };
  Tally& tally() const { return contents_->tally; }
  Error CanChange() const;
  Error Open(const SubjectRequest& request, ByteBuffer* out);

  Error CheckFuture(const Event& event, size_t index) const;
  Error IsSame(const TallyEngine& other) const;

  std::shared_ptr<const Engine::Core> core_;
  std::shared_ptr<Contents> contents_;
  bool ignore_future_;
};

}  // namespace influence

#endif  // INFLUENCE_ENGINE_TALLY_H_
