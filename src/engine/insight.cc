#include "engine/insight.h"

#include <memory>
#include <set>
#include <string>
#include <utility>

#include "engine/match.h"
#include "insight/compare.h"
#include "insight/what_if.h"
#include "render/plain.h"
#include "wire/fields.h"
#include "wire/insight.h"
#include "wire/utf8.h"

namespace influence {
namespace {

Error TooLargeRequest(size_t size) {
  return {Code::kTooLarge, "",
          "the request has " + std::to_string(size) + " bytes; the limit is " +
              std::to_string(kMaxRequestBytes)};
}

Formula FormulaOf(const Engine& engine) {
  return {engine.core()->description.algorithm, engine.core()->evaluator};
}

// Checks what a side says of its algorithm, and says what it leaves out.
Error Complete(const Engine& engine, GivenIdentity* identity) {
  const Description& description = engine.core()->description;
  Error error = Match(identity->algorithm, identity->fingerprint, description);
  if (!error.ok()) return std::move(error).Within("identity");
  identity->Set(field::identity::kAlgorithm, description.algorithm.id);
  identity->Set(field::identity::kFingerprint, description.fingerprint);
  if (identity->values.count(field::identity::kLibraryVersion) == 0) {
    identity->Set(field::identity::kLibraryVersion, LibraryVersion());
  }
  return {};
}

// "" for a field that is not stated.
std::string ValueOf(const GivenIdentity& identity, uint32_t field) {
  const auto found = identity.values.find(field);
  return found == identity.values.end() ? "" : found->second;
}

// How much later the facts after are; 0 if a side does not say of when it is.
int64_t DaysBetween(const GivenIdentity& before, const GivenIdentity& after) {
  if (!before.as_of_days.has_value() || !after.as_of_days.has_value()) return 0;
  return int64_t{*after.as_of_days} - *before.as_of_days;
}

// Which account of the profile a network means; may add one.
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

// Replaces the facts of `profile`, and says which accounts are new.
Error Apply(const std::vector<Override>& overrides, Profile* profile,
            std::vector<std::string_view>* new_networks) {
  std::set<std::pair<size_t, Signal>> replaced;
  for (size_t i = 0; i < overrides.size(); ++i) {
    const Override& fact = overrides[i];
    const std::string where = "overrides[" + std::to_string(i) + "]";
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
    if (fact.value.has_value()) {
      signals.Set(fact.signal, *fact.value);
    } else {
      Forget(fact.signal, &signals);
    }
  }
  SortAccounts(&profile->accounts);
  return {};
}

// A Result as the field `field` of a message.
std::string ResultField(uint32_t field, const Profile& profile,
                        const Ledger& ledger) {
  ByteBuffer buffer;
  AppendResult(profile, ledger, Detail::kLedger, "", &buffer);
  std::string bytes(reinterpret_cast<const char*>(buffer.data()),
                    buffer.size());
  bytes[0] = static_cast<char>(BytesTag(field));  // for that of `results`
  return bytes;
}

Error AddCurves(const Formula& formula,
                const std::vector<CurveQuestion>& questions,
                WhatIfAnswer* answers) {
  for (size_t i = 0; i < questions.size(); ++i) {
    const Evaluator::Compiled* row = nullptr;
    for (const Evaluator::Compiled& candidate : formula.evaluator.rows()) {
      if (candidate.factor == questions[i].factor) row = &candidate;
    }
    if (row == nullptr) {
      return {Code::kInvalidArgument,
              "curves[" + std::to_string(i) + "].factor",
              std::string(Name(questions[i].factor)) +
                  " is no factor of this algorithm"};
    }
    FactorCurve curve{row->factor, {}};
    for (const Micros quantity : questions[i].quantities) {
      curve.points.push_back({quantity, row->points.At(quantity)});
    }
    answers->curves.push_back(std::move(curve));
  }
  return {};
}

Error AddGoals(const Evaluator& evaluator, const Profile& profile,
               const std::vector<GoalQuestion>& questions,
               WhatIfAnswer* answers) {
  for (size_t i = 0; i < questions.size(); ++i) {
    const GoalQuestion& question = questions[i];
    Profile changed = profile;
    size_t account = 0;
    Error error = FindAccount(question.network, &changed, &account);
    if (!error.ok()) {
      return std::move(error).Within("goals[" + std::to_string(i) + "]");
    }
    GoalAnswer answer{question.signal,
                      changed.accounts[account].network,
                      account == profile.accounts.size(),
                      question.rise,
                      {},
                      {}};
    const Signals& signals = changed.accounts[account].signals;
    if (signals.Has(question.signal)) {
      answer.stated = signals.Get(question.signal);
    }
    answer.goal = LeastValue(evaluator, answers->now, question.rise, account,
                             question.signal, &changed);
    answers->goals.push_back(answer);
  }
  return {};
}

// What the events say, which are not here: no more than that without somebody's
// reactions a score is no higher can be checked.
Error AddGiven(const WhatIfRequest& request, WhatIfAnswer* answers) {
  const auto too_high = [&](const char* list, size_t i) -> Error {
    return {Code::kInvalidArgument,
            std::string(list) + "[" + std::to_string(i) +
                "].score_without_micropoints",
            "is more than the score"};
  };
  for (size_t i = 0; i < request.actors.size(); ++i) {
    const GivenActor& one = request.actors[i];
    if (one.score_without > answers->now) return too_high("actors", i);
    answers->actors.push_back({Readable(one.actor), one.score_without});
  }
  for (size_t i = 0; i < request.topics.size(); ++i) {
    const GivenTopic& one = request.topics[i];
    if (*one.score_without > answers->now) return too_high("topics", i);
    answers->topics.push_back(
        {Readable(one.topic), one.people, *one.score_without});
  }
  return {};
}

Message CurveMessage(const FactorCurve& curve) {
  Message message;
  message.Number(field::curve_answer::kFactor, curve.factor);
  for (const CurvePoint& one : curve.points) {
    Message point;
    point.Int(field::curve_point::kQuantity, one.quantity);
    point.Int(field::curve_point::kPoints, one.points);
    message.Sub(field::curve_answer::kPoints, point);
  }
  return message;
}

Message GoalMessage(const GoalAnswer& answer) {
  using namespace field::goal_answer;
  Message message;
  message.Number(kSignal, answer.signal);
  message.Text(kNetwork, answer.network);
  message.Int(kRise, answer.rise);
  message.Number(kReachable, answer.goal.reachable);
  message.Int(kValue, answer.goal.value);
  message.Int(kScore, answer.goal.score);
  if (answer.stated.has_value()) message.PresentInt(kStated, *answer.stated);
  message.Number(kIsNewAccount, answer.is_new_account);
  return message;
}

Message CarrierMessage(const Carrier& carrier) {
  Message message;
  message.Text(field::carrier::kNetwork, carrier.network);
  message.Int(field::carrier::kPoints, carrier.points);
  message.Int(field::carrier::kScoreWithout, carrier.score_without);
  return message;
}

Message ActorMessage(const GivenActor& actor) {
  Message message;
  message.Text(field::actor_carrier::kActor, actor.actor);
  message.Int(field::actor_carrier::kScoreWithout, actor.score_without);
  return message;
}

Message TopicMessage(const GivenTopic& topic) {
  using namespace field::topic_evidence;
  Message message;
  message.Text(kTopic, topic.topic);
  message.Int(kQuantity, topic.quantity);
  message.Uint(kPeople, topic.people);
  message.Int(kScore, topic.score);
  message.PresentInt(kScoreWithout, *topic.score_without);
  return message;
}

// What was asked, scored, beside the answer.
struct WhatIfScores {
  Ledger now, then;
  Profile changed;  // by the overrides
};

Error AnswerWhatIf(const Engine& engine, WhatIfRequest* request,
                   WhatIfScores* scores, WhatIfAnswer* answer) {
  Error error = Complete(engine, &request->identity);
  if (!error.ok()) return error;
  const Formula formula = FormulaOf(engine);
  const Profile& profile = request->profile;
  formula.evaluator.Score(profile, Detail::kLedger, &scores->now);
  answer->id = profile.id;
  answer->identity = FieldsOf(request->identity, request->identity);
  answer->now = scores->now.score;
  for (const Account& account : profile.accounts) {
    answer->states_standing |= account.signals.Has(Signal::kStanding);
  }
  if (!request->overrides.empty()) {
    scores->changed = profile;
    error = Apply(request->overrides, &scores->changed, &answer->new_networks);
    if (!error.ok()) return error;
    formula.evaluator.Score(scores->changed, Detail::kLedger, &scores->then);
    answer->then = scores->then.score;
    answer->change =
        InputLeg(formula, profile, scores->now, scores->changed, scores->then);
  }
  error = AddCurves(formula, request->curves, answer);
  if (!error.ok()) return error;
  error = AddGoals(formula.evaluator, profile, request->goals, answer);
  if (!error.ok()) return error;
  answer->carriers = Carriers(formula.evaluator, profile, scores->now);
  return AddGiven(*request, answer);
}

Error AnswerCompare(const Engine& before, const Engine& after,
                    CompareRequest* request, Comparison* comparison) {
  Error error = Complete(before, &request->before.identity);
  if (!error.ok()) return std::move(error).Within("before");
  error = Complete(after, &request->after.identity);
  if (!error.ok()) return std::move(error).Within("after");
  if (request->before.profile.id != request->after.profile.id) {
    return {Code::kInvalidArgument, "after.profile.id",
            "is not that of before: " + Quoted(request->after.profile.id) +
                " and " + Quoted(request->before.profile.id)};
  }
  *comparison =
      Compare({before, request->before.profile, request->before.identity},
              {after, request->after.profile, request->after.identity});
  return {};
}

// The engine that a request names, or that of a custom algorithm.
Error EngineFor(std::string_view id, std::string_view algorithm,
                std::unique_ptr<Engine>* engine) {
  return algorithm.empty() ? Engine::NewReleased(id, engine)
                           : Engine::NewCustom(algorithm, engine);
}

}  // namespace

std::vector<IdentityField> FieldsOf(const GivenIdentity& before,
                                    const GivenIdentity& after) {
  std::set<uint32_t> numbers;
  for (const auto& [field, value] : before.values) numbers.insert(field);
  for (const auto& [field, value] : after.values) numbers.insert(field);
  std::vector<IdentityField> fields;
  fields.reserve(numbers.size());
  for (const uint32_t field : numbers) {
    fields.push_back({field, ValueOf(before, field), ValueOf(after, field)});
  }
  return fields;
}

Comparison Compare(const ComparedSide& before, const ComparedSide& after) {
  return {
      after.profile.id, before.engine.core()->description.algorithm.id,
      after.engine.core()->description.algorithm.id,
      FieldsOf(before.identity, after.identity),
      Compare(FormulaOf(before.engine), before.profile, FormulaOf(after.engine),
              after.profile, DaysBetween(before.identity, after.identity))};
}

Error Compare(const Engine& before, const Engine& after, std::string_view bytes,
              ByteBuffer* response) {
  using namespace field::compare_response;
  if (bytes.size() > kMaxRequestBytes) return TooLargeRequest(bytes.size());
  CompareRequest request;
  Error error = ReadCompareRequest(bytes, &request);
  if (!error.ok()) return error;
  Comparison comparison;
  error = AnswerCompare(before, after, &request, &comparison);
  if (!error.ok()) return error;
  const Change& change = comparison.change;
  Message message;
  message.Text(kId, comparison.id);
  message.Sub(kBefore, IdentityMessage(request.before.identity));
  message.Sub(kAfter, IdentityMessage(request.after.identity));
  for (const IdentityField& one : comparison.identity) {
    if (one.before == one.after) continue;
    message.Sub(kDifferences,
                DifferenceMessage(one.field, one.before, one.after));
  }
  message.Int(kBeforeScore, change.before);
  message.Int(kBetween, change.between);
  message.Int(kAfterScore, change.after);
  message.Int(kChange, change.after - change.before);
  message.Number(kBeforeBand, BandOf(change.before));
  message.Number(kAfterBand, BandOf(change.after));
  message.Sub(kInput, LegMessage(change.input));
  message.Sub(kFormula, LegMessage(change.formula));
  for (const ChangeReason& reason : change.reasons) {
    message.Sub(kReasons, ReasonMessage(reason));
  }
  message.Int(kWholePoints, change.whole_points);
  message.Text(kText,
               InEnglish(comparison, request.rendering, LibraryVersion()));
  message.AppendTo(response);
  return {};
}

Error WhatIf(const Engine& engine, std::string_view bytes,
             ByteBuffer* response) {
  using namespace field::what_if_response;
  if (bytes.size() > kMaxRequestBytes) return TooLargeRequest(bytes.size());
  WhatIfRequest request;
  Error error = ReadWhatIfRequest(bytes, &request);
  if (!error.ok()) return error;
  WhatIfScores scores;
  WhatIfAnswer answer;
  error = AnswerWhatIf(engine, &request, &scores, &answer);
  if (!error.ok()) return error;

  Message message;
  message.Sub(kIdentity, IdentityMessage(request.identity));
  message.Raw(ResultField(kNow, request.profile, scores.now));
  if (answer.then.has_value()) {
    message.Raw(ResultField(kThen, scores.changed, scores.then));
    message.Sub(kChange, LegMessage(answer.change));
  }
  for (const FactorCurve& curve : answer.curves) {
    message.Sub(kCurves, CurveMessage(curve));
  }
  for (const GoalAnswer& goal : answer.goals) {
    message.Sub(kGoals, GoalMessage(goal));
  }
  for (const Carrier& carrier : answer.carriers) {
    message.Sub(kCarriers, CarrierMessage(carrier));
  }
  message.Text(kText, InEnglish(answer, request.rendering, LibraryVersion()));
  for (const GivenActor& actor : request.actors) {
    message.Sub(kActors, ActorMessage(actor));
  }
  for (const GivenTopic& topic : request.topics) {
    message.Sub(kTopics, TopicMessage(topic));
  }
  for (const std::string_view network : answer.new_networks) {
    message.Bytes(kNewNetworks, network);
  }
  message.AppendTo(response);
  return {};
}

Error UseComparison(std::string_view bytes, std::string_view before_algorithm,
                    std::string_view algorithm,
                    const std::function<void(const Comparison&)>& use) {
  CompareRequest request;
  Error error = ReadCompareRequest(bytes, &request);
  if (!error.ok()) return error;
  std::unique_ptr<Engine> before, after;
  error =
      EngineFor(request.before.identity.algorithm, before_algorithm, &before);
  if (!error.ok()) return std::move(error).Within("before.identity");
  error = EngineFor(request.after.identity.algorithm, algorithm, &after);
  if (!error.ok()) return std::move(error).Within("after.identity");
  Comparison comparison;
  error = AnswerCompare(*before, *after, &request, &comparison);
  if (!error.ok()) return error;
  use(comparison);
  return {};
}

Error UseWhatIf(std::string_view bytes, std::string_view algorithm,
                const std::function<void(const WhatIfAnswer&)>& use) {
  WhatIfRequest request;
  Error error = ReadWhatIfRequest(bytes, &request);
  if (!error.ok()) return error;
  std::unique_ptr<Engine> engine;
  error = EngineFor(request.identity.algorithm, algorithm, &engine);
  if (!error.ok()) return std::move(error).Within("identity");
  WhatIfScores scores;
  WhatIfAnswer answer;
  error = AnswerWhatIf(*engine, &request, &scores, &answer);
  if (!error.ok()) return error;
  use(answer);
  return {};
}

}  // namespace influence
