// Bytes in, bytes out: read, find the algorithm, score, write.
//
// An engine is immutable and may be used by any number of threads at once.
// Functions here may throw std::bad_alloc; the C boundary stops it.
#ifndef INFLUENCE_ENGINE_ENGINE_H_
#define INFLUENCE_ENGINE_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/byte_buffer.h"
#include "columns/arrow.h"
#include "messages/messages.h"
#include "model/algorithm.h"
#include "model/error.h"
#include "model/profile.h"
#include "scoring/evaluator.h"
#include "scoring/kernels/kernel.h"

namespace influence {

// The limits of one call, besides those of a profile in model/profile.h;
// influence.h is the contract.
inline constexpr size_t kMaxRequestBytes = size_t{16} << 20;
inline constexpr size_t kMaxResponseBytes = size_t{256} << 20;
inline constexpr size_t kMaxAlgorithmBytes = size_t{64} << 10;

// This library's SemVer, "0.1.0".
const char* LibraryVersion();

// An algorithm and what follows from it.
struct Description {
  Algorithm algorithm;
  std::string fingerprint;
  std::vector<msg::PriceLine> prices;
};

// Views of `description`.
msg::AlgorithmDescription MessageOf(const Description& description);

class Engine {
 public:
  // An engine for the released algorithm `id`: UNKNOWN_ALGORITHM.
  static Error NewReleased(std::string_view id, std::unique_ptr<Engine>* out);
  // An engine for a serialized Algorithm: MALFORMED, INVALID_UTF8, TOO_LARGE,
  // INVALID_ALGORITHM.
  static Error NewCustom(std::string_view bytes, std::unique_ptr<Engine>* out);
  // The same of a decoded one.
  static Error NewCustom(const msg::Algorithm& message,
                         std::unique_ptr<Engine>* out);

  // Tests alone: another kernel than the fastest of this processor, "integer"
  // for none. False if the processor lacks it.
  bool UseKernel(std::string_view name);

  // Appends an AlgorithmDescription.
  void Describe(ByteBuffer* out) const;

  // Appends the ScoreResponse to a serialized ScoreRequest. A profile's fault
  // is in its result; a fault of the request is returned.
  Error Score(std::string_view bytes, ByteBuffer* response) const;

  // Scores a table, moved in, under serialized ColumnsOptions.
  Error ScoreColumns(std::string_view options, Owned<ArrowSchema> schema,
                     Owned<ArrowArray> array, Owned<ArrowSchema>* out_schema,
                     Owned<ArrowArray>* out_array) const;

  // The same for a stream of tables; the result needs the engine no more.
  Error ScoreStream(std::string_view options, Owned<ArrowArrayStream> in,
                    Owned<ArrowArrayStream>* out) const;

  // What an engine is made of: shared with the streams it opened and the
  // tallies made for it.
  struct Core {
    explicit Core(Algorithm algorithm);
    Description description;
    Evaluator evaluator;
    const Kernel* kernel;  // null: the integers
  };

  const std::shared_ptr<const Core>& core() const { return core_; }

 private:
  explicit Engine(Algorithm algorithm)
      : core_(std::make_shared<const Core>(std::move(algorithm))) {}

  std::shared_ptr<const Core> core_;
};

// Appends an AlgorithmList of all released algorithms, oldest first.
void ListAlgorithms(uint32_t abi_version, ByteBuffer* out);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_ENGINE_H_
