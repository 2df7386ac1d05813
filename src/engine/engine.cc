#include "engine/engine.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "algorithm/custom.h"
#include "algorithm/fingerprint.h"
#include "algorithm/registry.h"
#include "base/sha256.h"
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

// What a caller sent in place of an id, fit for a message.
std::string Quoted(std::string_view text) {
  constexpr size_t kMaxShown = 64;
  std::string out = "'";
  for (const char c : text.substr(0, kMaxShown)) {
    out += c >= 0x20 && c < 0x7f ? c : '?';
  }
  return out + (text.size() > kMaxShown ? "...'" : "'");
}

// Whether the request is for this engine.
Error Match(const Request& request, const Description& engine) {
  if (request.algorithm.empty()) {
    return {Code::kAlgorithmMismatch, "algorithm",
            "is empty; this engine is " + Quoted(engine.algorithm.id)};
  }
  if (request.algorithm != engine.algorithm.id) {
    return {Code::kAlgorithmMismatch, "algorithm",
            "is " + Quoted(request.algorithm) + "; this engine is " +
                Quoted(engine.algorithm.id)};
  }
  if (!request.fingerprint.empty() &&
      request.fingerprint != engine.fingerprint) {
    return {Code::kAlgorithmMismatch, "fingerprint",
            "is " + Quoted(request.fingerprint) + "; this engine's is " +
                Quoted(engine.fingerprint)};
  }
  return {};
}

}  // namespace

const char* LibraryVersion() { return INFLUENCE_LIBRARY_VERSION; }

Engine::Engine(Algorithm algorithm)
    : description_(influence::Describe(std::move(algorithm))),
      evaluator_(description_.algorithm) {}

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
  AppendDescription(description_, out);
}

Error Engine::Score(std::string_view bytes, ByteBuffer* response) const {
  if (bytes.size() > kMaxRequestBytes) {
    return TooLarge("request", bytes.size(), kMaxRequestBytes);
  }
  Request request;
  if (Error error = ReadRequest(bytes, &request); !error.ok()) return error;
  if (Error error = Match(request, description_); !error.ok()) return error;

  AppendIdentity({description_.algorithm.id, description_.fingerprint,
                  LibraryVersion(), Sha256Hex(bytes), request.as_of_days},
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
      evaluator_.Score(profile, request.detail, &ledger);
      AppendResult(
          profile, ledger, request.detail,
          Render(description_.algorithm, profile, ledger, request.rendering),
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
