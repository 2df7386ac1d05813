#include "engine/render.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "algorithm/evidence.h"
#include "engine/insight.h"
#include "engine/match.h"
#include "engine/stored_drift.h"
#include "insight/drift.h"
#include "insight/gaming.h"
#include "render/card.h"
#include "render/comparison.h"
#include "render/page.h"
#include "render/population.h"
#include "render/report.h"
#include "render/what_if.h"
#include "wire/fields.h"
#include "wire/render_request.h"
#include "wire/request.h"

namespace influence {
namespace {

// A stored result and what its facts give, which is the same.
struct Side {
  std::unique_ptr<Engine> engine;
  Profile profile;
  Ledger ledger;
  GivenIdentity identity;
  ReportSide report;
};

Error Recompute(const StoredResult& stored, std::string_view algorithm,
                Side* side) {
  Error error = algorithm.empty()
                    ? Engine::NewReleased(stored.algorithm, &side->engine)
                    : Engine::NewCustom(algorithm, &side->engine);
  if (!error.ok()) return error;
  const Description& description = side->engine->core()->description;
  error = Match(stored.algorithm, stored.fingerprint, description);
  if (!error.ok()) return std::move(error).Within("identity");
  if (stored.as_of_days &&
      (*stored.as_of_days < 0 || *stored.as_of_days > kMaxAsOfDays)) {
    return {Code::kOutOfRange, "identity.as_of_days",
            std::to_string(*stored.as_of_days) + " is no day of 1970 to 9999"};
  }
  error = ReadIdentity(stored.identity, &side->identity);
  if (!error.ok()) return std::move(error).Within("identity");
  error = ReadProfile(stored.profile, &side->profile);
  if (!error.ok()) return std::move(error).Within("results[0].ledger");
  side->engine->core()->evaluator.Score(side->profile, Detail::kLedger,
                                        &side->ledger);
  ByteBuffer again;
  AppendResult(side->profile, side->ledger, Detail::kLedger, "", &again);
  const std::string_view bytes(reinterpret_cast<const char*>(again.data()),
                               again.size());
  if (LedgerIn(bytes) != stored.ledger) {
    return {
        Code::kInvalidArgument, "results[0].ledger",
        "is not what its facts give under " + Quoted(description.algorithm.id)};
  }
  side->identity.Set(field::identity::kFingerprint, description.fingerprint);
  side->report = {&description.algorithm, &side->profile, &side->ledger,
                  FieldsOf(side->identity, side->identity)};
  return {};
}

Error PersonPage(const RenderRequest& request, Page* page) {
  Side now;
  Error error = Recompute(*request.result, request.algorithm, &now);
  if (!error.ok()) return std::move(error).Within("result");
  PersonReport report{now.report,
                      &now.engine->core()->description.prices,
                      {LibraryVersion(), Proof::kFacts}};
  Side before;
  Comparison change;
  if (request.before.has_value()) {
    error = Recompute(*request.before, request.before_algorithm, &before);
    if (!error.ok()) return std::move(error).Within("before");
    if (before.profile.id != now.profile.id) {
      return {Code::kInvalidArgument, "before.results[0].id",
              "is another person's"};
    }
    change = Compare({*before.engine, before.profile, before.identity},
                     {*now.engine, now.profile, now.identity});
    report.change = &change;
  }
  *page = PageOf(report);
  return {};
}

// The whole points at which the bands begin.
std::array<uint64_t, 5> BandStarts() {
  std::array<uint64_t, 5> starts{};
  for (uint64_t point = kFullScore / kOne + 1; point-- > 0;) {
    const Band band = BandOf(static_cast<Micros>(point) * kOne);
    starts[static_cast<size_t>(band) - 1] = point;
  }
  return starts;
}

Error CardPage(const RenderRequest& request, Page* page) {
  std::unique_ptr<Engine> engine;
  Error error = request.algorithm.empty()
                    ? Engine::NewReleased(request.card, &engine)
                    : Engine::NewCustom(request.algorithm, &engine);
  if (!error.ok()) return error;
  const Description& description = engine->core()->description;
  error = Match(request.card, "", description);
  if (!error.ok()) return std::move(error).Within("card");
  const GamingPrices gaming =
      PricesOfGaming(description.algorithm, description.prices);
  const Evidence evidence = EvidenceOf(description.algorithm.id);
  std::unique_ptr<Engine> before;
  const std::vector<PriceLine>* before_prices = nullptr;
  if (!evidence.drift.from.empty()) {
    error = Engine::NewReleased(evidence.drift.from, &before);
    if (!error.ok()) return error;
    before_prices = &before->core()->description.prices;
  }
  *page = PageOf(Card{&description.algorithm, description.fingerprint,
                      LibraryVersion(), &description.prices, before_prices,
                      &gaming, &evidence, BandStarts(), kScoreResolution});
  return {};
}

// The algorithm that a description is of, if it says what this library says.
Error DescriptionPage(const StoredDescription& stored, Page* page) {
  Algorithm read;
  Error error = ReadAlgorithm(stored.algorithm, &read);
  if (!error.ok()) return error;
  std::unique_ptr<Engine> engine;
  error = stored.released ? Engine::NewReleased(read.id, &engine)
                          : Engine::NewCustom(stored.algorithm, &engine);
  if (!error.ok()) return error;
  const Description& own = engine->core()->description;
  error = Match(read.id, stored.fingerprint, own);
  if (!error.ok()) return error;
  GivenIdentity identity;
  identity.Set(field::identity::kAlgorithm, own.algorithm.id);
  identity.Set(field::identity::kFingerprint, own.fingerprint);
  identity.Set(field::identity::kLibraryVersion, LibraryVersion());
  *page = PageOf({&own.algorithm,
                  FieldsOf(identity, identity),
                  &own.prices,
                  {LibraryVersion(), Proof::kFacts}});
  return {};
}

Error PageFor(const RenderRequest& request, Page* page) {
  if (request.result.has_value()) return PersonPage(request, page);
  if (request.format == Format::kBadge) {
    return {Code::kInvalidArgument, "format", "only a person has a badge"};
  }
  if (request.description.has_value()) {
    Error error = DescriptionPage(*request.description, page);
    return error.ok() ? Error() : std::move(error).Within("description");
  }
  if (!request.card.empty()) return CardPage(request, page);
  const Origin facts = {LibraryVersion(), Proof::kFacts};
  if (request.compare_request.has_value()) {
    Error error = UseComparison(
        *request.compare_request, request.before_algorithm, request.algorithm,
        [&](const Comparison& found) { *page = PageOf(found, facts); });
    return error.ok() ? Error() : std::move(error).Within("compare_request");
  }
  if (request.what_if_request.has_value()) {
    Error error = UseWhatIf(
        *request.what_if_request, request.algorithm,
        [&](const WhatIfAnswer& found) { *page = PageOf(found, facts); });
    return error.ok() ? Error() : std::move(error).Within("what_if_request");
  }
  const Origin stored = {LibraryVersion(), Proof::kSums};
  if (request.drift.has_value()) {
    Error error = CheckDrift(*request.drift);
    if (!error.ok()) return std::move(error).Within("drift");
    *page = PageOf(*request.drift, stored);
  } else if (request.comparison.has_value()) {
    *page = PageOf(*request.comparison, stored);
  } else {
    *page = PageOf(*request.what_if, stored);
  }
  return {};
}

std::string LaidOut(const Page& page, const Words& words, Format format,
                    std::string_view data) {
  switch (format) {
    case Format::kText:
      return PageAsText(page, words);
    case Format::kMarkdown:
      return PageAsMarkdown(page, words);
    case Format::kHtml:
      return PageAsHtml(page, words, data);
    case Format::kJson:
      return PageAsJson(page, words);
    case Format::kBadge:
      return Badge(page, words);
  }
  return {};
}

}  // namespace

Error RenderPage(std::string_view bytes, ByteBuffer* out) {
  if (bytes.size() > kMaxRequestBytes) {
    return {Code::kTooLarge, "",
            "the request has " + std::to_string(bytes.size()) +
                " bytes; the limit is " + std::to_string(kMaxRequestBytes)};
  }
  RenderRequest request;
  Error error = ReadRenderRequest(bytes, &request);
  if (!error.ok()) return error;
  Words words;
  error = request.messages.empty()
              ? Words::Find(request.language, &words)
              : Words::Read(request.messages, !request.card.empty(), &words);
  if (!error.ok()) return error;
  Page page;
  error = PageFor(request, &page);
  if (!error.ok()) return error;
  const std::string text = LaidOut(page, words, request.format, bytes);
  uint8_t* room = out->Room(text.size());
  out->SetEnd(std::copy(text.begin(), text.end(), room));
  return {};
}

}  // namespace influence
