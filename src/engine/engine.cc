#include "engine/engine.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "algorithm/custom.h"
#include "algorithm/fingerprint.h"
#include "algorithm/registry.h"
#include "base/sha256.h"
#include "engine/match.h"
#include "insight/price_list.h"
#include "render/render.h"
#include "wire/request.h"

namespace influence {
namespace {

Description Describe(Algorithm algorithm) {
  std::string fingerprint = Fingerprint(algorithm);
  std::vector<PriceLine> prices = PriceList(algorithm);
  return {std::move(algorithm), std::move(fingerprint), std::move(prices)};
}

Error TooLarge(const char* what, size_t size, size_t limit) {
  return {Code::kTooLarge, "",
          std::string("the ") + what + " has " + std::to_string(size) +
              " bytes; the limit is " + std::to_string(limit)};
}

}  // namespace

const char* LibraryVersion() { return INFLUENCE_LIBRARY_VERSION; }

Engine::Core::Core(Algorithm algorithm)
    : description(influence::Describe(std::move(algorithm))),
      evaluator(description.algorithm) {}

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
  Algorithm algorithm{};
  if (Error error = ReadAlgorithm(bytes, &algorithm); !error.ok()) return error;
  if (Error error = ValidateCustom(&algorithm); !error.ok()) return error;
  out->reset(new Engine(std::move(algorithm)));
  return {};
}

void Engine::Describe(ByteBuffer* out) const {
  AppendDescription(core_->description, out);
}

Error Engine::Score(std::string_view bytes, ByteBuffer* response) const {
  if (bytes.size() > kMaxRequestBytes) {
    return TooLarge("request", bytes.size(), kMaxRequestBytes);
  }
  Request request;
  if (Error error = ReadRequest(bytes, &request); !error.ok()) return error;
  const Description& description = core_->description;
  Error mismatch =
      request.algorithm.empty()
          ? Error(
                Code::kAlgorithmMismatch, "algorithm",
                "is empty; this engine is " + Quoted(description.algorithm.id))
          : Match(request.algorithm, request.fingerprint, description);
  if (mismatch.ok()) mismatch = Match(request.standing, description);
  if (!mismatch.ok()) return mismatch;

  AppendIdentity(
      {description.algorithm.id, description.fingerprint, LibraryVersion(),
       Sha256Hex(bytes), request.as_of_days, request.standing},
      response);
  Profile profile;
  Ledger ledger;
  for (size_t i = 0; i < request.profiles.size(); ++i) {
    if (Error error = ReadProfile(request.profiles[i], &profile); !error.ok()) {
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
    if (response->size() > kMaxResponseBytes) {
      Error error = TooLarge("response", response->size(), kMaxResponseBytes);
      return {error.code(), "",
              error.message() + "; ask for fewer profiles at a time"};
    }
  }
  return {};
}

void ListAlgorithms(uint32_t abi_version, ByteBuffer* out) {
  std::vector<Description> descriptions;
  for (const std::string_view id : ReleasedIds()) {
    descriptions.push_back(Describe(*FindReleased(id)));
  }
  AppendList(LibraryVersion(), abi_version, descriptions, out);
}

}  // namespace influence
