// Reads a RenderRequest, recomputes or checks its subject, and lays the page
// out. render/ words and draws; this file decides how much a page has proved:
// kFacts if everything was recomputed, kSums if only the sums of an answer were
// checked.
#include "engine/page_calls.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "algorithm/evidence.h"
#include "codec/codec.h"
#include "codec/hot/score_request.h"
#include "codec/identity_fields.h"
#include "engine/compare_calls.h"
#include "engine/match.h"
#include "engine/request_options.h"
#include "insight/drift_counts.h"
#include "insight/gaming.h"
#include "insight/stored_laws.h"
#include "model/messages_of.h"
#include "render/card_page.h"
#include "render/comparison_page.h"
#include "render/page.h"
#include "render/population_page.h"
#include "render/report_pages.h"
#include "render/what_if_page.h"

namespace influence {
namespace {

// Makes the engine of a released id, or of the custom algorithm if one is set.
Error EngineFor(std::string_view id,
                const std::optional<msg::Algorithm>& algorithm,
                std::unique_ptr<Engine>* engine) {
  return algorithm.has_value() ? Engine::NewCustom(*algorithm, engine)
                               : Engine::NewReleased(id, engine);
}

// The algorithm that an Identity names, or nothing.
std::string_view AlgorithmIn(const std::optional<msg::Identity>& identity) {
  return identity.has_value() ? identity->algorithm : std::string_view();
}

// A stored result that was recomputed, with everything a page of it needs.
struct Side {
  std::unique_ptr<Engine> engine;
  Profile profile;
  Ledger ledger;
  msg::Identity identity;
  ReportSide report;
};

// Finds the one result of a stored response. Fails unless it has a ledger.
Error FindResult(const msg::ScoreResponse& stored, const msg::Result** result) {
  if (stored.results.size() != 1) {
    return {Code::kInvalidArgument, "results",
            "has " + std::to_string(stored.results.size()) +
                " people; 1 is needed"};
  }
  *result = &stored.results[0];
  if ((*result)->ledger.has_value()) return {};
  return {Code::kInvalidArgument, "results[0].ledger",
          "is missing: this person has no score"};
}

// Checks the identity of a stored result.
// The day is checked because pages print it as a date.
Error CheckIdentity(const msg::Identity& identity,
                    const Description& description) {
  Error error = Match(identity.algorithm, identity.fingerprint, description);
  if (!error.ok()) return error;
  const int32_t day = identity.as_of_days.value_or(0);
  if (day < 0 || day > kMaxAsOfDays) {
    return {Code::kOutOfRange, "as_of_days",
            std::to_string(day) + " is no day of 1970 to 9999"};
  }
  return CheckTexts(identity);
}

// The ledgers are compared as encoded bytes: encoding is canonical, so equal
// bytes mean equal results in every field.
Error Recompute(const msg::ScoreResponse& stored,
                const std::optional<msg::Algorithm>& algorithm, Side* side) {
  const msg::Result* result = nullptr;
  Error error = FindResult(stored, &result);
  if (!error.ok()) return error;
  error = EngineFor(AlgorithmIn(stored.identity), algorithm, &side->engine);
  if (!error.ok()) return error;
  const Description& description = side->engine->core()->description;
  side->identity = stored.identity.value_or(msg::Identity());
  error = CheckIdentity(side->identity, description);
  if (!error.ok()) return std::move(error).Within("identity");
  error = ReadProfile(FactsOf(*result), &side->profile);
  if (!error.ok()) return std::move(error).Within("results[0].ledger");
  side->engine->core()->evaluator.Score(side->profile, Detail::kLedger,
                                        &side->ledger);
  if (EncodedText(LedgerMessage(side->profile, side->ledger)) !=
      EncodedText(*result->ledger)) {
    return {
        Code::kNotVerified, "results[0].ledger",
        "is not what its facts give under " + Quoted(description.algorithm.id)};
  }
  side->identity.algorithm = description.algorithm.id;
  side->identity.fingerprint = description.fingerprint;
  side->report = {&description.algorithm, &side->profile, &side->ledger,
                  FieldsOf(side->identity)};
  return {};
}

// Both results are recomputed before they are compared, so the change on the
// page follows from verified data.
Error PersonPage(const msg::RenderRequest& request, Page* page) {
  Side now;
  Error error = Recompute(*request.result, request.algorithm, &now);
  if (!error.ok()) return std::move(error).Within("result");
  PersonReport report{now.report,
                      &now.engine->core()->description.prices,
                      {LibraryVersion(), Proof::kFacts}};
  Side before;
  TextPool pool;
  msg::CompareResponse change;
  if (request.before.has_value()) {
    error = Recompute(*request.before, request.before_algorithm, &before);
    if (!error.ok()) return std::move(error).Within("before");
    if (before.profile.id != now.profile.id) {
      return {Code::kInvalidArgument, "before.results[0].id",
              "is another person's"};
    }
    change =
        Compare(ComparedSide{*before.engine, before.profile, before.identity},
                ComparedSide{*now.engine, now.profile, now.identity}, &pool);
    report.change = &change;
  }
  *page = PageOf(report);
  return {};
}

// The first whole point of each band, found by asking BandOf().
std::array<uint64_t, 5> BandStarts() {
  std::array<uint64_t, 5> starts{};
  for (uint64_t point = kFullScore / kOne + 1; point-- > 0;) {
    const Band band = BandOf(static_cast<Micros>(point) * kOne);
    starts[static_cast<size_t>(band) - 1] = point;
  }
  return starts;
}

// The card compares prices with the algorithm that its measured drift is from.
Error CardPage(const msg::RenderRequest& request, Page* page) {
  const std::string_view id = *request.card;
  if (id.empty()) {
    return {Code::kInvalidArgument, "card",
            "is empty; it is an algorithm's id"};
  }
  std::unique_ptr<Engine> engine;
  Error error = EngineFor(id, request.algorithm, &engine);
  if (!error.ok()) return error;
  const Description& description = engine->core()->description;
  if (id != description.algorithm.id) {
    return {Code::kAlgorithmMismatch, "card",
            "is " + Quoted(id) + "; the algorithm is " +
                Quoted(description.algorithm.id)};
  }
  const GamingPrices gaming =
      PricesOfGaming(description.algorithm, description.prices);
  const Evidence evidence = EvidenceOf(description.algorithm.id);
  std::unique_ptr<Engine> before;
  const std::vector<msg::PriceLine>* before_prices = nullptr;
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

// Renders a description that equals this library's own of the same algorithm.
// The fingerprint is compared first: it names the likeliest difference.
Error DescriptionPage(const msg::AlgorithmDescription& stored, Page* page) {
  const msg::Algorithm algorithm = stored.algorithm.value_or(msg::Algorithm());
  std::unique_ptr<Engine> engine;
  Error error = stored.released ? Engine::NewReleased(algorithm.id, &engine)
                                : Engine::NewCustom(algorithm, &engine);
  if (!error.ok()) return error;
  const Description& own = engine->core()->description;
  if (stored.fingerprint != own.fingerprint) {
    return {Code::kNotVerified, "fingerprint",
            "is " + Quoted(stored.fingerprint) + "; that of the algorithm is " +
                Quoted(own.fingerprint)};
  }
  if (EncodedText(stored) != EncodedText(MessageOf(own))) {
    return {Code::kNotVerified, "",
            "is not how this library describes " + Quoted(own.algorithm.id)};
  }
  msg::Identity identity;
  identity.algorithm = own.algorithm.id;
  identity.fingerprint = own.fingerprint;
  identity.library_version = LibraryVersion();
  *page = PageOf({&own.algorithm,
                  FieldsOf(identity),
                  &own.prices,
                  {LibraryVersion(), Proof::kFacts}});
  return {};
}

Error ComparisonPage(const msg::RenderRequest& request, Page* page) {
  const msg::CompareRequest& facts = *request.compare_request;
  const auto named = [](const std::optional<msg::CompareSide>& side) {
    return side.has_value() ? AlgorithmIn(side->identity) : std::string_view();
  };
  std::unique_ptr<Engine> before, after;
  Error error =
      EngineFor(named(facts.before), request.before_algorithm, &before);
  if (!error.ok()) return std::move(error).Within("before.identity");
  error = EngineFor(named(facts.after), request.algorithm, &after);
  if (!error.ok()) return std::move(error).Within("after.identity");
  TextPool pool;
  msg::CompareResponse response;
  error = Compare(*before, *after, facts, &pool, &response);
  if (!error.ok()) return error;
  *page = PageOf(response, {LibraryVersion(), Proof::kFacts});
  return {};
}

Error WhatIfPage(const msg::RenderRequest& request, Page* page) {
  const msg::WhatIfRequest& facts = *request.what_if_request;
  std::unique_ptr<Engine> engine;
  Error error =
      EngineFor(AlgorithmIn(facts.identity), request.algorithm, &engine);
  if (!error.ok()) return std::move(error).Within("identity");
  TextPool pool;
  msg::WhatIfResponse response;
  error = WhatIf(*engine, facts, &pool, &response);
  if (!error.ok()) return error;
  *page = PageOf(response, {LibraryVersion(), Proof::kFacts});
  return {};
}

// Renders an answer that was stored without its data: only its laws are
// checked.
template <typename Answer>
Error StoredPage(const Answer& answer, Error (*check)(const Answer&),
                 Page* page) {
  Error error = check(answer);
  if (error.ok()) *page = PageOf(answer, {LibraryVersion(), Proof::kSums});
  return error;
}

// The order only matters for the message; a oneof has one member.
Error PageFor(const msg::RenderRequest& request, Page* page) {
  if (request.result.has_value()) return PersonPage(request, page);
  if (request.format == RenderFormat::kSvgBadge) {
    return {Code::kInvalidArgument, "format", "only a person has a badge"};
  }
  if (request.card.has_value()) return CardPage(request, page);
  if (request.description.has_value()) {
    return DescriptionPage(*request.description, page).Within("description");
  }
  if (request.compare_request.has_value()) {
    return ComparisonPage(request, page).Within("compare_request");
  }
  if (request.what_if_request.has_value()) {
    return WhatIfPage(request, page).Within("what_if_request");
  }
  if (request.drift.has_value()) {
    return StoredPage(*request.drift, CheckDrift, page).Within("drift");
  }
  if (request.comparison.has_value()) {
    return StoredPage(*request.comparison, CheckComparison, page)
        .Within("comparison");
  }
  if (request.what_if.has_value()) {
    return StoredPage(*request.what_if, CheckWhatIf, page).Within("what_if");
  }
  return {Code::kInvalidArgument, "subject",
          "is missing: a result, or something else to show"};
}

// Fails with INVALID_ARGUMENT for a number that is no format.
Error CheckFormat(RenderFormat format) {
  const auto number = static_cast<int32_t>(format);
  if (number >= 1 && number <= static_cast<int32_t>(kRenderFormatCount)) {
    return {};
  }
  return {Code::kInvalidArgument, "format",
          std::to_string(number) + " is not a known format"};
}

// HTML alone embeds the request, for `influence verify`.
std::string LaidOut(const Page& page, const Words& words, RenderFormat format,
                    std::string_view data) {
  switch (format) {
    case RenderFormat::kUnspecified:
      break;
    case RenderFormat::kText:
      return PageAsText(page, words);
    case RenderFormat::kMarkdown:
      return PageAsMarkdown(page, words);
    case RenderFormat::kHtml:
      return PageAsHtml(page, words, data);
    case RenderFormat::kJson:
      return PageAsJson(page, words);
    case RenderFormat::kSvgBadge:
      return Badge(page, words);
  }
  return {};
}

}  // namespace

Error RenderPage(std::string_view bytes, ByteBuffer* out) {
  Error error = CheckSize("request", bytes);
  if (!error.ok()) return error;
  msg::RenderRequest request;
  error = Decode(bytes, &request);
  if (error.ok()) error = CheckFormat(request.format);
  if (!error.ok()) return error;
  Words words;
  error = request.messages.empty()
              ? Words::Find(request.language, &words)
              : Words::Read(request.messages, request.card.has_value(), &words);
  if (!error.ok()) return error;
  Page page;
  error = PageFor(request, &page);
  if (!error.ok()) return error;
  const std::string text = LaidOut(page, words, request.format, bytes);
  uint8_t* room = out->Room(text.size());
  out->SetEnd(std::copy(text.begin(), text.end(), room));
  return {};
}

Error CheckPages(Rendering) { return {}; }

}  // namespace influence
