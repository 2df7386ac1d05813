// The C library, for this command: owned handles, parsed messages, failures as
// exceptions. Nothing else of the command touches influence.h but its limits.
#ifndef INFLUENCE_CLI_CLIENT_ENGINE_HANDLE_H_
#define INFLUENCE_CLI_CLIENT_ENGINE_HANDLE_H_

#include <memory>
#include <string>

#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"

namespace influence::cli {

class Engine {
 public:
  // Throws Failure(kUnknownAlgorithm).
  static Engine Released(const std::string& id);
  // From a serialized Algorithm. Throws Failure(kBadData).
  static Engine Custom(const std::string& algorithm);

  // Both throw Failure: kUnknownAlgorithm for a mismatch, kBadData for a
  // request that is refused as a whole.
  abi1::ScoreResponse Score(const abi1::ScoreRequest& request) const;
  std::string ScoreBytes(const std::string& request) const;

  // influence_score_columns(), with a serialized ColumnsOptions.
  void ScoreColumns(const std::string& options, ArrowSchema* schema,
                    ArrowArray* array, ArrowSchema* out_schema,
                    ArrowArray* out_array) const;

  // influence_score_stream(): `in` is moved in, `out` is moved out.
  void ScoreStream(const std::string& options, ArrowArrayStream* in,
                   ArrowArrayStream* out) const;

  abi1::AlgorithmDescription Describe() const;

  const influence_engine* get() const { return engine_.get(); }

 private:
  struct Free {
    void operator()(influence_engine* engine) const {
      influence_engine_free(engine);
    }
  };
  explicit Engine(influence_engine* engine) : engine_(engine) {}
  std::unique_ptr<influence_engine, Free> engine_;
};

abi1::AlgorithmList ListAlgorithms();

// influence_render(). Throws Failure.
std::string Render(const std::string& request);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_ENGINE_HANDLE_H_
