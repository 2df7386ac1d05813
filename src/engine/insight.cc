#include "engine/insight.h"

#include <set>
#include <string>
#include <utility>

#include "engine/match.h"
#include "insight/compare.h"
#include "insight/what_if.h"
#include "render/plain.h"
#include "wire/fields.h"
#include "wire/insight.h"

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

std::vector<IdentityField> FieldsOf(const GivenIdentity& before,
                                    const GivenIdentity& after) {
  std::set<uint32_t> numbers;
  for (const auto& [field, value] : before.values) numbers.insert(field);
  for (const auto& [field, value] : after.values) numbers.insert(field);
  std::vector<IdentityField> fields;
  for (const uint32_t field : numbers) {
    fields.push_back({field, ValueOf(before, field), ValueOf(after, field)});
  }
  return fields;
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

Error Apply(const std::vector<Override>& overrides, Profile* profile) {
  for (size_t i = 0; i < overrides.size(); ++i) {
    const Override& fact = overrides[i];
    size_t account = 0;
    Error error = FindAccount(fact.network, profile, &account);
    if (!error.ok()) {
      return std::move(error).Within("overrides[" + std::to_string(i) + "]");
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
                WhatIfAnswer* answers, Message* message) {
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
    Message answer;
    answer.Number(field::curve_answer::kFactor, row->factor);
    FactorCurve curve{row->factor, {}};
    for (const Micros quantity : questions[i].quantities) {
      Message point;
      const Micros points = row->points.At(quantity);
      curve.points.push_back({quantity, points});
      point.Int(field::curve_point::kQuantity, quantity);
      point.Int(field::curve_point::kPoints, points);
      answer.Sub(field::curve_answer::kPoints, point);
    }
    answers->curves.push_back(std::move(curve));
    message->Sub(field::what_if_response::kCurves, answer);
  }
  return {};
}

Error AddGoals(const Evaluator& evaluator, const Profile& profile,
               const std::vector<GoalQuestion>& questions,
               WhatIfAnswer* answers, Message* message) {
  using namespace field::goal_answer;
  for (size_t i = 0; i < questions.size(); ++i) {
    const GoalQuestion& question = questions[i];
    Profile changed = profile;
    size_t account = 0;
    Error error = FindAccount(question.network, &changed, &account);
    if (!error.ok()) {
      return std::move(error).Within("goals[" + std::to_string(i) + "]");
    }
    const Micros value = changed.accounts[account].signals.Get(question.signal);
    const Goal goal = LeastValue(evaluator, answers->now, question.rise,
                                 account, question.signal, &changed);
    Message answer;
    answer.Number(kSignal, question.signal);
    answer.Text(kNetwork, changed.accounts[account].network);
    answer.Int(kRise, question.rise);
    answer.Int(kNow, value);
    answer.Number(kReachable, goal.reachable);
    answer.Int(kValue, goal.value);
    answer.Int(kScore, goal.score);
    message->Sub(field::what_if_response::kGoals, answer);
    answers->goals.push_back({question.signal,
                              changed.accounts[account].network, question.rise,
                              value, goal});
  }
  return {};
}

}  // namespace

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
  error = Complete(before, &request.before.identity);
  if (!error.ok()) return std::move(error).Within("before");
  error = Complete(after, &request.after.identity);
  if (!error.ok()) return std::move(error).Within("after");
  if (request.before.profile.id != request.after.profile.id) {
    return {Code::kInvalidArgument, "after.profile.id",
            "is not that of before: " + Quoted(request.after.profile.id) +
                " and " + Quoted(request.before.profile.id)};
  }

  const Comparison comparison =
      Compare({before, request.before.profile, request.before.identity},
              {after, request.after.profile, request.after.identity});
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
  message.Text(kText, InEnglish(comparison, request.rendering));
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
  error = Complete(engine, &request.identity);
  if (!error.ok()) return error;

  const Formula formula = FormulaOf(engine);
  const Profile& profile = request.profile;
  Ledger now;
  formula.evaluator.Score(profile, Detail::kLedger, &now);
  Message message;
  message.Sub(kIdentity, IdentityMessage(request.identity));
  message.Raw(ResultField(kNow, profile, now));
  WhatIfAnswer answer;
  answer.id = profile.id;
  answer.now = now.score;
  if (!request.overrides.empty()) {
    Profile changed = profile;
    error = Apply(request.overrides, &changed);
    if (!error.ok()) return error;
    Ledger then;
    formula.evaluator.Score(changed, Detail::kLedger, &then);
    answer.then = then.score;
    answer.change = InputLeg(formula, profile, now, changed, then);
    message.Raw(ResultField(kThen, changed, then));
    message.Sub(kChange, LegMessage(answer.change));
  }
  error = AddCurves(formula, request.curves, &answer, &message);
  if (!error.ok()) return error;
  error =
      AddGoals(formula.evaluator, profile, request.goals, &answer, &message);
  if (!error.ok()) return error;
  answer.carriers = Carriers(formula.evaluator, profile, now);
  for (const Carrier& carrier : answer.carriers) {
    Message inner;
    inner.Text(field::carrier::kNetwork, carrier.network);
    inner.Int(field::carrier::kPoints, carrier.points);
    inner.Int(field::carrier::kScoreWithout, carrier.score_without);
    message.Sub(kCarriers, inner);
  }
  message.Text(kText, InEnglish(answer, request.rendering));
  message.AppendTo(response);
  return {};
}

}  // namespace influence
