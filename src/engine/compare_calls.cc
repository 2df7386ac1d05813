// Reads compare and what-if requests, checks them completely, and asks insight/
// for the answers. The C boundary calls the serialized forms; rendering calls
// the decoded ones to recompute a stored request.
#include "engine/compare_calls.h"

#include <set>
#include <string>
#include <utility>

#include "codec/hot/score_request.h"
#include "codec/identity_fields.h"
#include "engine/match.h"
#include "engine/page_calls.h"
#include "engine/request_options.h"
#include "engine/what_if_checks.h"
#include "insight/comparison.h"
#include "insight/stored_laws.h"
#include "insight/what_if_answers.h"
#include "model/messages_of.h"
#include "render/english.h"

namespace influence {
namespace {

Formula FormulaOf(const Engine& engine) {
  return {engine.core()->description.algorithm, engine.core()->evaluator};
}

// Checks the identity of a side against its engine and fills in missing fields.
// Missing fields are filled in so that both sides of a comparison can be
// compared field by field.
Error ReadIdentity(const Engine& engine,
                   const std::optional<msg::Identity>& given, TextPool* pool,
                   msg::Identity* identity) {
  const Description& description = engine.core()->description;
  *identity = given.value_or(msg::Identity());
  Error error = CheckTexts(*identity);
  if (error.ok()) {
    error = Match(identity->algorithm, identity->fingerprint, description);
  }
  if (!error.ok()) return std::move(error).Within("identity");
  identity->algorithm = pool->Keep(description.algorithm.id);
  identity->fingerprint = pool->Keep(description.fingerprint);
  if (identity->library_version.empty()) {
    identity->library_version = LibraryVersion();
  }
  return {};
}

// A missing profile is an empty one: a person of whom nothing is known.
Error ReadFacts(const std::optional<msg::Profile>& given, Profile* profile) {
  return ReadProfile(given.value_or(msg::Profile()), profile).Within("profile");
}

// The days from the data before to the data after; 0 if a side has no date.
int64_t DaysBetween(const msg::Identity& before, const msg::Identity& after) {
  if (!before.as_of_days.has_value() || !after.as_of_days.has_value()) return 0;
  return int64_t{*after.as_of_days} - *before.as_of_days;
}

// Finds the account on a network, or adds one. "" means the only account of the
// profile.
Error FindAccount(std::string_view network, Profile* profile, size_t* account) {
  std::vector<Account>& accounts = profile->accounts;
  size_t found = 0;
  for (size_t i = 0; i < accounts.size(); ++i) {
    if (network.empty() || accounts[i].network == network) {
      *account = i;
      ++found;
    }
  }
  if (found == 1) return {};
  if (found > 1) {
    return {Code::kInvalidArgument, "network",
            network.empty()
                ? "is needed: the profile has several accounts"
                : "the profile has several accounts on " + Quoted(network)};
  }
  if (accounts.size() >= kMaxAccounts) {
    return {Code::kTooLarge, "network", "the profile has no room for another"};
  }
  *account = accounts.size();
  accounts.push_back({network, {}});
  return {};
}

// Signals has no erase: an absent signal is one that was never set.
void Forget(Signal signal, Signals* signals) {
  Signals others;
  for (size_t i = 0; i < kSignalCount; ++i) {
    const auto other = static_cast<Signal>(i + 1);
    if (other != signal && signals->Has(other)) {
      others.Set(other, signals->Get(other));
    }
  }
  *signals = others;
}

// Applies the overrides to `profile` and lists the networks of new accounts.
// Duplicates are found by account, not by name: "" and the name of the only
// network mean the same account.
Error Apply(const std::vector<msg::Override>& overrides, Profile* profile,
            std::vector<std::string_view>* new_networks) {
  std::set<std::pair<size_t, Signal>> replaced;
  for (size_t i = 0; i < overrides.size(); ++i) {
    const msg::Override& fact = overrides[i];
    const std::string where = At("overrides", i);
    size_t account = 0;
    const size_t accounts = profile->accounts.size();
    Error error = FindAccount(fact.network, profile, &account);
    if (!error.ok()) return std::move(error).Within(where);
    if (account == accounts) new_networks->push_back(fact.network);
    if (!replaced.insert({account, fact.signal}).second) {
      return {Code::kInvalidArgument, where,
              "replaces " + std::string(Name(fact.signal)) +
                  ", which another one replaces"};
    }
    Signals& signals = profile->accounts[account].signals;
    if (fact.value_micros.has_value()) {
      signals.Set(fact.signal, *fact.value_micros);
    } else {
      Forget(fact.signal, &signals);
    }
  }
  SortAccounts(&profile->accounts);
  return {};
}

// Points come from the evaluator's own curve, so a curve never contradicts a
// score.
Error AddCurves(const Formula& formula, const msg::WhatIfRequest& request,
                msg::WhatIfResponse* response) {
  for (size_t i = 0; i < request.curves.size(); ++i) {
    const msg::CurveQuestion& question = request.curves[i];
    const Evaluator::Compiled* row = nullptr;
    for (const Evaluator::Compiled& candidate : formula.evaluator.rows()) {
      if (candidate.factor == question.factor) row = &candidate;
    }
    if (row == nullptr) {
      return {Code::kInvalidArgument, At("curves", i) + ".factor",
              std::string(Name(question.factor)) +
                  " is no factor of this algorithm"};
    }
    msg::CurveAnswer curve;
    curve.factor = question.factor;
    for (const Micros quantity : question.quantities_micros) {
      curve.points.push_back({quantity, row->points.At(quantity)});
    }
    response->curves.push_back(std::move(curve));
  }
  return {};
}

// Each goal starts from the unchanged profile; goals do not add up.
Error AddGoals(const Evaluator& evaluator, const Profile& profile, Micros now,
               const msg::WhatIfRequest& request,
               msg::WhatIfResponse* response) {
  for (size_t i = 0; i < request.goals.size(); ++i) {
    const msg::GoalQuestion& question = request.goals[i];
    Profile changed = profile;
    size_t account = 0;
    Error error = FindAccount(question.network, &changed, &account);
    if (!error.ok()) return std::move(error).Within(At("goals", i));
    const Signals& signals = changed.accounts[account].signals;
    msg::GoalAnswer answer;
    answer.signal = question.signal;
    answer.network = changed.accounts[account].network;
    answer.rise_micropoints = question.rise_micropoints;
    answer.is_new_account = account == profile.accounts.size();
    if (signals.Has(question.signal)) {
      answer.stated_micros = signals.Get(question.signal);
    }
    LeastValue(evaluator, now, account, &changed, &answer);
    response->goals.push_back(answer);
  }
  return {};
}

// Copies the carriers that a tally computed. The events are not available here,
// so only one law can be checked: taking reactions away never raises a score.
Error AddGiven(const msg::WhatIfRequest& request, Micros now,
               msg::WhatIfResponse* response) {
  const auto too_high = [](const char* list, size_t i) -> Error {
    return {Code::kInvalidArgument, At(list, i) + ".score_without_micropoints",
            "is more than the score"};
  };
  for (size_t i = 0; i < request.actors.size(); ++i) {
    if (request.actors[i].score_without_micropoints > now) {
      return too_high("actors", i);
    }
  }
  for (size_t i = 0; i < request.topics.size(); ++i) {
    if (*request.topics[i].score_without_micropoints > now) {
      return too_high("topics", i);
    }
  }
  response->actors = request.actors;
  response->topics = request.topics;
  return {};
}

// Reads the profile and the identity of a side.
Error ReadSide(const Engine& engine,
               const std::optional<msg::CompareSide>& given, TextPool* pool,
               Profile* profile, msg::Identity* identity) {
  const msg::CompareSide side = given.value_or(msg::CompareSide());
  Error error = ReadFacts(side.profile, profile);
  return error.ok() ? ReadIdentity(engine, side.identity, pool, identity)
                    : error;
}

}  // namespace

msg::CompareResponse Compare(const ComparedSide& before,
                             const ComparedSide& after, TextPool* pool) {
  msg::CompareResponse response =
      Compare(FormulaOf(before.engine), before.profile, FormulaOf(after.engine),
              after.profile, DaysBetween(before.identity, after.identity));
  response.before = before.identity;
  response.after = after.identity;
  response.differences = DifferencesOf(before.identity, after.identity, pool);
  return response;
}

Error Compare(const Engine& before, const Engine& after,
              const msg::CompareRequest& request, TextPool* pool,
              msg::CompareResponse* response) {
  Profile old_facts, new_facts;
  msg::Identity old_identity, new_identity;
  Error error =
      ReadSide(before, request.before, pool, &old_facts, &old_identity);
  if (!error.ok()) return std::move(error).Within("before");
  error = ReadSide(after, request.after, pool, &new_facts, &new_identity);
  if (!error.ok()) return std::move(error).Within("after");
  error = CheckRendering(request.rendering);
  if (!error.ok()) return error;
  if (old_facts.id != new_facts.id) {
    return {Code::kInvalidArgument, "after.profile.id",
            "is not that of before: " + Quoted(new_facts.id) + " and " +
                Quoted(old_facts.id)};
  }
  *response = Compare(ComparedSide{before, old_facts, old_identity},
                      ComparedSide{after, new_facts, new_identity}, pool);
  return {};
}

// A question that cannot be answered fails the whole call, so an answer is
// always complete.
Error WhatIf(const Engine& engine, const msg::WhatIfRequest& request,
             TextPool* pool, msg::WhatIfResponse* response) {
  Error error = CheckQuestions(request);
  if (!error.ok()) return error;
  Profile profile;
  error = ReadFacts(request.profile, &profile);
  if (!error.ok()) return error;
  msg::Identity identity;
  error = ReadIdentity(engine, request.identity, pool, &identity);
  if (!error.ok()) return error;
  error = CheckRendering(request.rendering);
  if (!error.ok()) return error;

  const Formula formula = FormulaOf(engine);
  Ledger now;
  formula.evaluator.Score(profile, Detail::kLedger, &now);
  response->identity = identity;
  response->now = ResultMessage(profile, now);
  if (!request.overrides.empty()) {
    Profile changed = profile;
    error = Apply(request.overrides, &changed, &response->new_networks);
    if (!error.ok()) return error;
    Ledger then;
    formula.evaluator.Score(changed, Detail::kLedger, &then);
    response->then = ResultMessage(changed, then);
    response->change = InputLeg(formula, profile, now, changed, then);
  }
  error = AddCurves(formula, request, response);
  if (!error.ok()) return error;
  error = AddGoals(formula.evaluator, profile, now.score, request, response);
  if (!error.ok()) return error;
  response->carriers = Carriers(formula.evaluator, profile, now);
  return AddGiven(request, now.score, response);
}

Error Compare(const Engine& before, const Engine& after, std::string_view bytes,
              ByteBuffer* response) {
  Error error = CheckSize("request", bytes);
  if (!error.ok()) return error;
  msg::CompareRequest request;
  error = Decode(bytes, &request);
  if (error.ok()) error = CheckPages(request.rendering);
  if (!error.ok()) return error;
  TextPool pool;
  msg::CompareResponse message;
  error = Compare(before, after, request, &pool, &message);
  if (!error.ok()) return error;
  message.text =
      pool.Keep(InEnglish(message, request.rendering, LibraryVersion()));
  Encode(message, response);
  return {};
}

Error WhatIf(const Engine& engine, std::string_view bytes,
             ByteBuffer* response) {
  Error error = CheckSize("request", bytes);
  if (!error.ok()) return error;
  msg::WhatIfRequest request;
  error = Decode(bytes, &request);
  if (error.ok()) error = CheckPages(request.rendering);
  if (!error.ok()) return error;
  TextPool pool;
  msg::WhatIfResponse message;
  error = WhatIf(engine, request, &pool, &message);
  if (!error.ok()) return error;
  message.text =
      pool.Keep(InEnglish(message, request.rendering, LibraryVersion()));
  Encode(message, response);
  return {};
}

}  // namespace influence
