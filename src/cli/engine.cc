#include "cli/engine.h"

#include "cli/failure.h"

namespace influence::cli {
namespace {

class Bytes {
 public:
  ~Bytes() { influence_bytes_free(&bytes_); }
  influence_bytes* out() { return &bytes_; }
  std::string str() const {
    return {reinterpret_cast<const char*>(bytes_.data), bytes_.size};
  }

 private:
  influence_bytes bytes_ = {nullptr, 0};
};

ExitCode ExitCodeOf(influence_status status) {
  switch (status) {
    case INFLUENCE_UNKNOWN_ALGORITHM:
    case INFLUENCE_ALGORITHM_MISMATCH:
      return kUnknownAlgorithm;
    case INFLUENCE_INVALID_ARGUMENT:
    case INFLUENCE_MALFORMED:
    case INFLUENCE_TOO_LARGE:
    case INFLUENCE_INVALID_ALGORITHM:
    case INFLUENCE_OUT_OF_RANGE:
    case INFLUENCE_INVALID_UTF8:
      return kBadData;
    default:
      return kInternal;
  }
}

void Check(influence_status status, const Bytes& message) {
  if (status == INFLUENCE_OK) return;
  std::string text = influence_status_name(status);
  if (!message.str().empty()) text += ": " + message.str();
  throw Failure(ExitCodeOf(status), text);
}

template <typename Message>
Message Parse(const std::string& bytes) {
  Message message;
  if (!message.ParseFromString(bytes)) {
    throw Failure(kInternal, "the library's answer does not parse");
  }
  return message;
}

}  // namespace

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
  Check(influence_engine_new_custom(
            reinterpret_cast<const uint8_t*>(algorithm.data()),
            algorithm.size(), &engine, message.out()),
        message);
  return Engine(engine);
}

std::string Engine::ScoreBytes(const std::string& request) const {
  Bytes response;
  Bytes message;
  Check(influence_score(engine_.get(),
                        reinterpret_cast<const uint8_t*>(request.data()),
                        request.size(), response.out(), message.out()),
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
  Check(
      influence_score_columns(
          engine_.get(), reinterpret_cast<const uint8_t*>(options.data()),
          options.size(), schema, array, out_schema, out_array, message.out()),
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
