// Makes engines and answers ScoreRequests. Results are appended to one buffer,
// one profile after the other, through a Profile and a Ledger that are reused,
// so a batch allocates little more than its response.
#include "engine/engine.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "algorithm/custom.h"
#include "algorithm/fingerprint.h"
#include "algorithm/registry.h"
#include "base/sha256.h"
#include "codec/codec.h"
#include "codec/hot/score_request.h"
#include "codec/hot/score_response.h"
#include "engine/match.h"
#include "engine/page_calls.h"
#include "engine/request_options.h"
#include "insight/price_list.h"
#include "model/graph_identity.h"
#include "render/ledger_text.h"

namespace influence {
namespace {

// Prices are computed once per engine, because every description carries them.
Description Describe(Algorithm algorithm) {
  std::string fingerprint = Fingerprint(algorithm);
  std::vector<msg::PriceLine> prices = PriceList(algorithm);
  return {std::move(algorithm), std::move(fingerprint), std::move(prices)};
}

Error TooLarge(const char* parameter, size_t size, size_t limit) {
  return {
      Code::kTooLarge, parameter,
      std::to_string(size) + " bytes; the limit is " + std::to_string(limit)};
}

}  // namespace

const char* LibraryVersion() { return INFLUENCE_LIBRARY_VERSION; }

Engine::Core::Core(Algorithm algorithm)
    : description(influence::Describe(std::move(algorithm))),
      evaluator(description.algorithm),
      kernel(FindKernel("", 0)) {}

// The error lists the ids there are: a typo should not need the documentation.
Error Engine::NewReleased(std::string_view id, std::unique_ptr<Engine>* out) {
  std::optional<Algorithm> algorithm = FindReleased(id);
  if (!algorithm.has_value()) {
    std::string known;
    for (const std::string_view released : ReleasedIds()) {
      known += (known.empty() ? "" : ", ") + std::string(released);
    }
    return {Code::kUnknownAlgorithm, "algorithm",
            Quoted(id) + " is not released; there are: " + known};
  }
  out->reset(new Engine(*std::move(algorithm)));
  return {};
}

Error Engine::NewCustom(std::string_view bytes, std::unique_ptr<Engine>* out) {
  if (bytes.size() > kMaxAlgorithmBytes) {
    return TooLarge("algorithm", bytes.size(), kMaxAlgorithmBytes);
  }
  msg::Algorithm message;
  if (Error error = Decode(bytes, &message); !error.ok()) return error;
  return NewCustom(message, out);
}

Error Engine::NewCustom(const msg::Algorithm& message,
                        std::unique_ptr<Engine>* out) {
  Algorithm algorithm = FromMessage(message);
  if (Error error = ValidateCustom(&algorithm); !error.ok()) return error;
  out->reset(new Engine(std::move(algorithm)));
  return {};
}

// Makes a new core, because cores are immutable and may be shared with streams.
bool Engine::UseKernel(std::string_view name) {
  const Kernel* kernel = FindKernel(name.data(), name.size());
  if (name == "integer") {
    kernel = nullptr;
  } else if (kernel == nullptr || name.empty()) {
    return false;
  }
  auto core = std::make_shared<Core>(core_->description.algorithm);
  core->kernel = kernel;
  core_ = std::move(core);
  return true;
}

// Views only: the description must outlive the message.
msg::AlgorithmDescription MessageOf(const Description& description) {
  msg::AlgorithmDescription message;
  message.algorithm = MessageOf(description.algorithm);
  message.fingerprint = description.fingerprint;
  message.released = description.algorithm.released;
  message.prices = description.prices;
  return message;
}

void Engine::Describe(ByteBuffer* out) const {
  Encode(MessageOf(core_->description), out);
}

Error Engine::Score(std::string_view bytes, ByteBuffer* response) const {
  if (Error error = CheckSize("request", bytes); !error.ok()) return error;
  Request request;
  Error error = ReadRequest(bytes, &request);
  if (error.ok()) error = CheckPages(request.rendering);
  if (!error.ok()) return error;
  const Description& description = core_->description;
  Error mismatch =
      request.algorithm.empty()
          ? Error(
                Code::kAlgorithmMismatch, "algorithm",
                "is empty; this engine is " + Quoted(description.algorithm.id))
          : Match(request.algorithm, request.fingerprint, description);
  GraphIdentity graph;
  if (mismatch.ok()) mismatch = ReadGraph(request.graph, &graph);
  if (mismatch.ok()) mismatch = Match(graph, description);
  if (!mismatch.ok()) return mismatch;

  // The digest covers the caller's bytes, not their meaning: a stored request
  // can be matched with its response.
  const std::string digest = Sha256Hex(bytes);
  msg::ScoreResponse head;
  head.identity.emplace();
  head.identity->algorithm = description.algorithm.id;
  head.identity->fingerprint = description.fingerprint;
  head.identity->library_version = LibraryVersion();
  head.identity->input_digest = digest;
  head.identity->as_of_days = request.as_of_days;
  head.identity->graph = MessageOf(graph);
  Encode(head, response);
  Profile profile;
  Ledger ledger;
  for (size_t i = 0; i < request.profiles.size(); ++i) {
    error = ReadProfile(request.profiles[i], &profile);
    if (!error.ok()) {
      AppendError(
          profile.id,
          std::move(error).Within("profiles[" + std::to_string(i) + "]"),
          response);
    } else {
      core_->evaluator.Score(profile, request.detail, &ledger);
      AppendResult(
          profile, ledger, request.detail,
          Render(description.algorithm, profile, ledger, request.rendering),
          response);
    }
    // Checked after each profile: a response may overshoot by one result, never
    // by a batch.
    if (response->size() > kMaxResponseBytes) {
      error = TooLarge("response", response->size(), kMaxResponseBytes);
      return {error.code(), error.field(),
              error.message() + "; ask for fewer profiles at a time"};
    }
  }
  return {};
}

void ListAlgorithms(uint32_t abi_version, ByteBuffer* out) {
  std::vector<Description> descriptions;  // owns what the messages view
  for (const std::string_view id : ReleasedIds()) {
    descriptions.push_back(Describe(*FindReleased(id)));
  }
  msg::AlgorithmList list;
  list.library_version = LibraryVersion();
  list.abi_version = abi_version;
  for (const Description& description : descriptions) {
    list.algorithms.push_back(MessageOf(description));
  }
  Encode(list, out);
}

}  // namespace influence
