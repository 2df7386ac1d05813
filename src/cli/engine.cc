#include "cli/engine.h"

#include "cli/library.h"

namespace influence::cli {
Engine Engine::Released(const std::string& id) {
  influence_engine* engine = nullptr;
  Bytes message;
  Check(influence_engine_new(id.data(), id.size(), &engine, message.out()),
        message);
  return Engine(engine);
}

Engine Engine::Custom(const std::string& algorithm) {
  influence_engine* engine = nullptr;
  Bytes message;
  Check(influence_engine_new_custom(DataOf(algorithm), algorithm.size(),
                                    &engine, message.out()),
        message);
  return Engine(engine);
}

std::string Engine::ScoreBytes(const std::string& request) const {
  Bytes response;
  Bytes message;
  Check(influence_score(engine_.get(), DataOf(request), request.size(),
                        response.out(), message.out()),
        message);
  return response.str();
}

wire::ScoreResponse Engine::Score(const wire::ScoreRequest& request) const {
  return Parse<wire::ScoreResponse>(ScoreBytes(request.SerializeAsString()));
}

void Engine::ScoreColumns(const std::string& options, ArrowSchema* schema,
                          ArrowArray* array, ArrowSchema* out_schema,
                          ArrowArray* out_array) const {
  Bytes message;
  Check(influence_score_columns(engine_.get(), DataOf(options), options.size(),
                                schema, array, out_schema, out_array,
                                message.out()),
        message);
}

wire::AlgorithmDescription Engine::Describe() const {
  Bytes description;
  Check(influence_engine_describe(engine_.get(), description.out()), Bytes());
  return Parse<wire::AlgorithmDescription>(description.str());
}

std::string Render(const std::string& request) {
  Bytes text;
  Bytes message;
  Check(influence_render(reinterpret_cast<const uint8_t*>(request.data()),
                         request.size(), text.out(), message.out()),
        message);
  return text.str();
}

wire::AlgorithmList ListAlgorithms() {
  Bytes list;
  Check(influence_algorithm_list(list.out()), Bytes());
  return Parse<wire::AlgorithmList>(list.str());
}

}  // namespace influence::cli
