// Calls of the engine, with messages in and out.
#include "cli/client/engine_handle.h"

#include "cli/client/library.h"

namespace influence::cli {

Engine Engine::Released(const std::string& id) {
  influence_engine* engine = nullptr;
  CallError error;
  if (id.find('\0') != std::string::npos) {  // which would end it
    throw Failure(kUnknownAlgorithm, "no algorithm has an id with a NUL");
  }
  Check(influence_engine_open(id.c_str(), &engine, error.out()), error);
  return Engine(engine);
}

Engine Engine::Custom(const std::string& algorithm) {
  influence_engine* engine = nullptr;
  CallError error;
  Check(influence_engine_open_custom(DataOf(algorithm), algorithm.size(),
                                     &engine, error.out()),
        error);
  return Engine(engine);
}

std::string Engine::ScoreBytes(const std::string& request) const {
  Bytes response;
  CallError error;
  Check(influence_score(engine_.get(), DataOf(request), request.size(),
                        response.out(), error.out()),
        error);
  return response.str();
}

abi1::ScoreResponse Engine::Score(const abi1::ScoreRequest& request) const {
  return Parse<abi1::ScoreResponse>(ScoreBytes(request.SerializeAsString()));
}

void Engine::ScoreColumns(const std::string& options, ArrowSchema* schema,
                          ArrowArray* array, ArrowSchema* out_schema,
                          ArrowArray* out_array) const {
  CallError error;
  Check(influence_score_columns(engine_.get(), DataOf(options), options.size(),
                                schema, array, out_schema, out_array,
                                error.out()),
        error);
}

void Engine::ScoreStream(const std::string& options, ArrowArrayStream* in,
                         ArrowArrayStream* out) const {
  CallError error;
  Check(influence_score_stream(engine_.get(), DataOf(options), options.size(),
                               in, out, error.out()),
        error);
}

abi1::AlgorithmDescription Engine::Describe() const {
  Bytes description;
  CallError error;
  Check(
      influence_engine_describe(engine_.get(), description.out(), error.out()),
      error);
  return Parse<abi1::AlgorithmDescription>(description.str());
}

std::string Render(const std::string& request) {
  Bytes text;
  CallError error;
  Check(influence_render(DataOf(request), request.size(), text.out(),
                         error.out()),
        error);
  return text.str();
}

abi1::AlgorithmList ListAlgorithms() {
  Bytes list;
  CallError error;
  Check(influence_algorithm_list(list.out(), error.out()), error);
  return Parse<abi1::AlgorithmList>(list.str());
}

}  // namespace influence::cli
