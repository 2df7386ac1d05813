// Engines: one algorithm, ready to score requests and tables.
//
// An engine is immutable; any number of threads may use one at once. Functions
// here may throw std::bad_alloc; the C boundary catches it.
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

// The limits of one call; model/profile.h has those of a profile. influence.h
// is the contract.
inline constexpr size_t kMaxRequestBytes = size_t{16} << 20;
inline constexpr size_t kMaxResponseBytes = size_t{256} << 20;
inline constexpr size_t kMaxAlgorithmBytes = size_t{64} << 10;

// This library's SemVer, "0.1.0".
const char* LibraryVersion();

// An algorithm with everything computed from its table.
struct Description {
  Algorithm algorithm;
  std::string fingerprint;
  std::vector<msg::PriceLine> prices;
};

// Views of `description`.
msg::AlgorithmDescription MessageOf(const Description& description);

class Engine {
 public:
  // Makes an engine for the released algorithm `id`. Fails with
  // UNKNOWN_ALGORITHM.
  static Error NewReleased(std::string_view id, std::unique_ptr<Engine>* out);
  // Makes an engine for a serialized Algorithm. Fails with MALFORMED,
  // INVALID_UTF8, TOO_LARGE or INVALID_ALGORITHM.
  static Error NewCustom(std::string_view bytes, std::unique_ptr<Engine>* out);
  // The same for a decoded one.
  static Error NewCustom(const msg::Algorithm& message,
                         std::unique_ptr<Engine>* out);

  // For tests: selects a kernel by name, "integer" for none. False if the
  // processor lacks it.
  bool UseKernel(std::string_view name);

  // Appends an AlgorithmDescription.
  void Describe(ByteBuffer* out) const;

  // Appends the ScoreResponse to a serialized ScoreRequest. A fault of a
  // profile ends in its result; a fault of the request is returned.
  Error Score(std::string_view bytes, ByteBuffer* response) const;

  // Scores a table, which is moved in. `options` is a serialized
  // ColumnsOptions.
  Error ScoreColumns(std::string_view options, Owned<ArrowSchema> schema,
                     Owned<ArrowArray> array, Owned<ArrowSchema>* out_schema,
                     Owned<ArrowArray>* out_array) const;

  // The same for a stream of tables. The stream may outlive the engine.
  Error ScoreStream(std::string_view options, Owned<ArrowArrayStream> in,
                    Owned<ArrowArrayStream>* out) const;

  // The contents of an engine, shared with the streams it opened and the
  // tallies made for it.
  struct Core {
    explicit Core(Algorithm algorithm);
    Description description;
    Evaluator evaluator;
    const Kernel* kernel;  // null: integers only
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
